import Glibc
import StageKit

/// Lines of JSON over a socket, with a time for each.
struct ControlLine {
  private let descriptor: CInt
  /// Bytes of a line.
  private let limit: Int
  private var buffer: [UInt8] = []

  init(_ descriptor: CInt, limit: Int) { (self.descriptor, self.limit) = (descriptor, limit) }

  /// The next line, without its end; `nil` where none comes in time, it is too long, or `other` can be read.
  mutating func next(until deadline: ContinuousClock.Instant, or other: CInt? = nil) -> [UInt8]? {
    while true {
      if let end = buffer.firstIndex(of: 0x0A) {
        defer { buffer.removeSubrange(...end) }
        return Array(buffer[..<end])
      }
      if buffer.count > limit || deadline <= .now { return nil }
      let ready = waitForInput([descriptor] + (other.map { [$0] } ?? []), until: deadline)
      if let other, ready.contains(other) { return nil }
      guard ready.contains(descriptor) else { continue }
      var piece = [UInt8](repeating: 0, count: 1 << 16)
      let count = read(descriptor, &piece, piece.count)
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      if count <= 0 { return nil }
      buffer += piece.prefix(count)
    }
  }

  /// - Returns: whether all of it went out in time.
  @discardableResult
  static func write(_ value: JSONValue, to descriptor: CInt, _ deadline: ContinuousClock.Instant) -> Bool {
    let bytes = value.encoded + [0x0A]
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL)) }
      if count >= 0 {
        sent += count
      } else if errno == EAGAIN {
        let left = (deadline - .now).components
        var waited = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        if left.seconds < 0 || poll(&waited, 1, CInt(clamping: left.seconds * 1000 + 1)) == 0 { return false }
      } else if errno != EINTR {
        return false
      }
    }
    return true
  }
}
