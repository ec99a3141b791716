import StageKit

/// A quotation in the making.
struct Attribution {
  var kind: Quote.Kind
  var spans: [ByteSpan]
  var quoted: [ByteSpan]
  /// The quoted stretches it uses up.
  var stretches: [Int]
  /// Tokens of the speaker as written.
  var speaker: Range<Int>?
  var cue: Range<Int>?
  /// Index of the frame of the cue, or of the quotation where there is none.
  var frame: Int
  var confidence: Double
  /// “X earlier stressed”: a speaker in passing, who is not the one meant by a later “he”.
  var isPassing = false

  /// The last token of the content or the tag.
  var lastToken: Int
}

/// Finds who said what, frame by frame.
struct AttributionReader {
  let passage: Passage
  private(set) var attributions: [Attribution] = []
  /// One for each stretch: it belongs to an attribution.
  private(set) var isUsed: [Bool]

  private var words: [Word] { passage.words }

  /// What is known so far of the frame being read.
  private struct State {
    var frame: Int
    var tokens: Range<Int>
    /// Where the content of a following “…, he said” may begin.
    var floor: Int
    var speaker: Range<Int>?
  }

  init(_ passage: Passage) {
    self.passage = passage
    isUsed = Array(repeating: false, count: passage.stretches.count)
  }

  mutating func read(frame index: Int) {
    let frame = passage.frames[index]
    var state = State(frame: index, tokens: frame.tokens, floor: frame.tokens.lowerBound)
    var at = frame.tokens.lowerBound
    let end = frame.tokens.upperBound
    readColonLine(&state)
    while at < end {
      let word = passage.words[at]
      if word.isQuoted {
        at = passage.after(at)
      } else if word.traits.contains(.according), at + 1 < end, passage.words[at + 1].traits.contains(.to) {
        at = readAccording(at, &state)
      } else if !word.sense.isEmpty {
        at = max(at + 1, readCue(at, &state))
      } else {
        at += 1
      }
    }
  }
}

// Verbs.
extension AttributionReader {
  /// - Returns: the token to go on from.
  private mutating func readCue(_ verb: Int, _ state: inout State) -> Int {
    let start = state.tokens.lowerBound
    let end = state.tokens.upperBound
    let isHeading = passage.frames[state.frame].isHeading || state.frame == 0
    guard let use = passage.use(of: verb, floor: start, isHeading: isHeading) else { return verb + 1 }
    var sense = passage.words[verb].sense
    let hasParticle = readParticle(after: verb, limit: end, &sense)
    let cueEnd = hasParticle ? verb + 2 : verb + 1
    if sense.isEmpty { return verb + 1 }
    let cue = verb..<cueEnd

    var speaker: Range<Int>?
    switch use {
    case .finite(let before):
      if let inverted = invertedSubject(of: verb, before: before, state) {
        state.speaker = inverted
        return readTag(cue, speaker: inverted, tagStart: verb, tagEnd: inverted.upperBound, sense, &state)
      }
      guard before >= start else { return verb + 1 }
      speaker = passage.subject(before: before, floor: start) ?? passage.nounPhrase(endingAt: before, floor: start)
      if speaker == nil { return verb + 1 }
    case .passive:
      speaker = nil
    case .participle, .infinitive, .coordinated:
      speaker = state.speaker ?? passage.subject(of: start..<verb) ?? passage.subject(of: state.tokens)
    }

    var next = passage.continuation(after: cueEnd - 1, sense: sense, limit: end)
    if case .content(_, let opening, _) = next, case .finite = use, opening != .that, let speaker,
      followsQuotation(speaker.lowerBound, state)
    {
      next = .nothing(end: tagEnd(from: cueEnd, limit: end))
    }
    switch next {
    case .nothing(let tagEnd):
      guard case .finite = use, let speaker else { return verb + 1 }
      state.speaker = speaker
      return readTag(cue, speaker: speaker, tagStart: speaker.lowerBound, tagEnd: tagEnd, sense, &state)
    case .content(let contentStart, let opening, let hasAddressee):
      guard
        let confidence = confidence(
          sense, opening, hasAddressee, use: use, at: contentStart, isNoun: passage.words[verb].traits.contains(.noun),
          isReducedRelative: isReducedRelative(verb, speaker, state))
      else { return verb + 1 }
      if use != .passive { state.speaker = speaker ?? state.speaker }
      var bound = Passage.ClauseBound.sentence
      if opening == .infinitive || (opening == .bare && !sense.isAny([.say, .sayThat, .tell])) {
        bound = .object
      } else if isSubordinate(verb, speaker: speaker, state) {
        bound = .comma
      }
      let contentEnd = self.contentEnd(from: contentStart, opening, limit: end, bound: bound)
      guard contentEnd > contentStart else { return verb + 1 }
      add(
        [contentStart..<contentEnd], speaker: speaker, cue: cue, frame: state.frame, confidence: confidence,
        isPassing: isPassing(verb, floor: start))
      state.floor = contentEnd
      return max(verb + 1, min(contentStart, contentEnd))
    }
  }

