import Testing

@testable import HTTP

@Suite struct RequestHeadTests {
  private func head(_ text: String) throws(Refusal) -> RequestHead {
    try RequestHead(Array(text.replacing("\n", with: "\r\n").utf8), longestBody: 100)
  }

  @Test func `a request is read`() throws {
    let head = try head(
      "POST /api/people/Ana%20L%C3%B3pez?q=a+b&kind=%64irect&empty HTTP/1.1\nHost: localhost:1\nContent-Length: 12\nX-One:\t two "
    )
    #expect(head.request.method == .post && head.request.path == "/api/people/Ana López" && head.length == 12)
    #expect(head.request["q"] == "a b" && head.request["kind"] == "direct" && head.request["empty"] == nil)
    #expect(head.request.header("x-one") == "two" && head.staysOpen)
  }

  @Test func `a connection stays open unless somebody says otherwise`() throws {
    #expect(try !head("GET / HTTP/1.0\nHost: a").staysOpen)
    #expect(try !head("GET / HTTP/1.1\nHost: a\nConnection: Close").staysOpen)
  }

  @Test(arguments: [
    ("DELETE / HTTP/1.1\nHost: a", 405), ("GET / HTTP/2\nHost: a", 505), ("GET /\nHost: a", 400),
    ("GET  / HTTP/1.1\nHost: a", 400), ("GET http://a/ HTTP/1.1\nHost: a", 400), ("GET /%0 HTTP/1.1\nHost: a", 400),
    ("GET /%ff HTTP/1.1\nHost: a", 400), ("GET /%00 HTTP/1.1\nHost: a", 400), ("GET / HTTP/1.1", 400),
    ("GET / HTTP/1.1\nHost: a\nHost: b", 400), ("GET / HTTP/1.1\nHost : a", 400),
    ("GET / HTTP/1.1\nHost: a\n folded", 400), ("GET / HTTP/1.1\nHost: a\u{1}b", 400),
    ("POST / HTTP/1.1\nHost: a\nContent-Length: 101", 413), ("POST / HTTP/1.1\nHost: a\nContent-Length: +1", 400),
    ("POST / HTTP/1.1\nHost: a\nContent-Length: 1\nContent-Length: 1", 400),
    ("POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked", 501),
  ])
  func `what two readers might take differently is refused`(_ text: String, _ status: Int) {
    #expect {
      _ = try head(text)
    } throws: {
      ($0 as? Refusal)?.status == status
    }
  }

  @Test func `a cookie is found among others`() {
    let request = Request(.get, "/", headers: [("cookie", "a=1; desk=2=3; desks=4")])
    #expect(request.cookie("desk") == "2=3" && request.cookie("des") == nil)
  }

  @Test func `a header that stands twice says nothing`() {
    let request = Request(.get, "/", headers: [("origin", "a"), ("origin", "b")])
    #expect(request.header("origin") == nil)
  }
}

@Suite struct ListeningAddressTests {
  @Test(arguments: [
    ("127.0.0.1:80", true), ("127.9.9.9:80", true), ("[::1]:80", true), ("localhost:80", true), ("/run/a", true),
    ("0.0.0.0:80", false), ("192.168.1.1:80", false), ("[::]:80", false), ("[::ffff:127.0.0.1]:80", false),
  ])
  func `addresses of this machine are known`(_ text: String, _ isLocal: Bool) throws {
    #expect(try #require(ListeningAddress(text)).isLocal == isLocal)
  }

  @Test(arguments: ["example.com:80", "127.0.0.1", "127.0.0.1:x", ":80", "127.1:80", "127.0.0.1:70000"])
  func `what is no address in figures is none`(_ text: String) {
    #expect(ListeningAddress(text) == nil)
  }
}
