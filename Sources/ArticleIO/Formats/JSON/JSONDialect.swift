import StageKit

/// A form of JSON objects that are articles, told by their keys. A new one is a value of its own file, and a line in `all`.
struct JSONDialect: Sendable {
  /// Whether an object with these members has this form. The first that says so reads it.
  let fits: @Sendable (JSONMembers) -> Bool
  let read: @Sendable (JSONMembers) throws(InputError) -> JSONArticle

  static let all: [JSONDialect] = [.articleObject, .ninjs, .jsonFeedItem]
}

/// What a dialect found.
struct JSONArticle {
  var id: [UInt8]?
  var text: [UInt8] = []
  var markup: Article.Markup?
  var metadata = Article.Metadata()
  private var extra = JSONWriter()

  /// Tags, names and the like that are taken of one input.
  private static let mostOfAKind = 100

  /// Adds a tag that is not there yet.
  mutating func add(tag: [UInt8]) {
    if metadata.tags.count < Self.mostOfAKind, !metadata.tags.contains(tag) { metadata.tags.append(tag) }
  }

  /// Takes the names of objects with a `name`.
  static func names(_ objects: JSONPart?) -> [[UInt8]] {
    (objects?.elements ?? []).lazy.compactMap { $0.members?["name"]?.text }.prefix(mostOfAKind).map(\.self)
  }

  /// Leaves a member under `meta`.
  mutating func keep(_ member: JSONMembers.Member) {
    extra.byte(extra.bytes.isEmpty ? UInt8(ascii: "{") : UInt8(ascii: ","))
    extra.string(member.key)
    extra.byte(UInt8(ascii: ":"))
    // A line end may stand between tokens of a .json file, and the record is one line. Inside strings it is escaped.
    extra.raw(member.value.raw.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 })
  }

  /// Takes the day of publication, and the instant.
  ///
  /// - Returns: whether nothing else stands there, so that it need not be kept.
  mutating func publish(_ value: [UInt8]) -> Bool {
    guard let date = PublicationDate(value) else { return false }
    metadata.published = date.day.iso
    metadata.publishedAt = date.instant
    return value.count == 10 || date.instant != nil
  }

  /// - Returns: whether it is the tag of a language, and was taken.
  mutating func setLanguage(_ text: [UInt8]) -> Bool {
    guard let tag = LanguageTag.read(text) else { return false }
    metadata.language = tag
    return true
  }

  /// Call it once, at the end.
  mutating func finish() {
    if extra.bytes.isEmpty { return }
    extra.byte(UInt8(ascii: "}"))
    metadata.extra = extra.take()
  }
}

extension RawArticle {
  /// Reads a JSON object in whatever dialect it is.
  func decodeJSON(name: SourceName) throws(InputError) -> Article {
    let decoded = try decodedText(.json)
    let members = try JSONMembers(article: decoded.text)
    if members.areFeed {
      throw InputError(
        .notOne, "a JSON Feed is a list of articles, and one is wanted here: put it into a .json file of its own")
    }
    guard let dialect = JSONDialect.all.first(where: { $0.fits(members) }) else {
      throw InputError(
        .noText,
        "the object has neither ‘text’ nor ‘html’ with a string in it, and is neither ninjs nor an item of a JSON Feed")
    }
    var found = try dialect.read(members)
    found.finish()
    return article(
      name: name, encoding: decoded.encoding, id: found.id, text: found.text, markup: found.markup,
      metadata: found.metadata)
  }
}

extension JSONMembers {
  /// - Throws: with the place in words, where the text is no JSON object.
  init(article text: [UInt8]) throws(InputError) {
    do throws(JSONError) {
      self = try JSONMembers(text)
    } catch {
      let before = text.prefix(error.offset).split(separator: 0x0A, omittingEmptySubsequences: false)
      let column = (before.last ?? []).count(where: { $0 & 0xC0 != 0x80 }) + 1
      let place = before.count > 1 ? "line \(before.count), column \(column)" : "column \(column)"
      throw InputError(.notJSON, "not JSON at \(place): \(error.message)")
    }
  }
}
