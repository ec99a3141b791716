import Bytes
import Lexicon
import StageKit

// Noun phrases without a parser: everything between two words that cannot stand in one.
extension Passage {
  /// The noun phrase whose last word is at `last` or before, left of a verb; appositions and brackets after it
  /// are stepped over (“Lavrov, the minister, said”).
  package func nounPhrase(endingAt last: Int, floor: Int) -> Range<Int>? {
    var end = last
    // “Lavrov on Monday said”
    while end > floor, words[end].traits.contains(.time), !words[end].isQuoted { end -= 1 }
    if end < last, end > floor, words[end].traits.contains(.preposition) { end -= 1 }
    guard end >= floor, !words[end].isQuoted else { return nil }
    let traits = words[end].traits
    if traits.contains(.closeBracket) {
      guard let open = opening(before: end, floor: floor), open > floor else { return nil }
      return nounPhrase(endingAt: open - 1, floor: floor)
    }
    if traits.has([.comma, .dash]) {
      guard let head = headBefore(apposition: end, floor: floor) else { return nil }
      return nounPhrase(endingAt: head, floor: floor)
    }
    if traits.contains(.relative) || (traits.contains(.that) && end < last) {
      guard end > floor else { return nil }
      let before = words[end - 1].traits.contains(.comma) ? end - 2 : end - 1
      return before >= floor ? nounPhrase(endingAt: before, floor: floor) : nil
    }
    if traits.contains(.subjectPronoun) { return Range(from: end, count: 1) }

    var start = end + 1
    while start > floor, end - start < 20, extendsLeft(start - 1, end: end, floor: floor) { start -= 1 }
    let phrase = trimmed(start, end)
    // “A nurse interviewed by the team said”: the nurse.
    if let agent = phrase, agent.lowerBound - floor > 2, words[agent.lowerBound - 1].traits.contains(.by),
      words[agent.lowerBound - 2].traits.contains(.endsInEd), !words[agent.lowerBound - 3].traits.has(.auxiliary),
      isNounLike(agent.lowerBound - 3), let first = nounPhrase(endingAt: agent.lowerBound - 3, floor: floor)
    {
      return Range(from: first.lowerBound, upTo: agent.upperBound)
    }
    return phrase
  }

  /// “Corr, who lost her boat in Holm, Sund, in May, said”: the first noun phrase of a sentence, where a comma follows
  /// it and a comma stands before the verb.
  package func subject(before last: Int, floor: Int) -> Range<Int>? {
    guard words[last].traits.contains(.comma), !words[last].isQuoted else { return nil }
    var at = floor
    while at < last, words[at].traits.has([.coordinator, .adverb]), !words[at].isQuoted { at += 1 }
    guard at < last, !words[at].traits.has([.preposition, .endsInIng, .subordinator, .time]),
      let first = nounPhrase(startingAt: at, limit: last, prepositions: true), first.upperBound < last,
      words[first.upperBound].traits.contains(.comma)
    else { return nil }
    return first
  }

  private func extendsLeft(_ at: Int, end: Int, floor: Int) -> Bool {
    let word = words[at]
    if word.isQuoted { return false }
    if word.traits.contains(.coordinator) {
      return at < end && at > floor && isNounLike(at - 1)
        && words[at - 1].traits.contains(.capital) == words[at + 1].traits.contains(.capital)
    }
    if word.traits.contains(.capital), word.traits.has(.verb) || !word.speech.isEmpty { return at > floor }
    if word.traits.contains(.to) {
      return at < end && at > floor && isNounLike(at - 1) && words[at + 1].traits.has([.determiner, .capital])
    }
    if word.traits.has(.closed) {
      return word.traits.contains(.determiner) && word.traits.contains(.subjectPronoun)
    }
    if word.traits.contains(.adverb), at < end, !word.traits.contains(.capital),
      !words[at + 1].traits.contains(.endsInEd)
    {
      return false
    }
    if !word.speech.isEmpty, word.form.has([.past, .third]), !word.traits.contains(.cueNoun) { return false }
    if word.traits.contains(.endsInEd), at > floor, !word.traits.contains(.capital) {
      return words[at - 1].traits.has([.determiner, .indefinite, .possessive, .adverb])
    }
    return true
  }

  /// Drops what cannot begin a noun phrase; of “In Moscow Lavrov” only the last part remains.
  private func trimmed(_ first: Int, _ end: Int) -> Range<Int>? {
    var start = first
    if start <= end, words[start].traits.contains(.preposition) {
      var at = end
      while at > start, !words[at].traits.has([.preposition, .determiner, .indefinite, .possessive]) { at -= 1 }
      start = words[at].traits.contains(.preposition) ? at + 1 : at
    }
    while start <= end, words[start].traits.has([.adverb, .time, .coordinator, .clitic, .hyphen]),
      !words[start].traits.has([.determiner])
    {
      start += 1
    }
    guard start <= end, isNounLike(end) else { return nil }
    return Range(from: start, upTo: end + 1)
  }

