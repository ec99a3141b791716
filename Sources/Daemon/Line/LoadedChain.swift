import PipelineKit
import Threads
import Workers

/// A chain that runs, and what its pipeline's file says of single articles: from one file to the next another can take its
/// place.
final class LoadedChain: Sendable {
  let host: ChainHost
  let digest: String
  /// Larger files are refused: bytes.
  let maxInput: Int
  /// Bytes that stay free on the disks of inbox and outbox.
  let minFree: Int
  /// Articles a second at most; 0 for no limit.
  let rate: Double
  let choice: OutletChoice
  /// Names of its stages, in order, and what is done behind them.
  let stages: [String]
  let decider: LaneDecider
  /// Pieces in, products out in the same order.
  let line: OrderedQueue<Piece, Product>

  /// - Parameter decider: has seen what stands in the outbox already.
  init(_ hosted: HostedPipeline, _ decider: LaneDecider, on pool: WorkerPool) {
    let (pipeline, host, digest) = (hosted.pipeline, hosted.host, hosted.host.digest ?? "")
    self.host = host
    self.digest = digest
    maxInput = pipeline.inbox.maxInput
    minFree = pipeline.outbox.minFree
    rate = pipeline.inbox.rate
    choice = OutletChoice(pipeline.routing)
    stages = pipeline.chain.links.map(\.kind.name) + [PipelineCounts.rendering]
    self.decider = decider
    let subfolders = pipeline.inbox.subfolders
    line = pool.queue(
      threads: host.mostWorkers, makeRunner: { PieceWorker(host.makeRunner(), digest: digest, subfolders: subfolders) })
  }

  /// For tests of the threads around it.
  init(
    host: ChainHost, line: OrderedQueue<Piece, Product>, maxInput: Int = 1 << 20, minFree: Int = 0,
    decider: LaneDecider = LaneDecider(nil, in: DecisionOrder())
  ) {
    self.host = host
    digest = host.digest ?? ""
    self.maxInput = maxInput
    self.minFree = minFree
    rate = 0
    choice = OutletChoice(Routing())
    stages = []
    self.decider = decider
    self.line = line
  }
}
