import Clean
import Dedupe
import Entities
import PipelineKit
import Quotes
import Segment
import StageKit
import Testing

/// The examples that the built-in stages declare are their documentation, so they must be true.
@Suite struct BuiltinExampleTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var stage: RegisteredStage
    var example: StageExample
    var testDescription: String { "\(stage.name): \(example.title)" }
  }

  static let registry = StageRegistry([
    CleanStage.self, SegmentStage.self, EntitiesStage.self, QuotesStage.self, DedupeStage.self,
  ])
  static let cases = registry.stages.flatMap { stage in stage.examples.map { Case(stage: stage, example: $0) } }

  @Test(arguments: cases)
  func isTrue(of case: Case) {
    #expect(failures(of: `case`.example, of: `case`.stage.type, in: Self.registry) == [])
  }
}
