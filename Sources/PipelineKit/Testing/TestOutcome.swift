import ArticleIO
import StageKit

/// What came of a test's article, wherever it ran.
public struct TestOutcome: Sendable {
  /// Its line, of the outbox or of what is discarded; empty where there is none.
  public var line: [UInt8] = []
  /// Why it has none, or what its record breaks that holds of every record.
  public var problems: [String] = []
  /// Why it was discarded.
  public var discarded: String?
  /// What stages said.
  public var remarks: [String] = []

  public init() {}

  init(problem: String) { problems = [problem] }
}

extension PipelineTest {
  /// Holds what came of it against what it expects.
  public func verdict(on outcome: TestOutcome) -> TestVerdict {
    var verdict = TestVerdict(differences: [], others: outcome.problems)
    if !outcome.line.isEmpty {
      do {
        verdict.differences = Expectation.differences(expect, from: try JSONValue(parsing: outcome.line))
      } catch {
        verdict.others.append("there is no record: \(error)")
      }
    }
    if verdict.isGood { return verdict }
    verdict.discarded = outcome.discarded
    verdict.remarks = outcome.remarks
    return verdict
  }
}

/// How a test ended.
public struct TestVerdict: Sendable {
  public var differences: [Difference]
  /// What else is wrong.
  public var others: [String]
  /// Why the article was discarded, where the test does not pass.
  public var discarded: String?
  public var remarks: [String] = []

  public var isGood: Bool { differences.isEmpty && others.isEmpty }

  /// Each in one line.
  public var messages: [String] { notes + differences.map(\.message) + others + remarks }

  /// What a reader must know of all the rest.
  public var notes: [String] { discarded.map { ["the article was discarded: \($0)"] } ?? [] }
}
