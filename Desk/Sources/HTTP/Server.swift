import Glibc
import Synchronization

/// Answers on a socket, each client on a thread of its own: there are a few readers, and streams may last for hours.
public final class Server: Sendable {
  private let limits: Limits
  private let respond: @Sendable (Request) -> Answer
  private let open = Atomic<Int>(0)

  public init(limits: Limits = Limits(), _ respond: @escaping @Sendable (Request) -> Answer) {
    (self.limits, self.respond) = (limits, respond)
  }

  /// Takes clients for as long as the process lives.
  public func run(_ listener: Listener) -> Never {
    while true {
      let descriptor = accept(listener.descriptor, nil, nil)
      guard descriptor >= 0 else {
        // No descriptor is free, or the client went again.
        if errno != EINTR, errno != ECONNABORTED { usleep(Self.pause) }
        continue
      }
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
      var yes: Int32 = 1
      setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
      guard open.add(1, ordering: .relaxed).newValue <= limits.connections else {
        open.subtract(1, ordering: .relaxed)
        close(descriptor)
        continue
      }
      let hasStarted = startThread { [self] in
        var connection = Connection(descriptor)
        connection.serve(limits, respond)
        open.subtract(1, ordering: .relaxed)
      }
      if !hasStarted {
        open.subtract(1, ordering: .relaxed)
        close(descriptor)
      }
    }
  }

  /// Microseconds until a client is looked for again where none could be taken.
  private static let pause: UInt32 = 50_000
}

/// Starts a thread that nobody waits for.
///
/// - Returns: whether there is one more.
@discardableResult
public func startThread(_ body: @escaping @Sendable () -> Void) -> Bool {
  final class Start {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
  var attributes = pthread_attr_t()
  pthread_attr_init(&attributes)
  defer { pthread_attr_destroy(&attributes) }
  pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
  var thread = pthread_t()
  // Retained for the thread, which releases it.
  let start = Unmanaged.passRetained(Start(body))
  let code = pthread_create(
    &thread, &attributes,
    { start in
      guard let start else { return nil }
      Unmanaged<Start>.fromOpaque(start).takeRetainedValue().body()
      return nil
    }, start.toOpaque())
  if code != 0 { start.release() }
  return code == 0
}
