import Bytes
import StageKit

/// Cuts a stream at its line ends; holds one line and a piece of the next.
struct LineCutter {
  struct Line {
    /// From 1; blank lines are counted.
    var number: Int
    /// Without the line end; `nil` where it is too long.
    var bytes: [UInt8]?
  }

  /// Bytes of the longest line.
  let limit: Int
  private var buffer: [UInt8] = []
  private var consumed = 0
  /// Up to here no line end was found.
  private var searched = 0
  private var number = 0
  private var atEnd = false
  private var isDone = false

  init(limit: Int) { self.limit = limit }

  /// The next line that is not blank.
  mutating func next(of source: inout any ByteSource) throws(InputError) -> Line? {
    if number == 0 { try refuseWideCharacters(&source) }
    while true {
      if let end = try lineEnd(&source) {
        number += 1
        var bytes = Array(buffer[consumed..<end])
        consumed = min(end + 1, buffer.count)
        searched = consumed
        if bytes.last == 0x0D { bytes.removeLast() }
        if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
        return Line(number: number, bytes: bytes)
      }
      if isDone { return nil }
      number += 1
      try skipRestOfLine(&source)
      return Line(number: number, bytes: nil)
    }
  }

  /// Lines cannot be told apart in UTF-16 by their bytes: such a file is refused whole, and not line by line.
  private mutating func refuseWideCharacters(_ source: inout any ByteSource) throws(InputError) {
    while buffer.count < 4, !atEnd { try fill(&source) }
    let head = Array(buffer.prefix(4))
    let marks: [[UInt8]] = [[0xFF, 0xFE], [0xFE, 0xFF], [0, 0, 0xFE, 0xFF]]
    // Without a mark, a first ASCII character has zeros beside it.
    let hasZero = head.contains(0) && head.contains { $0 != 0 }
    guard hasZero || marks.contains(where: head.starts(with:)) else { return }
    let isLong = head.count(where: { $0 == 0 }) > 2 || head == [0xFF, 0xFE, 0, 0] || head.starts(with: marks[2])
    throw InputError(
      .notUTF8,
      "the file is in UTF-\(isLong ? 32 : 16), and JSON Lines are read in UTF-8: convert it whole, for example: "
        + "iconv -f utf-\(isLong ? 32 : 16) -t utf-8 FILE")
  }

  /// The offset of the next line end; `nil` where the line is too long or nothing is left (then `isDone`).
  private mutating func lineEnd(_ source: inout any ByteSource) throws(InputError) -> Int? {
    while true {
      let end = buffer.span.firstOffset(of: 0x0A, in: searched..<buffer.count)
      if end < buffer.count { return end - consumed > limit ? nil : end }
      searched = buffer.count
      if buffer.count - consumed > limit { return nil }
      if atEnd {
        if consumed < buffer.count { return buffer.count }
        isDone = true
        return nil
      }
      try fill(&source)
    }
  }

  private mutating func skipRestOfLine(_ source: inout any ByteSource) throws(InputError) {
    while true {
      let end = buffer.span.firstOffset(of: 0x0A, in: searched..<buffer.count)
      if end < buffer.count {
        consumed = end + 1
        searched = consumed
        return
      }
      consumed = buffer.count
      searched = consumed
      if atEnd { return }
      try fill(&source)
    }
  }

  private mutating func fill(_ source: inout any ByteSource) throws(InputError) {
    if consumed > 0 {
      buffer.removeFirst(consumed)
      searched -= consumed
      consumed = 0
    }
    if try source.read(into: &buffer, upTo: 1 << 17) == 0 { atEnd = true }
  }
}
