import Bytes

/// Cuts XML 1.0 into tags and text over bytes: no tree, no DTD, no entities of its own, nothing fetched. Every step is
/// linear; a construct that is not closed runs to the end once.
///
/// Lenient where feeds are careless: a `<` or `&` that opens nothing is text, attributes may lack quotes, and whether tags
/// match is left to the caller.
public struct XMLTokenizer: Sendable {
  public enum Token: Sendable, Equatable {
    /// A run of text without references.
    case text(ByteSpan)
    /// The content of a CDATA section.
    case cdata(ByteSpan)
    /// From `&` to `;`: a character reference or an entity. Never expanded here.
    case reference(ByteSpan)
    /// A start tag by its name, with the prefix.
    case start(ByteSpan, isEmpty: Bool)
    case end(ByteSpan)
  }

  /// Of the last start tag; the value without its quotes, references as they were written.
  public struct Attribute: Sendable {
    public var name: ByteSpan
    public var value: ByteSpan
  }

  public private(set) var attributes: [Attribute] = []
  /// Bytes read so far.
  public private(set) var offset: Int
  /// Whether the bytes ended inside a tag, a comment or a section.
  public private(set) var isCut = false

  private static let mostAttributes = 64
  private static let longestReference = 34

  public init(at offset: Int = 0) { self.offset = offset }

  /// The next token; `nil` at the end.
  public mutating func next(_ bytes: Span<UInt8>) -> Token? {
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == UInt8(ascii: "<") {
        if let token = markup(bytes) { return token }
      } else if byte == UInt8(ascii: "&"), let end = referenceEnd(bytes) {
        defer { offset = end }
        return .reference(ByteSpan(offset, end))
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

  private func referenceEnd(_ bytes: Span<UInt8>) -> Int? {
    var at = offset + 1
    let limit = min(bytes.count, offset + Self.longestReference)
    while at < limit {
      switch bytes[at] {
      case UInt8(ascii: ";"): return at > offset + 1 ? at + 1 : nil
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "#"), 0x2D...0x2E, 0x5F: at += 1
      default: return nil
      }
    }
    return nil
  }

  // MARK: Markup

  /// What the `<` at the offset opens; `nil` for what is passed over.
  private mutating func markup(_ bytes: Span<UInt8>) -> Token? {
    guard offset + 1 < bytes.count else { return text(bytes) }
    switch bytes[offset + 1] {
    case 0x41...0x5A, 0x61...0x7A, 0x80..., UInt8(ascii: "_"), UInt8(ascii: ":"): return startTag(bytes)
    case UInt8(ascii: "/"): return endTag(bytes)
    case UInt8(ascii: "?"):
      offset += 2
      skip(past: "?>", bytes)
      return nil
    case UInt8(ascii: "!"):
      if bytes.holds("<!--", at: offset) {
        offset += 4
        skip(past: "-->", bytes)
        return nil
      }
      if bytes.holds("<![CDATA[", at: offset) {
        let start = offset + 9
        offset = start
        skip(past: "]]>", bytes)
        return .cdata(ByteSpan(start, isCut ? bytes.count : offset - 3))
      }
      doctype(bytes)
      return nil
    default: return text(bytes)
    }
  }

  private mutating func startTag(_ bytes: Span<UInt8>) -> Token? {
    let start = offset + 1
    offset = start
    name(bytes)
    let name = ByteSpan(start, offset)
    attributes.removeAll(keepingCapacity: true)
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == UInt8(ascii: ">") {
        offset += 1
        return .start(name, isEmpty: bytes[offset - 2] == UInt8(ascii: "/"))
      }
      // An unclosed tag ends where the next one opens.
      if byte == UInt8(ascii: "<") { return .start(name, isEmpty: false) }
      if byte.isBlank || byte == UInt8(ascii: "/") {
        offset += 1
        continue
      }
      guard attribute(bytes) else { break }
    }
    isCut = true
    return nil
  }

