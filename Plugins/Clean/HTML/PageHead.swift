import StageKit

/// What the head of an HTML page, its meta tags and its JSON-LD tell of the article.
struct PageHead {
  /// From the surest source to the least sure.
  enum Source: Int, CaseIterable { case linkedData, itemprop, meta, element }

  private var titles = [[UInt8]?](repeating: nil, count: Source.allCases.count)
  private var dates = [[UInt8]?](repeating: nil, count: Source.allCases.count)
  private var authors = [[[UInt8]]](repeating: [], count: Source.allCases.count)
  /// The next script is JSON-LD.
  var isLinkedData = false

  var title: [UInt8]? { titles.compactMap { $0 }.first }
  var dateTexts: [[UInt8]] { dates.compactMap { $0 } }
  var byline: [[UInt8]] { authors.first { !$0.isEmpty } ?? [] }
  /// What the `title` element holds, the site's name and all.
  private(set) var windowTitle: [UInt8]?

  mutating func noteTitle(_ bytes: Span<UInt8>, _ span: ByteSpan) {
    if windowTitle == nil, span.count <= 4096 { windowTitle = Self.decode(bytes, span) }
  }

  mutating func noteMeta(_ bytes: Span<UInt8>, _ attributes: HTMLTokenizer.Attributes) {
    for key in [attributes.property, attributes.name, attributes.itemprop] where !key.isEmpty {
      guard let kind = Self.metaKeys[WordHash(lowered: bytes, key)], !attributes.content.isEmpty else { continue }
      let value = Self.decode(bytes, attributes.content)
      let source = key == attributes.itemprop ? Source.itemprop : .meta
      note(kind, value, source)
      return
    }
  }

  mutating func noteElement(_ bytes: Span<UInt8>, _ tag: Tag, _ attributes: HTMLTokenizer.Attributes) {
    if tag == .time, !attributes.datetime.isEmpty {
      let isPublication =
        !attributes.itemprop.isEmpty && Self.metaKeys[WordHash(lowered: bytes, attributes.itemprop)] == .date
      note(.date, Self.decode(bytes, attributes.datetime), isPublication ? .itemprop : .element)
    } else if !attributes.content.isEmpty, let kind = Self.metaKeys[WordHash(lowered: bytes, attributes.itemprop)] {
      note(kind, Self.decode(bytes, attributes.content), .itemprop)
    }
  }

  private enum Kind { case title, date, author }

  private mutating func note(_ kind: Kind, _ value: [UInt8], _ source: Source) {
    if value.isEmpty || value.count > 1000 { return }
    switch kind {
    case .title: if titles[source.rawValue] == nil { titles[source.rawValue] = value }
    case .date: if dates[source.rawValue] == nil { dates[source.rawValue] = value }
    case .author:
      // Some pages put the address of a profile here.
      if value.starts(with: "http".utf8) || authors[source.rawValue].count > 20 { return }
      if !authors[source.rawValue].contains(value) { authors[source.rawValue].append(value) }
    }
  }

  private static let metaKeys: WordTable<Kind> = {
    var table = WordTable<Kind>(capacity: 64)
    for (kind, list) in [
      (Kind.title, "og:title twitter:title headline dc.title sailthru.title parsely-title hdl"),
      (
        .date,
        "article:published_time og:article:published_time datepublished date dc.date dc.date.issued pubdate publishdate publish-date publication_date sailthru.date parsely-pub-date cxenseparse:recs:publishtime article.published dcterms.created originalpublicationdate ptime og:pubdate article:published displaydate dat"
      ),
      (
        .author,
        "author article:author dc.creator byl parsely-author sailthru.author dcterms.creator byline twitter:creator:name cxenseparse:author"
      ),
    ] {
      for key in list.split(separator: " ") { table.insert(WordHash(key.utf8), kind) }
    }
    return table
  }()

  // MARK: JSON-LD

