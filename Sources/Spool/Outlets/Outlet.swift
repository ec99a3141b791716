import Bytes
import Disk

/// Where a pipeline writes lines of one kind: a live file that grows, and the sealed files before it.
///
/// A further one is a value here and a place in `LaneSettings.outlets`; `Settlement.outlet` says which lines it
/// takes. Journal, recovery, sealing, retention and all that reads a spool know no more of an outlet than its folder.
public struct Outlet: Sendable, Hashable {
  /// Below the outbox, and what the journal calls it; empty for the outbox itself.
  public let folder: [UInt8]
  /// For messages: what its lines are.
  public let takes: String

  public init(folder: String, takes: String) {
    self.folder = Array(folder.utf8)
    self.takes = takes
  }

  /// `outbox/NAME.jsonl`: every pipeline has it.
  public static let records = Outlet(folder: "", takes: "records")
  /// `outbox/duplicates/NAME.jsonl`
  public static let duplicates = Outlet(folder: "duplicates", takes: "copies that it sets aside")
  /// `outbox/discarded/NAME.jsonl`
  public static let discarded = Outlet(folder: "discarded", takes: "articles that it discards")
  /// `outbox/FOLDER/NAME.jsonl`
  public static func route(_ folder: String) -> Outlet {
    Outlet(folder: folder, takes: "records routed to ‘\(folder)’")
  }
}

/// One outlet of one pipeline.
struct OutletKey: Hashable {
  /// The place of the pipeline among the lanes of the journal.
  var lane: Int
  var folder: [UInt8]

  init(lane: Int, folder: [UInt8] = Outlet.records.folder) {
    self.lane = lane
    self.folder = folder
  }
}

/// The files of an outlet of a pipeline.
public struct OutletFiles: Sendable, Hashable {
  public let pipeline: [UInt8]
  public let directory: Path

  /// The file that grows.
  public var live: Path { directory / (pipeline + Self.ending) }

  private static let ending = Array(".jsonl".utf8)

  /// Sealed files end in this after the time: `-000017.jsonl`.
  func sealedName(time: Int64, number: Int) -> [UInt8] {
    pipeline + Array("-\(UTC.basic(time))-\(String(number.magnitude, width: 6))".utf8) + Self.ending
  }

  /// The number in a sealed file's name; `nil` for other names.
  func sealedNumber(_ name: [UInt8]) -> Int? {
    let start = pipeline + [UInt8(ascii: "-")]
    guard name.starts(with: start), name.hasSuffix(Self.ending) else { return nil }
    let middle = name[start.count..<max(start.count, name.count - Self.ending.count)]
    guard middle.count > 17, middle[middle.startIndex + 16] == UInt8(ascii: "-") else { return nil }
    return Int(digits: middle[(middle.startIndex + 17)...])
  }

  /// Whether any of them is there.
  fileprivate func exist(_ fs: any FileSystem) throws(DiskError) -> Bool {
    if try fs.status(at: live) != nil { return true }
    return try fs.list(directory).contains { sealedNumber($0) != nil }
  }
}

extension LanePlaces {
  func files(of folder: [UInt8]) -> OutletFiles {
    OutletFiles(pipeline: pipeline, directory: folder.isEmpty ? outbox : outbox / folder)
  }

  /// The live file of its records.
  public var live: Path { files(of: Outlet.records.folder).live }

  /// All outlets that ever got a line which is still there, whichever the pipeline has now; its records first.
  public func outlets(_ fs: any FileSystem) throws(DiskError) -> [OutletFiles] {
    var found = [files(of: Outlet.records.folder)]
    guard try fs.status(at: outbox / ".")?.kind == .directory else { return found }
    let names = try fs.list(outbox).filter { !$0.hasSuffix(Array(".jsonl".utf8)) }
    for name in names.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      guard try fs.status(at: outbox / name / ".")?.kind == .directory else { continue }
      let files = files(of: name)
      if try files.exist(fs) { found.append(files) }
    }
    return found
  }
}
