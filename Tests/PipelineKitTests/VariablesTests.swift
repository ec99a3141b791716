import StageKit
import Testing

@testable import PipelineKit

/// What a pipeline takes from its environment, and repeats of itself.
@Suite struct VariablesTests {
  private func load(_ text: String, _ values: [String: String] = [:]) -> LoadedPipelines {
    Pipeline.load(
      [SourceFile(path: "p.yaml", bytes: Array(text.utf8))], registry: registry, context: .installed,
      environment: .only(values))
  }

  private func one(_ text: String, _ values: [String: String] = [:]) throws -> Pipeline {
    let loaded = load(text, values)
    #expect(loaded.diagnostics.filter { $0.severity != .note }.map(\.message) == [])
    return try #require(loaded.pipelines.first)
  }

  @Test func valuesAreFilledIn() throws {
    let text = """
      name: ${SITE:news}
      inbox: {path: "${BASE}/in/${SITE:news}", max_input: "${SIZE:1}MiB", accept: ["${KIND:*.txt}"]}
      outbox:
        path: a$${b}$c
        alignment: ${ALIGN:false}
      stages: [cut]
      """
    let plain = try one(text, ["BASE": "/srv"])
    #expect(plain.name == "news" && plain.inbox.path == "/srv/in/news" && plain.inbox.maxInput == 1 << 20)
    #expect(plain.outbox.path == "a${b}$c" && !plain.outbox.alignment && plain.inbox.accept == ["*.txt"])
    #expect(plain.variables == ["BASE": "/srv"])
    let filled = try one(text, ["BASE": "", "SITE": "sport", "SIZE": "3", "ALIGN": "true", "OTHER": "x"])
    #expect(filled.name == "sport" && filled.inbox.path == "/in/sport" && filled.inbox.maxInput == 3 << 20)
    #expect(filled.outbox.alignment && filled.variables["OTHER"] == nil)
    #expect(filled.digest != plain.digest)
  }

  /// What comes in is text: it can add no key and no stage, and is read as the value's type wants it.
  @Test func whatComesInIsOnlyAValue() throws {
    #expect(
      try one("name: a\ninbox: {path: \"${P}\"}\nstages: [cut]", ["P": "x}\nfailed: {keep: 1d"]).inbox.path.contains(
        "\n"))
    let wrong = load("name: a\ninbox: {max_input: \"${SIZE}\"}\nstages: [cut]", ["SIZE": "much"])
    #expect(wrong.diagnostics.map(\.message).first?.hasPrefix("‘much’ is not a size") == true)
    let again = try one("name: a\ninbox: {path: \"${A}\"}\nstages: [cut]", ["A": "${B}", "B": "x"])
    #expect(again.inbox.path == "${B}")
  }

  /// A value may be long, and stand in a file very often.
  @Test func whatComesInHasALimit() {
    let text =
      "name: a\nstages: [cut]\ninbox: {accept: [\(Array(repeating: "\"${A}.txt\"", count: 100).joined(separator: ", "))]}"
    let loaded = load(text, ["A": String(repeating: "x", count: 20_000)])
    #expect(loaded.diagnostics.map(\.message).contains { $0.hasPrefix("the variables come to more than 1MiB") })
  }

  /// They are texts of articles.
  @Test func testsStayAsTheyAre() throws {
    let pipeline = try one("name: a\nstages: [cut]\ntests: [{name: t, input: \"It costs ${5}.\", expect: {}}]")
    #expect(pipeline.tests.first?.input == "It costs ${5}.")
  }

  @Test(arguments: [
    ("${}", "2:15 ‘${}’ names no variable: write ${NAME}, ${NAME:default}, or $${ for the characters themselves"),
    ("${1A}", "2:15 ‘${1A}’ names no variable: write ${NAME}, ${NAME:default}, or $${ for the characters themselves"),
    ("x/${A", "2:17 ‘${’ is never closed: add ‘}’, or write ‘$${’ where the characters themselves are meant"),
    ("x/${A}/${B}", "2:17 the variable A is not set: set it, or write a default, as in ${A:VALUE}"),
    ("${A:-x}", "2:15 a default stands behind ‘:’ alone: write ${A:x}"),
  ])
  func whatCannotBeFilledInIsTold(path: String, message: String) {
    let loaded = load("name: a\ninbox: {path: '\(path)'}\nstages: [cut]")
    #expect(loaded.diagnostics.first.map { "\($0.start.line):\($0.start.column - 1) \($0.message)" } == message)
  }

  @Test func mappingsAreMerged() throws {
    let pipeline = try one(
      """
      x-kept: &kept {keep: 30d, path: nowhere}
      x-large: &large {min_free: 2GiB, path: elsewhere}
      name: a
      outbox:
        <<: [*kept, *large]
        path: here
      failed: &failed {keep: 1d}
      done: {<<: *failed}
      stages: [cut]
      """)
    #expect(pipeline.outbox.path == "here" && pipeline.outbox.keepMilliseconds == 30 * 86_400_000)
    #expect(pipeline.outbox.minFree == 2 << 30 && pipeline.done.keepMilliseconds == 86_400_000)
  }
}