  static func isLinkedData(_ bytes: Span<UInt8>, _ type: ByteSpan) -> Bool {
    WordHash(lowered: bytes, type) == linkedDataType
  }
  private static let linkedDataType = WordHash("application/ld+json".utf8)

  /// A light scan: strings, and the keys they stand under. Broken JSON gives what stands before the break.
  mutating func noteLinkedData(_ bytes: Span<UInt8>, _ span: ByteSpan) {
    var keys: [WordHash?] = []
    var key: WordHash?
    var at = span.start
    while at < span.end {
      switch bytes[at] {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        if keys.count < 64 { keys.append(key) }
        if bytes[at] == UInt8(ascii: "{") { key = nil }
        at += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        key = keys.popLast() ?? nil
        at += 1
      case UInt8(ascii: ","):
        at += 1
      case UInt8(ascii: "\""):
        let start = at + 1
        at = start
        while at < span.end, bytes[at] != UInt8(ascii: "\"") { at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1 }
        let string = ByteSpan(start, min(at, span.end))
        at += 1
        while at < span.end, bytes[at] <= 0x20 { at += 1 }
        if at < span.end, bytes[at] == UInt8(ascii: ":") {
          key = WordHash(bytes, string)
          at += 1
        } else if let key {
          noteLinked(bytes, string, key: key, under: keys)
        }
      default: at += 1
      }
    }
  }

  private mutating func noteLinked(_ bytes: Span<UInt8>, _ string: ByteSpan, key: WordHash, under keys: [WordHash?]) {
    let isDirect = !keys.contains(Self.publisher) && !keys.contains(Self.image)
    guard isDirect else { return }
    if key == Self.headline {
      note(.title, Self.unescape(bytes, string), .linkedData)
    } else if key == Self.datePublished {
      note(.date, Self.unescape(bytes, string), .linkedData)
    } else if key == Self.author || key == Self.name && keys.suffix(2).contains(Self.author) {
      note(.author, Self.unescape(bytes, string), .linkedData)
    }
  }

  private static let headline = WordHash("headline".utf8)
  private static let datePublished = WordHash("datePublished".utf8)
  private static let author = WordHash("author".utf8)
  private static let name = WordHash("name".utf8)
  private static let publisher = WordHash("publisher".utf8)
  private static let image = WordHash("image".utf8)

  private static func unescape(_ bytes: Span<UInt8>, _ span: ByteSpan) -> [UInt8] {
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
    // Sites put HTML inside JSON.
    return decode(out.span, ByteSpan(0, out.count))
  }

  private static func hex(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> UInt32? {
    guard start + 4 <= end else { return nil }
    var value: UInt32 = 0
    for at in start..<start + 4 {
      switch bytes[at] {
      case 0x30...0x39: value = value << 4 | UInt32(bytes[at] - 0x30)
      case 0x41...0x46, 0x61...0x66: value = value << 4 | UInt32((bytes[at] | 0x20) - 0x57)
      default: return nil
      }
    }
    return value
  }

  /// References decoded, white space folded and trimmed.
  static func decode(_ bytes: Span<UInt8>, _ span: ByteSpan) -> [UInt8] {
    var out: [UInt8] = []
    var at = span.start
    var isGap = false
    while at < span.end {
      if let length = spaceLength(bytes, at) {
        isGap = true
        at += length
        continue
      }
      let found =
        bytes[at] == UInt8(ascii: "&") ? CharacterReferences.read(bytes, at: at, end: span.end, inAttribute: true) : nil
      if let found, UTF8Scalar.isSpace(found.value) {
        isGap = true
        at += found.length
        continue
      }
      if isGap, !out.isEmpty { out.append(0x20) }
      isGap = false
      if let found {
        UTF8Scalar.append(found.value, to: &out)
        at += found.length
      } else {
        let length = min(UTF8Scalar.length(first: bytes[at]), span.end - at)
        for offset in at..<at + length { out.append(bytes[offset]) }
        at += length
      }
    }
    return out
  }
}
