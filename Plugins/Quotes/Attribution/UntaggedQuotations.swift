import Bytes
import Coreference
import Lexicon
import StageKit

// Quotations without a verb of their own: they go on with a neighbour, or continue the last speaker.
extension AttributionReader {
  /// Quoted sentences right after, or right before, an attributed one in the same paragraph belong to it.
  ///
  /// - Throws: where the deadline has passed.
  mutating func joinNeighbours(_ deadline: Deadline) throws(StageError) {
    var watch = DeadlineWatch(deadline)
    for at in attributions.indices where attributions[at].kind == .direct && !attributions[at].isLabel {
      try watch.step()
      guard let first = attributions[at].quotedSpans.first else { continue }
      let count = attributions[at].quotedSpans.count
      while let next = quotations(after: at) {
        try watch.step()
        for quotedSpan in next { isUsed[quotedSpan] = true }
        attributions[at].quotedSpans += next
      }
      let before = try quotations(before: first, &watch)
      for quotedSpan in before { isUsed[quotedSpan] = true }
      attributions[at].quotedSpans.insert(contentsOf: before, at: 0)
      if attributions[at].quotedSpans.count > count { takeSpansOfStretches(at) }
    }
  }

  /// The quotations after a direct one that belong to it: all of the next sentence, or the first of the next paragraph.
  private func quotations(after at: Int) -> [Int]? {
    guard let last = attributions[at].quotedSpans.last else { return nil }
    let next = last + 1
    if next < passage.quotedSpans.count, !isUsed[next], passage.quotedSpans[next].continues,
      !passage.quotedSpans[last].isClosed
    {
      return [next]
    }
    let token = max(attributions[at].lastToken, passage.quotedSpans[last].tokens.upperBound - 1)
    let reporterSentence = passage.reporterSentence(of: token) + 1
    guard reporterSentence < passage.reporterSentences.count,
      passage.reporterSentences[reporterSentence].paragraph == passage.reporterSentences[reporterSentence - 1].paragraph
    else { return nil }
    return unusedQuotations(filling: reporterSentence)
  }

  /// The quotations before a direct one that belong to it: of whole sentences, up to the one that it opens.
  private func quotations(before first: Int, _ watch: inout DeadlineWatch) throws(StageError) -> [Int] {
    var opening = first
    var reporterSentence = passage.reporterSentence(of: passage.quotedSpans[first].tokens.lowerBound)
    guard passage.quotedSpans[first].tokens.lowerBound == passage.reporterSentences[reporterSentence].tokens.lowerBound
    else { return [] }
    var found: [Int] = []
    while reporterSentence > 0 {
      try watch.step()
      let isOneParagraph =
        passage.reporterSentences[reporterSentence - 1].paragraph
        == passage.reporterSentences[reporterSentence].paragraph
      guard isOneParagraph || passage.quotedSpans[opening].continues,
        let quotedSpans = unusedQuotations(filling: reporterSentence - 1), let next = quotedSpans.first
      else { break }
      found += quotedSpans.reversed()
      opening = next
      reporterSentence -= 1
    }
    return found.reversed()
  }

  /// The quotations of a reporter's sentence that has nothing else, where none of them belongs to anybody.
  private func unusedQuotations(filling index: Int) -> [Int]? {
    let tokens = passage.reporterSentences[index].tokens
    guard passage.isOnlyQuoted(tokens) else { return nil }
    let quotedSpans = passage.quotations(in: tokens)
    return quotedSpans.allSatisfy { !isUsed[$0] } ? quotedSpans : nil
  }

  /// A span for each quoted span, or for several that go on from paragraph to paragraph.
  private mutating func takeSpansOfStretches(_ at: Int) {
    var spans: [ByteSpan] = []
    for quotedSpan in attributions[at].quotedSpans {
      let inner = passage.quotedSpans[quotedSpan].inner
      if passage.quotedSpans[quotedSpan].continues, let last = spans.popLast() {
        spans.append(ByteSpan(last.start, inner.end))
      } else {
        spans.append(inner)
      }
      attributions[at].lastToken = max(
        attributions[at].lastToken, passage.quotedSpans[quotedSpan].tokens.upperBound - 1)
    }
    attributions[at].spans = spans
    attributions[at].quoted = attributions[at].quotedSpans.map { passage.quotedSpans[$0].inner }
  }

  /// Gives what is left to the last speaker, with less confidence; words in scare quotes are left alone.
  ///
  /// - Throws: where the deadline has passed.
  mutating func readUntagged(keepsScareQuotes: Bool, _ deadline: Deadline) throws(StageError) {
    var watch = DeadlineWatch(deadline)
    let tagged = attributions.sorted { $0.lastToken < $1.lastToken }
    var at = 0
    var last: Attribution?
    for index in passage.quotedSpans.indices where !isUsed[index] && !passage.quotedSpans[index].tokens.isEmpty {
      try watch.step()
      let quotedSpan = passage.quotedSpans[index]
      let start = quotedSpan.tokens.lowerBound
      let sentenceIndex = passage.reporterSentence(of: start)
      let reporterSentence = passage.reporterSentences[sentenceIndex]
      while at < tagged.count, tagged[at].lastToken < start {
        last = tagged[at]
        at += 1
      }
      let standsAlone = passage.isOnlyQuoted(reporterSentence.tokens) && (quotedSpan.words > 3 || quotedSpan.endsClause)
      let isNamed = start > reporterSentence.tokens.lowerBound && Passage.namings.contains(words[start - 1].lowered)
      if !standsAlone, isNamed || quotedSpan.words < 6 || passage.isTitle(quotedSpan.tokens) {
        if keepsScareQuotes { addUntagged(index, speaker: nil, reporterSentence: sentenceIndex, as: .scareQuotes) }
        continue
      }
      var speaker: Range<Int>?
      if let last, reporterSentence.paragraph - passage.reporterSentences[last.reporterSentence].paragraph <= 1 {
        speaker = last.speaker
      }
      if standsAlone, let previous = previousSubject(sentenceIndex) {
        // “Corr turned to the crowd. “The well is dry.””: whom the sentence before is about, unless that is the last tag.
        let isTag = last.map { $0.lastToken >= previous.lowerBound } ?? false
        speaker = isTag ? speaker ?? previous : mayTakeOver(previous) ? previous : speaker ?? previous
      }
      if !standsAlone { speaker = passage.subject(of: reporterSentence.tokens) ?? speaker }
      // What somebody refutes is not theirs.
      if !standsAlone, isDenied(start, in: reporterSentence) { speaker = nil }
      addUntagged(index, speaker: speaker, reporterSentence: sentenceIndex, as: standsAlone ? .untagged : .embedded)
      last = attributions.last
    }
  }

  /// Whether somebody that a sentence is about may be who speaks next: a person, by name.
  private func mayTakeOver(_ subject: Range<Int>) -> Bool {
    guard let names, let entity = names.named(subject) else { return false }
    return names.kind(of: entity) == .person
  }

  private func isDenied(_ start: Int, in reporterSentence: ReporterSentence) -> Bool {
    var at = reporterSentence.tokens.lowerBound
    while at < start {
      if !words[at].isQuoted, words[at].speech.contains(.deny) { return true }
      at = passage.after(at)
    }
    return false
  }

  /// The subject of the sentence before in the same paragraph.
  private func previousSubject(_ reporterSentence: Int) -> Range<Int>? {
    guard reporterSentence > 0,
      passage.reporterSentences[reporterSentence - 1].paragraph == passage.reporterSentences[reporterSentence].paragraph
    else { return nil }
    return passage.subject(of: passage.reporterSentences[reporterSentence - 1].tokens)
  }
}
