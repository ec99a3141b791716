import ArticleFacts
import Bytes
import StageKit
import Testing

@Suite("Quotation marks")
struct QuoteMarksTests {
  /// What stands between the marks; one paragraph for each line.
  private func quotedSpans(_ text: String, onlyOutermost: Bool = true) throws -> [String] {
    let bytes = Array(text.utf8)
    var paragraphs: [Paragraph] = []
    var start = 0
    for end in 0...bytes.count where end == bytes.count || bytes[end] == 0x0A {
      paragraphs.append(Paragraph(ByteSpan(start, end)))
      start = end + 1
    }
    return try QuoteMarks.quotations(of: paragraphs, in: bytes.span, .none)
      .filter { !onlyOutermost || $0.parent == nil }
      .map { String(decoding: bytes[$0.inner.range], as: UTF8.self) }
  }

  @Test(
    arguments: [
      ("“We sail,” he said. “Now.”", ["We sail,", "Now."]),
      ("\"We sail,\" he said. \"Now.\"", ["We sail,", "Now."]),
      ("''We sail,'' he said. ``Now.''", ["We sail,", "Now."]),
      ("«We sail», he said.", ["We sail"]),
      ("« We sail », he said.", ["We sail"]),
      ("„We sail“, he said.", ["We sail"]),
      ("‘We sail,’ he said. ‘It’s time.’", ["We sail,", "It’s time."]),
      ("'We sail,' he said. 'It's time.'", ["We sail,", "It's time."]),
      ("\"We sail\"he said, and\u{A0}\"left\".", ["We sail", "left"]),
      ("She called it—“a farce”—twice.", ["a farce"]),
      ("He agreed”. “Why?” she asked.", ["Why?"]),
      ("“\u{1}We sail\u{200B}” or “not.\u{8}", ["We sail", "not."]),
    ])
  func pair(text: String, expected: [String]) throws { #expect(try quotedSpans(text) == expected) }

  /// Other bytes are passed eight at a time: a mark is seen wherever it stands among them.
  @Test(arguments: [("“", "”"), ("‘", "’"), ("\"", "\""), ("'", "'"), ("``", "''"), ("«", "»")])
  func areSeenAnywhere(opener: String, closer: String) throws {
    for before in 0..<10 {
      for inside in 1..<20 {
        let words = String(repeating: "w", count: inside)
        let text = String(repeating: " ", count: before) + opener + words + closer + " w"
        #expect(try quotedSpans(text) == [words])
      }
    }
  }

  @Test(
    arguments: [
      ("the sailors’ boats and the crews' nets", []),
      ("in the ’90s, rock ’n’ roll and '68", []),
      ("the mast is 5'10\" tall", []),
      ("‘The states’ affairs are theirs,’ she said.", ["The states’ affairs are theirs,"]),
      ("don't, can't and the dogs' bowls", []),
    ])
  func apostrophesAreNoMarks(text: String, expected: [String]) throws { #expect(try quotedSpans(text) == expected) }

  @Test func nestedOnesLieInside() throws {
    #expect(
      try quotedSpans("“She told me ‘never’ twice,” he said.", onlyOutermost: false) == [
        "She told me ‘never’ twice,", "never",
      ])
    #expect(try quotedSpans("“He said “no” to me,” she said.") == ["He said “no” to me,"])
    #expect(try quotedSpans("'He said \"no\" to me,' she said.") == ["He said \"no\" to me,"])
  }

  @Test(
    arguments: [
      "“The nets, he said. “We sail,” she added. “Now.”",
      "\"The nets, he said. \"We sail,\" she added. \"Now.\"",
      "The nets,” he said. “We sail,” she added. “Now.”",
      "The nets\" he said. \"We sail,\" she added. \"Now.\"",
      "“The nets are torn.\n“We sail,” she added. “Now.”",
      "The 12\" nets.\n\"We sail,\" she added. \"Now.\"",
    ])
  func oneStrayMarkCostsNoOtherQuotation(text: String) throws {
    #expect(try quotedSpans(text).suffix(2) == ["We sail,", "Now."])
  }

  @Test func anOpenOneRunsToTheEndOfItsParagraph() throws {
    #expect(try quotedSpans("He said: “We sail. It is time.\nShe left.") == ["We sail. It is time."])
  }

  @Test func theNextParagraphContinuesAnOpenOne() throws {
    let text = Array("“We sail.\n“It is time.”\n“Why?”".utf8)
    let paragraphs = [ByteSpan(0, 11), ByteSpan(12, 29), ByteSpan(30, 40)].map { Paragraph($0) }
    #expect(try QuoteMarks.quotations(of: paragraphs, in: text.span, .none).map(\.continues) == [false, true, false])
  }

  @Test("are read once, and anew where the paragraphs have changed") func once() throws {
    var article = Article(
      source: .init(name: [], line: nil, format: "text", encoding: "utf-8", byteCount: 0, sha256: []), id: [],
      text: Array("“We sail.\nIt is time.”".utf8))
    #expect(try article.readQuotations(.none).map(\.inner) == [ByteSpan(3, 23)])
    article.quotations = []
    #expect(try article.readQuotations(.none) == [])
    article.paragraphs = [Paragraph(ByteSpan(0, 11)), Paragraph(ByteSpan(12, 26))]
    #expect(try article.readQuotations(.none).map(\.inner) == [ByteSpan(3, 11)])
    article.speakerLabels = [nil, nil]
    article.paragraphs = []
    #expect(article.quotations == nil && article.speakerLabels == nil)
  }

  @Test func anyTextIsReadWithoutHarm() throws {
    for text in ["", "“", "”", "\"", "''", "'", "‘", "’", "“”", "\"\"", "“ ”", "«»", "`", "“‘”’", "\u{E2}"] {
      _ = try quotedSpans(text)
    }
  }
}
