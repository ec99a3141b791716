import Lexicon
import StageKit

extension WordTraits {
  static var givenName: Self { [.given, .masculineName, .feminineName] }
  /// What tells a block of the page from another, function words aside.
  static var ofPages: Self { [.furniture, .legal, .reader, .credit, .reportVerb, .anyMonth, .ownVoice, .captionWord] }
}
