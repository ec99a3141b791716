import Bytes
import Coreference
import Lexicon
import StageKit

// What people quote others, or themselves, as saying: “Corr told me that it rained,” Lund said.
extension AttributionReader {
  /// Reads what stands inside the quotations that are somebody's, for plain statements that something was said.
  ///
  /// - Throws: where the deadline has passed.
  mutating func readInside(_ segmentation: Segmentation, _ deadline: Deadline) throws(StageError) {
    guard passage.quotedSpans.contains(where: { $0.tokens.count > 6 }) else { return }
    let inside = try Passage(inside: passage, segmentation, deadline: deadline)
    var reader = AttributionReader(inside, ends: ends, isInner: true)
    try reader.readFrames(deadline)
    try deadline.check()
    crowdedSentences += reader.crowdedSentences
    for var inner in reader.attributions where reader.isStatement(inner) {
      guard let cue = inner.cue else { continue }
      let quotedSpan = words[cue.lowerBound].quotedSpan
      guard quotedSpan >= 0, isUsed[quotedSpan] else { continue }
      inner.reporterSentence = passage.reporterSentence(of: cue.lowerBound)
      inner.quotedSpans = []
      inner.construction = .inner
      inner.isBackground = true
      innerAttributions.append(inner)
    }
  }

  /// Somebody said it, as against “you could say that”, “if he says that”, “did she say that”.
  private func isStatement(_ attribution: Attribution) -> Bool {
    guard [.quotation, .participleQuotation, .that].contains(attribution.construction), let cue = attribution.cue,
      let speaker = attribution.speaker,
      speaker.upperBound <= cue.lowerBound, words[cue.lowerBound].form.has([.past, .third])
    else { return false }
    let head = words[speaker.lowerBound].traits
    // “what he says”
    if head.has([.question, .opensQuestion]) { return false }
    if speaker.count == 1, head.has([.pluralWord, .relative, .indefinite]) { return false }
    if speaker.count == 1, head.has(.pronoun), !head.has([.masculinePronoun, .femininePronoun, .firstPerson]) {
      return false
    }
    if Range(from: speaker.upperBound, upTo: cue.lowerBound).contains(where: {
      words[$0].traits.has([.modal, .negation, .to])
    }) {
      return false
    }
    let before = speaker.lowerBound - 1
    guard before >= passage.reporterSentences[attribution.reporterSentence].tokens.lowerBound else { return true }
    return !words[before].traits.has([.auxiliary, .modal, .subordinator]) || words[before].traits.contains(.that)
  }
}
