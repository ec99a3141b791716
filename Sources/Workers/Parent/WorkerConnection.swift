import Glibc

/// The daemon's end of a worker.
final class WorkerConnection {
  let pid: pid_t
  private let socket: DuplexSocket
  private let handle: ProcessHandle?

  /// - Parameters:
  ///   - socket: taken over.
  ///   - handle: `nil` where the kernel gives none.
  init(pid: pid_t, socket: CInt, handle: ProcessHandle?) {
    _ = fcntl(socket, F_SETFL, O_NONBLOCK)
    (self.pid, self.socket, self.handle) = (pid, DuplexSocket(socket, by: .send), handle)
  }

  /// Ends it at once.
  func kill() {
    if handle?.send(SIGKILL) == nil { socket.shutDown() }
  }

  /// Puts a request behind those that wait to go out, and sends what the socket takes.
  func send(_ request: Request) {
    put(request)
    // Most fit into the socket at once, which spares a wait.
    write()
  }

  /// Puts a request behind those that wait to go out.
  func put(_ request: Request) { socket.put(request.frame) }

  /// Bytes that wait to go out.
  var waiting: Int { socket.waiting }

  /// Sends what the socket takes.
  func write() { socket.write() }

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
        if let frame = try FrameBuffer.next(in: &socket.incoming) { return .answer(try Answer(frame)) }
      } catch {
        return .nonsense(error.message)
      }
      switch socket.wait(until: deadline, orDrained: orDrained) {
      case .moved: continue
      case .drained: return .drained
      case .ended: return .ended
      case .timeout: return .timeout
      }
    }
  }
}
