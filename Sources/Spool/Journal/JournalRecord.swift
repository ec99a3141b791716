import Disk

/// What the journal can say.
enum JournalRecord: Equatable {
  /// The first record of a segment: everything before it stands on the disk.
  case checkpoint(Checkpoint)
  /// The commit of some settlements.
  case batch(Batch)
  /// An outlet's live file, synced and `length` bytes long, is about to be renamed to `name`.
  case sealing(OutletKey, name: [UInt8], length: Int)
  /// That rename is on the disk; the next live file may be made.
  case sealed(OutletKey)
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
    /// Where each outlet's lines of this batch begin in its live file.
    var starts: [(outlet: OutletKey, offset: Int)]
    var entries: [Entry]

    static func == (a: Batch, b: Batch) -> Bool {
      a.time == b.time && a.entries == b.entries && a.starts.elementsEqual(b.starts, by: ==)
    }

    /// The lines that it has for an outlet, as they follow one another.
    func lines(of outlet: OutletKey) -> [UInt8] {
      var lines: [UInt8] = []
      for entry in entries where entry.lane == outlet.lane && entry.outlet == outlet.folder {
        if case .record(_, let line) = entry.outcome { lines += line }
      }
      return lines
    }
  }

  /// One settled article or one finished file.
  struct Entry: Equatable {
    var lane: Int
    var input: InputIdentity
    var part: Settlement.Part
    var outcome: Outcome
    /// The folder of the outlet that takes the line.
    var outlet: [UInt8]
    /// Of the state of `lane`; empty for none.
    var change: [UInt8]

    init(
      lane: Int, input: InputIdentity, part: Settlement.Part, outcome: Outcome,
      outlet: [UInt8] = Outlet.records.folder, change: [UInt8] = []
    ) {
      self.lane = lane
      self.input = input
      self.part = part
      self.outcome = outcome
      self.outlet = outlet
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
