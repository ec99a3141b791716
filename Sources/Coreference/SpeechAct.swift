import Lexicon

/// A verb of speech and who speaks: as much of who says what as it takes to weigh who is meant.
struct SpeechAct {
  var speaker: Range<Int>
  var verb: Int
  /// The reporter's own words that tell what is said: before the tag “…, he said”, and from the verb on.
  var before: Range<Int>
  var after: Range<Int>
  /// “X earlier stressed”: a speaker in passing, who is not the one meant by a later “he”.
  var isBackground: Bool

  func reports(_ token: Int) -> Bool { before.contains(token) || after.contains(token) }
}

extension Passage {
  /// Of one sentence. It is cut at some hundred words.
  private static let mostActs = 32

  func speechActs(of sentence: Int) -> [SpeechAct] {
    let tokens = reporterSentences[sentence].tokens
    let start = afterDatelines(reporterSentences[sentence])
    var acts: [SpeechAct] = []
    var at = start
    while at < tokens.upperBound, acts.count < Self.mostActs {
      defer { at = after(at) }
      if words[at].isQuoted { continue }
      if words[at].traits.contains(.according), let act = according(at, limit: tokens.upperBound) {
        acts.append(act)
      } else if !words[at].speech.isEmpty,
        let act = act(of: at, Range(from: start, upTo: tokens.upperBound), sentence, after: acts.last)
      {
        acts.append(act)
      }
    }
    return acts
  }

  private func according(_ at: Int, limit: Int) -> SpeechAct? {
    guard at + 2 < limit, words[at + 1].traits.contains(.to),
      let speaker = nounPhrase(startingAt: at + 2, limit: limit, prepositions: true)
    else { return nil }
    return SpeechAct(speaker: speaker, verb: at, before: 0..<0, after: 0..<0, isBackground: false)
  }

  private func act(of verb: Int, _ sentence: Range<Int>, _ index: Int, after last: SpeechAct?) -> SpeechAct? {
    guard let cue = cue(verb, sentence, isHeading: reporterSentences[index].isHeading) else { return nil }
    var act = SpeechAct(
      speaker: 0..<0, verb: verb, before: 0..<0, after: 0..<0,
      isBackground: isBackground(verb, floor: sentence.lowerBound))
    switch cue.use {
    case .passive: return nil
    case .participle, .infinitive, .coordinated:
      guard let speaker = last?.speaker ?? subject(of: Range(from: sentence.lowerBound, upTo: verb)) else { return nil }
      act.speaker = speaker
    case .finite(let before):
      if let inverted = invertedSubject(of: verb, before: before, sentence, index),
        before < sentence.lowerBound || words[before].isQuoted || cue.speech.has(Self.reports)
      {
        act.speaker = inverted
        act.before = Range(from: sentence.lowerBound, upTo: verb)
        act.after = Range(from: inverted.upperBound, upTo: sentence.upperBound)
        return act
      }
      guard before >= sentence.lowerBound,
        let speaker = subject(before: before, floor: sentence.lowerBound)
          ?? nounPhrase(endingAt: before, floor: sentence.lowerBound)
      else { return nil }
      act.speaker = speaker
    }
    let isBehindQuotation = cue.speech.has(Self.quotes) && isBehindQuotation(act.speaker, sentence)
    let isBehindClause = cue.speech.has(Self.reports) && isBehindClause(act.speaker, sentence, index)
    switch continuation(after: cue.tokens.upperBound - 1, speech: cue.speech, limit: sentence.upperBound) {
    case .content(_, let opening, _) where isBehindQuotation && opening != .that: break
    case .nothing where isBehindQuotation || isBehindClause: break
    case .nothing: return nil
    case .content(let start, let opening, let hasAddressee):
      guard construction(cue, opening, hasAddressee, at: start, sentence) != nil else { return nil }
      act.after = Range(from: start, clampedTo: clauseEnd(from: start, limit: sentence.upperBound))
      // What stands in the content of another is said in passing too.
      if let last, last.after.contains(verb) { act.isBackground = true }
      return act
    }
    act.before = Range(from: sentence.lowerBound, clampedTo: act.speaker.lowerBound)
    act.after = Range(from: cue.tokens.upperBound, upTo: sentence.upperBound)
    return act
  }

  /// Verbs that can follow a quotation, and those that can follow a clause.
  private static let quotes: Speech = [.say, .sayThat, .quote, .tell, .out, .ask]
  private static let reports: Speech = [.say, .sayThat, .tell]

