import Bytes
import Disk
import StageKit
import TestSupport
import Testing

@testable import Dedupe

@Suite("An index that lies on a disk")
struct FormerIndexTests {
  private let directory: Path = "/spool/state/dedupe/news"

  private func disk() throws -> SimulatedDisk {
    let disk = SimulatedDisk(seed: 1)
    try disk.makeDirectories(directory)
    disk.syncAll()
    return disk
  }

  private func open(_ disk: SimulatedDisk) throws -> DuplicateIndex {
    try DuplicateIndex.open(StateDirectory(disk, directory) { _, _ in }, windowSeconds: 1000)
  }

  /// As a version wrote them that knew neither keys of windows nor names and numbers.
  private func writeFormer(_ seeds: ClosedRange<UInt64>, on disk: SimulatedDisk) throws {
    let slice = Slice(firstNumber: 0)
    for seed in seeds {
      let fingerprint = try Fingerprint(of: Array(Story.text(seed: seed).utf8))
      var entry = IndexEntry(
        number: seed - seeds.lowerBound, sequence: seed, arrival: 100, textHash: fingerprint.textHash,
        id: Array("old\(seed)".utf8), isIndexed: true,
        sketch: Sketch(hashes: fingerprint.sketch.hashes, isComplete: fingerprint.sketch.isComplete, keys: []))
      entry.isFormer = true
      slice.append(entry, EntryHead.encode(entry))
    }
    let (_, bytes, _) = try #require(slice.unwritten(count: seeds.count))
    let file = try disk.open(directory / SliceFile.name(0, SliceFile.entries), for: .creating)
    defer { disk.close(file) }
    try disk.write(bytes, to: file, at: 0)
    try disk.sync(file)
  }

  @Test("by a former version is read, goes on beside the new one, and has nothing wrong with it")
  func former() throws {
    let disk = try disk()
    try writeFormer(1...6, on: disk)
    for round in 0..<2 as Range<UInt64> {
      let index = try open(disk)
      let line = try Line(over: index)
      line.clock = 200
      // Nine in ten sentences of an old article, and all of another one.
      let near = try line.send("near\(round)", Story.text(seed: 3, sentences: 18 - Int(round)))
      #expect(near.status == .near, "\(near)")
      #expect(near.matches.contains { $0.id == Array("old3".utf8) })
      let exact = try line.send("exact\(round)", Story.text(seed: 5))
      #expect(exact.status == .exact && exact.matches.first?.id == Array("old5".utf8))
      let other = try line.send("other\(round)", Story.text(seed: 50 + round))
      #expect(other.status == .unique)
      let again = try line.send("again\(round)", Story.text(seed: 50))
      #expect(again.status == .exact)
      for change in line.changes { index.committed(change) }
      try index.makeDurable()
      let problems = try IndexView(disk, directory, isRunning: false).problems()
      #expect(problems.isEmpty, "\(problems)")
    }
  }

  @Test("Nothing is set aside against an article whose record did not go out", arguments: [0, 1] as [UInt64])
  func delivered(next: UInt64) throws {
    let disk = try disk()
    do {
      let index = try open(disk)
      let line = try Line(over: index) { $0.action = .setAside }
      _ = try line.send("a", Story.text(seed: 1))
      for change in line.changes { index.committed(change) }
      try index.makeDurable()
    }
    var note = DeliveryNote()
    note.next = next
    try note.write(disk, in: directory)
    let line = try Line(over: open(disk)) { $0.action = .setAside }
    let copy = try line.send("b", Story.text(seed: 1))
    #expect(copy.status == .exact && line.decision.isSetAside == (next == 1))
  }
}
