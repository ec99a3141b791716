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

  /// Writes what was found in the place of what was expected, where the record has the key.
  mutating func update() throws {
    var edits: [String: [(range: Range<Int>, text: String)]] = [:]
    for index in entries.indices {
      let (test, verdict) = (entries[index].test, entries[index].verdict)
      let found = verdict.differences.compactMap { difference in difference.replacement.map { (difference, $0) } }
      guard !verdict.isGood, verdict.others.isEmpty, found.count == verdict.differences.count else { continue }
      for (difference, text) in found {
        let (start, end) = (difference.expected.start.offset, difference.expected.end.offset)
        edits[test.file, default: []].append((Range(from: start, clampedTo: end), text))
      }
      entries[index].isUpdated = true
    }
    let fs = PosixFileSystem()
    for (path, edits) in edits { try TestFile(path, fs).apply(edits) }
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
    try TestFile(path, PosixFileSystem()).write(Array((lines.joined(separator: "\n") + "\n").utf8))
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

/// A file that tests are written into.
private struct TestFile {
  private let path: Path
  private let fs: PosixFileSystem

  init(_ path: String, _ fs: PosixFileSystem) { (self.path, self.fs) = (Path(path), fs) }

  /// - Parameter edits: bytes of the file, and what is to stand there.
  func apply(_ edits: [(range: Range<Int>, text: String)]) throws(DiskError) {
    let file = try fs.open(try fs.resolved(path), for: .reading)
    var bytes: [UInt8]
    do {
      defer { fs.close(file) }
      bytes = try fs.readAll(file)
    }
    // From the end, so that the places before stay what they are; of two in one another the outer.
    for edit in edits.sorted(by: { $0.range.lowerBound > $1.range.lowerBound })
    where edit.range.upperBound <= bytes.count {
      bytes.replaceSubrange(edit.range, with: Array(edit.text.utf8))
    }
    try write(bytes)
  }

  /// Appears under its name only when it is whole.
  func write(_ bytes: [UInt8]) throws(DiskError) {
    let place = try fs.resolved(path)
    let draft = place.directory / (Array(".".utf8) + place.name + Array(".new".utf8))
    let file = try fs.open(draft, for: .creating)
    do {
      defer { fs.close(file) }
      try fs.truncate(file, to: 0)
      try fs.write(bytes, to: file, at: 0)
      try fs.sync(file)
    }
    try fs.rename(draft, to: place, replacing: true)
  }
}
