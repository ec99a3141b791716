/// What an option may hold. The one place that reads option values and says what is wrong with one.
public enum OptionType: Sendable, Equatable {
  case bool
  case integer(ClosedRange<Int>)
  case number(ClosedRange<Double>)
  case text
  /// What must hold of an article. Whether it is one is for those to say who know what can be asked.
  case condition
  /// `500ms`, `10s`, `5m`, `1h`, `30d`; the range in milliseconds.
  case duration(ClosedRange<Int>)
  /// `64MiB`, `1GiB`, `4096`; the range in bytes.
  case size(ClosedRange<Int>)
  case choice([String])
  /// A sequence whose members are of the choices.
  case choices([String])
  /// A sequence of texts.
  case texts
  /// ISO 639: `en`.
  case language
  /// A sequence of them.
  case languages

  /// For the types that are sequences, the type of a member.
  public var element: OptionType? {
    switch self {
    case .choices(let names): .choice(names)
    case .texts: .text
    case .languages: .language
    default: nil
    }
  }

  /// For help and docs: `integer 0...100`.
  public var description: String {
    switch self {
    case .bool: "true or false"
    case .integer(let range):
      range.upperBound == .max
        ? "whole number, \(range.lowerBound) or more" : "whole number, \(range.lowerBound) to \(range.upperBound)"
    case .number(let range): "number, \(range.lowerBound) to \(range.upperBound)"
    case .text: "text"
    case .condition: "condition, as in ‘words > 50’"
    case .duration(let range):
      "duration, \(Self.describe(milliseconds: range.lowerBound)) to \(Self.describe(milliseconds: range.upperBound))"
    case .size(let range):
      "size, \(Self.describe(bytes: range.lowerBound)) to \(Self.describe(bytes: range.upperBound))"
    case .choice(let names): "one of \(names.joined(separator: ", "))"
    case .choices(let names): "list of \(names.joined(separator: ", "))"
    case .texts: "list of texts"
    case .language: "language code"
    case .languages: "list of language codes"
    }
  }
}

/// A value that has been read and is in range. Durations are milliseconds, sizes bytes.
public enum OptionValue: Sendable, Equatable {
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case text(String)
  case list([String])
}

/// Why a value was refused, and what to write in its place.
public struct OptionProblem: Error, Sendable, Equatable {
  public var message: String
  /// A near miss among the choices.
  public var suggestion: String?
  public init(_ message: String, suggestion: String? = nil) {
    self.message = message
    self.suggestion = suggestion
  }
}

extension OptionType {
  /// Reads one scalar.
  ///
  /// - Parameter plain: written without quotes, so that `true` may be a truth value and `3` a number.
  /// - Throws: what is wrong; never for `.text`.
  public func read(_ scalar: String, plain: Bool) throws(OptionProblem) -> OptionValue {
    switch self {
    case .text, .condition:
      return .text(scalar)
    case .bool:
      if plain, scalar == "true" { return .bool(true) }
      if plain, scalar == "false" { return .bool(false) }
      throw OptionProblem("‘\(scalar)’ is not \(description)")
    case .integer(let range):
      guard plain, let value = Int(scalar) else { throw OptionProblem("‘\(scalar)’ is not a whole number") }
      guard range.contains(value) else { throw OptionProblem("\(value) is out of range: \(description)") }
      return .integer(value)
    case .number(let range):
      guard plain, let value = Double(scalar), value.isFinite else {
        throw OptionProblem("‘\(scalar)’ is not a number")
      }
      guard range.contains(value) else { throw OptionProblem("\(scalar) is out of range: \(description)") }
      return .number(value)
    case .duration(let range):
      guard let value = Self.quantity(scalar, units: Self.durationUnits) else {
        throw OptionProblem("‘\(scalar)’ is not a duration: write a number and ms, s, m, h or d, as in 500ms or 30d")
      }
      guard range.contains(value) else { throw OptionProblem("\(scalar) is out of range: \(description)") }
      return .integer(value)
    case .size(let range):
      guard let value = Self.quantity(scalar, units: Self.sizeUnits) else {
        throw OptionProblem("‘\(scalar)’ is not a size: write a number of bytes, or one with KiB, MiB or GiB")
      }
      guard range.contains(value) else { throw OptionProblem("\(scalar) is out of range: \(description)") }
      return .integer(value)
    case .choice(let names):
      if names.contains(scalar) { return .text(scalar) }
      throw OptionProblem(
        "‘\(scalar)’ is not one of \(names.joined(separator: ", "))", suggestion: nearest(to: scalar, among: names))
    case .language:
      if LanguageTag.isCode(scalar) { return .text(scalar) }
      throw OptionProblem(
        "‘\(scalar)’ is no language code: write one of ISO 639-1, two small letters as in en",
        suggestion: LanguageTag.code(meantBy: scalar))
    case .choices, .texts, .languages:
      throw OptionProblem("a list is wanted here: write [\(scalar)]")
    }
  }

  private static let durationUnits = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)]
  private static let sizeUnits = [
    ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("kB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000),
    ("B", 1), ("", 1),
  ]

  private static func quantity(_ scalar: String, units: [(String, Int)]) -> Int? {
    let digits = scalar.prefix(while: { $0.isASCII && $0.isNumber })
    guard let value = Int(digits) else { return nil }
    let rest = scalar.dropFirst(digits.count)
    guard let unit = units.first(where: { $0.0 == rest }) else { return nil }
    let (product, overflow) = value.multipliedReportingOverflow(by: unit.1)
    return overflow ? nil : product
  }

  /// Bytes of a size as it is written in a pipeline, such as `512MiB`; `nil` where it is none.
  public static func bytes(in text: String) -> Int? { quantity(text, units: sizeUnits) }

  /// The value with the largest unit that divides it.
  public static func describe(milliseconds: Int) -> String {
    for (name, factor) in durationUnits.reversed() where milliseconds % factor == 0 && milliseconds >= factor {
      return "\(milliseconds / factor)\(name)"
    }
    return "0s"
  }

  public static func describe(bytes: Int) -> String {
    for (name, factor) in [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)]
    where bytes % factor == 0 && bytes >= factor {
      return "\(bytes / factor)\(name)"
    }
    return "\(bytes)"
  }
}
