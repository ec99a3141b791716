import Disk

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
        encoder.outlet(start.outlet)
        encoder.integer(Int64(start.offset))
      }
      encoder.count(batch.entries.count)
      for entry in batch.entries { entry.encode(to: &encoder) }
    case .sealing(let outlet, let name, let length):
      encoder.integer(UInt8(3))
      encoder.outlet(outlet)
      encoder.string(name)
      encoder.integer(Int64(length))
    case .sealed(let outlet):
      encoder.integer(UInt8(4))
      encoder.outlet(outlet)
    case .adopting(let relocations):
      encoder.integer(UInt8(5))
      encoder.count(relocations.count)
      for relocation in relocations { relocation.encode(to: &encoder) }
    }
    return encoder.bytes
  }

  /// - Parameters:
  ///   - version: of the segment's format.
  ///   - former: for format 2, how its checkpoint numbers lanes: the checkpoint sets it, which comes first.
  init(_ bytes: [UInt8], _ range: Range<Int>, version: Int, former: inout FormerLanes?) throws(UndecodableRecord) {
    var decoder = Decoder(bytes, range)
    switch try decoder.integer(UInt8.self) {
    case 1:
      var checkpoint = Checkpoint(nextClaim: try decoder.integer(), nextSequence: try decoder.integer(), lanes: [])
      for _ in 0..<(try decoder.count()) { checkpoint.lanes.append(try LaneState(from: &decoder, version: version)) }
      if version == 2 { former = FormerLanes(&checkpoint.lanes) }
      for _ in 0..<(try decoder.count()) {
        checkpoint.carried.append(CarriedChange(state: try decoder.string(), change: try decoder.string()))
      }
      self = .checkpoint(checkpoint)
    case 2:
      var batch = Batch(time: try decoder.integer(), starts: [], entries: [])
      for _ in 0..<(try decoder.count()) {
        batch.starts.append((outlet: try decoder.outlet(former), offset: Int(try decoder.integer(Int64.self))))
      }
      for _ in 0..<(try decoder.count()) { batch.entries.append(try Entry(from: &decoder, former)) }
      self = .batch(batch)
    case 3:
      let (outlet, name) = (try decoder.outlet(former), try decoder.string())
      self = .sealing(
        outlet, name: former?.sealedName(name, of: outlet) ?? name, length: Int(try decoder.integer(Int64.self)))
    case 4: self = .sealed(try decoder.outlet(former))
    case 5:
      var relocations: [Relocation] = []
      for _ in 0..<(try decoder.count()) { relocations.append(try Relocation(from: &decoder)) }
      self = .adopting(relocations)
    default: throw UndecodableRecord()
    }
  }
}

extension Encoder {
  fileprivate mutating func outlet(_ key: OutletKey) {
    count(key.lane)
    string(key.folder)
  }
}

extension Decoder {
  /// - Parameter former: where the journal has a number alone.
  fileprivate mutating func outlet(_ former: FormerLanes?) throws(UndecodableRecord) -> OutletKey {
    let lane = try count()
    if let former { return try former.key(lane) }
    return OutletKey(lane: lane, folder: try string())
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
    encoder.string(outlet)
    encoder.string(change)
  }

  fileprivate init(from decoder: inout Decoder, _ former: FormerLanes?) throws(UndecodableRecord) {
    let number = try decoder.count()
    lane = try former?.key(number).lane ?? number
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
    if former != nil {
      outlet = try decoder.outlet(former).folder
    } else {
      outlet = try decoder.string()
    }
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
    encoder.count(outlets.count)
    for outlet in outlets {
      encoder.string(outlet.folder)
      outlet.encode(to: &encoder)
    }
    encoder.count(progress.count)
    for (claim, line) in progress.sorted(by: { $0.key < $1.key }) {
      encoder.integer(claim)
      encoder.integer(Int64(line))
    }
  }

  fileprivate init(from decoder: inout Decoder, version: Int) throws(UndecodableRecord) {
    let (pipeline, state) = (try decoder.string(), try decoder.string())
    places = LanePlaces(
      pipeline: pipeline, inbox: Path(try decoder.string()), outbox: Path(try decoder.string()),
      claimed: Path(try decoder.string()), done: Path(try decoder.string()), failed: Path(try decoder.string()))
    stateName = state
    if version == 2 {
      outlets = [try OutletState(folder: Outlet.records.folder, from: &decoder)]
    } else {
      outlets = []
      for _ in 0..<(try decoder.count()) {
        outlets.append(try OutletState(folder: try decoder.string(), from: &decoder))
      }
    }
    for _ in 0..<(try decoder.count()) {
      let claim: UInt64 = try decoder.integer()
      progress[claim] = Int(try decoder.integer(Int64.self))
    }
  }
}

extension OutletState {
  fileprivate func encode(to encoder: inout Encoder) {
    encoder.integer(Int64(liveLength))
    encoder.integer(liveSince)
    encoder.integer(UInt64(sealed))
  }

  fileprivate init(folder: [UInt8], from decoder: inout Decoder) throws(UndecodableRecord) {
    self.init(folder: folder)
    liveLength = Int(try decoder.integer(Int64.self))
    liveSince = try decoder.integer()
    sealed = Int(try decoder.integer(UInt64.self))
  }
}
