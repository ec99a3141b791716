import Bytes
import Disk
import TestSupport
import Testing

@testable import Spool

/// The promise: each input ends once in the outbox and in `done/`, or once in `failed/` beside its reason, wherever
/// the process stops and whatever a power cut leaves.
@Suite struct CrashTests {
  private static let names = ["a.txt", "b.txt", "c\n.txt", "m.jsonl"]
  /// The last is too long for one name in `claimed/`.
  private static let paths = [
    "a.txt", "desk/a.txt", "desk/50%/m.jsonl",
    "\(String(repeating: "d", count: 120))/e/\(String(repeating: "x", count: 140)).txt",
  ]

  private struct House: CrashableHouse {
    var test: TestSpool
    /// Whether what is left after a stop is copied to another disk.
    var isCopied: Bool
    var dropped: [String: [String]] = [:]

    var disk: SimulatedDisk { test.disk }
    func afterStop() throws { if isCopied { try test.copyEverything() } }
  }

  /// One run of a daemon with drops in between; ends by itself or in the crash.
  private func live(
    _ test: TestSpool, seed: UInt64, names: [String], dropped: inout [String: [String]]
  ) throws {
    var random = SeededGenerator(state: seed)
    let spool = try test.open()
    try spool.commit(try test.takeLeftovers(spool), now: 900_000)
    for round in 0..<6 {
      for _ in 0..<random.below(3) {
        let number = dropped.count
        let name = names[random.below(4)]
        let isBad = random.below(5) == 0
        let lines =
          name.hasSuffix("m.jsonl")
          ? ["one-\(number)", "bad-\(number)", "two-\(number)"] : ["\(isBad ? "bad-" : "")x-\(number)"]
        let path = test.inbox / name
        if let old = try test.disk.undisturbed({ () throws(DiskError) in try test.disk.status(at: path) }), old.size > 0
        {
          continue
        }
        try test.drop(name, lines.joined(separator: "\n"))
        dropped["\(number)"] = lines
      }
      var settled = try test.take(spool, limit: 1 + random.below(3))
      // A commit may end inside a file.
      while !settled.isEmpty {
        let count = 1 + random.below(settled.count)
        try spool.commit(Array(settled.prefix(count)), now: 1_000_000 + Int64(round) * 40_000)
        settled.removeFirst(count)
      }
      if random.below(4) == 0 { try spool.seal(lane: 0, now: 1_000_000 + Int64(round)) }
      if random.below(4) == 0 { try spool.checkpoint() }
    }
    if random.below(2) == 0 { try spool.close() }
  }

  private func check(_ test: TestSpool, _ dropped: [String: [String]], _ place: String) throws {
    let wanted = dropped.values.flatMap { $0 }
    let good = wanted.filter { !$0.hasPrefix("bad") }.sorted()
    let lines = try test.outboxLines().sorted()
    #expect(lines == good, "outbox, \(place): lost \(Set(good).subtracting(lines)), twice or wrong \(lines)")
    let removesDone = test.settings.lanes[0].removesDone
    let files = dropped.values.map { $0.joined(separator: "\n") }
    let failedFiles = files.filter { $0.hasPrefix("bad") }
    let badLines = dropped.values.filter { $0.count > 1 }.flatMap { $0 }.filter { $0.hasPrefix("bad") }.map {
      $0 + "\n"
    }
    let done = try test.contents(under: TestSpool.root / "done").sorted()
    let goodFiles = files.filter { !$0.hasPrefix("bad") }.sorted()
    // A restart may keep what it finds settled.
    #expect(removesDone ? Set(done).isSubset(of: goodFiles) : done == goodFiles, "done, \(place)")
    let failed = try Set(test.contents(under: TestSpool.root / "failed"))
    #expect(
      failed == Set(failedFiles + badLines), "failed, \(place): \(failed.symmetricDifference(failedFiles + badLines))")
    for input in try FailedDirectory.files(TestSpool.root / "failed", test.disk) where !FailedDirectory.isReason(input)
    {
      #expect(try test.text(FailedDirectory.reason(of: input))?.hasPrefix("{") == true, "reason, \(place)")
    }
    #expect(try test.contents(under: TestSpool.root / "claimed").isEmpty, "claimed, \(place)")
    #expect(try test.waiting().isEmpty, "inbox, \(place)")
  }

  /// Runs the same work again and again, and stops it at each of its operations in turn.
  ///
  /// - Returns: at how many.
  @discardableResult
  func crashEverywhere(
    seed: UInt64, _ restart: SimulatedDisk.Restart, inOrder: Bool = true, removesDone: Bool = false,
    isCopied: Bool = false, names: [String] = CrashTests.names, readsFolders: Bool = false
  ) throws -> Int {
    try CrashSweep(restart, stops: 2, span: 23).run { operation -> House in
      var test = TestSpool(seed: seed &* 1000 &+ UInt64(operation), inOrder: inOrder)
      test.settings.lanes[0].removesDone = removesDone
      test.settings.lanes[0].readsFolders = readsFolders
      try test.disk.makeDirectories(test.inbox)
      test.disk.syncAll()
      return House(test: test, isCopied: isCopied)
    } work: { house in
      try live(house.test, seed: seed, names: names, dropped: &house.dropped)
    } recover: {
      try $0.test.settleEverything()
    } check: { house, _, place in
      try check(house.test, house.dropped, "seed \(seed), \(place)")
    }
  }

  @Test(arguments: 1...12 as ClosedRange<UInt64>) func killedAtEveryOperation(seed: UInt64) throws {
    try crashEverywhere(seed: seed, .afterKill)
  }

  /// A backup, or a move to another disk: no inode is what it was.
  @Test(arguments: 1...12 as ClosedRange<UInt64>) func killedAndCopied(seed: UInt64) throws {
    try crashEverywhere(seed: seed, .afterKill, isCopied: true)
  }

  @Test(arguments: 1...12 as ClosedRange<UInt64>) func powerCutAtEveryOperation(seed: UInt64) throws {
    try crashEverywhere(seed: seed, .afterPowerCut)
  }

  @Test(arguments: 1...12 as ClosedRange<UInt64>) func powerCutWhereNothingIsInOrder(seed: UInt64) throws {
    try crashEverywhere(seed: seed, .afterPowerCut, inOrder: false)
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>) func powerCutWhereInputsAreRemoved(seed: UInt64) throws {
    try crashEverywhere(seed: seed, .afterPowerCut, inOrder: false, removesDone: true)
  }

  @Test(arguments: 1...12 as ClosedRange<UInt64>) func killedWithInputsInFolders(seed: UInt64) throws {
    try crashEverywhere(seed: seed, .afterKill, names: Self.paths, readsFolders: true)
  }

  @Test(arguments: 1...12 as ClosedRange<UInt64>) func powerCutWithInputsInFolders(seed: UInt64) throws {
    try crashEverywhere(
      seed: seed, .afterPowerCut, inOrder: seed % 3 == 0, names: Self.paths, readsFolders: true)
  }

  /// Their claims have directories of their own.
  @Test(arguments: 1...4 as ClosedRange<UInt64>) func powerCutWhereNamesAreLong(seed: UInt64) throws {
    let long = String(repeating: "l", count: 246)
    try crashEverywhere(
      seed: seed, .afterPowerCut, inOrder: false,
      names: ["\(long)a.txt", "\(long)b.txt", "c.txt", "\(long)m.jsonl"])
  }

  /// The right size, and not the bytes: found by a soak run.
  @Test func aTornReasonIsWrittenAgain() throws {
    try crashEverywhere(seed: 525_552_462_164, .afterPowerCut, inOrder: false)
  }
}
