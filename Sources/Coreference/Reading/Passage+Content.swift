import Bytes
import Lexicon
import StageKit

/// What follows a verb of speech.
package enum Continuation {
  /// Nothing said: the clause ends at token `end`, after words of time and place at most.
  case nothing(end: Int)
  case content(start: Int, opening: Opening, hasAddressee: Bool)

  package enum Opening { case that, quotation, bare, question, infinitive }
}

extension Passage {
  /// Reads on from a cue over the one spoken to and words of time and place, to where the content starts.
  package func continuation(after cue: Int, speech: Speech, limit: Int) -> Continuation {
    var at = cue + 1
    var hasAddressee = false
    var hasPhrase = false
    var skipped: Int?  // where a phrase of place began that may yet belong to the content
    if speech.has([.tell, .ask]), let addressee = addressee(at: at, limit: limit) {
      at = addressee.upperBound
      hasAddressee = true
    }
    // “said of her critics: “…””, “said of the plan that it was dead”
    if speech.contains(.say), let subject = subjectMatter(at: at, limit: limit) { at = subject }
    if speech.has(.clause), opensSubordinate(at, limit: limit) {
      return .content(start: at, opening: .bare, hasAddressee: hasAddressee)
    }
    while at < limit {
      let word = words[at]
      let traits = word.traits
      if word.isQuoted {
        // “warned in a chapter called “Ice””
        if at > cue + 1, Self.namings.contains(words[at - 1].lowered) { return .nothing(end: at) }
        return .content(start: at, opening: .quotation, hasAddressee: hasAddressee)
      }
      if traits.contains(.terminal) { return .nothing(end: at) }
      if traits.contains(.colon) {
        guard at + 1 < limit else { return .nothing(end: at) }
        // “proposed: the closure”
        if !words[at + 1].isQuoted, !speech.has([.say, .tell, .out, .ask]) { return .nothing(end: at) }
        return .content(
          start: at + 1, opening: words[at + 1].isQuoted ? .quotation : .that, hasAddressee: hasAddressee)
      }
      if traits.has([.comma, .dash]) {
        if at + 1 < limit, words[at + 1].isQuoted {
          return .content(start: at + 1, opening: .quotation, hasAddressee: hasAddressee)
        }
        return .nothing(end: at)
      }
      if traits.has([.semicolon, .closeBracket]) { return .nothing(end: at) }
      // A headline's “Claiming That – it snowed”.
      if traits.contains(.that), traits.contains(.capital), at + 1 < limit, words[at + 1].traits.contains(.dash) {
        return .nothing(end: at)
      }
      if traits.contains(.that), isComplementizer(at, limit: limit) {
        return .content(start: at + 1, opening: .that, hasAddressee: hasAddressee)
      }
      if traits.contains(.opensQuestion), skipped == nil {
        return .content(start: at, opening: .question, hasAddressee: hasAddressee)
      }
      if traits.contains(.to), at + 1 < limit {
        if !hasAddressee, speech.has(.clause),
          words[at + 1].traits.has([.capital, .determiner, .possessive, .objectPronoun, .endsInS]),
          let addressee = addressee(at: at + 1, limit: limit),
          words[addressee.upperBound - 1].form.isEmpty
        {
          at = addressee.upperBound
          hasAddressee = true
          continue
        }
        return .content(start: skipped ?? at, opening: .infinitive, hasAddressee: hasAddressee)
      }
      if traits.has([.time, .adverb]), !traits.has(.subjectPronoun) {
        at += 1
        continue
      }
      // “this week”, “many times”
      if traits.has([.determiner, .indefinite, .quantifier]), at + 1 < limit, words[at + 1].traits.contains(.time) {
        at += 2
        continue
      }
      // “at a forum (LMF) held in Holm”
      if hasPhrase, word.form.contains(.participle) || traits.has([.endsInEd, .verb]) {
        at += 1
        continue
      }
      if traits.contains(.openBracket),
        let close = closing(bracket: at, limit: min(at + 12, limit))
      {
        at = close + 1
        continue
      }
      if traits.contains(.preposition), let phrase = phraseOfPlace(at: at, limit: limit) {
        // “on Friday” and “in a statement” are no part of what was said; “in Holm” may be.
        if !isTimeOrMedium(at, phrase) { skipped = skipped ?? at }
        hasPhrase = true
        at = phrase
        continue
      }
      return .content(start: skipped ?? at, opening: .bare, hasAddressee: hasAddressee)
    }
    return .nothing(end: at)
  }

