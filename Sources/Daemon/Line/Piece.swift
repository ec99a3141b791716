import ArticleIO
import Bytes
import PipelineKit
import Spool
import Synchronization
import Threads
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
}

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

/// One worker's part of a pipeline: pieces to articles for a worker process, and what came of them to products.
final class PieceWorker: PieceRunner {
  private let runner: any ArticleRunner
  private let digest: String
  private let subfolders: Subfolders

  init(_ runner: any ArticleRunner, digest: String, subfolders: Subfolders = .ignored) {
    self.runner = runner
    self.digest = digest
    self.subfolders = subfolders
  }

  func run(_ pieces: [Piece], more: () -> [Piece], done: (Product) -> Void) {
    var waiting = ArraySlice<Piece>()
    var began = ContinuousClock.now
    // Pieces without work come out behind those before them.
    func passSettled() {
      while case .settled(let ticket, let failure)? = waiting.first {
        waiting.removeFirst()
        done(Product(ticket: ticket, outcome: failure.map { .failed(named($0)) } ?? .nothing))
      }
    }
    func works(_ pieces: [Piece]) -> [ArticleWork] {
      waiting += pieces
      let works = pieces.compactMap { $0.work(subfolders) }
      if waiting.count == pieces.count { passSettled() }
      return works
    }
    runner.run(works(pieces), more: { works(more()) }) { outcome in
      guard let piece = waiting.popFirst() else { return }
      done(product(of: piece, outcome, elapsed: .now - began))
      began = .now
      passSettled()
    }
    passSettled()
  }

  private func named(_ failure: Failure) -> Failure {
    var failure = failure
    failure.digest = digest
    return failure
  }

  private func product(of piece: Piece, _ outcome: WorkOutcome, elapsed: Duration) -> Product {
    var ticket = piece.ticket
    // The identity of a file covers its content; a part has that of its file.
    func take(_ hash: [UInt8]) {
      if case .file = piece, hash.count == 32 { ticket.input.contentHash = hash }
    }
    switch outcome {
    case .record(let record):
      take(record.contentHash)
      return Product(ticket: ticket, outcome: .record(record), contentHash: record.contentHash, elapsed: elapsed)
    case .failure(let error):
      take(error.contentHash)
      let raw: [UInt8] = if case .line(_, let raw) = piece { raw.bytes } else { [] }
      let failure = Failure(stage: error.stage, class: error.class, message: error.message, digest: digest, raw: raw)
      return Product(ticket: ticket, outcome: .failed(failure), contentHash: error.contentHash, elapsed: elapsed)
    }
  }
}

extension Piece {
  fileprivate func work(_ subfolders: Subfolders) -> ArticleWork? {
    let arrival = now()
    func work(_ ticket: Ticket, _ content: ArticleWork.Content) -> ArticleWork {
      let path = ticket.input.name
      let parts = path.split(separator: UInt8(ascii: "/")).map(Array.init)
      var work = ArticleWork(
        name: parts.last ?? path, content, sequence: ticket.sequence, received: Array(UTC.extended(arrival).utf8),
        arrival: arrival)
      // An earlier run may have read folders.
      if subfolders != .ignored || parts.count > 1 { work.path = path }
      if subfolders == .tags { work.tags = parts.dropLast().map { Array(String(decoding: $0, as: UTF8.self).utf8) } }
      return work
    }
    switch self {
    case .file(let ticket, let bytes, let kind): return work(ticket, .file(bytes, kind))
    case .line(let ticket, let raw): return work(ticket, .part(raw))
    case .settled: return nil
    }
  }
}
