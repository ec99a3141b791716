import Disk
import Glibc
import Logging
import PipelineKit
import Spool

/// The daemon as a process: signals, service manager, exit code.
public enum Service {
  /// 74, EX_IOERR, and its like of sysexits.h.
  private static let inputOutputError: Int32 = 74
  /// Between two looks whether all is well, at most.
  private static let longestInterval = Duration.seconds(10)
  private static let temporaryFailure: Int32 = 75
  private static let badConfiguration: Int32 = 78

  /// Runs until a signal or, with `once`, until the inboxes are empty.
  ///
  /// - Returns: the exit code.
  public static func run(_ pipelines: [Pipeline], _ settings: Daemon.Settings, log: Logger) -> Int32 {
    let signals = Signals()
    let notifier = ServiceNotifier()
    var settings = settings
    settings.notesCrashes = true
    let daemon: Daemon
    do throws(SpoolError) {
      daemon = try start(pipelines, settings, signals, notifier, log)
    } catch {
      log.critical("\(error)")
      return exitCode(error)
    }
    let names = pipelines.map(\.name).joined(separator: ", ")
    log.info("\(names): running on \(settings.root) with \(settings.workers) workers")
    notifier.ready("running \(names)")
    let isAsked = watch(daemon, signals, notifier, log, once: settings.once)
    notifier.stopping()
    let error = finish(daemon, signals, notifier, log, isAsked: isAsked)
    log.info("ended: \(count(daemon.tally.records, "record")), \(count(daemon.tally.failures, "failure"))")
    guard let error else { return 0 }
    log.critical("\(error)")
    return exitCode(error)
  }

  /// Starts, and tries again while the disk is full or in other trouble that may pass, until a signal comes. A failed
  /// sync ends the process: the next start writes again what the journal holds.
  private static func start(
    _ pipelines: [Pipeline], _ settings: Daemon.Settings, _ signals: Signals, _ notifier: ServiceNotifier, _ log: Logger
  ) throws(SpoolError) -> Daemon {
    var pause = Duration.seconds(1)
    while true {
      do throws(SpoolError) {
        return try Daemon(pipelines, settings, log: log)
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
  ///
  /// - Returns: whether a signal asked for the end.
  private static func watch(
    _ daemon: Daemon, _ signals: Signals, _ notifier: ServiceNotifier, _ log: Logger, once: Bool
  ) -> Bool {
    var said = ""
    while daemon.failure == nil, !(once && daemon.isDrained) {
      let interval = min(notifier.watchdogInterval ?? longestInterval, longestInterval)
      let events = waitForInput([signals.descriptor, daemon.bell.descriptor], until: .now + interval)
      daemon.bell.answer()
      daemon.lookAtLock()
      giveSign(of: daemon, notifier, log)
      var status = "\(count(daemon.tally.records, "record")), \(count(daemon.tally.failures, "failure"))"
      if let pause = daemon.tally.pause { status += "; \(pause)" }
      if status != said { notifier.status(status) }
      said = status
      guard events.contains(signals.descriptor) else { continue }
      while let number = signals.next() {
        if number == SIGHUP {
          log.warning("reloading is not supported: restart linecaster to take up changed pipelines")
        } else {
          log.info("ending on \(number == SIGTERM ? "SIGTERM" : "SIGINT"); what is under way is finished first")
          return true
        }
      }
    }
    return false
  }

  /// A sign of life, unless what matters stands still: then the service manager starts the daemon anew.
  private static func giveSign(of daemon: Daemon, _ notifier: ServiceNotifier, _ log: Logger) {
    if let standstill = daemon.standstill() {
      if notifier.watchdogInterval != nil { log.error("\(standstill): no sign of life is given") }
    } else {
      notifier.alive()
    }
  }

  /// Finishes what is under way; a second signal ends the process at once, and the next start mends what it left.
  ///
  /// - Parameter isAsked: whether a signal came already. Until one does, a disk in trouble is waited for.
  private static func finish(
    _ daemon: Daemon, _ signals: Signals, _ notifier: ServiceNotifier, _ log: Logger, isAsked: Bool
  ) -> SpoolError? {
    var isAsked = isAsked
    if isAsked { daemon.waitNoLonger() }
    let done = Bell()
    let finishing = Thread {
      daemon.finish()
      done.ring()
    }
    while true {
      let interval = min(notifier.watchdogInterval ?? longestInterval, longestInterval)
      let events = waitForInput([signals.descriptor, done.descriptor], until: .now + interval)
      giveSign(of: daemon, notifier, log)
      if events.contains(done.descriptor) { break }
      while let number = signals.next() {
        if number == SIGHUP { continue }
        if !isAsked {
          isAsked = true
          daemon.waitNoLonger()
          continue
        }
        log.warning("ended by force; the next start takes up what was under way")
        _exit(1)
      }
    }
    finishing.join()
    return daemon.failure
  }

  private static func exitCode(_ error: SpoolError) -> Int32 {
    switch error {
    case .locked, .lockLost: temporaryFailure
    case .disk: inputOutputError
    case .layout: badConfiguration
    }
  }

  private static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
