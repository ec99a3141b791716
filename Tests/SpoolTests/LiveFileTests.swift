import Disk
import Glibc
import Synchronization
import Testing

@testable import Spool

/// What other programs do to the live file, under the daemon and while it is down.
@Suite struct LiveFileTests {
  private static let live: Path = "/spool/outbox/news.jsonl"

  /// A spool that tells what it reports.
  private final class House {
    var test: TestSpool
    private let said = Said()
    private var count = 0

    init(seed: UInt64 = 1) {
      test = TestSpool(seed: seed)
      test.settings.boot = Array("boot".utf8)
      let said = said
      test.settings.report = { severity, message in if severity != .info { said.add(message) } }
    }

    var reports: [String] { said.all }

    /// Lines that go through, one input each.
    func commit(_ spool: Spool, _ lines: String...) throws {
      for line in lines {
        count += 1
        try test.drop("\(count).txt", line)
      }
      try spool.commit(try test.take(spool), now: 1_000_000)
    }

    func live() throws -> String? { try test.text(LiveFileTests.live) }

    func sealed() throws -> [String] {
      try test.names(test.outbox).filter { $0 != "news.jsonl" }.map { try test.text(test.outbox / $0) ?? "" }
    }

    func write(_ text: String, at offset: Int? = nil) throws {
      try test.disk.undisturbed { () throws(DiskError) in
        let file = try test.disk.open(LiveFileTests.live, for: .appending)
        defer { test.disk.close(file) }
        if let offset {
          try test.disk.write(Array(text.utf8), to: file, at: offset)
        } else {
          try test.disk.append(Array(text.utf8), to: file)
        }
      }
    }

    func cut(to length: Int) throws {
      try test.disk.undisturbed { () throws(DiskError) in
        let file = try test.disk.open(LiveFileTests.live, for: .updating)
        defer { test.disk.close(file) }
        try test.disk.truncate(file, to: length)
      }
    }

    /// As `sed -i` and many editors do.
    func replace(with text: String) throws {
      try test.disk.undisturbed { () throws(DiskError) in
        let file = try test.disk.open("/draft", for: .creatingNew)
        defer { test.disk.close(file) }
        try test.disk.write(Array(text.utf8), to: file, at: 0)
        try test.disk.rename("/draft", to: LiveFileTests.live, replacing: true)
      }
    }
  }

  private final class Said: Sendable {
    private let lines = Mutex<[String]>([])
    func add(_ line: String) { lines.withLock { $0.append(line) } }
    var all: [String] { lines.withLock { $0 } }
  }

  enum Way: CaseIterable { case running, stopped, killed }

  /// Two lines, then the hand, then a line: under the daemon, over a clean stop, or over a kill.
  private func run(_ house: House, _ way: Way, _ hand: () throws -> Void) throws {
    let spool = try house.test.open()
    try house.commit(spool, "first", "second")
    switch way {
    case .running: try hand()
    case .stopped:
      try spool.close()
      try hand()
    case .killed:
      house.test.disk.restart(.afterKill)
      try hand()
    }
    let next = way == .running ? spool : try house.test.open()
    try house.commit(next, "third")
    try next.close()
    // Another start changes nothing.
    let before = (try house.live(), try house.sealed(), house.reports)
    try house.test.open().close()
    #expect(try (house.live(), house.sealed()) == (before.0, before.1) && house.reports == before.2)
  }

  @Test(arguments: Way.allCases) func aFileThatWasEmptiedIsBegunAnew(way: Way) throws {
    let house = House()
    try run(house, way) { try house.cut(to: 0) }
    #expect(try house.live() == "third\n")
    #expect(try house.sealed() == [])
    #expect(house.reports.count == 1 && house.reports[0].contains("was cut from 13 to 0 bytes"), "\(house.reports)")
  }

  /// In the middle of the second line.
  @Test(arguments: Way.allCases) func whatIsLeftOfACutFileIsSealed(way: Way) throws {
    let house = House()
    try run(house, way) { try house.cut(to: 9) }
    #expect(try house.live() == "third\n")
    #expect(try house.sealed() == ["first\n"])
    #expect(house.reports.count == 1, "\(house.reports)")
    #expect(house.reports.first?.contains("the 3 bytes of half a line") == true)
  }

  @Test(arguments: Way.allCases) func foreignLinesStayInAFileOfTheirOwn(way: Way) throws {
    let house = House()
    try run(house, way) { try house.write("a note, longer than any line that follows\n") }
    #expect(try house.live() == "third\n")
    #expect(try house.sealed() == ["first\nsecond\na note, longer than any line that follows\n"])
    #expect(house.reports.count == 1 && house.reports[0].contains("42 bytes more"), "\(house.reports)")
  }

  @Test(arguments: Way.allCases) func halfAForeignLineHurtsNoOtherLine(way: Way) throws {
    let house = House()
    try run(house, way) { try house.write("no end") }
    #expect(try house.live() == "third\n")
    #expect(try house.sealed() == ["first\nsecond\n"])
  }

  /// Some editors leave the last line end out; the line is whole all the same.
  @Test(arguments: Way.allCases) func aLineWithoutItsEndIsNotLost(way: Way) throws {
    let house = House()
    try run(house, way) { try house.cut(to: 12) }
    #expect(try house.live() == "third\n")
    #expect(try house.sealed() == ["first\nsecond\n"])
  }

