import Bytes
import Coreference
import Lexicon
import StageKit

// Content before the speaker.
extension AttributionReader {
  /// “…, Lavrov said” and “…,” said Lavrov.
  mutating func readTag(_ cue: Cue, speaker: Range<Int>, tagEnd: Int, _ state: inout State) -> Int {
    let speech = cue.speech
    let tagStart = min(speaker.lowerBound, cue.verb)
    guard speech.has([.say, .sayThat, .quote, .tell, .out, .ask]) else { return cue.tokens.upperBound }
    var before = tagStart
    while before > state.floor, !words[before - 1].isQuoted,
      words[before - 1].traits.has([.comma, .dash, .coordinator])
    {
      before -= 1
    }
    let isQuotation = before > state.floor && words[before - 1].isQuoted
    let isReported =
      !isQuotation && before < tagStart && speech.has([.say, .tell, .sayThat]) && before > state.clauseFloor
    var pieces: [Range<Int>] = []
    var construction = Construction.quotation
    // “Unless it rains, the court will rule”
    if isReported, isToCome(cue.verb, floor: tagStart) { return cue.tokens.upperBound }
    if isReported {
      let clause = Range(from: state.clauseFloor, upTo: before)
      if isClause(clause) {
        pieces = [clause]
        construction = .tag
      }
    } else if before <= state.floor {
      // The quotation may be a sentence of its own.
      if state.floor == state.tokens.lowerBound, !speech.contains(.react),
        let quotedSpan = lastQuotedSpan(before: state.reporterSentence),
        !isUsed[quotedSpan]
      {
        pieces = [passage.quotedSpans[quotedSpan].tokens]
      }
    } else if isQuotation {
      let said = self.speech(in: Range(from: state.floor, upTo: before))
      pieces = [said]
      if passage.isOnlyQuoted(said) {
        pieces = passage.quotations(in: said).map { passage.quotedSpans[$0].tokens }
      } else {
        construction = .tag
      }
    }
    let rest =
      !isReported && pieces.isEmpty
      ? nil
      : contentAfter(
        tagEnd, isSplit: isReported && !isQuotation && pieces.isEmpty, isQuotation: isQuotation,
        isInverted: tagStart == cue.verb, state)
    if let rest {
      if pieces.isEmpty, isReported { pieces = [Range(from: state.clauseFloor, upTo: before)] }
      pieces.append(rest)
    }
    guard !pieces.isEmpty else {
      // “Lavrov said:” before a quotation in a sentence or line of its own.
      return readAhead(cue.tokens, speaker: speaker, tagEnd: tagEnd, state)
    }
    add(
      pieces, speaker: speaker, cue: cue.tokens, reporterSentence: state.reporterSentence, as: construction,
      isBackground: isBackground(cue.verb, floor: state.tokens.lowerBound))
    state.speaker = speaker
    state.floor = rest?.upperBound ?? tagEnd
    state.clauseFloor = state.floor
    guard let rest else { return tagEnd }
    return isQuotation ? rest.upperBound : rest.lowerBound
  }

  /// “will say”, “would rule”
  private func isToCome(_ verb: Int, floor: Int) -> Bool {
    var at = verb - 1
    while at > floor, words[at].traits.has([.auxiliary, .adverb, .modal]), !words[at].isQuoted {
      if words[at].traits.contains(.modal) { return true }
      at -= 1
    }
    return false
  }

  /// The content before a tag: after “On Monday:” or “Because of the rain,” the quotation is all of it.
  private func speech(in tokens: Range<Int>) -> Range<Int> {
    var at = tokens.upperBound - 1
    while at > tokens.lowerBound, words[at].isQuoted || words[at].traits.has(.punctuation) {
      if !words[at].isQuoted, words[at].traits.has([.colon, .comma]) {
        return Range(from: at + 1, upTo: tokens.upperBound)
      }
      at = words[at].isQuoted ? passage.quotedSpans[words[at].quotedSpan].tokens.lowerBound - 1 : at - 1
    }
    return tokens
  }

  /// “The plan,” he said, “will fail”: the rest of what a tag has split.
  private func contentAfter(
    _ tagEnd: Int, isSplit: Bool, isQuotation: Bool, isInverted: Bool, _ state: State
  ) -> Range<Int>? {
    let limit = state.tokens.upperBound
    let start = tagEnd + 1
    guard start < limit, !words[tagEnd].isQuoted, words[tagEnd].traits.has([.comma, .dash, .colon]) else {
      return nil
    }
    if words[start].isQuoted {
      return Range(from: start, upTo: contentEnd(from: start, .quotation, limit: limit, bound: .sentence))
    }
    if isQuotation { return nil }
    let goesOn =
      isSplit
      ? words[tagEnd].traits.contains(.comma)
        && !words[start].traits.has([.endsInIng, .relative, .coordinator, .according])
      : resumes(start, isInverted: isInverted)
    guard goesOn else { return nil }
    let rest = Range(from: start, upTo: passage.clauseEnd(from: start, limit: limit))
    return passage.wordCount(rest) > (isSplit ? 0 : 2) ? rest : nil
  }

  private mutating func readAhead(_ cue: Range<Int>, speaker: Range<Int>, tagEnd: Int, _ state: State) -> Int {
    guard tagEnd + 1 == state.tokens.upperBound, state.reporterSentence + 1 < passage.reporterSentences.count,
      words[tagEnd].traits.contains(.colon)
    else { return cue.upperBound }
    let next = words[passage.reporterSentences[state.reporterSentence + 1].tokens.lowerBound]
    guard next.isQuoted else { return cue.upperBound }
    announcement = Announcement(
      quotedSpan: next.quotedSpan, speaker: speaker, cue: cue, reporterSentence: state.reporterSentence)
    return tagEnd
  }

  /// The quoted span that ends the reporter's sentence before, in the same paragraph.
  func lastQuotedSpan(before reporterSentence: Int) -> Int? {
    guard reporterSentence > 0 else { return nil }
    let previous = passage.reporterSentences[reporterSentence - 1]
    guard previous.paragraph == passage.reporterSentences[reporterSentence].paragraph else { return nil }
    let last = words[previous.tokens.upperBound - 1]
    return last.isQuoted ? last.quotedSpan : nil
  }

  /// Whether it can be a statement: three words and something that looks like a verb.
  private func isClause(_ tokens: Range<Int>) -> Bool {
    guard passage.wordCount(tokens) >= 3, !words[tokens.lowerBound].traits.contains(.endsInIng) else { return false }
    let first = words[tokens.lowerBound].traits
    if first.contains(.preposition), !first.contains(.subordinator),
      !tokens.contains(where: { words[$0].traits.contains(.comma) }),
      !tokens.contains(where: { words[$0].traits.has([.auxiliary, .modal]) })
    {
      return false
    }
    return tokens.contains {
      words[$0].traits.has([.auxiliary, .modal, .verb, .endsInEd, .endsInS, .endsInIng]) || !words[$0].speech.isEmpty
    }
  }

  /// “The plan, he said, will fail”: whether the clause goes on after the tag.
  func resumes(_ at: Int, isInverted: Bool = false) -> Bool {
    let word = words[at]
    if word.traits.has([.auxiliary, .modal, .verb, .to, .be, .endsInEd]) { return true }
    if word.traits.has([.relative, .endsInIng, .according, .subordinator, .coordinator]) { return false }
    return !isInverted && word.traits.has([.subjectPronoun, .determiner])
  }
}
