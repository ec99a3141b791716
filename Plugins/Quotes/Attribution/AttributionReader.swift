import Bytes
import Coreference
import StageKit

/// Finds who said what, reporter's sentence by reporter's sentence.
struct AttributionReader {
  let passage: Passage
  /// `nil` where no stage has looked for names.
  let names: NamedText?
  let ends: ClauseEndModel
  var attributions: [Attribution] = []
  /// Inside the verbatim words of another: “Corr told me that it rained,” Lund said.
  var innerAttributions: [Attribution] = []
  /// One for each quoted span: it belongs to an attribution.
  var isUsed: [Bool]
  /// Whether the passage is what stands inside quotations.
  let isInner: Bool
  /// What the reporter's sentence before announces.
  var announcement: Announcement?
  /// The first token of each reporter's sentence of which not all speech is listed.
  var crowdedSentences: [Int] = []
  /// The paragraph of a transcript that has been read whole.
  private var verbatimParagraph: Int?
  /// Index of the first attribution of the reporter's sentence being read.
  private var firstOfFrame = 0

  /// “For Corr, “…””
  private static let openings = WordSet(["for", "in", "to"])

  var words: [Word] { passage.words }

  /// Pieces of reported speech of one sentence that hold the same word: nobody writes so deep. Without a bound the
  /// content listed for “he said he said …” would be the square of the sentence.
  static let deepest = 4
  /// Reported speech of one sentence, which is cut at `ReporterSentence.mostPieces`.
  static let mostInSentence = 32

  /// What is known so far of the reporter's sentence being read.
  struct State {
    var reporterSentence: Int
    var tokens: Range<Int>
    /// Every word may be capital.
    var isHeading: Bool
    /// Where the content of a following “…, he said” may begin.
    var floor: Int
    /// The same where the content is no quotation, so that it may hold attributions.
    var clauseFloor: Int
    /// Where the content of the last verb ends; what stands before is nested in it.
    var contentEnd = 0
    var speaker: Range<Int>?
  }

  /// “Lavrov said:” before a quotation that opens the next reporter's sentence.
  struct Announcement {
    var quotedSpan: Int
    var speaker: Range<Int>
    var cue: Range<Int>
    var reporterSentence: Int
  }

  init(_ passage: Passage, names: NamedText? = nil, ends: ClauseEndModel, isInner: Bool = false) {
    self.passage = passage
    self.names = names
    self.ends = ends
    self.isInner = isInner
    isUsed = Array(repeating: false, count: passage.quotedSpans.count)
  }

  /// - Throws: where the deadline has passed.
  mutating func readFrames(_ deadline: Deadline) throws(StageError) {
    for index in passage.reporterSentences.indices {
      if index & 7 == 0 { try deadline.check() }
      let announced = announcement
      announcement = nil
      read(reporterSentence: index)
      // “…,” she said: a quotation with its own tag is hers.
      guard let announced, !isUsed[announced.quotedSpan] else { continue }
      add(
        [passage.quotedSpans[announced.quotedSpan].tokens], speaker: announced.speaker, cue: announced.cue,
        reporterSentence: announced.reporterSentence, as: .that, isBackground: false)
    }
  }

