import Bytes
import Lexicon
import StageKit

extension Gender {
  /// What the name, a title before it or the roles of a person say.
  public init(of entity: Entity, in text: Span<UInt8>) {
    self = Self.title(of: entity, in: text)
    if self == .unknown { self = Self.givenName(of: entity) }
    if self == .unknown { self = Self.role(of: entity) }
  }

  private static func givenName(of entity: Entity) -> Gender {
    let name = entity.name.span
    var end = 0
    while end < name.count, name[end] != 0x20 { end += 1 }
    let traits = Lexicon.english[WordHash(lowered: name, ByteSpan(0, end))].traits
    if traits.has(.feminineName) { return .feminine }
    // “Russell” alone is a family name.
    return end < name.count && traits.has(.masculineName) ? .masculine : .unknown
  }

  /// Of the word before a mention.
  private static func title(of entity: Entity, in text: Span<UInt8>) -> Gender {
    for span in entity.mentions.prefix(mostMentions) where span.start > 2 {
      let end = span.start - 1
      var start = end
      while start > 0, text[start - 1] != 0x20, text[start - 1] != 0x0A, end - start < longestTitle { start -= 1 }
      let gender = Gender(role: Lexicon.english[WordHash(lowered: text, ByteSpan(start, end))].traits)
      if gender != .unknown { return gender }
    }
    return .unknown
  }

  /// Bytes.
  private static let longestTitle = 16
  /// So many tell whether there are titles.
  private static let mostMentions = 256

  /// Of the last word of a role.
  private static func role(of entity: Entity) -> Gender {
    for role in entity.roles {
      let bytes = role.span
      var start = bytes.count
      while start > 0, bytes[start - 1] != 0x20, bytes[start - 1] != 0x2D { start -= 1 }
      let gender = Gender(role: Lexicon.english[WordHash(lowered: bytes, ByteSpan(start, bytes.count))].traits)
      if gender != .unknown { return gender }
    }
    return .unknown
  }

  /// Of a word that is a title, an office or a kinship.
  public init(role: WordTraits) { self = role.has(.female) ? .feminine : role.has(.male) ? .masculine : .unknown }

  /// `nil` for a word that is no pronoun of either.
  public init?(pronoun: WordTraits) {
    if pronoun.has(.masculinePronoun) {
      self = .masculine
    } else if pronoun.has(.femininePronoun) {
      self = .feminine
    } else {
      return nil
    }
  }
}
