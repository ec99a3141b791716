import Glibc

/// This program's end of a plugin's process.
final class PluginConnection {
  private let socket: DuplexSocket

  /// - Parameter descriptor: taken over; one that does not block.
  init(_ descriptor: CInt, by call: DuplexSocket.Call) { socket = DuplexSocket(descriptor, by: call) }

  func put(_ frame: PluginFrame) { socket.put(frame.bytes) }
  /// Sends what the socket takes.
  func write() { socket.write() }

  enum Event {
    case frame(PluginFrame)
    /// It is gone; what it answered before has been read.
    case ended
    case timeout
    /// It sent what is no frame.
    case nonsense(String)
  }

  func next(until deadline: ContinuousClock.Instant?) -> Event {
    while true {
      do throws(FrameProblem) {
        if let frame = try PluginFrame.next(in: &socket.incoming) { return .frame(frame) }
      } catch {
        return .nonsense(error.message)
      }
      switch socket.wait(until: deadline) {
      case .moved, .drained: continue
      case .ended: return .ended
      case .timeout: return .timeout
      }
    }
  }

  /// Greets the plugin and waits until it is ready.
  ///
  /// - Parameter isSent: whether it was greeted before.
  /// - Returns: why it is not; `nil` where it is.
  func greet(_ exchange: PluginExchange, until deadline: ContinuousClock.Instant, isSent: Bool = false) -> NotReady? {
    if !isSent {
      put(exchange.greeting)
      write()
    }
    switch next(until: deadline) {
    case .frame(let frame): return exchange.problem(withGreeting: frame).map { .says($0) }
    case .ended: return .ended
    case .timeout: return .late
    case .nonsense(let message): return .says("it sent what is no frame: \(message)")
    }
  }

  enum NotReady {
    case ended, late
    case says(String)
  }
}
