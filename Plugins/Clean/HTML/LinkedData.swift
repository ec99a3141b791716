import Bytes
import StageKit

/// What JSON-LD says of the article: a scan over the brackets, without a tree. Broken JSON gives what stands before the
/// break.
///
/// The objects of `@graph` and of lists count like any other. Of several, an article counts more than the page around it,
/// and a page more than anything else.
struct LinkedData {
  private(set) var headline: Snippet?
  private(set) var published: Snippet?
  private(set) var modified: Snippet?
  private(set) var url: Snippet?
  private var authorNames: [Author] = []
  /// Names of what has an address of its own in the page's JSON-LD.
  private var nodes: [WordHash: Snippet] = [:]
  /// The names of the authors, those told by an address among them.
  var authors: [Snippet] {
    authorNames.compactMap { author in
      switch author {
      case .name(let name): name
      case .node(let id): nodes[id]
      }
    }
  }
  /// The whole text of the article, as it stands in the string; empty where it is not told.
  private(set) var body = ByteSpan(0, 0)
  /// Names of publishers and sites.
  private(set) var siteNames: [[UInt8]] = []

  private enum Author {
    case name(Snippet)
    /// By its `@id`.
    case node(WordHash)
  }

  private enum Rank: Int { case other, page, article }
  /// Of what each of the above was taken from.
  private var ranks = (headline: -1, published: -1, modified: -1, url: -1, authors: -1)

  /// An object or list that is open.
  private struct Frame {
    /// What it is the value of.
    var key: Key?
    var isObject: Bool
    var rank = Rank.other
    var isSite = false
    /// Inside something that is no part of the article: its publisher, an image, a comment.
    var isAside: Bool
    var name: Snippet?
    var headline: Snippet?
    var published: Snippet?
    var modified: Snippet?
    var url: Snippet?
    var id: Snippet?
    var authors: [Author] = []
  }

  private enum Key {
    case type, headline, published, modified, author, name, url, id, page, graph, publisher, aside, body
  }

  private static let deepest = 64
  private static let mostNames = 20
  private static let mostNodes = 200

  mutating func read(_ bytes: Span<UInt8>, _ span: ByteSpan) {
    var frames: [Frame] = []
    var key: Key?
    var (at, tooDeep) = (span.start, 0)
    /// Of the last object that closed all brackets.
    var outermost = Rank.other
    while at < span.end {
      switch bytes[at] {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        if frames.count < Self.deepest {
          // The members of a list stand under the list's key.
          let own = frames.last.map { $0.isObject ? key : $0.key } ?? nil
          let isAside = frames.last?.isAside ?? false || own == .aside || own == .publisher
          frames.append(Frame(key: own, isObject: bytes[at] == UInt8(ascii: "{"), isAside: isAside))
        } else {
          tooDeep += 1
        }
        key = nil
        at += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if tooDeep > 0 {
          tooDeep -= 1
        } else if let frame = frames.popLast() {
          if frames.isEmpty { outermost = frame.rank }
          close(frame, in: &frames)
        }
        key = nil
        at += 1
      case UInt8(ascii: "\""):
        let start = at + 1
        at = start
        at = Self.endOfString(bytes, at, span.end)
        let string = ByteSpan(start, max(start, min(at, span.end)))
        at += 1
        while at < span.end, bytes[at] <= 0x20 { at += 1 }
        if frames.isEmpty {
          // A bracket too many: what follows it still belongs to the object.
          frames.append(Frame(isObject: true, rank: outermost, isAside: false))
        }
        if at < span.end, bytes[at] == UInt8(ascii: ":"), frames.last?.isObject ?? false {
          key = Self.keys[WordHash(bytes, string)]
          at += 1
        } else if tooDeep == 0, !frames.isEmpty {
          let place = frames.count - 1
          if let own = frames[place].isObject ? key : frames[place].key { note(bytes, string, own, &frames[place]) }
          if frames[place].isObject { key = nil }
        }
      case UInt8(ascii: ","):
        key = nil
        at += 1
      default: at += 1
      }
    }
    // What was never closed counts as it stands.
    while let frame = frames.popLast() { close(frame, in: &frames) }
  }

