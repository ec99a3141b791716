import Bytes
import StageKit

/// Makes entities of names, dates and amounts.
struct Assembly {
  let words: [Word]
  let segmentation: Segmentation
  /// Identifiers of listed names, by their first tokens.
  let links: [Int: [UInt8]]
  /// Whether a sentence had more references than are listed.
  private(set) var isCutShort = false

  init(words: [Word], segmentation: Segmentation, links: [Int: [UInt8]]) {
    self.words = words
    self.segmentation = segmentation
    self.links = links
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
    if !links.isEmpty { joinLinked(&groups, &mentions) }
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
      var entity = Entity(kind: kind, name: string(mentions[fullest].tokens, text), mentions: spans)
      if !links.isEmpty { entity.link = link(of: group, mentions) }
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

  /// The identifier of the first listed mention.
  private func link(of group: [Int], _ mentions: [Mention]) -> [UInt8]? {
    for index in group {
      if let link = links[mentions[index].tokens.lowerBound] { return link }
    }
    return nil
  }

  /// Makes one group of those with one identifier.
  private func joinLinked(_ groups: inout [[Int]], _ mentions: inout [Mention]) {
    var groupOf: [[UInt8]: Int] = [:]
    var joined: [[Int]] = []
    for group in groups {
      let link = link(of: group, mentions)
      if let link, let known = groupOf[link], mentions[joined[known][0]].kind == mentions[group[0]].kind {
        joined[known] += group
        continue
      }
      if let link { groupOf[link] = joined.count }
      joined.append(group)
    }
    groups = joined.map { $0.sorted() }
    for (entity, group) in groups.enumerated() {
      for mention in group { mentions[mention].entity = entity }
    }
  }

  private static let mostRoles = 12

  /// How much a mention tells of the name: its words, and those of one in capitals count for less.
  private func fullness(_ mention: Mention) -> Int {
    let isShouted =
      span(mention.tokens).count > 4
      && mention.tokens.allSatisfy { !words[$0].shape.has(.lower) && words[$0].shape.has(.allCaps) }
    return span(mention.tokens).count * 2 + (isShouted ? 0 : 1)
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
