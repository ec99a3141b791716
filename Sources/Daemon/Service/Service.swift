import CLinux
import Disk
import Glibc
import Logging
import PipelineKit
import Spool
import Threads

/// The daemon as a process: signals, service manager, reloading, exit code.
public struct Service {
  /// 74, EX_IOERR, and its like of sysexits.h.
  private static let inputOutputError: Int32 = 74
  /// Between two looks whether all is well, at most.
  private static let longestInterval = Duration.seconds(10)
  /// Between two looks at memory that is limited.
  private static let memoryInterval = Duration.milliseconds(500)
  private static let temporaryFailure: Int32 = 75
  private static let badConfiguration: Int32 = 78

  /// What ends the watch over a daemon.
  private enum End {
    /// A signal asked for it.
    case asked
    /// It is through, or broke.
    case ended
    /// Its places are to be worked out anew.
    case moved
    /// Other pipelines are to run.
    case replaced(Reload)

    var isAsked: Bool { if case .asked = self { true } else { false } }
  }

  /// What a daemon begins with.
  private enum Beginning {
    case toLoad([Pipeline])
    case hosted([HostedPipeline], WatchState?)
  }

  private let settings: Daemon.Settings
  private let signals: Signals
  private let notifier = ServiceNotifier()
  /// Rings when a daemon has finished.
  private let done: WakeUp
  private let counts = RunCounts()
  private let reloading: Reloading?
  private let log: Logger

  /// Runs until a signal or, with `once`, until the inboxes are empty.
  ///
  /// - Returns: the exit code.
  public static func run(_ pipelines: [Pipeline], _ settings: Daemon.Settings, log: Logger) -> Int32 {
    defer { StandardErrorLog.flush() }
    linux_bound_heaps()
    do throws(SpoolError) {
      let service = try Service(settings, log)
      defer { service.reloading?.stop() }
      return try service.serve(pipelines)
    } catch {
      log.critical("\(error)")
      return exitCode(error)
    }
  }

  private init(_ settings: Daemon.Settings, _ log: Logger) throws(SpoolError) {
    signals = try Signals()
    done = try WakeUp()
    var settings = settings
    reloading = try settings.source.map { source throws(SpoolError) in try Reloading(source, settings, log) }
    reloading?.answer(in: &settings)
    self.settings = settings
    self.log = log
  }

  private func serve(_ pipelines: [Pipeline]) throws(SpoolError) -> Int32 {
    var daemon = try start(.toLoad(pipelines))
    while true {
      tell(daemon)
      let end = watch(daemon)
      let isAsked = finish(daemon, end)
      if daemon.failure != nil || isAsked { break }
      switch end {
      case .asked, .ended: return conclude()
      case .moved: daemon = try start(.toLoad(daemon.pipelines.map(\.pipeline)))
      case .replaced(let reload): daemon = try replace(reload, daemon.leftWatch.withLock { $0.take() })
      }
    }
    for hosted in daemon.pipelines { hosted.host.stop() }
    if let error = daemon.failure {
      log.info("\(summary)")
      throw error
    }
    return conclude()
  }

  private func tell(_ daemon: Daemon) {
    let names = daemon.pipelines.map(\.pipeline.name).joined(separator: ", ")
    log.info("\(names): running on \(settings.root) with \(settings.workers) workers")
    notifier.ready("running \(names)")
    reloading?.reloader.note(daemon)
  }

  private func conclude() -> Int32 {
    log.info("\(summary)")
    return settings.once && counts.left > 0 ? Self.temporaryFailure : 0
  }

  private var summary: String {
    let left = counts.left
    return "ended: \(count(counts.records, "record")), \(count(counts.failures, "failure"))"
      + (left > 0 ? "; \(count(left, "file")) \(left == 1 ? "is" : "are") left" : "")
  }

  /// Starts, and tries again while the disk is full or in other trouble that may pass, until a signal comes. A failed
  /// sync ends the process: the next start writes again what the journal holds.
  private func start(_ beginning: Beginning) throws(SpoolError) -> Daemon {
    var pause = Duration.seconds(1)
    while true {
      do throws(SpoolError) {
        switch beginning {
        case .toLoad(let pipelines): return try Daemon(pipelines, settings, counts: counts, log: log)
        case .hosted(let hosted, let watch):
          return try Daemon(hosted, settings, counts: counts, watch: watch, log: log)
        }
      } catch {
        guard !settings.once, case .disk(let trouble) = error, trouble.isTransient else { throw error }
        log.warning("\(error); trying again in \(pause.components.seconds) s")
        notifier.stillStarting("waiting: \(error)")
        if waitForInput([signals.descriptor], until: .now + pause).contains(signals.descriptor) { throw error }
        pause = min(pause * 2, .seconds(30))
      }
    }
  }

  /// Goes on with other pipelines, or, where these cannot run on the spool, with those that ran before.
  private func replace(_ reload: Reload, _ watch: WatchState?) throws(SpoolError) -> Daemon {
    do throws(SpoolError) {
      let daemon = try start(.hosted(reload.new, watch))
      reloading?.reloader.restarted(daemon)
      return daemon
    } catch {
      let daemon = try start(.hosted(reload.old, watch))
      reloading?.reloader.restarted(daemon, problem: "\(error)")
      return daemon
    }
  }

