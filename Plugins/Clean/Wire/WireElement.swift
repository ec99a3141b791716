import Bytes
import StageKit

/// What an element of a wire format means.
enum WireElement: Sendable {
  /// Its text is metadata.
  case field(WireField)
  /// The `name` inside tells of a person, or of a subject.
  case person
  case subject
  case name
  /// The article itself, marked up.
  case body
  /// The article written as text: HTML with its tags escaped, or plain; the fuller the higher.
  case text(rank: Int)
  /// `text` or `body`, by its type.
  case content(rank: Int)
  /// A document inside the body of another, with a head of its own.
  case document
  /// Parts blocks and is none itself.
  case container
  case block(BlockRoles.Role)
  case cell
  case lineBreak
  /// Text with its line ends kept.
  case preformatted
  /// Nothing of it is the article's.
  case skipped
  // Empty elements that speak by an attribute.
  case date(rank: Int)
  case keyword
  case link
  case language
}

/// Metadata by the text of an element; of those that say the same thing the lowest rank counts.
enum WireField: Sendable {
  case title(rank: Int)
  case byline(rank: Int)
  /// `ada@example.org (Ada Corr)`
  case author
  case date(rank: Int)
  case link(rank: Int)
  case tag
  case dateline
  case place
  case language
  case caption
  case credit
}

/// The elements of one family of formats, by their names in lower case.
enum WireFamily {
  /// RSS 0.9 to 2.0 and RSS 1.0 (RDF), with the modules for content, Dublin Core and media.
  case rss
  case atom
  /// NITF, NewsML-G2 and NewsML 1.
  case news

  init(root: WordHash) {
    switch root {
    case Self.item: self = .rss
    case Self.entry: self = .atom
    default: self = .news
    }
  }
  private static let item = WordHash("item".utf8)
  private static let entry = WordHash("entry".utf8)

  func element(_ bytes: Span<UInt8>, _ name: ByteSpan) -> WireElement? {
    let table =
      switch self {
      case .rss: Self.rssNames
      case .atom: Self.atomNames
      case .news: Self.newsNames
      }
    if let known = table[WordHash(lowered: bytes, name)] { return known }
    let local = XMLTokenizer.localName(bytes, name)
    guard local.start > name.start else { return nil }
    // Modules whose elements are called like others and mean something else.
    let prefix = ByteSpan(name.start, local.start - 1)
    return Self.ownPrefixes.contains(lowered: bytes, prefix) ? .skipped : table[WordHash(lowered: bytes, local)]
  }

  private static let ownPrefixes = WordSet([
    "media", "itunes", "googleplay", "podcast", "slash", "wfw", "sy", "georss", "geo", "thr", "gd", "yt", "psc",
  ])

  private static let rssNames = table([
    (.field(.title(rank: 0)), "title"), (.field(.title(rank: 1)), "dc:title"),
    (.field(.link(rank: 0)), "feedburner:origlink"), (.field(.link(rank: 1)), "link"),
    (.field(.link(rank: 2)), "guid"),
    (.field(.date(rank: 0)), "pubdate"), (.field(.date(rank: 1)), "date published"),
    (.field(.date(rank: 2)), "updated modified"),
    (.field(.byline(rank: 0)), "creator"), (.field(.author), "author"),
    (.field(.tag), "category subject"), (.field(.language), "language"),
    (.field(.caption), "media:description"), (.field(.credit), "media:credit"),
    (.container, "media:content media:group"),
    (.text(rank: 3), "encoded content fulltext full-text"), (.text(rank: 1), "description summary"),
    (.skipped, "source comments image enclosure rights"),
  ])

  private static let atomNames = table([
    (.field(.title(rank: 0)), "title"), (.link, "link"), (.field(.link(rank: 0)), "feedburner:origlink"),
    (.field(.date(rank: 0)), "published issued"), (.field(.date(rank: 1)), "created"),
    (.field(.date(rank: 2)), "updated modified"),
    (.person, "author"), (.name, "name"), (.keyword, "category"),
    (.field(.byline(rank: 1)), "creator"), (.field(.tag), "subject"),
    (.field(.caption), "media:description"), (.field(.credit), "media:credit"),
    (.container, "media:content media:group"),
    (.content(rank: 3), "content"), (.content(rank: 1), "summary"),
    (.skipped, "source contributor rights uri email"),
  ])

  private static let newsNames = table([
    // NITF
    (.document, "nitf"), (.body, "body.content"), (.field(.title(rank: 0)), "hl1"), (.field(.title(rank: 3)), "title"),
    (.field(.byline(rank: 1)), "byline"), (.field(.dateline), "dateline"), (.field(.place), "location"),
    (.date(rank: 3), "date.issue"), (.date(rank: 4), "date.release pubdata"), (.date(rank: 5), "story.date"),
    (.keyword, "keyword"),
    // NewsML-G2 and NewsML 1
    (.field(.title(rank: 0)), "headline"), (.field(.byline(rank: 0)), "by"),
    (.field(.date(rank: 0)), "firstcreated"), (.field(.date(rank: 1)), "versioncreated thisrevisioncreated"),
    (.field(.date(rank: 2)), "contentcreated"),
    (.person, "creator"), (.subject, "subject"), (.name, "name"), (.language, "language"),
    (.field(.caption), "description"), (.body, "inlinexml datacontent"), (.text(rank: 2), "inlinedata"),
    (.field(.tag), "keywordline"),
    (.skipped, "note byttl virtloc provider located contributor infosource assert partmeta groupset remotecontent"),
  ])

  private static let bodyNames = table([
    (.document, "nitf"), (.container, "html body"),
    (.block(.body), "p lead"), (.block(.heading), "h1 h2 h3 h4 h5 h6 hl1 hl2 headline"),
    (.block(.list), "li dt dd tr"), (.block(.caption), "figcaption media-caption"),
    (.block(.credit), "media-producer"), (.cell, "td th"), (.lineBreak, "br"), (.preformatted, "pre"),
    (
      .container,
      """
      div section article main center block blockquote bq ul ol dl table thead tbody nitf-table figure media hr
      """
    ),
    (
      .skipped,
      """
      head script style object iframe video audio svg form select button textarea noscript nav footer media-metadata \
      media-object media-reference nitf-table-metadata note copyrite datasource tagline credit
      """
    ),
  ])

  private static func table(_ rows: [(WireElement, String)]) -> WordTable<WireElement> {
    var table = WordTable<WireElement>(capacity: 256)
    for (element, names) in rows {
      for name in names.split(separator: " ") { table.insert(WordHash(name.utf8), element) }
    }
    return table
  }

  /// What may stand in an article of any family once its body has begun.
  static func bodyElement(_ bytes: Span<UInt8>, _ name: ByteSpan) -> WireElement? {
    bodyNames[WordHash(lowered: bytes, XMLTokenizer.localName(bytes, name))]
  }
}
