import HTTP

/// Who said what: what is asked of the quotations.
struct QuotationSearch {
  var speaker: String?
  var words: String?
  var kind: String?
  /// Days, inclusive, since 1970-01-01.
  var first: Int?
  var last: Int?
  var site: String?
  /// Only those with lower numbers.
  var before: Int64?

  /// From the parameters of a URL.
  ///
  /// - Throws: a refusal that names the parameter which is none.
  init(_ request: Request) throws(Refusal) {
    (speaker, words, kind, site) = (request["speaker"], request["q"], request["kind"], request["site"])
    if let kind, !["direct", "mixed", "indirect", "said"].contains(kind) {
      throw Refusal(400, "kind is direct, mixed, indirect, or said for the first two")
    }
    first = try Self.day(request, "from")
    last = try Self.day(request, "to")
    if let text = request["before"] {
      guard let number = Int64(text) else { throw Refusal(400, "before is the number of a quotation") }
      before = number
    }
  }

  private static func day(_ request: Request, _ name: String) throws(Refusal) -> Int? {
    guard let text = request[name] else { return nil }
    let parts = text.split(separator: "-").map { Int($0) }
    guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2], (1...9999).contains(year),
      (1...12).contains(month), (1...31).contains(day)
    else { throw Refusal(400, "\(name) is a day such as 2026-03-01") }
    return dayNumber(year: year, month: month, day: day)
  }
}

/// Days since 1970-01-01 in the Gregorian calendar.
func dayNumber(year: Int, month: Int, day: Int) -> Int {
  // Years that begin in March have their leap day at the end.
  let shifted = month <= 2 ? year - 1 : year
  let era = (shifted >= 0 ? shifted : shifted - 399) / 400
  let yearOfEra = shifted - era * 400
  let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
  return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
}

struct Quotations {
  let archive: Archive

  static let row = """
    json_object('quote', q.quote, 'article', q.article, 'kind', q.kind, 'speaker', q.speaker, 'text', q.text, \
    'before', substr(a.text, q.sentence_start + 1, q.start - q.sentence_start), \
    'after', substr(a.text, q."end" + 1, q.sentence_end - q."end"), \
    'title', a.title, 'site', a.site, 'url', a.url, 'published', a.published, 'id', a.id)
    """

  /// The newest days first, with the number of each.
  func found(_ search: QuotationSearch, limit: Int, columns: String = row) throws(ArchiveProblem) -> [[String?]] {
    var (conditions, values) = ([String](), [SQLValue]())
    func value(_ value: SQLValue) -> String {
      values.append(value)
      return "?\(values.count)"
    }
    // A speaker who is known by exactly that name has an index; other words are looked for in the names.
    var exact: String?
    var match: [String] = []
    if let speaker = search.speaker {
      let isKnown = try archive.number("SELECT 1 FROM speakers WHERE name = ?1", [.text(speaker)]) != nil
      if isKnown { exact = speaker }
      if !isKnown || search.words != nil {
        match.append(fullText(isKnown ? "\"\(speaker)\"" : speaker, column: "speaker"))
      }
    }
    if let words = search.words { match.append(fullText(words, column: "text")) }
    let key = match.isEmpty ? "q.quote" : "f.rowid"
    if !match.isEmpty { conditions.append("quotes_fts MATCH \(value(.text(match.joined(separator: " AND "))))") }
    if let exact { conditions.append("\(match.isEmpty ? "" : "+")q.speaker = \(value(.text(exact)))") }
    switch search.kind {
    case "said"?: conditions.append("q.kind IN ('direct', 'mixed')")
    case let kind?: conditions.append("q.kind = \(value(.text(kind)))")
    case nil: break
    }
    if let first = search.first { conditions.append("\(key) >= \(value(.number(RowNumbers.part(from: first))))") }
    let end = search.last.map { RowNumbers.part(from: $0 + 1) } ?? .max
    let before = min(end, search.before ?? .max)
    if before < .max { conditions.append("\(key) < \(value(.number(before)))") }
    if let site = search.site { conditions.append("a.site = \(value(.text(site)))") }
    let source =
      match.isEmpty
      ? "quotes q CROSS JOIN articles a ON a.article = q.article"
      : "quotes_fts f CROSS JOIN quotes q ON q.quote = f.rowid CROSS JOIN articles a ON a.article = q.article"
    return try archive.rows(
      """
      SELECT \(columns), q.quote FROM \(source) \(conditions.isEmpty ? "" : "WHERE \(conditions.joined(separator: " AND "))")
      ORDER BY \(key) DESC LIMIT \(value(.number(Int64(limit))))
      """, values)
  }

  func page(_ search: QuotationSearch, limit: Int) throws(ArchiveProblem) -> String {
    let rows = try found(search, limit: limit)
    let next = rows.count == limit ? rows.last?.last.flatMap { $0 } ?? "null" : "null"
    return "{\"quotes\":[\(rows.compactMap { $0.first ?? nil }.joined(separator: ","))],\"next\":\(next)}"
  }

  /// Rows of a download.
  static let most = 100_000
  private static let portion = 1000

  /// All that is found, a portion after the other.
  func each(_ search: QuotationSearch, columns: String, _ body: ([[String?]]) -> Bool) throws(ArchiveProblem) {
    var search = search
    var count = 0
    while count < Self.most {
      let rows = try found(search, limit: Self.portion, columns: columns)
      guard !rows.isEmpty, body(rows) else { return }
      count += rows.count
      search.before = rows.last?.last.flatMap { $0 }.flatMap { Int64($0) }
      if rows.count < Self.portion || search.before == nil { return }
    }
  }

  static let csvColumns = "a.published, q.speaker, q.kind, q.text, a.title, a.site, a.url, a.id"
  static let csvNames = "published,speaker,kind,text,title,site,url,id"

  /// A row as RFC 4180 writes it. What a spreadsheet would take for a formula gets an apostrophe before it.
  static func csv(_ row: some Sequence<String?>) -> String {
    row.map { value in
      var text = value ?? ""
      if let first = text.first, "=+-@\t\r".contains(first) { text = "'" + text }
      return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }.joined(separator: ",") + "\r\n"
  }
}
