import Bytes
import StageKit

/// What the name of an element and its class, id and role tell of the text inside.
enum Hints {
  static func context(of tag: Tag) -> Block.Context {
    switch tag {
    case .p: .paragraph
    case .h1: [.heading, .firstHeading]
    case .h2, .h3, .h4, .h5, .h6: .heading
    case .li, .dt, .dd: .listItem
    case .td, .th, .caption: .table
    case .article: .article
    case .main: .main
    case .nav: .nav
    case .aside: .aside
    case .footer: .footer
    case .header: .header
    case .figure, .figcaption: .figure
    case .form, .fieldset, .label: .form
    case .blockquote: .quotation
    case .address: .address
    default: []
    }
  }

  static func context(_ bytes: Span<UInt8>, _ attributes: HTMLTokenizer.Attributes) -> Block.Context {
    var found: Block.Context = []
    for span in [attributes.class, attributes.id, attributes.role, attributes.itemprop] where !span.isEmpty {
      read(bytes, span, into: &found)
    }
    return found
  }

  /// Looks up the words of a name: `articleBody`, `entry-content` and `story_body` have two each.
  private static func read(_ bytes: Span<UInt8>, _ span: ByteSpan, into found: inout Block.Context) {
    let words = Self.words
    var word = WordHash.Builder()
    var (length, wasLower) = (0, false)
    for at in span.range.prefix(512) {
      let byte = bytes[at]
      let isUpper = byte.isUpper
      let isLetter = byte.isLetter
      if length > 0, !isLetter || isUpper && wasLower {
        if let hint = words[word.hash] { found.formUnion(hint) }
        (word, length) = (WordHash.Builder(), 0)
      }
      if isLetter {
        word.add(byte | 0x20)
        length += 1
      }
      wasLower = isLetter && !isUpper
    }
    if length > 0, let hint = words[word.hash] { found.formUnion(hint) }
  }

  static func isHidden(_ bytes: Span<UInt8>, _ style: ByteSpan) -> Bool {
    guard style.count >= 12 else { return false }
    // “display:none” and “visibility:hidden”, with or without a space.
    var word = WordHash.Builder()
    var letters = 0
    for at in style.range.prefix(256) {
      let byte = bytes[at]
      if byte == UInt8(ascii: ";") {
        if letters > 0, word.hash == displayNone || word.hash == visibilityHidden { return true }
        (word, letters) = (WordHash.Builder(), 0)
      } else if byte > 0x20 {
        word.add(byte | 0x20)
        letters += 1
      }
    }
    return letters > 0 && (word.hash == displayNone || word.hash == visibilityHidden)
  }

  private static let displayNone = rule("display:none")
  private static let visibilityHidden = rule("visibility:hidden")

  private static func rule(_ text: String) -> WordHash {
    var word = WordHash.Builder()
    for byte in text.utf8 { word.add(byte | 0x20) }
    return word.hash
  }

  private static let words: WordTable<Block.Context> = {
    var table = WordTable<Block.Context>(capacity: 256)
    for (hint, list) in lists {
      let names = list.withUTF8Buffer { Array($0) }.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A })
      for name in names {
        let hash = WordHash(name)
        table.insert(hash, (table[hash] ?? []).union(hint))
      }
    }
    return table
  }()

  private static let lists: [(Block.Context, StaticString)] = [
    (
      .bodyHint,
      "article body articlebody story content entry text post main maintext copy paragraph bodytext storytext"
    ),
    (
      .chromeHint,
      """
      sidebar footer nav navigation navbar menu share sharing social promo promotion ad ads advert advertisement advertising
      sponsor sponsored newsletter subscribe subscription signup cookie cookies consent gdpr onetrust banner widget breadcrumb breadcrumbs
      modal popup overlay login paywall rail toolbar tools tool pagination pager sticky masthead legal copyright disclaimer
      print email dfp taboola outbrain bottom right left column utility skip search dropdown hidden hide poll quiz survey
      """
    ),
    (
      .relatedHint,
      """
      related recommended recommendations recirc recirculation more most popular trending teaser teasers latest headlines
      list listing feed card cards carousel slider promo next previous prev readmore also links link river stream grid
      interstitial inset collection archive archives
      """
    ),
    (
      .commentHint,
      "comment comments commentlist disqus respond reply replies discussion reader readers forum livefyre viafoura coral"
    ),
    (
      .captionHint,
      """
      caption captions credit credits photo photos picture image images img gallery media slideshow video player figure
      thumbnail thumb lightbox illustration
      """
    ),
    (.bylineHint, "byline author authors writer contributor contributors bio reporter by"),
    (.dateHint, "date time timestamp dateline published datetime pubdate updated meta"),
    (.titleHint, "title headline hed heading"),
    (.tagHint, "tag tags topics topic keywords categories category"),
    (
      .standfirst,
      """
      standfirst deck dek subhead subheadline subheading subtitle subhed subline lede lead chapo chapeau chapô vorspann sapo bajada
      entradilla copete sottotitolo occhiello ingress manchet anriss preamble perex underrubrik volanta subtitulo descripcion zajawka
      """
    ),
    (.pullQuote, "pullquote pull pq quote zitat citat citation"),
    (.authorName, AuthorHint.names),
    (.authorAside, AuthorHint.asides),
  ]
}
