import Disk
import Logging
import PipelineKit
import Threads
import Workers

/// Reads the pipelines again when it is asked to: loads the chains of those that changed in children of their own, runs the
/// files' tests there, and puts them in the place of those that run. Whatever fails, what ran goes on.
public final class Reloader: Sendable {
  private struct State {
    /// Numbers of the last request and of the last one that was answered.
    var asked = 0
    var answered = 0
    /// Whether the chains of files that did not change are loaded too: a model or list may have.
    var isWhole = false
    var last: ReloadOutcome?
    var daemon: Daemon?
    /// For the daemon's own thread: what it is to go on with.
    var restart: Reload?
    var restarted: Result<Void, ReloadProblem>?
    var isStopping = false
  }

  struct ReloadProblem: Error {
    var message: String
    /// Whether the daemon went away meanwhile: another one may be there soon, at other places.
    var isPassing = false
  }

  private static let ending = ReloadProblem(message: "the daemon is ending", isPassing: true)

  private let monitor = Monitor(State())
  private let source: PipelineSource
  private let settings: Daemon.Settings
  private let log: Logger
  /// How long it waits for the file in hand, before it answers that the chain takes over with the next one.
  private static let patience = Duration.milliseconds(1500)

  /// How long a chain may take to load.
  private static let loadingPatience = Duration.seconds(120)

  init(_ source: PipelineSource, _ settings: Daemon.Settings, _ log: Logger) {
    self.source = source
    self.settings = settings
    self.log = log
  }

  // MARK: - Asking

  /// - Parameter isWhole: whether the chains of files that did not change are loaded too.
  /// - Returns: the number of the request.
  @discardableResult
  func ask(isWhole: Bool) -> Int {
    monitor.signal { state in
      state.asked += 1
      state.isWhole = state.isWhole || isWhole
      return state.asked
    }
  }

  /// Asks, and waits for the answer; `nil` where none will come.
  func askAndWait() -> ReloadOutcome? {
    let number = ask(isWhole: true)
    return monitor.wait { state -> ReloadOutcome?? in
      if state.answered >= number { return state.last }
      return state.isStopping ? .some(nil) : nil
    }
  }

  /// What came of the last request.
  var last: ReloadOutcome? { monitor.withLock { $0.last } }

  // MARK: - On its own thread

  /// Answers until `stop`.
  func run() {
    while let (number, isWhole) = next() {
      log.info("the pipelines are read again")
      let outcome = reload(isWhole: isWhole)
      if let problem = outcome.problem {
        log.error("the pipelines that ran go on: \(Self.firstLines(problem))")
      } else {
        let count = outcome.changes.count
        log.info("the pipelines were read again: \(count == 0 ? "nothing" : "\(count)") changed")
      }
      monitor.signal { ($0.answered, $0.last) = (number, outcome) }
    }
  }

  /// Of each diagnostic the first line, which has the place: without the text that it points at.
  private static func firstLines(_ problem: String) -> String {
    problem.split(separator: "\n").filter { !$0.hasPrefix(" ") }.joined(separator: "; ")
  }

  func stop() { monitor.signal { $0.isStopping = true } }

  private func next() -> (number: Int, isWhole: Bool)? {
    monitor.wait { state -> (Int, Bool)?? in
      if state.isStopping { return .some(nil) }
      guard state.asked > state.answered, state.daemon != nil else { return nil }
      defer { state.isWhole = false }
      return (state.asked, state.isWhole)
    }
  }

  private func reload(isWhole: Bool) -> ReloadOutcome {
    do throws(ReloadProblem) {
      let loaded = try load()
      guard let daemon = monitor.withLock({ $0.daemon }) else { throw Self.ending }
      let reload = try host(loaded, old: daemon.pipelines, isWhole: isWhole)
      do throws(ReloadProblem) {
        return ReloadOutcome(at: now(), changes: try put(reload, in: daemon))
      } catch {
        for host in reload.onlyNew { host.stopAside() }
        throw error
      }
    } catch {
      if error.isPassing { ask(isWhole: true) }
      return ReloadOutcome(at: now(), problem: error.message)
    }
  }

  private func load() throws(ReloadProblem) -> [Pipeline] {
    let loaded: LoadedPipelines
    do throws(DiskError) { loaded = try source.load() } catch { throw ReloadProblem(message: "\(error)") }
    let renderer = DiagnosticRenderer(loaded.files, colours: false)
    if loaded.hasErrors { throw ReloadProblem(message: loaded.diagnostics.map(renderer.render).joined()) }
    for diagnostic in loaded.diagnostics where diagnostic.severity == .warning {
      log.warning("\(renderer.render(diagnostic))")
    }
    if loaded.pipelines.isEmpty {
      throw ReloadProblem(message: "there is no pipeline in \(source.paths.joined(separator: ", "))")
    }
    return loaded.pipelines
  }

