import Bytes

/// A person, place, organisation … of the article, with every place where it is named.
public struct Entity: Sendable, Equatable {
  public enum Kind: String, Sendable, CaseIterable {
    case person = "PERSON"
    case organization = "ORG"
    case location = "LOC"
    case miscellaneous = "MISC"
    case date = "DATE"
    case time = "TIME"
    case money = "MONEY"
    case percent = "PERCENT"
    case quantity = "QUANTITY"

    /// Whether a model or lists find it; values (dates, amounts) are found by rules.
    public var isName: Bool {
      switch self {
      case .person, .organization, .location, .miscellaneous: true
      default: false
      }
    }
  }

  /// A pronoun or a description that stands for the entity.
  public struct Reference: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable { case pronoun, description }
    public var span: ByteSpan
    public var kind: Kind
    public init(_ span: ByteSpan, kind: Kind) {
      self.span = span
      self.kind = kind
    }
  }

  public var kind: Kind
  /// The fullest form found, UTF-8, with single spaces.
  public var name: [UInt8]
  /// The canonical identifier of a user's list.
  public var link: [UInt8]?
  /// As written: “Russian Foreign Minister”.
  public var roles: [[UInt8]] = []
  /// ISO 8601 or TIMEX3 for dates and times; the number as written plainly for the other rule kinds.
  public var value: [UInt8]?
  public var amount: Double?
  public var unit: [UInt8]?
  /// Sorted by start; names only.
  public var mentions: [ByteSpan]
  /// Sorted by start.
  public var references: [Reference] = []
  /// Of a person, as far as the article tells; `nil` where no stage has asked. Not in the record.
  public var gender: Gender?

  public init(kind: Kind, name: [UInt8], mentions: [ByteSpan]) {
    self.kind = kind
    self.name = name
    self.mentions = mentions
  }
}

extension Layer {
  public static let entities = Layer(
    "entities", help: "Names and values; `id` is the place in this list.", .list(Entity.shape),
    get: \.entities, set: { $0.entities = $1 },
    write: { writer, entities in
      writer.list(entities.indices) { $0.entity(entities[$1], at: $1) }
    },
    read: { node, reader, _ throws(RecordProblem) in
      var index = 0
      return try node.list { node throws(RecordProblem) in
        defer { index += 1 }
        return try Entity(node, reader, index: index)
      }
    },
    problems: { entities, article in
      let firsts = entities.lazy.compactMap(\.mentions.first)
      let order = firsts.count < entities.count ? ["an entity has no mention"] : []
      return order + SpanRules.sorted.problems(firsts, in: article.text)
        + entities.enumerated().flatMap { index, entity in
          (SpanRules.apart.problems(entity.mentions, in: article.text)
            + SpanRules.sorted.problems(entity.references.lazy.map(\.span), in: article.text))
            .map { "entity \(index): \($0)" }
        }
    })
}

extension Entity {
  fileprivate static let shape = Shape.object([
    .init("id", .integer(from: 0), "Place in the list."),
    .init("type", .cases(of: Kind.self), "As CoNLL-2003 has them, and value types by rule."),
    .init("name", .keyword, "The fullest form."),
    .init("link", .nullable(.keyword), "Canonical id of a user's list."),
    .init("roles", .list(.text), "As written: “Russian Foreign Minister”."),
    .init("value", .nullable(.keyword), "ISO 8601 or TIMEX3 of dates and times."),
    .init("amount", .nullable(.number), "Of MONEY, PERCENT and QUANTITY."),
    .init("unit", .nullable(.keyword), "Currency code or unit."),
    .init("mentions", .list(.words), "Every place where it is named."),
    .init(
      "references",
      .list(
        .span(.init("text", .text, "As written."), .init("kind", .cases(of: Reference.Kind.self), "Kind."))),
      "Pronouns and descriptions that stand for it."),
  ])

  fileprivate init(_ node: RecordNode, _ reader: LayerReader, index: Int) throws(RecordProblem) {
    // Whoever wrote it for a stage may leave out what it has none of.
    guard try node["id"].optional({ node throws(RecordProblem) in try node.integer() }) ?? index == index else {
      throw RecordProblem(node["id"].path, "expected \(index), its place in the list")
    }
    self.init(
      kind: try node["type"].choice(Kind.self), name: try node["name"].text(),
      mentions: try reader.spans(node["mentions"]))
    link = try node["link"].optional { node throws(RecordProblem) in try node.text() }
    roles =
      try node["roles"].optional { node throws(RecordProblem) in
        try node.list { node throws(RecordProblem) in try node.text() }
      } ?? []
    value = try node["value"].optional { node throws(RecordProblem) in try node.text() }
    amount = try node["amount"].optional { node throws(RecordProblem) in try node.number() }
    unit = try node["unit"].optional { node throws(RecordProblem) in try node.text() }
    references =
      try node["references"].optional { node throws(RecordProblem) in
        try node.list { node throws(RecordProblem) in
          Reference(try reader.span(node), kind: try node["kind"].choice(Reference.Kind.self))
        }
      } ?? []
  }
}

extension ArticleWriter {
  fileprivate mutating func entity(_ entity: Entity, at index: Int) {
    json.raw("{\"id\":")
    json.integer(index)
    key("type")
    json.string(entity.kind.rawValue)
    key("name")
    json.string(entity.name)
    key("link")
    optional(entity.link)
    key("roles")
    texts(entity.roles)
    key("value")
    optional(entity.value)
    key("amount")
    if let amount = entity.amount { json.number(amount) } else { json.raw("null") }
    key("unit")
    optional(entity.unit)
    key("mentions")
    list(entity.mentions) { $0.quotation($1) }
    key("references")
    list(entity.references) {
      $0.json.raw("{")
      $0.bounds($1.span)
      $0.words($1.span)
      $0.key("kind")
      $0.json.string($1.kind.rawValue)
      $0.json.raw("}")
    }
    json.raw("}")
  }
}
