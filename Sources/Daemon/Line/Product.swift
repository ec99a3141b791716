import ArticleIO
import PipelineKit
import Spool
import Workers

/// What workers hand to the lane's commit.
struct Product: Sendable {
  enum Outcome: Sendable {
    case record(FinishedRecord)
    case failed(Failure)
    case nothing
  }

  var ticket: Ticket
  var outcome: Outcome
  /// Of the file where it is one article, else of the part; empty where nothing was read.
  var contentHash: [UInt8] = []
  /// Since it was taken up.
  var elapsed = Duration.zero
}
