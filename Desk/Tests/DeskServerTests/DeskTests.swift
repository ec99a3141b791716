import HTTP
import Testing

@testable import DeskServer

@Suite struct DeskTests {
  private func desk(mayAct: Bool, corrections: String? = nil) -> Desk {
    Desk(
      DeskSettings(
        root: "/nonexistent", database: "/nonexistent/desk.sqlite", program: "/nonexistent/linecaster",
        corrections: corrections, mayAct: mayAct),
      gate: Gate(.unix("/nonexistent/socket"), token: nil))
  }

  private func post(_ path: String, _ body: String) -> Request {
    Request(
      .post, path,
      headers: [("host", "localhost"), ("content-type", "application/json"), ("x-linecaster", "desk")],
      body: Array(body.utf8))
  }

  private func get(_ path: String) -> Request { Request(.get, path, headers: [("host", "localhost")]) }

  @Test(arguments: ["/api/retry", "/api/corrections"])
  func `a desk that only reads changes nothing`(_ path: String) {
    #expect(desk(mayAct: false).answer(post(path, #"{"all":true,"words":"a","name":"-"}"#)).status == 403)
  }

  @Test func `what a desk may do reaches the daemon`() {
    // No daemon is there.
    #expect(desk(mayAct: true).answer(post("/api/retry", #"{"all":true}"#)).status == 502)
    #expect(desk(mayAct: true).answer(post("/api/retry", #"{"files":[]}"#)).status == 400)
    #expect(desk(mayAct: true).answer(post("/api/corrections", #"{"words":"a","name":"-"}"#)).status == 409)
  }

  @Test func `nothing is changed by asking`() {
    for path in ["/api/retry", "/api/corrections", "/api/simulate", "/api/session"] {
      #expect(desk(mayAct: true, corrections: "/nonexistent/c").answer(get(path)).status == 404, "\(path)")
    }
  }

  @Test func `a body that is none is refused`() {
    for body in ["", "{", "[]", #"{"files":"a"}"#] {
      #expect(desk(mayAct: true).answer(post("/api/retry", body)).status == 400, "\(body)")
    }
  }

  @Test func `a file that is not there yet is told`() {
    #expect(desk(mayAct: false).answer(get("/api/articles")).status == 503)
  }

  @Test(arguments: ["/", "/feed", "/article/12", "/people/A/B", "/quotes"])
  func `each view is the page`(_ path: String) {
    let answer = desk(mayAct: false).answer(get(path))
    #expect(answer.status == 200 && answer.headers.contains { $0.value == "text/html; charset=utf-8" })
    #expect(answer.headers.contains { $0.name == "Content-Security-Policy" })
  }

  @Test(arguments: ["/api", "/api/", "/api/nothing", "/etc/passwd", "/desk.html", "/..", "/api/desk/more"])
  func `there is nothing else`(_ path: String) {
    let answer = desk(mayAct: false).answer(get(path))
    #expect(answer.status == 404 && answer.headers.contains { $0.name == "Content-Security-Policy" })
  }
}