  /// Returns when it is time to end.
  private func watch(_ daemon: Daemon) -> End {
    var said = ""
    var memory = IdleMemory()
    while daemon.failure == nil, !(settings.once && daemon.isDrained) {
      if daemon.hasMovedInbox, !settings.once { return .moved }
      if let reload = reloading?.reloader.wantedRestart { return .replaced(reload) }
      let events = waitForInput([signals.descriptor, daemon.wakeUp.descriptor], until: .now + interval)
      daemon.wakeUp.drain()
      daemon.lookAtLock()
      sendHeartbeat(of: daemon)
      daemon.lookAtMemory()
      memory.look(at: daemon.counts.ended)
      var status = "\(count(daemon.counts.records, "record")), \(count(daemon.counts.failures, "failure"))"
      if let oldest = daemon.oldestReady, oldest >= .seconds(1) {
        status += "; the oldest file has been ready for \(oldest.components.seconds) s"
      }
      if let pause = daemon.counts.pause { status += "; \(pause)" }
      if status != said { notifier.status(status) }
      said = status
      guard events.contains(signals.descriptor) else { continue }
      while let number = signals.next() {
        guard endsDaemon(number) else { continue }
        log.info("ending on \(number == SIGTERM ? "SIGTERM" : "SIGINT"); what is under way is finished first")
        return .asked
      }
    }
    return .ended
  }

  private var interval: Duration {
    let longest = settings.memory == nil ? Self.longestInterval : Self.memoryInterval
    return min(notifier.watchdogInterval ?? longest, longest)
  }

  /// Does what a signal asks for.
  ///
  /// - Returns: whether that is to end.
  private func endsDaemon(_ number: Int32) -> Bool {
    switch number {
    case SIGHUP:
      if let reloading {
        log.info("reading the pipelines again on SIGHUP")
        reloading.reloader.ask(isWhole: true)
      } else {
        log.warning("SIGHUP came and means nothing here: with --once the pipelines are not read again")
      }
      return false
    case SIGUSR1, SIGUSR2:
      let name = number == SIGUSR1 ? "SIGUSR1" : "SIGUSR2"
      log.warning("\(name) came and means nothing here: log and outbox need no signal to be rotated")
      return false
    default: return true
    }
  }

  /// A sign of life, unless what matters stands still: then the service manager starts the daemon anew.
  private func sendHeartbeat(of daemon: Daemon) {
    if let stalled = daemon.stalled() {
      if notifier.watchdogInterval != nil { log.error("\(stalled): no sign of life is given") }
    } else {
      notifier.alive()
    }
  }

  /// Finishes what is under way; a second signal ends the process at once, and the next start mends what it left. Until
  /// one asks for the end, a disk in trouble is waited for.
  ///
  /// - Returns: whether a signal asked for the end, before or now.
  private func finish(_ daemon: Daemon, _ end: End) -> Bool {
    let finish: @Sendable () -> Void
    switch end {
    case .replaced(let reload):
      let retired = Set(reload.removed)
      finish = { daemon.finishBetweenFiles(retired: retired) }
    case .moved:
      reloading?.reloader.note(nil)
      notifier.status("working out the places anew")
      finish = { daemon.finish() }
    case .asked, .ended:
      reloading?.reloader.note(nil)
      notifier.stopping()
      finish = { daemon.finish() }
    }
    var isAsked = end.isAsked
    if isAsked { daemon.waitNoLonger() }
    let done = done
    let finishing = try? Thread {
      finish()
      done.signal()
    }
    guard let finishing else {
      // No second signal can be heard then.
      finish()
      return isAsked
    }
    let limit = settings.drainTimeout.map { ContinuousClock.now + $0 }
    while true {
      let wake = ContinuousClock.now + interval
      let events = waitForInput(
        [signals.descriptor, done.descriptor], until: isAsked ? min(wake, limit ?? wake) : wake)
      sendHeartbeat(of: daemon)
      if events.contains(done.descriptor) { break }
      if isAsked {
        notifier.stillStopping("finishing \(daemon.underWay)")
        if let limit, limit <= .now { endByForce("what is under way took too long (\(daemon.underWay))", code: 0) }
      }
      while let number = signals.next() {
        guard endsDaemon(number) else { continue }
        if !isAsked {
          isAsked = true
          daemon.hurry()
          daemon.waitNoLonger()
          continue
        }
        endByForce("ended by force", code: 1)
      }
    }
    done.drain()
    finishing.join()
    return isAsked
  }

  /// Ends at once: what is under way is in no outbox, and the next start takes it up.
  private func endByForce(_ reason: String, code: Int32) -> Never {
    log.warning("\(reason); the next start takes up what was under way")
    StandardErrorLog.flush()
    _exit(code)
  }

  private static func exitCode(_ error: SpoolError) -> Int32 {
    switch error {
    case .locked, .lockLost, .resources: temporaryFailure
    case .disk: inputOutputError
    case .layout: badConfiguration
    }
  }

  private func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
