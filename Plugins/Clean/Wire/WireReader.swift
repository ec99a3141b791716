import Bytes
import StageKit

/// The front end for wire XML: one article of NITF, NewsML-G2, RSS or Atom. The format says what each element is, so that
/// nothing has to be guessed.
///
/// There is no tree: a stack of open elements keeps what to go back to when one closes, and elements that do not match close as
/// well as they can.
struct WireReader {
  var metadata = WireMetadata()
  private(set) var blocks = WireBlocks()
  /// The fullest body that is written as text.
  private(set) var text: WireText?

  private let family: WireFamily
  private var open: [OpenElement] = []
  private var state = State()
  /// What the text goes to; the number is that of the open elements around it.
  private var field: (field: WireField, depth: Int)?
  private var fieldText: [UInt8] = []
  private var fieldSource: ByteSpan?
  private var capture: (text: WireText, rank: Int, depth: Int)?
  private var textRank = 0
  private var isPicture = false
  /// Of the item, or of its first headline.
  private var titleLanguage: [UInt8]?

  private struct State {
    var isBody = false
    var isSkipped = false
    var isPreformatted = false
    var role = BlockRoles.Role.body
    var names = Names.none
  }

  /// Whom a `name` names.
  private enum Names { case none, person, subject }

  private struct OpenElement {
    var name: WordHash
    var before: State
    var partsBlocks: Bool
  }

  private static let deepest = 512
  private static let furthestEnd = 128
  /// Bytes of a piece of metadata.
  private static let longestField = 1 << 16

  static func read(_ source: [UInt8], deadline: Deadline) throws(StageError) -> WireReader {
    let bytes = source.span
    var tokenizer = XMLTokenizer()
    var reader: WireReader?
    var checkAt = 1 << 16
    while let token = tokenizer.next(bytes) {
      if reader == nil {
        guard case .start(let name, _) = token else { continue }
        reader = WireReader(WireFamily(root: WordHash(lowered: bytes, XMLTokenizer.localName(bytes, name))))
      }
      reader?.take(token, bytes, tokenizer)
      if tokenizer.offset >= checkAt {
        try deadline.check()
        checkAt = tokenizer.offset + 1 << 16
      }
    }
    reader?.closeAll(above: 0)
    return reader ?? WireReader(.news)
  }

  /// Whether the XML is a page of XHTML.
  static func isPage(_ source: [UInt8]) -> Bool {
    let bytes = source.span
    var tokenizer = XMLTokenizer()
    while let token = tokenizer.next(bytes) {
      if case .start(let name, _) = token {
        return WordHash(lowered: bytes, XMLTokenizer.localName(bytes, name)) == html
      }
    }
    return false
  }
  private static let html = WordHash("html".utf8)

  private init(_ family: WireFamily) { self.family = family }

  /// The marked-up body; ends its last block.
  mutating func page() -> Page { blocks.finished() }

  private mutating func take(_ token: XMLTokenizer.Token, _ bytes: Span<UInt8>, _ tokenizer: borrowing XMLTokenizer) {
    switch token {
    case .start(let name, let isEmpty):
      if capture != nil {
        // Unescaped HTML is a part of the text, tags included.
        if open.count >= Self.deepest { return }
        capture?.text.copy(bytes, ByteSpan(name.start - 1, tokenizer.offset))
        if !isEmpty { push(bytes, name, partsBlocks: false) }
        return
      }
      start(bytes, name, tokenizer)
      if isEmpty { end(bytes, name) }
    case .end(let name):
      let before = capture?.depth
      end(bytes, name)
      if let depth = capture?.depth, depth == before {
        capture?.text.copy(bytes, ByteSpan(name.start - 2, tokenizer.offset))
      }
    case .text(let span), .cdata(let span):
      if capture != nil {
        capture?.text.copy(bytes, span)
      } else if state.isSkipped {
        return
      } else if field != nil {
        note(bytes, span)
      } else if state.isBody {
        blocks.text(bytes, span, as: state.role, isPreformatted: state.isPreformatted)
      }
    case .reference(let span):
      if capture != nil {
        capture?.text.reference(bytes, span)
      } else if state.isSkipped {
        return
      } else if field != nil || state.isBody {
        reference(bytes, span)
      }
    }
  }

  /// Also names that HTML knows and XML does not: feeds use them.
  private mutating func reference(_ bytes: Span<UInt8>, _ span: ByteSpan) {
    guard let found = CharacterReferences.read(bytes, at: span.start, end: span.end), found.length == span.count else {
      if field != nil {
        note(bytes, span)
      } else {
        blocks.text(bytes, span, as: state.role, isPreformatted: false)
      }
      return
    }
    if field == nil {
      blocks.character(found.value, from: span, as: state.role)
    } else if fieldText.count < Self.longestField {
      UTF8Scalar.append(found.value, to: &fieldText)
      fieldSource = ByteSpan(fieldSource?.start ?? span.start, span.end)
    }
  }

