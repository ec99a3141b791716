import Testing

@testable import HTTP

@Suite struct GateTests {
  private let gate = Gate(.tcp(host: "127.0.0.1", port: 8686), names: ["desk.example"], token: "secret")

  private func request(
    _ method: HTTP.Method = .get, _ path: String = "/", host: String = "127.0.0.1:8686",
    _ headers: [(name: String, value: String)] = []
  ) -> Request {
    Request(method, path, headers: [("host", host)] + headers)
  }

  private func cookie() throws -> String {
    let answer = gate.session(showing: "secret", over: request(.post, "/api/session"))
    let cookie = try #require(answer.headers.first { $0.name == "Set-Cookie" }?.value)
    #expect(cookie.contains("; HttpOnly; SameSite=Strict") && !cookie.contains("secret"))
    return String(cookie.prefix { $0 != ";" })
  }

  @Test(arguments: [
    "127.0.0.1:8686", "localhost:8686", "LOCALHOST:8686", "[::1]:8686", "desk.example", "desk.example:443",
  ])
  func `names of this machine are let in`(_ host: String) {
    #expect(gate.refusal(of: request(host: host)) == nil)
  }

  @Test(arguments: [
    "evil.example:8686", "127.0.0.1:80", "127.0.0.1", "localhost", "", "127.0.0.1:8686.evil.example", "desk.example:x",
  ])
  func `a page of another name is not answered`(_ host: String) {
    #expect(gate.refusal(of: request(host: host))?.status == 421)
  }

  @Test func `what is read wants the token, once`() throws {
    #expect(gate.refusal(of: request(.get, "/api/quotes"))?.status == 401)
    #expect(gate.refusal(of: request(.get, "/api/quotes", [("cookie", "linecaster-desk-8686=made-up")]))?.status == 401)
    #expect(gate.refusal(of: request(.get, "/api/quotes", [("cookie", try cookie())])) == nil)
    #expect(gate.refusal(of: request(.get, "/api/quotes", [("authorization", "Bearer secret")])) == nil)
    #expect(gate.refusal(of: request(.get, "/api/quotes", [("authorization", "Bearer secres")]))?.status == 401)
    #expect(gate.refusal(of: request(.get, "/desk.js")) == nil)
  }

  @Test func `a wrong token gives no cookie`() {
    let answer = gate.session(showing: "guess", over: request(.post, "/api/session"))
    #expect(answer.status == 403 && !answer.headers.contains { $0.name == "Set-Cookie" })
  }

  @Test func `a cookie goes over TLS alone where a proxy speaks it`() {
    let answer = gate.session(showing: "secret", over: request(.post, "/api/session", [("x-forwarded-proto", "https")]))
    #expect(answer.headers.contains { $0.name == "Set-Cookie" && $0.value.hasSuffix("; Secure") })
  }

  @Test func `a change wants JSON, a header and its own page`() throws {
    let right: [(name: String, value: String)] = [
      ("content-type", "application/json"), ("x-linecaster", "desk"), ("cookie", try cookie()),
    ]
    func refusal(without name: String? = nil, with more: [(name: String, value: String)] = []) -> Int? {
      gate.refusal(of: request(.post, "/api/retry", right.filter { $0.name != name } + more))?.status
    }
    #expect(refusal() == nil)
    #expect(refusal(with: [("origin", "http://127.0.0.1:8686"), ("sec-fetch-site", "same-origin")]) == nil)
    #expect(refusal(without: "content-type") == 415)
    #expect(refusal(without: "content-type", with: [("content-type", "text/plain")]) == 415)
    #expect(refusal(without: "x-linecaster") == 403)
    #expect(refusal(without: "cookie") == 401)
    #expect(refusal(with: [("origin", "http://evil.example")]) == 403)
    #expect(refusal(with: [("origin", "null")]) == 403)
    #expect(refusal(with: [("sec-fetch-site", "same-site")]) == 403)
  }

  @Test func `the mode of a Unix socket stands for the token`() {
    let gate = Gate(.unix("/run/desk"), token: nil)
    #expect(gate.refusal(of: request(.get, "/api/quotes", host: "localhost:9999")) == nil)
    #expect(gate.refusal(of: request(.get, "/api/quotes", host: "evil.example:9999"))?.status == 421)
  }

  @Test func `each answer tells the browser to do nothing else`() throws {
    let headers = Answer.text(200, "a").safe().headers
    let policy = try #require(headers.first { $0.name == "Content-Security-Policy" }?.value)
    #expect(
      policy.hasPrefix(
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-ancestors 'none'"))
    #expect(!policy.contains("unsafe"))
    #expect(headers.contains { $0.name == "X-Content-Type-Options" && $0.value == "nosniff" })
    #expect(headers.contains { $0.name == "Referrer-Policy" && $0.value == "no-referrer" })
  }
}
