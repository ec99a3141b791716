import Disk
import TestSupport
import Testing

@testable import Spool

/// A pipeline is renamed, or its inbox moves, with work in flight: what it left is taken over, each article once.
@Suite struct AdoptionTests {
  /// How the second run differs from the first.
  enum Change: CaseIterable {
    case renamed
    case inboxMoved
    /// To another disk, where claims and failures lie beside the inbox.
    case inboxOnAnotherDisk
    /// From another disk back to that of the root.
    case inboxBackFromAnotherDisk
    case renamedOnAnotherDisk
    case outboxMoved
    /// All lies in folders below the inbox.
    case inboxOfFoldersMoved
    case inboxOfFoldersOnAnotherDisk
  }

  private struct House {
    let test: TestSpool
    var before: LaneSettings
    var after: LaneSettings

    var disk: SimulatedDisk { test.disk }

    init(_ change: Change, seed: UInt64, inOrder: Bool = true) throws {
      test = TestSpool(seed: seed, inOrder: inOrder)
      before = LaneSettings(pipeline: "news", rollSize: .max)
      after = before
      switch change {
      case .renamed: after.pipeline = "headlines"
      case .inboxMoved: after.inbox = Array("wires".utf8)
      case .inboxOnAnotherDisk: after.inbox = Array("/other/in".utf8)
      case .inboxBackFromAnotherDisk: before.inbox = Array("/other/in".utf8)
      case .renamedOnAnotherDisk:
        before.inbox = Array("/other/in".utf8)
        after.inbox = Array("/third/in".utf8)
        after.pipeline = "headlines"
      case .outboxMoved: after.outbox = Array("lines".utf8)
      case .inboxOfFoldersMoved: after.inbox = Array("wires".utf8)
      case .inboxOfFoldersOnAnotherDisk:
        before.inbox = Array("/other/in".utf8)
        after.inbox = Array("/third/in".utf8)
      }
      if change == .inboxOfFoldersMoved || change == .inboxOfFoldersOnAnotherDisk {
        (before.readsFolders, after.readsFolders) = (true, true)
      }
      try disk.makeMount("/other", device: 2)
      try disk.makeMount("/third", device: 3)
    }

    func settings(_ lane: LaneSettings) -> SpoolSettings {
      var settings = test.settings
      settings.lanes = [lane]
      return settings
    }

    func write(_ name: String, _ content: String, in inbox: Path) throws {
      let inbox = before.readsFolders ? inbox / "desk/50%" : inbox
      try disk.makeDirectories(inbox)
      for directory in [inbox.directory.directory, inbox.directory] { try disk.syncDirectory(directory) }
      let file = try disk.open(inbox / name, for: .creating)
      defer { disk.close(file) }
      try disk.truncate(file, to: 0)
      try disk.write(Array(content.utf8), to: file, at: 0)
      try disk.sync(file)
      try disk.syncDirectory(inbox)
    }

    /// Everything that the inbox holds.
    func take(_ spool: Spool) throws -> [Settlement] {
      let lane = spool.lanes[0]
      var settlements: [Settlement] = []
      for claim in lane.leftovers {
        let (file, status) = try lane.claimer.reopen(claim)
        defer { disk.close(file) }
        settlements += test.settlements(spool, claim, try disk.readAll(file), inode: status.inode)
      }
      var names: [[UInt8]] = []
      if before.readsFolders {
        try InboxWalk(lane.places.inbox, disk).visit(entry: { name, _ in names.append(name) })
        names.sort { $0.lexicographicallyPrecedes($1) }
      } else {
        names = try disk.list(lane.places.inbox).filter { $0.first != UInt8(ascii: ".") }
      }
      for name in names {
        guard case .claimed(let claim, let file, let status) = try lane.claimer.claim(name) else { continue }
        defer { disk.close(file) }
        if name.hasSuffix(Array(".jsonl".utf8)) { try lane.claimer.makeDurable(claim) }
        settlements += test.settlements(spool, claim, try disk.readAll(file), inode: status.inode)
      }
      return settlements
    }

