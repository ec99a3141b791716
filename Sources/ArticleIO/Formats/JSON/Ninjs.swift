import Bytes
import StageKit

extension JSONDialect {
  /// ninjs, the IPTC's News in JSON: 1.0 to 1.8 (`headline`, `body_html`), 2.0 to 2.4 (`headlines`, `bodies`), 3.0 to 3.3
  /// (with capitals: `versionCreated`); and that of Superdesk, which calls the `uri` `guid`.
  static let ninjs = JSONDialect(
    fits: { members in
      guard members.hasString("uri") || members.hasString("guid") else { return false }
      return members.all.contains { Ninjs.isTelling($0.key) }
    },
    read: { (members) throws(InputError) in try Ninjs.read(members) })
}

private enum Ninjs {
  /// Whether the key is one that hardly anybody else uses beside a `uri`.
  static func isTelling(_ key: [UInt8]) -> Bool {
    switch String(decoding: key, as: UTF8.self).lowercased() {
    case "headline", "headlines", "bodies", "descriptions", "versioncreated", "representationtype", "pubstatus": true
    default: key.starts(with: "body_".utf8) || key.starts(with: "description_".utf8)
    }
  }

  /// “By Ada Corr” as the byline prints it names Ada Corr.
  private static func withoutBy(_ byline: [UInt8]) -> [UInt8] {
    let isBy = byline.count > 3 && byline[0] | 0x20 == UInt8(ascii: "b") && byline[1] | 0x20 == UInt8(ascii: "y")
    return isBy && byline[2] == 0x20 ? Array(byline.dropFirst(3)) : byline
  }

  static func read(_ members: JSONMembers) throws(InputError) -> JSONArticle {
    var article = JSONArticle()
    guard let body = NinjsBody(members) else {
      throw InputError(
        .noText,
        "the ninjs object holds no text: neither a body nor a description in HTML or plain text")
    }
    (article.text, article.markup) = (body.text, body.markup)
    var rest = members
    rest.removeAll { $0.elementsEqual("bodies".utf8) || $0.starts(with: "body_".utf8) }
    article.id = rest.takeText("uri") ?? rest.takeText("guid")
    article.metadata.title = rest.takeText("headline") ?? mainHeadline(&rest) ?? rest.takeText("title")
    article.metadata.byline =
      (rest.takeText("byline") ?? rest.takeText("by")).map { [withoutBy($0)] } ?? JSONArticle.names(rest["authors"])
    publish(&article, &rest)
    if let tag = rest["language"]?.string, article.setLanguage(tag) { rest.remove("language") }
    if let keywords = rest["keywords"]?.strings {
      for keyword in keywords { article.add(tag: keyword) }
      rest.remove("keywords")
    }
    for name in JSONArticle.names(rest["subject"]) + JSONArticle.names(rest["subjects"]) { article.add(tag: name) }
    for member in rest.all { article.keep(member) }
    return article
  }

  /// The first of the headlines that is the main one, else the first.
  private static func mainHeadline(_ rest: inout JSONMembers) -> [UInt8]? {
    let headlines = (rest["headlines"]?.elements ?? []).compactMap(\.members)
    let main = headlines.first { $0["role"]?.string.map { $0.elementsEqual("main".utf8) } ?? false }
    guard let text = (main ?? headlines.first)?["value"]?.text else { return nil }
    if headlines.count == 1 { rest.remove("headlines") }
    return text
  }

  private static func publish(_ article: inout JSONArticle, _ rest: inout JSONMembers) {
    for key: StaticString in ["firstcreated", "firstCreated", "versioncreated", "versionCreated"] {
      guard let value = rest[key]?.string else { continue }
      let isWhole = article.publish(value)
      if isWhole { rest.remove(key) }
      if article.metadata.published != nil { return }
    }
  }
}

/// The text of a ninjs object, which may come in several forms. HTML counts before plain text, which often has lost its
/// paragraphs; a description counts where there is no body.
private struct NinjsBody {
  var text: [UInt8]
  var markup: Article.Markup?

  /// `nil` where there is none in HTML or plain text.
  init?(_ members: JSONMembers) {
    let bodies = Self.named("body_", members) + Self.listed(members["bodies"])
    let descriptions = Self.named("description_", members) + Self.listed(members["descriptions"])
    for forms in [bodies, descriptions] {
      if let best = forms.first(where: { $0.markup == .html }) ?? forms.first {
        self = best
        return
      }
    }
    return nil
  }

  /// Of ninjs 1: `body_html`, `body_text`.
  private static func named(_ prefix: String, _ members: JSONMembers) -> [NinjsBody] {
    members.all.compactMap { member in
      guard member.key.starts(with: prefix.utf8) else { return nil }
      return NinjsBody(member.value, form: member.key.dropFirst(prefix.utf8.count))
    }
  }

  /// Of ninjs 2 and 3: objects with `value`, and `contenttype` or `role`.
  private static func listed(_ bodies: JSONPart?) -> [NinjsBody] {
    (bodies?.elements ?? []).compactMap { body in
      guard let members = body.members, let value = members["value"] else { return nil }
      let form = members["contenttype"] ?? members["contentType"] ?? members["role"]
      return NinjsBody(value, form: (form?.string ?? [])[...])
    }
  }

  /// - Parameter form: what says in what form the text is: `html`, `text/plain`; empty where it may be either.
  private init?(_ value: JSONPart, form: ArraySlice<UInt8>) {
    guard let text = value.text else { return nil }
    self.text = text
    let form = String(decoding: form, as: UTF8.self).lowercased()
    if form.contains("html") {
      markup = .html
    } else if ["nitf", "xml", "json"].contains(where: form.contains) {
      return nil
    } else if form.contains("/"), !form.hasPrefix("text/plain") {
      return nil
    } else if !form.contains("text"), text.first(where: { !ByteClass($0).isAny(of: .space) }) == UInt8(ascii: "<") {
      markup = .html
    }
  }
}
