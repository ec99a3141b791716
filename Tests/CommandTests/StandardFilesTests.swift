import Foundation
import Testing

/// Standard files that are closed, full, or that nobody reads.
@Suite struct StandardFilesTests {
  /// Nothing of the daemon's gets the numbers 0 to 2.
  @Test(.timeLimit(.minutes(5))) func closedOnesHurtNoFile() throws {
    let spool = try CommandSpool()
    let daemon = BuiltCommand.process(["run", spool.pipeline, "--root", spool.root.path])
    BuiltCommand.prepare("exec 0<&- 1>&- 2>&-", daemon)
    try daemon.run()
    defer { daemon.terminate() }
    try spool.drop("bad.txt", "")
    try spool.drop("good.txt")
    try spool.waitForRecords(1)
    for descriptor in 0...2 {
      let link = "/proc/\(daemon.processIdentifier)/fd/\(descriptor)"
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "/dev/null")
    }
    daemon.terminate()
    daemon.waitUntilExit()
    #expect(daemon.terminationStatus == 0)
    #expect(try spool.text("state/lock") == "\(daemon.processIdentifier)\n")
    #expect(try spool.command("spool", "check").code == 0)
  }

  @Test func aClosedStandardOutputIsNoSuccess() throws {
    let folder = try Folder()
    let file = try folder.write("a.txt", CommandSpool.story)
    for script in ["exec 1>&-", "exec 1>/dev/full"] {
      let process = BuiltCommand.process(["process", "pipelines/annotate.yaml", file])
      BuiltCommand.prepare(script, process)
      let errors = Pipe()
      process.standardError = errors
      try process.run()
      let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationStatus == 74)
      #expect(said.contains("standard output cannot be written"), "\(said)")
    }
  }

  @Test func messagesThatNobodyGetsEndNothing() throws {
    let folder = try Folder()
    let bad = try folder.write("bad.txt", "")
    let good = try folder.write("good.txt", CommandSpool.story)
    for script in ["exec 2>&-", "exec 2>/dev/full"] {
      let process = BuiltCommand.process(["process", "pipelines/annotate.yaml", bad, good])
      BuiltCommand.prepare(script, process)
      let output = Pipe()
      process.standardOutput = output
      try process.run()
      let records = output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      #expect(process.terminationStatus == 65)
      #expect(records.count(where: { $0 == 0x0A }) == 1)
    }
  }

  /// More messages than a pipe holds: the line goes on, the end comes when asked for, and what is missing is counted.
  @Test(.timeLimit(.minutes(5))) func aLogThatNobodyReadsStopsNothing() throws {
    let spool = try CommandSpool()
    let daemon = BuiltCommand.process(["run", spool.pipeline, "--root", spool.root.path, "--log-level", "debug"])
    let errors = Pipe()
    daemon.standardError = errors
    let long = String(repeating: "x", count: 200)
    for number in 0..<1000 { try spool.drop("bad-\(long)-\(number).txt", "") }
    try spool.drop("good.txt")
    try daemon.run()
    defer { daemon.terminate() }
    try spool.waitForRecords(1)
    while spool.names("failed").count < 2000 { sched_yield() }
    // What was said of them was said before the next one is committed: it may all be one batch.
    try spool.drop("last.txt")
    try spool.waitForRecords(2)
    // Now somebody reads.
    let said = SaidText()
    errors.fileHandleForReading.readabilityHandler = { said.add($0.availableData) }
    while !said.contains("nobody read standard error") { sched_yield() }
    errors.fileHandleForReading.readabilityHandler = nil
    // And again not.
    for number in 0..<500 { try spool.drop("worse-\(long)-\(number).txt", "") }
    while spool.names("failed").count < 3000 { sched_yield() }
    daemon.terminate()
    daemon.waitUntilExit()
    #expect(daemon.terminationReason == .exit && daemon.terminationStatus == 0)
  }
}
