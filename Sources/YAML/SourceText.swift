import Bytes
import StageKit

/// Turns libyaml's positions, which count code points, into lines, columns and bytes.
///
/// Lines end where editors end them (LF, CR LF, CR); libyaml also counts U+0085, U+2028 and U+2029.
struct SourceText {
  private let bytes: [UInt8]
  /// Bytes before the first code point that libyaml sees: those of a byte order mark.
  private let origin: Int
  /// The byte offset of every 64th code point.
  private var checkpoints: [Int] = []
  /// Where each line starts.
  private var lines: [(codePoint: Int, offset: Int)]
  private let stride = 64
  /// For its marks.
  private let file: Int

  init(_ bytes: [UInt8], from origin: Int, file: Int = 0) {
    self.file = file
    self.bytes = bytes
    self.origin = origin
    lines = [(0, origin)]
    var codePoint = 0
    for offset in origin..<bytes.count {
      let byte = bytes[offset]
      if byte & 0xC0 == 0x80 { continue }
      if codePoint % stride == 0 { checkpoints.append(offset) }
      codePoint += 1
      let next = offset + 1 < bytes.count ? bytes[offset + 1] : 0
      if byte == 0x0A || (byte == 0x0D && next != 0x0A) { lines.append((codePoint, offset + 1)) }
    }
  }

  func mark(codePoint: Int) -> Mark {
    var offset = bytes.count
    if codePoint / stride < checkpoints.count {
      offset = checkpoints[codePoint / stride]
      for _ in 0..<codePoint % stride where offset < bytes.count { offset = after(offset) }
    }
    let line = lastLine { $0.codePoint <= codePoint }
    return Mark(
      position: .init(line: line + 1, column: codePoint - lines[line].codePoint + 1), offset: offset, file: file)
  }

  func mark(offset: Int) -> Mark {
    let line = lastLine { $0.offset <= offset }
    let before = bytes[lines[line].offset..<min(offset, bytes.count)]
    let column = before.count { $0 & 0xC0 != 0x80 } + 1
    return Mark(position: .init(line: line + 1, column: column), offset: offset, file: file)
  }

  /// The byte offset in the file of one that counts from after the byte order mark.
  func offset(fromOrigin offset: Int) -> Int { origin + offset }

  /// The first byte of the first sequence that is not UTF-8.
  var firstInvalidUTF8: (offset: Int, byte: UInt8)? {
    do {
      _ = try UTF8Span(validating: bytes.span)
      return nil
    } catch {
      let offset = error.byteOffsets.lowerBound
      return (offset, bytes[offset])
    }
  }

  /// The code point at a byte offset; `nil` at the end.
  func scalar(at offset: Int) -> Unicode.Scalar? {
    guard offset < bytes.count else { return nil }
    return String(decoding: bytes[offset..<min(offset + 4, bytes.count)], as: UTF8.self).unicodeScalars.first
  }

  /// How many bytes of white space end just before `end`, not going below `start`.
  func trailingSpace(before end: Int, from start: Int) -> Int {
    var at = end
    while at > start, bytes[at - 1].isSpace { at -= 1 }
    return end - at
  }

  /// How many code points stand from `offset` up to white space, a comma or a closing bracket.
  func wordLength(from offset: Int) -> Int {
    var at = offset
    var count = 0
    while at < bytes.count, bytes[at] > 0x20, !",]}".utf8.contains(bytes[at]) {
      at = after(at)
      count += 1
    }
    return count
  }

  /// The last line up to an offset, and not far before it, that begins as `key:value`, and the place behind its colon.
  func missingBlank(before offset: Int) -> (key: String, mark: Mark)? {
    let last = lastLine { $0.offset <= offset }
    for line in Swift.stride(from: last, through: max(0, last - 2), by: -1) {
      let end = line + 1 < lines.count ? lines[line + 1].offset : bytes.count
      if let (key, place) = MissingBlank.find(in: bytes[lines[line].offset..<end]) { return (key, mark(offset: place)) }
    }
    return nil
  }

  /// Whether `$` stands right before an offset.
  func endsWithDollar(before offset: Int) -> Bool {
    offset > 0 && offset <= bytes.count && bytes[offset - 1] == UInt8(ascii: "$")
  }

  private func after(_ offset: Int) -> Int {
    var next = offset + 1
    while next < bytes.count, bytes[next] & 0xC0 == 0x80 { next += 1 }
    return next
  }

  private func lastLine(where isBefore: ((codePoint: Int, offset: Int)) -> Bool) -> Int {
    max(0, lines.partitioningIndex { !isBefore($0) } - 1)
  }
}
