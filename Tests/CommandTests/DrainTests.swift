import Foundation
import StageKit
import Testing

/// A stop waits for what is under way, and not for ever.
@Suite struct DrainTests {
  private static let chaos = BuiltCommand.path.deletingLastPathComponent().appendingPathComponent("ChaosCommand")

  /// A daemon with an article in hand that comes to no end.
  private func hanging(_ arguments: String...) throws -> (spool: CommandSpool, daemon: Process, errors: Pipe) {
    let spool = try CommandSpool(settings: "deadline: 1h\n", stages: "[segment, chaos]")
    let daemon = Process()
    daemon.executableURL = Self.chaos
    daemon.arguments = ["run", spool.pipeline, "--root", spool.root.path] + arguments
    let errors = Pipe()
    daemon.standardError = errors
    try daemon.run()
    try spool.drop("a.txt", "hang on Monday. " + CommandSpool.story)
    while try spool.command("status", "--json").output.contains("\"in_flight\":1") == false { sched_yield() }
    return (spool, daemon, errors)
  }

  private func recordsAfterAStartWithout(_ spool: CommandSpool) throws -> Int {
    try spool.folder.write("news.yaml", "name: news\nstages: [segment]\n")
    #expect(try spool.runOnce().code == 0)
    #expect(spool.names("failed").isEmpty)
    return try spool.records().count
  }

  @Test(.timeLimit(.minutes(5))) func whatTakesTooLongIsLeftToTheNextStart() throws {
    let (spool, daemon, errors) = try hanging("--drain-timeout", "10ms")
    daemon.terminate()
    daemon.waitUntilExit()
    #expect(daemon.terminationReason == .exit && daemon.terminationStatus == 0)
    let log = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(log.contains("took too long (news: 1 article)"), "\(log)")
    #expect(try recordsAfterAStartWithout(spool) == 1)
  }

  @Test(.timeLimit(.minutes(5))) func aSecondSignalEndsItAtOnce() throws {
    let (spool, daemon, _) = try hanging("--drain-timeout", "1h")
    daemon.terminate()
    while daemon.isRunning {
      daemon.terminate()
      sched_yield()
    }
    #expect(daemon.terminationReason == .exit && daemon.terminationStatus == 1)
    #expect(try recordsAfterAStartWithout(spool) == 1)
  }

  @Test func theTimeIsADuration() throws {
    let refused = try BuiltCommand.run("run", "p.yaml", "--drain-timeout", "soon")
    #expect(refused.code == 64 && refused.errors.contains("--drain-timeout"), "\(refused.errors)")
  }
}
