import Bytes
import Coreference
import Lexicon
import StageKit

// Without a verb.
extension AttributionReader {
  /// “According to X, …” and “…, according to X”.
  mutating func readAccording(_ at: Int, _ state: inout State) -> Int {
    let limit = state.tokens.upperBound
    let cue = Range(from: at, count: 2)
    guard at + 2 < limit,
      let speaker = passage.nounPhrase(startingAt: at + 2, limit: limit, prepositions: true)
    else { return at + 2 }
    var before = at
    while before > state.clauseFloor, !words[before - 1].isQuoted,
      words[before - 1].traits.has([.comma, .dash, .coordinator, .adverb])
    {
      before -= 1
    }
    var pieces: [Range<Int>] = []
    // “According to Corr, it rains, according to Lund”
    var start = state.clauseFloor
    while start < before, !words[start].isQuoted, words[start].traits.has([.comma, .dash, .semicolon]) { start += 1 }
    let clause = Range(from: start, clampedTo: before)
    if passage.wordCount(clause) > 1 { pieces.append(clause) }
    // “As a result, according to Corr, it rained”
    let isAdverbial =
      !clause.isEmpty && before < at && words[clause.lowerBound].traits.has([.preposition, .adverb, .subordinator])
      && !passage.hasFiniteVerb(clause)
    var comma = speaker.upperBound
    while comma < limit, !words[comma].isQuoted, !words[comma].traits.has([.comma, .terminal, .semicolon, .dash]) {
      comma += 1
    }
    // “According to Corr — herself a farmer — …”
    let isAside = comma < limit && words[comma].traits.contains(.dash)
    if isAside, passage.afterInterruption(comma, limit: limit) == nil { comma = limit }
    if comma < limit, words[comma].traits.has([.comma, .dash]), comma + 1 < limit,
      pieces.isEmpty || isAdverbial || resumes(comma + 1)
    {
      // “According to Corr, who heads the clinic, …”
      let start = pieces.isEmpty ? passage.afterInterruption(comma, limit: limit) ?? comma + 1 : comma + 1
      let end = passage.clauseEnd(from: start, limit: passage.secondSpeaker(from: start, limit: limit) ?? limit)
      if end > start { pieces.append(Range(from: start, upTo: end)) }
    }
    guard !pieces.isEmpty else { return at + 2 }
    add(pieces, speaker: speaker, cue: cue, reporterSentence: state.reporterSentence, as: .that, isBackground: false)
    state.speaker = speaker
    if let last = pieces.last { state.floor = max(state.floor, last.upperBound) }
    state.clauseFloor = max(state.clauseFloor, speaker.upperBound)
    return speaker.upperBound
  }

  /// Whether who stands before a colon is somebody that the article knows, by name or by office; “Holm:”, “Explainer:” and
  /// “Islanders:” are not.
  private func maySpeak(_ tokens: Range<Int>) -> Bool {
    guard let names else { return true }
    if let entity = names.named(tokens) { return [.person, .organization].contains(names.kind(of: entity)) }
    let hasOther = names.hasMention(in: tokens)
    return !hasOther && tokens.contains { words[$0].traits.has([.office, .title, .anybody, .human, .pluralPeople]) }
  }

  /// A heading “Lavrov: talks will resume”, or the first line of a text.
  mutating func readColonLine(_ state: inout State) {
    let reporterSentence = passage.reporterSentences[state.reporterSentence]
    guard reporterSentence.isHeading || state.reporterSentence == 0 else { return }
    let start = state.tokens.lowerBound
    var at = start
    while at < reporterSentence.tokens.upperBound, at - start < 6, words[at].traits.contains(.capital),
      !words[at].isQuoted
    {
      at += 1
    }
    let speaker = Range(from: start, upTo: at)
    guard !speaker.isEmpty, at + 3 < reporterSentence.tokens.upperBound, words[at].traits.contains(.colon),
      !passage.isHeadingOfText(speaker), maySpeak(speaker)
    else { return }
    let end = passage.clauseEnd(from: at + 1, limit: reporterSentence.tokens.upperBound)
    guard end > at + 1 else { return }
    add(
      [Range(from: at + 1, upTo: end)], speaker: speaker, cue: Range(from: at, count: 1),
      reporterSentence: state.reporterSentence,
      as: .colon, isBackground: false)
    state.floor = max(state.floor, at + 1)
  }
}
