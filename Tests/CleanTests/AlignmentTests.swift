import Bytes
import StageKit
import Testing

@testable import Clean

@Suite("Alignment")
struct AlignmentTests {
  private func one(of texts: [String], _ random: inout SeededGenerator) -> String {
    texts.randomElement(using: &random) ?? ""
  }

  /// A page of words, odd spaces and, for HTML, tags and references.
  func page(markup: Bool, _ random: inout SeededGenerator) -> String {
    let words = [
      "the", "bridge", "of", "Orla", "opened", "und\u{AD}er", "caf\u{E9}", "“rain”", "was", "co\u{200B}ld", "and", "…",
    ]
    let spaces = [" ", " ", " ", "  ", "\u{A0}", "\u{202F}", " \u{A0}", "\t", markup ? "<b> </b>" : " "]
    let markupWords = [
      "&amp;", "<i>then</i>", "&eacute;t&eacute;", "<!-- x -->", "&#8217;s", "<a href=x>there</a>", "&nbsp;",
    ]
    var text = ""
    for _ in 0..<Int.random(in: 1...8, using: &random) {
      text += markup ? one(of: ["<p>", "<div>", "<br><br>", "<li>"], &random) : "    "
      for _ in 0..<Int.random(in: 1...40, using: &random) {
        text += one(of: markup && Int.random(in: 0..<4, using: &random) == 0 ? markupWords : words, &random)
        text += Int.random(in: 0..<15, using: &random) == 0 ? "\n  " : one(of: spaces, &random)
      }
      text += "end." + one(of: ["\n\n", "\n", "\r\n\r\n"], &random)
    }
    return text
  }

  @Test("every run of the body is its source, copied or replaced", arguments: [false, true])
  func property(markup: Bool) throws {
    for seed in UInt64(1)...300 {
      var random = SeededGenerator(state: seed)
      let source = page(markup: markup, &random)
      let bytes = Array(source.utf8)
      let article = try cleaned(source, markup: markup) { $0.boilerplate = seed % 2 == 0 ? .keep : .normal }
      let runs = try #require(article.alignment).runs
      #expect(runs.first?.text.start ?? 0 == 0 && runs.last?.text.end ?? 0 == article.text.count, "seed \(seed)")
      for (before, after) in zip(runs, runs.dropFirst()) {
        #expect(before.text.end == after.text.start && before.source.end <= after.source.start, "seed \(seed)")
      }
      for run in runs {
        let out = Array(article.text[run.text.range])
        // A tab or a line end becomes a space of the same length.
        let origin = bytes[run.source.range].map { $0 >= 0x09 && $0 <= 0x0D && out != [0x0A, 0x0A] ? 0x20 : $0 }
        if out == origin { continue }
        let isSpace = out == [0x20] || out == [0x0A, 0x0A]
        let isReference = origin.first == UInt8(ascii: "&") && origin.last == UInt8(ascii: ";")
        #expect(isSpace || isReference, "seed \(seed): \(out) from \(origin)")
      }
      for paragraph in article.paragraphs ?? [] {
        let origin = try #require(article.alignment?.source(of: paragraph.span))
        let from = String(decoding: bytes[origin.range], as: UTF8.self)
        if !markup {
          #expect(
            letters(from) == letters(String(decoding: article.text[paragraph.span.range], as: UTF8.self)),
            "seed \(seed)")
        }
      }
    }
  }

  /// What is left when white space and what vanishes are taken out.
  private func letters(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.filter { !$0.properties.isWhitespace && ![0xAD, 0x200B, 0xFEFF].contains($0.value) }))
  }

  @Test("a page of more stretches than are aligned one by one keeps its text")
  func manyStretches() throws {
    for seed in UInt64(1)...50 {
      var random = SeededGenerator(state: seed)
      let source = Array(page(markup: true, &random).utf8)
      let whole = try HTMLPage.read(source, deadline: .none)
      let bounded = try HTMLPage.read(source, deadline: .none, mostRuns: 5)
      #expect(bounded.bytes == whole.bytes, "seed \(seed)")
      let runs = try #require(bounded.alignment).runs
      #expect(runs.count <= 5 && runs.last?.text.end == whole.bytes.count, "seed \(seed)")
      for (before, after) in zip(runs, runs.dropFirst()) {
        #expect(before.text.end == after.text.start && before.source.end <= after.source.start, "seed \(seed)")
      }
      let all = ByteSpan(0, whole.bytes.count)
      #expect(bounded.source(of: all) == whole.source(of: all), "seed \(seed)")
    }
  }
}
