import Bytes

/// One record of a WARC file (ISO 28500): its header, and of a response the header and the body of HTTP.
struct WARCRecord {
  /// Of the WARC header, names in small letters.
  private(set) var fields = HeaderFields()
  /// Where its block begins, and how long it is.
  private(set) var blockStart = 0
  private(set) var blockLength = 0

  /// Bytes of a header, at most.
  static let longestHeader = 1 << 16
  static let start = Array("WARC/1.".utf8)

  enum Problem: Error { case isNone }

  /// - Parameter bytes: begin with a record's header, which ends in them.
  init(_ bytes: [UInt8]) throws(Problem) {
    guard bytes.starts(with: Self.start), let end = HeaderFields.end(of: bytes, from: 0, limit: Self.longestHeader)
    else {
      throw .isNone
    }
    fields = HeaderFields(bytes, from: 0, to: end)
    guard let text = fields["content-length"], let length = Int(String(decoding: text, as: UTF8.self)), length >= 0
    else {
      throw .isNone
    }
    (blockStart, blockLength) = (end, length)
  }

  /// Whether its block is what a web server answered.
  var isResponse: Bool {
    guard fields["warc-type"].map({ $0.map(\.lowered) }) == Array("response".utf8) else { return false }
    return fields["content-type"]?.map(\.lowered).starts(with: Array("application/http".utf8)) ?? false
  }
}

/// The lines of a header, “Name: value”.
struct HeaderFields {
  private var values: [[UInt8]: [UInt8]] = [:]

  init() {}

  /// The first line says what it is the header of, and is none of the fields.
  init(_ bytes: [UInt8], from start: Int, to end: Int) {
    var last: [UInt8]?
    for line in bytes[start..<end].split(separator: 0x0A).dropFirst() {
      let line = line.last == 0x0D ? line.dropLast() : line
      if let first = line.first, first == 0x20 || first == 0x09 {
        // It goes on.
        if let last { values[last, default: []] += [0x20] + Self.trimmed(line) }
        continue
      }
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
      let name = Self.trimmed(line[..<colon]).map(\.lowered)
      if values[name] == nil { values[name] = Self.trimmed(line[(colon + 1)...]) }
      last = name
    }
  }

  subscript(name: String) -> [UInt8]? { values[Array(name.utf8)] }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0D }
    return Array(bytes.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
  }

  /// Behind the blank line that ends a header; `nil` where there is none within the limit.
  static func end(of bytes: [UInt8], from start: Int, limit: Int) -> Int? {
    let span = bytes.span
    let last = min(bytes.count, start + limit)
    var at = start
    while at < last {
      let line = span.firstOffset(of: 0x0A, in: Range(from: at, upTo: last))
      if line >= last { return nil }
      if line == at || line == at + 1 && bytes[at] == 0x0D { return line + 1 }
      at = line + 1
    }
    return nil
  }
}

/// The answer of a web server.
struct HTTPResponse {
  let status: Int
  let fields: HeaderFields
  /// Where the body begins.
  let body: Int

  init?(_ bytes: [UInt8], from start: Int) {
    guard bytes.count - start > 12, bytes[start...].starts(with: Array("HTTP/".utf8)),
      let end = HeaderFields.end(of: bytes, from: start, limit: WARCRecord.longestHeader)
    else { return nil }
    let line = bytes[start..<end].prefix { $0 != 0x0A && $0 != 0x0D }.split(separator: 0x20)
    guard line.count >= 2, let status = Int(String(decoding: line[1], as: UTF8.self)) else { return nil }
    self.status = status
    fields = HeaderFields(bytes, from: start, to: end)
    body = end
  }

  var isPage: Bool {
    guard status == 200, let type = fields["content-type"]?.map(\.lowered) else { return false }
    return ["text/html", "application/xhtml+xml"].contains { type.starts(with: Array($0.utf8)) }
  }

  /// The label behind `charset=`.
  var characterSet: [UInt8]? {
    guard let type = fields["content-type"]?.map(\.lowered), let place = type.firstRange(of: Array("charset=".utf8))
    else { return nil }
    let label = type[place.upperBound...].filter { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "'") }
    return Array(label.prefix { $0 > 0x20 && $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: ",") })
  }
}
