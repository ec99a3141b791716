import Bytes
import Lexicon
import StageKit

/// A text with the names that stand in it.
package struct NamedText: Sendable {
  package struct Mention: Sendable {
    package var span: ByteSpan
    package var tokens: Range<Int>
    /// Index of the entity.
    package var entity: Int
    /// Where an office of theirs begins that stands right before the name; else the start of the name.
    package var office: Int
  }

  package let passage: Passage
  /// Of each entity.
  package private(set) var kinds: [Entity.Kind]
  /// Sorted by start.
  package private(set) var mentions: [Mention] = []

  /// - Throws: where the deadline has passed.
  package init(
    _ passage: Passage, _ entities: [Entity], in text: Span<UInt8>, _ watch: inout DeadlineWatch
  ) throws(StageError) {
    self.passage = passage
    kinds = entities.map(\.kind)
    for index in entities.indices where entities[index].kind.isName {
      try watch.step()
      for span in entities[index].mentions {
        try watch.step()
        let office = entities[index].roles.first { Self.stands($0, before: span.start, in: text) }?.count
        mentions.append(
          Mention(span: span, tokens: 0..<0, entity: index, office: office.map { span.start - 1 - $0 } ?? span.start))
      }
    }
    try watch.look()
    mentions.sort { $0.span < $1.span }
    try watch.look()
    var token = 0
    for at in mentions.indices {
      try watch.step()
      let span = mentions[at].span
      while token < passage.words.count, passage.words[token].span.end <= span.start { token += 1 }
      var end = token
      while end < passage.words.count, passage.words[end].span.start < span.end { end += 1 }
      mentions[at].tokens = Range(from: token, upTo: end)
    }
  }

  /// Gives entities other numbers; `nil` for one that is left out.
  mutating func renumber(_ numbers: [Int?]) {
    kinds = kinds.indices.compactMap { numbers[$0] == nil ? nil : kinds[$0] }
    mentions = mentions.compactMap { mention in
      guard let number = numbers[mention.entity] else { return nil }
      var mention = mention
      mention.entity = number
      return mention
    }
  }

  /// Whether a phrase ends one byte before a place in the text.
  private static func stands(_ phrase: [UInt8], before position: Int, in text: Span<UInt8>) -> Bool {
    let start = position - 1 - phrase.count
    return start >= 0 && phrase.indices.allSatisfy { text[start + $0] == phrase[$0] }
  }
}

// Which names a noun phrase has.
extension NamedText {
  /// Index of the first mention that ends behind an offset.
  package func firstMention(endingAfter offset: Int) -> Int { mentions.partitioningIndex { $0.span.end > offset } }

  func isPerson(_ mention: Mention) -> Bool { kinds[mention.entity] == .person }

  package func kind(of entity: Int) -> Entity.Kind { kinds[entity] }

  /// Whether a name begins among the tokens.
  package func hasMention(in tokens: Range<Int>) -> Bool {
    let span = passage.span(tokens)
    let at = firstMention(endingAfter: span.start)
    return at < mentions.count && mentions[at].span.start < span.end
  }

  /// The entity named by the head of a noun phrase: in “a spokesman for Ada Corr” that is nobody.
  package func named(_ tokens: Range<Int>) -> Int? {
    if let apposed = nameAfterPlace(tokens) { return apposed }
    var headEnd = tokens.lowerBound
    while headEnd < tokens.upperBound,
      headEnd == tokens.lowerBound || !passage.words[headEnd].traits.has([.preposition, .comma])
    {
      headEnd += 1
    }
    while headEnd - tokens.lowerBound > 1, isHonour(headEnd - 1) { headEnd -= 1 }
    let span = passage.span(Range(from: tokens.lowerBound, upTo: headEnd))
    var low = firstMention(endingAfter: span.start)
    var found: Int?
    while low < mentions.count, mentions[low].span.start < span.end {
      // “Corr’s lawyer” is not Corr; only what the head ends with counts.
      if mentions[low].span.end >= passage.words[headEnd - 1].span.start { found = mentions[low].entity }
      low += 1
    }
    return found
  }

  /// AM of “Ms Corr AM”: capitals right behind the name of a person, and no part of it.
  private func isHonour(_ token: Int) -> Bool {
    let span = passage.words[token].span
    guard passage.words[token].traits.contains(.allCapitals), span.count < Self.longestHonour else { return false }
    let at = firstMention(endingAfter: passage.words[token - 1].span.start)
    return at < mentions.count && mentions[at].span.end == passage.words[token - 1].span.end && isPerson(mentions[at])
  }

  /// Bytes.
  private static let longestHonour = 6

  /// “Envoy for Holm Ada Corr”: a person right after another name, or after an office of theirs, is the head,
  /// prepositions or not.
  private func nameAfterPlace(_ tokens: Range<Int>) -> Int? {
    let span = passage.span(tokens)
    let last = firstMention(endingAfter: span.end - 1)
    guard last < mentions.count, mentions[last].span.end == span.end, mentions[last].span.start > span.start,
      isPerson(mentions[last])
    else { return nil }
    let isAfterName = last > 0 && mentions[last - 1].span.end + 1 == mentions[last].span.start
    let before = Range(from: tokens.lowerBound, clampedTo: mentions[last].tokens.lowerBound)
    let isAfterOffice = before.contains { at in
      passage.words[at].traits.contains(.preposition) && passage.words[at].span.start > mentions[last].office
    }
    return isAfterName || isAfterOffice ? mentions[last].entity : nil
  }

  /// “The town's mayor, Ada Corr, said”
  package func nameApposed(to tokens: Range<Int>) -> Int? {
    guard let at = personAfterComma(tokens) else { return nil }
    guard let last = mentions[at].tokens.last, let next = passage.next(last),
      next.traits.has([.comma, .dash, .preposition, .terminal, .semicolon])
    else { return nil }
    return mentions[at].entity
  }

  /// Index of the mention of a person right after a noun phrase and its comma.
  func personAfterComma(_ tokens: Range<Int>) -> Int? {
    guard let last = tokens.last, passage.next(last)?.traits.contains(.comma) ?? false,
      let start = passage.next(last + 1)?.span.start
    else { return nil }
    let at = firstMention(endingAfter: start)
    guard at < mentions.count, mentions[at].span.start == start, isPerson(mentions[at]) else { return nil }
    return at
  }

  /// “Corr, who said”: who is named right before a relative pronoun.
  package func named(before pronoun: Int) -> Int? {
    guard var before = passage.previous(pronoun) else { return nil }
    if before.traits.contains(.comma) { before = passage.previous(pronoun - 1) ?? before }
    let end = before.span.end
    let at = firstMention(endingAfter: end - 1)
    return at < mentions.count && mentions[at].span.end == end ? mentions[at].entity : nil
  }

  func namesPerson(_ tokens: Range<Int>) -> Bool {
    guard !tokens.isEmpty else { return false }
    let at = firstMention(endingAfter: passage.words[tokens.lowerBound].span.start)
    return at < mentions.count && mentions[at].tokens.lowerBound < tokens.upperBound && isPerson(mentions[at])
  }
}
