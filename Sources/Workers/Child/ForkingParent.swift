import ArticleIO
import CLinux
import Glibc
import PipelineKit
import StageKit

/// The process that has one chain loaded and forks the workers that run it. It has one thread; it is started by exec, so that
/// nothing of the daemon is in it; it ends with the daemon.
public struct ForkingParent {
  /// The command's first argument that makes it one.
  public static let argument = "--fork-workers"
  /// The socket to the daemon, and where the source of the chain is read.
  static let (control, source): (CInt, CInt) = (3, 4)

  /// A worker that lives.
  private struct Worker {
    var process: ChildProcess
    var page: FaultPage
    var errors: ErrorOutput
    /// This end of the socket that it asks for plugins over; `nil` where its chain has none.
    var plugins: CInt?
    var wasStopped = false
  }

  private let pipeline: Pipeline
  private let worker: ArticleWorker
  private let limits: SandboxLimits
  private var workers: [pid_t: Worker] = [:]
  private var plugins: PluginProcesses
  /// What was told of them last.
  private var told: [PluginReport] = []
  private var requests = FrameBuffer()

  /// Runs until the daemon closes the socket.
  ///
  /// - Parameter variants: other registries, by the names that a chain may ask for.
  public static func main(_ registry: StageRegistry, variants: [String: StageRegistry] = [:]) -> Never {
    _ = linux_end_with_parent(getppid())
    linux_close_range(5, .max)
    // Its end is the daemon's to tell; a terminal's ^C goes to all of a group.
    for number in [SIGINT, SIGHUP, SIGPIPE] { signal(number, SIG_IGN) }
    do {
      var parent = try ForkingParent(registry, variants)
      defer {
        parent.endWorkers()
        parent.plugins.endAll()
      }
      try parent.run()
    } catch ChildError.call(_, code: EPIPE) {
      // The daemon is gone.
    } catch let problem as StartProblem {
      try? DescriptorPassing.send(
        ParentMessage.failed(problem.message, isDiagnostics: problem.isDiagnostics).frame, over: control)
      exit(1)
    } catch {
      complain("linecaster: a forking parent ends: \(error)")
      exit(1)
    }
    exit(0)
  }

  private static func complain(_ text: String) {
    let line = Array((text + "\n").utf8)
    _ = write(STDERR_FILENO, line, line.count)
  }

  private struct StartProblem: Error {
    var message: String
    var isDiagnostics = false
  }

  private init(_ usual: StageRegistry, _ variants: [String: StageRegistry]) throws {
    let socket = BlockingSocket(Self.source)
    guard let frame = try socket.read() else { throw StartProblem(message: "there is no chain to load") }
    let source = try ChainSource(frame)
    close(Self.source)
    let registry = variants[source.variant] ?? usual
    let loaded = Pipeline.load(
      [SourceFile(path: source.file, bytes: source.content)],
      registry: registry.adding(PluginSearch(besides: registry).find(in: source.plugins)), context: .installed,
      environment: .only(source.variables))
    guard var pipeline = loaded.pipelines.first else {
      let renderer = DiagnosticRenderer(loaded.files, colours: false)
      throw StartProblem(message: loaded.diagnostics.map(renderer.render).joined(), isDiagnostics: true)
    }
    pipeline.outbox.keys = source.keys.compactMap(RecordKey.init(rawValue:))
    // What the C library loads when it is first needed must be there before the sandbox.
    loadCharacterSets()
    self.pipeline = pipeline
    worker = ArticleWorker(pipeline)
    worker.warmUp()
    var limits = SandboxLimits()
    limits.memory = source.workerMemory
    self.limits = limits
    plugins = PluginProcesses(pipeline.chain)
    do throws(PluginProblem) {
      try plugins.startFirst()
    } catch {
      plugins.endAll()
      throw StartProblem(message: error.message)
    }
  }

  private mutating func run() throws {
    try tell(.ready(digest: pipeline.digest ?? "", stages: pipeline.chain.stageDigests))
    var mask = sigset_t()
    sigemptyset(&mask)
    sigaddset(&mask, SIGCHLD)
    sigprocmask(SIG_BLOCK, &mask, nil)
    let signals = signalfd(-1, &mask, CInt(SFD_CLOEXEC) | CInt(SFD_NONBLOCK))
    guard signals >= 0 else { throw ChildError.call("signalfd", code: errno) }
    while true {
      let askers = workers.values.filter { $0.plugins != nil }
      var waited = ([Self.control, signals] + askers.compactMap(\.plugins)).map {
        pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
      }
      if poll(&waited, UInt(waited.count), -1) < 0 {
        if errno == EINTR { continue }
        throw ChildError.call("poll", code: errno)
      }
      if waited[1].revents != 0 {
        var infos = [UInt8](repeating: 0, count: 4096)
        while read(signals, &infos, infos.count) > 0 {}
        try collectEnds()
      }
      for (place, worker) in askers.enumerated() where waited[2 + place].revents != 0 { answerPlugins(worker) }
      if waited[0].revents != 0, try !takeRequests() { return }
      if plugins.reports != told {
        told = plugins.reports
        try tell(.plugins(told))
      }
    }
  }

  /// - Returns: `false` where the daemon is gone.
  private mutating func takeRequests() throws -> Bool {
    let (bytes, _) = try DescriptorPassing.receive(over: Self.control, upTo: 4096)
    if bytes.isEmpty { return false }
    requests.append(bytes)
    while let frame = try requests.next() {
      switch try ParentRequest(frame) {
      case .fork(let number): try fork(number)
      case .end(let pid): workers[pid]?.process.send()
      }
    }
    return true
  }