  /// “point out”, “call for”: what the verb means with the particle after it; without, the particle's sense is lost.
  private func readParticle(after verb: Int, limit: Int, _ sense: inout CueSense) -> Bool {
    let senses = sense
    sense.subtract(.withParticle)
    guard verb + 1 < limit else { return false }
    let next = words[verb + 1].traits
    if senses.contains(.out), next.contains(.out) {
      sense = .say
      return true
    }
    guard
      (senses.contains(.callFor) && next.contains(.forOrOn)) || (senses.contains(.referTo) && next.contains(.to))
        || (senses.contains(.talkAbout) && next.contains(.aboutOrOf))
    else { return false }
    sense.insert(.judge)
    sense.remove(.call)
    return true
  }

  /// How sure a verb with this to follow reports speech; nil where it does not.
  private func confidence(
    _ sense: CueSense, _ opening: Continuation.Opening, _ hasAddressee: Bool, use: CueUse, at: Int, isNoun: Bool,
    isReducedRelative: Bool
  ) -> Double? {
    if sense.contains(.deny) { return nil }
    if use == .passive {
      switch opening {
      case .that, .question, .quotation: return 0.6
      case .infinitive: return sense.contains(.ask) ? 0.6 : nil
      case .bare: return nil
      }
    }
    let certain: Bool
    if case .finite = use { certain = true } else { certain = false }
    switch opening {
    case .quotation:
      if sense.contains(.call), isReducedRelative { return nil }
      if !sense.isAny([.say, .tell]), !opensSpeech(at) { return nil }
      return sense.isAny([.say, .sayThat, .quote, .tell, .ask]) ? (certain ? 0.95 : 0.9) : 0.7
    case .that:
      return sense.isAny([.say, .sayThat, .tell]) ? (certain ? 0.9 : 0.85) : nil
    case .question:
      if use == .infinitive { return nil }
      return sense.isAny([.say, .tell, .ask]) ? 0.7 : nil
    case .infinitive:
      if use == .infinitive { return nil }
      return sense.contains(.promise) || (sense.contains(.ask) && hasAddressee) ? 0.6 : nil
    case .bare:
      if use == .infinitive { return nil }
      if sense.contains(.tell) { return hasAddressee ? 0.8 : nil }
      if sense.contains(.say), !passage.words[at].traits.contains(.preposition) { return isNoun ? 0.65 : 0.8 }
      if isReducedRelative { return nil }
      if sense.contains(.judge) { return 0.5 }
      let isNamed = passage.words[at].traits.isAny([.capital, .pronoun, .determiner, .possessive])
      return sense.contains(.call) && isNamed ? 0.5 : nil
    }
  }

