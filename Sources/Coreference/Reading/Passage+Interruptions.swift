import Bytes
import Lexicon

// What stands between commas or dashes inside a clause: relative clauses, appositions, asides.
extension Passage {
  /// Whether a token can be a finite verb.
  package func isFiniteVerb(_ at: Int) -> Bool {
    let word = words[at]
    guard !word.isQuoted, !word.traits.contains(.capital) else { return false }
    return word.traits.has([.auxiliary, .modal, .verb, .be])
      || word.form.has([.past, .third]) && !word.traits.contains(.cueNoun) || word.traits.contains(.endsInEd)
  }

  package func hasFiniteVerb(_ tokens: Range<Int>) -> Bool {
    var at = tokens.lowerBound
    while at < tokens.upperBound {
      if isFiniteVerb(at) { return true }
      at = after(at)
    }
    return false
  }

  /// The token behind the comma or dash that closes what the one at `opener` opens: “, who heads the clinic,”, “, a nurse
  /// in Holm,”, “— built in May —”; `nil` where it opens nothing of the kind.
  package func afterInterruption(_ opener: Int, limit: Int) -> Int? {
    guard opener + 2 < limit, !words[opener].isQuoted else { return nil }
    let isDash = words[opener].traits.contains(.dash)
    guard isDash || words[opener].traits.contains(.comma), !words[opener + 1].isQuoted else { return nil }
    let closer: WordTraits = isDash ? .dash : .comma
    var close = opener + 1
    while close < limit, close - opener < Self.longestInterruption,
      words[close].isQuoted || !words[close].traits.has([closer, .semicolon, .colon])
    {
      close = after(close)
    }
    guard close < limit, words[close].traits.contains(closer), !words[close].isQuoted, close + 1 < limit else {
      return nil
    }
    if isDash { return close + 1 }
    let first = words[opener + 1].traits
    if first.contains(.relative) { return close + 1 }
    // “, built in Holm, was”
    if words[opener + 1].form.contains(.participle) || first.contains(.endsInEd)
      || Self.participles.contains(words[opener + 1].lowered), !first.contains(.capital),
      isFiniteVerb(close + 1) || isNounLike(close + 1) && !first.has([.auxiliary, .modal]),
      !hasFiniteVerb(Range(from: opener + 2, upTo: close))
    {
      return close + 1
    }
    // “, a doctor who works in Holm, would”
    if first.has([.determiner, .indefinite, .possessive]), !first.has(.pronoun), isFiniteVerb(close + 1),
      let relative = Range(from: opener + 2, upTo: close).first(where: { words[$0].traits.contains(.relative) }),
      !hasFiniteVerb(Range(from: opener + 1, upTo: relative))
    {
      return close + 1
    }
    let isApposition =
      first.has([.determiner, .indefinite, .possessive, .capital, .number]) && !first.has(.pronoun)
      && !hasFiniteVerb(Range(from: opener + 1, upTo: close))
      && !words[close + 1].traits.has([.coordinator, .relative, .preposition, .comma])
    return isApposition ? close + 1 : nil
  }

  /// Irregular ones of verbs that are none of speech.
  private static let participles = WordSet([
    "built", "made", "born", "known", "held", "led", "taken", "seen", "sent", "sold", "bought", "brought", "caught",
    "driven", "hit", "set", "run", "kept", "left", "lost", "paid", "won", "given", "torn", "hurt", "worn", "grown",
    "drawn", "chosen", "struck", "fed", "hung", "laid", "lit", "meant", "shot", "stolen", "thrown",
  ])
  /// Tokens.
  private static let longestInterruption = 30

  /// Whether a clause that began at `start` cannot end before the comma or dash at `end`, since that opens an
  /// interruption behind which its verb stands, or closes the subordinate clause that it begins with.
  package func isInterrupted(_ start: Int, at end: Int, limit: Int) -> Bool {
    guard end > start, end < limit, !words[end].isQuoted, words[end].traits.has([.comma, .dash]) else { return false }
    let sofar = Range(from: start, upTo: end)
    let isSubordinate = words[start].traits.contains(.subordinator) && !words[start].traits.contains(.that)
    if !isSubordinate, !hasFiniteVerb(sofar) {
      guard let resumed = afterInterruption(end, limit: limit), !words[resumed].isQuoted else { return false }
      return isFiniteVerb(resumed) && words[resumed].form.isDisjoint(with: .ing)
    }
    // “when the wind blew, the doors came off”
    guard isSubordinate, words[end].traits.contains(.comma), end + 1 < limit, !words[end + 1].isQuoted,
      !sofar.contains(where: { !words[$0].isQuoted && words[$0].traits.has([.comma, .dash]) })
    else { return false }
    let next = words[end + 1].traits
    guard next.has([.subjectPronoun, .determiner, .possessive, .indefinite, .capital]) || isNounLike(end + 1) else {
      return false
    }
    var at = end + 1
    while at < limit, at - end < Self.longestInterruption, words[at].isQuoted || !words[at].traits.has([.comma, .dash])
    {
      if isFiniteVerb(at) { return words[at].speech.isDisjoint(with: [.say, .tell]) }
      at = after(at)
    }
    // Its verb may be one that the lists do not have.
    return at - end > 3
  }

  /// Where somebody else begins to speak: before “, but Corr said”, “, while the mayor told”.
  package func secondSpeaker(from start: Int, limit: Int) -> Int? {
    var at = start
    while at + 3 < limit {
      guard !words[at].isQuoted, words[at].traits.has([.comma, .semicolon, .dash]) else {
        at = after(at)
        continue
      }
      let first = at + 1
      guard !words[first].isQuoted, words[first].traits.has([.coordinator, .contrast, .subordinator]),
        !words[first].traits.contains(.that), !words[first].traits.contains(.relative),
        let subject = nounPhrase(startingAt: first + 1, limit: limit, prepositions: true), subject.upperBound < limit
      else {
        at += 1
        continue
      }
      var verb = subject.upperBound
      while verb < limit, words[verb].traits.contains(.adverb), !words[verb].isQuoted { verb += 1 }
      if verb < limit, !words[verb].isQuoted, words[verb].form.has([.past, .third]),
        words[verb].speech.has([.say, .tell]),
        !words[verb].traits.contains(.cueNoun), !words[verb].traits.contains(.capital)
      {
        return at
      }
      at += 1
    }
    return nil
  }
}
