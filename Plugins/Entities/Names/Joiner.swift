import Bytes
import StageKit

/// Joins the mentions of one person, organisation or place.
struct Joiner {
  let words: [Word]
  let tokens: [Token]
  let sentences: [Sentence]

  /// Of a name, the words that tell a person from another: the first and the last, and how many there are.
  struct Parts {
    var first: Int
    var last: Int
    var count = 1

    static func add(_ at: Int, to parts: inout Parts?) {
      guard let known = parts else {
        parts = Parts(first: at, last: at)
        return
      }
      parts = Parts(first: known.first, last: at, count: known.count + 1)
    }
  }

  /// What is known of one entity while mentions are gathered.
  struct Group {
    var kind: Entity.Kind
    /// Of a person's fullest name.
    var parts: Parts?
    /// Indices into the mentions: first those by the full name, in order, then those by a part of it, in order.
    var mentions: [Int]
    var fullMentions = 0
    /// The group before it with the same surname, and with the same first word.
    var bearer: Int?
    var namesake: Int?
    /// Of a person, what the words around the full name tell.
    var sex = Sex.unknown
    /// Titles that stand before the full name.
    var titles: [WordHash] = []

    /// Those by a part are added in order, so that the last one of them is before any that is still to come.
    func lastMention(before index: Int) -> Int? {
      let place = mentions[..<fullMentions].partitioningIndex { $0 >= index }
      let full = place > 0 ? mentions[place - 1] : nil
      guard mentions.count > fullMentions, let part = mentions.last else { return full }
      return max(part, full ?? part)
    }
  }

  /// Groups of one surname or first word, the latest first. Only so many are looked at, lest a list of a thousand namesakes
  /// take for ever.
  struct Chain: Sequence, IteratorProtocol {
    let groups: [Group]
    private var latest: Int?
    private let before: KeyPath<Group, Int?>
    private var left = 64

    init(from latest: Int?, _ before: KeyPath<Group, Int?>, _ groups: [Group]) {
      (self.latest, self.before, self.groups) = (latest, before, groups)
    }

    mutating func next() -> Int? {
      guard left > 0, let group = latest else { return nil }
      left -= 1
      latest = groups[group][keyPath: before]
      return group
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
    for group in groups.indices {
      try watch.step()
      groups[group].mentions.sort()
    }
    var lists = groups.map(\.mentions)
    try watch.look()
    lists.sort { mentions[$0[0]].tokens.lowerBound < mentions[$1[0]].tokens.lowerBound }
    try watch.look()
    for (entity, list) in lists.enumerated() {
      try watch.step()
      for mention in list { mentions[mention].entity = entity }
    }
    return lists
  }

  // MARK: People

  private func joinPeople(
    _ mentions: [Mention], _ text: Span<UInt8>, into groups: inout [Group], _ watch: inout DeadlineWatch
  ) throws(StageError) {
    // The last group with a surname, and with a first word; each knows the one before it.
    var bearers: [WordHash: Int] = [:]
    var namesakes: [WordHash: Int] = [:]
    var single: [(mention: Int, part: Int)] = []
    for (index, mention) in mentions.enumerated() {
      try watch.step()
      guard mention.kind == .person, let parts = parts(of: mention.tokens) else { continue }
      if parts.first == parts.last {
        single.append((index, parts.first))
        continue
      }
      let (first, surname) = (words[parts.first].lowered, words[parts.last].lowered)
      let known = Chain(from: bearers[surname], \.bearer, groups).first { isSame(groups[$0].parts, parts, text) }
      if let group = known {
        groups[group].mentions.append(index)
        if parts.count > groups[group].parts?.count ?? 0 { groups[group].parts = parts }
      } else {
        groups.append(
          Group(
            kind: .person, parts: parts, mentions: [index], fullMentions: 1, bearer: bearers[surname],
            namesake: namesakes[first]))
        bearers[surname] = groups.count - 1
        namesakes[first] = groups.count - 1
      }
    }
    for group in groups.indices {
      groups[group].fullMentions = groups[group].mentions.count
      for mention in groups[group].mentions.prefix(Self.mostLookedAt) {
        try watch.step()
        look(around: mentions[mention].tokens, groups[group].parts, &groups[group])
      }
    }
    var cursor = SentenceCursor(sentences)
    // Mentions of a family name of which nothing tells whose it is.
    var undecided: [WordHash: Int] = [:]
    for (index, part) in single {
      try watch.step()
      let word = words[part].lowered
      let sentence = cursor.tokens(around: part)
      let group: Int?
      switch bearer(of: mentions[index].tokens, Chain(from: bearers[word], \.bearer, groups), index, mentions, sentence)
      {
      case .one(let found): group = found
      case .undecided:
        if let known = undecided[word] {
          groups[known].mentions.append(index)
        } else {
          undecided[word] = groups.count
          groups.append(Group(kind: .person, mentions: [index]))
        }
        continue
      // “Queen Ursula” is not Ursula Owusu.
      case .nobody where part > 0 && Self.rulers.contains(words[part - 1].lowered): group = nil
      case .nobody: group = nearest(Chain(from: namesakes[word], \.namesake, groups), before: index)
      }
      if let group {
        groups[group].mentions.append(index)
      } else {
        bearers[word] = groups.count
        groups.append(Group(kind: .person, mentions: [index]))
      }
    }
  }

