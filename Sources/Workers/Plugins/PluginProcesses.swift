import CLinux
import Glibc
import PipelineKit

/// The processes of a chain's plugins, in its forking parent: one of each plugin for each worker. A process stays when its worker goes in
/// peace, for the next one; it is ended when its worker dies.
struct PluginProcesses {
  private let stages: [PluginStage]
  private let libraries: [LibraryStage]
  private var logs: [String: PluginLog] = [:]
  private var processes: [Process] = []
  private var histories: [History]

  private struct Process {
    var plugin: Int
    var supervisor: ChildProcess
    /// To the supervisor: to close it is the order to end.
    var control: CInt
    /// The worker's end of the plugin's socket, kept so that it outlives the worker.
    var socket: CInt
    /// The worker that has it; `nil` where it waits for one.
    var worker: pid_t?
  }

  private struct History {
    /// Processes in a row that ended before they answered one article.
    var failures = 0
    var notBefore = ContinuousClock.now
    var lastEnd = ""
    var starts = 0
    /// Processes that ended otherwise than asked.
    var ended = 0
    var articles = 0
    var microseconds = 0
  }

  /// What `status` tells of each.
  var reports: [PluginReport] {
    stages.enumerated().map { place, stage in
      let history = histories[place]
      return PluginReport(
        name: stage.manifest.name, version: stage.manifest.version,
        processes: processes.count { $0.plugin == place }, starts: history.starts, ended: history.ended,
        articles: history.articles, microseconds: history.microseconds,
        problem: history.failures > 2 ? history.lastEnd : nil)
    }
  }

  /// Pauses between starts grow up to this, in milliseconds.
  static let longestPause = 30_000
  /// Longer pauses are not waited for: articles fail meanwhile, as the plugin's `on_error` has it.
  static let longestWait = 1000

  init(_ chain: Chain) {
    stages = chain.processors(of: PluginStage.self)
    libraries = chain.processors(of: LibraryStage.self)
    histories = stages.map { _ in History() }
  }

  var isEmpty: Bool { stages.isEmpty && libraries.isEmpty }

  /// Starts one process of each plugin and waits until it is ready, so that a plugin that cannot run is known before an article comes.
  mutating func startFirst() throws(PluginProblem) {
    for library in libraries {
      if let problem = try Self.trial(library) {
        throw PluginProblem("the plugin ‘\(library.exchange.manifest.name)’ cannot start: \(problem)")
      }
    }
    for (place, stage) in stages.enumerated() {
      do throws(PluginProblem) {
        let process = try start(place)
        let connection = PluginConnection(dup(process.socket), by: .send)
        let problem = connection.greet(
          stage.exchange, until: .now + .milliseconds(stage.manifest.settings.startTimeoutMilliseconds))
        guard let problem else {
          processes.append(process)
          continue
        }
        let end = end(process)
        switch problem {
        case .says(let words): throw PluginProblem(words)
        case .ended: throw PluginProblem(end)
        case .late:
          throw PluginProblem(
            "it is not ready after \(stage.manifest.settings.startTimeoutMilliseconds) ms; ‘start_timeout’ is in its manifest"
          )
        }
      } catch {
        throw PluginProblem("the plugin ‘\(stage.manifest.name)’ cannot start: \(error.message)")
      }
    }
  }

  /// Loads a library in a process of its own, since what it does while it is loaded may be anything.
  private static func trial(_ library: LibraryStage) throws(PluginProblem) -> String? {
    do throws(ChildError) {
      let errors = try ErrorOutput()
      let child = try ChildProcess.fork {
        try? errors.redirect()
        guard let problem = library.trial() else { _exit(0) }
        let line = Array((problem + "\n").utf8)
        _ = write(STDERR_FILENO, line, line.count)
        _exit(1)
      }
      while let event = try ChildProcess.next(child.pid) {
        switch event.kind {
        case .exited(code: 0): return nil
        case .stopped: child.send()
        case .exited(code: 1): return errors.lastLine() ?? "it does not say why"
        case .exited, .killed: return "while it was loaded its process \(event.words)"
        }
      }
      return nil
    } catch {
      throw PluginProblem("\(error)")
    }
  }

  // MARK: - Workers

  /// For a worker that is about to be forked: the sockets of processes that wait for one, by the place of their plugins.
  func waiting() -> [CInt?] {
    stages.indices.map { place in processes.first { $0.plugin == place && $0.worker == nil }?.socket }
  }

  /// The worker has what `waiting` gave.
  mutating func give(_ sockets: [CInt?], to worker: pid_t) {
    for at in processes.indices where sockets.contains(processes[at].socket) { processes[at].worker = worker }
  }

