/// What a value in a record may be. Schema, column lists, mappings and validation all read it.
public indirect enum Shape: Sendable, Equatable {
  case text
  /// Text that is an identifier or name, never prose.
  case keyword
  case oneOf([String])
  /// `2017-05-08`
  case day
  /// `2017-05-08T19:14:00Z`, or with another zone.
  case instant
  case bool
  case integer(from: Int)
  case number
  /// 0...1
  case ratio
  case list(Shape)
  case object([Field])
  /// An object that may have these members, and others of any kind.
  case open([Field])
  /// Any JSON, kept as it is.
  case any
  case nullable(Shape)
  /// `null` and nothing else: what a pipeline never fills. Holds the shape it would have, for tables that need a type.
  case absent(Shape)

  public struct Field: Sendable, Equatable {
    public var name: String
    public var shape: Shape
    public var help: String

    public init(_ name: String, _ shape: Shape, _ help: String) {
      self.name = name
      self.shape = shape
      self.help = help
    }
  }
}

// What several layers have in common.
extension Shape {
  public static let start = Field("start", .integer(from: 0), "Half-open, into `text`.")
  public static let end = Field("end", .integer(from: 0), "Half-open, into `text`.")

  /// `{"start": …, "end": …}` and what else is known of the place.
  public static func span(_ more: Field...) -> Shape { .object([start, end] + more) }

  /// A span and the words that stand there.
  public static let words = span(Field("text", .text, "As written."))

  /// The values of an enumeration, as the record has them.
  public static func cases<Kind: CaseIterable & RawRepresentable<String>>(of kind: Kind.Type) -> Shape {
    .oneOf(kind.allCases.map(\.rawValue))
  }
}
