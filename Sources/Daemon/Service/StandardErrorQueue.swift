import Glibc
import PipelineKit
import Threads

/// Standard error for a process that must go on where nobody reads it: what cannot be written at once waits in a bounded
/// queue, and messages that find no room there are counted.
final class StandardErrorQueue: Sendable {
  static let shared = StandardErrorQueue(STDERR_FILENO)

  private struct State {
    /// Whole lines, but for the first, of which a part may be out.
    var waiting: [UInt8] = []
    var lost = 0
    var isDraining = false
  }

  /// Bytes that wait at most.
  private let capacity: Int
  private let monitor = Monitor(State())
  private let descriptor: Int32
  private let isSocket: Bool

  /// - Parameter descriptor: stays open for as long as the process lives.
  init(_ descriptor: Int32, capacity: Int = 256 << 10) {
    self.capacity = capacity
    var status = stat()
    let kind = fstat(descriptor, &status) == 0 ? status.st_mode & S_IFMT : 0
    isSocket = kind == S_IFSOCK
    // The flag belongs to whoever shares the descriptor: only one of our own may be without waiting.
    let isWaiting = kind == S_IFIFO || kind == S_IFCHR
    let own = isWaiting ? open("/proc/self/fd/\(descriptor)", O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC) : -1
    self.descriptor = own >= 0 ? own : descriptor
  }

  /// Writes a line, or lets it wait.
  ///
  /// - Parameter gap: the line to say so by where messages were lost before.
  func write(_ line: [UInt8], gap: @escaping @Sendable (_ lost: Int) -> [UInt8]) {
    let needsThread = monitor.signal { state in
      if state.lost > 0, state.waiting.isEmpty {
        state.waiting = gap(state.lost)
        state.lost = 0
      }
      // Once one is lost the others are too, until it can be said where.
      if state.lost > 0 || state.waiting.count + line.count > capacity {
        state.lost += 1
      } else {
        state.waiting += line
      }
      put(&state)
      defer { state.isDraining = state.isDraining || !state.waiting.isEmpty }
      return !state.waiting.isEmpty && !state.isDraining
    }
    if needsThread { drain(gap) }
  }

  /// Gives what waits a last chance, for as long as something goes out.
  func flush(timeout: Duration = .seconds(1)) {
    var deadline = ContinuousClock.now + timeout
    var left = Int.max
    while true {
      let now = monitor.withLock { state in
        put(&state)
        return state.waiting.count
      }
      if now == 0 || deadline < .now { return }
      if now < left { deadline = .now + timeout }
      left = now
      _ = isReady(within: .milliseconds(50))
    }
  }

  /// Writes what waits as soon as somebody reads, on a thread that ends when all of it is out. Without one the next
  /// message has to push.
  private func drain(_ gap: @escaping @Sendable (Int) -> [UInt8]) {
    let thread = try? Thread { [self] in
      while true {
        _ = isReady(within: .seconds(1))
        let isDone = monitor.withLock { state in
          put(&state)
          if state.waiting.isEmpty, state.lost > 0 {
            state.waiting = gap(state.lost)
            state.lost = 0
          }
          state.isDraining = !state.waiting.isEmpty
          return !state.isDraining
        }
        if isDone { return }
      }
    }
    if let thread { thread.detach() } else { monitor.withLock { $0.isDraining = false } }
  }

  private func isReady(within time: Duration) -> Bool {
    var polled = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    let milliseconds = time.components.seconds * 1000 + time.components.attoseconds / 1_000_000_000_000_000
    return poll(&polled, 1, Int32(clamping: milliseconds)) > 0
  }

  /// Writes what goes without waiting.
  private func put(_ state: inout State) {
    var done = 0
    while done < state.waiting.count, isReady(within: .zero) {
      // A pipe that is ready takes that much.
      let count = min(state.waiting.count - done, 4096)
      let written = state.waiting.withUnsafeBytes { bytes in
        let start = bytes.baseAddress.map { $0 + done }
        let withoutWaiting = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)
        return isSocket ? send(descriptor, start, count, withoutWaiting) : Glibc.write(descriptor, start, count)
      }
      if written < 0, errno == EINTR { continue }
      if written < 0, errno == EAGAIN { break }
      // Whoever closed it, or let its disk run full, does without.
      done += written < 0 ? state.waiting.count - done : written
    }
    state.waiting.removeFirst(done)
  }
}
