import Bytes
import StageKit

/// A page cut into blocks of visible text, whichever front end read it.
package struct Page {
  /// The visible text: the source itself for a plain-text page, decoded text for HTML.
  package var bytes: [UInt8]
  /// Where `bytes` came from; `nil` where they are the source.
  var alignment: Alignment?
  package var blocks: [Block] = []
  /// Whether it has more blocks than are told apart: what follows stands in the last one.
  var isCrowded = false
  /// Bounds memory, at some 400 bytes a block.
  static let mostBlocks = 1 << 20
  /// What the head of an HTML page tells.
  var head = PageHead()
  /// Bytes of the longest text in a `noscript` element that was not read.
  var noscriptBytes = 0
  /// Whether there was a `template` that was not read.
  var hasTemplate = false
  /// Offsets in `bytes`, in order, where an element begins or ends inside the text of a block (HTML).
  var borders: [Int] = []
  /// What stands in elements that say that they name the author, in the order in which they open (HTML).
  var authorPlaces: [AuthorPlace] = []
}

extension Page {
  /// The borders of elements inside a span.
  func borders(in span: ByteSpan) -> ArraySlice<Int> {
    let start = borders.partitioningIndex { $0 > span.start }
    let end = borders.partitioningIndex { $0 >= span.end }
    return borders[Range(from: start, upTo: max(start, end))]
  }

  /// The block that an offset of the text stands in, or the next one.
  func block(at offset: Int) -> Int? {
    let index = blocks.partitioningIndex { $0.span.end > offset }
    return index < blocks.count ? index : nil
  }
}

/// The text of an element that says that it names the author.
struct AuthorPlace {
  /// In `Page.bytes`; may reach over several blocks.
  var span: ByteSpan
  var claim: Claim
  /// The number of the place around this one.
  var outer: Int?

  /// What says so.
  enum Claim {
    /// `rel="author"`, `itemprop="author"`
    case relation
    /// A class or an id.
    case name
  }
}

/// A stretch of a page that stands together: a line, some lines that run on, or the text of a block element.
package struct Block {
  /// In `Page.bytes`; may hold line ends and indentation.
  package var span: ByteSpan
  /// Columns of indentation (plain text).
  var column: Int32 = 0
  /// Bytes of the span inside links (HTML).
  var linkBytes: Int32 = 0
  /// Numbers of the container element around the block and of the one around that (HTML).
  var container: Int32 = 0
  var outer: Int32 = 0
  var context: Context = []
  /// Whether it begins in bold type (HTML).
  var isBold = false

  /// Where a block stands.
  struct Context: OptionSet {
    let rawValue: UInt32

    /// A blank line (plain text) comes before the block.
    static let blankBefore = Context(rawValue: 1 << 0)
    /// The block shares its line with others (plain text in columns).
    static let cell = Context(rawValue: 1 << 1)
    static let listItem = Context(rawValue: 1 << 2)
    static let paragraph = Context(rawValue: 1 << 3)
    static let heading = Context(rawValue: 1 << 4)
    static let firstHeading = Context(rawValue: 1 << 5)
    static let table = Context(rawValue: 1 << 6)
    static let article = Context(rawValue: 1 << 7)
    static let main = Context(rawValue: 1 << 8)
    static let nav = Context(rawValue: 1 << 9)
    static let aside = Context(rawValue: 1 << 10)
    static let footer = Context(rawValue: 1 << 11)
    static let header = Context(rawValue: 1 << 12)
    static let figure = Context(rawValue: 1 << 13)
    static let form = Context(rawValue: 1 << 14)
    static let quotation = Context(rawValue: 1 << 15)
    static let hidden = Context(rawValue: 1 << 16)
    // What class and id say.
    static let bodyHint = Context(rawValue: 1 << 17)
    static let chromeHint = Context(rawValue: 1 << 18)
    static let relatedHint = Context(rawValue: 1 << 19)
    static let commentHint = Context(rawValue: 1 << 20)
    static let captionHint = Context(rawValue: 1 << 21)
    static let bylineHint = Context(rawValue: 1 << 22)
    static let dateHint = Context(rawValue: 1 << 23)
    static let titleHint = Context(rawValue: 1 << 24)
    static let tagHint = Context(rawValue: 1 << 25)
    static let address = Context(rawValue: 1 << 26)
    // What no model looks at.
    /// A class calls it what sums the article up.
    static let standfirst = Context(rawValue: 1 << 27)
    /// The first of a row of a table.
    static let rowStart = Context(rawValue: 1 << 28)
    /// A class calls it a sentence that is taken out of the text.
    static let pullQuote = Context(rawValue: 1 << 29)
    /// Those that a model looks at.
    static let features = Context(rawValue: 1 << 27 - 1)
    // What only the element itself says, and no block inside it.
    static let authorName = Context(rawValue: 1 << 30)
    static let authorAside = Context(rawValue: 1 << 31)
  }
}

extension Page {
  /// Bytes of a block that is more than a label.
  private static let prose = 60
  /// Bytes of prose that make a page.
  private static let enoughShown = 600

  /// Takes out the longer blocks that nobody sees, unless they have most of the page's text.
  mutating func dropHidden() {
    var (shown, hidden) = (0, 0)
    for block in blocks where block.span.count >= Self.prose && Int(block.linkBytes) * 3 < block.span.count {
      if block.context.contains(.hidden) {
        hidden += block.span.count
      } else if block.context.isDisjoint(with: [.nav, .footer, .form]) {
        shown += block.span.count
      }
    }
    guard hidden > 0, shown >= Self.enoughShown, shown * 2 >= hidden else { return }
    blocks.removeAll { $0.context.contains(.hidden) && $0.span.count >= Self.prose }
  }
}
