import Bytes
import StageKit

/// One field of a header.
struct MailField {
  /// In lower case: of ASCII, without space or colon.
  var name: [UInt8]
  /// Without line ends and space before it; not decoded.
  var value: [UInt8]
}

/// A header and a body: a whole message, or a part of one.
struct MailPart {
  private(set) var fields: [MailField] = []
  let bytes: [UInt8]
  private(set) var body: Range<Int>

  /// - Parameter bytes: a file. The line `From …` with which some programs begin one is passed over.
  init(message bytes: [UInt8]) {
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    if bytes[start...].starts(with: "From ".utf8) {
      start = min(bytes.span.firstOffset(of: 0x0A, in: start..<bytes.count) + 1, bytes.count)
    }
    self.init(bytes, start..<bytes.count)
  }

  /// Reads the header, up to the first blank line, or a line that is no field.
  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    body = range
    for line in MailLines(bytes, range) {
      body = Range(from: line.next, clampedTo: range.upperBound)
      if line.content.isEmpty { return }
      let first = bytes[line.content.lowerBound]
      if first == 0x20 || first == 0x09, !fields.isEmpty {
        fields[fields.count - 1].value += bytes[line.content]
      } else if let field = Self.field(bytes[line.content]) {
        fields.append(field)
      } else {
        body = line.content.lowerBound..<range.upperBound
        return
      }
    }
  }

  private static func field(_ line: ArraySlice<UInt8>) -> MailField? {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    var name = line[..<colon]
    while let last = name.last, last == 0x20 || last == 0x09 { name.removeLast() }
    guard !name.isEmpty, name.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
    return MailField(name: name.map(\.lowered), value: Array(line[(colon + 1)...].drop { $0 == 0x20 || $0 == 0x09 }))
  }

  /// The value of the first field of a name, as a word and its parameters.
  func parameters(_ name: StaticString) -> MailParameters? {
    name.withUTF8Buffer { name in fields.first { $0.name.elementsEqual(name) } }.map { MailParameters($0.value) }
  }

  /// The body as it was before it was made fit for the way.
  var decodedBody: [UInt8] {
    let encoding = parameters("content-transfer-encoding")?.value ?? []
    return TransferEncoding(rawValue: String(decoding: encoding, as: UTF8.self))?.decode(bytes[body])
      ?? Array(bytes[body])
  }

  /// The parts between the lines with the boundary, from first to last; the last may have no end.
  func parts(boundary: [UInt8]) -> [MailPart] {
    var parts: [MailPart] = []
    var start: Int?
    /// Where a part would end: the line end before a boundary is not of the part.
    var end = body.lowerBound
    func close() { if let start { parts.append(MailPart(bytes, Range(from: start, clampedTo: end))) } }
    for line in MailLines(bytes, body) {
      if let isLast = Self.isBoundary(bytes[line.content], boundary) {
        close()
        if isLast { return parts }
        start = line.next
      }
      end = line.content.upperBound
    }
    close()
    return parts
  }

  /// Whether a line is a boundary, and if so the last one; `nil` where it is none.
  private static func isBoundary(_ line: ArraySlice<UInt8>, _ boundary: [UInt8]) -> Bool? {
    guard line.starts(with: "--".utf8), line.dropFirst(2).starts(with: boundary) else { return nil }
    let rest = line.dropFirst(2 + boundary.count)
    if rest.starts(with: "--".utf8) { return true }
    return rest.allSatisfy { $0 == 0x20 || $0 == 0x09 } ? false : nil
  }
}

/// The lines of a range, which end in a line feed, or a carriage return and one.
struct MailLines: Sequence, IteratorProtocol {
  struct Line {
    /// Without the line end.
    var content: Range<Int>
    /// Where the next line begins.
    var next: Int
  }

  private let bytes: [UInt8]
  private var at: Int
  private let end: Int

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    (at, end) = (range.lowerBound, range.upperBound)
  }

  mutating func next() -> Line? {
    guard at < end else { return nil }
    let start = at
    let feed = bytes.span.firstOffset(of: 0x0A, in: start..<end)
    at = Swift.min(feed + 1, end)
    let hasReturn = feed > start && bytes[feed - 1] == 0x0D
    return Line(content: start..<(hasReturn ? feed - 1 : feed), next: at)
  }
}
