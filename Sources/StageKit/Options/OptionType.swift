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
      range == .min...(.max)
        ? "whole number"
        : range.upperBound == .max
          ? "whole number, \(range.lowerBound) or more" : "whole number, \(range.lowerBound) to \(range.upperBound)"
    case .number(let range):
      range.upperBound == .greatestFiniteMagnitude ? "number" : "number, \(range.lowerBound) to \(range.upperBound)"
    case .text: "text"
    case .condition: "condition, as in ‘words > 50’"
    case .duration(let range) where range.upperBound == .max:
      "duration, \(Self.describe(milliseconds: range.lowerBound)) or more"
    case .duration(let range):
      "duration, \(Self.describe(milliseconds: range.lowerBound)) to \(Self.describe(milliseconds: range.upperBound))"
    case .size(let range) where range.upperBound == .max: "size, \(Self.describe(bytes: range.lowerBound)) or more"
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
