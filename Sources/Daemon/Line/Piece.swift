import ArticleIO
import PipelineKit
import Spool
import Workers

/// What an intake hands to the workers.
enum Piece: Sendable {
  /// A whole file that is one article, as it was read.
  case file(Ticket, [UInt8], InputKind)
  /// One part of a file: a line or an item.
  case line(Ticket, RawArticle)
  /// What needs no work and only keeps its place in the line: a refused input, the end of a file.
  case settled(Ticket, Failure?)

  var ticket: Ticket {
    switch self {
    case .file(let ticket, _, _), .line(let ticket, _), .settled(let ticket, _): ticket
    }
  }
}
