import Glibc
import Testing

@testable import HTTP

/// Speaks to a server on a free port of this machine.
private final class Client {
  private let descriptor: CInt

  init(_ address: ListeningAddress) throws {
    let port: UInt16
    if case .tcp(_, let taken) = address { port = taken } else { port = 0 }
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
    let code = withUnsafePointer(to: address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    try #require(code == 0)
  }

  deinit { close(descriptor) }

  func send(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
  }

  /// No more will be sent.
  func finish() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Up to the end, or until the text ends so.
  func receive(until end: String? = nil) -> String {
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = part.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { break }
      bytes += part[..<count]
      if let end, String(decoding: bytes, as: UTF8.self).hasSuffix(end) { break }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

@Suite struct ServerTests {
  private static func started(_ limits: Limits = Limits()) throws -> ListeningAddress {
    let listener = try Listener(.tcp(host: "127.0.0.1", port: 0))
    let server = Server(limits: limits) { request in
      switch request.path {
      case "/stream":
        Answer(
          200, type: "text/plain",
          .stream { write in
            _ = write(Array("one ".utf8)) && write(Array("two".utf8))
          })
      default: .text(200, "\(request.method.rawValue) \(request.path) \(request.body.count)")
      }
    }
    startThread { server.run(listener) }
    return listener.address
  }

  @Test func `requests follow one another on a connection`() throws {
    let client = try Client(try Self.started())
    client.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\nPOST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nxy")
    #expect(client.receive(until: "GET /a 0\n").hasPrefix("HTTP/1.1 200 OK\r\n"))
    client.send("zGET /c HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    let rest = client.receive()
    #expect(rest.contains("POST /b 3\n") && rest.hasSuffix("GET /c 0\n"))
  }

  @Test func `the head alone has the length of what is left out`() throws {
    let client = try Client(try Self.started())
    client.send("HEAD /ab HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    let answer = client.receive()
    #expect(answer.contains("Content-Length: 11\r\n") && answer.hasSuffix("\r\n\r\n"))
  }

  @Test func `nothing is streamed to who wants the head alone`() throws {
    let client = try Client(try Self.started())
    client.send("HEAD /stream HTTP/1.1\r\nHost: a\r\n\r\n")
    #expect(client.receive().hasSuffix("\r\n\r\n"))
  }

  @Test func `a stream ends with its connection`() throws {
    let client = try Client(try Self.started())
    client.send("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n")
    let answer = client.receive()
    #expect(answer.hasSuffix("\r\n\r\none two") && answer.contains("Connection: close"))
  }

  @Test func `what is no request, or too long a one, ends the connection with a reason`() throws {
    var limits = Limits()
    limits.head = 100
    let address = try Self.started(limits)
    for (request, status) in [
      ("nonsense\r\n\r\n", "400"), ("GET /\(String(repeating: "a", count: 200))", "431"),
      ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n", "413"),
    ] {
      let client = try Client(address)
      client.send(request)
      #expect(client.receive().hasPrefix("HTTP/1.1 \(status) "))
    }
  }

  @Test func `whoever dawdles is turned away`() throws {
    var limits = Limits()
    limits.read = .milliseconds(50)
    let client = try Client(try Self.started(limits))
    client.send("GET / HT")
    #expect(client.receive().hasPrefix("HTTP/1.1 408 "))
  }

  @Test func `half a request is no request`() throws {
    let client = try Client(try Self.started())
    client.send("GET / HTTP/1.1\r\nHost: a\r\n")
    client.finish()
    #expect(client.receive() == "")
  }

  @Test func `a Unix socket has its mode, and takes the place of one that nobody answers on`() throws {
    let path = "/tmp/linecaster-desk-test-\(getpid())"
    defer { unlink(path) }
    let first = try Listener(.unix(path), mode: 0o600)
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
    #expect(throws: ListeningProblem.self) { try Listener(.unix(path)) }
    close(first.descriptor)
    _ = try Listener(.unix(path))
  }
}