  /// The mark that ends a string: one that nothing of JSON follows was meant to stand in it.
  private static func endOfString(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    var at = start
    while at < end {
      if bytes[at] == UInt8(ascii: "\\") {
        at += 2
        continue
      }
      guard bytes[at] == UInt8(ascii: "\"") else {
        at += 1
        continue
      }
      var next = at + 1
      while next < end, bytes[next] <= 0x20 { next += 1 }
      guard next < end else { return at }
      switch bytes[next] {
      case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: "\""),
        UInt8(ascii: "/"), UInt8(ascii: ";"), UInt8(ascii: "<"):
        return at
      default: at = next
      }
    }
    return min(at, end)
  }

  private mutating func note(_ bytes: Span<UInt8>, _ string: ByteSpan, _ key: Key, _ frame: inout Frame) {
    if key == .body {
      if !frame.isAside, string.count > body.count { body = string }
      return
    }
    func snippet() -> Snippet { Snippet(text: JSONText.unescape(bytes, string), source: string) }
    guard string.count > 0, string.count <= 2000 else { return }
    switch key {
    case .type:
      let kind = Self.kind(bytes, string)
      if kind.rank.rawValue > frame.rank.rawValue { frame.rank = kind.rank }
      if kind.isSite { frame.isSite = true }
    case .headline: if frame.headline == nil { frame.headline = snippet() }
    case .published: if frame.published == nil { frame.published = snippet() }
    case .modified: if frame.modified == nil { frame.modified = snippet() }
    case .name: if frame.name == nil { frame.name = snippet() }
    case .url: if frame.url == nil { frame.url = snippet() }
    case .page: frame.url = snippet()
    case .id: frame.id = snippet()
    case .author:
      guard frame.authors.count < Self.mostNames else { return }
      let author = snippet()
      frame.authors.append(author.text.starts(with: "http".utf8) ? .node(WordHash(author.text)) : .name(author))
    case .graph, .publisher, .aside, .body: break
    }
  }

  private mutating func close(_ frame: Frame, in frames: inout [Frame]) {
    if !frame.isObject {
      // A list of types, or of names.
      guard let place = frames.indices.last else { return }
      frames[place].authors += frame.authors.prefix(max(0, Self.mostNames - frames[place].authors.count))
      if frame.key == .type, frame.rank.rawValue > frames[place].rank.rawValue { frames[place].rank = frame.rank }
      if frame.key == .type, frame.isSite { frames[place].isSite = true }
      if frame.key == .name, frames[place].name == nil { frames[place].name = frame.name }
      return
    }
    if frame.key == .name {
      // “"name": {"@value": …}”
      if let place = frames.indices.last, frames[place].name == nil { frames[place].name = frame.name }
      return
    }
    if let id = frame.id, let name = frame.name, nodes.count < Self.mostNodes { nodes[WordHash(id.text)] = name }
    if frame.key == .publisher || frame.isSite && frame.key != .author, let name = frame.name,
      siteNames.count < Self.mostNames
    {
      siteNames.append(name.text)
    }
    if frame.key == .author, !frame.isAside {
      if let place = frames.indices.last, frames[place].authors.count < Self.mostNames {
        if let name = frame.name {
          frames[place].authors.append(.name(name))
        } else if let id = frame.id ?? frame.url {
          frames[place].authors.append(.node(WordHash(id.text)))
        }
      }
      return
    }
    if frame.isAside { return }
    func take(_ value: Snippet?, _ known: inout Snippet?, _ rank: inout Int) {
      guard let value, !value.text.isEmpty, frame.rank.rawValue > rank else { return }
      (known, rank) = (value, frame.rank.rawValue)
    }
    take(frame.headline, &headline, &ranks.headline)
    take(frame.published, &published, &ranks.published)
    take(frame.modified, &modified, &ranks.modified)
    if frame.rank != .other { take(frame.url ?? frame.id, &url, &ranks.url) }
    if !frame.authors.isEmpty, frame.rank.rawValue > ranks.authors {
      (authorNames, ranks.authors) = (frame.authors, frame.rank.rawValue)
    }
  }

  /// `NewsArticle`, `http://schema.org/BlogPosting`, `WebPage`, `Organization`.
  private static func kind(_ bytes: Span<UInt8>, _ type: ByteSpan) -> (rank: Rank, isSite: Bool) {
    var start = type.end
    while start > type.start, ByteClass(bytes[start - 1]).isAny(of: .letter) { start -= 1 }
    let name = ByteSpan(start, type.end)
    if sites.contains(bytes, name) { return (.other, true) }
    if pages.contains(bytes, name) { return (.page, false) }
    return (articles.contains(bytes, name) || ends(bytes, name, "Article") ? .article : .other, false)
  }

  private static func ends(_ bytes: Span<UInt8>, _ name: ByteSpan, _ tail: StaticString) -> Bool {
    let count = tail.utf8CodeUnitCount
    guard name.count >= count else { return false }
    return tail.withUTF8Buffer { tail in (0..<count).allSatisfy { tail[$0] == bytes[name.end - count + $0] } }
  }

  private static let articles = WordSet([
    "Article", "BlogPosting", "LiveBlogPosting", "SocialMediaPosting", "Report", "Review", "ReviewNewsArticle",
    "Recipe",
  ])
  private static let pages = WordSet(["WebPage", "ItemPage", "CollectionPage", "FAQPage", "AboutPage", "VideoObject"])
  private static let sites = WordSet(["Organization", "NewsMediaOrganization", "WebSite", "Corporation", "Brand"])

  private static let keys: WordTable<Key> = {
    var table = WordTable<Key>(capacity: 64)
    let pairs: [(String, Key)] = [
      ("articleBody", .body), ("@type", .type), ("headline", .headline), ("datePublished", .published),
      ("dateModified", .modified),
      ("author", .author),
      ("creator", .author), ("name", .name), ("@value", .name), ("url", .url), ("mainEntityOfPage", .page),
      ("@id", .id),
      ("@graph", .graph), ("publisher", .publisher), ("sourceOrganization", .publisher), ("isPartOf", .aside),
      ("image", .aside), ("logo", .aside), ("comment", .aside), ("hasPart", .aside), ("associatedMedia", .aside),
      ("review", .aside), ("itemListElement", .aside), ("video", .aside), ("about", .aside), ("mentions", .aside),
      ("copyrightHolder", .aside), ("editor", .aside), ("contributor", .aside), ("thumbnail", .aside),
      ("potentialAction", .aside), ("breadcrumb", .aside), ("primaryImageOfPage", .aside), ("sameAs", .aside),
      ("worksFor", .aside), ("liveBlogUpdate", .aside), ("citation", .aside), ("isBasedOn", .aside),
    ]
    for (name, key) in pairs { table.insert(WordHash(name.utf8), key) }
    return table
  }()
}

