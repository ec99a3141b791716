import Foundation
import Glibc
import StageKit
import Testing

/// What a running daemon answers on `state/control`.
@Suite struct ControlTests {
  @Test(.timeLimit(.minutes(5))) func aRunningDaemonSaysHowItIs() throws {
    let spool = try CommandSpool()
    let alone = try spool.command("health")
    #expect(alone.code == 1 && alone.errors.contains("no daemon answers on"), "\(alone.errors)")
    let daemon = try spool.startDaemon()
    defer { daemon.terminate() }
    try spool.drop("a.txt")
    try spool.waitForRecords(1)
    let health = try spool.command("health")
    #expect(health.code == 0 && health.output.hasPrefix("well: last commit "), "\(health.output)\(health.errors)")
    let status = try JSONValue(parsing: Array(try spool.command("status", "--json").output.utf8))
    #expect(status["healthy"] == .bool(true) && status["records"] == .number("1"))
    let pipeline = try #require(status["pipelines"]?.array?.first)
    #expect(pipeline["name"]?.string == "news" && pipeline["parent_starts"] == .number("1"))
    #expect(pipeline["workers"]?.array?.isEmpty == false)
    let record = try #require(try spool.records().first)
    #expect(pipeline["digest"] == record["pipeline"]?["digest"])
    let stages = pipeline["stages"]?.array ?? []
    #expect(stages.map { $0["stage"]?.string } == ["segment"], "\(stages)")
    #expect(stages.allSatisfy { $0["digest"]?.string?.count == 24 })
    try spool.drop("bad.json", "{")
    while !spool.names("failed").contains("bad.json") { sched_yield() }
    while try spool.command("health", "--failed", "20").code == 0 { sched_yield() }
    #expect(try spool.command("health", "--failed", "20").output.contains("50 of a hundred articles failed"))
    #expect(try spool.command("health", "--failed", "60", "--oldest", "1h").code == 0)
    let shown = try spool.command("status").output
    #expect(shown.contains("\nnews\n  inbox      0 ready"), "\(shown)")
    #expect(shown.hasSuffix("\nwell\n"), "\(shown)")
  }

