import Foundation
import HTTP
import Store
import Testing

@testable import DeskServer

/// The questions, asked of the tables that the store makes.
@Suite final class StoredTests {
  private let file: URL
  private let archive: Archive

  init() throws {
    file = FileManager.default.temporaryDirectory.appendingPathComponent("desk-\(randomToken()).sqlite")
    archive = Archive(file.path)
    let database = try Store.open(writing: file.path)
    let day = RowNumber.part(from: 19_800)
    try database.run(
      """
      INSERT INTO loaded(file, outbox, name, line, "offset", first_hash, last_hash, last_bytes, device, inode, is_compressed)
        VALUES (1, '/o', 'news.jsonl', 2, 0, 0, 0, 0, 0, 0, 0);
      INSERT INTO articles(article, id, pipeline, outlet, arrival, title, site, cluster, quotes, text, file, line, "offset", bytes)
        VALUES (1, 'a', 'news', '', 1, 'Port <b>', 'coast.example', 'a', 2, '“We 🚢 stay,” Ana Ortega said.', 1, 1, 0, 1),
               (2, 'b', 'news', '', 2, NULL, NULL, 'a', 0, 'Copy', 1, 2, 1, 1);
      INSERT INTO articles_fts(rowid, title, text) SELECT article, title, text FROM articles;
      INSERT INTO clusters VALUES ('a', 2, 2);
      INSERT INTO entities(entity, article, type, name, roles, mentions) VALUES (\(day), 1, 'PERSON', 'Ana Ortega', '["mayor"]', 1);
      INSERT INTO mentions VALUES (\(day), 14, 24, 'name');
      INSERT INTO quotes(quote, article, kind, speaker, text, entity, start, "end", sentence_start, sentence_end, heading)
        VALUES (\(day), 1, 'direct', 'Ana Ortega', 'We 🚢 stay,', \(day), 1, 11, 0, 30, 0),
               (\(day + 1), 1, 'indirect', NULL, 'stay', NULL, 6, 10, 0, 30, 0);
      INSERT INTO quotes_fts(rowid, text, speaker) SELECT quote, text, speaker FROM quotes;
      INSERT INTO speakers VALUES ('Ana Ortega', 1, \(day));
      """)
  }

  deinit {
    for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file.path + ending) }
  }

  @Test(arguments: [-100_000, -62_091, 0, 20_000, 100_000]) func `days have the numbers of the store`(_ day: Int) {
    #expect(RowNumbers.part(from: day) == RowNumber.part(from: day))
  }

  private func count(_ parameters: [(name: String, value: String)]) throws -> Int {
    let search = try QuotationSearch(Request(.get, "/", query: parameters))
    return try Quotations(archive: archive).found(search, limit: 10).count
  }

  @Test func `quotations are found by what was said, by whom, how and when`() throws {
    #expect(try count([]) == 2)
    #expect(try count([("speaker", "Ana Ortega")]) == 1 && count([("speaker", "ortega")]) == 1)
    #expect(
      try count([("speaker", "Ana Ortega"), ("q", "stay")]) == 1
        && count([("speaker", "Ana Ortega"), ("q", "go")]) == 0)
    #expect(try count([("q", "STAY")]) == 2 && count([("q", "we"), ("kind", "said")]) == 1)
    #expect(try count([("kind", "indirect")]) == 1 && count([("kind", "mixed")]) == 0)
    #expect(try count([("from", "2024-03-18"), ("to", "2024-03-18")]) == 2 && count([("from", "2024-03-19")]) == 0)
    #expect(try count([("to", "2024-03-17")]) == 0 && count([("q", "stay"), ("to", "2024-03-17")]) == 0)
    #expect(try count([("site", "coast.example")]) == 2 && count([("site", "else.example")]) == 0)
  }

  @Test func `a hit stands in its sentence`() throws {
    let search = try QuotationSearch(Request(.get, "/", query: [("kind", "direct")]))
    let page = try Quotations(archive: archive).page(search, limit: 10)
    #expect(page.contains(#""before":"“""#) && page.contains(#""after":"” Ana Ortega said.""#), "\(page)")
    #expect(page.hasSuffix("\"next\":null}"))
  }

  @Test func `a page says where the next one begins`() throws {
    var search = try QuotationSearch(Request(.get, "/"))
    #expect(
      try Quotations(archive: archive).page(search, limit: 1).hasSuffix("\"next\":\(RowNumber.part(from: 19_800) + 1)}")
    )
    search.before = RowNumber.part(from: 19_800) + 1
    #expect(try Quotations(archive: archive).found(search, limit: 10).count == 1)
  }

  @Test func `every view's answer is JSON`() throws {
    let articles = Articles(archive: archive)
    let people = People(archive: archive)
    let stories = Stories(archive: archive)
    for text in [
      try articles.feed(before: nil, words: nil, limit: 5), try articles.feed(before: nil, words: "port", limit: 5),
      try #require(try articles.article("a")), try #require(try articles.article("2")), try articles.totals(),
      try people.list(nil, from: 0, limit: 5), try people.list("ORT", from: 0, limit: 5),
      try people.person("Ana Ortega"), try people.person("No \"One\""), try stories.list(.size, from: 0, limit: 5),
      try stories.list(.newest, from: 0, limit: 5), try stories.story("a"),
    ] {
      #expect(throws: Never.self, "\(text)") { try JSONSerialization.jsonObject(with: Data(text.utf8)) }
    }
    #expect(try articles.article("nothing") == nil)
    #expect(try people.person("Ana Ortega").contains(#""roles":[["mayor",1]]"#))
    #expect(try people.list("ORT", from: 0, limit: 5).contains("Ana Ortega"))
  }
}