  /// “…,” said Corr.
  ///
  /// - Parameter end: of the verb with its particle, where it has one: “chimed in Corr”.
  package func invertedSubject(
    of verb: Int, upTo end: Int? = nil, before: Int, _ sentence: Range<Int>, _ index: Int
  ) -> Range<Int>? {
    let limit = sentence.upperBound
    var first = end ?? verb + 1
    guard words[verb].speech.has([.say, .sayThat, .quote]), words[verb].form.has([.past, .third]), verb + 1 < limit,
      verb - 1 <= before || before < sentence.lowerBound
    else { return nil }
    let follows =
      before < sentence.lowerBound
      ? sentence.lowerBound == verb && followsQuotation(index)
      : words[before].isQuoted || words[before].traits.has([.comma, .dash])
    // “…,” complained on Friday in Holm the mayor, Ada Corr.
    if before >= sentence.lowerBound, words[before].isQuoted { first = afterTimeAndPlace(first, limit: limit) ?? first }
    let isBehindQuotation = before >= sentence.lowerBound && words[before].isQuoted
    guard follows, first < limit,
      !words[first].traits.has([.objectPronoun, .endsInIng]) || words[first].traits.contains(.capital),
      let subject = nounPhrase(startingAt: first, limit: limit, prepositions: true)
    else { return nil }
    guard subject.upperBound < limit else { return subject }
    let next = words[subject.upperBound]
    // “Corr, free at last, demanded boats, and …” is no tag.
    if before >= sentence.lowerBound, !isBehindQuotation, words[verb].speech.isDisjoint(with: [.say, .tell]),
      !next.traits.contains(.terminal)
    {
      return nil
    }
    if next.isQuoted { return before < sentence.lowerBound || isBehindQuotation ? subject : nil }
    return next.traits.has(.punctuation) || next.traits.has([.preposition, .time, .relative])
      || before >= sentence.lowerBound && words[before].isQuoted && !next.traits.has([.auxiliary, .modal])
      ? subject : nil
  }

  /// The subject behind phrases of time and place: “on Friday in Holm the mayor”.
  private func afterTimeAndPlace(_ start: Int, limit: Int) -> Int? {
    var at = start
    var phrases = 0
    while at < limit, !words[at].isQuoted, phrases < 3 {
      if words[at].traits.has([.time, .adverb]), !words[at].traits.has([.subjectPronoun, .determiner]) {
        at += 1
      } else if words[at].traits.contains(.preposition), !words[at].traits.contains(.capital) {
        var end = at + 1
        while end < limit, words[end].traits.has([.capital, .time, .number]), !words[end].isQuoted { end += 1 }
        guard end > at + 1 else { return nil }
        at = end
      } else {
        break
      }
      phrases += 1
    }
    return phrases > 0 && at < limit && words[at].traits.has([.determiner, .possessive, .capital]) ? at : nil
  }

  /// Whether the sentence before, in the same paragraph, ends with a quotation.
  private func followsQuotation(_ index: Int) -> Bool {
    guard index > 0, reporterSentences[index - 1].paragraph == reporterSentences[index].paragraph else { return false }
    return words[reporterSentences[index - 1].tokens.upperBound - 1].isQuoted
  }

  /// “…,” he said
  private func isBehindQuotation(_ speaker: Range<Int>, _ sentence: Range<Int>) -> Bool {
    var at = speaker.lowerBound
    while at > sentence.lowerBound, !words[at - 1].isQuoted, words[at - 1].traits.has([.comma, .dash]) { at -= 1 }
    return at > sentence.lowerBound && words[at - 1].isQuoted
  }

  /// “It rained, he said”; or the sentence before, a quotation, is what is said.
  private func isBehindClause(_ speaker: Range<Int>, _ sentence: Range<Int>, _ index: Int) -> Bool {
    let start = speaker.lowerBound
    if start == sentence.lowerBound { return followsQuotation(index) }
    return words[start - 1].traits.has([.comma, .dash]) && start > sentence.lowerBound + 1
  }

  /// “earlier stressed”: said in passing.
  private func isBackground(_ verb: Int, floor: Int) -> Bool {
    let before = Range(from: max(floor, verb - 3), clampedTo: verb)
    return before.contains { words[$0].traits.contains(.earlier) } || next(verb)?.traits.contains(.earlier) ?? false
  }
}
