import Clean
import Dedupe
import Segment
import StageKit

/// The one registry of the stages that are compiled in, in the order a chain would have them.
let builtinStages: [any Stage.Type] = [
  CleanStage.self,
  Segment.self,
  DedupeStage.self,
]
