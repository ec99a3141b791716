import Bytes
import StageKit

/// Finds the articles of an XML document: the one that it is (NITF, a NewsML-G2 item, XHTML), or those of a feed or a
/// message (RSS, Atom, RDF, NewsML). Only names are looked at, without their prefixes.
struct XMLItems: ItemCutter {
  /// Whether the document is one article, whose root element it is.
  let isOne: Bool
  private let bytes: [UInt8]
  private var tokenizer = XMLTokenizer()

  /// Elements that are an article, wherever they stand first.
  private static let units = WordSet(["item", "entry", "newsitem", "nitf", "html"])
  private static let collections = WordSet([
    "rss", "rdf", "feed", "newsmessage", "newsml", "itemset", "channel", "newsmlg2", "newsenvelope",
  ])

  /// - Throws: where the root element is none that is known.
  init(_ bytes: [UInt8]) throws(InputError) {
    self.bytes = bytes
    guard let root = Self.root(bytes) else {
      throw InputError(.notXML, "the file is not XML: it has no element")
    }
    let name = XMLTokenizer.localName(bytes.span, root)
    isOne = Self.units.contains(lowered: bytes.span, name)
    if !isOne, !Self.collections.contains(lowered: bytes.span, name) {
      let shown = String(decoding: bytes[name.start..<min(name.end, name.start + 40)], as: UTF8.self)
      throw InputError(
        .unknownXML,
        "the XML is no article: its root element is ‘\(shown)’; NITF, NewsML-G2, RSS, Atom and XHTML are read")
    }
  }

  private static func root(_ bytes: [UInt8]) -> ByteSpan? {
    var tokenizer = XMLTokenizer()
    while let token = tokenizer.next(bytes.span) {
      if case .start(let name, _) = token { return name }
    }
    return nil
  }

  mutating func next() -> [UInt8]? { nextSpan().map { Array(bytes[$0.range]) } }

  /// The next article of a document with many, from its start tag to its end tag, or to the document's end.
  private mutating func nextSpan() -> ByteSpan? {
    let bytes = bytes
    let span = bytes.span
    while true {
      guard let token = tokenizer.next(span) else { return nil }
      guard case .start(let name, let isEmpty) = token,
        Self.units.contains(lowered: span, XMLTokenizer.localName(span, name))
      else { continue }
      if !isEmpty { _ = Self.skip(name, &tokenizer, span) }
      return ByteSpan(name.start - 1, tokenizer.offset)
    }
  }

  /// Goes past the end tag of the element that was just opened. Other elements may be nested as badly as they like.
  ///
  /// - Returns: whether there is one.
  private static func skip(_ name: ByteSpan, _ tokenizer: inout XMLTokenizer, _ bytes: Span<UInt8>) -> Bool {
    let wanted = WordHash(bytes, name)
    var depth = 1
    while let token = tokenizer.next(bytes) {
      switch token {
      case .start(let other, let isEmpty):
        if !isEmpty, other.count == name.count, WordHash(bytes, other) == wanted { depth += 1 }
      case .end(let other):
        if other.count == name.count, WordHash(bytes, other) == wanted { depth -= 1 }
        if depth == 0 { return true }
      default: break
      }
    }
    return false
  }
}

// MARK: - One article

extension XMLItems {
  /// The article's own id: `guid` of a NewsML-G2 or RSS item, `id` of an Atom entry, `doc-id` of NITF.
  ///
  /// - Throws: where the article's element has no end.
  static func id(of article: [UInt8]) throws(InputError) -> [UInt8]? {
    let bytes = article.span
    var tokenizer = XMLTokenizer()
    var (depth, root): (Int, ByteSpan?) = (0, nil)
    var id: [UInt8]?
    var isInside = false
    var text: [UInt8] = []
    while let token = tokenizer.next(bytes) {
      switch token {
      case .start(let name, let isEmpty):
        let local = WordHash(lowered: bytes, XMLTokenizer.localName(bytes, name))
        if root == nil {
          root = name
          if let own = tokenizer.attribute(guid, bytes) { id = decode(bytes, own) }
          // The end is looked for from here.
          var ahead = tokenizer
          if !isEmpty, !skip(name, &ahead, bytes) {
            let shown = String(decoding: article[name.range], as: UTF8.self)
            throw InputError(.notXML, "the XML ends inside ‘\(shown)’: it was cut short; send it again whole")
          }
        } else if id == nil {
          if local == docID, let own = tokenizer.attribute(idString, bytes) { id = decode(bytes, own) }
          isInside = depth == 1 && (local == guid || local == atomID) && !isEmpty
        }
        if !isEmpty { depth += 1 }
      case .end:
        depth -= 1
        if isInside {
          id = Array(text.trimmed())
          isInside = false
        }
      case .text(let span): if isInside { text += decode(bytes, span) }
      case .cdata(let span): if isInside { text += article[span.range] }
      case .reference(let span): if isInside { text += decode(bytes, span) }
      }
      if id?.isEmpty == false { return id }
    }
    return nil
  }

  private static let guid = WordHash("guid".utf8)
  private static let docID = WordHash("doc-id".utf8)
  private static let idString = WordHash("id-string".utf8)
  private static let atomID = WordHash("id".utf8)

  /// Text with its references put in, as XML itself knows them.
  private static func decode(_ bytes: Span<UInt8>, _ span: ByteSpan) -> [UInt8] {
    var out: [UInt8] = []
    var tokenizer = XMLTokenizer(at: span.start)
    let part = bytes.extracting(first: span.end)
    while let token = tokenizer.next(part) {
      if case .reference(let reference) = token, let value = XMLTokenizer.character(part, reference) {
        UTF8Scalar.append(value, to: &out)
      } else if case .text(let text) = token {
        for at in text.range { out.append(part[at]) }
      }
    }
    return Array(out.trimmed())
  }
}
