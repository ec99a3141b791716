import Bytes
import StageKit

/// Cuts HTML into tags and text as the WHATWG tokenizer does, over bytes, without a tree. Every step is linear: a
/// construct that is not closed runs to the end once and is not looked at again.
struct HTMLTokenizer {
  enum Token {
    /// A run of text without references.
    case text(ByteSpan)
    case reference(UInt32, ByteSpan)
    case start(Tag)
    case end(Tag)
    /// The content of a raw-text element.
    case raw(Tag, ByteSpan)
  }

  /// Values of the last start tag's attributes that matter, without quotes, references not decoded; empty where absent.
  struct Attributes {
    var `class` = ByteSpan(0, 0)
    var id = ByteSpan(0, 0)
    var name = ByteSpan(0, 0)
    var property = ByteSpan(0, 0)
    var itemprop = ByteSpan(0, 0)
    var content = ByteSpan(0, 0)
    var datetime = ByteSpan(0, 0)
    var type = ByteSpan(0, 0)
    var style = ByteSpan(0, 0)
    var rel = ByteSpan(0, 0)
    var href = ByteSpan(0, 0)
    var role = ByteSpan(0, 0)
    var title = ByteSpan(0, 0)
    var lang = ByteSpan(0, 0)
    var isHidden = false
    /// Hidden from those who have the page read out.
    var isMute = false
    var isSelfClosing = false
  }

  /// Whether what stands in `noscript` is read as markup.
  var readsNoscript = false
  private(set) var attributes = Attributes()
  private(set) var offset = 0
  private var rawText: Tag?
  /// Raw-text elements that nothing closes from here on.
  private var unclosed: [Tag] = []

