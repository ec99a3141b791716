import Bytes
import Lexicon
import StageKit

/// What a name, a title or a role says of a person's gender.
enum Gender {
  case masculine, feminine, unknown

  init(of entity: Entity, in text: Span<UInt8>) {
    self = Self.title(of: entity, in: text)
    if self == .unknown { self = Self.givenName(of: entity) }
    if self == .unknown { self = Self.role(of: entity) }
  }

  private static func givenName(of entity: Entity) -> Gender {
    let name = entity.name.span
    var end = 0
    while end < name.count, name[end] != 0x20 { end += 1 }
    let first = WordHash(lowered: name, ByteSpan(0, end))
    let traits = Lexicon.english[first].traits
    if traits.has(.feminineName) { return .feminine }
    // “Russell” alone is a family name.
    return end < name.count && traits.has(.masculineName) ? .masculine : .unknown
  }

  private static func title(of entity: Entity, in text: Span<UInt8>) -> Gender {
    for span in entity.mentions where span.start > 2 {
      let end = span.start - 1
      var start = end
      while start > 0, text[start - 1] != 0x20, text[start - 1] != 0x0A, end - start < 9 { start -= 1 }
      let word = WordHash(lowered: text, ByteSpan(start, end))
      let gender = Gender(role: Lexicon.english[word].traits)
      if gender != .unknown { return gender }
    }
    return .unknown
  }

  private static func role(of entity: Entity) -> Gender {
    for role in entity.roles {
      let bytes = role.span
      var start = bytes.count
      while start > 0, bytes[start - 1] != 0x20, bytes[start - 1] != 0x2D { start -= 1 }
      let word = WordHash(lowered: bytes, ByteSpan(start, bytes.count))
      let gender = Gender(role: Lexicon.english[word].traits)
      if gender != .unknown { return gender }
    }
    return .unknown
  }

  /// Of a word that is a title, an office or a kinship.
  init(role: WordTraits) { self = role.has(.female) ? .feminine : role.has(.male) ? .masculine : .unknown }
}
