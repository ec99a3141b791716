import Bytes
import StageKit

/// What the head of an HTML page, its meta tags and its JSON-LD tell of the article.
struct PageHead {
  /// Where authors are named, from the surest source to the least sure. JSON-LD is surer than both.
  private enum Source: Int, CaseIterable { case itemprop, meta }

  /// Where an HTML page says when it appeared, or when it was changed.
  enum DateKind: Int, CaseIterable {
    case linkedData, publication, itemprop, meta, publishedElement, element, address
    case linkedModified, modified, modifiedElement

    var isChange: Bool { rawValue >= DateKind.linkedModified.rawValue }
  }

  private(set) var linkedData = LinkedData()
  private var titles: [Snippet] = []
  private var dates = [[Snippet]](repeating: [], count: DateKind.allCases.count)
  private var authors = [[Snippet]](repeating: [], count: Source.allCases.count)
  private var addresses = [Snippet?](repeating: nil, count: 2)
  private var sites: [[UInt8]] = []
  /// The next script is JSON-LD.
  var isLinkedData = false
  /// What the `title` element holds, the site's name and all.
  private(set) var windowTitle: Snippet?

  private static let mostOfAKind = 20

  /// The headline as JSON-LD, OpenGraph and the like have it, each once, the surest first.
  var declaredTitles: [Snippet] { (linkedData.headline.map { [$0] } ?? []) + titles }
  /// What may be a day or instant of publication or change, of each kind in the page's order.
  var dateTexts: [(kind: DateKind, text: Snippet)] {
    var texts = DateKind.allCases.flatMap { kind in dates[kind.rawValue].map { (kind, $0) } }
    if let published = linkedData.published { texts.append((.linkedData, published)) }
    if let modified = linkedData.modified { texts.append((.linkedModified, modified)) }
    return texts
  }
  var byline: [Snippet] {
    linkedData.authors.isEmpty ? authors.first { !$0.isEmpty } ?? [] : linkedData.authors
  }
  /// What the site calls itself.
  var siteNames: [[UInt8]] { sites + linkedData.siteNames }

  /// The canonical address: of the link element, else of OpenGraph, else of JSON-LD; absolute, `http` or `https`.
  var address: [UInt8]? {
    for found in addresses + [linkedData.url] {
      if let text = found?.text, text.starts(with: "http://".utf8) || text.starts(with: "https://".utf8),
        text.count > 10, !text.contains(where: { $0 <= 0x20 })
      {
        return text
      }
    }
    return nil
  }

  mutating func noteTitle(_ bytes: Span<UInt8>, _ span: ByteSpan) {
    if windowTitle == nil, span.count <= 4096 {
      let text = Self.decode(bytes, span)
      if !text.isEmpty { windowTitle = Snippet(text: text, source: span) }
    }
  }

  mutating func noteMeta(_ bytes: Span<UInt8>, _ attributes: HTMLTokenizer.Attributes) {
    for key in [attributes.property, attributes.name, attributes.itemprop] where !key.isEmpty {
      guard let kind = Self.metaKeys[WordHash(lowered: bytes, key)], !attributes.content.isEmpty else { continue }
      note(kind, bytes, attributes.content, key == attributes.itemprop ? .itemprop : .meta)
      return
    }
  }

  mutating func noteLink(_ bytes: Span<UInt8>, _ attributes: HTMLTokenizer.Attributes) {
    guard WordHash(lowered: bytes, attributes.rel) == Self.canonical, addresses[0] == nil else { return }
    addresses[0] = Snippet(text: Self.decode(bytes, attributes.href), source: attributes.href)
  }
  private static let canonical = WordHash("canonical".utf8)

  mutating func noteElement(_ bytes: Span<UInt8>, _ tag: Tag, _ attributes: HTMLTokenizer.Attributes) {
    if tag == .time, !attributes.datetime.isEmpty {
      let meaning = attributes.itemprop.isEmpty ? nil : Self.metaKeys[WordHash(lowered: bytes, attributes.itemprop)]
      let kind: DateKind =
        switch (meaning, DateLabel(bytes, name: attributes.class)) {
        case (.date, _): .itemprop
        case (.modified, _), (_, .updated): .modifiedElement
        case (_, .published): .publishedElement
        default: .element
        }
      noteDate(kind, bytes, attributes.datetime)
    } else if !attributes.content.isEmpty, let kind = Self.metaKeys[WordHash(lowered: bytes, attributes.itemprop)] {
      note(kind, bytes, attributes.content, .itemprop)
    }
  }

