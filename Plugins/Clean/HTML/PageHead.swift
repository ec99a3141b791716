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
  /// Scripts that are no JSON-LD.
  var scripts = ScriptDates()
  /// The next script is JSON-LD.
  var isLinkedData = false
  /// What the `title` element holds, the site's name and all.
  private(set) var windowTitle: Snippet?

  /// Of the `html` element, lower case: `en-us`.
  private(set) var language: [UInt8] = []

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
  /// The authors by each source that names some, the surest source first.
  var bylines: [[Snippet]] { [linkedData.authors] + authors }
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

  mutating func noteLanguage(_ bytes: Span<UInt8>, _ lang: ByteSpan) {
    if language.isEmpty { language = lang.range.prefix(16).map { bytes[$0].lowered } }
  }

  /// Whether the month comes first in a day of numbers where the page was written; `nil` where nothing tells.
  var writesMonthFirst: Bool? {
    let parts = language.split { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
    guard let code = parts.first, code.count == 2 else { return nil }
    let isEnglish = code.elementsEqual("en".utf8)
    guard isEnglish else { return false }
    guard parts.count > 1, let region = parts.last, region.count == 2 else { return nil }
    return region.elementsEqual("us".utf8) || region.elementsEqual("ph".utf8)
  }

  mutating func noteMeta(_ bytes: Span<UInt8>, _ attributes: HTMLTokenizer.Attributes) {
    for key in [attributes.property, attributes.name, attributes.itemprop] where !key.isEmpty {
      guard let kind = Self.metaKind(bytes, key), !attributes.content.isEmpty else { continue }
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
      let meaning = attributes.itemprop.isEmpty ? nil : Self.metaKind(bytes, attributes.itemprop)
      let kind: DateKind =
        switch (meaning, DateLabel(bytes, name: attributes.class)) {
        case (.date, _), (.publication, _): .itemprop
        // “entry-date published updated”: it was not changed since.
        case (nil, .updated) where DateLabel.isPublished(bytes, name: attributes.class): .publishedElement
        case (.modified, _), (_, .updated): .modifiedElement
        case (_, .published): .publishedElement
        default: .element
        }
      noteDate(kind, bytes, attributes.datetime)
    } else if !attributes.title.isEmpty, DateLabel.isPublished(bytes, name: attributes.class) {
      // The old microformat: `<abbr class="published" title="2016-05-05T03:55:00-07:00">`
      noteDate(.publishedElement, bytes, attributes.title)
    } else if !attributes.content.isEmpty, let kind = Self.metaKind(bytes, attributes.itemprop) {
      note(kind, bytes, attributes.content, .itemprop)
    }
  }

  private enum Kind { case title, publication, date, modified, author, address, site }

  private mutating func noteDate(_ kind: DateKind, _ bytes: Span<UInt8>, _ span: ByteSpan) {
    guard span.count <= 200, dates[kind.rawValue].count < Self.mostOfAKind else { return }
    var value = Snippet(text: Self.decode(bytes, span), source: span)
    if let instant = Instant(epoch: value.text) { value.text = instant.iso }
    if !dates[kind.rawValue].contains(where: { $0.text == value.text }) { dates[kind.rawValue].append(value) }
  }

  private mutating func note(_ kind: Kind, _ bytes: Span<UInt8>, _ span: ByteSpan, _ source: Source) {
    if span.count > 2000 { return }
    switch kind {
    case .publication: return noteDate(source == .itemprop ? .itemprop : .publication, bytes, span)
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

  /// What a name of a meta tag means, by its letters and digits alone: `DC.date.issued` and `dc:date:issued` are one.
  private static func metaKind(_ bytes: Span<UInt8>, _ key: ByteSpan) -> Kind? {
    guard key.count <= 64 else { return nil }
    var word = WordHash.Builder()
    for at in key.range {
      // Several names in one attribute are none.
      if bytes[at] <= 0x20 { return nil }
      if bytes[at].isLetter || bytes[at].isDigit { word.add(bytes[at].lowered) }
    }
    return metaKinds[word.hash]
  }

  private static let metaKinds: WordTable<Kind> = {
    var table = WordTable<Kind>(capacity: 256)
    for (kind, list) in [
      (Kind.title, "ogtitle twittertitle headline dctitle dctermstitle sailthrutitle parselytitle hdl"),
      (
        .publication,
        """
        articlepublishedtime ogarticlepublishedtime ogpublishedtime articlepublished ogpubdate publicationdate \
        parselypubdate sailthrudate cxenseparserecspublishtime cxenseparsepublishtime originalpublicationdate \
        publishedtime publishedat publishedon pubdate publishdate publisheddate datepublished articledateoriginal \
        articlepublishdate articlepublicationdate articlepubdate articlepubdatetime citationpublicationdate \
        citationonlinedate prismpublicationdate btpubdate vrpublishedtime rnewsdatepublished \
        shareaholicarticlepublishedtime iso8601publishdate dcsextarticlefirstpublished dctermsissued firstpublished \
        firstpublishdate firstpublishedat publishtime publicationtime dateofpublication releasedate postdate \
        articledate contentpublisheddate analyticspublishdate dcdateissued sailthrupubdate gsapublishdate lastpubdate
        """
      ),
      (
        .date,
        """
        date dcdate dctermscreated dctermsdate ptime displaydate dat datecreated dcdatecreated dccreated created \
        articlecreated articlecreateddate citationdate creationdate timestamp
        """
      ),
      (
        .modified,
        """
        articlemodifiedtime ogupdatedtime datemodified lastmodified lastmod dctermsmodified dcdatemodified articlemodified \
        articledateupdated articleupdated updatedtime updatedat modifieddate dateupdated revised articleupdatedate \
        modifiedtime dcmodified lastupdated lastupdate eomportallastupdate updatedate dctermsdateupdated
        """
      ),
      (
        .author,
        """
        author authors articleauthor articleauthorname articleauthors dccreator dcauthor byl parselyauthor sailthruauthor \
        dctermscreator byline twittercreatorname cxenseparseauthor ogarticleauthor citationauthor bylinename
        """
      ),
      (.address, "ogurl"),
      (.site, "ogsitename applicationname applemobilewebapptitle dcpublisher publisher"),
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

  /// Looks into the page's scripts for a day of publication, where nothing else declares one.
  mutating func readScripts(_ bytes: Span<UInt8>, deadline: Deadline) throws(StageError) {
    let declared: [DateKind] = [.publication, .itemprop, .meta, .publishedElement]
    guard linkedData.published == nil, declared.allSatisfy({ dates[$0.rawValue].isEmpty }) else { return }
    if let found = try scripts.publication(bytes, deadline: deadline) { noteDate(.meta, bytes, found) }
  }

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
