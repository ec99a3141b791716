import Clean
import Dedupe
import Entities
import Quotes
import Segment
import StageKit

/// The one registry of the stages that are compiled in, in the order a chain would have them.
let builtinStages: [any Stage.Type] = [
  CleanStage.self,
  Segment.self,
  Entities.self,
  Quotes.self,
  DedupeStage.self,
]
