import Bytes
import Coreference
import Lexicon
import StageKit

/// A verb of speech as it stands in its sentence.
struct Cue {
  var verb: Int
  /// With its particle.
  var tokens: Range<Int>
  var speech: Speech
  var use: CueUse
  /// Every word may be capital.
  var isHeading: Bool
  var speaker: Range<Int>?
}

// A verb with its subject before and its content after it.
extension AttributionReader {
  /// - Returns: the token to go on from.
  mutating func readCue(_ verb: Int, _ state: inout State) -> Int {
    let end = state.tokens.upperBound
    guard var cue = cue(verb, state) else { return verb + 1 }
    if case .finite(let before) = cue.use, let inverted = invertedSubject(of: verb, before: before, state) {
      return readTag(cue, speaker: inverted, tagEnd: inverted.upperBound, &state)
    }
    guard findSpeaker(&cue, state), cue.speaker.map({ !$0.overlaps(cue.tokens) }) ?? true else { return verb + 1 }
    var isFinite = false
    if case .finite = cue.use { isFinite = true }
    let isTag = isFinite && cue.speaker.map { followsQuotation($0.lowerBound, state) } ?? false

    switch passage.continuation(after: cue.tokens.upperBound - 1, speech: cue.speech, limit: end) {
    case .content(_, let opening, _) where isTag && opening != .that:
      guard let speaker = cue.speaker else { return verb + 1 }
      return readTag(cue, speaker: speaker, tagEnd: tagEnd(from: cue.tokens.upperBound, limit: end), &state)
    case .nothing(let tagEnd):
      guard isFinite, let speaker = cue.speaker, isTag || !words[verb].speech.isEmpty else { return verb + 1 }
      return readTag(cue, speaker: speaker, tagEnd: tagEnd, &state)
    case .content(let start, let opening, let hasAddressee):
      guard let construction = construction(cue, opening, hasAddressee, at: start, state) else { return verb + 1 }
      // “In saying that it rained, Corr admitted …”: the main clause is not part of it.
      let limit = cue.speaker.map { $0.lowerBound > start ? $0.lowerBound : end } ?? end
      let bound = bound(cue, opening, state)
      let ruleEnd = contentEnd(from: start, opening, limit: limit, bound: bound)
      let clause = ruleEnd > start ? Clause(Range(from: start, upTo: limit), opening, bound, ruleEnd: ruleEnd) : nil
      let contentEnd = clause.map(modelEnd) ?? ruleEnd
      guard contentEnd > start else { return verb + 1 }
      let isNested = verb < state.contentEnd
      if cue.use != .passive, !isNested { state.speaker = cue.speaker ?? state.speaker }
      add(
        [Range(from: start, upTo: contentEnd)], speaker: cue.speaker, cue: cue.tokens,
        reporterSentence: state.reporterSentence,
        as: construction,
        isBackground: isNested || isBackground(verb, floor: state.tokens.lowerBound), clause: clause)
      state.floor = max(state.floor, contentEnd)
      state.contentEnd = max(state.contentEnd, contentEnd)
      return max(verb + 1, min(start, contentEnd))
    }
  }

  private func cue(_ verb: Int, _ state: State) -> Cue? {
    guard let use = passage.use(of: verb, floor: state.tokens.lowerBound, isHeading: state.isHeading) else {
      return nil
    }
    let end = state.tokens.upperBound
    var speech = words[verb].speech
    let hasParticle = readParticle(after: verb, limit: end, &speech)
    if speech.isEmpty {
      // “…,” the minister joked: any verb right after a quotation and a speaker tells of speech.
      guard words[verb].speech.isEmpty, verb + 1 >= end || words[verb + 1].traits.has(.punctuation) else { return nil }
      speech = .quote
    }
    return Cue(
      verb: verb, tokens: Range(from: verb, count: hasParticle ? 2 : 1), speech: speech, use: use,
      isHeading: state.isHeading)
  }

  /// - Returns: false where the verb needs a subject and has none.
  private func findSpeaker(_ cue: inout Cue, _ state: State) -> Bool {
    let start = state.tokens.lowerBound
    switch cue.use {
    case .finite(let before):
      guard before >= start else { return false }
      cue.speaker = passage.subject(before: before, floor: start) ?? passage.nounPhrase(endingAt: before, floor: start)
      return cue.speaker != nil
    case .passive:
      let by = cue.tokens.upperBound
      if by + 1 < state.tokens.upperBound, words[by].traits.contains(.by) {
        cue.speaker = passage.nounPhrase(startingAt: by + 1, limit: state.tokens.upperBound, prepositions: false)
      }
      return true
    case .participle, .infinitive, .coordinated:
      cue.speaker =
        state.speaker ?? passage.subject(of: Range(from: start, upTo: cue.verb)) ?? passage.subject(of: state.tokens)
      return true
    }
  }