/// Strings inside JSON.
enum JSONText {
  /// The string without its escapes; HTML inside it is decoded, because sites put it there.
  static func unescape(_ bytes: Span<UInt8>, _ span: ByteSpan) -> [UInt8] {
    var out: [UInt8] = []
    var at = span.start
    while at < span.end {
      let byte = bytes[at]
      at += 1
      guard byte == UInt8(ascii: "\\"), at < span.end else {
        out.append(byte)
        continue
      }
      let escape = bytes[at]
      at += 1
      switch escape {
      case UInt8(ascii: "u"):
        guard var value = hex(bytes, at, span.end) else { continue }
        at += 4
        if value >= 0xD800, value < 0xDC00, at + 6 <= span.end, let low = hex(bytes, at + 2, span.end),
          low >= 0xDC00, low < 0xE000
        {
          value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
          at += 6
        }
        UTF8Scalar.append(value >= 0xD800 && value < 0xE000 ? 0xFFFD : value, to: &out)
      case UInt8(ascii: "n"), UInt8(ascii: "t"), UInt8(ascii: "r"), UInt8(ascii: "b"), UInt8(ascii: "f"):
        out.append(0x20)
      default: out.append(escape)
      }
    }
    return PageHead.decode(out.span, ByteSpan(0, out.count))
  }

  private static func hex(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> UInt32? {
    guard start + 4 <= end else { return nil }
    var value: UInt32 = 0
    for at in start..<start + 4 {
      guard let digit = bytes[at].hexValue else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}
