import Disk
import Glibc
import Logging
import PipelineKit
import Spool
import StageKit
import TestSupport
import Testing
import Threads
import Workers

@testable import Daemon

/// An intake over a simulated disk; the workers only let pieces through.
@Suite struct IntakeTests {
  private let disk = SimulatedDisk(seed: 1)
  private let queue = ReadyQueue()

  private func drop(_ name: String) throws {
    let file = try disk.open("/spool/inbox" / name, for: .creating)
    try disk.write(Array("text".utf8), to: file, at: 0)
    disk.close(file)
  }

  /// Runs an intake to its end.
  ///
  /// - Returns: names in the order they came out, and what was said.
  private func run(
    minFree: Int = 0, _ spool: Spool? = nil, onMessage: @escaping @Sendable (String) -> Void = { _ in }
  ) throws -> (names: [String], said: [String]) {
    let spool = try spool ?? open()
    let said = Said(onMessage)
    let log = Logger(label: "test") { _ in Listener(said: said) }
    let pool = try WorkerPool(workers: 1)
    let line = pool.queue { (piece: Piece) in
      switch piece {
      case .settled(let ticket, let failure?): Product(ticket: ticket, outcome: .failed(failure))
      case .file(let ticket, _, _), .line(let ticket, _), .settled(let ticket, nil):
        Product(ticket: ticket, outcome: .nothing)
      }
    }
    let chain = LoadedChain(
      host: try ChainHost(TestHouse.pipeline(), in: .here) { _ in }, line: line, minFree: minFree)
    var intake = Intake(
      spool, number: 0, disk, queue: queue, chains: ChainSwitch(chain),
      freeSpace: FreeSpace(disk, ["/spool"], wanted: minFree), settle: .zero,
      finished: nil, counts: RunCounts(), log: log)
    queue.finish()
    intake.run()
    var names: [String] = []
    while true {
      let products = line.take()
      if products.isEmpty { break }
      names += products.map { product in
        let name = String(decoding: product.ticket.input.name, as: UTF8.self)
        if case .failed(let failure) = product.outcome { return "\(name): \(failure.class)" }
        return name
      }
    }
    pool.stop()
    return (names, said.all)
  }

  private func open() throws -> Spool {
    var settings = SpoolSettings(root: "/spool", lanes: [.init(pipeline: "news")], contentHash: { $0 })
    settings.boot = [0x31]
    return try Spool.open(settings, disk)
  }

  @Test func pausesBeforeTheDiskIsFullAndGoesOnByItself() throws {
    let spool = try open()
    try drop("a.txt")
    queue.add([Array("a.txt".utf8)])
    disk.setSpace(Space(free: 7 << 20, total: 1 << 40))
    let disk = disk
    let (names, said) = try run(minFree: 8 << 20, spool) { message in
      // Nothing was claimed while the intake is paused.
      if message.contains("paused") {
        #expect((try? disk.list("/spool/inbox").count) == 1)
        disk.setSpace(Space(free: 8 << 20, total: 1 << 40))
      }
    }
    #expect(names == ["a.txt"])
    #expect(said.count { $0.contains("intake is paused: 7 MiB are free") } == 1)
    #expect(said.contains { $0.contains("goes on") })
  }

  @Test func theDefaultGivesWayOnSmallDisksOnly() {
    let usual = FreeSpace(disk, [], wanted: 1 << 30)
    #expect(usual.limit(on: Space(free: 0, total: 100 << 20)) == 5 << 20)
    #expect(usual.limit(on: Space(free: 0, total: 1 << 40)) == 1 << 30)
    #expect(FreeSpace(disk, [], wanted: 50 << 20).limit(on: Space(free: 0, total: 100 << 20)) == 50 << 20)
  }

  @Test func aClaimThatTheDiskRefusedIsTriedAgain() throws {
    let spool = try open()
    for name in ["a.txt", "b.txt"] {
      try drop(name)
      queue.add([Array(name.utf8)])
    }
    for fault in 1...2 { disk.fail(at: disk.operations + fault, code: EIO) }
    let (names, said) = try run(spool)
    #expect(names.sorted() == ["a.txt", "b.txt"])
    #expect(said.count { $0.contains("waits: cannot rename") } == 2)
  }

  @Test func aClaimThatNeverWorksIsLeftWhereItIs() throws {
    let spool = try open()
    try drop("a.txt")
    queue.add([Array("a.txt".utf8)])
    for fault in 1...2000 { disk.fail(at: disk.operations + fault, code: EROFS) }
    let queue = queue
    let (names, _) = try run(spool) { message in
      // The test need not wait for all attempts.
      if message.contains("waits: ") { queue.abort() }
    }
    #expect(names == [])
    #expect(try disk.list("/spool/inbox").count == 1)
  }

  /// Each of them would hold up all behind it for longer and longer, if they shared one pause.
  @Test(.timeLimit(.minutes(5))) func filesThatCannotBeMovedHoldUpNoOther() throws {
    let spool = try open()
    for number in 0..<30 {
      try drop("\(number).txt")
      try disk.setImmutable(true, "/spool/inbox" / "\(number).txt")
    }
    for number in 30..<40 { try drop("\(number).txt") }
    queue.add((0..<40).map { Array("\($0).txt".utf8) })
    let (names, said) = try run(spool)
    #expect(names == (30..<40).map { "\($0).txt" })
    #expect(try disk.list("/spool/inbox").count == 30)
    for number in 0..<30 {
      #expect(said.count { $0.contains("/\(number).txt waits: it has the immutable attribute") } == 1)
    }
  }

  @Test func ofVeryManyFilesWithOneReasonTheFirstAreTold() throws {
    let spool = try open()
    for number in 0..<300 {
      try drop("\(number).txt")
      try disk.setImmutable(true, "/spool/inbox" / "\(number).txt")
    }
    queue.add((0..<300).map { Array("\($0).txt".utf8) })
    let said = try run(spool).said
    #expect(said.count { $0.contains("immutable attribute") } == 100)
    #expect(said.count { $0.contains("further files in /spool/inbox wait for the same reason") } == 1)
  }
}
