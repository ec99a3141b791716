import Bytes
import Lexicon

/// A verb of speech as it stands in its sentence.
package struct Cue {
  package var verb: Int
  /// With its particle.
  package var tokens: Range<Int>
  package var speech: Speech
  package var use: CueUse
  /// Every word may be capital.
  package var isHeading: Bool
  package var speaker: Range<Int>?

  package init(verb: Int, tokens: Range<Int>, speech: Speech, use: CueUse, isHeading: Bool) {
    self.verb = verb
    self.tokens = tokens
    self.speech = speech
    self.use = use
    self.isHeading = isHeading
  }
}

// A verb of speech and what follows it.
extension Passage {
  /// - Parameter sentence: without its datelines.
  package func cue(_ verb: Int, _ sentence: Range<Int>, isHeading: Bool) -> Cue? {
    guard let use = use(of: verb, floor: sentence.lowerBound, isHeading: isHeading) else { return nil }
    let end = sentence.upperBound
    var speech = words[verb].speech
    let hasParticle = readParticle(after: verb, limit: end, &speech)
    if speech.isEmpty {
      // “…,” the minister joked: any verb right after a quotation and a speaker tells of speech.
      guard words[verb].speech.isEmpty, verb + 1 >= end || words[verb + 1].traits.has(.punctuation) else { return nil }
      speech = .quote
    }
    return Cue(
      verb: verb, tokens: Range(from: verb, count: hasParticle ? 2 : 1), speech: speech, use: use,
      isHeading: isHeading)
  }

  /// “point out”, “call for”: what the verb means with the particle after it; without, the particle's speech is lost.
  private func readParticle(after verb: Int, limit: Int, _ speech: inout Speech) -> Bool {
    let senses = speech
    speech.subtract(.withParticle)
    guard verb + 1 < limit else { return false }
    let next = words[verb + 1].traits
    // “chimed in”
    if senses.contains(.quote), Self.particles.contains(words[verb + 1].lowered), verb + 2 < limit,
      words[verb + 2].traits.has([.capital, .comma, .determiner, .terminal])
    {
      return true
    }
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

  private static let particles = WordSet(["in", "back", "up"])

  /// How a verb with this to follow reports speech; nil where it does not.
  package func construction(
    _ cue: Cue, _ opening: Continuation.Opening, _ hasAddressee: Bool, at start: Int, _ sentence: Range<Int>
  ) -> Construction? {
    let speech = cue.speech
    if speech.contains(.deny) { return nil }
    var isFinite = false
    if case .finite = cue.use { isFinite = true }
    switch opening {
    case .quotation:
      if cue.use == .passive { return .passive }
      if speech.contains(.call), isReducedRelative(cue, sentence) { return nil }
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
      return cue.use == .infinitive || cue.use == .passive
        ? nil : bareConstruction(cue, hasAddressee, at: start, sentence)
    }
  }

  /// For a clause, or an object, without “that”.
  private func bareConstruction(_ cue: Cue, _ hasAddressee: Bool, at start: Int, _ sentence: Range<Int>)
    -> Construction?
  {
    let first = words[start].traits
    if first.has([.auxiliary, .modal, .coordinator, .relative]), !cue.isHeading { return nil }
    // “repeated the claim that”: the noun is the cue.
    if opensWithNoun(start, limit: sentence.upperBound) { return nil }
    if cue.speech.contains(.tell) { return hasAddressee && !first.contains(.preposition) ? .bare : nil }
    if cue.speech.contains(.say), !first.contains(.preposition) || opensSubordinate(start, limit: sentence.upperBound) {
      return words[cue.verb].traits.contains(.cueNoun) ? .nounLike : .bare
    }
    if isReducedRelative(cue, sentence) { return nil }
    if cue.speech.contains(.judge) { return .object }
    return cue.speech.contains(.call) && first.has([.capital, .pronoun, .determiner, .possessive])
      ? .object : nil
  }

  private func opensWithNoun(_ start: Int, limit: Int) -> Bool {
    Range(from: start, upTo: min(start + 5, limit - 1)).contains { at in
      words[at].traits.contains(.speechNoun) && words[at + 1].traits.contains(.that)
    }
  }

  /// “a club called Harbour House”: a participle after a common noun that heads nothing yet.
  private func isReducedRelative(_ cue: Cue, _ sentence: Range<Int>) -> Bool {
    let verb = cue.verb
    guard let speaker = cue.speaker, words[verb].form.contains(.participle), speaker.upperBound == verb,
      !words[verb - 1].traits.has([.capital, .pronoun])
    else { return false }
    return speaker.lowerBound > sentence.lowerBound
      && !words[speaker.lowerBound - 1].traits.has([.comma, .subordinator, .coordinator])
  }

  /// Whether a quotation after a verb is what somebody said, and not a word in scare quotes.
  private func opensSpeech(_ start: Int) -> Bool {
    if words[start - 1].traits.has([.comma, .colon]) { return true }
    let quotedSpan = quotedSpans[words[start].quotedSpan]
    let tokens = quotedSpan.tokens
    let isCapital = tokens.prefix(2).contains { words[$0].traits.contains(.capital) }
    return isCapital && !isTitle(tokens) || quotedSpan.words > 4
  }
}

extension Passage {
  /// “The Long Way Home”: most words start with a capital.
  package func isTitle(_ tokens: Range<Int>) -> Bool {
    let capitals = tokens.reduce(0) { $0 + (words[$1].traits.contains(.capital) ? 1 : 0) }
    return capitals * 2 > wordCount(tokens)
  }
}
