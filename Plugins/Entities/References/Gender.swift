import Bytes
import Lexicon
import StageKit

/// What a name, a title or an office says of a person's gender.
enum Gender: Sendable {
  case masculine, feminine, unknown

  /// Of the words of names and roles; `unknown` where they do not agree.
  static func of(_ hashes: some Sequence<WordHash>) -> Gender {
    var gender = Gender.unknown
    for hash in hashes {
      guard let one = Gender(word: Lexicon.english[hash].traits) else { continue }
      if gender != .unknown, gender != one { return .unknown }
      gender = one
    }
    return gender
  }

  /// Of a word of a name or a role; `nil` where it may be either.
  private init?(word: WordTraits) {
    if word.has(.male) {
      self = .masculine
    } else if word.has(.female) {
      self = .feminine
    } else if word.has(.masculineName) {
      self = .masculine
    } else if word.has(.feminineName) {
      self = .feminine
    } else {
      return nil
    }
  }

  /// `nil` for a word that is no pronoun of either.
  init?(pronoun: WordTraits) {
    if pronoun.has(.masculinePronoun) {
      self = .masculine
    } else if pronoun.has(.femininePronoun) {
      self = .feminine
    } else {
      return nil
    }
  }
}
