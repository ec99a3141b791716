import Disk
import Glibc
import TestSupport
import Testing

@testable import Spool

/// Places of a spool that cannot stand side by side.
@Suite struct PlaceTableTests {
  private let fs = PosixFileSystem()
  private let scratch = Scratch()
  private var root: Path { scratch.path / "spool" }

  private func lane(_ name: String = "news", inbox: String = "inbox", outbox: String = "outbox") -> LaneSettings {
    LaneSettings(pipeline: name, inbox: Array(inbox.utf8), outbox: Array(outbox.utf8))
  }

  private func conflicts(_ lanes: LaneSettings..., former: [LanePlaces] = []) throws -> [PlaceTable.Conflict] {
    try PlaceTable(root: root, lanes: lanes, former: former, fs).conflicts()
  }

  /// Each conflict as `lane setting`.
  private func brief(_ conflicts: [PlaceTable.Conflict]) -> [String] { conflicts.map { "\($0.lane) \($0.setting)" } }

  @Test(arguments: [
    "failed", "failed/sub", "claimed", "claimed/news", "done/news/2026-01-01", "state", "state/dedupe", "./failed",
    "inbox/../failed", "x/../done", ".", "..", "/", "outbox", "outbox/in", "plain/.linecaster",
    "plain/.linecaster/done/plain",
  ])
  func noInboxFeedsOnTheSpool(inbox: String) throws {
    #expect(try brief(conflicts(lane("plain", inbox: "plain"), lane(inbox: inbox))) == ["1 inbox"])
  }

  @Test(arguments: ["failed", "claimed/x", "done", "state", ".", "/", "inbox", "inbox/out"])
  func noOutboxLiesInTheSpoolsFolders(outbox: String) throws {
    #expect(try !conflicts(lane(outbox: outbox)).isEmpty)
  }

