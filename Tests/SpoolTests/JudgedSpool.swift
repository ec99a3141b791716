import Bytes
import Disk
import TestSupport

@testable import Spool

/// A daemon of a few lines that stands between the workers and the journal, as one with outlets or a memory does: inputs
/// `x-0`, `x-1` and so on come in, and what they settle to is judged before it is committed.
struct JudgedSpool: CrashableHouse {
  /// Says at a time what becomes of settlements.
  typealias Judge = (_ settlements: [Settlement], _ now: Int64) throws -> [Settlement]

  var test: TestSpool
  /// Inputs so far.
  var dropped = 0
  /// Of a spool that was opened.
  let judge: (Spool) throws -> Judge

  var disk: SimulatedDisk { test.disk }

  init(_ test: TestSpool, judge: @escaping (Spool) throws -> Judge) throws {
    self.test = test
    self.judge = judge
    try disk.makeDirectories(test.inbox)
    disk.syncAll()
  }

  /// One run with drops in between; ends by itself or where the disk stops.
  ///
  /// - Parameter pause: seconds between two rounds.
  mutating func live(seed: UInt64, pause: Int64) throws {
    var random = SeededGenerator(state: seed)
    let spool = try test.open()
    let judge = try judge(spool)
    try spool.commit(try judge(try test.takeLeftovers(spool), 1000), now: 1000)
    for round in 0..<5 {
      for _ in 0..<random.below(5) {
        try test.drop("f\(1000 + dropped).txt", "x-\(dropped)")
        dropped += 1
      }
      let now = 1000 + Int64(round) * pause
      var settled = try judge(try test.take(spool, limit: 1 + random.below(4)), now)
      // A commit may end inside what was taken.
      while !settled.isEmpty {
        let count = 1 + random.below(settled.count)
        try spool.commit(Array(settled.prefix(count)), now: now)
        settled.removeFirst(count)
      }
      if random.below(3) == 0 { try spool.checkpoint() }
      if random.below(5) == 0 { try spool.seal(lane: 0, now: now) }
    }
    if random.below(2) == 0 { try spool.close() } else { spool.abandon() }
  }

  func settleEverything() throws {
    let spool = try test.open()
    let judge = try judge(spool)
    try spool.commit(try judge(try test.takeLeftovers(spool), 1300), now: 1300)
    try spool.commit(try judge(try test.take(spool), 1300), now: 1300)
    try spool.close()
  }

  /// Two runs, stopped at each of their operations.
  static func stopEverywhere(
    seed: UInt64, pause: Int64, _ restart: SimulatedDisk.Restart, _ make: (_ seed: UInt64) throws -> JudgedSpool,
    check: (JudgedSpool, String) throws -> Void
  ) throws {
    try CrashSweep(restart).run {
      try make(seed &* 1000 &+ UInt64($0))
    } work: { house in
      try house.live(seed: seed, pause: pause)
      // The second finds the first's spool as a process that went away leaves it.
      try house.live(seed: seed + 100, pause: pause)
    } recover: {
      try $0.settleEverything()
    } check: { house, _, place in
      try check(house, "seed \(seed), \(place)")
    }
  }
}