  /// Of several bearers of a name, the one last mentioned before, else the first one mentioned after; `nil` where there is
  /// none.
  private func nearest(_ bearers: Chain, before index: Int) -> Int? {
    var best: (group: Int, mention: Int)?
    var earliest: Int?
    for group in bearers {
      earliest = group
      if let last = bearers.groups[group].lastMention(before: index), last > best?.mention ?? -1 {
        best = (group, last)
      }
    }
    return best?.group ?? earliest
  }

  /// The tokens that tell a person from another: no particles, hyphens, “Jr.”.
  private func parts(of range: Range<Int>) -> Parts? {
    var parts: Parts?
    for at in range {
      let word = words[at]
      let isPart =
        word.mark == 0 && word.isCapital
        && !(word.traits.has(.particle) && word.length <= 3 && at + 1 < range.upperBound)
        && !(word.traits.has(.title) && at + 1 == range.upperBound && word.length == 3 && range.count > 2)
      if isPart { Parts.add(at, to: &parts) }
    }
    // “Nwachukwu-Obi” alone is one family name.
    if let known = parts, known.first != known.last, range.dropFirst().allSatisfy({ words[$0].shape.has(.touching) }) {
      parts = Parts(first: known.last, last: known.last)
    }
    if parts == nil {
      for at in range where words[at].mark == 0 { Parts.add(at, to: &parts) }
    }
    return parts
  }

  /// Whether two names of several words are one person's: the same surname, and given names that agree.
  private func isSame(_ one: Parts?, _ two: Parts, _ text: Span<UInt8>) -> Bool {
    // “Kim Jong-un” and “Kim Jong Un” differ in hyphens only, which are no parts.
    guard let one, words[one.last].lowered == words[two.last].lowered else { return false }
    let (first, other) = (one.first, two.first)
    if words[first].lowered == words[other].lowered { return true }
    let spans = (tokens[first].span, tokens[other].span)
    if words[first].shape.has(.initial) || words[other].shape.has(.initial) {
      return text[spans.0.start] == text[spans.1.start]
    }
    return stem(spans.0, text) == stem(spans.1, text)
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
    var groupOfKey = Array(repeating: WordTable<Int>(), count: Self.tables)
    var acronyms = WordTable<Int>()
    let reader = Acronyms(words: words, tokens: tokens, sentences: sentences)
    var cursor = SentenceCursor(sentences)
    for (index, mention) in mentions.enumerated() where mention.kind != .person {
      try watch.step()
      if let at = reader.acronym(of: mention.tokens, &cursor, text) { acronyms.insert(key(at..<at + 1), index) }
    }
    let longForms = try longForms(mentions, &watch)
    for index in mentions.indices where mentions[index].kind != .person {
      try watch.step()
      var key = key(mentions[index].tokens)
      if mentions[index].kind == .organization, mentions[index].tokens.count > 1, let long = longForms[key], long >= 0 {
        key = self.key(mentions[long].tokens)
      }
      if let long = acronyms[key] {
        key = self.key(mentions[long].tokens)
        mentions[index].kind = mentions[long].kind
      }
      let table = Self.table(of: mentions[index].kind)
      if let group = groupOfKey[table][key] {
        groups[group].mentions.append(index)
      } else {
        groupOfKey[table].insert(key, groups.count)
        groups.append(Group(kind: mentions[index].kind, mentions: [index]))
      }
    }
  }

  /// “Port Authority” where the article has “Velmora Port Authority” and no other: by the short form the index of a
  /// mention in full, -1 where there are several.
  private func longForms(
    _ mentions: [Mention], _ watch: inout DeadlineWatch
  ) throws(StageError) -> WordTable<Int> {
    var found = WordTable<Int>()
    for (index, mention) in mentions.enumerated() where mention.kind == .organization && mention.tokens.count > 2 {
      try watch.step()
      guard let last = mention.tokens.last, mention.tokens.count < 8, words[last].traits.has(.organizationHead) else {
        continue
      }
      let full = key(mention.tokens)
      var start = mention.tokens.lowerBound + 1
      while start + 1 < mention.tokens.upperBound {
        defer { start += 1 }
        guard words[start].isCapital, !words[start - 1].traits.has(.joiner) else { continue }
        let short = key(Range(from: start, upTo: mention.tokens.upperBound))
        if let known = found[short], known < 0 || key(mentions[known].tokens) != full {
          found.insert(short, -1)
        } else {
          found.insert(short, index)
        }
      }
    }
    return found
  }

  private static let tables = 3

  /// A team is not the town that it is called after.
  private static func table(of kind: Entity.Kind) -> Int {
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
