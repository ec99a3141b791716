import Bytes
import StageKit

/// Joins the mentions of one person, organisation or place.
struct Joiner {
  let words: [Word]
  let tokens: [Token]
  let sentences: [Sentence]

  /// What is known of one entity while mentions are gathered.
  private struct Group {
    var kind: Entity.Kind
    /// The words of the fullest name, without particles.
    var parts: [Int]
    /// Indices into the mentions: first those by the full name, in order, then those by a part of it, in order.
    var mentions: [Int]
    var fullMentions = 0

    /// Those by a part are added in order, so that the last one of them is before any that is still to come.
    func lastMention(before index: Int) -> Int? {
      let place = mentions[..<fullMentions].partitioningIndex { $0 >= index }
      let full = place > 0 ? mentions[place - 1] : nil
      guard mentions.count > fullMentions, let part = mentions.last else { return full }
      return max(part, full ?? part)
    }
  }

  /// Gives every mention its entity, and returns for each entity its mentions, in order of first mention.
  func join(
    _ mentions: inout [Mention], _ text: Span<UInt8>, _ watch: inout DeadlineWatch
  ) throws(StageError) -> [[Int]] {
    var groups: [Group] = []
    try joinPeople(mentions, text, into: &groups, &watch)
    try joinOthers(&mentions, text, into: &groups, &watch)
    try watch.look()
    var lists = groups.map { $0.mentions.sorted() }
    try watch.look()
    lists.sort { mentions[$0[0]].tokens.lowerBound < mentions[$1[0]].tokens.lowerBound }
    try watch.look()
    for (entity, list) in lists.enumerated() {
      for mention in list { mentions[mention].entity = entity }
    }
    return lists
  }

  // MARK: People

  private func joinPeople(
    _ mentions: [Mention], _ text: Span<UInt8>, into groups: inout [Group], _ watch: inout DeadlineWatch
  ) throws(StageError) {
    var bearers: [WordHash: [Int]] = [:]
    var namesakes: [WordHash: [Int]] = [:]
    var single: [(mention: Int, part: Int)] = []
    for (index, mention) in mentions.enumerated() where mention.kind == .person {
      try watch.step()
      let parts = parts(of: mention.tokens)
      guard let first = parts.first, let last = parts.last else { continue }
      if first == last {
        single.append((index, first))
        continue
      }
      let surname = words[last].lowered
      // No copy of the list may live on: adding to it would copy it whole.
      let known = bearers[surname]?.suffix(Self.mostBearers).last { isSame(groups[$0].parts, parts, text) }
      if let group = known {
        groups[group].mentions.append(index)
        if parts.count > groups[group].parts.count { groups[group].parts = parts }
      } else {
        bearers[surname, default: []].append(groups.count)
        namesakes[words[first].lowered, default: []].append(groups.count)
        groups.append(Group(kind: .person, parts: parts, mentions: [index], fullMentions: 1))
      }
    }
    for group in groups.indices { groups[group].fullMentions = groups[group].mentions.count }
    for (index, part) in single {
      try watch.step()
      let word = words[part].lowered
      let candidates = (bearers[word] ?? namesakes[word] ?? []).suffix(Self.mostBearers)
      if let group = nearest(candidates, before: index, groups) {
        groups[group].mentions.append(index)
      } else {
        bearers[word] = [groups.count]
        groups.append(Group(kind: .person, parts: [part], mentions: [index]))
      }
    }
  }

  /// Of the bearers of a name only so many are looked at, lest a list of a thousand namesakes take for ever.
  private static let mostBearers = 64

  /// Of several bearers of a name, the one last mentioned before, else the first one mentioned after.
  private func nearest(_ candidates: ArraySlice<Int>, before index: Int, _ groups: [Group]) -> Int? {
    var best: (group: Int, mention: Int)?
    for group in candidates {
      if let last = groups[group].lastMention(before: index), last > best?.mention ?? -1 { best = (group, last) }
    }
    return best?.group ?? candidates.first
  }

  /// The tokens that tell a person from another: no particles, hyphens, “Jr.”.
  private func parts(of range: Range<Int>) -> [Int] {
    var parts = range.filter { at in
      let word = words[at]
      return word.mark == 0 && word.isCapital && !(word.traits.has(.particle) && word.length <= 3 && range.count > 1)
        && !(word.traits.has(.title) && at + 1 == range.upperBound && word.length == 3 && range.count > 2)
    }
    if parts.isEmpty { parts = range.filter { words[$0].mark == 0 } }
    return parts
  }

  /// Whether two names of several words are one person's: the same surname, and given names that agree.
  private func isSame(_ a: [Int], _ b: [Int], _ text: Span<UInt8>) -> Bool {
    guard let lastA = a.last, let lastB = b.last, words[lastA].lowered == words[lastB].lowered else {
      // “Kim Jong-un” and “Kim Jong Un” differ in hyphens only, which are no parts.
      return false
    }
    let (first, other) = (a[0], b[0])
    if words[first].lowered == words[other].lowered { return true }
    let (one, two) = (tokens[first].span, tokens[other].span)
    if words[first].shape.has(.initial) || words[other].shape.has(.initial) {
      return text[one.start] == text[two.start]
    }
    return stem(one, text) == stem(two, text)
  }

  /// “Sergey” and “Sergei” have one stem.
  private func stem(_ span: ByteSpan, _ text: Span<UInt8>) -> WordHash {
    var end = span.end
    while end > span.start + 3, Self.softEndings.contains(text[end - 1]) { end -= 1 }
    return WordHash(lowered: text, ByteSpan(span.start, end))
  }

  private static let softEndings: [UInt8] = Array("eiyj".utf8)

  // MARK: Organisations, places and the rest

  private func joinOthers(
    _ mentions: inout [Mention], _ text: Span<UInt8>, into groups: inout [Group], _ watch: inout DeadlineWatch
  ) throws(StageError) {
    var groupOfKey: [UInt64: Int] = [:]
    var acronyms: [WordHash: Int] = [:]
    let reader = Acronyms(words: words, tokens: tokens, sentences: sentences)
    var cursor = SentenceCursor(sentences)
    for (index, mention) in mentions.enumerated() where mention.kind != .person {
      try watch.step()
      if let at = reader.acronym(of: mention.tokens, &cursor, text) { acronyms[key(at..<at + 1)] = index }
    }
    for index in mentions.indices where mentions[index].kind != .person {
      try watch.step()
      var key = key(mentions[index].tokens)
      if let long = acronyms[key] {
        key = self.key(mentions[long].tokens)
        mentions[index].kind = mentions[long].kind
      }
      let slot = key.value ^ Self.slot(of: mentions[index].kind)
      if let group = groupOfKey[slot] {
        groups[group].mentions.append(index)
      } else {
        groupOfKey[slot] = groups.count
        groups.append(Group(kind: mentions[index].kind, parts: [], mentions: [index]))
      }
    }
  }

  /// A team is not the town that it is called after.
  private static func slot(of kind: Entity.Kind) -> UInt64 {
    switch kind {
    case .organization: 1
    case .miscellaneous: 2
    default: 0
    }
  }

  /// What a name is the same under: its lowered words, or the full name it is short for.
  private func key(_ range: Range<Int>) -> WordHash {
    if range.count == 1, let full = Aliases.table[words[range.lowerBound].form] { return full }
    var hash = PhraseHash()
    for at in range where !(at == range.lowerBound && range.count > 1 && words[at].lowered == Chunker.the) {
      hash.add(words[at].lowered)
    }
    return Aliases.table[hash.value] ?? hash.value
  }
}