  @Test func linksAndAbsolutePathsDoNotHideAnything() throws {
    for name in ["outbox", "failed"] { try fs.makeDirectories(root / name) }
    let (outbox, failed) = ((root / "outbox").description, (root / "failed").description)
    #expect(symlink(outbox, (scratch.path / "o").description) == 0)
    #expect(symlink(failed, (scratch.path / "f").description) == 0)
    #expect(symlink((root / "done/news").description, (scratch.path / "later").description) == 0)
    for inbox in ["o", "f", "later", "f/sub"] {
      #expect(try brief(conflicts(lane(inbox: (scratch.path / inbox).description))) == ["0 inbox"], "\(inbox)")
    }
    #expect(try brief(conflicts(lane(inbox: outbox))) == ["0 inbox"])
    #expect(
      try brief(conflicts(lane(), lane("b", inbox: "b", outbox: (scratch.path / "f").description))) == ["1 outbox"])
    // The same inbox by two names.
    try fs.makeDirectories(root / "in")
    #expect(symlink("spool/in", (scratch.path / "i").description) == 0)
    let twice = try conflicts(lane(inbox: "in"), lane("b", inbox: (scratch.path / "i").description))
    #expect(brief(twice) == ["1 inbox"])
    #expect(twice.first?.other == 0)
    #expect(twice.first?.message.contains("is read by ‘news’ too") == true)
  }

  @Test func whatIsUsualStands() throws {
    #expect(try conflicts(lane()).isEmpty)
    #expect(
      try conflicts(lane(), lane("b", inbox: "inbox/b"), lane("c", inbox: "/srv/in", outbox: "outbox/c")).isEmpty)
    #expect(try conflicts(lane(inbox: "/srv/in", outbox: "/srv/out")).isEmpty)
    // Names that only begin alike.
    #expect(try conflicts(lane(inbox: "failed-inbox"), lane("b", inbox: "done2", outbox: "outbox2")).isEmpty)
  }

  @Test func anInboxMayHoldAnOutboxThatItNeverReads() throws {
    for readsFolders in [false, true] {
      func conflicts(_ outbox: String) throws -> [String] {
        var lane = lane(inbox: "in", outbox: outbox)
        lane.readsFolders = readsFolders
        return try brief(self.conflicts(lane))
      }
      #expect(try conflicts("in/.out/a").isEmpty)
      #expect(try conflicts("in/out/.a").isEmpty)
      #expect(try conflicts("in/.x/../out") == ["0 inbox"])
      #expect(try conflicts("in/out") == ["0 inbox"])
    }
  }

  @Test func linesOfEarlierRunsAreNoInputsFromFolders() throws {
    let old = LanePlaces(
      pipeline: Array("old".utf8), inbox: root / "old", outbox: root / "in/lines", claimed: root / "claimed/old",
      done: root / "done/old", failed: root / "failed")
    try fs.makeDirectories(root / "in/lines")
    fs.close(try fs.open(old.live, for: .creating))
    var lane = lane(inbox: "in")
    #expect(try conflicts(lane, former: [old]).isEmpty)
    lane.readsFolders = true
    #expect(try brief(conflicts(lane, former: [old])) == ["0 inbox"])
  }

  @Test func outputFilesAreOnePipelines() throws {
    var setting = lane()
    setting.outlets = [.records, .duplicates]
    let like = lane("news-20260101T000000Z-000007", inbox: "b", outbox: "outbox/duplicates")
    for lanes in [[setting, like], [like, setting]] {
      let found = try PlaceTable(root: root, lanes: lanes, fs).conflicts()
      #expect(brief(found) == ["1 name"])
      #expect(found.first?.message.contains("outbox/duplicates/news-20260101T000000Z-000007.jsonl") == true)
      #expect(found.first?.message.contains("for the copies that it sets aside") == true)
    }
    #expect(try conflicts(lane(), like).isEmpty)
    // Names that only look alike.
    for (name, outbox) in [("news.duplicates", "outbox"), ("duplicates", "outbox"), ("x", "outbox/duplicates")] {
      var other = lane(name, inbox: "b", outbox: outbox)
      other.outlets = [.records, .duplicates]
      #expect(try conflicts(setting, other).isEmpty, "\(name)")
    }
    // Claims have the name of the pipeline too, wherever its lines go.
    #expect(try brief(conflicts(lane(), lane(inbox: "b", outbox: "other"))) == ["1 name"])
    // A live file with the name of a sealed one.
    #expect(try brief(conflicts(lane(), lane("news-20260101T000000Z-000007", inbox: "b"))) == ["1 name"])
    #expect(try conflicts(lane(), lane("news-20260101T000000Z-000007", inbox: "b", outbox: "other")).isEmpty)
    #expect(try conflicts(lane(), lane("news-2026", inbox: "b")).isEmpty)
  }

  @Test func anOutletsFolderMayBeNoLinkToAnInbox() throws {
    var setting = lane()
    setting.outlets = [.records, .duplicates]
    let folder = root / "outbox/duplicates"
    for target in ["inbox", "inbox/sub", "done/news"] {
      for path in [root / "outbox", root / target] { try fs.makeDirectories(path) }
      #expect(symlink((root / target).description, folder.description) == 0)
      #expect(try brief(conflicts(setting)) == [target == "done/news" ? "0 outbox" : "0 inbox"], "\(target)")
      #expect(try conflicts(lane()).isEmpty)
      try fs.remove(folder)
    }
    #expect(try brief(conflicts(setting, lane("b", inbox: "outbox/duplicates"))) == ["1 inbox"])
  }

  @Test func whatTheSpoolKnewBeforeCounts() throws {
    let old = LanePlaces(
      pipeline: Array("old".utf8), inbox: root / "old", outbox: root / "lines",
      claimed: root / "old/.linecaster/claimed/old",
      done: root / "old/.linecaster/done/old", failed: root / "old/.linecaster/failed")
    #expect(try brief(conflicts(lane(inbox: "old/.linecaster/failed"), former: [old])) == ["0 inbox"])
    // It may come back to where it was.
    #expect(try conflicts(lane(inbox: "old"), former: [old]).isEmpty)
    #expect(try conflicts(lane(inbox: "lines"), former: [old]).isEmpty)
    try fs.makeDirectories(root / "lines")
    fs.close(try fs.open(old.live, for: .creating))
    #expect(try brief(conflicts(lane(inbox: "lines"), former: [old])) == ["0 inbox"])
  }

  @Test func aStartRefusesAndMakesNothing() throws {
    let test = TestSpool(seed: 1)
    var settings = test.settings
    settings.lanes[0].inbox = Array("done/news".utf8)
    let error = #expect(throws: SpoolError.self) { try Spool.open(settings, test.disk) }
    #expect(error?.description.contains("‘news’: the inbox ‘done/news’ lies in /spool/done") == true)
    #expect(try test.names(TestSpool.root) == ["state"])
    // No unclean end comes of it.
    #expect(try test.names(TestSpool.root / "state") == ["lock"])
  }
}

/// A directory that goes with its test.
private final class Scratch {
  let directory = TemporaryDirectory()
  var path: Path { directory.path }
}
