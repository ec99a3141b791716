import Bytes
import StageKit

/// Why a line is no record, and where.
public struct LineFault: Error, Sendable, Equatable {
  /// In bytes of the line.
  public var offset: Int
  /// “expected a text”
  public var message: String

  public init(offset: Int, message: String) {
    self.offset = offset
    self.message = message
  }
}

/// A key of up to 16 bytes, as two words; longer ones are none that a record has.
struct MemberKey: Equatable {
  var low: UInt64 = 0
  var high: UInt64 = 0

  init(_ name: StaticString) {
    for place in 0..<min(name.utf8CodeUnitCount, 16) { set(name.utf8Start[place], at: place) }
  }

  init(_ line: Span<UInt8>, _ range: Range<Int>) {
    guard range.count <= 16 else { return }
    for place in 0..<range.count { set(line[range.lowerBound + place], at: place) }
  }

  @inline(__always)
  private mutating func set(_ byte: UInt8, at place: Int) {
    if place < 8 { low |= UInt64(byte) << UInt64(place * 8) } else { high |= UInt64(byte) << UInt64(place * 8 - 64) }
  }
}

/// Passes over one line of JSON and takes out of it what is asked for. What is skipped is not checked beyond its brackets
/// and strings; nothing recurses, so that a deep nest costs no stack.
struct LineScanner {
  private(set) var at = 0

  func fault(_ message: String) -> LineFault { LineFault(offset: at, message: message) }

  @inline(__always)
  private mutating func skipSpace(_ line: Span<UInt8>) {
    while at < line.count, line[at] == 0x20 || line[at] == 0x09 || line[at] == 0x0D || line[at] == 0x0A { at += 1 }
  }

  /// The first byte of the next value; 0 at the end of the line.
  @inline(__always)
  mutating func peek(_ line: Span<UInt8>) -> UInt8 {
    skipSpace(line)
    return at < line.count ? line[at] : 0
  }

  /// Takes `null`, if it stands there.
  mutating func takeNull(_ line: Span<UInt8>) throws(LineFault) -> Bool {
    guard peek(line) == UInt8(ascii: "n") else { return false }
    guard line.count - at >= 4, line[at + 1] == UInt8(ascii: "u"), line[at + 2] == UInt8(ascii: "l"),
      line[at + 3] == UInt8(ascii: "l")
    else { throw fault("expected a value") }
    at += 4
    return true
  }

  func checkEnd(_ line: Span<UInt8>) throws(LineFault) {
    var rest = self
    if rest.peek(line) != 0 || rest.at < line.count { throw rest.fault("something follows the record") }
  }

  // MARK: Objects and lists

  /// - Parameter bracket: `{` or `[`.
  mutating func enter(_ line: Span<UInt8>, _ bracket: UInt8) throws(LineFault) {
    guard peek(line) == bracket else {
      throw fault(bracket == UInt8(ascii: "{") ? "expected an object" : "expected a list")
    }
    at += 1
  }

  /// Goes to the value of the next member.
  ///
  /// - Parameter isFirst: begins as `true`.
  /// - Returns: its key; `nil` behind the last one.
  mutating func nextKey(_ line: Span<UInt8>, _ isFirst: inout Bool) throws(LineFault) -> MemberKey? {
    guard try goOn(line, &isFirst, to: UInt8(ascii: "}")) else { return nil }
    guard peek(line) == UInt8(ascii: "\"") else { throw fault("expected a key in double quotes") }
    let start = at + 1
    let end = line.plainEnd(from: start)
    let key: MemberKey
    if end < line.count, line[end] == UInt8(ascii: "\"") {
      key = MemberKey(line, Range(from: start, upTo: end))
      at = end + 1
    } else {
      key = MemberKey("")
      try skipString(line)
    }
    guard peek(line) == UInt8(ascii: ":") else { throw fault("expected a colon behind the key") }
    at += 1
    return key
  }

  /// Goes to the next element; `false` behind the last one.
  mutating func nextElement(_ line: Span<UInt8>, _ isFirst: inout Bool) throws(LineFault) -> Bool {
    try goOn(line, &isFirst, to: UInt8(ascii: "]"))
  }

  @inline(__always)
  private mutating func goOn(
    _ line: Span<UInt8>, _ isFirst: inout Bool, to bracket: UInt8
  ) throws(LineFault) -> Bool {
    let byte = peek(line)
    if byte == bracket {
      at += 1
      return false
    }
    if isFirst {
      isFirst = false
      return true
    }
    guard byte == UInt8(ascii: ",") else { throw fault("expected a comma or a closing bracket") }
    at += 1
    return true
  }

