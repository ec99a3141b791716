import Glibc
import PipelineKit
import Threads

/// One chain's forking parent, seen from the daemon: it starts it, keeps it running, and gets workers from it.
public final class ChainProcess: Sendable {
  enum Phase {
    case starting
    case ready(digest: String)
    case failed(StartProblem)
    case stopped
  }

  struct State {
    var phase = Phase.starting
    var control: CInt = -1
    var pid: pid_t = 0
    var nextNumber: UInt64 = 0
    /// Workers that were asked for; `.some(nil)` once it is known that none will come.
    var forks: [UInt64: Result<WorkerConnection, ForkProblem>] = [:]
    var awaited: Set<UInt64> = []
    /// Workers that ended and were not reported yet.
    var living: Set<pid_t> = []
    var ends: [pid_t: WorkerEnd] = [:]
    /// Times in a row that it ended before it was ready.
    var failedStarts = 0
    var wasReady = false
    /// For `status`.
    var starts = 0
    var deaths = 0
    var sandbox: SandboxReport?
    var stageDigests: [StageDigest] = []
    var plugins: [PluginReport] = []
  }

  /// Why there is no worker now.
  struct ForkProblem: Error {
    var message: String
  }

  /// Why a chain cannot start.
  public struct StartProblem: Error, Sendable, CustomStringConvertible {
    public var description: String
    /// Whether the description is that of diagnostics with their places in the pipeline's file, each with its line end.
    public var isDiagnostics = false
  }

  let state = Monitor(State())
  /// How long a worker may take until it is confined and its plugins are ready.
  let startPatience: Duration
  private let source: ChainSource
  private let program: String
  let log: @Sendable (String) -> Void
  private let keeper: Monitor<Thread?>

  /// Starts it; it loads the chain meanwhile.
  ///
  /// - Parameters:
  ///   - program: calls `ForkingParent.main` where its first argument is `ForkingParent.argument`; this program as a rule.
  ///   - startPatience: how long a worker may take until it takes articles.
  ///   - log: takes a sentence each time that it has to be started again.
  public init(
    _ source: ChainSource, program: String = "/proc/self/exe", startPatience: Duration = .seconds(10),
    log: @escaping @Sendable (String) -> Void
  ) throws(ThreadError) {
    self.startPatience = startPatience
    self.source = source
    self.program = program
    self.log = log
    keeper = Monitor(nil)
    // It lives as long as the daemon: a process that ends with its parent ends with the thread that started it.
    let thread = try Thread { [self] in keep() }
    keeper.withLock { $0 = thread }
  }

  /// Waits until the chain is loaded, but no longer than `patience` where there is one.
  ///
  /// - Returns: the digest of the chain that it loaded.
  public func waitUntilReady(patience: Duration? = nil) throws(StartProblem) -> String {
    let ready = { (state: inout State) -> Result<String, StartProblem>? in
      switch state.phase {
      case .ready(let digest): .success(digest)
      case .failed(let problem): .failure(problem)
      case .stopped: .failure(StartProblem(description: "it was stopped"))
      case .starting: nil
      }
    }
    guard let patience else { return try state.wait(ready).get() }
    guard let result = state.wait(until: .now + patience, ready) else {
      throw StartProblem(description: "it is not loaded after \(patience.components.seconds) s")
    }
    return try result.get()
  }

  /// Ends it and all of its workers.
  public func stop() {
    state.signal { state in
      state.phase = .stopped
      if state.control >= 0 { shutdown(state.control, CInt(SHUT_RDWR)) }
    }
    keeper.withLock { thread in
      thread?.join()
      thread = nil
    }
  }

  // MARK: - Workers

  /// Forks a worker.
  func makeWorker() throws(ForkProblem) -> WorkerConnection {
    let number = state.wait { state -> UInt64?? in
      switch state.phase {
      case .stopped, .failed: return .some(nil)
      case .starting: return nil
      case .ready:
        state.nextNumber += 1
        state.awaited.insert(state.nextNumber)
        try? DescriptorPassing.send(ParentRequest.fork(number: state.nextNumber).frame, over: state.control)
        return state.nextNumber
      }
    }
    guard let number else { throw ForkProblem(message: "the chain does not run") }
    return try state.wait { $0.forks.removeValue(forKey: number) }.get()
  }

  /// Forks a worker, and tries again for as long as that may help.
  ///
  /// - Returns: `nil` once no worker will come any more.
  func waitForWorker() -> WorkerConnection? {
    var pause = Duration.milliseconds(10)
    while true {
      do throws(ForkProblem) {
        return try makeWorker()
      } catch {
        if hasEnded { return nil }
        log("no worker can be started now: \(error.message)")
        self.pause(pause)
        pause = min(pause * 2, .seconds(10))
      }
    }
  }

  /// Waits, but not for a chain that was stopped.
  func pause(_ time: Duration) {
    _ = state.wait(until: .now + time) { state -> Void? in
      if case .stopped = state.phase { () } else { nil }
    }
  }

  /// Waits until it is known how a worker ended, whose socket has ended.
  func end(of worker: WorkerConnection) -> WorkerEnd {
    // Its parent tells, or goes too.
    state.wait { state in
      if let end = state.ends.removeValue(forKey: worker.pid) { return end }
      return state.living.contains(worker.pid) ? nil : .unknown
    }
  }

  /// Its end is not reported any more.
  func release(_ worker: WorkerConnection) {
    state.withLock { state in
      state.living.remove(worker.pid)
      state.ends[worker.pid] = nil
    }
  }

  /// Processes as they are now: for tests, and for whoever shows what runs.
  var workers: [pid_t] { state.withLock { Array($0.living) } }
  var parent: pid_t? { state.withLock { $0.pid > 0 ? $0.pid : nil } }