  /// The bracket that closes one; not one in a quotation.
  private func closing(bracket: Int, limit: Int) -> Int? {
    var at = bracket
    while at < limit {
      if !words[at].isQuoted, words[at].traits.contains(.closeBracket) { return at }
      at = after(at)
    }
    return nil
  }

  /// The end of “of her critics”, where the content follows.
  private func subjectMatter(at: Int, limit: Int) -> Int? {
    guard at + 2 < limit, !words[at].isQuoted, words[at].traits.contains(.of),
      let phrase = nounPhrase(startingAt: at + 1, limit: limit, prepositions: true), phrase.upperBound < limit
    else { return nil }
    let next = words[phrase.upperBound]
    return next.isQuoted || next.traits.has([.colon, .comma, .that]) ? phrase.upperBound : nil
  }

  /// Whether a clause begins at a token with “after the rain stopped, the roof …”: a verb before a comma, and one
  /// behind it.
  func opensSubordinate(_ start: Int, limit: Int) -> Bool {
    guard start + 4 < limit, !words[start].isQuoted, Self.subordinators.contains(words[start].lowered) else {
      return false
    }
    var comma = start + 1
    while comma < limit, comma - start < Self.longestSubordinate, !words[comma].isQuoted,
      !words[comma].traits.has([.comma, .terminal, .semicolon, .colon, .dash])
    {
      comma += 1
    }
    let isLength = words[start].lowered == words[start + 2].lowered
    guard comma + 3 < limit, comma - start > 2, words[comma].traits.contains(.comma), !words[comma].isQuoted,
      !words[start + 1].traits.has([.endsInIng, .time]),
      isLength || hasFiniteVerb(Range(from: start + 2, upTo: comma)), !words[comma + 1].isQuoted
    else { return false }
    let next = words[comma + 1].traits
    guard next.has([.determiner, .possessive, .indefinite, .subjectPronoun, .capital, .endsInS, .pluralWord]),
      !next.has(.relative),
      let subject = nounPhrase(startingAt: comma + 1, limit: limit, prepositions: true)
    else { return false }
    return subject.upperBound >= limit || words[subject.upperBound].speech.isDisjoint(with: [.say, .tell])
  }

  /// What stands before the title of a work.
  package static let namings = WordSet(["called", "titled", "entitled", "named", "dubbed", "headlined", "subtitled"])

  private static let subordinators = WordSet(["after", "before", "since", "until", "once", "as", "now"])
  /// Tokens.
  private static let longestSubordinate = 20

  private func addressee(at: Int, limit: Int) -> Range<Int>? {
    guard at < limit, !words[at].isQuoted, !words[at].traits.has([.that, .preposition, .question, .to]) else {
      return nil
    }
    return nounPhrase(startingAt: at, limit: limit, prepositions: false)
  }

  /// The end of “in a statement on Monday”: preposition and noun phrase.
  private func phraseOfPlace(at: Int, limit: Int) -> Int? {
    var start = at + 1
    while start < limit, words[start].traits.contains(.adverb) { start += 1 }
    if start < limit, words[start].traits.contains(.time) {
      var end = start + 1
      while end < limit, words[end].traits.has([.time, .number]), !words[end].isQuoted { end += 1 }
      return end
    }
    return nounPhrase(startingAt: start, limit: limit, prepositions: true)?.upperBound
  }

  /// “on Friday”, “in a statement”, “on its website”: when, or where it can be read.
  private func isTimeOrMedium(_ first: Int, _ end: Int) -> Bool {
    guard end < words.count, !words[end].traits.has(.punctuation) || words[end].traits.contains(.openBracket) else {
      return false
    }
    return Range(from: first, upTo: end).dropFirst().allSatisfy { words[$0].traits.has([.time, .number, .determiner]) }
      || Range(from: first, upTo: end).contains { Self.media.contains(words[$0].lowered) }
  }

