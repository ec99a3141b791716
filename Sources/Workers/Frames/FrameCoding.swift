import Bytes
import Glibc

/// Why bytes are no frame of this program.
struct FrameProblem: Error, Sendable, Equatable {
  var message: String
  init(_ message: String) { self.message = message }
}

/// A frame on a socket between processes: `length:4 kind:1`, then `length - 1` bytes. Numbers are little-endian; bytes of any
/// length stand behind their own length. Both sides are of one build, so that a frame has no version.
struct Frame: Sendable {
  var kind: UInt8
  /// Shares the memory of the buffer that it was cut from: be done with it before more comes into that.
  var payload: ArraySlice<UInt8>

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

  mutating func number(_ value: UInt64) { frame.appendFixed(value) }

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
  private let payload: ArraySlice<UInt8>
  private var at: Int

  init(_ frame: Frame) {
    payload = frame.payload
    at = payload.startIndex
  }

  private mutating func take(_ count: Int) throws(FrameProblem) -> Range<Int> {
    guard count >= 0, count <= payload.endIndex - at else { throw FrameProblem("a frame ends too early") }
    defer { at += count }
    return at..<at + count
  }

  mutating func byte() throws(FrameProblem) -> UInt8 { payload[try take(1).lowerBound] }

  mutating func flag() throws(FrameProblem) -> Bool {
    let value = try byte()
    guard value <= 1 else { throw FrameProblem("a frame has \(value) where yes or no should stand") }
    return value == 1
  }

  mutating func number() throws(FrameProblem) -> UInt64 {
    var value: UInt64 = 0
    for place in try take(8).reversed() { value = value << 8 | UInt64(payload[place]) }
    return value
  }

  mutating func integer() throws(FrameProblem) -> Int { Int(truncatingIfNeeded: Int64(bitPattern: try number())) }

  mutating func bytes() throws(FrameProblem) -> [UInt8] { Array(payload[try take(try integer())]) }

  mutating func text() throws(FrameProblem) -> String { String(decoding: try bytes(), as: UTF8.self) }

  mutating func optional<Value>(
    _ read: (inout Self) throws(FrameProblem) -> Value
  ) throws(FrameProblem) -> Value? {
    try flag() ? try read(&self) : nil
  }

  func finish() throws(FrameProblem) {
    if at < payload.endIndex { throw FrameProblem("a frame has \(payload.endIndex - at) bytes too many") }
  }
}

/// Bytes as they come in, cut into frames.
struct FrameBuffer {
  private var incoming = IncomingBytes()

  mutating func append(_ more: some Sequence<UInt8>) { incoming.append(more) }

  /// Reads once, straight behind what is there.
  ///
  /// - Returns: how many bytes, 0 at the end; or the errno of a read that failed.
  mutating func read(from descriptor: CInt) -> Result<Int, ReadFailure> { incoming.read(from: descriptor) }

  /// The next frame; `nil` where it is not whole yet.
  mutating func next() throws(FrameProblem) -> Frame? { try Self.next(in: &incoming) }

  static func next(in incoming: inout IncomingBytes) throws(FrameProblem) -> Frame? {
    guard incoming.count >= 5 else { return nil }
    let length = Int(incoming.number(at: 0))
    guard (1...Frame.mostBytes).contains(length) else { throw FrameProblem("a frame of \(length) bytes") }
    guard incoming.count - 4 >= length else { return nil }
    let frame = incoming.take(4 + length)
    return Frame(kind: frame[frame.startIndex + 4], payload: frame.dropFirst(5))
  }
}
