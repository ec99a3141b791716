import Disk
import PipelineKit
import StageKit
import Terminal

/// How tests ended: said as they end, counted, and as a file for CI services.
struct TestReport {
  private struct Entry {
    var pipeline: String
    var test: PipelineTest
    var verdict: TestVerdict
    var seconds: Double
    var isUpdated = false
  }

  private var entries: [Entry] = []

  mutating func add(_ verdict: TestVerdict, of test: PipelineTest, in pipeline: Pipeline, time: Duration) {
    entries.append(Entry(pipeline: pipeline.name, test: test, verdict: verdict, seconds: time / .seconds(1)))
    let isColoured = StandardOutput.isTerminal
    func paint(_ text: String, _ code: Int) -> String { isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }
    var lines = ["\(verdict.isGood ? paint("ok    ", 32) : paint("FAIL  ", 31))\(pipeline.name): \(test.name)"]
    if !verdict.isGood {
      lines.append("      \(test.file):\(test.expect.start.position.line)")
      for line in verdict.notes + verdict.differences.flatMap(\.lines) + verdict.others + verdict.remarks {
        let shown = visible(line.unicodeScalars)
        lines.append(
          "      " + (line.hasPrefix("- ") ? paint(shown, 31) : line.hasPrefix("+ ") ? paint(shown, 32) : shown))
      }
    }
    StandardOutput.write(lines.joined(separator: "\n") + "\n")
  }

  /// Those that fail and were not brought up to date.
  var failed: Int { entries.count { !$0.verdict.isGood && !$0.isUpdated } }

  var summary: String {
    let updated = entries.count { $0.isUpdated }
    let count = "\(entries.count) \(entries.count == 1 ? "test" : "tests")"
    return count + (updated > 0 ? ", \(updated) brought up to date" : "")
      + ", \(failed == 0 ? updated > 0 ? "the others passed" : "all passed" : "\(failed) failed")\n"
  }

  // MARK: - Bringing tests up to date

  /// Writes what was found in the place of what was expected, where the record has the key. Of tests that share a value
  /// the first one decides.
  mutating func update() throws {
    var files: [String: [Edit]] = [:]
    for index in entries.indices {
      let (test, verdict) = (entries[index].test, entries[index].verdict)
      let edits = verdict.differences.compactMap(Edit.init)
      guard !verdict.isGood, verdict.others.isEmpty, edits.count == verdict.differences.count else { continue }
      let others = files[test.file, default: []]
      if edits.contains(where: { edit in others.contains { $0 != edit && $0.range.overlaps(edit.range) } }) { continue }
      files[test.file] = others + edits.filter { !others.contains($0) }
      entries[index].isUpdated = true
    }
    let fs = PosixFileSystem()
    for (name, edits) in files {
      let place = try fs.resolved(Path(name))
      let file = try fs.open(place, for: .reading)
      defer { fs.close(file) }
      var bytes = try fs.readAll(file)
      // From the end, so that the places before stay what they are.
      for edit in edits.sorted(by: { $0.range.lowerBound > $1.range.lowerBound })
      where edit.range.upperBound <= bytes.count {
        bytes.replaceSubrange(edit.range, with: Array(edit.text.utf8))
      }
      try fs.replace(place, with: bytes)
    }
  }

  /// Bytes of a test's file, and what is to stand there.
  private struct Edit: Equatable {
    var range: Range<Int>
    var text: String

    /// `nil` where nothing would make the test pass.
    init?(_ difference: Difference) {
      guard let text = difference.replacement else { return nil }
      self.text = text
      range = Range(from: difference.expected.start.offset, clampedTo: difference.expected.end.offset)
    }
  }

  // MARK: - JUnit

  /// The format of Ant’s task of that name, as far as CI services agree on it.
  func writeJUnit(to path: String) throws {
    var lines = [
      #"<?xml version="1.0" encoding="UTF-8"?>"#, #"<testsuites tests="\#(entries.count)" failures="\#(failed)">"#,
    ]
    for name in entries.reduce(into: [String](), { if !$0.contains($1.pipeline) { $0.append($1.pipeline) } }) {
      let suite = entries.filter { $0.pipeline == name }
      let failures = suite.count { !$0.verdict.isGood && !$0.isUpdated }
      lines.append(#"  <testsuite name="\#(xml(name))" tests="\#(suite.count)" failures="\#(failures)">"#)
      for entry in suite {
        let seconds = Double((entry.seconds * 1000).rounded()) / 1000
        let head =
          #"    <testcase classname="\#(xml(name))" name="\#(xml(entry.test.name))" file="\#(xml(entry.test.file))" "#
          + #"line="\#(entry.test.expect.start.position.line)" time="\#(seconds)""#
        if entry.verdict.isGood || entry.isUpdated {
          lines.append(head + "/>")
        } else {
          let messages = entry.verdict.messages
          lines.append(head + ">")
          lines.append(
            #"      <failure message="\#(xml(messages.first ?? ""))">\#(xml(messages.joined(separator: "\n")))</failure>"#
          )
          lines.append("    </testcase>")
        }
      }
      lines.append("  </testsuite>")
    }
    lines.append("</testsuites>")
    let fs = PosixFileSystem()
    try fs.replace(try fs.resolved(Path(path)), with: Array((lines.joined(separator: "\n") + "\n").utf8))
  }

  private func xml(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\n": escaped += "&#10;"
      // XML 1.0 has no place for other control characters.
      case _ where scalar.value < 0x20: escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
