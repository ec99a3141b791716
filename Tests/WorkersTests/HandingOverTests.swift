import Glibc
import Testing
import Workers

@Suite("What goes between processes")
struct HandingOverTests {
  /// Two ends of a socket.
  struct Ends: ~Copyable {
    let (one, other): (CInt, CInt)

    init() {
      var pair: [CInt] = [-1, -1]
      socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0, &pair)
      (one, other) = (pair[0], pair[1])
    }

    deinit {
      close(one)
      close(other)
    }
  }

  @Test("descriptors come with the bytes that they were sent with, closed on exec")
  func descriptors() throws {
    let ends = Ends()
    var pipe: [CInt] = [-1, -1]
    #expect(Glibc.pipe(&pipe) == 0)
    try DescriptorPassing.send([1, 2, 3], descriptors: [pipe[0], pipe[1]], over: ends.one)
    try DescriptorPassing.send([4], over: ends.one)
    let first = try DescriptorPassing.receive(over: ends.other, upTo: 64)
    #expect(first.descriptors.count == 2)
    #expect(first.descriptors.allSatisfy { fcntl($0, F_GETFD) == FD_CLOEXEC })
    #expect(write(first.descriptors[1], [9], 1) == 1)
    var byte: UInt8 = 0
    #expect(read(pipe[0], &byte, 1) == 1 && byte == 9)
    for descriptor in pipe + first.descriptors { close(descriptor) }
    var rest = first.bytes
    while rest.count < 4 { rest += try DescriptorPassing.receive(over: ends.other, upTo: 64).bytes }
    #expect(rest == [1, 2, 3, 4])
  }

  @Test func asManyDescriptorsAsOneMessageCarries() throws {
    let ends = Ends()
    try DescriptorPassing.send(
      [1], descriptors: Array(repeating: ends.one, count: DescriptorPassing.most), over: ends.one)
    let (_, descriptors) = try DescriptorPassing.receive(over: ends.other, upTo: 1)
    #expect(descriptors.count == DescriptorPassing.most)
    for descriptor in descriptors { close(descriptor) }
    #expect(throws: ChildError.call("sendmsg", code: EINVAL)) {
      try DescriptorPassing.send(
        [1], descriptors: Array(repeating: ends.one, count: DescriptorPassing.most + 1), over: ends.one)
    }
  }

  @Test("a peer that is gone is an end or an error, and no signal")
  func gone() throws {
    var pair: [CInt] = [-1, -1]
    socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0, &pair)
    close(pair[1])
    #expect(try DescriptorPassing.receive(over: pair[0], upTo: 8).bytes.isEmpty)
    #expect(throws: ChildError.call("sendmsg", code: EPIPE)) { try DescriptorPassing.send([1], over: pair[0]) }
    close(pair[0])
  }

  @Test(
    "the last line is found",
    arguments: [
      ("", nil), ("\n \n", nil), ("one\ntwo\n\n", "two"), ("a\tb\u{1B}[1m", "a b [1m"),
      ("Fatal error: x\nCurrent stack trace:\n0 y\n1 z\n", "Fatal error: x"),
      (String(repeating: "x", count: 100_000) + "end", String(repeating: "x", count: 497) + "end"),
    ] as [(String, String?)])
  func lastLine(_ said: String, _ line: String?) throws {
    let output = try ErrorOutput()
    _ = write(output.descriptor, said, said.utf8.count)
    #expect(output.lastLine() == line)
    output.clear()
    #expect(output.lastLine() == nil)
    _ = write(output.descriptor, "again", 5)
    #expect(output.lastLine() == "again")
  }
}
