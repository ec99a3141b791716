import PipelineKit
import StageKit

@testable import Clean

/// The model of the package, read once.
private let packageModel = Result { () throws(StageError) in
  try CleanModel(StageContext.installed.resource("clean.model"))
}

func cleanModel() throws(StageError) -> CleanModel { try packageModel.get() }

func cleanStage(_ options: CleanStage.Options = .init()) throws(StageError) -> CleanStage {
  CleanStage(options: options, model: try cleanModel())
}
