import Clean
import Dedupe
import Entities
import Quotes
import Segment
import StageKit

/// The one registry of the stages that are compiled in, in the order a chain would have them.
let builtinStages: [any Stage.Type] = [
  CleanStage.self,
  SegmentStage.self,
  EntitiesStage.self,
  QuotesStage.self,
  DedupeStage.self,
]
