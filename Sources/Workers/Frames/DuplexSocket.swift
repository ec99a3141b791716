import Glibc

/// One end of a stream socket that never blocks: bytes go out and come in without either side waiting for the other.
final class DuplexSocket {
  private let descriptor: CInt
  private let call: Call
  private var outgoing: [UInt8] = []
  private var sent = 0
  var incoming = IncomingBytes()
  private(set) var isOpen = true

  /// What sends: a confined worker may only write, and has no SIGPIPE.
  enum Call { case send, write }

  /// - Parameter descriptor: taken over; one that does not block.
  init(_ descriptor: CInt, by call: Call) { (self.descriptor, self.call) = (descriptor, call) }

  deinit { close(descriptor) }

  /// Ends it for both sides.
  func shutDown() { _ = shutdown(descriptor, CInt(SHUT_RDWR)) }

  /// Puts bytes behind those that wait to go out.
  func put(_ bytes: [UInt8]) {
    if sent == outgoing.count { (outgoing, sent) = (bytes, 0) } else { outgoing += bytes }
  }

  /// Bytes that wait to go out.
  var waiting: Int { outgoing.count - sent }

  enum Event {
    /// Something may have come in, or gone out.
    case moved
    /// All bytes have gone out.
    case drained
    /// The other side is gone; what it sent before has come in.
    case ended
    case timeout
  }

  /// Waits until something moves.
  ///
  /// - Parameters:
  ///   - deadline: `nil` to wait for ever.
  ///   - orDrained: whether to come back once all bytes have gone out.
  func wait(until deadline: ContinuousClock.Instant?, orDrained: Bool = false) -> Event {
    if !isOpen { return .ended }
    if orDrained, waiting == 0 { return .drained }
    var wanted = Int16(POLLIN)
    if waiting > 0 { wanted |= Int16(POLLOUT) }
    var waited = pollfd(fd: descriptor, events: wanted, revents: 0)
    let ready = poll(&waited, 1, Self.milliseconds(until: deadline))
    if ready == 0, let deadline, deadline <= .now { return .timeout }
    if waited.revents & Int16(POLLOUT) != 0 { write() }
    if waited.revents & ~Int16(POLLOUT) != 0 { read() }
    return .moved
  }

  static func milliseconds(until deadline: ContinuousClock.Instant?) -> CInt {
    guard let deadline else { return -1 }
    let left = (deadline - .now).components
    return CInt(clamping: max(0, left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000 + 1))
  }

  /// Sends what the socket takes.
  func write() {
    while waiting > 0 {
      let count = outgoing[sent...].withUnsafeBytes {
        switch call {
        case .send: Glibc.send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
        case .write: Glibc.write(descriptor, $0.baseAddress, $0.count)
        }
      }
      if count < 0, errno == EINTR { continue }
      // What breaks shows when the end is read.
      guard count > 0 else { return }
      sent += count
    }
  }

  private func read() {
    while isOpen {
      switch incoming.read(from: descriptor) {
      case .success(0): isOpen = false
      case .success(let count): if count < IncomingBytes.piece { return }
      case .failure(let failure):
        if failure.code == EINTR { continue }
        // What breaks is the end, too.
        if failure.code != EAGAIN { isOpen = false }
        return
      }
    }
  }
}
