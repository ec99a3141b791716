import Bytes

/// Why bytes are not JSON (RFC 8259), and where.
public struct JSONError: Error, Sendable, Equatable {
  /// Byte offset into what was scanned.
  public var offset: Int
  /// “expected a colon after the key”
  public var message: String

  public init(offset: Int, message: String) {
    self.offset = offset
    self.message = message
  }
}

/// A strict pull scanner over JSON bytes: checks everything it passes, builds only what it is asked for.
///
/// - Precondition: the bytes are valid UTF-8.
public struct JSONScanner {
  static let maximumDepth = 256

  public let bytes: [UInt8]
  public private(set) var offset: Int
  private var depth = 0

  public init(_ bytes: [UInt8], at offset: Int = 0) {
    self.bytes = bytes
    self.offset = offset
  }

  public var isAtEnd: Bool { offset == bytes.count }
  private var current: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  func fail<T>(_ message: String) throws(JSONError) -> T { throw JSONError(offset: offset, message: message) }

  public mutating func skipSpace() {
    while offset < bytes.count {
      switch bytes[offset] {
      case 0x20, 0x09, 0x0A, 0x0D: offset += 1
      default: return
      }
    }
  }

  /// The first byte of the next value, which says its type; not passed over.
  public mutating func peek() throws(JSONError) -> UInt8 {
    skipSpace()
    guard let current else { return try fail("the JSON ends where a value should stand") }
    return current
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard current == byte else { return false }
    offset += 1
    return true
  }

  /// Calls `member` for each key of an object; `member` must pass over the value.
  public mutating func object(
    _ member: (inout JSONScanner, [UInt8]) throws(JSONError) -> Void
  ) throws(JSONError) {
    guard try peek() == UInt8(ascii: "{") else { return try fail("expected an object, {…}") }
    try descend()
    offset += 1
    skipSpace()
    if take(UInt8(ascii: "}")) { return ascend() }
    while true {
      guard try peek() == UInt8(ascii: "\"") else { return try fail("expected a key in double quotes") }
      let key = try string()
      skipSpace()
      guard take(UInt8(ascii: ":")) else { return try fail("expected a colon after the key") }
      skipSpace()
      try member(&self, key)
      skipSpace()
      if take(UInt8(ascii: "}")) { return ascend() }
      guard take(UInt8(ascii: ",")) else { return try fail("expected a comma or } after a member") }
    }
  }

  /// Calls `element` for each element of an array; `element` must pass over it.
  public mutating func array(_ element: (inout JSONScanner) throws(JSONError) -> Void) throws(JSONError) {
    guard try peek() == UInt8(ascii: "[") else { return try fail("expected an array, […]") }
    try descend()
    offset += 1
    skipSpace()
    if take(UInt8(ascii: "]")) { return ascend() }
    while true {
      skipSpace()
      try element(&self)
      skipSpace()
      if take(UInt8(ascii: "]")) { return ascend() }
      guard take(UInt8(ascii: ",")) else { return try fail("expected a comma or ] after an element") }
    }
  }

  private mutating func descend() throws(JSONError) {
    depth += 1
    if depth > Self.maximumDepth { return try fail("nested deeper than \(Self.maximumDepth) levels") }
  }

  private mutating func ascend() { depth -= 1 }

  /// The string at the cursor, its escapes resolved; a lone surrogate becomes U+FFFD.
  public mutating func string() throws(JSONError) -> [UInt8] {
    guard try peek() == UInt8(ascii: "\"") else { return try fail("expected a string") }
    offset += 1
    var result = [UInt8]()
    while true {
      let start = offset
      offset = bytes.span.plainEnd(from: start)
      result.append(bytes.span, ByteSpan(start, offset))
      guard let byte = current else { return try fail("the string is not closed") }
      if byte < 0x20 { return try fail("a control character must be escaped in a string") }
      offset += 1
      if byte == UInt8(ascii: "\"") { return result }
      try escape(into: &result)
    }
  }