  /// The noun phrase that starts at `first`, or just after a determiner there.
  ///
  /// - Parameter prepositions: whether “the head of the agency in Vienna” is taken whole.
  package func nounPhrase(startingAt first: Int, limit: Int, prepositions: Bool) -> Range<Int>? {
    guard first < limit, !words[first].isQuoted else { return nil }
    if words[first].traits.has(.pronoun) {
      // “told her she”, “told her aides”
      let isPossessive = words[first].traits.contains(.possessive) && first + 1 < limit && isNounLike(first + 1)
      if !isPossessive { return Range(from: first, count: 1) }
    }
    var at = first
    while at < limit, at - first < 20, !words[at].isQuoted {
      let word = words[at]
      if word.traits.contains(.coordinator) {
        guard at > first, at + 1 < limit, words[at + 1].traits.has([.capital, .determiner]) else { break }
      } else if word.traits.contains(.preposition) {
        guard at > first, prepositions || word.traits.contains(.of), at + 1 < limit,
          words[at + 1].traits.has([.capital, .determiner, .indefinite, .possessive]) || isNounLike(at + 1),
          !words[at + 1].traits.contains(.time)
        else { break }
      } else if word.traits.has(.closed), !(at == first && word.traits.has([.determiner, .possessive])) {
        // “the consumers’ union”
        let isPossessive = word.traits.contains(.clitic) && at > first && at + 1 < limit && isNounLike(at + 1)
        // “Kim Do-yun”: a small word with a capital inside a name.
        let isName =
          at > first && word.traits.contains(.capital) && words[at - 1].traits.contains(.capital)
          && !word.traits.has([.pronoun, .punctuation, .that])
        // “the plan”
        let isNoun = at > first && isNounAfterDeterminer(at)
        guard isPossessive || isName || isNoun || word.traits.has(.verb) && word.traits.contains(.capital) else {
          break
        }
      } else if at > first, word.traits.has([.time, .adverb]), !word.traits.has([.determiner, .capital]),
        !words[at - 1].traits.contains(.clitic)
      {
        break
      } else if at > first, word.traits.contains(.time), word.traits.contains(.capital) {
        break
      } else if at > first, !word.traits.contains(.capital),
        word.traits.contains(.endsInEd) || (!word.speech.isEmpty && !word.traits.contains(.cueNoun))
      {
        guard words[at - 1].traits.has([.determiner, .indefinite, .possessive]) else { break }
      } else if at > first, word.traits.has([.determiner, .indefinite]) || word.traits.contains(.possessive),
        !words[at - 1].traits.has([.preposition, .coordinator, .determiner, .indefinite])
      {
        break
      }
      at += 1
    }
    while at > first, words[at - 1].traits.has([.preposition, .coordinator, .adverb]) { at -= 1 }
    guard at > first, isNounLike(at - 1) || at - 1 > first && isNounAfterDeterminer(at - 1) else { return nil }
    return Range(from: first, upTo: at)
  }

  /// “plan” of “the plan”, which is a verb too.
  private func isNounAfterDeterminer(_ at: Int) -> Bool {
    words[at].traits.contains(.verb) && !words[at].traits.has([.auxiliary, .modal, .be, .pronoun, .endsInIng])
      && words[at - 1].traits.has([.determiner, .indefinite, .possessive]) && !words[at - 1].traits.has(.subjectPronoun)
  }

  package func isNounLike(_ at: Int) -> Bool {
    let traits = words[at].traits
    if words[at].isQuoted { return false }
    if traits.contains(.capital) { return true }
    return !traits.has(.closed) && !traits.has([.preposition, .clitic, .adverb, .hyphen])
      && (!traits.has([.determiner, .indefinite, .possessive]) || traits.has([.number, .indefinite, .pluralWord]))
  }

  /// The first noun phrase of a sentence that can be its subject, after an opening phrase up to its comma.
  package func subject(of tokens: Range<Int>) -> Range<Int>? {
    var at = tokens.lowerBound
    var hops = 0
    while at < tokens.upperBound, hops < 3 {
      while at < tokens.upperBound, words[at].traits.has([.coordinator, .adverb, .comma, .time, .dash]),
        !words[at].traits.has([.determiner, .subjectPronoun])
      {
        at += 1
      }
      guard at < tokens.upperBound, !words[at].isQuoted else { return nil }
      let word = words[at]
      let opensPhrase =
        word.traits.has([.preposition, .subordinator, .to]) || word.traits.contains(.endsInIng)
        || (word.traits.contains(.endsInEd) && word.form.has(.participle)) || word.traits.contains(.according)
      if !opensPhrase { return nounPhrase(startingAt: at, limit: tokens.upperBound, prepositions: true) }
      while at < tokens.upperBound, !words[at].traits.contains(.comma) || words[at].isQuoted {
        let endsClause = words[at].isQuoted && quotedSpans[words[at].quotedSpan].endsClause
        at = after(at)
        if endsClause { break }
      }
      hops += 1
    }
    return nil
  }

  private func opening(before close: Int, floor: Int) -> Int? {
    var at = close - 1
    while at >= floor, close - at < 15 {
      if words[at].traits.contains(.openBracket) { return at }
      at -= 1
    }
    return nil
  }

  /// The token before the comma or dash that opens what `close` closes.
  private func headBefore(apposition close: Int, floor: Int) -> Int? {
    var at = close - 1
    while at > floor, close - at < 30 {
      if words[at].isQuoted, quotedSpans[words[at].quotedSpan].words > 6 { return nil }
      if words[at].traits.has([.semicolon, .colon]) { return nil }
      if words[at].traits.has([.comma, .dash]),
        words[at].traits.contains(.comma) == words[close].traits.contains(.comma)
      {
        return at - 1
      }
      at -= 1
    }
    return nil
  }
}

// Heads of noun phrases.
extension Passage {
  /// The last word before a preposition or a clause: “minister” of “the minister from Holm”.
  package func head(of tokens: Range<Int>) -> Int {
    var head = min(tokens.lowerBound + 1, tokens.upperBound - 1)
    while head + 1 < tokens.upperBound, !words[head + 1].traits.has([.preposition, .comma, .to, .relative, .that]) {
      head += 1
    }
    return head
  }

  /// “the 56-year-old”
  func isAge(_ token: Int, _ text: Span<UInt8>) -> Bool {
    let end = words[token].span.end
    return end > 8 && WordHash(lowered: text, ByteSpan(end - 8, end)) == Self.yearOld
  }

  private static let yearOld = WordHash("year-old".utf8)
}
