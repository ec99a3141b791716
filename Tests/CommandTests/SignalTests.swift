import Foundation
import Testing

/// Signals that no operator sends on purpose.
@Suite struct SignalTests {
  /// A service manager's watchdog sends it; a handler that only tells of it would leave the process alive.
  @Test(.timeLimit(.minutes(5)), arguments: ["yes", "no"]) func anAbortEndsTheProcess(backtrace: String) throws {
    let spool = try CommandSpool()
    let daemon = try spool.startDaemon(after: "export SWIFT_BACKTRACE=enable=\(backtrace)")
    Foundation.kill(daemon.processIdentifier, SIGABRT)
    daemon.waitUntilExit()
    #expect(daemon.terminationReason == .uncaughtSignal && daemon.terminationStatus == SIGABRT)
    // Whoever was killed from outside is not to blame.
    try spool.drop("a.txt")
    #expect(try spool.runOnce().code == 0)
    #expect(try spool.records().count == 1)
  }

  @Test(.timeLimit(.minutes(5)), arguments: [SIGUSR1, SIGUSR2, SIGHUP, SIGPIPE, SIGXFSZ])
  func othersDoNotEndIt(signal: Int32) throws {
    let spool = try CommandSpool()
    let daemon = try spool.startDaemon()
    Foundation.kill(daemon.processIdentifier, signal)
    if signal == SIGUSR1 { spool.waitForMessage("SIGUSR1") }
    try spool.drop("a.txt")
    try spool.waitForRecords(1)
    daemon.terminate()
    daemon.waitUntilExit()
    #expect(daemon.terminationStatus == 0)
  }

  /// The limit is met by the live file: a start with a higher one completes the line that did not fit.
  @Test(.timeLimit(.minutes(5))) func aFileThatMayNotGrowIsWaitedForInWords() throws {
    let spool = try CommandSpool()
    // Blocks of 512 bytes; the journal needs a little too.
    let daemon = try spool.startDaemon(after: "ulimit -f 64")
    for number in 0..<40 { try spool.drop("\(number).txt", CommandSpool.story + " Number \(number).") }
    spool.waitForMessage("LimitFSIZE")
    daemon.terminate()
    daemon.waitUntilExit()
    #expect(daemon.terminationReason == .exit && daemon.terminationStatus == 74)
    #expect(try spool.runOnce().code == 0)
    let texts = try spool.records().compactMap { $0["text"]?.string }
    #expect(texts.count == 40 && Set(texts).count == 40)
  }
}
