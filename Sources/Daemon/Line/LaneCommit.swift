import PipelineKit
import Spool
import StageKit

/// One pipeline's thread behind the workers: products come in arrival order, get what only the order decides, and go
/// to the writer.
struct LaneCommit {
  let lane: Int
  let input: Lane<Piece, Product>
  let writer: Writer

  /// Runs until the lane is finished and empty.
  ///
  /// - Parameter decider: has seen what stands in the outbox already.
  func run(_ decider: (any Decider)?) {
    while true {
      let products = input.take(atMost: 256)
      if products.isEmpty { return }
      writer.add(products.map { settlement(of: $0, decider) })
    }
  }

  private func settlement(of product: Product, _ decider: (any Decider)?) -> Settlement {
    let verdict: Settlement.Verdict
    switch product.outcome {
    case .cast(var cast): verdict = .record(cast.line(decider: decider))
    case .failed(let failure): verdict = .failure(failure)
    case .nothing: verdict = .nothing
    }
    let ticket = product.ticket
    return Settlement(
      lane: lane, input: ticket.input, part: ticket.part, sequence: ticket.sequence, verdict: verdict)
  }
}
