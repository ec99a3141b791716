import Testing

@testable import ArticleIO

@Suite struct ArticleFeedTests {
  /// Two gzip members, 42 bytes with lines one and two, then line three without its end.
  private static let twoMembers: [UInt8] = [
    31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 171, 86, 42, 73, 173, 40, 81, 178, 82, 202, 207, 75, 85, 170, 229, 170, 134, 113,
    75, 202, 243, 129, 92, 0, 251, 14, 80, 203, 30, 0, 0, 0, 31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 171, 86, 42, 73, 173, 40,
    81, 178, 82, 42, 201, 40, 74, 77, 85, 170, 5, 0, 231, 172, 115, 58, 16, 0, 0, 0,
  ]

  private func lines(_ bytes: [UInt8], packing: Packing? = nil, limit: Int = 1 << 20) throws(InputError) -> [String] {
    var feed = ArticleFeed(BytesInMemory(bytes), kind: InputKind(.jsonLines, packing: packing), limit: limit)
    var found = [String]()
    while let item = try feed.next() {
      switch item {
      case .article(let raw): found.append("\(raw.line ?? 0) \(String(decoding: raw.bytes, as: UTF8.self))")
      case .badLine(let line, let error): found.append("\(line) \(error.class)")
      }
    }
    return found
  }

  @Test func cutsLinesAndCountsBlankOnes() throws {
    #expect(try lines(Array("a\r\n\n  \nb\nc".utf8)) == ["1 a", "4 b", "5 c"])
    #expect(try lines([]) == [])
  }

  @Test func goesOnBehindALineThatIsTooLong() throws {
    let long = String(repeating: "x", count: 300_000)
    #expect(try lines(Array("a\n\(long)\nb\n".utf8), limit: 1000) == ["1 a", "2 too_large", "3 b"])
  }

