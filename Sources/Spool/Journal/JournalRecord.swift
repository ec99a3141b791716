import Disk

/// What the journal can say.
enum JournalRecord: Equatable {
  /// The first record of a segment: everything before it stands on the disk.
  case checkpoint(Checkpoint)
  /// The commit of some settlements.
  case batch(Batch)
  /// A lane's live file, synced and `length` bytes long, is about to be renamed to `name`.
  case sealing(lane: Int, name: [UInt8], length: Int)
  /// That rename is on the disk; the next live file may be made.
  case sealed(lane: Int)
  /// Files of former places are about to be put into present ones. Paths under the root are as seen from there.
  case adopting([Relocation])

  struct Checkpoint: Equatable {
    var nextClaim: UInt64
    var nextSequence: UInt64
    var lanes: [LaneState]
    /// Changes of states that no pipeline of the run has: they wait for one that does.
    var carried: [CarriedChange] = []
  }

  struct CarriedChange: Equatable {
    /// The name of the state.
    var state: [UInt8]
    var change: [UInt8]
  }

  struct Batch: Equatable {
    /// Seconds since 1970.
    var time: Int64
    /// Where each lane's lines of this batch begin in its live file.
    var starts: [(lane: Int, offset: Int)]
    var entries: [Entry]

    static func == (a: Batch, b: Batch) -> Bool {
      a.time == b.time && a.entries == b.entries && a.starts.elementsEqual(b.starts, by: ==)
    }
  }

  /// One settled article or one finished file.
  struct Entry: Equatable {
    var lane: Int
    var input: InputIdentity
    var part: Settlement.Part
    var outcome: Outcome
    /// The lane whose live file takes the line.
    var outlet: Int
    /// Of the state of `lane`; empty for none.
    var change: [UInt8]

    init(
      lane: Int, input: InputIdentity, part: Settlement.Part, outcome: Outcome, outlet: Int? = nil, change: [UInt8] = []
    ) {
      self.lane = lane
      self.input = input
      self.part = part
      self.outcome = outcome
      self.outlet = outlet ?? lane
      self.change = change
    }

    /// Whether nothing more comes of the file.
    var isLast: Bool { if case .line = part { false } else { true } }
  }

  enum Outcome: Equatable {
    case record(sequence: UInt64, line: [UInt8])
    /// `target` is the name in `failed/`; `raw` the line itself where only a line failed.
    case failure(sequence: UInt64, target: [UInt8], reason: [UInt8], raw: [UInt8])
    case nothing
  }
}

extension JournalRecord {
  func encoded() -> [UInt8] {
    var encoder = Encoder()
    switch self {
    case .checkpoint(let checkpoint):
      encoder.integer(UInt8(1))
      encoder.integer(checkpoint.nextClaim)
      encoder.integer(checkpoint.nextSequence)
      encoder.count(checkpoint.lanes.count)
      for lane in checkpoint.lanes { lane.encode(to: &encoder) }
      encoder.count(checkpoint.carried.count)
      for carried in checkpoint.carried {
        encoder.string(carried.state)
        encoder.string(carried.change)
      }
    case .batch(let batch):
      encoder.integer(UInt8(2))
      encoder.integer(batch.time)
      encoder.count(batch.starts.count)
      for start in batch.starts {
        encoder.count(start.lane)
        encoder.integer(Int64(start.offset))
      }
      encoder.count(batch.entries.count)
      for entry in batch.entries { entry.encode(to: &encoder) }
    case .sealing(let lane, let name, let length):
      encoder.integer(UInt8(3))
      encoder.count(lane)
      encoder.string(name)
      encoder.integer(Int64(length))
    case .sealed(let lane):
      encoder.integer(UInt8(4))
      encoder.count(lane)
    case .adopting(let relocations):
      encoder.integer(UInt8(5))
      encoder.count(relocations.count)
      for relocation in relocations { relocation.encode(to: &encoder) }
    }
    return encoder.bytes
  }

  init(_ bytes: [UInt8], _ range: Range<Int>) throws(UndecodableRecord) {
    var decoder = Decoder(bytes, range)
    switch try decoder.integer(UInt8.self) {
    case 1:
      var checkpoint = Checkpoint(nextClaim: try decoder.integer(), nextSequence: try decoder.integer(), lanes: [])
      for _ in 0..<(try decoder.count()) { checkpoint.lanes.append(try LaneState(from: &decoder)) }
      for _ in 0..<(try decoder.count()) {
        checkpoint.carried.append(CarriedChange(state: try decoder.string(), change: try decoder.string()))
      }
      self = .checkpoint(checkpoint)
    case 2:
      var batch = Batch(time: try decoder.integer(), starts: [], entries: [])
      for _ in 0..<(try decoder.count()) {
        batch.starts.append((lane: try decoder.count(), offset: Int(try decoder.integer(Int64.self))))
      }
      for _ in 0..<(try decoder.count()) { batch.entries.append(try Entry(from: &decoder)) }
      self = .batch(batch)
    case 3:
      self = .sealing(
        lane: try decoder.count(), name: try decoder.string(), length: Int(try decoder.integer(Int64.self)))
    case 4: self = .sealed(lane: try decoder.count())
    case 5:
      var relocations: [Relocation] = []
      for _ in 0..<(try decoder.count()) { relocations.append(try Relocation(from: &decoder)) }
      self = .adopting(relocations)
    default: throw UndecodableRecord()
    }
  }
}

