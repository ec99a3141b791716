import StageKit

extension JSONDialect {
  /// Our own: an object with `text` or `html`, and what else is known of the article by plain names.
  static let articleObject = JSONDialect(
    fits: { $0.hasString("text") || $0.hasString("html") },
    read: { (members) throws(InputError) in
      var object = ArticleObject()
      for member in members.all where !object.take(member) { object.article.keep(member) }
      object.article.text = object.html ?? object.text ?? []
      object.article.markup = object.html == nil ? nil : .html
      return object.article
    })
}

private struct ArticleObject {
  var article = JSONArticle()
  var text: [UInt8]?
  var html: [UInt8]?

  /// Returns whether all of the member was taken.
  mutating func take(_ member: JSONMembers.Member) -> Bool {
    let value = member.value
    switch (String(decoding: member.key, as: UTF8.self), value.kind) {
    case ("id", .string), ("id", .number): article.id = value.id
    case ("text", .string): text = value.string
    case ("html", .string): html = value.string
    case ("url", .string): article.metadata.url = value.string
    case ("title", .string): article.metadata.title = value.string
    case ("language", .string): return article.setLanguage(value.string ?? [])
    case ("published", .string): return article.publish(value.string ?? [])
    case ("byline", .string): article.metadata.byline = value.string.map { [$0] } ?? []
    case ("byline", .array):
      guard let names = value.strings else { return false }
      article.metadata.byline = names
    case ("tags", .array):
      guard let tags = value.strings else { return false }
      article.metadata.tags = tags
    default: return false
    }
    return true
  }
}
