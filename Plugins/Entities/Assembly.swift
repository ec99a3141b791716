import Bytes
import StageKit

/// Makes entities of names, dates and amounts.
struct Assembly {
  let words: [Word]
  let segmentation: Segmentation
  /// Names of a user's lists, and of a desk's corrections, by their first tokens.
  let listed: [Int: ListedName]
  /// Names that a desk has given, by the first tokens of mentions.
  let rightNames: [Int: [UInt8]]
  /// Whether a sentence had more references than are listed.
  private(set) var isCutShort = false

  init(
    words: [Word], segmentation: Segmentation, listed: [Int: ListedName], rightNames: [Int: [UInt8]] = [:]
  ) {
    self.rightNames = rightNames
    self.words = words
    self.segmentation = segmentation
    self.listed = listed
  }

  /// One entity for each person, organisation or place, with its roles.
  ///
  /// - Parameter quotations: whose words are left alone, where references are wanted too; `nil` for names alone.
  mutating func names(
    _ candidates: [Candidate], referringBeside quotations: [Quotation]?, _ text: Span<UInt8>,
    _ watch: inout DeadlineWatch
  ) throws(StageError) -> [Entity] {
    try watch.look()
    var mentions = candidates.compactMap { candidate in
      candidate.kind.map { Mention(tokens: candidate.tokens, kind: $0) }
    }
    var groups = try Joiner(words: words, tokens: segmentation.tokens, sentences: segmentation.sentences).join(
      &mentions, text, &watch)
    if !rightNames.isEmpty { joinRenamed(&groups, &mentions, text) }
    if !listed.isEmpty { joinListed(&groups, &mentions) }
    try watch.look()
    let roles = try RoleReader(words: words, mentions: mentions, &watch)
    try watch.look()
    var cursor = SentenceCursor(segmentation.sentences)
    let sentenceOf = mentions.map { cursor.tokens(around: $0.tokens.lowerBound) }
    var entities: [Entity] = []
    for group in groups {
      try watch.step()
      let kind = mentions[group[0]].kind
      let spans = group.map { span(mentions[$0].tokens) }
      let fullest = group.max { fullness(mentions[$0]) < fullness(mentions[$1]) } ?? group[0]
      var entity = Entity(kind: kind, name: name(of: mentions[fullest], text), mentions: spans)
      if let listed = listedName(of: group, mentions, fullest) {
        entity.link = listed.id
        entity.name = listed.name
      }
      if let right = rightName(of: group, mentions) { entity.name = right }
      if kind == .person {
        for index in group {
          try watch.step()
          for role in roles.roles(mentions[index].tokens, sentenceOf[index]) {
            guard entity.roles.count < Self.mostRoles else { continue }
            let written = string(role, text)
            if entity.roles.contains(written) { continue }
            entity.roles.append(written)
          }
        }
      }
      entities.append(entity)
    }
    if let quotations { try addReferences(to: &entities, mentions, quotations, text, &watch) }
    return entities
  }

  /// Those of organisations and places.
  private mutating func addReferences(
    to entities: inout [Entity], _ mentions: [Mention], _ quotations: [Quotation], _ text: Span<UInt8>,
    _ watch: inout DeadlineWatch
  ) throws(StageError) {
    try watch.look()
    let bodies = BodyReferences(words: words, tokens: segmentation.tokens, lexicon: .english, mentions: mentions)
    let references = try bodies.find(segmentation.sentences, besides: quotations, text, &watch)
    for found in references.found {
      entities[found.entity].references.append(Entity.Reference(span(found.tokens), kind: .description))
    }
    isCutShort = references.isCutShort
  }

  /// What the lists say of a group: of its fullest mention, or else of the first that is no part of a fuller one. A listed
  /// “Ellery” says nothing of Jane Ellery.
  private func listedName(of group: [Int], _ mentions: [Mention], _ fullest: Int) -> ListedName? {
    if listed.isEmpty { return nil }
    if let name = listed[mentions[fullest].tokens.lowerBound] { return name }
    for index in group {
      guard let name = listed[mentions[index].tokens.lowerBound] else { continue }
      let isPart = mentions[index].kind == .person && mentions[index].tokens.count < mentions[fullest].tokens.count
      if !isPart { return name }
    }
    return nil
  }

  /// The right name of the first mention that has one.
  private func rightName(of group: [Int], _ mentions: [Mention]) -> [UInt8]? {
    if rightNames.isEmpty { return nil }
    for index in group {
      if let name = rightNames[mentions[index].tokens.lowerBound] { return name }
    }
    return nil
  }

  /// Parts the mentions with a right name from those without, and makes one group of those with one, and of the group that the
  /// text calls so.
  private func joinRenamed(_ groups: inout [[Int]], _ mentions: inout [Mention], _ text: Span<UInt8>) {
    var parted: [[Int]] = []
    for group in groups {
      var renamed: [[UInt8]: [Int]] = [:]
      var rest: [Int] = []
      for index in group {
        if let name = rightNames[mentions[index].tokens.lowerBound] {
          renamed[name, default: []].append(index)
        } else {
          rest.append(index)
        }
      }
      if !rest.isEmpty { parted.append(rest) }
      parted += renamed.values
    }
    var groupOf: [[UInt8]: Int] = [:]
    var joined: [[Int]] = []
    for group in parted.sorted(by: { $0[0] < $1[0] }) {
      let fullest = group.max { fullness(mentions[$0]) < fullness(mentions[$1]) } ?? group[0]
      let name = rightName(of: group, mentions) ?? string(mentions[fullest].tokens, text)
      let key = Array(mentions[group[0]].kind.rawValue.utf8) + [0] + name
      if let known = groupOf[key] {
        joined[known] = (joined[known] + group).sorted()
      } else {
        groupOf[key] = joined.count
        joined.append(group)
      }
    }
    groups = joined.sorted { $0[0] < $1[0] }
    for (entity, group) in groups.enumerated() {
      for mention in group { mentions[mention].entity = entity }
    }
  }