extension Relocation {
  fileprivate func encode(to encoder: inout Encoder) {
    for path in [source, draft ?? Path([UInt8]()), target] { encoder.string(path.bytes) }
    encoder.integer(inode)
    encoder.integer(modified)
    encoder.integer(claim)
    encoder.string(claimed.bytes)
    encoder.integer(Int64(settledLines))
  }

  fileprivate init(from decoder: inout Decoder) throws(UndecodableRecord) {
    let (source, draft, target) = (try decoder.string(), try decoder.string(), try decoder.string())
    self.init(
      source: Path(source), inode: try decoder.integer(), modified: try decoder.integer(),
      draft: draft.isEmpty ? nil : Path(draft), target: Path(target))
    claim = try decoder.integer()
    claimed = Path(try decoder.string())
    settledLines = Int(try decoder.integer(Int64.self))
  }
}

extension JournalRecord.Entry {
  fileprivate func encode(to encoder: inout Encoder) {
    encoder.count(lane)
    encoder.integer(input.claim)
    encoder.string(input.name)
    encoder.integer(input.inode)
    encoder.integer(Int64(input.size))
    encoder.string(input.contentHash)
    switch part {
    case .file: encoder.integer(UInt8(0))
    case .line(let line):
      encoder.integer(UInt8(1))
      encoder.integer(Int64(line))
    case .end: encoder.integer(UInt8(2))
    }
    switch outcome {
    case .record(let sequence, let line):
      encoder.integer(UInt8(0))
      encoder.integer(sequence)
      encoder.string(line)
    case .failure(let sequence, let target, let reason, let raw):
      encoder.integer(UInt8(1))
      encoder.integer(sequence)
      encoder.string(target)
      encoder.string(reason)
      encoder.string(raw)
    case .nothing: encoder.integer(UInt8(2))
    }
    encoder.count(outlet)
    encoder.string(change)
  }

  fileprivate init(from decoder: inout Decoder) throws(UndecodableRecord) {
    lane = try decoder.count()
    input = InputIdentity(
      claim: try decoder.integer(), name: try decoder.string(), inode: try decoder.integer(),
      size: Int(try decoder.integer(Int64.self)), contentHash: try decoder.string())
    switch try decoder.integer(UInt8.self) {
    case 0: part = .file
    case 1: part = .line(Int(try decoder.integer(Int64.self)))
    case 2: part = .end
    default: throw UndecodableRecord()
    }
    switch try decoder.integer(UInt8.self) {
    case 0: outcome = .record(sequence: try decoder.integer(), line: try decoder.string())
    case 1:
      outcome = .failure(
        sequence: try decoder.integer(), target: try decoder.string(), reason: try decoder.string(),
        raw: try decoder.string())
    case 2: outcome = .nothing
    default: throw UndecodableRecord()
    }
    outlet = try decoder.count()
    change = try decoder.string()
  }
}

extension LaneState {
  fileprivate func encode(to encoder: inout Encoder) {
    encoder.string(places.pipeline)
    encoder.string(stateName)
    for path in [places.inbox, places.outbox, places.claimed, places.done, places.failed] {
      encoder.string(path.bytes)
    }
    encoder.integer(Int64(liveLength))
    encoder.integer(liveSince)
    encoder.integer(UInt64(sealed))
    encoder.count(progress.count)
    for (claim, line) in progress.sorted(by: { $0.key < $1.key }) {
      encoder.integer(claim)
      encoder.integer(Int64(line))
    }
  }

  fileprivate init(from decoder: inout Decoder) throws(UndecodableRecord) {
    let (pipeline, state) = (try decoder.string(), try decoder.string())
    places = LanePlaces(
      pipeline: pipeline, inbox: Path(try decoder.string()), outbox: Path(try decoder.string()),
      claimed: Path(try decoder.string()), done: Path(try decoder.string()), failed: Path(try decoder.string()))
    stateName = state
    liveLength = Int(try decoder.integer(Int64.self))
    liveSince = try decoder.integer()
    sealed = Int(try decoder.integer(UInt64.self))
    for _ in 0..<(try decoder.count()) {
      let claim: UInt64 = try decoder.integer()
      progress[claim] = Int(try decoder.integer(Int64.self))
    }
  }
}
