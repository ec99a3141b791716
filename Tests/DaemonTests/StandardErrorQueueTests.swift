import Glibc
import Testing

@testable import Daemon

@Suite struct StandardErrorQueueTests {
  private static func line(_ number: Int) -> [UInt8] {
    Array("message \(number) \(String(repeating: "x", count: 100))\n".utf8)
  }

  private static let gap: @Sendable (Int) -> [UInt8] = { Array("\($0) lost\n".utf8) }

  /// Reads until `word` came.
  private func read(_ descriptor: Int32, until word: String, into text: inout String) {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while !text.contains(word) {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count <= 0 { return }
      text += String(decoding: buffer[..<count], as: UTF8.self)
    }
  }

  /// What is written to a pipe and to a socket that nobody reads: the first lines are kept, the last ones counted.
  @Test(.timeLimit(.minutes(5)), arguments: [false, true]) func nobodyWaitsForAReader(isSocket: Bool) {
    var ends: [Int32] = [0, 0]
    if isSocket {
      #expect(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
    } else {
      #expect(pipe(&ends) == 0)
    }
    let (reader, writer) = (ends[0], ends[1])
    let queue = StandardErrorQueue(writer, capacity: 10_000)
    for number in 0..<20_000 { queue.write(Self.line(number), gap: Self.gap) }
    queue.flush(timeout: .milliseconds(10))
    var text = ""
    read(reader, until: " lost\n", into: &text)
    let lines = text.split(separator: "\n")
    let kept = lines.filter { $0.hasPrefix("message") }.count
    #expect(lines.prefix(kept).enumerated().allSatisfy { $0.element.hasPrefix("message \($0.offset) ") })
    #expect(lines.contains("\(20_000 - kept) lost"), "\(kept) kept, \(lines.last ?? "")")
    // From here on it is as before.
    queue.write(Self.line(-1), gap: Self.gap)
    read(reader, until: "message -1", into: &text)
    close(writer)
    close(reader)
  }

  @Test func aReaderThatWentAwayIsNoTrouble() {
    // As every command does at its start.
    signal(SIGPIPE, SIG_IGN)
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    let queue = StandardErrorQueue(ends[1], capacity: 10_000)
    close(ends[0])
    for number in 0..<1000 { queue.write(Self.line(number), gap: Self.gap) }
    queue.flush(timeout: .seconds(60))
    close(ends[1])
  }
}
