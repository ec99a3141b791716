import StageKit

extension JSONDialect {
  /// An item of a JSON Feed (jsonfeed.org, versions 1 and 1.1).
  static let jsonFeedItem = JSONDialect(
    fits: { $0.hasString("content_html") || $0.hasString("content_text") || $0.hasString("summary") },
    read: { (members) throws(InputError) in
      var article = JSONArticle()
      var rest = members
      if let html = rest.takeText("content_html") {
        (article.text, article.markup) = (html, .html)
        rest.remove("content_text")
      } else if let text = rest.takeText("content_text") ?? rest.takeText("summary") {
        article.text = text
      } else {
        throw InputError(
          .noText, "the item has neither ‘content_html’ nor ‘content_text’ nor ‘summary’ with a text in it")
      }
      if let id = rest["id"]?.id, !id.isEmpty {
        article.id = id
        rest.remove("id")
      }
      article.metadata.url = rest.takeText("url")
      article.metadata.title = rest.takeText("title")
      if let value = rest["date_published"]?.string, article.publish(value) { rest.remove("date_published") }
      if let tag = rest["language"]?.string, article.setLanguage(tag) { rest.remove("language") }
      for tag in rest["tags"]?.strings ?? [] { article.add(tag: tag) }
      if rest["tags"]?.strings != nil { rest.remove("tags") }
      // Version 1 has one author, and its key may stand beside that of 1.1 for programs that know no other.
      let authors = JSONArticle.names(rest["authors"])
      article.metadata.byline = authors.isEmpty ? (rest["author"]?.members?["name"]?.text).map { [$0] } ?? [] : authors
      for member in rest.all { article.keep(member) }
      return article
    })
}

extension JSONMembers {
  /// Whether the object is a JSON Feed, a list of articles.
  var areFeed: Bool {
    guard self["items"]?.kind == .array, let version = self["version"]?.string, !JSONDialect.articleObject.fits(self)
    else { return false }
    return String(decoding: version, as: UTF8.self).contains("jsonfeed.org/version/")
  }
}

/// The items of a JSON Feed.
struct JSONFeedItems: ItemCutter {
  private var items: ArraySlice<JSONPart>
  /// `"language":"en",` and the like: what holds of every item that does not say otherwise.
  private var language: [UInt8] = []
  private var authors: [UInt8] = []

  /// So that a feed of short items with a long list of authors does not grow without measure.
  private static let longestDefault = 4096

  /// Stands in the version of every feed, whether its slashes are escaped or not.
  static let word: StaticString = "jsonfeed.org"

  /// What a `.json` file holds.
  static func cut(_ file: [UInt8]) throws(InputError) -> FileContent {
    let decoded = try DecodedText(file, .json)
    guard decoded.text.span.holds(word, in: 0..<decoded.text.count) else { return .one }
    // What is no JSON is one article, and its decoder says what is wrong.
    guard let members = try? JSONMembers(decoded.text), members.areFeed else { return .one }
    return .many(JSONFeedItems(members), encoding: decoded.encoding)
  }

  private init(_ feed: JSONMembers) {
    items = (feed["items"]?.elements ?? [])[...]
    language = Self.member("language", feed)
    authors = feed["authors"] == nil ? Self.member("author", feed) : Self.member("authors", feed)
  }

  private static func member(_ key: StaticString, _ feed: JSONMembers) -> [UInt8] {
    guard let value = feed[key], value.range.count <= longestDefault else { return [] }
    return Array("\"\(key)\":".utf8) + value.raw + [UInt8(ascii: ",")]
  }

  /// The item as it stands in the feed, after what the feed says for it.
  mutating func next() -> [UInt8]? {
    guard let item = items.popFirst() else { return nil }
    guard let members = item.members, !members.all.isEmpty else { return Array(item.raw) }
    var bytes = [UInt8(ascii: "{")]
    if members["language"] == nil { bytes += language }
    if members["author"] == nil, members["authors"] == nil { bytes += authors }
    return bytes + item.raw.dropFirst()
  }
}