  /// - Returns: whether it ends before the bytes do.
  private mutating func attribute(_ bytes: Span<UInt8>) -> Bool {
    let start = offset
    offset += 1
    name(bytes)
    let name = ByteSpan(start, offset)
    offset = bytes.firstOffset(from: offset) { !$0.isBlank }
    guard offset < bytes.count, bytes[offset] == UInt8(ascii: "=") else { return offset < bytes.count }
    offset = bytes.firstOffset(from: offset + 1) { !$0.isBlank }
    guard let (value, end) = bytes.attributeValue(from: offset, isSpace: \.isBlank) else {
      offset = bytes.count
      return false
    }
    offset = end
    if attributes.count < Self.mostAttributes { attributes.append(Attribute(name: name, value: value)) }
    return true
  }

  private mutating func endTag(_ bytes: Span<UInt8>) -> Token? {
    let start = offset + 2
    offset = start
    name(bytes)
    let name = ByteSpan(start, offset)
    offset = bytes.firstOffset(from: offset) { $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "<") }
    if offset == bytes.count {
      isCut = true
      return nil
    }
    if bytes[offset] == UInt8(ascii: ">") { offset += 1 }
    return name.isEmpty ? nil : .end(name)
  }

  private mutating func name(_ bytes: Span<UInt8>) {
    offset = bytes.firstOffset(from: offset) { byte in
      switch byte {
      case 0...0x20, UInt8(ascii: "/"), UInt8(ascii: ">"), UInt8(ascii: "<"), UInt8(ascii: "="): true
      default: false
      }
    }
  }

  /// Passes over a document type with all its declarations.
  private mutating func doctype(_ bytes: Span<UInt8>) {
    var isInside = false
    offset += 2
    while offset < bytes.count {
      let byte = bytes[offset]
      offset += 1
      switch byte {
      case UInt8(ascii: "["): isInside = true
      case UInt8(ascii: "]"): isInside = false
      case UInt8(ascii: ">"): if !isInside { return }
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        offset = min(bytes.count, bytes.firstOffset(from: offset) { $0 == byte } + 1)
      case UInt8(ascii: "<"):
        offset -= 1
        if bytes.holds("<!--", at: offset) {
          offset += 4
          skip(past: "-->", bytes)
        } else if bytes.holds("<?", at: offset) {
          skip(past: "?>", bytes)
        } else {
          offset += 1
        }
      default: break
      }
    }
    isCut = true
  }

  private mutating func skip(past end: StaticString, _ bytes: Span<UInt8>) {
    let last = end.utf8CodeUnitCount - 1
    let start = offset
    offset += last
    while offset < bytes.count {
      // All three ends close with `>`, which is rarer than what comes before it.
      if bytes[offset] == UInt8(ascii: ">"), offset - last >= start, bytes.holds(end, at: offset - last) {
        offset += 1
        return
      }
      offset += 1
    }
    offset = bytes.count
    isCut = true
  }
}

extension XMLTokenizer {
  /// The name without its prefix.
  public static func localName(_ bytes: Span<UInt8>, _ name: ByteSpan) -> ByteSpan {
    var at = name.end
    while at > name.start, bytes[at - 1] != UInt8(ascii: ":") { at -= 1 }
    return ByteSpan(at, name.end)
  }

  /// The value of the last start tag's attribute with that local name, lower case.
  public func attribute(_ local: WordHash, _ bytes: Span<UInt8>) -> ByteSpan? {
    for attribute in attributes
    where WordHash(lowered: bytes, Self.localName(bytes, attribute.name)) == local { return attribute.value }
    return nil
  }

  /// The character that a reference stands for, where XML itself says so: by number, or one of the five names.
  public static func character(_ bytes: Span<UInt8>, _ reference: ByteSpan) -> UInt32? {
    let name = ByteSpan(reference.start + 1, reference.end - 1)
    guard bytes[name.start] == UInt8(ascii: "#") else { return predefined[WordHash(bytes, name)] }
    guard let (value, end) = bytes.referenceNumber(from: name.start + 1, upTo: name.end), end == name.end else {
      return nil
    }
    return value == 0 || Unicode.Scalar(value) == nil ? 0xFFFD : value
  }

  private static let predefined = WordTable<UInt32>([
    ("amp", 0x26), ("lt", 0x3C), ("gt", 0x3E), ("quot", 0x22), ("apos", 0x27),
  ])
}