  private func contentEnd(
    from start: Int, _ opening: Continuation.Opening, limit: Int, bound: Passage.ClauseBound
  ) -> Int {
    guard opening == .quotation, passage.words[start].isQuoted else {
      return passage.clauseEnd(from: start, limit: limit, bound: bound)
    }
    let end = passage.after(start)
    let stretch = passage.stretches[Int(passage.words[start].stretch)]
    if end >= limit || stretch.endsClause { return end }
    // Words that follow a quotation without a stop belong to a mixed one.
    return passage.clauseEnd(from: start, limit: limit, bound: bound)
  }

  /// “…,” said Lavrov: the noun phrase right of the verb, where no subject can stand left of it.
  private func invertedSubject(of verb: Int, before: Int, _ state: State) -> Range<Int>? {
    let limit = state.tokens.upperBound
    guard passage.words[verb].sense.isAny([.say, .sayThat, .quote]), passage.words[verb].form.isAny([.past, .third]),
      verb + 1 < limit, verb - 1 <= before || before < state.tokens.lowerBound
    else { return nil }
    let follows =
      before < state.tokens.lowerBound
      ? state.frame > 0 && state.tokens.lowerBound == verb && lastStretch(before: state.frame) != nil
      : passage.words[before].isQuoted || passage.words[before].traits.isAny([.comma, .dash])
    guard follows, !passage.words[verb + 1].traits.contains(.objectPronoun),
      let subject = passage.nounPhrase(startingAt: verb + 1, limit: limit, prepositions: true)
    else { return nil }
    let end = subject.upperBound
    if end >= limit { return subject }
    let next = passage.words[end]
    // What follows the subject must not be its verb, which would make all of it the content.
    if next.isQuoted || next.traits.isAny(.punctuation) || next.traits.isAny([.preposition, .time, .relative]) {
      return subject
    }
    return before >= state.tokens.lowerBound && passage.words[before].isQuoted
      && !next.traits.isAny([.auxiliary, .modal])
      ? subject : nil
  }

