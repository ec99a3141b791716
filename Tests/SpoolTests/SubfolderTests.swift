import Disk
import TestSupport
import Testing

@testable import Spool

/// Inputs from folders below the inbox: their path goes with them to the end.
@Suite struct SubfolderTests {
  private var test: TestSpool

  init() {
    test = TestSpool(seed: 1)
    test.settings.lanes[0].readsFolders = true
  }

  private func below(_ directory: Path) throws -> [String] {
    var found: [String] = []
    try InboxWalk(directory, test.disk).visit(entry: { path, _ in found.append(String(decoding: path, as: UTF8.self)) })
    return found.sorted()
  }

  // MARK: - Claims

  @Test(arguments: ["a.txt", "desk/a.txt", "desk/50%2F/a.txt", "a/b/c/d", "x%2Fy.txt", "17/a.txt", "@"])
  func aClaimKeepsThePath(name: String) throws {
    let disk = SimulatedDisk(seed: 1)
    let names = [
      Array(name.utf8),
      Array(("\(String(repeating: "f/", count: 60))\(name)\(String(repeating: "y", count: 200))").utf8),
    ]
    for (number, name) in names.enumerated() {
      let path = ClaimName.path(in: "/c", number: UInt64(number), name: name)
      try disk.makeDirectories("/c")
      try ClaimName.makeDirectories(of: path, in: "/c", disk)
      disk.close(try disk.open(path, for: .creating))
    }
    let found = try ClaimName.list(disk, "/c")
    #expect(found.map(\.number) == [0, 1] && found.map(\.name) == names)
  }

  @Test func whatIsNoClaimIsNone() {
    for name in ["17@", "17@a.txt", "17@a%2", "17@a%2Gb%2Fc", "17@%2Fa", "17@a%2F%2Fb", "x", "17x", "17."] {
      #expect(ClaimName.parse(Array(name.utf8)) == nil, "\(name)")
    }
  }

  // MARK: - Done and failed

  @Test func inputsOfOneNameInTwoFoldersDoNotClash() throws {
    for name in ["a/x.txt", "b/x.txt", "x.txt"] { try test.drop(name, "from \(name)") }
    try test.settleEverything()
    #expect(try test.outboxLines().sorted() == ["from a/x.txt", "from b/x.txt", "from x.txt"])
    #expect(try below(TestSpool.root / "done/news/1970-01-12") == ["a/x.txt", "b/x.txt", "x.txt"])
    try test.drop("a/x.txt", "again")
    try test.settleEverything()
    #expect(try below(TestSpool.root / "done/news/1970-01-12").contains("a/x~4.txt"))
  }

  @Test func aFileMayHaveTheNameOfAFolder() throws {
    for isBad in [false, true] {
      let mark = isBad ? "bad " : ""
      try test.drop("a", "\(mark)file")
      try test.settleEverything()
      try test.disk.makeDirectories(test.inbox / "a")
      try test.drop("a/x.txt", "\(mark)in the folder")
      try test.drop("a/y/z.jsonl", "one\n\(mark)two")
      try test.settleEverything()
    }
    #expect(try test.outboxLines().sorted() == ["file", "in the folder", "one", "one", "two"])
    let failed = try below(TestSpool.root / "failed").filter { !$0.hasSuffix(".reason.json") }
    #expect(failed == ["a", "x~5.txt", "z.line-2~6.jsonl"], "\(failed)")
    let done = try below(TestSpool.root / "done/news/1970-01-12")
    #expect(done == ["a", "x~2.txt", "z~3.jsonl", "z~6.jsonl"], "\(done)")
  }

  /// In one commit, where neither is on the disk yet.
  @Test func aFileMayFailWithAFolderOfItsName() throws {
    for order in [["a", "a/x.txt"], ["a/x.txt", "a"]] {
      var test = TestSpool(seed: 2)
      test.settings.lanes[0].readsFolders = true
      let spool = try test.open()
      var settled: [Settlement] = []
      for name in order {
        try test.drop(name, "bad \(name)")
        settled += try test.take(spool)
        try test.disk.undisturbed { () throws(DiskError) in
          for name in try test.disk.list(test.inbox) { try test.disk.remove(test.inbox / name) }
        }
      }
      try spool.commit(settled, now: 1)
      try spool.close()
      #expect(try Set(test.contents(under: TestSpool.root / "failed")) == ["bad a", "bad a/x.txt"])
    }
  }