  private static let media = WordSet([
    "statement", "interview", "website", "letter", "post", "speech", "email", "e-mail", "conference", "briefing",
    "tweet",
    "twitter", "facebook", "telegram", "instagram", "broadcast", "address", "note", "memo", "filing", "release",
    "remarks",
    "blog", "podcast", "newsletter", "report", "video", "column", "forum", "x", "livestream", "webcast", "circular",
    "testimony", "message", "radio", "television", "tv", "telephone", "phone", "call",
  ])

  /// “said that the plan” against “said that much”.
  private func isComplementizer(_ at: Int, limit: Int) -> Bool {
    at + 2 < limit && !words[at + 1].traits.has([.terminal, .comma])
  }

  /// Where the clause that starts at `start` ends: at the end of its sentence, or before the next thing that the
  /// same speaker does (“…, adding that”, “… and called for”).
  package func clauseEnd(from start: Int, limit: Int, bound: ClauseBound = .sentence) -> Int {
    var at = start
    while at < limit {
      if words[at].isQuoted {
        let quotedSpan = quotedSpans[words[at].quotedSpan]
        at = after(at)
        // The comma of “…,” stands before its mark.
        if quotedSpan.endsClause, !quotedSpan.endsSentence, at < limit,
          endsClause(at - 1, isComma: true, limit: limit, bound)
        {
          break
        }
        continue
      }
      let traits = words[at].traits
      if traits.contains(.terminal), at + 1 >= limit { break }
      if traits.contains(.semicolon) { break }
      if at > start, traits.has([.comma, .dash, .coordinator]),
        endsClause(at, isComma: traits.has([.comma, .dash]), limit: limit, bound)
      {
        break
      }
      if at > start, bound == .object, traits.contains(.subordinator), !traits.contains(.that) { break }
      at += 1
    }
    while at > start + 1, !words[at - 1].isQuoted, words[at - 1].traits.has([.comma, .terminal, .dash, .coordinator]) {
      at -= 1
    }
    return at
  }

  /// How far a clause may go.
  package enum ClauseBound: Int, CaseIterable {
    case sentence
    /// No further than the first comma.
    case comma
    /// Nor into “after …”, “because …”.
    case object
  }

  private func endsClause(_ separator: Int, isComma: Bool, limit: Int, _ bound: ClauseBound) -> Bool {
    let (at, hasCoordinator) = afterCoordinator(separator, isComma: isComma, limit: limit)
    guard at < limit, !words[at].isQuoted else { return false }
    let word = words[at]
    if isComma, bound != .sentence { return true }
    // “…, but the plan is” is the reporter's; “…, but is now” goes on.
    if isComma, words[separator + 1].traits.has([.contrast]), !word.traits.has([.auxiliary, .modal]) {
      return true
    }
    if isComma, !hasCoordinator, word.traits.contains(.relative) { return true }
    return attributionFollows(separator, isComma: isComma, limit: limit)
  }

  /// Whether what follows a separator is said to be said: “…, adding that”, “… and called for”, “…, according to”.
  package func attributionFollows(_ separator: Int, isComma: Bool, limit: Int) -> Bool {
    let (at, hasCoordinator) = afterCoordinator(separator, isComma: isComma, limit: limit)
    guard at < limit, !words[at].isQuoted else { return false }
    let word = words[at]
    if isComma, word.traits.contains(.according) { return true }
    if word.form.contains(.ing), word.speech.has([.say, .tell, .deny, .judge, .promise, .out]) {
      return isComma || !word.traits.contains(.cueNoun)
    }
    return hasCoordinator && word.form.has([.past, .third])
      && word.speech.has([.say, .tell, .out, .judge, .promise, .ask, .call]) && !word.traits.contains(.cueNoun)
  }

  /// The first token after a separator that is neither coordinator nor adverb.
  private func afterCoordinator(_ separator: Int, isComma: Bool, limit: Int) -> (token: Int, hasCoordinator: Bool) {
    var at = separator + 1
    var hasCoordinator = !isComma
    while at < limit, !words[at].isQuoted, words[at].traits.has([.coordinator, .adverb]) {
      if words[at].traits.contains(.coordinator) { hasCoordinator = true }
      at += 1
    }
    return (at, hasCoordinator)
  }
}