  /// Passes over the string at the cursor as `string` would.
  private mutating func skipString() throws(JSONError) {
    offset += 1
    var unused = [UInt8]()
    while true {
      offset = bytes.span.plainEnd(from: offset)
      guard let byte = current else { return try fail("the string is not closed") }
      if byte < 0x20 { return try fail("a control character must be escaped in a string") }
      offset += 1
      if byte == UInt8(ascii: "\"") { return }
      try escape(into: &unused)
      unused.removeAll(keepingCapacity: true)
    }
  }

  private mutating func escape(into result: inout [UInt8]) throws(JSONError) {
    guard let byte = current else { return try fail("the string is not closed") }
    offset += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(byte)
    case UInt8(ascii: "b"): result.append(0x08)
    case UInt8(ascii: "f"): result.append(0x0C)
    case UInt8(ascii: "n"): result.append(0x0A)
    case UInt8(ascii: "r"): result.append(0x0D)
    case UInt8(ascii: "t"): result.append(0x09)
    case UInt8(ascii: "u"):
      let unit = try hexUnit()
      UTF8Scalar.append(try scalar(from: unit), to: &result)
    default:
      offset -= 1
      return try fail("an unknown escape in a string")
    }
  }

  private mutating func scalar(from unit: UInt32) throws(JSONError) -> UInt32 {
    guard unit >= 0xD800, unit < 0xE000 else { return unit }
    guard unit < 0xDC00, offset + 1 < bytes.count, bytes[offset] == UInt8(ascii: "\\"),
      bytes[offset + 1] == UInt8(ascii: "u")
    else { return 0xFFFD }
    let before = offset
    offset += 2
    let low = try hexUnit()
    guard low >= 0xDC00, low < 0xE000 else {
      offset = before
      return 0xFFFD
    }
    return 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
  }

  private mutating func hexUnit() throws(JSONError) -> UInt32 {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = current, let digit = byte.hexValue else { return try fail("\\u wants four hex digits") }
      unit = unit << 4 | UInt32(digit)
      offset += 1
    }
    return unit
  }

  /// Passes over one value of any type and returns its bytes' range.
  @discardableResult
  public mutating func skipValue() throws(JSONError) -> Range<Int> {
    let first = try peek()
    let start = offset
    switch first {
    case UInt8(ascii: "{"): try object { scanner, _ throws(JSONError) in try scanner.skipValue() }
    case UInt8(ascii: "["): try array { scanner throws(JSONError) in try scanner.skipValue() }
    case UInt8(ascii: "\""): try skipString()
    case UInt8(ascii: "t"): try literal("true")
    case UInt8(ascii: "f"): try literal("false")
    case UInt8(ascii: "n"): try literal("null")
    default: try number()
    }
    return start..<offset
  }

  mutating func literal(_ word: StaticString) throws(JSONError) {
    let matches = word.withUTF8Buffer { letters in
      letters.count <= bytes.count - offset && letters.elementsEqual(bytes[offset..<offset + letters.count])
    }
    guard matches else { return try fail("expected a value: object, array, string, number, true, false or null") }
    offset += word.utf8CodeUnitCount
  }

  private mutating func digits() -> Int {
    let start = offset
    while let byte = current, byte.isDigit { offset += 1 }
    return offset - start
  }

  private mutating func number() throws(JSONError) {
    let start = offset
    _ = take(UInt8(ascii: "-"))
    let leadingZero = current == UInt8(ascii: "0")
    let whole = digits()
    guard whole > 0, !(leadingZero && whole > 1) else {
      offset = start
      return try fail("expected a value: object, array, string, number, true, false or null")
    }
    if take(UInt8(ascii: ".")), digits() == 0 { return try fail("a number wants digits after its point") }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      if digits() == 0 { return try fail("a number wants digits in its exponent") }
    }
  }
}