  /// “While she says …, she applauds …”, “Corr, who said …, left”: the clause of the cue is not the main one.
  private func isSubordinate(_ verb: Int, speaker: Range<Int>?, _ state: State) -> Bool {
    var at = verb - 1
    while at >= state.tokens.lowerBound, words[at].traits.isAny([.adverb, .auxiliary]) { at -= 1 }
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
  private func isReducedRelative(_ verb: Int, _ speaker: Range<Int>?, _ state: State) -> Bool {
    guard let speaker, words[verb].form.contains(.participle), speaker.upperBound == verb,
      !words[verb - 1].traits.isAny([.capital, .pronoun])
    else { return false }
    return speaker.lowerBound > state.tokens.lowerBound
      && !words[speaker.lowerBound - 1].traits.isAny([.comma, .subordinator, .coordinator])
  }

  /// Whether a quotation after a verb is what somebody said, and not a word in scare quotes.
  private func opensSpeech(_ start: Int) -> Bool {
    if words[start - 1].traits.isAny([.comma, .colon]) { return true }
    let tokens = passage.stretches[Int(words[start].stretch)].tokens
    let isCapital = tokens.prefix(2).contains { words[$0].traits.contains(.capital) }
    return isCapital && !passage.isTitle(tokens) || passage.wordCount(tokens) > 4
  }

  /// Whether a quotation that is nobody's yet stands right before.
  private func followsQuotation(_ start: Int, _ state: State) -> Bool {
    var at = start
    while at > state.floor, !words[at - 1].isQuoted, words[at - 1].traits.isAny([.comma, .dash]) { at -= 1 }
    return at > state.floor && words[at - 1].isQuoted && !isUsed[Int(words[at - 1].stretch)]
  }

  /// Where a tag with more than a verb in it ends: “he said the day after, …”.
  private func tagEnd(from start: Int, limit: Int) -> Int {
    var at = start
    while at < limit, !words[at].traits.isAny([.comma, .terminal, .colon, .semicolon]) || words[at].isQuoted {
      if words[at].isQuoted, at > start, words[at - 1].traits.isAny([.dash]) { break }
      at = passage.after(at)
    }
    return min(at, limit)
  }

  private func isPassing(_ verb: Int, floor: Int) -> Bool {
    var at = verb - 1
    while at >= floor, verb - at < 4 {
      if words[at].traits.contains(.earlier) { return true }
      at -= 1
    }
    return verb + 1 < words.count && words[verb + 1].traits.contains(.earlier)
  }
}

// Content before the speaker.
extension AttributionReader {
  /// “…, Lavrov said” and “…,” said Lavrov.
  private mutating func readTag(
    _ cue: Range<Int>, speaker: Range<Int>, tagStart: Int, tagEnd: Int, _ sense: CueSense, _ state: inout State
  ) -> Int {
    guard sense.isAny([.say, .sayThat, .quote, .tell, .out, .ask]) else { return cue.upperBound }
    var before = tagStart
    while before > state.floor, !words[before - 1].isQuoted,
      words[before - 1].traits.isAny([.comma, .dash, .coordinator])
    {
      before -= 1
    }
    let isReported = before < tagStart && sense.isAny([.say, .tell, .sayThat]) && before > state.floor
    let isQuotation = before > state.floor && words[before - 1].isQuoted
    var pieces: [Range<Int>] = []
    var confidence = 0.95
    if before <= state.floor {
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
        confidence = 0.85
      }
    } else if isReported, isClause(state.floor..<before) {
      pieces = [state.floor..<before]
      confidence = 0.85
    }
    let rest = contentAfter(
      tagEnd, isSplit: isReported && !isQuotation && pieces.isEmpty, isQuotation: isQuotation,
      isInverted: tagStart == cue.lowerBound, state)
    if let rest {
      if pieces.isEmpty, isReported { pieces = [state.floor..<before] }
      pieces.append(rest)
    }
    guard !pieces.isEmpty else {
      // “Lavrov said:” before a quotation in a sentence or line of its own.
      return readAhead(cue, speaker: speaker, tagEnd: tagEnd, state)
    }
    add(
      pieces, speaker: speaker, cue: cue, frame: state.frame, confidence: confidence,
      isPassing: isPassing(cue.lowerBound, floor: state.tokens.lowerBound))
    guard let rest else {
      state.floor = tagEnd
      return tagEnd
    }
    state.floor = rest.upperBound
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
      confidence: 0.9, isPassing: false)
    return tagEnd
  }

  /// The stretch that ends the frame before, in the same paragraph.
  private func lastStretch(before frame: Int) -> Int? {
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
  private func resumes(_ at: Int, isInverted: Bool = false) -> Bool {
    let word = words[at]
    if word.traits.isAny([.auxiliary, .modal, .verb, .to, .be]) { return true }
    if word.traits.isAny([.relative, .endsInIng, .according, .subordinator, .coordinator]) { return false }
    return !isInverted && word.traits.isAny([.subjectPronoun, .determiner])
  }
}

// Without a verb.
extension AttributionReader {
  /// “According to X, …” and “…, according to X”.
  private mutating func readAccording(_ at: Int, _ state: inout State) -> Int {
    let limit = state.tokens.upperBound
    let cue = at..<at + 2
    guard at + 2 < limit,
      let speaker = passage.nounPhrase(startingAt: at + 2, limit: limit, prepositions: true)
    else { return at + 2 }
    var before = at
    while before > state.floor, !words[before - 1].isQuoted,
      words[before - 1].traits.isAny([.comma, .dash, .coordinator, .adverb])
    {
      before -= 1
    }
    var pieces: [Range<Int>] = []
    if before > state.floor, passage.wordCount(state.floor..<before) > 1 { pieces.append(state.floor..<before) }
    var comma = speaker.upperBound
    while comma < limit, !words[comma].isQuoted, !words[comma].traits.isAny([.comma, .terminal, .semicolon]) {
      comma += 1
    }
    if comma < limit, words[comma].traits.contains(.comma), comma + 1 < limit,
      pieces.isEmpty || resumes(comma + 1)
    {
      let end = passage.clauseEnd(from: comma + 1, limit: limit)
      if end > comma + 1 { pieces.append(comma + 1..<end) }
    }
    guard !pieces.isEmpty else { return at + 2 }
    add(pieces, speaker: speaker, cue: cue, frame: state.frame, confidence: 0.9, isPassing: false)
    state.speaker = speaker
    if let last = pieces.last { state.floor = max(state.floor, last.upperBound) }
    return speaker.upperBound
  }