  private mutating func note(_ bytes: Span<UInt8>, _ span: ByteSpan) {
    guard span.count <= Self.longestField - fieldText.count else { return }
    fieldText.append(bytes, span)
    fieldSource = ByteSpan(fieldSource?.start ?? span.start, span.end)
  }

  // MARK: Elements

  private mutating func start(_ bytes: Span<UInt8>, _ name: ByteSpan, _ tokenizer: borrowing XMLTokenizer) {
    let element = state.isSkipped ? nil : self.element(bytes, name)
    var partsBlocks = false
    if state.isBody {
      switch element {
      case .block, .container, .preformatted: partsBlocks = true
      default: break
      }
      if partsBlocks {
        blocks.finish()
        closeParagraph()
      }
    }
    guard push(bytes, name, partsBlocks: partsBlocks) else { return }
    let depth = open.count
    switch element {
    case .field(.caption) where family == .news:
      if isPicture || holds("caption", Self.role, bytes, tokenizer) { begin(.caption) }
    case .field(.title(let rank)) where family == .news: begin(.title(rank: titleRank(rank, bytes, tokenizer)))
    case .field(let meaning): begin(meaning)
    case .name:
      if state.names == .person { begin(.byline(rank: 2)) }
      if state.names == .subject { begin(.tag) }
    case .person:
      state.names = .person
      // Dublin Core has the name right in `creator`.
      begin(.byline(rank: 3))
    case .subject: state.names = .subject
    case .body: (state.isBody, state.role) = (true, .body)
    case .document: state = State()
    case .text(let rank): begin(rank, depth)
    case .content(let rank): content(rank, depth, bytes, tokenizer)
    // A paragraph in a list or a caption is a part of that.
    case .block(let role): if role != .body { state.role = role }
    case .preformatted: state.isPreformatted = true
    case .cell, .lineBreak:
      let place = ByteSpan(name.start - 1, tokenizer.offset)
      if case .cell = element { blocks.space(place) } else { blocks.lineBreak(place) }
    case .skipped: state.isSkipped = true
    case .date, .keyword, .link, .language: attributes(element, bytes, tokenizer)
    case .container: break
    case nil:
      if WordHash(lowered: bytes, XMLTokenizer.localName(bytes, name)) == Self.itemClass {
        noteClass(bytes, tokenizer)
      }
    }
  }

  private func element(_ bytes: Span<UInt8>, _ name: ByteSpan) -> WireElement? {
    if state.isBody { return WireFamily.bodyElement(bytes, name) }
    // Inside a piece of metadata there is nothing but its text, and what is no part of it.
    if field != nil {
      switch family.element(bytes, name) {
      case .skipped: return .skipped
      case .name: return .name
      case .field(.place): return .field(.place)
      case .date(let rank): return .date(rank: rank)
      default: return nil
      }
    }
    return family.element(bytes, name)
  }

  private mutating func begin(_ meaning: WireField) {
    field = (meaning, open.count)
    (fieldText, fieldSource) = ([], nil)
  }

  private mutating func begin(_ rank: Int, _ depth: Int) {
    if rank > textRank { capture = (WireText(), rank, depth) } else { state.isSkipped = true }
  }

  /// Atom: `xhtml` is marked up, everything else that is text is written as text.
  private mutating func content(
    _ rank: Int, _ depth: Int, _ bytes: Span<UInt8>, _ tokenizer: borrowing XMLTokenizer
  ) {
    let type = tokenizer.attribute(Self.type, bytes) ?? ByteSpan(0, 0)
    if WordHash(lowered: bytes, type) == Self.xhtml || holds("xhtml+xml", Self.type, bytes, tokenizer) {
      if rank > textRank { (state.isBody, textRank) = (true, rank) } else { state.isSkipped = true }
    } else if type.isEmpty || Self.textTypes.contains(lowered: bytes, type) {
      begin(rank, depth)
    } else {
      state.isSkipped = true
    }
  }

  private mutating func attributes(_ element: WireElement?, _ bytes: Span<UInt8>, _ tokenizer: borrowing XMLTokenizer) {
    func note(_ field: WireField, _ names: WordHash...) -> Bool {
      for name in names {
        if let span = tokenizer.attribute(name, bytes), !span.isEmpty {
          metadata.note(field, span.range.map { bytes[$0] }, from: span)
          return true
        }
      }
      return false
    }
    switch element {
    case .date(let rank): _ = note(.date(rank: rank), Self.norm, Self.publication)
    case .keyword: if !note(.tag, Self.key, Self.label, Self.term) { begin(.tag) }
    case .link:
      let relation = tokenizer.attribute(Self.rel, bytes)
      guard relation.map({ WordHash(lowered: bytes, $0) == Self.alternate }) ?? true else { return }
      _ = note(.link(rank: 1), Self.href)
    case .language: _ = note(.language, Self.tag, Self.formalName)
    default: break
    }
  }

