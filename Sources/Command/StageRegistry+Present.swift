import PipelineKit
import Synchronization

extension StageRegistry {
  /// The stages that pipelines can name in this program.
  static var present: StageRegistry {
    get { presentStages.withLock { $0 } }
    set { presentStages.withLock { $0 = newValue } }
  }
}

private let presentStages = Mutex(StageRegistry([]))
