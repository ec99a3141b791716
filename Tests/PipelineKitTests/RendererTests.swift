import PipelineKit
import StageKit
import Testing

@Suite struct RendererTests {
  private func render(
    _ source: String, _ line: Int, _ columns: Range<Int>, message: String = "wrong", colours: Bool = false
  ) -> String {
    let file = SourceFile(path: "a.yaml", bytes: Array(source.utf8))
    return DiagnosticRenderer([file], colours: colours).render(
      Diagnostic(
        file: "a.yaml", start: .init(line: line, column: columns.lowerBound),
        end: .init(line: line, column: columns.upperBound), message))
  }

  @Test func looksLikeACompilers() {
    let source = String(repeating: "\n", count: 13) + "  - segmnt\n"
    #expect(
      render(source, 14, 5..<11, message: "unknown stage ‘segmnt’; did you mean ‘segment’?") == """
        a.yaml:14:5: error: unknown stage ‘segmnt’; did you mean ‘segment’?
          14 |   - segmnt
             |     ^~~~~~

        """)
  }

  @Test(arguments: [
    ("é: ärger", 4..<9, "é: ärger", "   ^~~~~"),
    ("日本: 東京", 5..<7, "日本: 東京", "      ^~~~"),
    ("e\u{301}x: y", 5..<6, "e\u{301}x: y", "   ^"),
    ("\ta: b", 2..<3, "    a: b", "    ^"),
    ("a:\tb", 4..<5, "a:  b", "    ^"),
    ("a: \u{1B}[31mb", 4..<5, "a: \u{FFFD}[31mb", "   ^"),
    ("a:", 3..<3, "a:", "  ^"),
    ("\u{FEFF}a: b", 4..<5, "a: b", "   ^"),
  ])
  func caretsStandUnderTheSpan(source: String, columns: Range<Int>, line: String, carets: String) {
    #expect(render(source, 1, columns).split(separator: "\n").dropFirst() == ["  1 | \(line)", "    | \(carets)"])
  }

  @Test func aSpanOfSeveralLinesRunsToTheEndOfTheFirst() {
    let file = SourceFile(path: "a.yaml", bytes: Array("a:\r\n  - b\r\n  - c\r\n".utf8))
    let diagnostic = Diagnostic(
      file: "a.yaml", start: .init(line: 2, column: 3), end: .init(line: 3, column: 6), "wrong")
    #expect(DiagnosticRenderer([file]).render(diagnostic) == "a.yaml:2:3: error: wrong\n  2 |   - b\n    |   ^~~\n")
  }

  @Test func longLinesAreCut() {
    let shown = render(String(repeating: "a", count: 100_000), 1, 50_000..<50_003)
    let lines = shown.split(separator: "\n").map(String.init)
    #expect(lines.allSatisfy { $0.count < 180 })
    #expect(lines[2].hasSuffix(" ^~~"))
    #expect(lines[2].count <= lines[1].count)
  }

  /// Would take minutes if each of them looked at the whole line.
  @Test func manyFaultsOnOneLongLineEndSoon() {
    let text = "name: a\nstages: [" + Array(repeating: "ctu", count: 90_000).joined(separator: ", ") + "]"
    let loaded = load([text])
    #expect(loaded.diagnostics.count == 1001)
    #expect(loaded.diagnostics.last?.message == "more than 1000 faults in the file: the rest is not told")
    #expect(!DiagnosticRenderer(loaded.files).render(loaded.diagnostics).isEmpty)
  }

  @Test func coloursOnlyWhenAsked() {
    #expect(!render("a: b", 1, 1..<2).contains("\u{1B}"))
    #expect(render("a: b", 1, 1..<2, colours: true).contains("\u{1B}[1;31m"))
  }

  @Test func messagesCannotSteerTheTerminal() {
    #expect(!render("a: b", 1, 1..<2, message: "‘\u{1B}]0;x\u{7}’").contains("\u{1B}"))
  }

  @Test func aFileAsAWholeHasNoPlace() {
    let diagnostic = Diagnostic(file: "x.yaml", start: .wholeFile, end: .wholeFile, "cannot be opened")
    #expect(DiagnosticRenderer([]).render(diagnostic) == "x.yaml: error: cannot be opened\n")
  }

  @Test func jsonHasEveryField() {
    let diagnostic = Diagnostic(
      file: "x.yaml", start: .init(line: 2, column: 3), end: .init(line: 2, column: 5), "‘a’ \"b\"")
    #expect(
      diagnostic.json.pretty == """
        {
          "file": "x.yaml",
          "line": 2,
          "column": 3,
          "end_line": 2,
          "end_column": 5,
          "severity": "error",
          "message": "‘a’ \\"b\\""
        }

        """)
    let whole = Diagnostic(file: "x.yaml", start: .wholeFile, end: .wholeFile, "gone")
    #expect(whole.json["line"] == .null)
  }
}
