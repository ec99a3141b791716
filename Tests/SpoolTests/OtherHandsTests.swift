import Bytes
import Disk
import TestSupport
import Testing

@testable import Spool

/// The promise of `CrashTests` for the outbox while another program cuts, edits and takes away live files, under the
/// daemon and between a crash and the next start.
@Suite struct OtherHandsTests {
  /// The other program, and what it made away with.
  private final class Hand {
    private let test: TestSpool
    private var random: SeededGenerator
    var dropped: [String] = []
    /// Whole lines that were visible and are not in the outbox any more.
    private(set) var taken: [String] = []
    private(set) var notes: [String] = []
    private var count = 0

    init(_ test: TestSpool, seed: UInt64) {
      self.test = test
      random = SeededGenerator(state: seed)
    }

    private var live: Path { test.outbox / "news.jsonl" }

    /// Whole lines of articles; only the last one may lack its end.
    private func lines(_ text: String) -> [String] {
      text.split(separator: "\n").map(String.init).filter(dropped.contains)
    }

    /// Touches the live file in one of its ways, if there is one.
    func move() throws {
      try test.disk.undisturbed { () throws(DiskError) in
        guard let status = try test.disk.status(at: live) else { return }
        let file = try test.disk.open(live, for: .updating)
        defer { test.disk.close(file) }
        let text = String(decoding: try test.disk.readAll(file), as: UTF8.self)
        count += 1
        // Nobody writes behind half a line and leaves it whole.
        var way = random.below(5)
        if way < 2, text.last != "\n" { way = 4 }
        switch way {
        case 0:
          let note = "note-\(count) that nobody asked for, and that is rather long"
          try test.disk.write(Array("\(note)\n".utf8), to: file, at: status.size)
          notes.append(note)
        case 1: try test.disk.write(Array("torn-\(count)".utf8), to: file, at: status.size)
        case 2:
          var end = random.below(3) == 0 ? 0 : random.below(status.size + 1)
          // Only of the last line it is known that nothing but its end is missing.
          if end + 1 < status.size, Array(text.utf8)[end] == 0x0A { end += 1 }
          try test.disk.truncate(file, to: end)
          taken += lines(text).dropFirst(lines(String(decoding: text.utf8.prefix(end), as: UTF8.self)).count)
        case 3:
          try test.disk.rename(live, to: Path("/taken-\(count)"), replacing: false)
          taken += lines(text)
        default:
          // As `sed -i` does.
          let draft = try test.disk.open("/draft", for: .creating)
          try test.disk.truncate(draft, to: 0)
          defer { test.disk.close(draft) }
          let note = "note-\(count)"
          try test.disk.write(Array("\(note)\n\(text)".utf8), to: draft, at: 0)
          try test.disk.sync(draft)
          try test.disk.rename("/draft", to: live, replacing: true)
          notes.append(note)
        }
      }
    }
  }

  private func live(_ test: TestSpool, seed: UInt64, _ hand: Hand) throws {
    var random = SeededGenerator(state: seed)
    let spool = try test.open()
    try spool.commit(try test.takeLeftovers(spool), now: 900_000)
    for round in 0..<6 {
      for _ in 0..<random.below(3) {
        let line = "line-\(10 + hand.dropped.count)"
        try test.drop("\(line).txt", line)
        hand.dropped.append(line)
      }
      try spool.commit(try test.take(spool), now: 1_000_000 + Int64(round) * 40_000)
      if random.below(5) == 0 { try spool.seal(lane: 0, now: 1_000_000 + Int64(round)) }
      if random.below(4) == 0 { try spool.checkpoint() }
      if random.below(2) == 0 { try hand.move() }
    }
    if random.below(2) == 0 { try spool.close() }
  }

  /// - Parameter mayRepeat: lines that may stand in the outbox although they were taken: a last append of which no mark
  ///   tells, or after a power cut.
  private func check(_ test: TestSpool, _ hand: Hand, mayRepeat: Int, _ place: String) throws {
    let dropped = hand.dropped
    let names = try test.names(test.outbox)
    let texts = try names.map { try test.text(test.outbox / $0) ?? "" }
    #expect(!texts.contains { $0.contains("\0") }, "a hole, \(place)")
    let whole = texts.flatMap { $0.split(separator: "\n").map(String.init) }
    let wanted = Set(dropped).union(hand.notes)
    #expect(whole.allSatisfy(wanted.contains), "torn: \(Set(whole).subtracting(wanted)), \(place)")
    let lines = whole.filter { $0.hasPrefix("line") } + hand.taken
    #expect(Set(lines) == Set(dropped), "lost \(Set(dropped).subtracting(lines)), \(place)")
    #expect(lines.count <= dropped.count + mayRepeat, "twice \(lines.sorted()), \(place)")
  }

  /// Runs the same work again and again, stops it at each of its operations in turn, and lets the hand move before the
  /// next start.
  private func stopEverywhere(seed: UInt64, _ restart: SimulatedDisk.Restart) throws -> Int {
    var operation = 1
    while true {
      var test = TestSpool(seed: seed &* 1000 &+ UInt64(operation))
      test.settings.boot = Array("first".utf8)
      try test.disk.makeDirectories(test.inbox)
      test.disk.syncAll()
      test.disk.crash(at: test.disk.operations + operation)
      let hand = Hand(test, seed: seed &+ UInt64(operation))
      var crashed = false
      do { try live(test, seed: seed, hand) } catch { crashed = true }
      test.disk.restart(crashed ? restart : .afterKill)
      if case .afterPowerCut = restart, crashed { test.settings.boot = Array("second".utf8) }
      if operation % 2 == 0 {
        test.disk.syncAll()
        try hand.move()
      }
      // The way up is stopped too.
      for again in 1...2 {
        test.disk.crash(at: test.disk.operations + (operation * again) % 31 + 1)
        do { try test.settleEverything() } catch {}
        test.disk.restart(.afterKill)
      }
      try test.settleEverything()
      let mayRepeat = if case .afterKill = restart { crashed && operation % 2 == 0 ? 2 : 0 } else { Int.max / 2 }
      try check(test, hand, mayRepeat: mayRepeat, "seed \(seed), stop at operation \(operation), \(restart)")
      if !crashed { return operation - 1 }
      operation += 1
    }
  }

  @Test(arguments: 1...12 as ClosedRange<UInt64>) func killedAtEveryOperation(seed: UInt64) throws {
    #expect(try stopEverywhere(seed: seed, .afterKill) > 50)
  }

  /// What a hand took just before a power cut may come again, and nothing is lost, torn or holed.
  @Test(arguments: 1...6 as ClosedRange<UInt64>) func powerCutAtEveryOperation(seed: UInt64) throws {
    #expect(try stopEverywhere(seed: seed, .afterPowerCut) > 50)
  }
}
