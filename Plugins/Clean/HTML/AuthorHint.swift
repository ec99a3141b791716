import Bytes
import StageKit

/// Whether an element says by its attributes that it names the author of the page.
enum AuthorHint {
  /// - Parameter names: what class, id, role and `itemprop` hint at.
  static func claim(
    _ bytes: Span<UInt8>, _ attributes: HTMLTokenizer.Attributes, names: Block.Context
  ) -> AuthorPlace.Claim? {
    if !attributes.rel.isEmpty, relations.contains(lowered: bytes, attributes.rel) { return .relation }
    guard names.contains(.authorName), names.isDisjoint(with: [.authorAside, .commentHint]) else { return nil }
    let isDeclared = !attributes.itemprop.isEmpty && relations.contains(lowered: bytes, attributes.itemprop)
    return isDeclared ? .relation : .name
  }

  private static let relations = WordSet(["author", "author nofollow", "nofollow author", "author external", "creator"])

  /// Words of classes that say so.
  static let names: StaticString = """
    author authors byline bylines writer writers journalist reporter auteur auteurs autor autores autorin autoren autore
    autori yazar forfatter skribent penulis verfasser redacteur
    """
  /// Words beside them that say that something else of the author stands there.
  static let asides: StaticString = """
    bio biography about avatar action actions description desc role job social follow email phone image img photo picture
    date time count comment comments commenter more related share tools tool thumb thumbnail label prefix
    """
}
