import Disk
import PipelineKit
import StageKit
import Threads

extension Daemon {
  /// Verbs that change nothing.
  static let readingVerbs: Set = ["health", "status", "metrics", "why"]

  /// Answers on `state/control` from now on, and on the sockets that the service manager made. A daemon that cannot runs all the
  /// same.
  func listen(_ settings: Settings, _ pipelines: [Pipeline]) -> [(socket: ControlSocket, thread: Thread)] {
    var verbs = settings.verbs(pipelines)
    verbs["health"] = { _ in .success(self.status().health) }
    verbs["status"] = { _ in .success(self.status().whole) }
    verbs["metrics"] = { _ in .success([.init(key: "text", value: .string(MetricsText(self.status()).text))]) }
    verbs["reprocess"] = { self.reprocess($0) }
    verbs["pause"] = { self.setPause($0, isPaused: true) }
    verbs["resume"] = { self.setPause($0, isPaused: false) }
    let reading = verbs.filter { Self.readingVerbs.contains($0.key) }
    let own = start { () throws(ControlProblem) in try ControlSocket(in: settings.root / "state", verbs: verbs) }
    let passed = settings.sockets.control.map { ($0, verbs) } + settings.sockets.read.map { ($0, reading) }
    return [own].compactMap(\.self)
      + passed.compactMap { listener, verbs in
        start { () throws(ControlProblem) in try ControlSocket(passed: listener, verbs: verbs) }
      }
  }

  /// `{"verb": "pause", "pipeline": "news"}`
  private func setPause(_ request: JSONValue, isPaused: Bool) -> Result<[JSONValue.Member], ControlProblem> {
    let known = pipelines.map(\.pipeline.name)
    guard let name = request["pipeline"]?.string, known.contains(name) else {
      return .failure(ControlProblem("‘pipeline’ names none that runs; those are \(known.joined(separator: ", "))"))
    }
    guard let pauses = settings.pauses else { return .failure(ControlProblem("with --once nothing is paused")) }
    do throws(DiskError) {
      let isChanged = try pauses.set(name, isPaused: isPaused)
      if isChanged { log.notice("\(name): intake is \(isPaused ? "paused" : "resumed") by an operator") }
      wakeIntakes()
      return .success([.init(key: "changed", value: .bool(isChanged))])
    } catch {
      return .failure(ControlProblem("\(error)"))
    }
  }

  private func wakeIntakes() { running.withLock { for lane in $0?.lanes ?? [] { lane.queue.wake() } } }

  private func start(
    _ make: () throws(ControlProblem) -> ControlSocket
  ) -> (socket: ControlSocket, thread: Thread)? {
    do throws(ControlProblem) {
      let socket = try make()
      do throws(ThreadError) {
        return (socket, try Thread { socket.run() })
      } catch {
        throw ControlProblem("\(error)")
      }
    } catch {
      log.warning("linecaster health and status cannot ask this daemon: \(error.message)")
      return nil
    }
  }

  func status() -> DaemonStatus {
    running.withLock { running in
      var troubles = [stalled(), backoff.trouble, failure.map { "\($0)" }].compactMap(\.self)
      if running == nil { troubles.append("it is ending") }
      var status = DaemonStatus(
        started: started, seconds: counts.seconds, records: counts.records, failures: counts.failures,
        lastCommit: counts.lastCommit,
        pipelines: [], troubles: troubles, reload: settings.lastReload())
      guard let running else { return status }
      for lane in running.lanes {
        let (queue, chains) = (lane.queue, lane.chains)
        status.pipelines.append(
          DaemonStatus.Pipeline(
            name: lane.name, queued: queue.count, oldestReady: queue.oldest, setAside: queue.namesSetAside.count,
            counts: counts.pipeline(lane.name), inFlight: chains.underWay,
            isPausedByOperator: settings.pauses?.contains(lane.name) ?? false,
            diskFree: (try? PosixFileSystem().space(at: lane.outbox))?.free, pause: counts.pause(of: lane.name),
            chain: chains.current.host.status, nextDigest: chains.next?.digest, file: chains.file))
      }
      for index in status.pipelines.indices {
        status.pipelines[index].workerBytes = status.pipelines[index].chain.workers.reduce(0) {
          $0 + ProcessMemory.ownBytes(of: $1)
        }
      }
      return status
    }
  }
}