  private func bound(_ cue: Cue, _ opening: Continuation.Opening, _ state: State) -> Passage.ClauseBound {
    if opening == .infinitive || (opening == .bare && !cue.speech.has([.say, .sayThat, .tell])) { return .object }
    return isSubordinate(cue.verb, speaker: cue.speaker, state) ? .comma : .sentence
  }

  /// “point out”, “call for”: what the verb means with the particle after it; without, the particle's speech is lost.
  private func readParticle(after verb: Int, limit: Int, _ speech: inout Speech) -> Bool {
    let senses = speech
    speech.subtract(.withParticle)
    guard verb + 1 < limit else { return false }
    let next = words[verb + 1].traits
    if senses.contains(.out), next.contains(.out) {
      speech = .say
      return true
    }
    guard
      (senses.contains(.callFor) && next.contains(.forOrOn)) || (senses.contains(.referTo) && next.contains(.to))
        || (senses.contains(.talkAbout) && next.contains(.aboutOrOf))
    else { return false }
    speech.insert(.judge)
    speech.subtract([.call, .tell, .ask])
    return true
  }

  /// How a verb with this to follow reports speech; nil where it does not.
  private func construction(
    _ cue: Cue, _ opening: Continuation.Opening, _ hasAddressee: Bool, at start: Int, _ state: State
  ) -> Construction? {
    let speech = cue.speech
    if speech.contains(.deny) { return nil }
    var isFinite = false
    if case .finite = cue.use { isFinite = true }
    switch opening {
    case .quotation:
      if cue.use == .passive { return .passive }
      if speech.contains(.call), isReducedRelative(cue, state) { return nil }
      if !speech.has([.say, .tell]), !opensSpeech(start) { return nil }
      return speech.has([.say, .sayThat, .quote, .tell, .ask])
        ? (isFinite ? .quotation : .participleQuotation)
        : .object
    case .that:
      if cue.use == .passive { return .passive }
      return speech.has([.say, .sayThat, .tell]) ? (isFinite ? .that : .participle) : nil
    case .question:
      return cue.use != .infinitive && speech.has([.say, .tell, .ask]) ? .question : nil
    case .infinitive:
      if cue.use == .infinitive { return nil }
      return speech.contains(.promise) || (speech.contains(.ask) && (hasAddressee || cue.use == .passive))
        ? .object : nil
    case .bare:
      return cue.use == .infinitive || cue.use == .passive ? nil : bareConstruction(cue, hasAddressee, at: start, state)
    }
  }

  /// For a clause, or an object, without “that”.
  private func bareConstruction(_ cue: Cue, _ hasAddressee: Bool, at start: Int, _ state: State) -> Construction? {
    let first = words[start].traits
    if first.has([.auxiliary, .modal, .coordinator, .relative]), !cue.isHeading { return nil }
    // “repeated the claim that”: the noun is the cue.
    if opensWithNoun(start, limit: state.tokens.upperBound) { return nil }
    if cue.speech.contains(.tell) { return hasAddressee && !first.contains(.preposition) ? .bare : nil }
    if cue.speech.contains(.say), !first.contains(.preposition) {
      return words[cue.verb].traits.contains(.cueNoun) ? .nounLike : .bare
    }
    if isReducedRelative(cue, state) { return nil }
    if cue.speech.contains(.judge) { return .object }
    return cue.speech.contains(.call) && first.has([.capital, .pronoun, .determiner, .possessive])
      ? .object : nil
  }

  private func opensWithNoun(_ start: Int, limit: Int) -> Bool {
    Range(from: start, upTo: min(start + 5, limit - 1)).contains { at in
      words[at].traits.contains(.speechNoun) && words[at + 1].traits.contains(.that)
    }
  }

  private func modelEnd(of clause: Clause) -> Int {
    let found = ClauseEndFinder(passage: passage).ends(of: clause)
    return ends.best(found, of: clause).map { found[$0].end } ?? clause.ruleEnd
  }

  func contentEnd(
    from start: Int, _ opening: Continuation.Opening, limit: Int, bound: Passage.ClauseBound
  ) -> Int {
    guard opening == .quotation, words[start].isQuoted else {
      return passage.clauseEnd(from: start, limit: limit, bound: bound)
    }
    let end = passage.after(start)
    let quotedSpan = passage.quotedSpans[words[start].quotedSpan]
    if end >= limit || quotedSpan.endsClause { return end }
    // Words that follow a quotation without a stop belong to a mixed one.
    return passage.clauseEnd(from: start, limit: limit, bound: bound)
  }