  /// Whether no worker will come any more.
  var hasEnded: Bool {
    state.withLock { state in
      switch state.phase {
      case .failed, .stopped: true
      case .starting, .ready: false
      }
    }
  }

  // MARK: - The process

  /// How often it is looked at whether the process stands still.
  private static let lookMilliseconds: CInt = 80
  /// Starts in a row that may fail.
  private static let mostFailedStarts = 5

  private func keep() {
    while !isStopped {
      do throws(ChildError) {
        let control = try start()
        receive(control)
        finish(control)
      } catch {
        fail("the workers' parent cannot be started: \(error)")
      }
      let failures = state.withLock { $0.failedStarts }
      if failures >= Self.mostFailedStarts, !wasReady {
        fail("the workers' parent ended \(failures) times before it was ready")
      }
      if case .failed = state.withLock({ $0.phase }) { return }
      if isStopped { return }
      log("the workers' parent ended; it is started again")
      // Given longer and longer time; a stop ends the wait.
      pause(.milliseconds(min(10_000, 50 << min(failures, 8))))
    }
  }

  /// A chain that ran once is started again for as long as it takes.
  private var wasReady: Bool { state.withLock { $0.wasReady } }

  private var isStopped: Bool { state.withLock { if case .stopped = $0.phase { true } else { false } } }

  private func fail(_ message: String, isDiagnostics: Bool = false) {
    state.signal { state in
      if case .stopped = state.phase { return }
      state.phase = .failed(StartProblem(description: message, isDiagnostics: isDiagnostics))
    }
  }

  private func start() throws(ChildError) -> CInt {
    let (own, theirs) = try DescriptorPassing.pair()
    do throws(ChildError) {
      let pid = try ForkingProgram(source, control: theirs).spawn(program)
      close(theirs)
      state.signal { state in
        (state.control, state.pid) = (own, pid)
        state.starts += 1
        if case .ready = state.phase { state.phase = .starting }
        if case .stopped = state.phase { shutdown(own, CInt(SHUT_RDWR)) }
      }
      return own
    } catch {
      close(own)
      close(theirs)
      throw error
    }
  }

  /// Takes messages until the process ends.
  private func receive(_ control: CInt) {
    var buffer = FrameBuffer()
    var descriptors: [CInt] = []
    defer { for descriptor in descriptors { close(descriptor) } }
    do {
      while true {
        var waited = pollfd(fd: control, events: Int16(POLLIN), revents: 0)
        if poll(&waited, 1, Self.lookMilliseconds) == 0 {
          endIfStopped()
          continue
        }
        let (bytes, passed) = try DescriptorPassing.receive(over: control, upTo: 1 << 16)
        descriptors += passed
        if bytes.isEmpty { return }
        buffer.append(bytes)
        while let frame = try buffer.next() { take(try ParentMessage(frame), &descriptors) }
      }
    } catch {
      log("the workers' parent is ended: \(error)")
    }
  }

  private func take(_ message: ParentMessage, _ descriptors: inout [CInt]) {
    switch message {
    case .ready(let digest, let stages):
      state.signal { state in
        state.stageDigests = stages
        (state.failedStarts, state.wasReady) = (0, true)
        if case .starting = state.phase { state.phase = .ready(digest: digest) }
      }
    case .failed(let text, let isDiagnostics):
      if wasReady { log("the chain cannot be loaded again: \(text)") } else { fail(text, isDiagnostics: isDiagnostics) }
    case .forked(let number, let pid, let hasHandle):
      let count = hasHandle ? 2 : 1
      guard descriptors.count >= count else { return }
      let handle = hasHandle ? ProcessHandle(descriptor: descriptors[1]) : nil
      let worker = WorkerConnection(pid: pid, socket: descriptors[0], handle: handle)
      descriptors.removeFirst(count)
      state.signal { state in
        state.living.insert(pid)
        state.awaited.remove(number)
        state.forks[number] = .success(worker)
      }
    case .forkFailed(let number, let text):
      state.signal { state in
        state.awaited.remove(number)
        state.forks[number] = .failure(ForkProblem(message: text))
      }
    case .plugins(let reports): state.withLock { $0.plugins = reports }
    case .ended(let pid, let end):
      state.signal { state in
        if state.living.remove(pid) != nil {
          state.ends[pid] = end
          state.deaths += 1
        }
      }
    }
  }

  /// A process that stands still would hold up all that wait for a worker.
  private func endIfStopped() {
    let pid = state.withLock { $0.pid }
    guard pid > 0, let event = try? ChildProcess.next(pid, blocking: false) else { return }
    if case .stopped = event.kind { kill(pid, SIGKILL) } else { state.withLock { $0.pid = 0 } }
  }

  /// The process is gone, and its workers with it.
  private func finish(_ control: CInt) {
    let pid = state.withLock { $0.pid }
    if pid > 0 {
      // It ends by itself once its socket does, and its workers before it.
      let patience = ContinuousClock.now + .seconds(1)
      while .now < patience {
        guard let event = try? ChildProcess.next(pid, blocking: false) else {
          usleep(1000)
          continue
        }
        if case .stopped = event.kind { break }
        state.withLock { $0.pid = 0 }
        break
      }
    }
    if state.withLock({ $0.pid }) > 0 {
      kill(pid, SIGKILL)
      while let event = try? ChildProcess.next(pid), case .stopped = event.kind {}
    }
    state.signal { state in
      if case .starting = state.phase { state.failedStarts += 1 }
      if case .ready = state.phase { state.phase = .starting }
      for number in state.awaited { state.forks[number] = .failure(ForkProblem(message: "the workers' parent ended")) }
      state.awaited = []
      state.living = []
      state.control = -1
    }
    close(control)
  }
}
