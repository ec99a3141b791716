import ArticleIO
import Testing

@Suite struct ArticleFeedTests {
  /// Two gzip members, 42 bytes with lines one and two, then line three without its end.
  private static let twoMembers: [UInt8] = [
    31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 171, 86, 42, 73, 173, 40, 81, 178, 82, 202, 207, 75, 85, 170, 229, 170, 134, 113,
    75, 202, 243, 129, 92, 0, 251, 14, 80, 203, 30, 0, 0, 0, 31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 171, 86, 42, 73, 173, 40,
    81, 178, 82, 42, 201, 40, 74, 77, 85, 170, 5, 0, 231, 172, 115, 58, 16, 0, 0, 0,
  ]

  private func lines(_ bytes: [UInt8], gzipped: Bool = false, limit: Int = 1 << 20) throws(InputError) -> [String] {
    var feed = ArticleFeed(BytesInMemory(bytes), kind: InputKind(.jsonLines, gzipped: gzipped), limit: limit)
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
      try lines(Self.twoMembers, gzipped: true) == [
        "1 {\"text\":\"one\"}", "2 {\"text\":\"two\"}", "3 {\"text\":\"three\"}",
      ])
  }

  @Test func refusesDamagedAndCutGzip() {
    var damaged = Self.twoMembers
    damaged[20] ^= 0xFF
    #expect(throws: InputError.self) { try lines(damaged, gzipped: true) }
    for count in 1..<Self.twoMembers.count - 1 where count != 42 {
      let cut = Array(Self.twoMembers[..<count])
      #expect(throws: InputError.self, "cut at \(count)") { try lines(cut, gzipped: true) }
    }
    #expect(throws: InputError.self) { try lines(Array("no gzip".utf8), gzipped: true) }
  }

  @Test func aFileOverTheLimitIsRefused() {
    var feed = ArticleFeed(BytesInMemory(Array(repeating: 0x61, count: 2000)), kind: InputKind(.text), limit: 1000)
    let error = #expect(throws: InputError.self) { try feed.next() }
    #expect(error?.class == "too_large")
  }

  @Test(arguments: [
    ("a.txt", true), ("A.HTM", true), ("a.jsonl.gz", true), ("a", false), ("a.pdf", false), (".gz", false),
  ])
  func knowsKindsByName(name: String, isKnown: Bool) {
    #expect(((try? InputKind(fileName: Array(name.utf8))) != nil) == isKnown)
  }
}