  /// “…,” said Lavrov: the noun phrase right of the verb, where no subject can stand left of it.
  private func invertedSubject(of verb: Int, before: Int, _ state: State) -> Range<Int>? {
    let limit = state.tokens.upperBound
    guard words[verb].speech.has([.say, .sayThat, .quote]), words[verb].form.has([.past, .third]),
      verb + 1 < limit, verb - 1 <= before || before < state.tokens.lowerBound
    else { return nil }
    let follows =
      before < state.tokens.lowerBound
      ? state.reporterSentence > 0 && state.tokens.lowerBound == verb
        && lastQuotedSpan(before: state.reporterSentence) != nil
      : words[before].isQuoted || words[before].traits.has([.comma, .dash])
    guard follows,
      !words[verb + 1].traits.has([.objectPronoun, .endsInIng]) || words[verb + 1].traits.contains(.capital),
      let subject = passage.nounPhrase(startingAt: verb + 1, limit: limit, prepositions: true)
    else { return nil }
    let end = subject.upperBound
    if end >= limit { return subject }
    let next = words[end]
    // What follows the subject must not be its verb, which would make all of it the content.
    if next.isQuoted || next.traits.has(.punctuation) || next.traits.has([.preposition, .time, .relative]) {
      return subject
    }
    return before >= state.tokens.lowerBound && words[before].isQuoted
      && !next.traits.has([.auxiliary, .modal])
      ? subject : nil
  }

  /// “While she says …, she waits …”, “Corr, who said …, left”: the clause of the cue is not the main one.
  private func isSubordinate(_ verb: Int, speaker: Range<Int>?, _ state: State) -> Bool {
    var at = verb - 1
    while at >= state.tokens.lowerBound, words[at].traits.has([.adverb, .auxiliary]) { at -= 1 }
    if at > state.tokens.lowerBound, words[at].traits.contains(.relative) { return true }
    if at < state.tokens.lowerBound || (at == state.tokens.lowerBound && words[at].traits.contains(.preposition)) {
      return true
    }
    guard let speaker else { return false }
    at = speaker.lowerBound - 1
    return at >= state.floor && words[at].traits.contains(.subordinator) && !words[at].traits.contains(.that)
      && !words[at].isQuoted
  }

  /// “a club called Harbour House”: a participle after a common noun that heads nothing yet.
  private func isReducedRelative(_ cue: Cue, _ state: State) -> Bool {
    let verb = cue.verb
    guard let speaker = cue.speaker, words[verb].form.contains(.participle), speaker.upperBound == verb,
      !words[verb - 1].traits.has([.capital, .pronoun])
    else { return false }
    return speaker.lowerBound > state.tokens.lowerBound
      && !words[speaker.lowerBound - 1].traits.has([.comma, .subordinator, .coordinator])
  }

  /// Whether a quotation after a verb is what somebody said, and not a word in scare quotes.
  private func opensSpeech(_ start: Int) -> Bool {
    if words[start - 1].traits.has([.comma, .colon]) { return true }
    let quotedSpan = passage.quotedSpans[words[start].quotedSpan]
    let tokens = quotedSpan.tokens
    let isCapital = tokens.prefix(2).contains { words[$0].traits.contains(.capital) }
    return isCapital && !passage.isTitle(tokens) || quotedSpan.words > 4
  }

  /// Whether a quotation that is nobody's yet stands right before.
  private func followsQuotation(_ start: Int, _ state: State) -> Bool {
    var at = start
    while at > state.floor, !words[at - 1].isQuoted, words[at - 1].traits.has([.comma, .dash]) { at -= 1 }
    return at > state.floor && words[at - 1].isQuoted && !isUsed[words[at - 1].quotedSpan]
  }

  /// Where a tag with more than a verb in it ends: “he said the day after, …”.
  private func tagEnd(from start: Int, limit: Int) -> Int {
    var at = start
    while at < limit, !words[at].traits.has([.comma, .terminal, .colon, .semicolon]) || words[at].isQuoted {
      if words[at].isQuoted, at > start, words[at - 1].traits.has([.dash]) { break }
      at = passage.after(at)
    }
    return min(at, limit)
  }

  func isBackground(_ verb: Int, floor: Int) -> Bool {
    var at = verb - 1
    while at >= floor, verb - at < 4 {
      if words[at].traits.contains(.earlier) { return true }
      at -= 1
    }
    return passage.next(verb)?.traits.contains(.earlier) ?? false
  }
}
