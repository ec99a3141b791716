import BuiltinStages
import PipelineKit
import StageKit
import Testing

/// The examples that the built-in stages declare are their documentation, so they must be true.
@Suite struct BuiltinExampleTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var stage: StageKind
    var example: StageExample
    var testDescription: String { "\(stage.name): \(example.title)" }
  }

  static let cases = StageRegistry.builtin.stages.flatMap { stage in
    stage.examples.map { Case(stage: stage, example: $0) }
  }

  @Test(arguments: cases)
  func isTrue(of case: Case) {
    #expect(failures(of: `case`.example, of: `case`.stage, in: .builtin) == [])
  }
}
