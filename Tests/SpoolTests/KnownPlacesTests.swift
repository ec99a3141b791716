import Disk
import TestSupport
import Testing

@testable import Spool

@Suite struct KnownPlacesTests {
  private let disk = SimulatedDisk(seed: 1)

  private func places(_ name: String, inbox: Path, base: Path = "/spool") -> LanePlaces {
    LanePlaces(
      pipeline: Array(name.utf8), inbox: inbox, outbox: "/spool/outbox", claimed: base / "claimed/\(name)",
      done: base / "done/\(name)", failed: base / "failed")
  }

  private func sample() throws -> KnownPlaces {
    var known = KnownPlaces(present: [places("news", inbox: "/spool/inbox")])
    try known.begin(
      [places("news", inbox: "/srv/news", base: "/srv/news/.linecaster")], deep: [Array("news".utf8)],
      root: "/spool", disk)
    known.successors = [Array("old".utf8): Array("news".utf8)]
    known.forgotten = [Array("wires".utf8)]
    known.traits = ["/spool/done": FolderTraits(owner: 1, group: 2, mode: 0o2770, access: [1, 2], inherited: [3])]
    return known
  }

  @Test func isReadBackAlsoWhereTheSpoolWasMoved() throws {
    try disk.makeDirectories("/spool/state")
    try disk.makeDirectories("/moved/state")
    let known = try sample()
    try known.write(disk, state: "/spool/state", root: "/spool")
    #expect(try KnownPlaces.read(disk, state: "/spool/state", root: "/spool") == known)
    #expect(try disk.list("/spool/state").count == 1)
    try disk.rename("/spool/state/places", to: "/moved/state/places", replacing: true)
    let moved = try #require(try KnownPlaces.read(disk, state: "/moved/state", root: "/moved"))
    #expect(moved.former.map(\.inbox) == ["/moved/inbox"])
    #expect(moved.present.map(\.inbox) == ["/srv/news"])
    #expect(moved.deep == ["/srv/news"])
    #expect(moved.traits.keys.sorted() == ["/moved/done"])
  }

  @Test func damageIsToldAndForgotten() throws {
    try disk.makeDirectories("/state")
    try sample().write(disk, state: "/state", root: "/spool")
    let file = try disk.open("/state/places", for: .updating)
    let size = try disk.status(of: file).size
    for at in 0..<size {
      let byte = try disk.read(file, at: at, count: 1)
      try disk.write([byte[0] ^ 0x10], to: file, at: at)
      var said = 0
      #expect(try KnownPlaces.read(disk, state: "/state", root: "/spool") { _, _ in said += 1 } == nil)
      #expect(said == 1)
      try disk.write(byte, to: file, at: at)
    }
    try disk.truncate(file, to: 7)
    #expect(try KnownPlaces.read(disk, state: "/state", root: "/spool") == nil)
  }

  @Test func whoReadsFoldersIsRememberedWithTheInbox() throws {
    var known = KnownPlaces(present: [places("a", inbox: "/1")])
    try known.begin([places("a", inbox: "/1")], deep: [Array("a".utf8)], root: "/spool", disk)
    try known.begin([places("a", inbox: "/2")], deep: [], root: "/spool", disk)
    #expect(known.deep == ["/1"])
    #expect(known.deepPipelines.isEmpty)
    try known.begin([places("a", inbox: "/1")], deep: [], root: "/spool", disk)
    #expect(known.deep.isEmpty)
  }

  @Test func whatARunLeavesIsFormer() throws {
    var known = KnownPlaces(present: [places("a", inbox: "/1"), places("b", inbox: "/2")])
    func begin(_ lanes: LanePlaces...) throws { try known.begin(lanes, deep: [], root: "/spool", disk) }
    try begin(places("a", inbox: "/3"), places("b", inbox: "/2"))
    #expect(known.former.map(\.inbox) == ["/1"])
    try begin(places("c", inbox: "/3"))
    #expect(known.former.map(\.pipeline) == ["a", "b", "a"].map { Array($0.utf8) })
    // Back again.
    try begin(places("a", inbox: "/1"), places("b", inbox: "/2"))
    #expect(known.former.map(\.inbox) == ["/3", "/3"])
  }
}