  /// Loads the chains that may have changed, and runs their tests.
  private func host(
    _ pipelines: [Pipeline], old: [HostedPipeline], isWhole: Bool
  ) throws(ReloadProblem) -> Reload {
    var reload = Reload(old: old, new: [])
    do throws(ReloadProblem) {
      for pipeline in pipelines {
        if !isWhole, var same = old.first(where: { $0.pipeline.isWritten(as: pipeline) }) {
          same.pipeline = pipeline
          reload.new.append(same)
          continue
        }
        do throws(ThreadError) {
          reload.new.append(try HostedPipeline(pipeline, settings, log))
        } catch {
          throw ReloadProblem(message: "\(error)")
        }
      }
      for index in reload.new.indices where !old.contains(where: { $0.host === reload.new[index].host }) {
        let hosted = reload.new[index]
        do throws(ChainProcess.StartProblem) {
          try hosted.host.waitUntilReady(patience: Self.loadingPatience)
        } catch {
          throw ReloadProblem(message: hosted.told(error))
        }
        let failures = hosted.failedTests()
        if !failures.isEmpty { throw ReloadProblem(message: failures.joined()) }
        // Comments, tests or the order of keys alone changed.
        if let same = old.first(where: {
          $0.pipeline.name == hosted.pipeline.name && $0.host.digest == hosted.host.digest
        }) {
          reload.new[index].host = same.host
          hosted.host.stopAside()
        }
      }
    } catch {
      for host in reload.onlyNew { host.stopAside() }
      throw error
    }
    return reload
  }

  /// - Returns: what changed.
  private func put(_ reload: Reload, in daemon: Daemon) throws(ReloadProblem) -> [String] {
    if !reload.isInPlace { return try restart(reload, daemon) }
    var changes: [String] = []
    let offered = reload.changed.map { ($0, daemon.offer($0)) }
    daemon.note(reload.new)
    let deadline = ContinuousClock.now + Self.patience
    for (hosted, offer) in offered {
      guard let (chain, chains) = offer else { throw Self.ending }
      let name = hosted.pipeline.name
      if chains.waitUntilCurrent(chain, until: deadline) {
        changes.append("\(name): the chain \(chain.digest) is in force")
      } else {
        let file = chains.file.map { " \(Path.printable($0))" } ?? ""
        changes.append("\(name): the chain \(chain.digest) takes over after the file\(file)")
        log.notice("\(changes[changes.count - 1])")
      }
    }
    return changes
  }

  // MARK: - Pipelines that come, go or move

  private func restart(_ reload: Reload, _ daemon: Daemon) throws(ReloadProblem) -> [String] {
    if let (pipeline, file) = waitForFile(of: daemon) {
      log.notice("\(pipeline) reads \(Path.printable(file)): pipelines are exchanged when that is done")
      while waitForFile(of: daemon) != nil {
        if monitor.withLock({ $0.isStopping || $0.daemon !== daemon }) { break }
      }
    }
    monitor.signal { ($0.restart, $0.restarted) = (reload, nil) }
    daemon.wakeUp.signal()
    let result = monitor.wait { state -> Result<Void, ReloadProblem>? in
      if let result = state.restarted { return result }
      return state.isStopping ? .failure(Self.ending) : nil
    }
    try result.get()
    for host in reload.onlyOld { host.stopAside() }
    var changes =
      reload.added.map { "the pipeline ‘\($0)’ runs" } + reload.removed.map { "the pipeline ‘\($0)’ runs no more" }
    for hosted in reload.changed where !reload.added.contains(hosted.pipeline.name) {
      changes.append("\(hosted.pipeline.name): the chain \(hosted.host.digest ?? "") is in force")
    }
    if changes.isEmpty { changes.append("what the pipelines say of their places and of what is kept is in force") }
    for change in changes { log.notice("\(change)") }
    return changes
  }

  /// A file with many articles that is still being read after a while.
  private func waitForFile(of daemon: Daemon) -> (pipeline: String, file: [UInt8])? {
    let deadline = ContinuousClock.now + Self.patience
    while let found = daemon.fileInHand() {
      if deadline <= .now { return found }
      _ = monitor.wait(until: .now + .milliseconds(20)) { $0.isStopping ? () : nil }
    }
    return nil
  }

  // MARK: - On the daemon's thread

  /// From now on a daemon runs; `nil` while none does. What could not be done meanwhile is done with the next one.
  func note(_ daemon: Daemon?) {
    monitor.signal { state in
      state.daemon = daemon
      guard daemon == nil, state.restart != nil else { return }
      (state.restart, state.restarted) = (nil, .failure(Self.ending))
    }
  }

  /// What another daemon is to go on with.
  var wantedRestart: Reload? { monitor.withLock { $0.restart } }

  /// Another daemon runs.
  ///
  /// - Parameter problem: why it is one with the pipelines that ran before.
  func restarted(_ daemon: Daemon, problem: String? = nil) {
    monitor.signal { state in
      (state.daemon, state.restart) = (daemon, nil)
      state.restarted = problem.map { .failure(ReloadProblem(message: $0)) } ?? .success(())
    }
  }
}

extension Pipeline {
  /// Whether another one was read from the same file with the same content.
  fileprivate func isWritten(as other: Pipeline) -> Bool {
    file == other.file && source == other.source && bases == other.bases && variables == other.variables
  }
}