  @Test func expandsMembersInARow() throws {
    #expect(
      try lines(Self.twoMembers, packing: .gzip) == [
        "1 {\"text\":\"one\"}", "2 {\"text\":\"two\"}", "3 {\"text\":\"three\"}",
      ])
  }

  /// Cut at its bytes, every second line of it would begin in the middle of a character.
  @Test(arguments: [
    (2, true, true), (2, true, false), (2, false, true), (2, false, false), (4, true, true), (4, false, false),
  ])
  func linesInWideCharactersAreRefusedWhole(width: Int, little: Bool, marked: Bool) {
    func encode(_ text: String) -> [UInt8] {
      text.unicodeScalars.flatMap { scalar in
        let low = [UInt8(truncatingIfNeeded: scalar.value), UInt8(truncatingIfNeeded: scalar.value >> 8)]
        let bytes = low + [UInt8](repeating: 0, count: width - 2)
        return little ? bytes : bytes.reversed()
      }
    }
    let bytes = encode((marked ? "\u{FEFF}" : "") + "{\"text\":\"One.\"}\r\n{\"text\":\"Two.\"}\r\n")
    let error = #expect(throws: InputError.self) { try lines(bytes) }
    #expect(error?.class == "not_utf8")
    #expect(error?.message.contains("iconv -f utf-\(width * 8) -t utf-8") == true, "\(error?.message ?? "")")
  }

  @Test func aMarkOfUTF8IsNoneOfThem() throws {
    #expect(try lines([0xEF, 0xBB, 0xBF] + Array("{}\n".utf8)).count == 1)
    #expect(try lines([0, 0, 0, 0, 0, 0x0A] + Array("{}\n".utf8)).count == 2)
  }

  @Test func refusesDamagedAndCutGzip() {
    var damaged = Self.twoMembers
    damaged[20] ^= 0xFF
    #expect(throws: InputError.self) { try lines(damaged, packing: .gzip) }
    for count in 1..<Self.twoMembers.count - 1 where count != 42 {
      let cut = Array(Self.twoMembers[..<count])
      #expect(throws: InputError.self, "cut at \(count)") { try lines(cut, packing: .gzip) }
    }
    #expect(throws: InputError.self) { try lines(Array("no gzip".utf8), packing: .gzip) }
  }

  private func packed(_ pieces: String...) throws -> [UInt8] {
    let writer = ZstdWriter()
    return try pieces.reduce(into: []) { $0 += try #require(writer.add(Array($1.utf8))) }
      + #require(writer.finish())
  }

  @Test func zstdIsExpandedOnTheWay() throws {
    let text = (0..<20_000).map { "{\"text\":\"Story \($0 % 977)\"}\n" }.joined()
    let one = try packed(text)
    #expect(one.count < text.utf8.count / 10)
    let expected = text.split(separator: "\n").enumerated().map { "\($0 + 1) \($1)" }
    #expect(try lines(one, packing: .zstd) == expected)
    // Frames in a row are one stream, an empty one adds nothing.
    #expect(try lines(one + packed("") + packed("last\n"), packing: .zstd) == expected + ["20001 last"])
    #expect(try lines([], packing: .zstd) == [])
  }

  @Test func damagedZstdIsRefused() throws {
    let whole = try packed("first\n", "second\n")
    for count in 1..<whole.count {
      let error = #expect(throws: InputError.self, "cut at \(count)") {
        try lines(Array(whole[..<count]), packing: .zstd)
      }
      #expect(error?.class == "bad_zstd")
    }
    var damaged = whole
    damaged[whole.count - 2] ^= 1
    #expect(throws: InputError.self) { try lines(damaged, packing: .zstd) }
    #expect(throws: InputError.self) { try lines(Array("no zstd at all".utf8), packing: .zstd) }
  }

  @Test func aFileOverTheLimitIsRefused() {
    var feed = ArticleFeed(BytesInMemory(Array(repeating: 0x61, count: 2000)), kind: InputKind(.text), limit: 1000)
    let error = #expect(throws: InputError.self) { try feed.next() }
    #expect(error?.class == "too_large")
  }

  @Test(arguments: [
    ("a.txt", true), ("A.HTM", true), ("a.xml.gz", true), ("a.jsonl.gz", true), ("a.jsonl.ZST", true), ("a", false),
    ("a.pdf", false),
    (".gz", false),
  ])
  func knowsKindsByName(name: String, isKnown: Bool) {
    #expect(((try? InputKind(fileName: Array(name.utf8))) != nil) == isKnown)
  }

  // MARK: XML

  private func items(_ xml: String, encoding: String? = nil) throws(InputError) -> [RawArticle] {
    let bytes = encoding.map { CharacterSetTests.encode(xml, $0) } ?? Array(xml.utf8)
    var feed = ArticleFeed(BytesInMemory(bytes), kind: InputKind(.xml), limit: 1 << 20)
    var found: [RawArticle] = []
    while let item = try feed.next() { if case .article(let raw) = item { found.append(raw) } }
    return found
  }

  @Test func aFeedIsManyArticles() throws {
    let rss = """
      <?xml version="1.0" encoding="windows-1251"?><rss><channel><title>Мир</title><!-- <item> --><item><guid> a </guid>
      <description><![CDATA[<item>Мост</item>]]></description></item><item/>
      <rss:item><guid>b&amp;c</guid></rss:item></channel></rss>
      """
    let raws = try items(rss, encoding: "windows-1251")
    #expect(raws.map(\.line) == [1, 2, 3] && raws.map(\.place) == ["item 1", "item 2", "item 3"])
    let articles = try raws.map { raw throws(InputError) in try raw.decode(name: Array("a.xml".utf8)) }
    #expect(articles.map { String(decoding: $0.id, as: UTF8.self) }.prefix(1) == ["a"])
    #expect(String(decoding: articles[2].id, as: UTF8.self) == "b&c")
    #expect(articles[1].id.count == 24, "an item without an id gets one")
    #expect(articles.allSatisfy { $0.source.format == "xml" && $0.source.encoding == "windows-1251" && $0.isMarkup })
    #expect(String(decoding: articles[0].text, as: UTF8.self).contains("<item>Мост</item>"))
    #expect(articles.map(\.source.line) == [1, 2, 3])
  }

  @Test(arguments: [
    ("<nitf><head><docdata><doc-id id-string='n1'/></docdata></head></nitf>", "n1"),
    ("<!-- x --><newsItem xmlns='y' guid='urn:1'><a/></newsItem>", "urn:1"),
    ("<entry><author><id>no</id></author><id>\n tag:1 </id></entry>", "tag:1"),
  ])
  func aDocumentThatIsOneArticleHasNoNumber(xml: String, id: String) throws {
    let raws = try items(xml)
    #expect(raws.count == 1 && raws[0].line == nil && raws[0].place == nil)
    #expect(String(decoding: try raws[0].decode(name: []).id, as: UTF8.self) == id)
    #expect(raws[0].bytes == Array(xml.utf8), "the article is the file as it came")
  }

  @Test func onlyTheOutermostItemIsOne() throws {
    let message = """
      <newsMessage><header/><itemSet><newsItem guid="1"><inlineXML><nitf><body/></nitf></inlineXML></newsItem>
      <packageItem guid="2"/><newsItem guid="3"/></itemSet></newsMessage>
      """
    #expect(try items(message).count == 2)
    #expect(try items("<feed><entry><content><entry>x</entry></content></entry><entry>y</entry></feed>").count == 2)
    #expect(try items("<rss><channel><title>Nothing yet</title></channel></rss>").isEmpty)
  }

  @Test(arguments: [
    ("<urlset><url/></urlset>", "unknown_xml"), ("no XML", "not_xml"), ("", "not_xml"), ("<nitf><body>", "not_xml"),
    ("<nitf", "not_xml"),
  ])
  func refusesOtherXML(xml: String, reason: String) {
    let error = #expect(throws: InputError.self) {
      for raw in try items(xml) { _ = try raw.decode(name: []) }
    }
    #expect(error?.class == reason)
  }

  @Test func anItemThatIsCutShortIsRefusedAndTheOthersAreNot() throws {
    let raws = try items("<rss><item><guid>1</guid></item><item><guid>2</guid><title>x")
    #expect(raws.count == 2)
    #expect(throws: Never.self) { try raws[0].decode(name: []) }
    let error = #expect(throws: InputError.self) { try raws[1].decode(name: []) }
    #expect(error?.class == "not_xml")
  }
}