  /// Of several headlines the main one counts, and those of the item's own language before translations.
  private mutating func titleRank(
    _ rank: Int, _ bytes: Span<UInt8>, _ tokenizer: borrowing XMLTokenizer
  ) -> Int {
    var rank = rank * 4
    if let role = tokenizer.attribute(Self.role, bytes), !role.isEmpty, !holds("main", Self.role, bytes, tokenizer) {
      rank += 1
    }
    if let tag = tokenizer.attribute(Self.xmlLanguage, bytes), !tag.isEmpty {
      let language = LanguageTag.language(of: tag.range.map { bytes[$0] })
      if let own = titleLanguage { if language != own { rank += 2 } } else { titleLanguage = language }
    }
    return rank
  }

  private mutating func noteClass(_ bytes: Span<UInt8>, _ tokenizer: borrowing XMLTokenizer) {
    isPicture =
      holds("picture", Self.qcode, bytes, tokenizer) || holds("graphic", Self.qcode, bytes, tokenizer)
      || holds("video", Self.qcode, bytes, tokenizer)
  }

  /// Whether the attribute's value ends in that word.
  private func holds(
    _ word: String, _ name: WordHash, _ bytes: Span<UInt8>, _ tokenizer: borrowing XMLTokenizer
  ) -> Bool {
    guard let value = tokenizer.attribute(name, bytes), value.count >= word.utf8.count else { return false }
    return WordHash(lowered: bytes, ByteSpan(value.end - word.utf8.count, value.end)) == WordHash(word.utf8)
  }

  // MARK: The open elements

  /// - Returns: whether there was room; an element deeper than any document has is nothing but its text.
  @discardableResult
  private mutating func push(_ bytes: Span<UInt8>, _ name: ByteSpan, partsBlocks: Bool) -> Bool {
    guard open.count < Self.deepest else { return false }
    open.append(OpenElement(name: WordHash(bytes, name), before: state, partsBlocks: partsBlocks))
    return true
  }

  /// A paragraph that nobody closed ends where the next one starts.
  private mutating func closeParagraph() {
    if let last = open.last, last.name == Self.paragraph, state.isBody, last.before.isBody {
      closeAll(above: open.count - 1)
    }
  }

  private mutating func end(_ bytes: Span<UInt8>, _ name: ByteSpan) {
    let wanted = WordHash(bytes, name)
    for at in stride(from: open.count - 1, through: max(0, open.count - Self.furthestEnd), by: -1)
    where open[at].name == wanted {
      return closeAll(above: at)
    }
  }

  private mutating func closeAll(above count: Int) {
    while open.count > count {
      let closed = open.removeLast()
      if closed.partsBlocks { blocks.finish() }
      if let ended = field, ended.depth > open.count {
        metadata.note(ended.field, fieldText, from: fieldSource ?? ByteSpan(0, 0))
        field = nil
      }
      if let ended = capture, ended.depth > open.count {
        capture = nil
        if ended.text.bytes.contains(where: { $0 > 0x20 }) {
          var found = ended.text
          found.blankEscapedSection()
          // A wire's plain text has no references of its own; a feed's may have, whether it has tags or not.
          found.isHTML = found.hasMarkup || family != .news && found.bytes.contains(UInt8(ascii: "&"))
          (text, textRank) = (found, ended.rank)
        }
      }
      if state.isBody, !closed.before.isBody { blocks.finish() }
      state = closed.before
    }
  }

  private static let xmlLanguage = WordHash("xml:lang".utf8)
  private static let paragraph = WordHash("p".utf8)
  private static let itemClass = WordHash("itemclass".utf8)
  private static let type = WordHash("type".utf8)
  private static let role = WordHash("role".utf8)
  private static let qcode = WordHash("qcode".utf8)
  private static let norm = WordHash("norm".utf8)
  private static let publication = WordHash("date.publication".utf8)
  private static let key = WordHash("key".utf8)
  private static let label = WordHash("label".utf8)
  private static let term = WordHash("term".utf8)
  private static let rel = WordHash("rel".utf8)
  private static let href = WordHash("href".utf8)
  private static let tag = WordHash("tag".utf8)
  private static let formalName = WordHash("formalname".utf8)
  private static let xhtml = WordHash("xhtml".utf8)
  private static let alternate = WordHash("alternate".utf8)
  private static let textTypes = WordSet(["text", "html", "text/html", "text/plain", "escaped"])
}