  private mutating func read(reporterSentence index: Int) {
    let reporterSentence = passage.reporterSentences[index]
    firstOfFrame = attributions.count
    if verbatimParagraph == reporterSentence.paragraph { return }
    if let label = passage.endOfLabel(reporterSentence) {
      readTranscript(index, label: label)
      verbatimParagraph = reporterSentence.paragraph
      return
    }
    let start = passage.afterDatelines(reporterSentence)
    let end = reporterSentence.tokens.upperBound
    let tokens = Range(from: start, upTo: end)
    var state = State(
      reporterSentence: index, tokens: tokens,
      isHeading: reporterSentence.isHeading,
      floor: start, clauseFloor: start)
    if !isInner {
      if readAttributionLine(&state) { return }
      readColonLine(&state)
    }
    var at = start
    while at < end {
      let word = passage.words[at]
      if word.isQuoted {
        at = passage.after(at)
      } else if word.traits.contains(.according), at + 1 < end, passage.words[at + 1].traits.contains(.to) {
        at = readAccording(at, &state)
      } else if word.lowered == Self.asWord, !isInner {
        at = readAs(at, &state)
      } else if at == start, !isInner, Self.openings.contains(word.lowered) {
        at = readFor(at, &state)
      } else if let next = readUnknownVerb(at, &state) {
        at = next
      } else if !word.speech.isEmpty || word.traits.contains(.endsInEd) {
        let next = readCue(at, &state)
        at = next == at + 1 && word.traits.contains(.speechNoun) ? readNoun(at, &state) : max(at + 1, next)
      } else if word.traits.contains(.speechNoun) {
        at = readNoun(at, &state)
      } else {
        at += 1
      }
    }
  }
}

// Making one.
extension AttributionReader {
  /// Lists one more of the reporter's sentence being read, unless the same content is listed, or there are too many.
  mutating func add(
    _ pieces: [Range<Int>], speaker: Range<Int>?, cue: Range<Int>?, reporterSentence: Int,
    as construction: Construction,
    isBackground: Bool, clause: Clause? = nil
  ) {
    guard
      let made = attribution(
        pieces, speaker: speaker, cue: cue, reporterSentence: reporterSentence, as: construction,
        isBackground: isBackground, clause: clause)
    else { return }
    var depth = 0
    for at in Range(from: firstOfFrame, upTo: attributions.count) {
      if attributions[at].spans == made.spans { return }
      if attributions[at].hull.contains(made.hull.start) { depth += 1 }
    }
    if attributions.count - firstOfFrame < Self.mostInSentence, depth < Self.deepest { return append(made) }
    let start = passage.reporterSentences[reporterSentence].tokens.lowerBound
    if crowdedSentences.last != start { crowdedSentences.append(start) }
  }

  /// Gives a quotation without a speaker to one.
  mutating func addUntagged(
    _ quotedSpan: Int, speaker: Range<Int>?, reporterSentence: Int, as construction: Construction
  ) {
    let made = attribution(
      [passage.quotedSpans[quotedSpan].tokens], speaker: speaker, cue: nil, reporterSentence: reporterSentence,
      as: construction, isBackground: true,
      clause: nil)
    if let made { append(made) }
  }

  private mutating func append(_ made: Attribution) {
    for quotedSpan in made.quotedSpans { isUsed[quotedSpan] = true }
    attributions.append(made)
  }

  private func attribution(
    _ pieces: [Range<Int>], speaker: Range<Int>?, cue: Range<Int>?, reporterSentence: Int,
    as construction: Construction,
    isBackground: Bool, clause: Clause?
  ) -> Attribution? {
    var made = Attribution(
      kind: .indirect, spans: [], quoted: [], quotedSpans: [], speaker: speaker, cue: cue,
      reporterSentence: reporterSentence,
      construction: construction, isBackground: isBackground, clause: clause, lastToken: cue?.last ?? 0)
    var isAllQuoted = true
    for piece in pieces where !piece.isEmpty {
      let piece = passage.withWholeQuotations(piece)
      let quotedSpans = passage.quotations(in: piece)
      let quotedWords = quotedSpans.reduce(0) { $0 + passage.quotedSpans[$1].words }
      if !quotedSpans.isEmpty, quotedWords >= passage.wordCount(piece) {
        made.spans += quotedSpans.map { passage.quotedSpans[$0].inner }
      } else {
        isAllQuoted = false
        made.spans.append(passage.span(piece))
      }
      made.quoted += quotedSpans.map { passage.quotedSpans[$0].inner }
      made.quotedSpans += quotedSpans
      made.lastToken = max(made.lastToken, piece.upperBound - 1)
    }
    guard !made.spans.isEmpty else { return nil }
    made.kind = made.quoted.isEmpty ? .indirect : isAllQuoted ? .direct : .mixed
    return made
  }
}
