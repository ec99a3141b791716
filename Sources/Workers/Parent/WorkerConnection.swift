import Glibc

/// The daemon's end of a worker: requests go out and answers come in without either side waiting for the other.
final class WorkerConnection {
  let pid: pid_t
  private let socket: CInt
  private let handle: ProcessHandle?
  private var outgoing: [UInt8] = []
  private var sent = 0
  private var incoming = FrameBuffer()
  private var isOpen = true

  /// - Parameters:
  ///   - socket: taken over.
  ///   - handle: `nil` where the kernel gives none.
  init(pid: pid_t, socket: CInt, handle: ProcessHandle?) {
    (self.pid, self.socket, self.handle) = (pid, socket, handle)
    _ = fcntl(socket, F_SETFL, O_NONBLOCK)
  }

  deinit { close(socket) }

  /// Ends it at once.
  func kill() {
    if handle?.send(SIGKILL) == nil { _ = shutdown(socket, CInt(SHUT_RDWR)) }
  }

  /// Puts a request behind those that wait to go out, and sends what the socket takes.
  func send(_ request: Request) {
    put(request)
    // Most fit into the socket at once, which spares a wait.
    write()
  }

  /// Puts a request behind those that wait to go out.
  func put(_ request: Request) {
    if sent == outgoing.count {
      (outgoing, sent) = (request.frame, 0)
    } else {
      outgoing += request.frame
    }
  }

  /// Bytes that wait to go out.
  var waiting: Int { outgoing.count - sent }

  enum Event {
    case answer(Answer)
    /// All requests have gone out.
    case drained
    /// It is gone; what it answered before has been read.
    case ended
    case timeout
    /// It sent what no worker sends.
    case nonsense(String)
  }

  /// The next answer.
  ///
  /// - Parameters:
  ///   - deadline: `nil` to wait for ever.
  ///   - orDrained: whether to come back once all requests have gone out.
  func next(until deadline: ContinuousClock.Instant?, orDrained: Bool = false) -> Event {
    while true {
      do throws(FrameProblem) {
        if let frame = try incoming.next() { return .answer(try Answer(frame)) }
      } catch {
        return .nonsense(error.message)
      }
      if !isOpen { return .ended }
      if orDrained, waiting == 0 { return .drained }
      var wanted = Int16(POLLIN)
      if waiting > 0 { wanted |= Int16(POLLOUT) }
      var waited = pollfd(fd: socket, events: wanted, revents: 0)
      let ready = poll(&waited, 1, Self.milliseconds(until: deadline))
      if ready == 0, let deadline, deadline <= .now { return .timeout }
      if waited.revents & Int16(POLLOUT) != 0 { write() }
      if waited.revents & ~Int16(POLLOUT) != 0 { read() }
    }
  }

  private static func milliseconds(until deadline: ContinuousClock.Instant?) -> CInt {
    guard let deadline else { return -1 }
    let left = (deadline - .now).components
    return CInt(clamping: max(0, left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000 + 1))
  }

  /// Sends what the socket takes.
  func write() {
    while waiting > 0 {
      let count = outgoing[sent...].withUnsafeBytes {
        Glibc.send(socket, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
      }
      if count < 0, errno == EINTR { continue }
      // What breaks shows when the end is read.
      guard count > 0 else { return }
      sent += count
    }
  }

  private func read() {
    while isOpen {
      switch incoming.read(from: socket) {
      case .success(0): isOpen = false
      case .success(let count): if count < FrameBuffer.piece { return }
      case .failure(let failure):
        if failure.code == EINTR { continue }
        // What breaks is the end, too.
        if failure.code != EAGAIN { isOpen = false }
        return
      }
    }
  }
}