  @Test func aFailureNamesThePath() throws {
    try test.drop([0x64, 0xFF] + Array("/x.txt".utf8), "bad")
    try test.drop("desk/m.jsonl", "one\nbad line")
    try test.settleEverything()
    let files = try FailedDirectory.files(TestSpool.root / "failed", test.disk).filter { !FailedDirectory.isReason($0) }
    #expect(files.map(\.description) == ["/spool/failed/desk/m.line-2.jsonl", "/spool/failed/d\\xff/x.txt"])
    let line = try #require(try test.text(FailedDirectory.reason(of: files[0])))
    #expect(line.contains("\"name\": \"m.jsonl\"") && line.contains("\"path\": \"desk/m.jsonl\""))
    #expect(line.contains("linecaster retry --root /spool /spool/failed/desk/m.line-2.jsonl"))
    let odd = try #require(try test.text(FailedDirectory.reason(of: files[1])))
    #expect(odd.contains("\"path_hex\": \"64ff2f782e747874\""))
  }

  // MARK: - Restarts

  /// An old journal knows names only; they are paths too.
  @Test func aPathStandsInTheJournalWhereANameStood() throws {
    let input = InputIdentity(claim: 1, name: Array("desk/a.txt".utf8), inode: 9, size: 3)
    let record = JournalRecord.batch(
      .init(time: 1, starts: [], entries: [.init(lane: 0, input: input, part: .file, outcome: .nothing)]))
    let bytes = record.encoded()
    var former: FormerLanes?
    #expect(try JournalRecord(bytes, 0..<bytes.count, version: JournalFile.version, former: &former) == record)
  }

  @Test func aClaimThatThePowerCutTookBackIsNotTakenTwice() throws {
    let spool = try test.open()
    try test.drop("desk/a.txt", "one")
    let settled = try test.take(spool)
    try spool.commit(settled, now: 1)
    // The rename was not on the disk; a producer moved the folder meanwhile.
    try test.disk.rename("/spool/done/news/1970-01-01/desk/a.txt", to: test.inbox / "desk/a.txt", replacing: false)
    try test.disk.rename(test.inbox / "desk", to: test.inbox / "north", replacing: false)
    test.disk.restart(.afterKill)
    try test.settleEverything()
    #expect(try test.outboxLines() == ["one"])
    #expect(try test.waiting() == [])
  }

  // MARK: - What is read

  @Test func linksDotFoldersAndUnfinishedOnesAreLeftAlone() throws {
    for name in ["a.txt", ".hidden/a.txt", "x.tmp/a.txt", "up.part/a.txt", "desk/b.txt", "desk/.c/c.txt"] {
      try test.drop(name, "x")
    }
    try test.drop("\(String(repeating: "d/", count: 16))deep.txt", "x")
    try test.drop("\(String(repeating: "d/", count: 17))deeper.txt", "x")
    try test.drop("\(String(repeating: "n", count: 250))/\(String(repeating: "n", count: 250))/e.txt", "x")
    var found: [String] = []
    var left: [String: InboxWalk.LeftOut] = [:]
    try InboxWalk(test.inbox, foreign: [test.inbox / "desk"], test.disk).visit(
      entry: { path, _ in found.append(String(decoding: path.suffix(10), as: UTF8.self)) },
      leftOut: { left[String(decoding: $0, as: UTF8.self)] = $1 })
    #expect(found.sorted() == ["a.txt", "d/deep.txt", "nnnn/e.txt"], "\(found)")
    #expect(left == [String(repeating: "d/", count: 16) + "d": .tooDeep], "\(left)")
  }

  @Test func aFolderThatBecameALinkIsNotFollowed() throws {
    try test.drop("desk/a.txt", "x")
    let spool = try test.open()
    try test.disk.rename(test.inbox / "desk", to: "/elsewhere", replacing: false)
    try test.disk.makeOther(test.inbox / "desk", .symbolicLink)
    guard case .gone = try spool.lanes[0].claimer.claim(Array("desk/a.txt".utf8)) else {
      Issue.record("claimed")
      return
    }
  }

  @Test func oldInputsGoWithTheirFolders() throws {
    var test = test
    test.settings.lanes[0].keepDone = 0
    test.settings.lanes[0].keepFailed = 0
    for name in ["a/b/x.txt", "y.txt"] { try test.drop(name, "good") }
    try test.drop("a/z.txt", "bad")
    let spool = try test.open()
    try spool.commit(try test.take(spool), now: 0)
    _ = try spool.retention.run(now: 10 * 86_400)
    #expect(try test.names(TestSpool.root / "done/news") == [])
    #expect(try test.names(TestSpool.root / "failed") == [])
  }
}
