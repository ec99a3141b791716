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

    /// Found by a model or lists, as against the kinds that a rule reads off the text.
    public var isName: Bool {
      switch self {
      case .person, .organization, .location, .miscellaneous: true
      default: false
      }
    }
  }

  /// A pronoun or a description that stands for the entity.
  public struct Reference: Sendable, Equatable {
    public enum Kind: String, Sendable { case pronoun, description }
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

  public init(kind: Kind, name: [UInt8], mentions: [ByteSpan]) {
    self.kind = kind
    self.name = name
    self.mentions = mentions
  }
}
