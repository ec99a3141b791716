import Foundation
import Testing

@Suite struct WorkersTests {
  @Test(arguments: ["0", "-1", "100000", "9223372036854775807"]) func numbersThatMakeNoSenseAreRefused(number: String)
    throws
  {
    let spool = try CommandSpool()
    let file = try spool.folder.write("a.txt", CommandSpool.story)
    for arguments in [
      ["run", spool.pipeline, "--once"], ["pipe", spool.pipeline], ["process", spool.pipeline, file],
    ] {
      let outcome = try BuiltCommand.run(arguments + ["--workers=\(number)"], in: spool.folder.url)
      #expect(outcome.code == 64)
      #expect(outcome.errors.contains("--workers takes 1 to"), "\(outcome.errors)")
    }
  }

  @Test func fourForEachCoreAreFine() throws {
    let folder = try Folder()
    let file = try folder.write("a.txt", CommandSpool.story)
    let most = 4 * ProcessInfo.processInfo.processorCount
    #expect(try BuiltCommand.run("process", "pipelines/annotate.yaml", file, "--workers", "\(most)").code == 0)
    #expect(try BuiltCommand.run("process", "pipelines/annotate.yaml", file, "--workers", "\(most + 1)").code == 64)
  }

  @Test func memoryIsEnoughForEachWorker() throws {
    let spool = try CommandSpool()
    try spool.drop("a.txt")
    let refused = try spool.command("run", spool.pipeline, "--once", "--max-memory", "250MiB", "--workers", "2")
    #expect(refused.code == 64 && refused.errors.contains("fewer --workers"), "\(refused.errors)")
    #expect(try spool.command("run", spool.pipeline, "--once", "--max-memory", "1MiB").code == 64)
    #expect(try spool.command("run", spool.pipeline, "--once", "--max-memory", "1GiB", "--workers", "1").code == 0)
    #expect(try spool.records().count == 1)
  }
}
