import PipelineKit
import Spool
import StageKit
import Synchronization
import Threads
import Workers

/// One pipeline's thread behind the workers: products come in arrival order, get what only the order decides, and go
/// to the writer.
final class LaneCommit: Sendable {
  private let lane: Int
  private let chains: ChainSwitch
  private let writer: Writer
  private let steps = Atomic(0)
  private let isHandingOver = Atomic(false)

  init(lane: Int, chains: ChainSwitch, writer: Writer) {
    self.lane = lane
    self.chains = chains
    self.writer = writer
  }

  /// Runs until the lane is finished and empty. A chain is ended once all that it made is on its way.
  func run() {
    var last: LoadedChain?
    while let chain = chains.nextLine() {
      last?.host.stopAside()
      commit(chain)
      last = chain
    }
  }

  private func commit(_ chain: LoadedChain) {
    while true {
      let products = chain.line.take(atMost: 256)
      if products.isEmpty { return }
      // Held from a decision until it is in the writer's line: pipelines that share their state decide in the order in which the
      // journal gets to know of it.
      chain.decider.order.hold {
        let settled = products.map { product in
          steps.wrappingAdd(1, ordering: .relaxed)
          return settle(product, chain)
        }
        isHandingOver.store(true, ordering: .relaxed)
        writer.add(settled)
        isHandingOver.store(false, ordering: .relaxed)
      }
    }
  }

  /// The workers' part and its own; while it waits for the writer, the writer answers.
  func liveness(name: String, limit: Duration) -> Liveness.Part {
    Liveness.Part(
      name: "the pipeline ‘\(name)’", limit: limit,
      isBusy: { [self] in chains.underWay > 0 && !isHandingOver.load(ordering: .relaxed) },
      progress: { [self] in steps.load(ordering: .relaxed) })
  }

  private func settle(_ product: Product, _ chain: LoadedChain) -> Settled {
    var id: [UInt8] = []
    let verdict: Settlement.Verdict
    let ticket = product.ticket
    var decision = Decision(revisionOf: ticket.supersedes)
    var (outlet, discarded) = (Outlet.records, String?.none)
    switch product.outcome {
    case .record(let record):
      id = record.arrival.id
      do throws(HandoverProblem) {
        if let decider = chain.decider.decider, let handover = record.handover {
          var arrival = record.arrival
          arrival.supersedes = ticket.supersedes
          arrival.isDiscarded = record.destination.isDiscarded
          decision = try decider.decide(arrival, handover)
        }
        outlet = chain.choice.outlet(record.destination, decision)
        discarded = chain.choice.reason(record.destination)
        verdict = .record(record.parts.line(decision))
      } catch {
        verdict = .failure(Failure(stage: nil, class: FailureClass.handover.rawValue, message: error.message))
      }
    case .failed(let failure): verdict = .failure(failure)
    case .nothing: verdict = .nothing
    }
    var settlement = Settlement(
      lane: lane, input: ticket.input, part: ticket.part, sequence: ticket.sequence, verdict: verdict)
    settlement.partName = ticket.partName
    settlement.change = decision.change
    settlement.outlet = outlet
    var settled = Settled(
      settlement: settlement, id: id, discarded: discarded, contentHash: product.contentHash, elapsed: product.elapsed)
    settled.ready = ticket.ready
    settled.status = decision.status
    if case .record(let record) = product.outcome {
      settled.stages = zip(chain.stages, record.stageMicroseconds).map { (name: $0, microseconds: $1) }
    }
    return settled
  }
}

/// One decides at a time.
final class DecisionOrder: Sendable {
  private let turn = Mutex(())
  func hold(_ body: () -> Void) { turn.withLock { _ in body() } }
}
