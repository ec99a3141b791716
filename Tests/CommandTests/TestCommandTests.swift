import Foundation
import StageKit
import Testing

/// `linecaster test`, as an analyst and a CI service meet it.
@Suite struct TestCommandTests {
  private static let story = "Rain fell on Tolmar. The river rose."

  private func pipeline(_ tests: String) -> String { "name: p\nstages: [segment, dedupe]\ntests:\n\(tests)" }

  @Test func whatDiffersIsShownLineByLine() throws {
    let folder = try Folder()
    let long = String(repeating: "Rain fell on Tolmar again. ", count: 8)
    try folder.write(
      "p.yaml",
      pipeline(
        """
          - name: wrong
            input: \(Self.story)
            expect:
              sentences: [{start: 0, end: 20}, {start: 21, end: 30}, {start: 31}]
              duplicates: {status: near}
          - {name: long, input: '\(long)end', expect: {text: '\(long)END'}}
          - {name: right, input: \(Self.story), expect: {title: null}}

        """))
    let outcome = try BuiltCommand.run(["test", "p.yaml"], in: folder.url)
    #expect(outcome.code == 1)
    let lines = outcome.output.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    #expect(lines.contains("FAIL  p: wrong") && lines.contains("p.yaml:7") && lines.contains("ok    p: right"))
    #expect(lines.contains("sentences: expected 3, found 2"), "\(outcome.output)")
    #expect(lines.contains("- {start: 21, end: 30}") && lines.contains("- {start: 31}"))
    #expect(lines.contains("+ {start: 21, end: 36}") && !lines.contains("+ {start: 0, end: 20}"))
    #expect(lines.contains("- near") && lines.contains("+ unique"))
    // Of a long text what stands around the difference.
    #expect(lines.contains { $0.hasPrefix("- …") && $0.hasSuffix("END") && $0.count < 110 }, "\(outcome.output)")
    #expect(lines.last == "3 tests, 2 failed")
  }

  @Test func testsAreBroughtUpToDate() throws {
    let folder = try Folder()
    let path = try folder.write(
      "p.yaml",
      pipeline(
        """
          - name: both  # kept
            input: \(Self.story)
            expect:
              text: |
                Something
                else
              sentences:
                - {start: 0}
              duplicates: {status: near, of: x}
          - {name: no key, input: \(Self.story), expect: {titel: x}}

        """))
    let updated = try BuiltCommand.run(["test", "--update", "p.yaml"], in: folder.url)
    #expect(
      updated.code == 1 && updated.output.hasSuffix("2 tests, 1 brought up to date, 1 failed\n"), "\(updated.output)")
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(text.contains("- name: both  # kept"))
    #expect(text.contains("text: Rain fell on Tolmar. The river rose.\n"), "\(text)")
    #expect(
      text.contains("[{start: 0}, {start: 21}]") && text.contains("duplicates: {status: unique, of: null}"), "\(text)")
    #expect(text.contains("{titel: x}"))
    let again = try BuiltCommand.run(["test", "p.yaml"], in: folder.url)
    #expect(again.output.contains("ok    p: both"), "\(again.output)")
  }

  /// What two tests share cannot be what both need, and what is in another file is written there.
  @Test func whatIsSharedOrExtendedIsNotSpoiled() throws {
    let folder = try Folder()
    let shared = try folder.write(
      "p.yaml",
      pipeline(
        "  - {name: one, input: \(Self.story), expect: &e {text: q}}\n  - {name: two, input: Nobody came., expect: *e}\n"
      ))
    let outcome = try BuiltCommand.run(["test", "--update", "p.yaml"], in: folder.url)
    #expect(
      outcome.code == 1 && outcome.output.hasSuffix("2 tests, 1 brought up to date, 1 failed\n"), "\(outcome.output)")
    #expect(try String(contentsOfFile: shared, encoding: .utf8).contains("&e {text: \(Self.story)}"))

    let base =
      "name: base\ninbox: {path: b}\nstages: [segment]\ntests: [{name: t, input: Rain fell., expect: {text: q}}]\n"
    let basePath = try folder.write("base.yaml", base)
    let top = "# \(String(repeating: "long ", count: 40))\nextends: base.yaml\nname: top\n"
    let topPath = try folder.write("top.yaml", top)
    let extended = try BuiltCommand.run(["test", "--update", "top.yaml"], in: folder.url)
    #expect(
      extended.code == 0 && extended.output.contains("      base.yaml:4\n"), "\(extended.output)\(extended.errors)")
    #expect(try String(contentsOfFile: topPath, encoding: .utf8) == top)
    #expect(
      try String(contentsOfFile: basePath, encoding: .utf8) == base.replacing("{text: q}", with: "{text: Rain fell.}"))
  }

  @Test func aReportForCIServices() throws {
    let folder = try Folder()
    try folder.write(
      "p.yaml",
      pipeline(
        "  - {name: 'a <b>', input: \(Self.story), expect: {title: \"x & y\"}}\n"
          + "  - {name: fine, input: \(Self.story), expect: {}}\n"))
    let outcome = try BuiltCommand.run(["test", "p.yaml", "--junit", "report.xml"], in: folder.url)
    #expect(outcome.code == 1, "\(outcome.errors)")
    let report = try String(contentsOf: folder.url.appendingPathComponent("report.xml"), encoding: .utf8)
    #expect(report.contains(#"<testsuites tests="2" failures="1">"#))
    #expect(report.contains(#"<testcase classname="p" name="a &lt;b&gt;" file="p.yaml" line="4" time=""#), "\(report)")
    #expect(report.contains(#"<failure message="title: expected &quot;x &amp; y&quot;, found null">"#), "\(report)")
    #expect(report.contains(#"name="fine""#) && report.hasSuffix("</testsuites>\n"))
  }

  @Test func testsInAFileOfTheirOwn() throws {
    let folder = try Folder()
    try folder.write("pipelines/p.yaml", "name: p\nstages: [segment, dedupe]\ntests: p.tests.yaml\n")
    try folder.write(
      "pipelines/p.tests.yaml",
      "- {name: a copy, earlier: [\(Self.story)], input: \(Self.story), expect: {duplicates: {status: exact}}}\n")
    let good = try BuiltCommand.run(["test", "pipelines"], in: folder.url)
    #expect(good.code == 0 && good.output == "ok    p: a copy\n1 test, all passed\n", "\(good.output)\(good.errors)")
    try folder.write("pipelines/p.tests.yaml", "- {name: a, input: b, expct: {}}\n")
    let wrong = try BuiltCommand.run(["check", "pipelines"], in: folder.url)
    #expect(
      wrong.code == 78 && wrong.output.contains("pipelines/p.tests.yaml:1:23: error: unknown key ‘expct’"),
      "\(wrong.output)")
    try folder.write("pipelines/p.yaml", "name: p\nstages: [segment]\ntests: nothing.tests.yaml\n")
    let missing = try BuiltCommand.run(["check", "pipelines"], in: folder.url)
    #expect(missing.code == 78 && missing.output.contains("nothing.tests.yaml: cannot be opened"), "\(missing.output)")
  }

  /// An article of a test can do no more harm than any other.
  @Test func everyShippedPipelineHasTestsThatPass() throws {
    let outcome = try BuiltCommand.run("test", "pipelines")
    #expect(outcome.code == 0, "\(outcome.output)\(outcome.errors)")
    for name in ["annotate", "clean", "dedupe", "desk", "news"] { #expect(outcome.output.contains("ok    \(name): ")) }
  }
}
