import Bytes
import Coreference
import Lexicon
import StageKit

// A verb with its subject before and its content after it.
extension AttributionReader {
  /// - Returns: the token to go on from.
  mutating func readCue(_ verb: Int, _ state: inout State) -> Int {
    let end = state.tokens.upperBound
    guard var cue = passage.cue(verb, state.tokens, isHeading: state.isHeading) else { return verb + 1 }
    if case .finite(let before) = cue.use,
      let inverted = passage.invertedSubject(
        of: verb, upTo: cue.tokens.upperBound, before: before, state.tokens, state.reporterSentence)
    {
      return readTag(cue, speaker: inverted, tagEnd: inverted.upperBound, &state)
    }
    guard findSpeaker(&cue, state), cue.speaker.map({ !$0.overlaps(cue.tokens) }) ?? true, !isCondition(cue, state)
    else { return verb + 1 }
    var isFinite = false
    if case .finite = cue.use { isFinite = true }
    let isTag = isFinite && cue.speaker.map { followsQuotation($0.lowerBound, state) } ?? false
    // “The crowd laughed” is no speech, but right behind a quotation.
    if cue.speech.contains(.react), !isTag {
      guard case .content(_, .quotation, _) = passage.continuation(after: verb, speech: cue.speech, limit: end) else {
        return verb + 1
      }
    }

    switch passage.continuation(after: cue.tokens.upperBound - 1, speech: cue.speech, limit: end) {
    case .content(_, let opening, _) where isTag && opening != .that:
      guard let speaker = cue.speaker else { return verb + 1 }
      return readTag(cue, speaker: speaker, tagEnd: tagEnd(from: cue.tokens.upperBound, limit: end), &state)
    case .nothing(let tagEnd):
      guard isFinite, let speaker = cue.speaker, isTag || !words[verb].speech.isEmpty else { return verb + 1 }
      return readTag(cue, speaker: speaker, tagEnd: tagEnd, &state)
    case .content(_, .infinitive, _)
    where words[verb].traits.contains(.refuses) || Self.refuses.contains(words[verb].lowered):
      // “declined to comment”: nothing was said.
      return verb + 1
    case .content(let start, let opening, let hasAddressee):
      guard let construction = passage.construction(cue, opening, hasAddressee, at: start, state.tokens) else {
        return verb + 1
      }
      // “In saying that it rained, Corr admitted …”: the main clause is not part of it.
      var limit = cue.speaker.map { $0.lowerBound > start ? $0.lowerBound : end } ?? end
      if opening != .quotation, let second = passage.secondSpeaker(from: start, limit: limit) { limit = second }
      let bound = bound(cue, opening, state)
      let ruleEnd = contentEnd(from: start, opening, limit: limit, bound: bound)
      let clause = ruleEnd > start ? Clause(Range(from: start, upTo: limit), opening, bound, ruleEnd: ruleEnd) : nil
      let contentEnd = clause.map(modelEnd) ?? ruleEnd
      guard contentEnd > start else { return verb + 1 }
      // “She said nothing”, “he added points”: no clause, and so nothing that was said.
      if construction == .bare || construction == .nounLike && Self.needsClause.contains(words[verb].lowered),
        cue.tokens.count == 1, isObject(Range(from: start, upTo: contentEnd), of: verb)
      {
        return verb + 1
      }
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
      defer { cue.speaker = cue.speaker.map(withoutVerb) }
      // “• contains insults or calls for protests”: an item of a list without a subject.
      if state.speaker == nil, start + 1 < cue.verb, words[start].traits.isEmpty, !words[start].isQuoted,
        words[start + 1].isLower, !words[start + 1].traits.has([.determiner, .possessive, .subjectPronoun])
      {
        return false
      }
      cue.speaker =
        state.speaker ?? passage.subject(of: Range(from: start, upTo: cue.verb)) ?? passage.subject(of: state.tokens)
      return true
    }
  }

  /// “Mr Corr” of “Mr Corr sought”: a noun phrase read from its start may hold a verb that no list has.
  private func withoutVerb(_ speaker: Range<Int>) -> Range<Int> {
    guard let names, speaker.count > 1, let last = speaker.last, words[last].isLower,
      words[last].traits.has([.personVerb, .verb, .endsInEd]) || words[last].traits.isEmpty || !words[last].form.isEmpty
    else { return speaker }
    let bare = speaker.dropLast()
    guard let entity = names.named(bare), names.kind(of: entity) == .person, names.named(speaker) == nil else {
      return speaker
    }
    return bare
  }

