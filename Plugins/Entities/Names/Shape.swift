import StageKit

/// How a token is written.
struct Shape: OptionSet, Sendable {
  let rawValue: UInt16
  /// Starts with a capital.
  static let capital = Shape(rawValue: 1)
  /// Two letters or more, all capitals.
  static let allCaps = Shape(rawValue: 2)
  /// “J.” or “J”.
  static let initial = Shape(rawValue: 4)
  static let lower = Shape(rawValue: 8)
  static let number = Shape(rawValue: 16)
  static let hyphen = Shape(rawValue: 32)
  /// Nothing stands between it and the token before.
  static let touching = Shape(rawValue: 64)
  static let personEnding = Shape(rawValue: 128)
  static let placeEnding = Shape(rawValue: 256)
  static let organizationEnding = Shape(rawValue: 512)
  /// “-ing”, “-ly”, “-ed”: an ending of common words.
  static let commonEnding = Shape(rawValue: 1024)
  static let possessive = Shape(rawValue: 2048)
  /// “PayPal”, but not “McCorr”.
  static let innerCapital = Shape(rawValue: 4096)
  /// Small letters of ASCII alone.
  static let plain = Shape(rawValue: 8192)

  func has(_ other: Shape) -> Bool { rawValue & other.rawValue != 0 }
}
