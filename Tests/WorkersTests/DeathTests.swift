import Glibc
import Testing
import Workers

@Suite("How a confined child dies, as its parent sees it")
struct DeathTests {
  @Test("a trap is the article's", arguments: ["index", "overflow"])
  func trap(_ way: String) throws {
    let seen = try Seen(["death", way])
    #expect(seen["event"].hasSuffix(", a trap"))
    #expect(seen["outside"] == "false")
    #expect(seen["memory"] == "false")
    #expect(seen["work"] == "7")
  }

  @Test("the runtime's last line is kept", arguments: ["no", "yes"])
  func lastLine(_ backtrace: String) throws {
    let seen = try Seen(["death", "message"], backtrace: backtrace)
    #expect(seen["event"].hasSuffix(", a trap"))
    #expect(seen["said"].contains("Fatal error: the last words"))
  }

  @Test(
    "abort and faults in memory, on a stack that ran over too, are the article's",
    arguments: ["abort", "null", "stack"])
  func fault(_ way: String) throws {
    let seen = try Seen(["death", way])
    #expect(
      seen["event"]
        == (way == "abort"
          ? "ended by signal 6 (SIGABRT), it gave up" : "ended by signal 11 (SIGSEGV), a fault in memory"))
    #expect(seen["outside"] == "false")
  }

  @Test("what another process sends is not", arguments: ["killed", "sent SEGV", "sent ABRT"])
  func sent(_ way: String) throws {
    let seen = try Seen(["death", way])
    #expect(seen["event"].hasPrefix("ended by signal"))
    #expect(seen["outside"] == "true")
  }

  @Test("without a note, a fault is the article's and a signal that others send is not")
  func withoutNote() {
    func outside(_ signal: Int32, _ fault: Fault?) -> Bool {
      ChildEvent(pid: 1, kind: .killed(signal: signal), peakMemory: 0).cameFromOutside(fault)
    }
    #expect(!outside(SIGSYS, nil) && !outside(SIGSEGV, nil))
    #expect(outside(SIGKILL, nil) && outside(SIGTERM, nil))
    // Killed while it died of something else.
    #expect(outside(SIGKILL, Fault(signal: SIGSEGV, isOwn: true, lackedMemory: false)))
  }

  @Test("memory beyond the limit ends it, and is told as that", arguments: ["grow", "huge"])
  func memory(_ way: String) throws {
    let seen = try Seen(["death", way])
    #expect(seen["event"].hasPrefix("ended by signal"))
    #expect(seen["outside"] == "false")
    #expect(seen["memory"] == "true" || seen["said"].contains("allocat"))
    #expect((Int(seen["peak"]) ?? .max) < 512)
  }

  @Test("one that is stopped can be ended")
  func stopped() throws {
    let seen = try Seen(["death", "stopped"])
    #expect(seen["event"] == "stopped by signal 19 (SIGSTOP)")
    #expect(seen["then"] == "ended by signal 9 (SIGKILL)")
  }

  @Test("a flood on standard error ends at its limit, and not the child")
  func flood() throws {
    let seen = try Seen(["death", "flood"])
    #expect(seen["event"].hasSuffix(", a trap"))
    #expect(!seen["said"].isEmpty)
  }

  @Test func exitCode() throws {
    let seen = try Seen(["death", "code"])
    #expect(seen["event"] == "ended with exit code 3")
    #expect(seen["outside"] == "false")
  }

  @Test("it ends with the process that forked it")
  func orphan() throws {
    let seen = try Seen(["orphan"])
    #expect(seen["between"] == "ended with exit code 0")
    #expect(seen["orphan"] == "ended by signal 9 (SIGKILL)")
    #expect(seen["stray"] == "ended with exit code 5")
  }

  @Test("no fork and no sandbox with two threads")
  func threads() throws {
    let seen = try Seen(["threads"])
    #expect(seen["fork"].contains("2 threads"))
    #expect(seen["sandbox"].contains("2 threads"))
  }
}
