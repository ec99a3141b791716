import Lexicon
import StageKit

extension WordEntry {
  /// January is 1.
  var month: Int? { kind == .month ? Int(value) : nil }
}

extension WordTraits {
  static var givenName: Self { [.given, .masculineName, .feminineName] }
  static var anyMonth: Self { [.month, .monthAbbreviation] }
  static var anyWeekday: Self { [.weekday, .weekdayAbbreviation] }
  /// What tells a block of the page from another, function words aside.
  static var ofPages: Self { [.furniture, .legal, .reader, .credit, .reportVerb, .anyMonth, .ownVoice, .captionWord] }
}