  @Test(.timeLimit(.minutes(5))) func requestsAreLinesOfJSON() throws {
    let spool = try CommandSpool()
    let daemon = try spool.startDaemon()
    defer { daemon.terminate() }
    try spool.drop("empty.txt", "")
    while !spool.names("failed").contains("empty.txt") { sched_yield() }
    let client = try Client(spool.root.path + "/state/control")
    let why = try client.ask(#"{"verb":"why","file":"empty.txt"}"#)
    #expect(why["ok"] == .bool(true) && why["findings"]?.array?.first?["state"]?.string == "failed", "\(why)")
    // The same connection goes on after a request that is wrong.
    for wrong in ["no JSON", "{}", #"{"verb":"dance"}"#, #"{"verb":"why"}"#, #"{"verb":"retry"}"#] {
      let reply = try client.ask(wrong)
      #expect(reply["ok"] == .bool(false) && reply["error"]?.string?.isEmpty == false, "\(wrong): \(reply)")
    }
    // No path leads out of done/.
    for place in ["../../failed/empty.txt", "/etc/passwd", "a//b", "nothing.txt"] {
      let input = #"{"place":"\#(place)","name":"a.txt","records":[[0,1,1]]}"#
      let reply = try client.ask(#"{"verb":"reprocess","pipeline":"news","inputs":[\#(input)]}"#)
      #expect(reply["ok"] == .bool(false), "\(reply)")
    }
    let retry = try client.ask(#"{"verb":"retry","files":["empty.txt","nothing.txt"]}"#)
    let results = retry["results"]?.array ?? []
    #expect(results.contains { $0["put_back"] != nil } && results.contains { $0["error"] != nil }, "\(retry)")
  }

  @Test(.timeLimit(.minutes(5)), .enabled(if: geteuid() == 0)) func othersAreRefused() throws {
    let spool = try CommandSpool()
    let daemon = try spool.startDaemon()
    defer { daemon.terminate() }
    var status = stat()
    #expect(stat(spool.root.path + "/state/control", &status) == 0 && status.st_mode & 0o777 == 0o600)
    let process = BuiltCommand.process(["health", "--root", spool.root.path])
    BuiltCommand.become(65534, process)
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 1)
  }

  @Test func theMachineIsLookedAt() throws {
    let spool = try CommandSpool()
    let outcome = try spool.command("doctor")
    #expect(outcome.output.contains("a filter is in force"), "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.contains("ok: entities.model is "), "\(outcome.output)")
  }

  @Test(.enabled(if: geteuid() == 0)) func foldersThatHoldUpTheLineAreTold() throws {
    let spool = try CommandSpool()
    try spool.drop("a.txt")
    #expect(try spool.runOnce().code == 0)
    let good = try spool.command("doctor").output
    #expect(good.contains("ok: uid 0 may take files out of") && good.contains("ok: the clock says"), "\(good)")
    #expect(chown(spool.inbox.path, 65534, 65534) == 0 && chmod(spool.inbox.path, 0o1777) == 0)
    var times = [timespec(tv_sec: 4_000_000_000, tv_nsec: 0), timespec(tv_sec: 4_000_000_000, tv_nsec: 0)]
    #expect(utimensat(AT_FDCWD, spool.root.path + "/outbox", &times, 0) == 0)
    let bad = try spool.command("doctor")
    #expect(
      bad.code == 1 && bad.output.contains("amiss:") && bad.output.contains("has the sticky bit"), "\(bad.output)")
    #expect(bad.output.contains("set the clock"), "\(bad.output)")
  }

  @Test(.timeLimit(.minutes(5))) func aSocketOfTheServiceManagerAnswersWhatChangesNothing() throws {
    let spool = try CommandSpool()
    let path = spool.folder.url.path + "/read"
    let listener = try Self.listener(path)
    let daemon = try spool.startDaemon(
      after: "exec 3<&0 0</dev/null; export LISTEN_PID=$$ LISTEN_FDS=1 LISTEN_FDNAMES=read",
      input: FileHandle(fileDescriptor: listener, closeOnDealloc: true))
    defer { daemon.terminate() }
    try spool.drop("a.txt")
    try spool.waitForRecords(1)
    #expect(
      try spool.command("metrics", "--socket", path).output.contains("linecaster_records_total{pipeline=\"news\"} 1\n"))
    #expect(try spool.command("status", "--socket", path).code == 0)
    let client = try Client(path)
    #expect(try client.ask(#"{"verb":"why","file":"a.txt"}"#)["ok"] == .bool(true))
    for verb in ["reload", "retry", "reprocess"] {
      let reply = try client.ask(#"{"verb":"\#(verb)","all":true}"#)
      #expect(reply["ok"] == .bool(false) && reply["error"]?.string?.hasPrefix("there is no verb") == true, "\(reply)")
    }
    let refused = try spool.command("reload", "--socket", path)
    #expect(refused.code == 1 && refused.errors.contains("there is no verb ‘reload’"), "\(refused.errors)")
    let nobody = try spool.command("status", "--socket", path + ".none")
    #expect(nobody.code == 1 && nobody.errors.contains("no daemon answers"), "\(nobody.errors)")
  }

  /// A socket that listens.
  private static func listener(_ path: String) throws -> Int32 {
    let descriptor = try socket(at: path) { bind($0, $1, $2) }
    try #require(listen(descriptor, 8) == 0)
    return descriptor
  }

  /// A socket that something was done with.
  private static func socket(
    at path: String, _ work: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) throws -> Int32 {
    let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix(107)) }
    let status = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        work(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    try #require(status == 0)
    return descriptor
  }

  @Test func memoryIsASize() throws {
    let refused = try BuiltCommand.run("pipe", "--worker-memory", "1KiB", "p.yaml")
    #expect(refused.code == 64 && refused.errors.contains("--worker-memory"), "\(refused.errors)")
  }

  /// One connection.
  private final class Client {
    private let descriptor: Int32

    init(_ path: String) throws { descriptor = try ControlTests.socket(at: path) { connect($0, $1, $2) } }

    deinit { close(descriptor) }

    func ask(_ line: String) throws -> JSONValue {
      let bytes = Array((line + "\n").utf8)
      #expect(write(descriptor, bytes, bytes.count) == bytes.count)
      var reply: [UInt8] = []
      var byte: UInt8 = 0
      while read(descriptor, &byte, 1) == 1, byte != 0x0A { reply.append(byte) }
      return try JSONValue(parsing: reply)
    }
  }
}
