import Clean
import Dedupe
import Entities
import PipelineKit
import Quotes
import Segment
import StageKit

/// The stages that are measured, in the order of a chain. A new one is one line here.
let measuredStages: [MeasuredStage] = [
  MeasuredStage(CleanStage.self),
  MeasuredStage(SegmentStage.self),
  MeasuredStage(EntitiesStage.self),
  MeasuredStage(QuotesStage.self),
  MeasuredStage(DedupeStage.self),
]

/// A stage with its default options, whatever its type.
struct MeasuredStage: Sendable {
  let name: String
  let make: @Sendable () throws -> any Stage

  init<S: Stage>(_ type: S.Type) {
    name = S.declaration.name
    make = { try S(options: S.Options(), context: .installed) }
  }
}