  /// Makes one group of those that the lists take for one.
  private func joinListed(_ groups: inout [[Int]], _ mentions: inout [Mention]) {
    var groupOf: [[UInt8]: Int] = [:]
    var joined: [[Int]] = []
    for group in groups {
      let fullest = group.max { fullness(mentions[$0]) < fullness(mentions[$1]) } ?? group[0]
      let identity = listedName(of: group, mentions, fullest)?.identity
      if let identity, let known = groupOf[identity], mentions[joined[known][0]].kind == mentions[group[0]].kind {
        joined[known] += group
        continue
      }
      if let identity { groupOf[identity] = joined.count }
      joined.append(group)
    }
    groups = joined.map { $0.sorted() }
    for (entity, group) in groups.enumerated() {
      for mention in group { mentions[mention].entity = entity }
    }
  }

  /// Adds mentions of listed names to the entities that the lists take them for.
  ///
  /// - Parameter found: sorted.
  static func add(
    _ found: [(span: ByteSpan, kind: Entity.Kind, name: ListedName)], to entities: inout [Entity],
    _ watch: inout DeadlineWatch
  ) throws(StageError) {
    struct Key: Hashable {
      var kind: Entity.Kind
      var name: [UInt8]
      var link: [UInt8]?
    }
    var places: [Key: Int] = [:]
    for (at, entity) in entities.enumerated() {
      try watch.step()
      let key = Key(kind: entity.kind, name: entity.name, link: entity.link)
      if places[key] == nil { places[key] = at }
    }
    var widened: Set<Int> = []
    for (span, kind, name) in found {
      try watch.step()
      let key = Key(kind: kind, name: name.name, link: name.id)
      if let at = places[key] {
        entities[at].mentions.append(span)
        widened.insert(at)
      } else {
        places[key] = entities.count
        var entity = Entity(kind: kind, name: name.name, mentions: [span])
        entity.link = name.id
        entities.append(entity)
      }
    }
    for at in widened { entities[at].mentions.sort { $0.start < $1.start } }
  }

  private static let mostRoles = 12

  /// How much a mention tells of the name: its words, and those of one in capitals count for less.
  private func fullness(_ mention: Mention) -> Int {
    let isShouted =
      span(mention.tokens).count > 4
      && mention.tokens.allSatisfy { !words[$0].shape.has(.lower) && words[$0].shape.has(.allCaps) }
    return span(mention.tokens).count * 2 + (isShouted ? 0 : 1)
  }

  /// As the text writes it, but for a place that it writes in capitals only: “Moscow” for MOSCOW.
  private func name(of mention: Mention, _ text: Span<UInt8>) -> [UInt8] {
    var bytes = string(mention.tokens, text)
    let isShouted =
      bytes.count > 4
      && mention.tokens.allSatisfy { words[$0].shape.has(.allCaps) || words[$0].mark != 0 || words[$0].length < 3 }
    guard mention.kind == .location, isShouted, bytes.contains(where: { $0.isUpper }),
      !bytes.contains(where: { $0.isLower })
    else { return bytes }
    for at in bytes.indices.dropFirst() where bytes[at - 1] != 0x20 && bytes[at - 1] != UInt8(ascii: "-") {
      bytes[at] = bytes[at].lowered
    }
    return bytes
  }

  /// Dates, times and amounts; equal values are one entity.
  func entities(
    of values: [Value], _ text: Span<UInt8>, _ watch: inout DeadlineWatch
  ) throws(StageError) -> [Entity] {
    var entities: [Entity] = []
    var known: [[UInt8]: Int] = [:]
    for value in values {
      try watch.step()
      add(value, to: &entities, &known, text)
    }
    return entities
  }

  /// Equal values are found by these bytes; a date without a value is equal to its own words only.
  private func identity(_ value: Value, _ name: [UInt8]) -> [UInt8] {
    Array(value.kind.rawValue.utf8) + (value.text ?? [0] + name) + [0] + (value.unit ?? [])
  }

  private func add(
    _ value: Value, to entities: inout [Entity], _ known: inout [[UInt8]: Int], _ text: Span<UInt8>
  ) {
    let name = string(value.tokens, text)
    let identity = identity(value, name)
    if let same = known[identity] {
      entities[same].mentions.append(span(value.tokens))
      return
    }
    known[identity] = entities.count
    var entity = Entity(kind: value.kind, name: name, mentions: [span(value.tokens)])
    entity.value = value.text
    entity.amount = value.amount
    entity.unit = value.unit
    entities.append(entity)
  }

  private func span(_ range: Range<Int>) -> ByteSpan {
    ByteSpan(segmentation.tokens[range.lowerBound].span.start, segmentation.tokens[range.upperBound - 1].span.end)
  }

  /// The text of the tokens with single spaces.
  private func string(_ range: Range<Int>, _ text: Span<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    for at in range {
      if at > range.lowerBound, !words[at].shape.has(.touching) { bytes.append(0x20) }
      for offset in segmentation.tokens[at].span.range { bytes.append(text[offset]) }
    }
    return bytes
  }
}
