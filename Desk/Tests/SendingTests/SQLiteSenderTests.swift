import Glibc
import OutboxReading
import Store
import Testing

@testable import Sending

@Suite struct SQLiteSenderTests {
  let outbox: Outbox
  init() throws { outbox = try Outbox() }

  @Test func putsARecordIntoTheTables() throws {
    try outbox.append(line("a", seq: 1, said: "The café 🦊 holds"), to: "news.jsonl")
    #expect(try outbox.send() == SQLiteSender.Outcome(lines: 1, refused: 0))
    #expect(
      try outbox.texts("SELECT title || '|' || site || '|' || outlet FROM articles") == [
        "Ice on the fjord|fjordpost.example|"
      ])
    #expect(try outbox.texts("SELECT text FROM mention_texts") == ["Ada Corr"])
    #expect(
      try outbox.texts(
        "SELECT substr(a.text, q.start + 1, q.\"end\" - q.start) FROM quotes q JOIN articles a USING (article)")
        == ["The café 🦊 holds,"])
    #expect(
      try outbox.texts("SELECT speaker FROM quotes WHERE quote IN (SELECT rowid FROM quotes_fts('cafe'))") == [
        "Ada Corr"
      ])
    #expect(try outbox.integer("SELECT count(*) FROM articles_fts('fjord holds')") == 1)
    #expect(try outbox.integer("SELECT number FROM totals WHERE name = 'quotes'") == 1)
    #expect(try outbox.texts("SELECT name FROM speakers") == ["Ada Corr"])
    #expect(try outbox.integer("SELECT sentence_start * 1000 + sentence_end FROM quotes") > 0)
    #expect(outbox.complaints.isEmpty)
  }

  @Test func takesEachLineOnce() throws {
    for number in 1...5 { try outbox.append(line("a\(number)", seq: number), to: "news.jsonl") }
    try outbox.append(String(line("half", seq: 6).dropLast(20)), to: "news.jsonl")
    #expect(try outbox.send().lines == 5)
    #expect(try outbox.send().lines == 0)
    try outbox.append(String(line("half", seq: 6).suffix(20)), to: "news.jsonl")
    #expect(try outbox.send().lines == 1)
    #expect(try outbox.integer("SELECT count(*) FROM articles") == 6)
  }

  @Test func knowsASealedFileAgain() throws {
    for number in 1...3 { try outbox.append(line("a\(number)", seq: number), to: "news.jsonl") }
    try outbox.send()
    try outbox.append(line("a4", seq: 4), to: "news.jsonl")
    outbox.move("news.jsonl", to: "news-20260302T100000Z-000001.jsonl")
    try outbox.append(line("b1", seq: 5), to: "news.jsonl")
    #expect(try outbox.send().lines == 2)
    #expect(
      try outbox.texts("SELECT name FROM loaded ORDER BY file") == ["news-20260302T100000Z-000001.jsonl", "news.jsonl"])
    #expect(try outbox.texts("SELECT id FROM articles ORDER BY arrival") == ["a1", "a2", "a3", "a4", "b1"])
  }

  @Test(arguments: ["gzip", "zstd"])
  func knowsACompressedFileAgain(_ program: String) throws {
    for number in 1...3 { try outbox.append(line("a\(number)", seq: number), to: "news.jsonl") }
    try outbox.send()
    // Two more lines that nobody saw before it was compressed.
    for number in 4...5 { try outbox.append(line("a\(number)", seq: number), to: "news.jsonl") }
    outbox.move("news.jsonl", to: "news-20260302T100000Z-000001.jsonl")
    try outbox.run(program, program == "zstd" ? "-q" : "-n", "\(outbox.path)/news-20260302T100000Z-000001.jsonl")
    unlink("\(outbox.path)/news-20260302T100000Z-000001.jsonl")
    #expect(try outbox.send().lines == 2)
    #expect(try outbox.send().lines == 0)
    #expect(try outbox.integer("SELECT count(*) FROM articles") == 5)
    #expect(outbox.complaints.isEmpty)
  }

  /// A copy that is not finished is no whole file.
  @Test func goesOnInACompressedFileThatWasCutShort() throws {
    for number in 1...3000 { try outbox.append(line("a\(number)", seq: number), to: "news.jsonl") }
    let path = "\(outbox.path)/news.jsonl"
    try outbox.run("gzip", "-n", path)
    try outbox.run("cp", path + ".gz", outbox.folder + "/whole")
    var status = stat()
    stat(path + ".gz", &status)
    truncate(path + ".gz", status.st_size / 2)
    let first = try outbox.send().lines
    #expect(first > 0 && first < 3000)
    #expect(outbox.complaints.count == 1)
    // Into the same inode.
    try outbox.run("cp", outbox.folder + "/whole", path + ".gz")
    #expect(try outbox.send().lines == 3000 - first)
    #expect(try outbox.send().lines == 0)
    #expect(try outbox.integer("SELECT count(*) FROM articles") == 3000)
  }

  @Test func keepsRowsOfDeletedFiles() throws {
    try outbox.append(line("a", seq: 1), to: "news.jsonl")
    try outbox.send()
    unlink("\(outbox.path)/news.jsonl")
    // The inode may be the same.
    try outbox.append(line("b", seq: 2), to: "news.jsonl")
    #expect(try outbox.send().lines == 1)
    #expect(try outbox.integer("SELECT count(*) FROM articles") == 2)
  }

  @Test func putsARevisionInPlace() throws {
    try outbox.append(line("a", seq: 1, said: "Half of it"), to: "news.jsonl")
    try outbox.append(line("b", seq: 2, revisionOf: 1, speaker: "Bo Lund", said: "All of it"), to: "news.jsonl")
    try outbox.send()
    #expect(try outbox.texts("SELECT id FROM articles") == ["b"])
    #expect(try outbox.texts("SELECT quotes FROM history") == [#"[["direct","Ada Corr","Half of it,"]]"#])
    #expect(try outbox.texts("SELECT name FROM speakers") == ["Bo Lund"])
    #expect(try outbox.integer("SELECT count(*) FROM quotes_fts('half')") == 0)
    #expect(try outbox.integer("SELECT count(*) FROM quotes") == 1)
    #expect(try outbox.integer("SELECT count(*) FROM mentions") == 1)
    #expect(try outbox.integer("SELECT number FROM totals WHERE name = 'articles'") == 1)
    #expect(try outbox.texts("PRAGMA integrity_check") == ["ok"])
    #expect(
      try Store.open(writing: outbox.database).integer("INSERT INTO quotes_fts(quotes_fts) VALUES('integrity-check')")
        == nil)
  }

  @Test func putsAnEarlierLineBehindALaterOne() throws {
    try outbox.append(line("a", seq: 9, title: "New"), to: "news.jsonl")
    try outbox.append(line("x", seq: 8, revisionOf: 3), to: "news.jsonl")
    try outbox.send()
    // Copies are read behind the outbox itself.
    try outbox.append(line("a", seq: 4, title: "Old"), to: "duplicates/news.jsonl")
    try outbox.append(line("y", seq: 3), to: "duplicates/news.jsonl")
    try outbox.send()
    #expect(try outbox.texts("SELECT id FROM articles ORDER BY id") == ["a", "x"])
    #expect(try outbox.texts("SELECT title FROM history WHERE id = 'a'") == ["Old"])
    #expect(try outbox.texts("SELECT id FROM history ORDER BY id") == ["a", "y"])
  }

  @Test func countsClustersSitesAndSpeakers() throws {
    for id in ["a", "b", "c"] { try outbox.append(line(id, cluster: "a"), to: "news.jsonl") }
    try outbox.append(line("d"), to: "news.jsonl")
    try outbox.send()
    #expect(try outbox.texts("SELECT cluster || articles FROM clusters") == ["a3"])
    #expect(try outbox.integer("SELECT articles FROM sites") == 4)
    #expect(try outbox.integer("SELECT quotes FROM speakers") == 4)
  }

  @Test func ordersRowsByTheirDay() throws {
    try outbox.append(line("new", published: "2026-03-01") + line("old", published: "1931-07-04"), to: "news.jsonl")
    try outbox.append(line("none", published: nil) + line("future", published: "2090-01-01"), to: "news.jsonl")
    try outbox.send()
    #expect(try outbox.texts("SELECT id FROM articles ORDER BY article") == ["old", "new", "none", "future"])
    let day = RowNumber.article(from: 20_513)
    #expect(
      try outbox.texts(
        "SELECT id FROM articles WHERE article >= \(day) AND article < \(RowNumber.articlesEnd(of: 20_513))") == ["new"]
    )
    #expect(try outbox.texts("SELECT rowid FROM quotes_fts('ice') ORDER BY rowid DESC").count == 4)
  }

  @Test func keepsWhatIsNoRecord() throws {
    try outbox.append("nonsense\n\n" + line("a"), to: "news.jsonl")
    try outbox.append(
      #"{"schema":"linecaster-discarded/1","id":"d","pipeline":{"name":"news","offsets":"utf8"},"reason":"too short"}"#
        + "\n",
      to: "discarded/news.jsonl")
    #expect(try outbox.send() == SQLiteSender.Outcome(lines: 2, refused: 1))
    #expect(try outbox.texts("SELECT reason FROM discarded") == ["too short"])
    #expect(try outbox.integer("SELECT line FROM refused") == 1)
    #expect(outbox.complaints.count == 1)
    #expect(outbox.complaints[0].contains("news.jsonl:1:1: expected an object"))
  }

  @Test func namesKeysThatAreMissing() throws {
    let short = #"{"schema":"linecaster/1","id":"ID","pipeline":{"name":"news","offsets":"utf8"},"title":"T"}"#
    try outbox.append(
      short.replacing("ID", with: "a") + "\n" + short.replacing("ID", with: "b") + "\n", to: "news.jsonl")
    try outbox.send()
    #expect(outbox.complaints.count == 1)
    #expect(outbox.complaints[0].contains("have no url, published, text, sentences, entities, quotes, duplicates"))
  }

  @Test func takesASpoolForItsOutbox() throws {
    mkdir("\(outbox.folder)/state", 0o755)
    mkdir("\(outbox.folder)/inbox", 0o755)
    try outbox.append(line("a"), to: "news.jsonl")
    try outbox.append("{}\n", to: "../inbox/input.jsonl")
    let place = try #require(OutboxPlace(outbox.folder))
    #expect(place.folder == outbox.path)
    #expect(try outbox.send().lines == 1)
  }

  @Test func refusesOtherFiles() throws {
    try Database(path: outbox.database, .write).run("CREATE TABLE t (a)")
    #expect(throws: StoreError.self) { try outbox.send() }
    unlink(outbox.database)
    try Store.open(writing: outbox.database).run("PRAGMA user_version = 99")
    #expect(throws: StoreError.self) { try outbox.send() }
  }

  @Test func takesLargeRecords() throws {
    let said = String(repeating: "the ice holds 🦊 ", count: 60_000) + "for now"
    try outbox.append(line("large", said: said) + line("small"), to: "news.jsonl")
    #expect(try outbox.send().lines == 2)
    #expect(try outbox.integer("SELECT max(length(text)) FROM quotes") == said.unicodeScalars.count + 1)
  }
}