  private enum Kind { case title, publication, date, modified, author, address, site }

  private mutating func noteDate(_ kind: DateKind, _ bytes: Span<UInt8>, _ span: ByteSpan) {
    guard span.count <= 200, dates[kind.rawValue].count < Self.mostOfAKind else { return }
    let value = Snippet(text: Self.decode(bytes, span), source: span)
    if !dates[kind.rawValue].contains(where: { $0.text == value.text }) { dates[kind.rawValue].append(value) }
  }

  private mutating func note(_ kind: Kind, _ bytes: Span<UInt8>, _ span: ByteSpan, _ source: Source) {
    if span.count > 2000 { return }
    switch kind {
    case .publication: return noteDate(.publication, bytes, span)
    case .date: return noteDate(source == .itemprop ? .itemprop : .meta, bytes, span)
    case .modified: return noteDate(.modified, bytes, span)
    default: break
    }
    let value = Snippet(text: Self.decode(bytes, span), source: span)
    if value.text.isEmpty { return }
    func add(_ list: inout [Snippet]) {
      if list.count < Self.mostOfAKind, !list.contains(where: { $0.text == value.text }) { list.append(value) }
    }
    switch kind {
    case .title: add(&titles)
    case .author:
      // Some pages put the address of a profile here.
      if !value.text.starts(with: "http".utf8) { add(&authors[source.rawValue]) }
    case .address: if addresses[1] == nil { addresses[1] = value }
    case .site: if sites.count < Self.mostOfAKind { sites.append(value.text) }
    case .publication, .date, .modified: break
    }
  }

  private static let metaKeys: WordTable<Kind> = {
    var table = WordTable<Kind>(capacity: 128)
    for (kind, list) in [
      (Kind.title, "og:title twitter:title headline dc.title sailthru.title parsely-title hdl"),
      (
        .publication,
        """
        article:published_time og:article:published_time article:published og:pubdate publication_date parsely-pub-date \
        sailthru.date cxenseparse:recs:publishtime cxenseparse:publishtime originalpublicationdate article.published \
        published_time pub_date publish_date publishdate publication-date published-date published_date publisheddate \
        article_date_original article:publish_date article:publication_date article-publication-date \
        article.publication_date citation_publication_date citation_online_date prism.publicationdate bt:pubdate \
        vr:published_time rnews:datepublished shareaholic:article_published_time iso-8601-publish-date \
        dcsext.articlefirstpublished dcterms.issued
        """
      ),
      (
        .date,
        """
        datepublished date dc.date dc.date.issued pubdate publish-date dcterms.created dcterms.date ptime displaydate dat \
        datecreated dc.date.created dc.created created article.created citation_date
        """
      ),
      (
        .modified,
        """
        article:modified_time og:updated_time datemodified last-modified lastmod dcterms.modified dc.date.modified \
        article:modified article_date_updated article.updated updated_time revised article:update_date modified_time \
        dc.modified lastupdated eomportal-lastupdate
        """
      ),
      (
        .author,
        """
        author article:author dc.creator byl parsely-author sailthru.author dcterms.creator byline twitter:creator:name \
        cxenseparse:author
        """
      ),
      (.address, "og:url"),
      (.site, "og:site_name application-name apple-mobile-web-app-title dc.publisher"),
    ] {
      for key in list.split(whereSeparator: { $0 == " " || $0 == "\n" }) { table.insert(WordHash(key.utf8), kind) }
    }
    return table
  }()

  // MARK: JSON-LD

  static func isLinkedData(_ bytes: Span<UInt8>, _ type: ByteSpan) -> Bool {
    // A character set may follow.
    let end = type.range.first { bytes[$0] == UInt8(ascii: ";") || bytes[$0] <= 0x20 } ?? type.end
    return WordHash(lowered: bytes, ByteSpan(type.start, end)) == linkedDataType
  }
  private static let linkedDataType = WordHash("application/ld+json".utf8)

  mutating func noteLinkedData(_ bytes: Span<UInt8>, _ span: ByteSpan) { linkedData.read(bytes, span) }

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
        for offset in Range(from: at, upTo: at + length) { out.append(bytes[offset]) }
        at += length
      }
    }
    return out
  }
}
