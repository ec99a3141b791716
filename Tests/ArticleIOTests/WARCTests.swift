import StageKit
import Testing

@testable import ArticleIO

@Suite struct WARCTests {
  private static func record(_ type: String, _ block: [UInt8], _ fields: String...) -> [UInt8] {
    let head = ["WARC/1.0", "WARC-Type: \(type)"] + fields + ["Content-Length: \(block.count)"]
    return Array((head.joined(separator: "\r\n") + "\r\n\r\n").utf8) + block + Array("\r\n\r\n".utf8)
  }

  private static func page(
    _ number: Int, _ html: String, status: String = "200 OK", type: String = "text/html; charset=utf-8",
    more: String = "", body: [UInt8]? = nil
  ) -> [UInt8] {
    let head = "HTTP/1.1 \(status)\r\nContent-Type: \(type)\r\n\(more)\r\n"
    return record(
      "response", Array(head.utf8) + (body ?? Array(html.utf8)), "WARC-Record-ID: <urn:uuid:\(number)>",
      "WARC-Target-URI: https://orla.example/\(number)", "WARC-Date: 2021-03-04T05:06:07Z",
      "Content-Type: application/http; msgtype=response")
  }

  private static let info = record("warcinfo", Array("software: own\r\n".utf8), "Content-Type: application/warc-fields")

  /// A source that gives few bytes at a time.
  private struct Trickle: ByteSource {
    var bytes: ArraySlice<UInt8>
    mutating func read(into buffer: inout [UInt8], upTo count: Int) throws(InputError) -> Int {
      let piece = bytes.prefix(7)
      buffer += piece
      bytes = bytes.dropFirst(7)
      return piece.count
    }
  }

  private func read(
    _ file: [UInt8], limit: Int = 1 << 20, packing: Packing? = nil
  ) throws(InputError) -> (articles: [RawArticle], bad: [Int], passedOver: Int) {
    var feed = ArticleFeed(Trickle(bytes: file[...]), kind: InputKind(.warc, packing: packing), limit: limit)
    var (articles, bad): ([RawArticle], [Int]) = ([], [])
    while let item = try feed.next() {
      switch item {
      case .article(let raw): articles.append(raw)
      case .badLine(let number, _): bad.append(number)
      }
    }
    return (articles, bad, feed.passedOver)
  }

  @Test func pagesAreArticlesAndTheRestIsCounted() throws {
    let file =
      Self.info + Self.page(1, "<p>Lock</p>") + Self.record("request", Array("GET / HTTP/1.1\r\n\r\n".utf8))
      + Self.page(2, "gone", status: "404 Not Found") + Self.page(3, "PNG", type: "image/png")
      + Self.record("metadata", []) + Self.page(4, "<p>Ferry</p>", type: "Application/XHTML+xml")
    let found = try read(file)
    #expect(found.articles.map(\.line) == [2, 7] && found.bad == [] && found.passedOver == 5)
    let article = try found.articles[0].decode(name: Array("crawl.warc.gz".utf8))
    #expect(article.id == Array("urn:uuid:1".utf8) && article.metadata.url == Array("https://orla.example/1".utf8))
    #expect(article.text == Array("<p>Lock</p>".utf8) && article.source.line == 2 && article.source.format == "warc")
    #expect(article.metadata.extra == Array(#"{"warc_date":"2021-03-04T05:06:07Z"}"#.utf8))
    #expect(article.metadata.published == nil)
    // A record that is put back alone is a file.
    #expect(try read(found.articles[1].bytes).articles.count == 1)
  }

  @Test func howAPageWasSentIsUndone() throws {
    let chunked = Self.page(
      1, "", more: "Transfer-Encoding: chunked\r\n", body: Array("7;x=1\r\n<p>The \r\n9\r\nlock.</p>\r\n0\r\n\r\n".utf8)
    )
    let claimed = Self.page(2, "<p>Whole.</p>", more: "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n")
    let latin = Self.page(3, "", type: "text/html; charset=\"ISO-8859-1\"", body: Array("<p>Caf".utf8) + [0xE9])
    let packed: [UInt8] = [
      31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 179, 41, 176, 243, 201, 79, 206, 214, 179, 209, 47, 176, 3, 0, 123, 66, 198, 103,
      12,
      0, 0, 0,
    ]
    let texts = try read(chunked + claimed + latin).articles.map {
      String(decoding: try $0.decode(name: []).text, as: UTF8.self)
    }
    #expect(texts == ["<p>The lock.</p>", "<p>Whole.</p>", "<p>Café"])
    let damaged = try read(Self.page(4, "", more: "Content-Encoding: gzip\r\n", body: packed)).articles[0]
    #expect(throws: InputError.self) { try damaged.decode(name: []) }
  }

  @Test func aDamagedRecordCostsItselfOnly() throws {
    let found = try read(Self.info + Array("nonsense\nWARC\n".utf8) + Self.page(1, "<p>Lock</p>"))
    #expect(found.bad == [2] && found.articles.map(\.line) == [3])
    let large = try read(Self.page(1, String(repeating: "x", count: 5000)) + Self.page(2, "<p>A"), limit: 2000)
    #expect(large.bad == [1] && large.articles.map(\.line) == [2])
    let whole = Self.page(1, "<p>Lock</p>")
    for count in [40, whole.count - 12] {
      #expect(throws: InputError.self, "\(count)") {
        let found = try read(Array((Self.info + whole)[..<(Self.info.count + count)]))
        if !found.bad.isEmpty { throw InputError(.badWARC, "") }
      }
    }
  }

  @Test func emptyFilesHoldNothing() throws {
    #expect(try read([]).articles.isEmpty && read(Array("\r\n\r\n".utf8)).passedOver == 0)
  }
}
