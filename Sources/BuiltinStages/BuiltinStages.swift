import Clean
import Dedupe
import Entities
import PipelineKit
import Quotes
import Segment

extension StageRegistry {
  /// The stages that are compiled in, in the order a chain would have them: the one list of them.
  public static let builtin = StageRegistry([
    StageKind(CleanStage.self),
    StageKind(SegmentStage.self),
    StageKind(EntitiesStage.self),
    StageKind(QuotesStage.self),
    StageKind(DedupeStage.self),
  ])
}
