import Dedupe
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

extension StageRegistry {
  /// What workers call `forFingerprints`.
  static let fingerprints = "fingerprints"

  /// The same with a `dedupe` that says by what it would compare an article.
  var forFingerprints: StageRegistry {
    StageRegistry(
      stages.map { $0.name == DedupeStage.declaration.name ? StageKind(FingerprintStage.self) : $0 }, broken: broken)
  }
}