  /// Passes over a value, and says where it stood.
  @discardableResult
  mutating func skip(_ line: Span<UInt8>) throws(LineFault) -> Range<Int> {
    let first = peek(line)
    let start = at
    switch first {
    case UInt8(ascii: "\""): try skipString(line)
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      var depth = 0
      repeat {
        guard at < line.count else { throw fault("the line ends inside of a value") }
        switch line[at] {
        case UInt8(ascii: "\""):
          try skipString(line)
          continue
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
        default: break
        }
        at += 1
      } while depth > 0
    default:
      while at < line.count, !Self.endsScalar(line[at]) { at += 1 }
      if at == start { throw fault("expected a value") }
    }
    return Range(from: start, upTo: at)
  }

  @inline(__always)
  private static func endsScalar(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ":"), UInt8(ascii: "\""), 0x00...0x20:
      true
    default: false
    }
  }

  private mutating func skipString(_ line: Span<UInt8>) throws(LineFault) {
    at += 1
    while true {
      at = line.plainEnd(from: at)
      guard at < line.count else { throw fault("a text is not closed") }
      switch line[at] {
      case UInt8(ascii: "\""):
        at += 1
        return
      case UInt8(ascii: "\\"): at = min(at + 2, line.count)
      default: throw fault("a control character stands in a text")
      }
    }
  }

  // MARK: Values

  /// Appends a string with its escapes resolved; a lone surrogate becomes U+FFFD.
  mutating func string(_ line: Span<UInt8>, into bytes: inout [UInt8]) throws(LineFault) {
    guard peek(line) == UInt8(ascii: "\"") else { throw fault("expected a text") }
    at += 1
    while true {
      let end = line.plainEnd(from: at)
      bytes.append(line, ByteSpan(at, end))
      at = end
      guard at < line.count else { throw fault("a text is not closed") }
      let byte = line[at]
      at += 1
      if byte == UInt8(ascii: "\"") { return }
      guard byte == UInt8(ascii: "\\"), at < line.count else { throw fault("a control character stands in a text") }
      try escape(line, into: &bytes)
    }
  }

  private mutating func escape(_ line: Span<UInt8>, into bytes: inout [UInt8]) throws(LineFault) {
    let byte = line[at]
    at += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes.append(byte)
    case UInt8(ascii: "b"): bytes.append(0x08)
    case UInt8(ascii: "f"): bytes.append(0x0C)
    case UInt8(ascii: "n"): bytes.append(0x0A)
    case UInt8(ascii: "r"): bytes.append(0x0D)
    case UInt8(ascii: "t"): bytes.append(0x09)
    case UInt8(ascii: "u"):
      var scalar = try hexUnit(line)
      if scalar & 0xFC00 == 0xD800, at + 1 < line.count, line[at] == UInt8(ascii: "\\"),
        line[at + 1] == UInt8(ascii: "u")
      {
        let before = at
        at += 2
        let low = try hexUnit(line)
        if low & 0xFC00 == 0xDC00 {
          scalar = 0x10000 + (scalar - 0xD800) << 10 + (low - 0xDC00)
        } else {
          at = before
        }
      }
      UTF8Scalar.append(scalar & 0xF800 == 0xD800 && scalar < 0x10000 ? 0xFFFD : scalar, to: &bytes)
    default: throw fault("an unknown escape stands in a text")
    }
  }

  private mutating func hexUnit(_ line: Span<UInt8>) throws(LineFault) -> UInt32 {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard at < line.count, let digit = line[at].hexValue else { throw fault("\\u wants four hex digits") }
      unit = unit << 4 | UInt32(digit)
      at += 1
    }
    return unit
  }

  /// A whole number from 0 on.
  mutating func integer(_ line: Span<UInt8>) throws(LineFault) -> Int {
    _ = peek(line)
    let start = at
    var value = 0
    while at < line.count, line[at].isDigit {
      guard at - start < 18 else { throw fault("a number is too large") }
      value = value * 10 + Int(line[at] & 0x0F)
      at += 1
    }
    if at == start { throw fault("expected a whole number") }
    return value
  }

  mutating func number(_ line: Span<UInt8>) throws(LineFault) -> Double {
    let range = try skip(line)
    // 0.97, 17: digits and a point are the quotient of two whole numbers that a double holds.
    var (whole, divisor) = (0, 0)
    var isPlain = range.count <= 15
    for place in range where isPlain {
      let byte = line[place]
      if byte.isDigit {
        whole = whole * 10 + Int(byte & 0x0F)
        divisor *= 10
      } else if byte == UInt8(ascii: "."), divisor == 0 {
        divisor = 1
      } else {
        isPlain = false
      }
    }
    if isPlain { return divisor > 1 ? Double(whole) / Double(divisor) : Double(whole) }
    guard let value = Double(String(decoding: line.array(range), as: UTF8.self)), value.isFinite else {
      throw LineFault(offset: range.lowerBound, message: "expected a number")
    }
    return value
  }

  mutating func bool(_ line: Span<UInt8>) throws(LineFault) -> Bool {
    let first = peek(line)
    guard first == UInt8(ascii: "t") || first == UInt8(ascii: "f") else { throw fault("expected true or false") }
    try skip(line)
    return first == UInt8(ascii: "t")
  }
}
