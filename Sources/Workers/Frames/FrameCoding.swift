/// Why bytes are no frame of this program.
struct FrameProblem: Error, Sendable, Equatable {
  var message: String
  init(_ message: String) { self.message = message }
}

/// A frame on a socket between processes: `length:4 kind:1`, then `length - 1` bytes. Numbers are little-endian; bytes of any
/// length stand behind their own length. Both sides are of one build, so that a frame has no version.
struct Frame: Sendable {
  var kind: UInt8
  var payload: [UInt8]

  /// Bytes that a frame may have. A record is many times its text, which has 64 MiB at most by default.
  static let mostBytes = 1 << 30
}

/// Puts a frame together.
struct FrameWriter {
  private var frame: [UInt8]

  init(kind: UInt8, reserving capacity: Int = 0) {
    frame = []
    frame.reserveCapacity(capacity + 64)
    frame += [0, 0, 0, 0, kind]
  }

  mutating func byte(_ value: UInt8) { frame.append(value) }
  mutating func flag(_ value: Bool) { frame.append(value ? 1 : 0) }

  mutating func number(_ value: UInt64) {
    withUnsafeBytes(of: value.littleEndian) { frame.append(contentsOf: $0) }
  }

  mutating func number(_ value: Int) { number(UInt64(bitPattern: Int64(value))) }

  mutating func bytes(_ value: [UInt8]) {
    number(value.count)
    frame.append(contentsOf: value)
  }

  mutating func text(_ value: String) { bytes(Array(value.utf8)) }

  mutating func optional<Value>(_ value: Value?, _ write: (inout Self, Value) -> Void) {
    flag(value != nil)
    if let value { write(&self, value) }
  }

  /// The whole frame, its length filled in.
  consuming func finish() -> [UInt8] {
    let length = UInt32(clamping: frame.count - 4)
    for place in 0..<4 { frame[place] = UInt8(truncatingIfNeeded: length >> UInt32(8 * place)) }
    return frame
  }
}

/// Takes a frame apart. Nothing in it is trusted.
struct FrameReader {
  private let payload: [UInt8]
  private var at = 0

  init(_ frame: Frame) { payload = frame.payload }

  private mutating func take(_ count: Int) throws(FrameProblem) -> ArraySlice<UInt8> {
    guard count >= 0, count <= payload.count - at else { throw FrameProblem("a frame ends too early") }
    defer { at += count }
    return payload[at..<at + count]
  }

  mutating func byte() throws(FrameProblem) -> UInt8 { try take(1).first ?? 0 }

  mutating func flag() throws(FrameProblem) -> Bool {
    let value = try byte()
    guard value <= 1 else { throw FrameProblem("a frame has \(value) where yes or no should stand") }
    return value == 1
  }

  mutating func number() throws(FrameProblem) -> UInt64 {
    var value: UInt64 = 0
    for byte in try take(8).reversed() { value = value << 8 | UInt64(byte) }
    return value
  }

  mutating func integer() throws(FrameProblem) -> Int { Int(truncatingIfNeeded: Int64(bitPattern: try number())) }

  mutating func bytes() throws(FrameProblem) -> [UInt8] { Array(try take(try integer())) }

  mutating func text() throws(FrameProblem) -> String { String(decoding: try bytes(), as: UTF8.self) }

  mutating func optional<Value>(
    _ read: (inout Self) throws(FrameProblem) -> Value
  ) throws(FrameProblem) -> Value? {
    try flag() ? try read(&self) : nil
  }

  func finish() throws(FrameProblem) {
    if at < payload.count { throw FrameProblem("a frame has \(payload.count - at) bytes too many") }
  }
}

/// Bytes as they come in, cut into frames.
struct FrameBuffer {
  private var bytes: [UInt8] = []
  private var start = 0

  mutating func append(_ more: some Sequence<UInt8>) {
    if start > 0, start == bytes.count {
      bytes.removeAll(keepingCapacity: bytes.capacity < 1 << 20)
      start = 0
    }
    bytes.append(contentsOf: more)
  }

  /// The next frame; `nil` where it is not whole yet.
  mutating func next() throws(FrameProblem) -> Frame? {
    guard bytes.count - start >= 5 else { return nil }
    var length = 0
    for place in (0..<4).reversed() { length = length << 8 | Int(bytes[start + place]) }
    guard (1...Frame.mostBytes).contains(length) else { throw FrameProblem("a frame of \(length) bytes") }
    guard bytes.count - start - 4 >= length else {
      if start > 1 << 20 {
        bytes.removeFirst(start)
        start = 0
      }
      return nil
    }
    let end = start + 4 + length
    defer { start = end }
    return Frame(kind: bytes[start + 4], payload: Array(bytes[start + 5..<end]))
  }
}
