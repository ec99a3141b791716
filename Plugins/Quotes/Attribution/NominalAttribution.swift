import Bytes
import Coreference
import Lexicon
import StageKit

// A noun with what it says: “his warning that …”, “the claim by Corr that …”.
extension AttributionReader {
  /// - Returns: the token to go on from.
  mutating func readNoun(_ noun: Int, _ state: inout State) -> Int {
    let limit = state.tokens.upperBound
    guard noun + 2 < limit,
      case .content(let start, .that, _) = passage.continuation(after: noun, speech: .sayThat, limit: limit),
      start - noun < 12, words[start - 1].traits.contains(.that),
      // “statements that were made”
      !words[start].traits.has([.auxiliary, .modal, .verb, .endsInEd])
    else { return noun + 1 }
    let opening = nounPhraseStart(noun, floor: state.tokens.lowerBound)
    guard opening != nil || words[noun].speech.isEmpty else { return noun + 1 }
    let end = contentEnd(from: start, .that, limit: limit, bound: .comma)
    guard end > start else { return noun + 1 }
    let source = source(of: noun, opening: opening ?? noun, state)
    add(
      [Range(from: start, upTo: end)], speaker: source, cue: Range(from: noun, count: 1),
      reporterSentence: state.reporterSentence,
      as: source == nil ? .unattributed : .noun, isBackground: true)
    state.floor = max(state.floor, end)
    state.contentEnd = max(state.contentEnd, end)
    return start
  }

  /// The determiner, possessive or ’s before the noun and its adjectives.
  private func nounPhraseStart(_ noun: Int, floor: Int) -> Int? {
    var at = noun - 1
    while at >= floor, noun - at < 5, !words[at].isQuoted {
      let traits = words[at].traits
      if traits.has([.determiner, .indefinite, .possessive, .clitic]) { return at }
      guard !traits.has(.closed), !traits.contains(.preposition) else { return nil }
      at -= 1
    }
    return nil
  }

  private func possessor(endingAt end: Int, floor: Int) -> Range<Int>? {
    var start = end + 1
    while start > floor, end - start < 8, passage.isNounLike(start - 1) || words[start - 1].traits.contains(.determiner)
    {
      start -= 1
      if words[start].traits.has([.determiner, .indefinite]) { break }
    }
    return start <= end ? Range(from: start, upTo: end + 1) : nil
  }

  /// Who said it. What somebody refutes or only mentions has no speaker.
  private func source(of noun: Int, opening: Int, _ state: State) -> Range<Int>? {
    let floor = state.tokens.lowerBound
    let limit = state.tokens.upperBound
    if words[opening].traits.contains(.possessive) { return Range(from: opening, count: 1) }
    if words[opening].traits.contains(.clitic), opening > floor {
      return possessor(endingAt: opening - 1, floor: floor)
    }
    if words[noun + 1].traits.contains(.by),
      let agent = passage.nounPhrase(startingAt: noun + 2, limit: limit, prepositions: false)
    {
      return agent
    }
    var verb = opening - 1
    while verb > floor, words[verb].traits.contains(.adverb) { verb -= 1 }
    guard verb > floor, !words[verb].isQuoted, words[verb].traits.contains(.utters) else { return nil }
    if words[verb].traits.contains(.endsInIng) { return state.speaker ?? passage.subject(of: state.tokens) }
    var last = verb - 1
    while last > floor, words[last].traits.has([.auxiliary, .adverb]) { last -= 1 }
    if words[last].traits.has([.modal, .negation, .to]) { return nil }
    return passage.subject(before: last, floor: floor) ?? passage.nounPhrase(endingAt: last, floor: floor)
  }
}
