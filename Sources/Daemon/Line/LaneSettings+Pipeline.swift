import PipelineKit
import Spool

extension LaneSettings {
  /// What a pipeline asks of its spool, but for the state that its decider remembers by.
  public init(_ pipeline: Pipeline) {
    self.init(
      pipeline: pipeline.name, inbox: Array(pipeline.inbox.path.utf8), outbox: Array(pipeline.outbox.path.utf8),
      rollSize: pipeline.outbox.roll.size, rollAge: Int64(pipeline.outbox.roll.everyMilliseconds / 1000))
    hasMarkers = pipeline.inbox.ready == .marker
    readsFolders = pipeline.inbox.subfolders != .ignored
    removesDone = pipeline.done.isRemoved
    keepDone = seconds(pipeline.done.keepMilliseconds)
    keepFailed = seconds(pipeline.failed.keepMilliseconds)
    keepOutbox = seconds(pipeline.outbox.keepMilliseconds)
    outboxSize = pipeline.outbox.size
    outlets = pipeline.outlets
  }
}

/// `nil` for 0, which is for ever.
private func seconds(_ milliseconds: Int) -> Int64? { milliseconds == 0 ? nil : Int64(milliseconds / 1000) }
