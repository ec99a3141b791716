import Bytes

/// A frame between this program and a plugin: `length:4 id:4`, little-endian, then `length` bytes of JSON. It is protocol, and
/// documented in `docs/plugins.md`: what stands here changes with the number of the protocol only.
struct PluginFrame {
  /// The article's; 0 for the first frame of each side.
  var id: UInt32
  var payload: [UInt8]

  /// The protocol that this program speaks.
  static let version = 1
  /// Bytes that a payload may have.
  static let mostBytes = 1 << 30
  private static let head = 8

  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.head + payload.count)
    bytes.appendFixed(UInt32(clamping: payload.count))
    bytes.appendFixed(id)
    bytes += payload
    return bytes
  }

  /// The next frame; `nil` where it is not whole yet.
  ///
  /// - Throws: where it says that it is longer than any may be.
  static func next(in incoming: inout IncomingBytes) throws(FrameProblem) -> PluginFrame? {
    guard incoming.count >= head else { return nil }
    let (length, id) = (Int(incoming.number(at: 0)), incoming.number(at: 4))
    guard length <= mostBytes else { throw FrameProblem("a frame of \(length) bytes") }
    guard incoming.count - head >= length else { return nil }
    return PluginFrame(id: id, payload: Array(incoming.take(head + length).dropFirst(head)))
  }
}