    /// The first run: something failed, something is done, a feed is settled by half, and more is in flight when the
    /// process is killed.
    func work() throws {
      let spool = try Spool.open(settings(before), disk)
      let inbox = spool.lanes[0].places.inbox
      try write("done.txt", "done", in: inbox)
      try write("broken.txt", "bad broken", in: inbox)
      try spool.commit(try take(spool), now: 1_000_000)
      try spool.checkpoint()
      try write("feed.jsonl", "one\ntwo\nbad three\nfour", in: inbox)
      try write("flight.txt", "flight", in: inbox)
      try write(String(repeating: "n", count: 251) + ".txt", "long", in: inbox)
      let settlements = try take(spool)
      let feed = settlements.filter { $0.part != .file }
      try spool.commit(Array(feed.prefix(2)), now: 1_000_000)
      try write("waits.txt", "waits", in: inbox)
      try write("new.txt", "old", in: inbox)
      disk.syncAll()
      disk.restart(.afterKill)
    }

    /// A run of the changed pipeline that ends by itself.
    ///
    /// - Parameter drops: whether a file of a name comes that waits in the former inbox too.
    func run(drops: Bool = false) throws {
      let spool = try Spool.open(settings(after), disk)
      let inbox = spool.lanes[0].places.inbox
      let place = inbox / (before.readsFolders ? "desk/50%/new.txt" : "new.txt")
      if drops { try write(try disk.status(at: place) == nil ? "new.txt" : "newer.txt", "new", in: inbox) }
      try spool.commit(try take(spool), now: 1_000_000)
      try spool.close()
    }

    @discardableResult
    func adopt(_ lanes: [LaneSettings] = []) throws -> SpoolAdoption.Outcome {
      let adoption = SpoolAdoption(root: TestSpool.root, lanes: lanes, disk, contentHash: { $0 }, report: { _ in })
      // Neither name nor inbox tells of both changes at once.
      let isPlain = before.pipeline == after.pipeline || before.inbox == after.inbox
      let known = try KnownPlaces.read(disk, state: TestSpool.root / "state", root: TestSpool.root)
      if isPlain || known?.successors.isEmpty == false { return try adoption.run() }
      return try adoption.run(.init(from: before.pipeline, into: after.pipeline))
    }

    /// The lines of all outboxes.
    func lines() throws -> [String] {
      var lines: [String] = []
      for folder in ["outbox", "lines"] {
        for name in try test.names(TestSpool.root / folder) {
          lines += (try test.text(TestSpool.root / folder / name) ?? "").split(separator: "\n").map(String.init)
        }
      }
      return lines.sorted()
    }

    /// Contents of everything anywhere but in `state/`, where it is neither an outbox nor done.
    func rest() throws -> [String] {
      var found: [String] = []
      for top in ["/other", "/third", TestSpool.root] as [Path] where try disk.status(at: top) != nil {
        for name in try disk.list(top) where !["state", "outbox", "lines", "done"].contains(name.text) {
          for path in try files(top / name) where !path.bytes.containsDone {
            found.append(try test.text(path) ?? "")
          }
        }
      }
      return found.sorted()
    }

    private func files(_ path: Path) throws -> [Path] {
      guard try disk.status(at: path)?.kind == .directory else {
        return path.name.hasSuffix(Array(".reason.json".utf8)) ? [] : [path]
      }
      return try disk.list(path).flatMap { try files(path / $0) }
    }

    func problems() throws -> [SpoolProblem] {
      var check = SpoolCheck(
        try SpoolView(root: TestSpool.root, disk), isRunning: false, classify: { _ in .record(sequence: nil) })
      return try check.run().problems
    }
  }

  private static let good = ["done", "flight", "four", "long", "new", "old", "one", "two", "waits"]
  private static let bad = ["bad broken", "bad three\n"]

  @Test(arguments: Change.allCases) func whatWasLeftIsTakenOver(_ change: Change) throws {
    let house = try House(change, seed: 1)
    try house.work()
    try house.run(drops: true)
    if change == .outboxMoved {
      #expect(try house.adopt().done.isEmpty)
    } else {
      let problems = try house.problems()
      #expect(!problems.isEmpty && problems.allSatisfy { $0.kind.rawValue.hasSuffix("_of_nobody") }, "\(problems)")
      let outcome = try house.adopt()
      #expect(!outcome.done.isEmpty && outcome.left.isEmpty, "\(outcome)")
    }
    #expect(try house.adopt().done.isEmpty)
    try house.run()
    let (lines, rest) = (try house.lines(), try house.rest())
    #expect(lines == Self.good)
    #expect(rest == Self.bad)
    #expect(try house.problems() == [])
    let repair = SpoolRepair(
      root: TestSpool.root, house.disk, contentHash: { $0 }, classify: { _ in .record(sequence: nil) },
      report: { Issue.record("\($0)") })
    #expect(try repair.run().left.isEmpty)
  }