  private func bound(_ cue: Cue, _ opening: Continuation.Opening, _ state: State) -> Passage.ClauseBound {
    if opening == .infinitive || (opening == .bare && !cue.speech.has([.say, .sayThat, .tell])) { return .object }
    return isSubordinate(cue.verb, speaker: cue.speaker, state) ? .comma : .sentence
  }

  /// “If he says the road is safe”, “before she says that”: nobody has said it.
  private func isCondition(_ cue: Cue, _ state: State) -> Bool {
    guard let speaker = cue.speaker, speaker.lowerBound > state.tokens.lowerBound, speaker.upperBound <= cue.verb else {
      return false
    }
    var before = speaker.lowerBound - 1
    while before > state.tokens.lowerBound, words[before].traits.contains(.adverb), !words[before].isQuoted {
      before -= 1
    }
    guard !words[before].isQuoted else { return false }
    let word = words[before].lowered
    return Self.conditions.contains(word)
      || Self.timesToCome.contains(word) && !words[cue.verb].form.contains(.past)
  }

  private static let conditions = WordSet(["if", "unless", "whether", "lest"])
  private static let timesToCome = WordSet(["before", "until", "till", "once", "when"])

  private func isObject(_ tokens: Range<Int>, of verb: Int) -> Bool {
    if Self.needsClause.contains(words[verb].lowered) { return !opensClause(tokens) }
    if Self.suggests.contains(words[verb].lowered), !passage.quotations(in: tokens).isEmpty { return false }
    if Self.suggests.contains(words[verb].lowered) { return !passage.hasFiniteVerb(tokens) }
    return (Self.adds.contains(words[verb].lowered) || Self.nothing.contains(words[tokens.lowerBound].lowered))
      && !isClauseLike(tokens)
  }

  private static let adds = WordSet([
    "add", "adds", "added", "adding", "repeat", "repeats", "repeated",
    "cited", "cites",
  ])
  /// “maintaining the trains”, “wrote a letter”, “boasts a pool”: a verb, or a pronoun that opens a clause, must come
  /// before the first comma.
  private func opensClause(_ tokens: Range<Int>) -> Bool {
    if words[tokens.lowerBound].isQuoted || words[tokens.lowerBound].traits.contains(.subjectPronoun) { return true }
    for at in tokens {
      if words[at].isQuoted { return true }
      if at > tokens.lowerBound, words[at].traits.has([.comma, .relative, .subordinator, .dash]) { return false }
      if at > tokens.lowerBound, passage.isFiniteVerb(at), !words[at].traits.contains(.endsInIng),
        !words[at - 1].traits.contains(.to)
      {
        return true
      }
    }
    return false
  }

  private static let refuses = WordSet([
    "refuse", "refuses", "refused", "refusing", "decline", "declines", "declined", "declining",
  ])
  private static let needsClause = WordSet([
    "maintain", "maintains", "maintained", "maintaining", "boast", "boasts", "boasted", "boasting", "write", "writes",
    "wrote", "written", "writing", "report", "reports", "reported", "reporting", "declare", "declares", "declared",
    "declaring",
  ])
  private static let suggests = WordSet(["suggest", "suggests", "suggested", "suggesting"])
  private static let nothing = WordSet(["nothing", "little", "much", "something", "anything", "everything", "more"])

  /// Whether something in it can be a verb.
  private func isClauseLike(_ tokens: Range<Int>) -> Bool {
    tokens.contains { at in
      words[at].isQuoted || passage.isFiniteVerb(at)
    } || passage.wordCount(tokens) > Self.mostWithoutVerb
  }

  /// Words of a clause whose verb we may not know.
  private static var mostWithoutVerb: Int { 3 }

  private func modelEnd(of clause: Clause) -> Int {
    let all = ClauseEndFinder(passage: passage).ends(of: clause)
    let (start, limit) = (clause.tokens.lowerBound, clause.tokens.upperBound)
    let inside = all.filter { !passage.isInterrupted(start, at: $0.end, limit: limit) }
    let found = inside.isEmpty ? all : inside
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
