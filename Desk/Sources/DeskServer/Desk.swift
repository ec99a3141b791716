import ControlSocket
import FoundationEssentials
import HTTP

/// Answers what the page asks.
public struct Desk: Sendable {
  let settings: DeskSettings
  let gate: Gate
  let archive: Archive
  let daemon: DaemonSocket
  let failed: FailedInputs
  let trials: Trials
  let corrections: Corrections?

  public init(_ settings: DeskSettings, gate: Gate) {
    self.settings = settings
    self.gate = gate
    archive = Archive(settings.database)
    daemon = DaemonSocket(spool: settings.root, named: settings.socket)
    let program = ChildProgram(path: settings.program)
    failed = FailedInputs(program: program, root: settings.root)
    trials = Trials(program: program, pipelines: settings.pipelines)
    corrections = settings.corrections.map { Corrections(path: $0) }
  }

  public func answer(_ request: Request) -> Answer {
    if let refusal = gate.refusal(of: request) { return refusal.safe() }
    do {
      return try routed(request).safe()
    } catch let refusal as Refusal {
      return Answer.problem(refusal.status, refusal.reason).safe()
    } catch let problem as DaemonProblem {
      return Answer.problem(502, problem.description).safe()
    } catch is DecodingError {
      return Answer.problem(400, "the body is not what was asked for").safe()
    } catch {
      return Answer.problem(503, "\(error)").safe()
    }
  }

  private func routed(_ request: Request) throws -> Answer {
    if request.method == .post { return try change(request) }
    if let file = PageFile.at(request.path) { return file.answer(to: request) }
    guard request.path.hasPrefix("/api/") else { return .text(404, "There is no such page.") }
    return try read(request)
  }

  /// Rows of a page of a list.
  static let rows = 50

  private func read(_ request: Request) throws -> Answer {
    let parts = request.path.dropFirst("/api/".count).split(separator: "/", maxSplits: 1).map(String.init)
    let offset = max(0, min(Int(request["offset"] ?? "") ?? 0, 1_000_000))
    switch (parts.first, parts.dropFirst().first) {
    case ("desk", nil): return .json(about)
    case ("feed", nil): return LiveFeed(archive: archive).answer(after: request["after"].flatMap { Int64($0) })
    case ("articles", nil):
      let articles = Articles(archive: archive)
      let before = request["before"].flatMap { Int64($0) }
      return .json(try articles.feed(before: before, words: request["q"], limit: Self.rows))
    case ("articles", let name?):
      guard let article = try Articles(archive: archive).article(name) else {
        return .problem(404, "This article is not here.")
      }
      return .json(article)
    case ("totals", nil): return .json(try Articles(archive: archive).totals())
    case ("quotes", nil):
      return .json(try Quotations(archive: archive).page(QuotationSearch(request), limit: Self.rows))
    case ("quotes.csv", nil): return csv(try QuotationSearch(request))
    case ("quotes.json", nil): return json(try QuotationSearch(request))
    case ("people", nil):
      return .json(try People(archive: archive).list(request["q"], from: offset, limit: Self.rows))
    case ("people", let name?): return .json(try People(archive: archive).person(name))
    case ("stories", nil):
      let order = Stories.Order(rawValue: request["order"] ?? "newest") ?? .newest
      return .json(try Stories(archive: archive).list(order, from: offset, limit: Self.rows))
    case ("stories", let cluster?): return .json(try Stories(archive: archive).story(cluster))
    case ("failed", nil): return .json(try failed.page(from: offset, limit: Self.rows))
    case ("status", nil): return .json(try daemon.ask(#"{"verb":"status"}"#))
    case ("pipelines", nil): return .json(try trials.pipelines())
    default: throw Refusal(404, "There is no such thing.")
    }
  }

  /// What the page should know of this desk.
  private var about: String {
    """
    {"actions":\(settings.mayAct),"corrections":\(settings.mayAct && corrections != nil),\
    "spool":\(quoted(settings.root)),"trial":\(!settings.pipelines.isEmpty)}
    """
  }

  private struct Token: Decodable { var token: String }

  private func change(_ request: Request) throws -> Answer {
    let body = Data(request.body)
    switch request.path {
    case "/api/session":
      return gate.session(showing: try JSONDecoder().decode(Token.self, from: body).token, over: request)
    case "/api/simulate": return .json(try trials.simulate(try JSONDecoder().decode(Trials.Text.self, from: body)))
    case "/api/retry":
      try mayAct()
      let wanted = try JSONDecoder().decode(FailedInputs.Retry.self, from: body)
      let answer = try daemon.ask(try wanted.request(), timeout: .seconds(60))
      failed.forget()
      return .json(answer)
    case "/api/corrections":
      try mayAct()
      guard let corrections else { throw Refusal(409, "linecaster desk --corrections names the file to write into") }
      try corrections.add(try JSONDecoder().decode(Correction.self, from: body))
      return .json(#"{"ok":true}"#)
    default: throw Refusal(404, "There is no such thing.")
    }
  }

  private func mayAct() throws(Refusal) {
    guard settings.mayAct else { throw Refusal(403, "this desk only reads; linecaster desk --actions lets it act") }
  }

  private func csv(_ search: QuotationSearch) -> Answer {
    let quotations = Quotations(archive: archive)
    return Answer(
      200, type: "text/csv; charset=utf-8",
      .stream { write in
        guard write(Array((Quotations.csvNames + "\r\n").utf8)) else { return }
        try? quotations.each(search, columns: Quotations.csvColumns) { rows in
          write(Array(rows.map { Quotations.csv($0.dropLast()) }.joined().utf8))
        }
      }, headers: [("Content-Disposition", "attachment; filename=\"quotations.csv\"")])
  }

  private func json(_ search: QuotationSearch) -> Answer {
    let quotations = Quotations(archive: archive)
    return Answer(
      200, type: "application/json; charset=utf-8",
      .stream { write in
        var separator = "[\n"
        try? quotations.each(search, columns: Quotations.row) { rows in
          let text = separator + rows.compactMap { $0.first ?? nil }.joined(separator: ",\n")
          separator = ",\n"
          return write(Array(text.utf8))
        }
        _ = write(Array((separator == "[\n" ? "[]\n" : "\n]\n").utf8))
      }, headers: [("Content-Disposition", "attachment; filename=\"quotations.json\"")])
  }
}