  private func tell(_ message: ParentMessage, _ descriptors: [CInt] = []) throws(ChildError) {
    try DescriptorPassing.send(message.frame, descriptors: descriptors, over: Self.control)
  }

  // MARK: - Workers

  private mutating func fork(_ number: UInt64) throws(ChildError) {
    do throws(ChildError) {
      let (daemons, workers) = try DescriptorPassing.pair()
      // After the message the daemon alone has its end, after the fork the worker alone has the other.
      defer {
        close(daemons)
        close(workers)
      }
      let (page, errors) = (try FaultPage(), try ErrorOutput())
      let asking = plugins.isEmpty ? nil : try DescriptorPassing.pair()
      defer { if let asking { close(asking.1) } }
      let sockets = plugins.waiting()
      let process: ChildProcess
      do throws(ChildError) {
        process = try start(workers, page, errors, asking: asking?.1, sockets)
      } catch {
        if let asking { close(asking.0) }
        throw error
      }
      plugins.give(sockets, to: process.pid)
      let worker = Worker(process: process, page: page, errors: errors, plugins: asking?.0)
      self.workers[process.pid] = worker
      let handle = worker.process.handle.map { [$0.descriptor] } ?? []
      try tell(
        .forked(number: number, pid: worker.process.pid, hasHandle: !handle.isEmpty), [daemons] + handle)
    } catch {
      try tell(.forkFailed(number: number, error.description))
    }
  }

  /// - Parameters:
  ///   - socket: the worker's end.
  ///   - asking: its end of the socket that it asks for plugins over; `nil` where its chain has none.
  ///   - sockets: of plugins that are ready, by their places.
  private func start(
    _ socket: CInt, _ page: FaultPage, _ errors: ErrorOutput, asking: CInt?, _ sockets: [CInt?]
  ) throws(ChildError) -> ChildProcess {
    let (worker, limits, parent, stages) = (worker, limits, getpid(), pipeline.chain.processors(of: PluginStage.self))
    let libraries = pipeline.chain.processors(of: LibraryStage.self)
    return try ChildProcess.fork {
      do {
        var none = sigset_t()
        sigemptyset(&none)
        sigprocmask(SIG_SETMASK, &none, nil)
        try errors.redirect()
        try page.watch()
        var kept = [socket, STDERR_FILENO] + sockets.compactMap(\.self)
        if let asking {
          kept.append(asking)
          let requests = PluginRequests(socket: asking)
          for library in libraries {
            let name = library.exchange.manifest.name
            library.open { requests.tell(.log(plugin: name, $0)) }
          }
          for (place, stage) in stages.enumerated() { stage.open(requests, place: place, socket: sockets[place]) }
        }
        let report = try Sandbox.enter(limits, parent: parent, keeping: kept, receiver: asking)
        for stage in stages { stage.prepare() }
        var child = WorkerChild(worker, socket: socket, page: page)
        try child.run(report)
        _exit(0)
      } catch {
        Self.complain("\(error)")
        _exit(1)
      }
    }
  }

  /// Answers what a worker asks of plugins.
  private mutating func answerPlugins(_ worker: Worker) {
    guard let socket = worker.plugins else { return }
    // A request is small, and goes out at once: none comes in parts.
    var buffer = FrameBuffer()
    guard case .success(let count) = buffer.read(from: socket), count > 0 else {
      close(socket)
      workers[worker.process.pid]?.plugins = nil
      return
    }
    do {
      while let frame = try buffer.next() {
        guard let (reply, descriptor) = plugins.answer(try PluginRequest(frame), of: worker.process.pid) else {
          continue
        }
        try DescriptorPassing.send(reply.frame, descriptors: descriptor.map { [$0] } ?? [], over: socket)
      }
    } catch {
      // It sends what no worker sends, or is gone.
      worker.process.send()
    }
  }

  private mutating func endWorkers() {
    for worker in workers.values { worker.process.send() }
    while !workers.isEmpty, let event = try? ChildProcess.next() {
      if case .stopped = event.kind { continue }
      workers[event.pid] = nil
    }
  }

  /// The name of the stage that a worker was in.
  private func stage(_ work: UInt64) -> String? {
    guard work > WorkerChild.decoding, work - WorkerChild.decoding - 1 < UInt64(pipeline.chain.links.count) else {
      return nil
    }
    return pipeline.chain.links[Int(work - WorkerChild.decoding - 1)].kind.name
  }

  /// Tells the daemon of each worker that ended, and ends those that stand still.
  private mutating func collectEnds() throws(ChildError) {
    while let event = try ChildProcess.next(blocking: false) {
      guard var worker = workers[event.pid] else { continue }
      if case .stopped = event.kind {
        worker.wasStopped = true
        workers[event.pid] = worker
        worker.process.send()
        continue
      }
      workers[event.pid] = nil
      if let socket = worker.plugins { close(socket) }
      plugins.release(event.pid, inPeace: event.kind == .exited(code: 0))
      let fault = worker.page.fault
      let end = WorkerEnd(
        stage: stage(worker.page.work), words: event.words,
        cameFromOutside: worker.wasStopped || event.cameFromOutside(fault),
        lackedMemory: fault?.lackedMemory == true || worker.errors.saysOutOfMemory, lastLine: worker.errors.lastLine(),
        finished: worker.page.finished)
      try tell(.ended(pid: event.pid, end))
    }
  }
}

extension ErrorOutput {
  /// Whether the last words are those of an allocation that failed.
  fileprivate var saysOutOfMemory: Bool { lastLine()?.contains("llocat") == true }
}
