import ArticleIO
import Bytes
import PipelineKit
import Spool
import Threads
import Workers

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
      work.earlier = ticket.earlier
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
