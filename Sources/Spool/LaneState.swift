import Disk

/// Where the files of one pipeline lie.
public struct LanePlaces: Sendable, Equatable {
  public var pipeline: [UInt8]
  public var inbox: Path
  /// The directory of the live file and the sealed ones.
  public var outbox: Path
  /// The directory of this pipeline's claims.
  public var claimed: Path
  /// The directory of this pipeline's days.
  public var done: Path
  public var failed: Path
  /// Whether settled inputs are removed: a wish of this run, which the journal does not keep.
  public internal(set) var removesDone = false

  public init(pipeline: [UInt8], inbox: Path, outbox: Path, claimed: Path, done: Path, failed: Path) {
    self.pipeline = pipeline
    self.inbox = inbox
    self.outbox = outbox
    self.claimed = claimed
    self.done = done
    self.failed = failed
  }

  /// With paths under `root` as seen from there, so that a spool can be moved; the others as they are.
  func relative(to root: Path) -> LanePlaces { map { $0.relative(to: root) } }

  func resolved(under root: Path) -> LanePlaces { map { root / $0.bytes } }

  func map(_ change: (Path) -> Path) -> LanePlaces {
    var places = LanePlaces(
      pipeline: pipeline, inbox: change(inbox), outbox: change(outbox), claimed: change(claimed), done: change(done),
      failed: change(failed))
    places.removesDone = removesDone
    return places
  }

  /// What the file beside the outbox is called after.
  static func duplicatesName(_ pipeline: [UInt8]) -> [UInt8] { pipeline + Array(".duplicates".utf8) }

  /// Where the lines go that are set aside: a lane of its own, with directories in which no input ever stands.
  public var duplicates: LanePlaces {
    let name = Self.duplicatesName(pipeline)
    let claimed = claimed.directory / name
    return LanePlaces(
      pipeline: name, inbox: claimed, outbox: outbox, claimed: claimed, done: done.directory / name, failed: failed)
  }

  /// Whether claims, inputs that are done and failures lie in the inbox, because a rename reaches no further.
  var liesBesideInbox: Bool { failed.directory.name == Array(".linecaster".utf8) }

  /// Whether it takes lines that another lane sets aside.
  public var isForDuplicates: Bool { inbox == claimed }

  /// The file that grows.
  public var live: Path { outbox / (pipeline + Array(".jsonl".utf8)) }

  /// Sealed files end in this after the time: `-000017.jsonl`.
  func sealedName(time: Int64, number: Int) -> [UInt8] {
    var digits = Array(String(number).utf8)
    while digits.count < 6 { digits.insert(UInt8(ascii: "0"), at: 0) }
    return pipeline + Array("-\(UTC.basic(time))-".utf8) + digits + Array(".jsonl".utf8)
  }

  /// The number in a sealed file's name; `nil` for other names.
  func sealedNumber(_ name: [UInt8]) -> Int? {
    let start = pipeline + [UInt8(ascii: "-")]
    let end = Array(".jsonl".utf8)
    guard name.starts(with: start), name.suffix(end.count).elementsEqual(end) else { return nil }
    let middle = name[start.count..<max(start.count, name.count - end.count)]
    guard middle.count > 17, middle[middle.startIndex + 16] == UInt8(ascii: "-") else { return nil }
    return Int(String(decoding: middle[(middle.startIndex + 17)...], as: UTF8.self))
  }
}

/// What the spool must remember of a pipeline from one run to the next.
struct LaneState: Equatable {
  var places: LanePlaces
  /// Of the state that its changes belong to; empty where it has none.
  var stateName: [UInt8] = []
  /// Committed bytes in the live file.
  var liveLength = 0
  /// Seconds since 1970 of the first line in the live file; 0 while it is empty.
  var liveSince: Int64 = 0
  /// Files sealed so far; the last one's number.
  var sealed = 0
  /// Settled lines of files that are not done, by claim number; `everyLine` for an input that is done and could not be
  /// moved, because its disk was not there.
  var progress: [UInt64: Int] = [:]
  /// The live file as this run left it; `nil` where there is none. `LiveNote` keeps it, the journal does not.
  var mark: LiveMark?

  static let everyLine = Int.max

  /// Claims that went away with their lines half settled, more than anybody has.
  private static let mostProgress = 100_000

  mutating func forgetOldest() {
    if progress.count <= Self.mostProgress { return }
    for number in progress.keys.sorted().prefix(progress.count - Self.mostProgress) { progress[number] = nil }
  }
}

extension [LaneState] {
  /// Whether a lane is the one that writes its live file: the first of those that have the same.
  func writesOwnFile(_ lane: Int) -> Bool {
    !self[..<lane].contains { $0.places.live == self[lane].places.live }
  }
}

extension JournalRecord {
  /// The checkpoint that begins a segment.
  static func checkpoint(
    _ counters: SpoolCounters, _ lanes: [LaneState], _ carried: [CarriedChange], root: Path
  ) -> JournalRecord {
    var lanes = lanes
    for index in lanes.indices { lanes[index].places = lanes[index].places.relative(to: root) }
    return .checkpoint(
      Checkpoint(nextClaim: counters.nextClaim, nextSequence: counters.nextSequence, lanes: lanes, carried: carried))
  }
}

extension Path {
  func relative(to root: Path) -> Path {
    let start = root.bytes.last == UInt8(ascii: "/") ? root.bytes : root.bytes + [UInt8(ascii: "/")]
    return bytes.count > start.count && bytes.starts(with: start) ? Path(Array(bytes[start.count...])) : self
  }
}
