import Glibc

/// A thread of our own: work never sits on Swift's cooperative pool, whose width is the core count.
public struct Thread: Sendable {
  private let handle: pthread_t

  /// Starts at once. Join or detach every thread: a dropped handle leaks its stack.
  public init(_ body: @escaping @Sendable () -> Void) throws(ThreadError) {
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
    guard status == 0 else {
      boxed.release()
      throw ThreadError(code: status)
    }
    self.handle = handle
  }

  /// Starts all of them, or none: nothing runs until the last one is there.
  public static func all(_ bodies: [@Sendable () -> Void]) throws(ThreadError) -> [Thread] {
    let isGo = Monitor<Bool?>(nil)
    var threads: [Thread] = []
    do throws(ThreadError) {
      for body in bodies { threads.append(try Thread { if isGo.wait({ $0 }) { body() } }) }
    } catch {
      isGo.signal { $0 = false }
      for thread in threads { thread.join() }
      throw error
    }
    isGo.signal { $0 = true }
    return threads
  }

  /// Waits for its end. Call it once.
  public func join() { pthread_join(handle, nil) }

  /// Lets it end by itself.
  public func detach() { pthread_detach(handle) }

  private final class Body: Sendable {
    /// Bytes for signal handlers: a stack that is used up has no room for them.
    private static let signalStack = 64 << 10
    private let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }

    func run() {
      let memory = UnsafeMutableRawPointer.allocate(byteCount: Self.signalStack, alignment: 16)
      var stack = stack_t(ss_sp: memory, ss_flags: 0, ss_size: Self.signalStack)
      sigaltstack(&stack, nil)
      body()
      stack.ss_flags = Int32(SS_DISABLE)
      sigaltstack(&stack, nil)
      // No handler of this thread uses it any more.
      memory.deallocate()
    }
  }
}

/// The system has no thread to give.
public struct ThreadError: Error, Sendable, Equatable, CustomStringConvertible {
  /// errno.
  public var code: Int32

  public var description: String {
    "the system gives no thread more (\(String(cString: strerror(code)))): a limit of tasks (TasksMax of the service, "
      + "ulimit -u) or of memory (LimitAS, ulimit -v) is met; raise it, or run with fewer --workers"
  }
}

/// Cores that are there to run on.
public var availableCores: Int { max(1, sysconf(CInt(_SC_NPROCESSORS_ONLN))) }
