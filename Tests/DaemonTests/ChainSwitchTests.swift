import Testing
import Threads
import Workers

@testable import Daemon

/// One chain after the other, without threads.
@Suite struct ChainSwitchTests {
  private func chain(_ pool: WorkerPool) throws -> LoadedChain {
    LoadedChain(
      host: try ChainHost(TestHouse.pipeline(), in: .here) { _ in },
      line: pool.queue { (piece: Piece) in Product(ticket: piece.ticket, outcome: .nothing) })
  }

  @Test func theCommitTakesChainsInTheOrderOfTheIntake() throws {
    let pool = try WorkerPool(workers: 1)
    defer { pool.stop() }
    let (first, second, third) = (try chain(pool), try chain(pool), try chain(pool))
    let chains = ChainSwitch(first)
    #expect(chains.takeNext() == nil)
    #expect(chains.offer(second) == nil && chains.next === second && chains.current === first)
    // It was never taken up: whoever offered another one ends it.
    #expect(chains.offer(third) === second)
    #expect(chains.takeNext() === third && chains.current === third && chains.next == nil)
    #expect(chains.waitUntilCurrent(third, until: .now))
    #expect(!chains.waitUntilCurrent(second, until: .now))
    chains.finish()
    #expect(chains.nextLine() === first && chains.nextLine() === third && chains.nextLine() == nil)
  }

  @Test func oneThatNoFileTookUpIsGivenBack() throws {
    let pool = try WorkerPool(workers: 1)
    defer { pool.stop() }
    let (first, second) = (try chain(pool), try chain(pool))
    let chains = ChainSwitch(first)
    _ = chains.offer(second)
    chains.finish()
    #expect(chains.finishedWithoutNext() === second && chains.finishedWithoutNext() == nil)
  }
}
