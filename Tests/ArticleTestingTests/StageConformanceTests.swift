import ArticleIO
import ArticleTesting
import BuiltinStages
import PipelineKit
import StageKit
import Synchronization
import Testing
import Threads

/// What every stage must do, whatever it is for, with each of its options at its ends.
@Suite struct StageConformanceTests {
  /// A stage behind those that give it what it needs.
  struct Setting: Sendable, CustomTestStringConvertible {
    var stage: String
    /// Of its options, in YAML; empty for the usual values.
    var option: String
    var testDescription: String { option.isEmpty ? stage : "\(stage): \(option)" }

    var pipeline: String {
      let before = StageRegistry.builtin.stages.prefix { $0.name != stage }.map { "  - \($0.name)\n" }.joined()
      // A stage that takes the deadline for its own would fail rather than show what it does.
      return "name: news\ndeadline: 60s\nstages:\n\(before)  - \(stage)\(option.isEmpty ? "" : ": {\(option)}")\n"
    }
  }

  static let settings = StageRegistry.builtin.stages.flatMap { kind in
    [Setting(stage: kind.name, option: "")]
      + kind.options.flatMap { option in
        ends(of: option.type).map { Setting(stage: kind.name, option: setting(option.name, $0)) }
      }
  }

  /// One option, or two of which the one may not pass the other.
  private static func setting(_ option: String, _ value: String) -> String {
    switch option {
    case "similarity": "similarity: \(value), containment: \(value)"
    case "containment": "containment: \(value), similarity: 1.0"
    default: "\(option): \(value)"
    }
  }

  /// Values as YAML; none for what names a file or a language, whose values a stage may refuse.
  private static func ends(of type: OptionType) -> [String] {
    switch type {
    case .bool: ["true", "false"]
    case .integer(let range): ["\(range.lowerBound)", "\(range.upperBound)"]
    case .number(let range): ["\(range.lowerBound)", "\(range.upperBound)"]
    case .duration(let range): ["\(range.lowerBound)ms", "\(range.upperBound)ms"]
    case .size(let range): ["\(range.lowerBound)", "\(range.upperBound)"]
    case .choice(let names): names
    case .choices(let names): ["[\(names.joined(separator: ", "))]"]
    case .text, .texts, .condition, .language, .languages: []
    }
  }

  /// Texts that have no news in them.
  static let texts: [String] = [
    "a", "“", ".", "\u{FEFF}", "\u{2028}\u{2029}", "\u{00A0}\u{2003}\u{3000}x\u{200B}", "\t\r\n\u{0B}\u{0C}",
    "\u{E000}\u{10FFFF}",
    "e\u{0301}\u{0301}\u{0301}", "👩‍👩‍👧‍👧 said: “👩‍👩‍👧‍👧”", String(repeating: "“", count: 300),
    String(repeating: "A. ", count: 300),
    String(repeating: "said ", count: 300), String(repeating: "\n\n", count: 300) + "x",
    String(repeating: "9", count: 300),
    "Rain fell on Tolmar on Monday. “It rose by two metres,” said Ada Corr, the mayor. The bridge was closed.",
  ]

  @Test(arguments: settings)
  func anyTextGivesAGoodRecordOrAReason(setting: Setting) throws {
    let pipeline = try load(setting)
    let caster = Caster(pipeline: pipeline)
    for (number, text) in Self.texts.enumerated() {
      let line = try #require(
        try cast(text, number, caster, pipeline), "\(setting.testDescription): \(text.debugDescription)")
      // Twice the same, byte for byte.
      #expect(try cast(text, number, caster, pipeline) == line, "\(setting.testDescription): \(text.debugDescription)")
      guard line.first == UInt8(ascii: "{") else { continue }
      let origin = RecordCheck.Origin(source: Array(text.utf8), stages: pipeline.chain.links.map(\.kind.name))
      let violations = RecordCheck.violations(ofLine: line, origin)
      #expect(violations.isEmpty, "\(setting.testDescription): \(text.debugDescription)")
    }
  }

  /// One stage is used by many threads at once.
  @Test(arguments: StageRegistry.builtin.names)
  func threadsDoNotDisturbEachOther(stage: String) throws {
    let pipeline = try load(Setting(stage: stage, option: ""))
    let caster = Caster(pipeline: pipeline)
    let expected = try Self.texts.enumerated().map { try cast($1, $0, caster, pipeline) }
    let wrong = Shared()
    let threads = try Thread.all(
      (0..<8).map { thread in
        {
          for round in Self.texts.indices {
            let number = (round + thread * 3) % Self.texts.count
            if (try? cast(Self.texts[number], number, caster, pipeline)) != expected[number] {
              wrong.add(Self.texts[number])
            }
          }
        }
      })
    for thread in threads { thread.join() }
    #expect(wrong.texts == [])
  }

  private func load(_ setting: Setting) throws -> Pipeline {
    let loaded = Pipeline.load(
      [SourceFile(path: "news.yaml", bytes: Array(setting.pipeline.utf8))], registry: .builtin, context: .installed)
    return try #require(loaded.pipelines.first, "\(setting.testDescription): \(loaded.diagnostics)")
  }

  /// The record as a line, or why there is none.
  private func cast(_ text: String, _ number: Int, _ caster: Caster, _ pipeline: Pipeline) throws -> [UInt8]? {
    let raw = RawArticle(bytes: Array(text.utf8), line: nil, format: .text)
    return switch caster.cast(raw, name: Array("\(number).txt".utf8), arrival: 1_700_000_000) {
    case .success(let cast): try cast.line(pipeline.chain.makeDecider())
    case .failure(let error): Array("\(error.class): \(error.message)".utf8)
    }
  }

  private final class Shared: Sendable {
    private let found = Mutex<[String]>([])
    func add(_ text: String) { found.withLock { $0.append(text) } }
    var texts: [String] { found.withLock { $0 } }
  }
}
