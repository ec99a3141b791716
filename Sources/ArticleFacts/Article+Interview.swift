import Bytes
import StageKit

extension Article {
  /// Marks the paragraphs that are questions or answers, and notes who speaks in each. For the stage that made the
  /// paragraphs.
  ///
  /// - Throws: where the deadline has passed.
  public mutating func markInterview(_ watch: inout DeadlineWatch) throws(StageError) {
    guard var marked = paragraphs else { return }
    let openings = try Self.openings(of: marked, in: text, &watch)
    Interview.mark(&marked, openings)
    paragraphs = marked
    speakerLabels = Interview.speakerLabels(openings)
  }

  /// Who speaks in each paragraph of an interview or a debate, “LUND”, “Q”; empty for other texts. The stage that made the
  /// paragraphs has read them, or else the first one that asks.
  ///
  /// - Throws: where the deadline has passed.
  public mutating func readSpeakerLabels(_ deadline: Deadline) throws(StageError) -> [ByteSpan?] {
    if let speakerLabels { return speakerLabels }
    var watch = DeadlineWatch(deadline)
    let read = Interview.speakerLabels(try Self.openings(of: paragraphs ?? [], in: text, &watch))
    speakerLabels = read
    return read
  }

  private static func openings(
    of paragraphs: [Paragraph], in text: [UInt8], _ watch: inout DeadlineWatch
  ) throws(StageError) -> [ParagraphOpening] {
    var openings: [ParagraphOpening] = []
    openings.reserveCapacity(paragraphs.count)
    for paragraph in paragraphs {
      try watch.step()
      openings.append(ParagraphOpening(paragraph, in: text.span))
    }
    return openings
  }
}
