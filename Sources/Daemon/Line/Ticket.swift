import ArticleIO
import PipelineKit
import Spool
import Workers

/// What identifies an article on its way to the commit.
struct Ticket: Sendable {
  var input: InputIdentity
  var part: Settlement.Part
  /// What the parts of the file are called.
  var partName = "line"
  var sequence: UInt64 = 0
  /// The number of the record that this one takes the place of.
  var supersedes: UInt64?
  /// A record of it, out of which comes what the first stages would find again.
  var earlier: ArticleWork.Earlier?
  /// When its file could be taken.
  var ready = ContinuousClock.now
}