  /// A heading “Lavrov: talks will resume”, or the first line of a text.
  private mutating func readColonLine(_ state: inout State) {
    let frame = passage.frames[state.frame]
    guard frame.isHeading || state.frame == 0 else { return }
    let start = frame.tokens.lowerBound
    var at = start
    while at < frame.tokens.upperBound, at - start < 6, words[at].traits.contains(.capital), !words[at].isQuoted {
      at += 1
    }
    guard at > start, at + 3 < frame.tokens.upperBound, words[at].traits.contains(.colon) else { return }
    let end = passage.clauseEnd(from: at + 1, limit: frame.tokens.upperBound)
    guard end > at + 1 else { return }
    add(
      [at + 1..<end], speaker: start..<at, cue: at..<at + 1, frame: state.frame, confidence: 0.7, isPassing: false)
    state.floor = at + 1
  }
}

// Making one.
extension AttributionReader {
  private mutating func add(
    _ pieces: [Range<Int>], speaker: Range<Int>?, cue: Range<Int>?, frame: Int, confidence: Double, isPassing: Bool
  ) {
    var made = Attribution(
      kind: .indirect, spans: [], quoted: [], stretches: [], speaker: speaker, cue: cue, frame: frame,
      confidence: confidence, isPassing: isPassing, lastToken: 0)
    var isAllQuoted = true
    for piece in pieces where !piece.isEmpty {
      let stretches = passage.quotations(in: piece)
      let quotedWords = stretches.reduce(0) { $0 + passage.wordCount(of: $1) }
      if !stretches.isEmpty, quotedWords >= passage.wordCount(piece) {
        made.spans += stretches.map { passage.stretches[$0].inner }
      } else {
        isAllQuoted = false
        made.spans.append(passage.span(piece))
      }
      made.quoted += stretches.map { passage.stretches[$0].inner }
      made.stretches += stretches
      made.lastToken = max(made.lastToken, piece.upperBound - 1)
    }
    guard !made.spans.isEmpty else { return }
    made.kind = made.quoted.isEmpty ? .indirect : isAllQuoted ? .direct : .mixed
    for stretch in made.stretches { isUsed[stretch] = true }
    if let cue { made.lastToken = max(made.lastToken, cue.upperBound - 1) }
    attributions.append(made)
  }

  mutating func append(_ stretches: [Int], to at: Int) {
    for stretch in stretches {
      isUsed[stretch] = true
      let inner = passage.stretches[stretch].inner
      if passage.stretches[stretch].continues, let last = attributions[at].spans.popLast() {
        attributions[at].spans.append(ByteSpan(last.start, inner.end))
      } else {
        attributions[at].spans.append(inner)
      }
      attributions[at].quoted.append(passage.stretches[stretch].inner)
      attributions[at].stretches.append(stretch)
      attributions[at].lastToken = max(attributions[at].lastToken, passage.stretches[stretch].tokens.upperBound - 1)
    }
  }

  mutating func prepend(_ stretches: [Int], to at: Int) {
    for stretch in stretches { isUsed[stretch] = true }
    let spans = stretches.map { passage.stretches[$0].inner }
    attributions[at].spans.insert(contentsOf: spans, at: 0)
    attributions[at].quoted.insert(contentsOf: spans, at: 0)
    attributions[at].stretches.insert(contentsOf: stretches, at: 0)
  }

  mutating func addUntagged(_ stretch: Int, speaker: Range<Int>?, frame: Int, confidence: Double) {
    add(
      [passage.stretches[stretch].tokens], speaker: speaker, cue: nil, frame: frame, confidence: confidence,
      isPassing: true)
  }
}
