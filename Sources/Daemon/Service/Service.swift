import Disk
import Glibc
import Logging
import PipelineKit
import Spool
import Threads

/// The daemon as a process: signals, service manager, exit code.
public enum Service {
  /// 74, EX_IOERR, and its like of sysexits.h.
  private static let inputOutputError: Int32 = 74
  /// Between two looks whether all is well, at most.
  private static let longestInterval = Duration.seconds(10)
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
  }

  /// Runs until a signal or, with `once`, until the inboxes are empty.
  ///
  /// - Returns: the exit code.
  public static func run(_ pipelines: [Pipeline], _ settings: Daemon.Settings, log: Logger) -> Int32 {
    defer { StandardErrorLog.flush() }
    do throws(SpoolError) {
      return try serve(pipelines, settings, try Signals(), try WakeUp(), log)
    } catch {
      log.critical("\(error)")
      return exitCode(error)
    }
  }

  private static func serve(
    _ pipelines: [Pipeline], _ settings: Daemon.Settings, _ signals: Signals, _ done: WakeUp, _ log: Logger
  ) throws(SpoolError) -> Int32 {
    let notifier = ServiceNotifier()
    let names = pipelines.map(\.name).joined(separator: ", ")
    let counts = RunCounts()
    var end = End.moved
    while case .moved = end {
      let daemon = try start(pipelines, settings, counts, signals, notifier, log)
      log.info("\(names): running on \(settings.root) with \(settings.workers) workers")
      notifier.ready("running \(names)")
      end = watch(daemon, signals, notifier, log, once: settings.once)
      if case .moved = end { notifier.status("working out the places anew") } else { notifier.stopping() }
      if finish(daemon, signals, notifier, done, log, end) { end = .asked }
      if let error = daemon.failure {
        log.info("\(summary(counts))")
        throw error
      }
    }
    log.info("\(summary(counts))")
    return settings.once && counts.left > 0 ? temporaryFailure : 0
  }

  private static func summary(_ counts: RunCounts) -> String {
    let left = counts.left
    return "ended: \(count(counts.records, "record")), \(count(counts.failures, "failure"))"
      + (left > 0 ? "; \(count(left, "file")) \(left == 1 ? "is" : "are") left" : "")
  }

  /// Starts, and tries again while the disk is full or in other trouble that may pass, until a signal comes. A failed
  /// sync ends the process: the next start writes again what the journal holds.
  private static func start(
    _ pipelines: [Pipeline], _ settings: Daemon.Settings, _ counts: RunCounts, _ signals: Signals,
    _ notifier: ServiceNotifier,
    _ log: Logger
  ) throws(SpoolError) -> Daemon {
    var pause = Duration.seconds(1)
    while true {
      do throws(SpoolError) {
        return try Daemon(pipelines, settings, counts: counts, log: log)
      } catch {
        guard !settings.once, case .disk(let trouble) = error, trouble.isTransient else { throw error }
        log.warning("\(error); trying again in \(pause.components.seconds) s")
        notifier.stillStarting("waiting: \(error)")
        if waitForInput([signals.descriptor], until: .now + pause).contains(signals.descriptor) { throw error }
        pause = min(pause * 2, .seconds(30))
      }
    }
  }

  /// Returns when it is time to end.
  private static func watch(
    _ daemon: Daemon, _ signals: Signals, _ notifier: ServiceNotifier, _ log: Logger, once: Bool
  ) -> End {
    var said = ""
    while daemon.failure == nil, !(once && daemon.isDrained) {
      if daemon.hasMovedInbox, !once { return .moved }
      let interval = min(notifier.watchdogInterval ?? longestInterval, longestInterval)
      let events = waitForInput([signals.descriptor, daemon.wakeUp.descriptor], until: .now + interval)
      daemon.wakeUp.drain()
      daemon.lookAtLock()
      sendHeartbeat(of: daemon, notifier, log)
      var status = "\(count(daemon.counts.records, "record")), \(count(daemon.counts.failures, "failure"))"
      if let pause = daemon.counts.pause { status += "; \(pause)" }
      if status != said { notifier.status(status) }
      said = status
      guard events.contains(signals.descriptor) else { continue }
      while let number = signals.next() {
        if let remark = Signals.remark(on: number) {
          log.warning("\(remark)")
        } else {
          log.info("ending on \(number == SIGTERM ? "SIGTERM" : "SIGINT"); what is under way is finished first")
          return .asked
        }
      }
    }
    return .ended
  }

  /// A sign of life, unless what matters stands still: then the service manager starts the daemon anew.
  private static func sendHeartbeat(of daemon: Daemon, _ notifier: ServiceNotifier, _ log: Logger) {
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
  private static func finish(
    _ daemon: Daemon, _ signals: Signals, _ notifier: ServiceNotifier, _ done: WakeUp, _ log: Logger, _ end: End
  ) -> Bool {
    var isAsked = if case .asked = end { true } else { false }
    if isAsked { daemon.waitNoLonger() }
    let finishing = try? Thread {
      daemon.finish()
      done.signal()
    }
    guard let finishing else {
      // No second signal can be heard then.
      daemon.finish()
      return isAsked
    }
    while true {
      let interval = min(notifier.watchdogInterval ?? longestInterval, longestInterval)
      let events = waitForInput([signals.descriptor, done.descriptor], until: .now + interval)
      sendHeartbeat(of: daemon, notifier, log)
      if events.contains(done.descriptor) { break }
      while let number = signals.next() {
        if let remark = Signals.remark(on: number) {
          log.warning("\(remark)")
          continue
        }
        if !isAsked {
          isAsked = true
          daemon.waitNoLonger()
          continue
        }
        log.warning("ended by force; the next start takes up what was under way")
        StandardErrorLog.flush()
        _exit(1)
      }
    }
    done.drain()
    finishing.join()
    return isAsked
  }

  private static func exitCode(_ error: SpoolError) -> Int32 {
    switch error {
    case .locked, .lockLost, .resources: temporaryFailure
    case .disk: inputOutputError
    case .layout: badConfiguration
    }
  }

  private static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
