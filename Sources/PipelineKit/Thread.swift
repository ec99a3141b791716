import Glibc

/// A thread of our own: work never sits on Swift's cooperative pool, whose width is the core count.
public struct Thread: Sendable {
  private let handle: pthread_t

  /// Starts at once. Join every thread: a dropped handle leaks its stack.
  public init(_ body: @escaping @Sendable () -> Void) {
    let boxed = Unmanaged.passRetained(Body(body))
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    // Secondary threads may run stages on deep input: the main thread's usual size.
    pthread_attr_setstacksize(&attributes, 8 << 20)
    var handle = pthread_t()
    let status = pthread_create(
      &handle, &attributes,
      { raw in
        guard let raw else { return nil }
        // The one owner of the retain made above.
        Unmanaged<Body>.fromOpaque(raw).takeRetainedValue().run()
        return nil
      }, boxed.toOpaque())
    pthread_attr_destroy(&attributes)
    precondition(status == 0, "no thread could be started: \(String(cString: strerror(status)))")
    self.handle = handle
  }

  /// Waits for its end. Call it once.
  public func join() { pthread_join(handle, nil) }

  private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }
}

/// Cores that are there to run on.
public var availableCores: Int { max(1, sysconf(CInt(_SC_NPROCESSORS_ONLN))) }
