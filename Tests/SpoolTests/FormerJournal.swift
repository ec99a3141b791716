import Bytes
import Disk
import TestSupport

@testable import Spool

/// A journal segment of format 2, where the copies of ‘news’ are the lines of the lane 2.
struct FormerJournal {
  enum Record {
    /// Lines of lanes, and where those of each lane begin.
    case batch([(lane: Int, line: String)], starts: [(lane: Int, offset: Int)])
    case sealing(lane: Int, name: String)
    case sealed(lane: Int)
  }

  struct Lane {
    var pipeline: String
    /// Whether inputs come in.
    var hasInbox = true
    var liveLength = 0
    var sealed = 0
  }

  private static let salt: UInt64 = 5
  private var bytes: [UInt8]
  private var number: UInt64 = 0
  private var sequence: UInt64 = 100

  init(_ lanes: [Lane]) {
    var header = Encoder()
    for byte in "LCJRNL2\n".utf8 { header.integer(byte) }
    header.integer(Self.salt)
    bytes = header.bytes
    var payload = Encoder()
    payload.integer(UInt8(1))
    for next in [50, 100] as [UInt64] { payload.integer(next) }
    payload.count(lanes.count)
    for lane in lanes {
      payload.string(Array(lane.pipeline.utf8))
      payload.string([])
      let inbox = lane.pipeline == "news" ? "inbox" : "inbox-\(lane.pipeline)"
      let claimed = "claimed/\(lane.pipeline)"
      for path in [lane.hasInbox ? inbox : claimed, "outbox", claimed, "done/\(lane.pipeline)", "failed"] {
        payload.string(Array(path.utf8))
      }
      payload.integer(Int64(lane.liveLength))
      payload.integer(Int64(9))
      payload.integer(UInt64(lane.sealed))
      payload.count(0)
    }
    payload.count(0)
    add(payload.bytes)
  }

  mutating func add(_ record: Record) {
    var payload = Encoder()
    switch record {
    case .batch(let lines, let starts):
      payload.integer(UInt8(2))
      payload.integer(Int64(1000))
      payload.count(starts.count)
      for start in starts {
        payload.count(start.lane)
        payload.integer(Int64(start.offset))
      }
      payload.count(lines.count)
      for (lane, line) in lines {
        payload.count(lane == 2 ? 0 : lane)
        payload.integer(sequence)
        payload.string(Array("x\(sequence).txt".utf8))
        payload.integer(sequence)
        payload.integer(Int64(3))
        payload.string([1])
        payload.integer(UInt8(0))
        payload.integer(UInt8(0))
        payload.integer(sequence)
        payload.string(Array(line.utf8))
        payload.count(lane)
        payload.string([])
        sequence += 1
      }
    case .sealing(let lane, let name):
      payload.integer(UInt8(3))
      payload.count(lane)
      payload.string(Array(name.utf8))
      payload.integer(Int64(0))
    case .sealed(let lane):
      payload.integer(UInt8(4))
      payload.count(lane)
    }
    add(payload.bytes)
  }

  private mutating func add(_ payload: [UInt8]) {
    number += 1
    var start = Encoder()
    start.integer(Self.salt)
    start.integer(number)
    start.integer(UInt32(payload.count))
    var crc = CRC32C()
    crc.update(start.bytes.span)
    crc.update(payload.span)
    var frame = Encoder()
    for byte in JournalFile.magic { frame.integer(byte) }
    frame.integer(UInt32(payload.count))
    frame.integer(number)
    frame.integer(crc.value)
    bytes += frame.bytes + payload
  }

  func write(to disk: SimulatedDisk, _ state: Path) throws {
    try disk.makeDirectories(state)
    let file = try disk.open(JournalFile.path(in: state, segment: 3), for: .creating)
    try disk.write(bytes, to: file, at: 0)
    disk.close(file)
  }
}
