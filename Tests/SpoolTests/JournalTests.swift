import Disk
import TestSupport
import Testing

@testable import Spool

@Suite struct JournalTests {
  private static let places = LanePlaces(
    pipeline: Array("news".utf8), inbox: "/i", outbox: "/o", claimed: "/c", done: "/d", failed: "/f")

  private static func batch(_ number: UInt64) -> JournalRecord {
    let input = InputIdentity(claim: number, name: [0x0A, 0xFF], inode: 9, size: 3, contentHash: [1, 2])
    return .batch(
      .init(
        time: 17, starts: [(OutletKey(lane: 0), 4), (OutletKey(lane: 0, folder: [0x78]), 2)],
        entries: [
          .init(lane: 0, input: input, part: .file, outcome: .record(sequence: number, line: Array("{}\n".utf8))),
          .init(
            lane: 0, input: input, part: .file, outcome: .record(sequence: number, line: [0x0A]), outlet: [0x78]),
          .init(
            lane: 0, input: input, part: .line(3),
            outcome: .failure(sequence: number, target: [0x61], reason: [0x62], raw: [0x63])),
          .init(lane: 0, input: input, part: .end, outcome: .nothing),
        ]))
  }

  private static let records: [JournalRecord] = {
    var lane = LaneState(places: places)
    lane.outlets[0].liveLength = 12
    lane.outlets[0].sealed = 3
    lane.outlets.append(OutletState(folder: [0x78]))
    lane.progress = [4: 7]
    return [
      .checkpoint(.init(nextClaim: 5, nextSequence: 6, lanes: [lane])), batch(1),
      .sealing(OutletKey(lane: 0), name: Array("news-x.jsonl".utf8), length: 9),
      .sealed(OutletKey(lane: 0, folder: [0x78])), batch(2),
    ]
  }()

  /// A disk with the journal of `records`, its bytes, and where each record ends.
  private func journal() throws -> (disk: SimulatedDisk, bytes: [UInt8], ends: [Int]) {
    let disk = SimulatedDisk(seed: 1)
    try disk.makeDirectory("/state")
    var journal = try JournalFile.create(disk, "/state/journal-1", salt: 99, first: Self.records[0])
    var ends = [journal.length]
    for record in Self.records.dropFirst() {
      let written = try journal.write(record, disk)
      try disk.sync(journal.file)
      journal.advance(past: written)
      ends.append(journal.length)
    }
    return (disk, try disk.readAll(journal.file), ends)
  }

  private func content(of bytes: [UInt8], _ disk: SimulatedDisk) throws -> JournalFile.Content? {
    let file = try disk.open("/copy", for: .creating)
    try disk.truncate(file, to: 0)
    try disk.write(bytes, to: file, at: 0)
    disk.close(file)
    return try JournalFile.read(disk, "/copy")
  }

  @Test func readsBackWhatWasWritten() throws {
    let (disk, bytes, _) = try journal()
    let content = try #require(try content(of: bytes, disk))
    #expect(content.records == Self.records)
    #expect(content.damage.isEmpty)
    #expect(content.tornBytes == 0)
    #expect(content.journal.length == bytes.count)
  }

  @Test func aTailTornAtAnyByteIsCut() throws {
    let (disk, bytes, ends) = try journal()
    for length in JournalFile.headerSize..<bytes.count {
      let content = try #require(try content(of: Array(bytes[..<length]), disk))
      let whole = ends.count { $0 <= length }
      #expect(content.records == Array(Self.records[..<whole]), "cut at \(length)")
      #expect(content.damage.isEmpty)
      #expect(content.tornBytes == length - (whole == 0 ? JournalFile.headerSize : ends[whole - 1]))
    }
    #expect(try content(of: Array(bytes[..<7]), disk) == nil)
  }

  @Test func aDamagedByteCostsOneRecordAndIsReported() throws {
    let (disk, bytes, ends) = try journal()
    for at in ends[0]..<ends[3] {
      var damaged = bytes
      damaged[at] ^= 0x40
      let content = try #require(try content(of: damaged, disk))
      let hit = ends.firstIndex { $0 > at } ?? 0
      var expected = Self.records
      expected.remove(at: hit)
      #expect(content.records == expected, "flipped at \(at)")
      #expect(content.damage == [ends[hit - 1]..<ends[hit]])
    }
  }

  @Test func aRecordInsideAnArticleIsNoRecord() throws {
    let disk = SimulatedDisk(seed: 1)
    try disk.makeDirectory("/state")
    let (_, forged, _) = try journal()
    let input = InputIdentity(claim: 1, name: [0x61], inode: 1, size: 1)
    let record = JournalRecord.batch(
      .init(
        time: 1, starts: [(OutletKey(lane: 0), 0)],
        entries: [.init(lane: 0, input: input, part: .file, outcome: .record(sequence: 1, line: forged))]))
    var journal = try JournalFile.create(disk, "/state/journal-1", salt: 3, first: Self.records[0])
    let written = try journal.write(record, disk)
    journal.advance(past: written)
    var bytes = try disk.readAll(journal.file)
    // The frame is torn, the article with another journal's records inside is whole.
    bytes[journal.length - 1] ^= 1
    let content = try #require(try content(of: bytes, disk))
    #expect(content.records == [Self.records[0]])
    #expect(content.tornBytes > 0)
  }
}