  /// A worker is gone.
  ///
  /// - Parameter inPeace: it ended by itself, between two articles.
  mutating func release(_ worker: pid_t, inPeace: Bool) {
    for at in processes.indices.reversed() where processes[at].worker == worker {
      if inPeace {
        processes[at].worker = nil
      } else {
        let process = processes.remove(at: at)
        _ = end(process)
      }
    }
  }

  /// Answers what a worker asks.
  ///
  /// - Returns: the reply, and the socket to send with it; `nil` where nothing is to be said.
  mutating func answer(_ request: PluginRequest, of worker: pid_t) -> (PluginReply, socket: CInt?)? {
    if case .log(let plugin, let line) = request {
      logs[plugin, default: PluginLog(plugin)].take(line)
      return nil
    }
    if case .note(let plugin, let articles, let microseconds) = request {
      guard stages.indices.contains(plugin) else { return nil }
      histories[plugin].articles &+= articles
      histories[plugin].microseconds &+= microseconds
      histories[plugin].failures = 0
      return nil
    }
    guard case .start(let plugin, let answered) = request, stages.indices.contains(plugin) else {
      return (.later(milliseconds: Self.longestPause, "there is no such plugin"), nil)
    }
    if let at = processes.firstIndex(where: { $0.worker == worker && $0.plugin == plugin }) {
      histories[plugin].lastEnd = end(processes.remove(at: at))
      histories[plugin].ended += 1
      note(plugin, answered: answered)
    }
    let pause = (histories[plugin].notBefore - .now) / Duration.milliseconds(1)
    if pause > 0 {
      let history = histories[plugin]
      return (
        .later(
          milliseconds: Int(pause.rounded(.up)),
          "it ended \(history.failures) times in a row and is started again in \(Int(pause / 1000) + 1) s; the last time \(history.lastEnd)"
        ), nil
      )
    }
    do throws(PluginProblem) {
      var process = try start(plugin)
      process.worker = worker
      processes.append(process)
      return (.started(formerEnd: histories[plugin].lastEnd), process.socket)
    } catch {
      histories[plugin].lastEnd = error.message
      note(plugin, answered: 0)
      return (.later(milliseconds: 50, error.message), nil)
    }
  }

  /// A process has ended: the next one may have to wait.
  private mutating func note(_ plugin: Int, answered: Int) {
    if answered > 0 {
      (histories[plugin].failures, histories[plugin].notBefore) = (0, .now)
      return
    }
    histories[plugin].failures += 1
    // Two that end over one article are the article's, and cost no time.
    let failures = histories[plugin].failures
    let pause = failures <= 2 ? 0 : min(Self.longestPause, 100 << min(failures - 3, 20))
    histories[plugin].notBefore = .now + .milliseconds(pause)
  }

  // MARK: - Processes

  private mutating func start(_ plugin: Int) throws(PluginProblem) -> Process {
    do throws(ChildError) {
      let (own, theirs) = try DescriptorPassing.pair()
      defer { close(theirs) }
      do throws(ChildError) {
        let (control, supervisors) = try DescriptorPassing.pair()
        defer { close(supervisors) }
        do throws(ChildError) {
          // Of this side alone; it cannot be set in a confined worker.
          _ = fcntl(own, F_SETFL, O_NONBLOCK)
          let manifest = stages[plugin].manifest
          let supervisor = try ChildProcess.fork {
            PluginSupervisor.run(manifest, socket: theirs, control: supervisors)
          }
          histories[plugin].starts += 1
          return Process(plugin: plugin, supervisor: supervisor, control: control, socket: own, worker: nil)
        } catch {
          close(control)
          throw error
        }
      } catch {
        close(own)
        throw error
      }
    } catch {
      throw PluginProblem("\(error)")
    }
  }

  /// How long a supervisor may take to end what it started.
  private static let patience = Duration.seconds(3)

  /// Ends a process and all that it started.
  ///
  /// - Returns: how it ended.
  private func end(_ process: Process) -> String {
    // The order to end, where it has not ended by itself.
    shutdown(process.control, CInt(SHUT_WR))
    close(process.socket)
    defer { close(process.control) }
    var words = "nobody knows how it ended"
    var buffer = FrameBuffer()
    let last = ContinuousClock.now + Self.patience
    reading: while true {
      var waited = pollfd(fd: process.control, events: Int16(POLLIN), revents: 0)
      guard poll(&waited, 1, DuplexSocket.milliseconds(until: last)) > 0 else {
        process.supervisor.send()
        break
      }
      guard case .success(let count) = buffer.read(from: process.control), count > 0 else { break }
      while let frame = try? buffer.next() {
        guard case .ended(let text) = try? PluginSupervisor.Message(frame) else { break reading }
        words = text
      }
    }
    return words
  }

  /// Ends them all.
  mutating func endAll() {
    // All are told first, so that they end together.
    for process in processes { shutdown(process.control, CInt(SHUT_WR)) }
    for process in processes { _ = end(process) }
    processes = []
  }
}
