import Disk
import TestSupport
import Testing

@testable import Spool

@Suite struct InboxTests {
  @Test func unfinishedNamesAreNeverTouched() {
    let rules = NameRules(accept: [])
    for name in [".a", "a.tmp", "a.txt.part", "a.partial", "a.crdownload", "a~"] {
      #expect(rules.verdict(on: Array(name.utf8)) == .unfinished, "\(name)")
    }
    #expect(rules.verdict(on: Array("a.txt".utf8)) == .accepted)
    #expect(rules.verdict(on: [0xFF, 0x0A]) == .accepted)
  }

  @Test func patternsAreHeldAgainstBytes() {
    let rules = NameRules(accept: ["*.txt", "page-?.html", "[a-c]*.json", "x[!0-9]", "*.[", "q\\*"])
    func accepts(_ name: String) -> Bool { rules.verdict(on: Array(name.utf8)) == .accepted }
    for name in [
      "a.txt", ".txt.txt.txt".replacing(".", with: "x") + ".txt", "page-1.html", "banana.json", "xy", "a.[", "q*",
    ] {
      #expect(accepts(name), "\(name)")
    }
    for name in ["a.txt.gz", "page-12.html", "zebra.json", "x7", "q1"] { #expect(!accepts(name), "\(name)") }
    #expect(rules.verdict(on: [0xFF] + Array(".txt".utf8)) == .accepted)
  }

  /// Many feeds write names in capitals. What stands before the ending keeps its case.
  @Test func endingsFitInAnyCase() {
    let rules = NameRules(accept: ["*.txt", "Wire-*.json.gz", "*.HTM", "desk.v2-?.xml", "README"])
    func verdict(_ name: String) -> NameRules.Verdict { rules.verdict(on: Array(name.utf8)) }
    for name in ["REPORT.TXT", "a.Txt", "Wire-7.JSON.GZ", "Wire-7.json.Gz", "page.htm", "desk.v2-1.XML", "README"] {
      #expect(verdict(name) == .accepted, "\(name)")
    }
    for name in ["WIRE-7.json.gz", "a.txtx", "TXT", "desk.V2-1.xml", "readme"] {
      #expect(verdict(name) == .notAccepted, "\(name)")
    }
    for name in ["A.TXT.TMP", "A.Part", "A.CRDOWNLOAD"] { #expect(verdict(name) == .unfinished, "\(name)") }
    let sets = NameRules(accept: ["*.x[a-c]", "*.[!t]mp3"])
    #expect(["1.XB", "1.aMP3"].allSatisfy { sets.verdict(on: Array($0.utf8)) == .accepted })
    #expect(["1.XD", "1.Tmp3"].allSatisfy { sets.verdict(on: Array($0.utf8)) == .notAccepted })
  }

  @Test func partsOfFilesInCapitalsAreNamedForWhatTheyAre() {
    #expect(ReasonFile.partName(Array("WIRE.JSONL.GZ".utf8), "line", 3) == Array("WIRE.line-3.JSONL".utf8))
    #expect(ReasonFile.partName(Array("WIRE.XML".utf8), "item", 3) == Array("WIRE.item-3.XML".utf8))
  }

  @Test func aMarkerMayBeInCapitals() throws {
    var test = TestSpool(seed: 1)
    test.settings.lanes[0].hasMarkers = true
    let spool = try test.open()
    try test.drop("WIRE.TXT", "text")
    try test.drop("WIRE.TXT.DONE", "")
    #expect(Marker.input(of: Array("WIRE.TXT.DONE".utf8)) == Array("WIRE.TXT".utf8))
    #expect(Marker.exists(of: Array("WIRE.TXT".utf8), in: test.inbox, test.disk))
    guard case .claimed = try spool.lanes[0].claimer.claim(Array("WIRE.TXT".utf8)) else {
      Issue.record("not claimed")
      return
    }
    #expect(try test.names(test.inbox) == [])
  }

  @Test func whatIsNoFileIsLeftAlone() throws {
    let test = TestSpool(seed: 1)
    let spool = try test.open()
    for (name, kind) in [("l.txt", FileStatus.Kind.symbolicLink), ("f.txt", .fifo), ("d.txt", .directory)] {
      try test.disk.makeOther(test.inbox / name, kind)
      guard case .notAFile(let status) = try spool.lanes[0].claimer.claim(Array(name.utf8)) else {
        Issue.record("\(name) was claimed")
        continue
      }
      #expect(status.kind == kind)
      #expect(try test.disk.status(at: test.inbox / name) != nil)
    }
    guard case .gone = try spool.lanes[0].claimer.claim(Array("none".utf8)) else {
      Issue.record("nothing was claimed")
      return
    }
  }

  @Test func strangeNamesKeepTheirBytesAllTheWay() throws {
    let test = TestSpool(seed: 1)
    let names: [[UInt8]] = [
      Array("line\nend.txt".utf8), [0xFF, 0xFE, 0x2E], Array("3.x".utf8), [UInt8](repeating: 0x61, count: 255),
      Array(" ".utf8),
    ]
    for name in names { try test.drop(name, "content of \(name.count)") }
    try test.settleEverything()
    #expect(try Set(test.disk.list(TestSpool.root / "done/news/1970-01-12")) == Set(names))
    #expect(try test.disk.list(TestSpool.root / "claimed/news").isEmpty)
  }

  @Test func doneIsNeverOverwritten() throws {
    let test = TestSpool(seed: 1)
    for content in ["first", "second", "third"] {
      try test.drop("a.txt", content)
      try test.settleEverything()
    }
    #expect(try test.contents(under: TestSpool.root / "done").sorted() == ["first", "second", "third"])
    #expect(try test.names(TestSpool.root / "done/news/1970-01-12").contains("a~2.txt"))
  }

  @Test func failedKeepsEachInputBesideItsReason() throws {
    let test = TestSpool(seed: 1)
    for content in ["bad one", "bad two"] {
      try test.drop("a.txt", content)
      try test.settleEverything()
    }
    try test.drop("m.jsonl", "good\nbad line\nfine")
    try test.settleEverything()
    #expect(
      try test.names(TestSpool.root / "failed") == [
        "a.txt", "a.txt.reason.json", "a~2.txt", "a~2.txt.reason.json", "m.line-2.jsonl", "m.line-2.jsonl.reason.json",
      ])
    let reason = try #require(try test.text(TestSpool.root / "failed/m.line-2.jsonl.reason.json"))
    #expect(reason.contains("\"line\": 2") && reason.contains("\"message\": \"it is bad\""))
    #expect(reason.contains("\"retry\": \"linecaster retry --root /spool /spool/failed/m.line-2.jsonl\""))
    #expect(try test.outboxLines() == ["good", "fine"])
  }

  @Test func shortensNamesThatGrow() {
    let long = [UInt8](repeating: 0x61, count: 251) + Array(".txt".utf8)
    let grown = marked(long, "~17", room: 12)
    #expect(grown.count == 243)
    #expect(grown.suffix(7).elementsEqual("~17.txt".utf8))
    #expect(marked(Array("noending".utf8), "~1") == Array("noending~1".utf8))
    #expect(marked(Array(".hidden".utf8), "~1") == Array(".hidden~1".utf8))
  }

  /// A file with its marker is dropped, and the process or the power ends at every operation from the claim on.
  @Test(arguments: [SimulatedDisk.Restart.afterKill, .afterPowerCut]) func aMarkerGoesOnceItsInputIsOurs(
    _ restart: SimulatedDisk.Restart
  ) throws {
    for number in 0..<600 {
      let operation = 1 + number % 60
      var test = TestSpool(seed: UInt64(number), inOrder: false)
      test.settings.lanes[0].hasMarkers = true
      /// What the daemon does: only marked files are taken.
      func run() throws {
        let spool = try test.open()
        try spool.commit(try test.takeLeftovers(spool), now: 1)
        let names = Set(try test.names(test.inbox))
        if names.contains("a.txt"), names.contains("a.txt.done") {
          try spool.commit(try test.take(spool), now: 1)
        }
        try spool.close()
      }
      try test.open().close()
      try test.drop("a.txt", "first")
      try test.drop("a.txt.done", "")
      test.disk.syncAll()
      test.disk.crash(at: test.disk.operations + operation)
      do { try run() } catch {}
      test.disk.restart(restart)
      try run()
      #expect(try test.outboxLines() == ["first"], "operation \(operation)")
      #expect(try test.names(test.inbox).isEmpty, "operation \(operation)")
    }
  }

  @Test func theMarkerOfAYoungerFileStays() throws {
    var test = TestSpool(seed: 1)
    test.settings.lanes[0].hasMarkers = true
    let spool = try test.open()
    try test.drop("a.txt", "first")
    guard case .claimed = try spool.lanes[0].claimer.claim(Array("a.txt".utf8)) else {
      Issue.record("not claimed")
      return
    }
    test.disk.restart(.afterKill)
    try test.drop("a.txt", "second")
    try test.drop("a.txt.done", "")
    try test.open().close()
    #expect(try test.names(test.inbox) == ["a.txt", "a.txt.done"])
    // A marker that is older than the file was left behind by an earlier one.
    test.disk.restart(.afterKill)
    try test.drop("a.txt", "third")
    try test.open().close()
    #expect(try test.names(test.inbox) == ["a.txt"])
  }
}