  @Test(arguments: [Change.inboxOfFoldersMoved, .inboxOfFoldersOnAnotherDisk])
  func foldersAreKept(_ change: Change) throws {
    let house = try House(change, seed: 1)
    try house.work()
    try house.adopt([house.after])
    let inbox = TestSpool.root / house.after.inbox
    let places = try #require(
      try SpoolView(root: TestSpool.root, wanted: [house.after], house.disk).pipelines.first?.places)
    let claims = try ClaimName.list(house.disk, places.claimed)
    #expect(claims.count == 3)
    #expect(claims.allSatisfy { $0.name.starts(with: "desk/50%/".utf8) }, "\(claims)")
    #expect(try house.test.names(inbox / "desk/50%") == ["new.txt", "waits.txt"])
    let failed = try FailedDirectory.files(places.failed, house.disk)
    #expect(failed.contains(places.failed / "desk/50%/broken.txt"), "\(failed)")
    try house.run()
    let day = places.done / "1970-01-12"
    #expect(try house.test.names(day / "desk/50%").contains("flight.txt"))
  }

  /// What lay in folders would wait for ever in them.
  @Test func whoReadsNoFoldersGetsAllInItsInbox() throws {
    var house = try House(.inboxOfFoldersMoved, seed: 1)
    house.after.readsFolders = false
    try house.work()
    try house.adopt([house.after])
    #expect(try house.test.names(TestSpool.root / "wires") == ["new.txt", "waits.txt"])
  }

  @Test func aFormerInboxMayBecomeAFolderOfThePresentOne() throws {
    var house = try House(.inboxMoved, seed: 1)
    house.before.inbox = Array("in/desk".utf8)
    house.after.inbox = Array("in".utf8)
    house.after.readsFolders = true
    try house.work()
    try house.run(drops: true)
    #expect(try house.adopt().done.isEmpty)
    #expect(try house.problems().isEmpty)
  }

  /// The same inbox, written in another way.
  @Test(arguments: ["/other/./in", "/other//in/"]) func spellingIsNoMove(inbox: String) throws {
    var house = try House(.inboxBackFromAnotherDisk, seed: 1)
    house.after.inbox = Array(inbox.utf8)
    house.after.outbox = Array("./outbox".utf8)
    try house.work()
    try house.run(drops: true)
    let (lines, problems) = (try house.lines(), try house.problems())
    #expect(lines == Self.good)
    #expect(problems == [])
    #expect(try house.adopt().done.isEmpty)
  }

  /// Repair does it too, where it is plain who takes over.
  @Test(arguments: [Change.renamed, .inboxOnAnotherDisk]) func repairAdopts(_ change: Change) throws {
    let house = try House(change, seed: 1)
    try house.work()
    try house.run(drops: true)
    let repair = SpoolRepair(
      root: TestSpool.root, house.disk, contentHash: { $0 }, classify: { _ in .record(sequence: nil) }, report: { _ in }
    )
    let outcome = try repair.run()
    #expect(outcome.left.isEmpty && !outcome.repaired.isEmpty, "\(outcome)")
    try house.run()
    #expect(try house.lines() == Self.good)
  }

  /// Before the changed pipeline ever ran.
  @Test(arguments: Change.allCases) func thePipelinesMayBeGiven(_ change: Change) throws {
    let house = try House(change, seed: 1)
    try house.work()
    try house.adopt([house.after])
    try house.run(drops: true)
    let (lines, rest) = (try house.lines(), try house.rest())
    #expect(lines == Self.good)
    #expect(rest == Self.bad)
  }

  @Test func aPersonSaysWhoTakesOverWhereNothingTells() throws {
    let house = try House(.renamedOnAnotherDisk, seed: 1)
    try house.work()
    try house.run(drops: true)
    let adoption = SpoolAdoption(root: TestSpool.root, house.disk, contentHash: { $0 }, report: { _ in })
    let outcome = try adoption.run()
    #expect(outcome.done.isEmpty && outcome.left.count == 1)
    #expect(outcome.left.first?.contains("linecaster spool adopt --from news --into PIPELINE") == true, "\(outcome)")
    #expect(throws: SpoolError.self) { try adoption.run(.init(from: "news", into: "nobody")) }
    #expect(throws: SpoolError.self) { try adoption.run(.init(from: "nobody", into: "headlines")) }
    #expect(throws: SpoolError.self) { try adoption.run(.init(forget: "headlines")) }
    #expect(try !adoption.run(.init(from: "news", into: "headlines")).done.isEmpty)
    try house.run()
    #expect(try house.lines() == Self.good)
    #expect(try house.rest() == Self.bad)
    // It is remembered: a failed input of the old name can be tried again.
    #expect(
      try SpoolView(root: TestSpool.root, house.disk).successor(named: "news")?.places.pipeline.text == "headlines")
  }

  @Test func whatIsForgottenIsNotTold() throws {
    let house = try House(.renamedOnAnotherDisk, seed: 1)
    try house.work()
    try house.run(drops: true)
    let adoption = SpoolAdoption(root: TestSpool.root, house.disk, contentHash: { $0 }, report: { _ in })
    #expect(try adoption.run(.init(forget: "news")).left.isEmpty)
    #expect(try house.problems().isEmpty)
    try house.run()
    #expect(try house.problems().isEmpty)
  }

  /// Stops the adoption at each of its operations, and the one after it at another.
  private func crashEverywhere(_ change: Change, _ restart: SimulatedDisk.Restart, inOrder: Bool) throws -> Int {
    var operation = 1
    while true {
      let house = try House(change, seed: UInt64(operation), inOrder: inOrder)
      let lanes = [house.after]
      try house.work()
      try house.run(drops: true)
      house.disk.syncAll()
      house.disk.crash(at: house.disk.operations + operation)
      let ended = (try? house.adopt(lanes)) != nil
      house.disk.restart(restart)
      if !ended {
        // The next is a start of the daemon, or another try; stopped as well.
        house.disk.crash(at: house.disk.operations + operation * 7 % 31 + 1)
        if operation.isMultiple(of: 2) { try? house.run() } else { _ = try? house.adopt(lanes) }
        house.disk.restart(restart)
        house.disk.crash(at: nil)
      }
      try house.adopt()
      try house.run()
      let place = "\(change), operation \(operation), \(restart)"
      let (lines, rest) = (try house.lines(), try house.rest())
      #expect(lines == Self.good, "\(place)")
      #expect(rest == Self.bad, "\(place)")
      #expect(try house.problems() == [], "\(place)")
      if ended { return operation - 1 }
      operation += 1
    }
  }

  @Test(arguments: Change.allCases) func aKillAtAnyOperationLosesNothing(_ change: Change) throws {
    #expect(try crashEverywhere(change, .afterKill, inOrder: true) > 20)
  }

  @Test(arguments: Change.allCases, [true, false]) func aPowerCutAtAnyOperationLosesNothing(
    _ change: Change, inOrder: Bool
  ) throws {
    #expect(try crashEverywhere(change, .afterPowerCut, inOrder: inOrder) > 20)
  }

  /// The disk of the inbox is not there at the start that should have moved an input, and comes back.
  @Test func whatWasCommittedNeverRunsAgainWhenItsDiskComesBack() throws {
    let house = try House(.inboxBackFromAnotherDisk, seed: 1)
    let spool = try Spool.open(house.settings(house.before), house.disk)
    let places = spool.lanes[0].places
    try house.write("a.txt", "a", in: places.inbox)
    try spool.commit(try house.take(spool), now: 1_000_000)
    house.disk.syncAll()
    house.disk.restart(.afterKill)
    // As if the kill had come between the commit and the move.
    let done = places.done / "1970-01-12"
    try house.disk.makeDirectories(places.claimed)
    try house.disk.rename(done / "a.txt", to: places.claimed / "1.a.txt", replacing: false)
    try house.disk.rename("/other/in", to: "/other/away", replacing: false)
    try house.run()
    try house.run()
    // Nothing wrote there meanwhile.
    try house.disk.rename("/other/away", to: "/other/in", replacing: false)
    try house.adopt()
    try house.run()
    #expect(try house.lines() == ["a"])
  }
}

extension [UInt8] {
  fileprivate var text: String { String(decoding: self, as: UTF8.self) }
  fileprivate var containsDone: Bool { text.contains("/.linecaster/done/") }
}
