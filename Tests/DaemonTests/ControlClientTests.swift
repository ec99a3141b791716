import Disk
import Glibc
import StageKit
import TestSupport
import Testing
import Threads

@testable import Daemon

/// A client that meets a daemon while that exchanges its pipelines.
@Suite struct ControlClientTests: ~Copyable {
  private let root = TemporaryDirectory()

  /// A listener that closes `silent` connections without a word and answers the next one.
  private func listen(silent: Int) throws -> Threads.Thread {
    try PosixFileSystem().makeDirectory(root.path / "state")
    try root.write("state/lock", "\(getpid())\n")
    let listener = try ControlAddress.open(in: root.path / "state") { descriptor, address, length in
      bind(descriptor, address, length) == 0 && Glibc.listen(descriptor, 8) == 0
    }
    return try Thread {
      for number in 0...silent {
        let client = accept(listener, nil, nil)
        if number == silent {
          var reader = ControlLine(client, limit: 1000)
          _ = reader.next(until: .now + .seconds(60))
          ControlLine.write(.object([.init(key: "ok", value: .bool(true))]), to: client, .now + .seconds(60))
        }
        close(client)
      }
      close(listener)
    }
  }

  @Test func oneThatClosesBeforeItAnswersIsAskedAgain() throws {
    let server = try listen(silent: 3)
    let reply = try ControlClient(root: root.path).ask("reload", timeout: .seconds(60))
    #expect(reply["ok"] == .bool(true))
    server.join()
  }

  /// What may not happen twice is asked once.
  @Test func aRetryIsNotRepeated() throws {
    let server = try listen(silent: 1)
    let error = #expect(throws: ControlProblem.self) {
      try ControlClient(root: root.path).ask("retry", timeout: .seconds(60))
    }
    #expect(error?.message == "the daemon ended the connection without an answer")
    // It waits for one more.
    #expect(try ControlClient(root: root.path).ask("health", timeout: .seconds(60))["ok"] == .bool(true))
    server.join()
  }

  @Test func withoutADaemonThereIsNoAnswer() throws {
    try PosixFileSystem().makeDirectory(root.path / "state")
    let error = #expect(throws: ControlProblem.self) { try ControlClient(root: root.path).ask("health") }
    #expect(error != nil)
  }
}