  /// The next token; `nil` at the end.
  mutating func next(_ bytes: Span<UInt8>) -> Token? {
    if let tag = rawText {
      rawText = nil
      return rawContent(bytes, of: tag)
    }
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == UInt8(ascii: "<") {
        if let token = markup(bytes) { return token }
      } else if byte == UInt8(ascii: "&") {
        let start = offset
        if let found = CharacterReferences.read(bytes, at: offset, end: bytes.count) {
          offset += found.length
          return .reference(found.value, ByteSpan(start, offset))
        }
        return text(bytes)
      } else {
        return text(bytes)
      }
    }
    return nil
  }

  /// Text up to the next `<` or `&`; the byte at the offset is text whatever it is.
  private mutating func text(_ bytes: Span<UInt8>) -> Token {
    let start = offset
    offset = bytes.textEnd(from: start)
    return .text(ByteSpan(start, offset))
  }

  /// What the `<` at the offset opens; `nil` for comments and the like, which are passed over.
  private mutating func markup(_ bytes: Span<UInt8>) -> Token? {
    guard offset + 1 < bytes.count else { return text(bytes) }
    let next = bytes[offset + 1]
    if next.isLetter {
      return startTag(bytes)
    } else if next == UInt8(ascii: "/") {
      guard offset + 2 < bytes.count else { return text(bytes) }
      if bytes[offset + 2].isLetter { return endTag(bytes) }
      // `</>` is nothing, `</` before anything else a comment.
      skip(past: UInt8(ascii: ">"), bytes)
      return nil
    } else if next == UInt8(ascii: "!") {
      comment(bytes)
      return nil
    } else if next == UInt8(ascii: "?") {
      skip(past: UInt8(ascii: ">"), bytes)
      return nil
    }
    return text(bytes)
  }

  private mutating func comment(_ bytes: Span<UInt8>) {
    guard offset + 3 < bytes.count, bytes[offset + 2] == UInt8(ascii: "-"), bytes[offset + 3] == UInt8(ascii: "-")
    else {
      // A doctype, CDATA outside of graphics, or a bogus comment.
      skip(past: UInt8(ascii: ">"), bytes)
      return
    }
    offset += 4
    // `<!-->` and `<!--->` are whole comments.
    if offset < bytes.count, bytes[offset] == UInt8(ascii: ">") {
      offset += 1
      return
    }
    if offset + 1 < bytes.count, bytes[offset] == UInt8(ascii: "-"), bytes[offset + 1] == UInt8(ascii: ">") {
      offset += 2
      return
    }
    // `-->` closes, and `--!>`, with dashes of its own.
    let start = offset
    while offset < bytes.count {
      if bytes[offset] == UInt8(ascii: ">") {
        let mark = bytes[offset - 1] == UInt8(ascii: "!") ? offset - 1 : offset
        if mark - start >= 2, bytes[mark - 1] == UInt8(ascii: "-"), bytes[mark - 2] == UInt8(ascii: "-") {
          offset += 1
          return
        }
      }
      offset += 1
    }
  }

  private mutating func startTag(_ bytes: Span<UInt8>) -> Token? {
    let tag = tagName(bytes, from: offset + 1)
    attributes = Attributes()
    guard readAttributes(bytes, keep: true) else { return nil }
    if tag.isRawText, !unclosed.contains(tag), tag != .noscript || !readsNoscript { rawText = tag }
    return .start(tag)
  }

  private mutating func endTag(_ bytes: Span<UInt8>) -> Token? {
    let tag = tagName(bytes, from: offset + 2)
    return readAttributes(bytes, keep: false) ? .end(tag) : nil
  }

  private mutating func tagName(_ bytes: Span<UInt8>, from start: Int) -> Tag {
    offset = bytes.firstOffset(from: start) { endsName($0) }
    return Tag(bytes, ByteSpan(start, offset))
  }

  /// Reads to the end of the tag.
  ///
  /// - Returns: whether the tag ends at all; the page's end inside a tag drops it.
  private mutating func readAttributes(_ bytes: Span<UInt8>, keep: Bool) -> Bool {
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == UInt8(ascii: ">") {
        attributes.isSelfClosing = keep && bytes[offset - 1] == UInt8(ascii: "/")
        offset += 1
        return true
      }
      if isSpace(byte) || byte == UInt8(ascii: "/") {
        offset += 1
        continue
      }
      let start = offset
      // A `=` first is part of the name.
      offset = bytes.firstOffset(from: start + 1) { endsName($0) || $0 == UInt8(ascii: "=") }
      let name = ByteSpan(start, offset)
      offset = bytes.firstOffset(from: offset) { !isSpace($0) }
      var value = ByteSpan(offset, offset)
      if offset < bytes.count, bytes[offset] == UInt8(ascii: "=") {
        offset = bytes.firstOffset(from: offset + 1) { !isSpace($0) }
        guard let read = bytes.attributeValue(from: offset, isSpace: isSpace) else {
          offset = bytes.count
          return false
        }
        (value, offset) = read
      }
      if keep { note(bytes, name, value) }
    }
    return false
  }

  private mutating func note(_ bytes: Span<UInt8>, _ name: ByteSpan, _ value: ByteSpan) {
    guard name.count >= 2, name.count <= 11, let known = Self.known[WordHash(lowered: bytes, name)] else { return }
    // Of an attribute that is there twice the first counts.
    switch known {
    case .class: if attributes.class.isEmpty { attributes.class = value }
    case .id: if attributes.id.isEmpty { attributes.id = value }
    case .name: if attributes.name.isEmpty { attributes.name = value }
    case .property: if attributes.property.isEmpty { attributes.property = value }
    case .itemprop: if attributes.itemprop.isEmpty { attributes.itemprop = value }
    case .content: if attributes.content.isEmpty { attributes.content = value }
    case .datetime: if attributes.datetime.isEmpty { attributes.datetime = value }
    case .type: if attributes.type.isEmpty { attributes.type = value }
    case .style: if attributes.style.isEmpty { attributes.style = value }
    case .rel: if attributes.rel.isEmpty { attributes.rel = value }
    case .href: if attributes.href.isEmpty { attributes.href = value }
    case .role: if attributes.role.isEmpty { attributes.role = value }
    case .title: if attributes.title.isEmpty { attributes.title = value }
    case .lang: if attributes.lang.isEmpty { attributes.lang = value }
    case .hidden: attributes.isHidden = true
    case .mute: attributes.isMute = value.count == 4
    }
  }

  private enum Known: String, CaseIterable {
    case `class`, id, name, property, itemprop, content, datetime, type, style, rel, href, role, title, lang, hidden
    case mute = "aria-hidden"
  }

  private static let known: WordTable<Known> = {
    var table = WordTable<Known>(capacity: 32)
    for name in Known.allCases { table.insert(WordHash(name.rawValue.utf8), name) }
    return table
  }()

  /// Content up to the element's end tag, which the next call reads; to the page's end where there is none.
  private mutating func rawContent(_ bytes: Span<UInt8>, of tag: Tag) -> Token {
    let start = offset
    // Inside `<!--` a script may hold `<script>` with an end tag of its own.
    var (isEscaped, isDoubleEscaped) = (false, false)
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == UInt8(ascii: "<"), offset + 2 < bytes.count, tag != .plaintext {
        if bytes[offset + 1] == UInt8(ascii: "/") {
          if names(tag, bytes, at: offset + 2) {
            if !isDoubleEscaped { break }
            isDoubleEscaped = false
          }
        } else if tag == .script, bytes[offset + 1] == UInt8(ascii: "!"), bytes[offset + 2] == UInt8(ascii: "-") {
          isEscaped = true
        } else if isEscaped, names(.script, bytes, at: offset + 1) {
          isDoubleEscaped = true
        }
      } else if byte == UInt8(ascii: ">"), isEscaped, offset - start >= 2, bytes[offset - 1] == UInt8(ascii: "-"),
        bytes[offset - 2] == UInt8(ascii: "-")
      {
        (isEscaped, isDoubleEscaped) = (false, false)
      }
      offset += 1
    }
    // A title or frame that is never closed would swallow the page; what it holds is read as markup instead. Each
    // element's name fails once at most, so this stays linear. Script and style never leak.
    if offset >= bytes.count, tag != .script, tag != .style, tag != .plaintext {
      offset = start
      unclosed.append(tag)
      return .raw(tag, ByteSpan(start, start))
    }
    return .raw(tag, ByteSpan(start, offset))
  }

  /// Whether the tag's name stands at `start`.
  private func names(_ tag: Tag, _ bytes: Span<UInt8>, at start: Int) -> Bool {
    var end = start
    while end < bytes.count, end - start < 10, bytes[end].isLetter { end += 1 }
    guard end == bytes.count || endsName(bytes[end]) else { return false }
    return Tag(bytes, ByteSpan(start, end)) == tag
  }

  private mutating func skip(past byte: UInt8, _ bytes: Span<UInt8>) {
    offset = min(bytes.count, bytes.firstOffset(from: offset) { $0 == byte } + 1)
  }

  private func endsName(_ byte: UInt8) -> Bool {
    isSpace(byte) || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/")
  }

  /// A vertical tab is none here.
  private func isSpace(_ byte: UInt8) -> Bool { byte.isSpace && byte != 0x0B }
}
