import StageKit

// Content before the speaker.
extension AttributionReader {
  /// “…, Lavrov said” and “…,” said Lavrov.
  mutating func readTag(_ cue: Cue, speaker: Range<Int>, tagEnd: Int, _ state: inout State) -> Int {
    let sense = cue.sense
    let tagStart = min(speaker.lowerBound, cue.verb)
    guard sense.isAny([.say, .sayThat, .quote, .tell, .out, .ask]) else { return cue.tokens.upperBound }
    var before = tagStart
    while before > state.floor, !words[before - 1].isQuoted,
      words[before - 1].traits.isAny([.comma, .dash, .coordinator])
    {
      before -= 1
    }
    let isQuotation = before > state.floor && words[before - 1].isQuoted
    let isReported =
      !isQuotation && before < tagStart && sense.isAny([.say, .tell, .sayThat]) && before > state.clauseFloor
    var pieces: [Range<Int>] = []
    var construction = Construction.quotation
    if isReported {
      if isClause(state.clauseFloor..<before) {
        pieces = [state.clauseFloor..<before]
        construction = .tag
      }
    } else if before <= state.floor {
      // The quotation may be a sentence of its own.
      if state.floor == state.tokens.lowerBound, let stretch = lastStretch(before: state.frame), !isUsed[stretch] {
        pieces = [passage.stretches[stretch].tokens]
      }
    } else if isQuotation {
      let start = speechStart(state.floor..<before)
      pieces = [start..<before]
      if passage.isOnlyQuoted(start..<before) {
        pieces = passage.quotations(in: start..<before).map { passage.stretches[$0].tokens }
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
      if pieces.isEmpty, isReported { pieces = [state.clauseFloor..<before] }
      pieces.append(rest)
    }
    guard !pieces.isEmpty else {
      // “Lavrov said:” before a quotation in a sentence or line of its own.
      return readAhead(cue.tokens, speaker: speaker, tagEnd: tagEnd, state)
    }
    add(
      pieces, speaker: speaker, cue: cue.tokens, frame: state.frame, as: construction,
      isPassing: isPassing(cue.verb, floor: state.tokens.lowerBound))
    state.speaker = speaker
    state.floor = rest?.upperBound ?? tagEnd
    state.clauseFloor = state.floor
    guard let rest else { return tagEnd }
    return isQuotation ? rest.upperBound : rest.lowerBound
  }

  /// Where the content before a tag begins: after “On Monday:” or “Because of the rain,” the quotation is all of it.
  private func speechStart(_ tokens: Range<Int>) -> Int {
    var at = tokens.upperBound - 1
    while at > tokens.lowerBound, words[at].isQuoted || words[at].traits.isAny(.punctuation) {
      if !words[at].isQuoted, words[at].traits.isAny([.colon, .comma]) { return at + 1 }
      at = words[at].isQuoted ? passage.stretches[Int(words[at].stretch)].tokens.lowerBound - 1 : at - 1
    }
    return tokens.lowerBound
  }

  /// “The plan,” he said, “will fail”: the rest of what a tag has split.
  private func contentAfter(
    _ tagEnd: Int, isSplit: Bool, isQuotation: Bool, isInverted: Bool, _ state: State
  ) -> Range<Int>? {
    let limit = state.tokens.upperBound
    let start = tagEnd + 1
    guard start < limit, !words[tagEnd].isQuoted, words[tagEnd].traits.isAny([.comma, .dash, .colon]) else {
      return nil
    }
    if words[start].isQuoted {
      return start..<contentEnd(from: start, .quotation, limit: limit, bound: .sentence)
    }
    if isQuotation { return nil }
    let goesOn =
      isSplit
      ? words[tagEnd].traits.contains(.comma)
        && !words[start].traits.isAny([.endsInIng, .relative, .coordinator, .according])
      : resumes(start, isInverted: isInverted)
    guard goesOn else { return nil }
    let end = passage.clauseEnd(from: start, limit: limit)
    return passage.wordCount(start..<end) > (isSplit ? 0 : 2) ? start..<end : nil
  }

  private mutating func readAhead(_ cue: Range<Int>, speaker: Range<Int>, tagEnd: Int, _ state: State) -> Int {
    guard tagEnd + 1 >= state.tokens.upperBound, tagEnd < words.count, state.frame + 1 < passage.frames.count,
      tagEnd < state.tokens.upperBound, words[tagEnd].traits.contains(.colon)
    else { return cue.upperBound }
    let next = passage.frames[state.frame + 1]
    guard words[next.tokens.lowerBound].isQuoted else { return cue.upperBound }
    add(
      [next.tokens.lowerBound..<passage.after(next.tokens.lowerBound)], speaker: speaker, cue: cue, frame: state.frame,
      as: .that, isPassing: false)
    return tagEnd
  }

  /// The stretch that ends the frame before, in the same paragraph.
  func lastStretch(before frame: Int) -> Int? {
    guard frame > 0 else { return nil }
    let previous = passage.frames[frame - 1]
    guard previous.paragraph == passage.frames[frame].paragraph else { return nil }
    let last = words[previous.tokens.upperBound - 1]
    return last.isQuoted ? Int(last.stretch) : nil
  }

  /// Whether it can be a statement: three words and something that looks like a verb.
  private func isClause(_ tokens: Range<Int>) -> Bool {
    guard passage.wordCount(tokens) >= 3, !words[tokens.lowerBound].traits.contains(.endsInIng) else { return false }
    let first = words[tokens.lowerBound].traits
    if first.contains(.preposition), !first.contains(.subordinator),
      !tokens.contains(where: { words[$0].traits.contains(.comma) }),
      !tokens.contains(where: { words[$0].traits.isAny([.auxiliary, .modal]) })
    {
      return false
    }
    return tokens.contains {
      words[$0].traits.isAny([.auxiliary, .modal, .verb, .endsInEd, .endsInS, .endsInIng]) || !words[$0].sense.isEmpty
    }
  }

  /// “The plan, he said, will fail”: whether the clause goes on after the tag.
  func resumes(_ at: Int, isInverted: Bool = false) -> Bool {
    let word = words[at]
    if word.traits.isAny([.auxiliary, .modal, .verb, .to, .be, .endsInEd]) { return true }
    if word.traits.isAny([.relative, .endsInIng, .according, .subordinator, .coordinator]) { return false }
    return !isInverted && word.traits.isAny([.subjectPronoun, .determiner])
  }
}