  @Test(arguments: Way.allCases) func aFileInItsPlaceIsSealed(way: Way) throws {
    let house = House()
    try run(house, way) { try house.replace(with: "FIRST\nsecond\n") }
    #expect(try house.live() == "third\n")
    #expect(try house.sealed() == ["FIRST\nsecond\n"])
    #expect(house.reports.count == 1 && house.reports[0].contains("was replaced"), "\(house.reports)")
  }

  @Test(arguments: Way.allCases) func aFileThatIsGoneTakesItsLinesAlong(way: Way) throws {
    let house = House()
    try run(house, way) { try house.test.disk.rename(Self.live, to: "/rotated", replacing: false) }
    #expect(try house.test.text("/rotated") == "first\nsecond\n")
    #expect(try house.live() == "third\n")
    #expect(try house.sealed() == [])
    #expect(house.reports.count == 1 && house.reports[0].contains("renamed or deleted"), "\(house.reports)")
  }

  /// logrotate's `create`, and `mv` with `touch`.
  @Test(arguments: Way.allCases) func anEmptyFileInItsPlaceIsTaken(way: Way) throws {
    let house = House()
    try run(house, way) {
      try house.test.disk.rename(Self.live, to: "/rotated", replacing: false)
      try house.write("")
    }
    #expect(try house.test.text("/rotated") == "first\nsecond\n")
    #expect(try house.live() == "third\n")
  }

  /// The length stays: only the time tells. After a kill nothing does, and the line is as the journal has it.
  @Test(arguments: [Way.running, .stopped]) func anEditInPlaceIsTold(way: Way) throws {
    let house = House()
    try run(house, way) { try house.write("FIRST", at: 0) }
    #expect(try house.live() == "third\n")
    #expect(try house.sealed() == ["FIRST\nsecond\n"])
    #expect(house.reports.count == 1 && house.reports[0].contains("was edited"), "\(house.reports)")
  }

  @Test func timesThatChangeByThemselvesAreBelievedThreeTimes() throws {
    let house = House()
    let spool = try house.test.open()
    for line in 1...9 {
      try house.commit(spool, "line \(line)")
      try house.write("line", at: 0)
    }
    #expect(try house.sealed() == ["line 1\n", "line 2\n", "line 3\n"])
    #expect(try house.live() == (4...9).map { "line \($0)\n" }.joined())
    #expect(house.reports.count == 4, "\(house.reports)")
  }

  @Test func aLinkOrADirectoryInItsPlaceIsRefusedWithTheMend() throws {
    for kind in [FileStatus.Kind.symbolicLink, .directory, .fifo] {
      for isRunning in [false, true] {
        let house = House()
        let spool = try house.test.open()
        try house.commit(spool, "first")
        if !isRunning { try spool.close() }
        try house.test.disk.rename(Self.live, to: "/old", replacing: false)
        try house.test.disk.makeOther(Self.live, kind)
        try house.test.drop("later.txt", "second")
        let error = #expect(throws: SpoolError.self) { try house.commit(isRunning ? spool : try house.test.open()) }
        guard case .layout(let message) = error else {
          Issue.record("\(String(describing: error))")
          continue
        }
        #expect(message.contains("/spool/outbox/news.jsonl is a"))
        #expect(message.contains(kind == .symbolicLink ? "outbox: {path: …}" : "move it away"))
        // Nothing is lost by it.
        house.test.disk.restart(.afterKill)
        try house.test.disk.remove(Self.live)
        try house.test.settleEverything()
        #expect(try house.test.outboxLines() == ["second"])
      }
    }
  }

  /// A copy has other inodes: what it lacks came too late for whoever copied it, and was not cut.
  @Test func aCopyOfARunningSpoolIsCompleted() throws {
    let house = House()
    let spool = try house.test.open()
    try house.commit(spool, "first", "second")
    let disk = house.test.disk
    func copy(_ from: Path, to: Path) throws {
      guard try disk.status(at: from)?.kind == .directory else {
        let (source, target) = (try disk.open(from, for: .reading), try disk.open(to, for: .creating))
        let bytes = try disk.readAll(source)
        return try disk.write(from == Self.live ? Array(bytes.prefix(6)) : bytes, to: target, at: 0)
      }
      try disk.makeDirectory(to)
      for name in try disk.list(from) { try copy(from / name, to: to / name) }
    }
    try copy("/spool", to: "/copy")
    var settings = house.test.settings
    settings.root = "/copy"
    try Spool.open(settings, disk).close()
    #expect(try house.test.text("/copy/outbox/news.jsonl") == "first\nsecond\n")
    _ = spool
  }

  /// A file system that lost bytes in its own trouble is no program that cut them.
  @Test func whatTheDiskLostIsWrittenAgain() throws {
    let house = House()
    let spool = try house.test.open()
    try house.commit(spool, "first", "second")
    house.test.disk.restart(.afterPowerCut)
    try house.test.open().close()
    #expect(try house.test.outboxLines() == ["first", "second"])
    #expect(house.reports == [])
    _ = spool
  }

  /// An append that failed half way is taken up where it stopped.
  @Test func aFailedAppendLeavesNoHalfLine() throws {
    for operation in 1...12 {
      let house = House(seed: UInt64(operation))
      house.test.settings.wait = { _ in true }
      let spool = try house.test.open()
      try house.commit(spool, "first")
      let settled = try {
        try house.test.drop("x.txt", "second and longer")
        return try house.test.take(spool)
      }()
      house.test.disk.fail(at: house.test.disk.operations + operation, code: ENOSPC)
      guard (try? spool.commit(settled, now: 1)) != nil else { continue }
      #expect(try house.live() == "first\nsecond and longer\n", "error at operation \(operation)")
    }
  }
}
