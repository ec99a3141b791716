import StageKit

extension RawArticle {
  /// Decodes the raw bytes into an article that no stage has seen yet.
  ///
  /// - Parameters:
  ///   - name: the file's name, part of the id.
  ///   - path: the same from the inbox, where its folders count.
  public func decode(name: [UInt8], path: [UInt8]? = nil) throws(InputError) -> Article {
    switch content {
    case .text, .html: try decodePage(name, path)
    case .xml: try decodeXML(name, path)
    case .json, .jsonLines: try decodeJSON(name, path)
    }
  }

  private func decodeXML(_ name: [UInt8], _ path: [UInt8]?) throws(InputError) -> Article {
    var (text, encoding) = (bytes, encoding ?? "")
    if encoding.isEmpty {
      let decoded = try DecodedText(bytes, .xml)
      (text, encoding) = (decoded.text, decoded.encoding)
      guard try XMLItems(text).isOne else {
        throw InputError("not_one", "the XML holds a number of articles where one is wanted")
      }
    }
    let id = try XMLItems.id(of: text)
    let source = source(name, path, format: .xml, encoding: encoding)
    return Article(source: source, id: id ?? self.id(of: source), text: text, isMarkup: true)
  }

  private func decodePage(_ name: [UInt8], _ path: [UInt8]?) throws(InputError) -> Article {
    let isMarkup = content == .html
    let decoded = try DecodedText(bytes, isMarkup ? .html : .text)
    guard decoded.text.contains(where: { !ByteClass($0).isAny(of: .space) }) else {
      throw InputError("empty", "the file holds no text")
    }
    if decoded.text.prefix(4096).contains(0) {
      throw InputError("binary", "the file is not text: it holds zero bytes")
    }
    let source = source(name, path, format: isMarkup ? .html : .text, encoding: decoded.encoding)
    return Article(source: source, id: id(of: source), text: decoded.text, isMarkup: isMarkup)
  }

  private func source(
    _ name: [UInt8], _ path: [UInt8]?, format: Article.Source.Format, encoding: String
  ) -> Article.Source {
    Article.Source(
      name: name, path: path, line: line, format: format, encoding: encoding, byteCount: bytes.count,
      sha256: SHA256.digest(bytes))
  }

  /// 24 hex digits of SHA-256 over name, line number and the content's own SHA-256, so that content is hashed once.
  private func id(of source: Article.Source) -> [UInt8] {
    var hash = SHA256()
    hash.update(source.name)
    hash.update([0])
    hash.update(Array(String(source.line ?? 0).utf8))
    hash.update([0])
    hash.update(source.sha256)
    return Array(Hex.encode(hash.finish()).prefix(24))
  }

  private func decodeJSON(_ name: [UInt8], _ path: [UInt8]?) throws(InputError) -> Article {
    let decoded = try DecodedText(bytes, .json)
    var input = JSONInput()
    do throws(JSONError) {
      try input.read(decoded.text)
    } catch {
      let before = decoded.text.prefix(error.offset).split(separator: 0x0A, omittingEmptySubsequences: false)
      let column = (before.last ?? []).count(where: { $0 & 0xC0 != 0x80 }) + 1
      let place = before.count > 1 ? "line \(before.count), column \(column)" : "column \(column)"
      throw InputError("not_json", "not JSON at \(place): \(error.message)")
    }
    guard let text = input.html ?? input.text else {
      throw InputError("no_text", "the object has neither ‘text’ nor ‘html’ with a string in it")
    }
    let source = source(name, path, format: .json, encoding: decoded.encoding)
    return Article(
      source: source, id: input.id ?? id(of: source),
      text: text, isMarkup: input.html != nil, metadata: input.metadata)
  }
}

/// The members of a JSON input that mean something here; all others are kept as they were written.
private struct JSONInput {
  var id: [UInt8]?
  var text: [UInt8]?
  var html: [UInt8]?
  var metadata = Article.Metadata()
  private var extra = JSONWriter()

  mutating func read(_ bytes: [UInt8]) throws(JSONError) {
    var scanner = JSONScanner(bytes)
    try scanner.object { scanner, key throws(JSONError) in
      let first = try scanner.peek()
      let start = scanner.offset
      if first == UInt8(ascii: "\"") {
        if try take(key, scanner.string()) { return }
      } else if first == UInt8(ascii: "[") {
        if try takeList(key, &scanner) { return }
      } else {
        let range = try scanner.skipValue()
        if key.elementsEqual("id".utf8), first == UInt8(ascii: "-") || ByteClass(first) == .digit {
          id = Array(bytes[range])
          return
        }
      }
      keep(key, bytes[start..<scanner.offset])
    }
    scanner.skipSpace()
    if !scanner.isAtEnd { throw JSONError(offset: scanner.offset, message: "something follows the object") }
    if !extra.bytes.isEmpty {
      extra.byte(UInt8(ascii: "}"))
      metadata.extra = extra.take()
    }
  }

  /// Returns whether the key is one of ours.
  private mutating func take(_ key: [UInt8], _ value: [UInt8]) throws(JSONError) -> Bool {
    switch String(decoding: key, as: UTF8.self) {
    case "id": if !value.isEmpty { id = value }
    case "text": text = value
    case "html": html = value
    case "url": metadata.url = value
    case "title": metadata.title = value
    case "language":
      guard let tag = LanguageTag.read(value) else { return false }
      metadata.language = tag
    case "byline": metadata.byline = [value]
    case "published":
      guard let date = PublicationDate(value) else { return false }
      metadata.published = date.day.iso
      metadata.publishedAt = date.instant
      // What does not say a moment stays beside the day, as it was written.
      return value.count == 10 || date.instant != nil
    default: return false
    }
    return true
  }

  private mutating func takeList(_ key: [UInt8], _ scanner: inout JSONScanner) throws(JSONError) -> Bool {
    var texts: [[UInt8]]? = []
    try scanner.array { scanner throws(JSONError) in
      if try scanner.peek() == UInt8(ascii: "\"") {
        texts?.append(try scanner.string())
      } else {
        try scanner.skipValue()
        texts = nil
      }
    }
    guard let texts else { return false }
    if key.elementsEqual("byline".utf8) {
      metadata.byline = texts
    } else if key.elementsEqual("tags".utf8) {
      metadata.tags = texts
    } else {
      return false
    }
    return true
  }

  private mutating func keep(_ key: [UInt8], _ json: ArraySlice<UInt8>) {
    extra.byte(extra.bytes.isEmpty ? UInt8(ascii: "{") : UInt8(ascii: ","))
    extra.string(key)
    extra.byte(UInt8(ascii: ":"))
    // A line end may stand between tokens of a .json file, and the record is one line. Inside strings it is escaped.
    extra.raw(json.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 })
  }
}
