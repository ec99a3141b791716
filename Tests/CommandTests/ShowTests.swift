import ArticleIO
import Bytes
import Foundation
import StageKit
import Testing

/// Records come from anywhere: `show` says what is wrong with them, or shows what can be shown.
@Suite struct ShowTests {
  private func show(_ lines: [String]) throws -> BuiltCommand.Outcome {
    let folder = try Folder()
    let file = try folder.write("r.jsonl", lines.joined(separator: "\n"))
    return try BuiltCommand.run("show", "--color", "always", file, in: folder.url)
  }

  private static let record = #"""
    {"schema":"linecaster/1","source":{"name":"a.txt"},"title":"Rain","text":"Ann Berg spoke in Tolmar. “No,” she said.",\#
    "paragraphs":[{"start":0,"end":41,"kind":"body"}],"entities":[{"id":0,"type":"PERSON","name":"Ann Berg","roles":[],\#
    "mentions":[{"start":0,"end":8,"text":"Ann Berg"}]}],"quotes":[{"kind":"direct","text":"No,","quoted":\#
    [{"start":27,"end":30}],"speaker":{"text":"she","name":"Ann Berg"},"cue":{"text":"said"}}],"duplicates":\#
    {"status":"exact","matches":[{"id":"x","seq":3,"share_of_this":0.97}]}}
    """#

  @Test(arguments: [
    "-3", "9223372036854775807", "-9223372036854775808", "1e300", "1e400", "0.5", "null", "\"8\"", "[]",
  ])
  func noNumberEndsIt(number: String) throws {
    for key in [
      #""start":0,"#, #""start":27,"#, #""end":41"#, #""end":8"#, #""end":30"#, #""seq":3,"#, #""share_of_this":0.97"#,
    ] {
      let name = key.split(separator: ":")[0]
      let line = Self.record.replacing(key, with: "\(name):\(number)\(key.hasSuffix(",") ? "," : "")")
      #expect(line != Self.record)
      let outcome = try show([line])
      #expect(outcome.code == 0, "\(key) \(outcome.errors)")
      #expect(outcome.output.contains("Rain"), "\(key)")
    }
  }

  /// Bytes of good records are changed, cut, doubled. Each line is a record that is shown or one that is complained of.
  @Test func noChangeOfBytesEndsIt() throws {
    var random = SeededGenerator(state: 20_261_130)
    var lines: [String] = []
    let pieces = [
      "-", "9", "0", "{", "}", "[", "]", ",", ":", "\"", "null", "\\u001b", "\\ud800", "1e999", "start", "\u{2028}",
    ]
    for _ in 0..<3000 {
      var text = Array(Self.record.unicodeScalars)
      for _ in 0...Int.random(in: 0..<3, using: &random) {
        let at = Int.random(in: 0..<text.count, using: &random)
        let end = min(text.count, at + Int.random(in: 0..<4, using: &random))
        let piece = pieces.randomElement(using: &random).map { Array($0.unicodeScalars) } ?? []
        text.replaceSubrange(at..<end, with: piece)
      }
      lines.append(String(String.UnicodeScalarView(text)))
    }
    let outcome = try show(lines)
    #expect(outcome.code == 65)
    #expect(outcome.output.contains("Rain"))
  }

  @Test func aLaterSchemaIsNamed() throws {
    let outcome = try show([Self.record.replacing("linecaster/1", with: "linecaster/2"), Self.record])
    #expect(outcome.code == 65)
    #expect(outcome.errors.contains("line 1: this record is of schema linecaster/2"), "\(outcome.errors)")
    #expect(outcome.output.contains("Rain"))
  }
}
