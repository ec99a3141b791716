import Bytes
import Disk

/// Where the files of a spool's pipelines lie, and where they lay before: `state/places`.
struct KnownPlaces: Equatable {
  /// Of the last run.
  var present: [LanePlaces] = []
  /// The same without links, as they led then.
  private(set) var real: [LanePlaces] = []
  /// Places of pipelines that the last run did not have, or had elsewhere; the newest first.
  var former: [LanePlaces] = []
  /// By a pipeline that is gone, the one that took its place.
  var successors: [[UInt8]: [UInt8]] = [:]
  /// Pipelines that are gone, nothing of which is wanted.
  var forgotten: Set<[UInt8]> = []
  /// Inboxes of any of these below which folders are read, or were.
  private(set) var deep: Set<Path> = []
  /// How directories were.
  var traits: [Path: FolderTraits] = [:]

  /// More moves than anybody makes.
  private static let mostFormer = 1000

  init() {}

  init(present: [LanePlaces], former: [LanePlaces] = []) {
    self.present = present
    self.former = former
  }

  /// Of those in `present`, the names of those that read folders below their inboxes.
  var deepPipelines: Set<[UInt8]> { Set(present.filter { deep.contains($0.inbox) }.map(\.pipeline)) }

  /// What a run with these lanes leaves behind becomes former.
  ///
  /// - Parameter deepPipelines: names of lanes that read folders below their inboxes.
  mutating func begin(
    _ lanes: [LanePlaces], deep deepPipelines: Set<[UInt8]>, root: Path, _ fs: any FileSystem
  ) throws(DiskError) {
    let left = (real.isEmpty ? present : real) + former
    present = lanes
    real = []
    for places in lanes { real.append(try places.real(under: root, fs)) }
    former = []
    forgotten.subtract(lanes.map(\.pipeline))
    for places in left where !(real + lanes + former).contains(where: { $0.hasSameInputs(as: places) }) {
      if former.count < Self.mostFormer { former.append(places) }
    }
    for places in lanes + real {
      if deepPipelines.contains(places.pipeline) { deep.insert(places.inbox) } else { deep.remove(places.inbox) }
    }
    deep.formIntersection((lanes + real + former).map(\.inbox))
  }
}

extension LanePlaces {
  /// Whether both take the same files, as the same pipeline, to the same directories.
  func hasSameInputs(as other: LanePlaces) -> Bool {
    pipeline == other.pipeline && inbox == other.inbox && claimed == other.claimed && failed == other.failed
  }

  /// Without links; what lies under the root stays there, whatever links lead to it.
  fileprivate func real(under root: Path, _ fs: any FileSystem) throws(DiskError) -> LanePlaces {
    let realRoot = try fs.resolved(root)
    func real(_ path: Path) throws(DiskError) -> Path { root / (try fs.resolved(path).relative(to: realRoot).bytes) }
    return LanePlaces(
      pipeline: pipeline, inbox: try real(inbox), outbox: try real(outbox), claimed: try real(claimed),
      done: try real(done), failed: try real(failed))
  }
}

// MARK: - The file

extension KnownPlaces {
  private static let magic = Array("LCplace1".utf8)
  private static let name = "places"

  /// `nil` where there is none, or none that can be read.
  static func read(
    _ fs: some FileSystem, state: Path, root: Path, report: (SpoolSettings.Severity, String) -> Void = { _, _ in }
  ) throws(DiskError) -> KnownPlaces? {
    let path = state / name
    guard try fs.status(at: path) != nil else { return nil }
    let file = try fs.open(path, for: .reading)
    defer { fs.close(file) }
    let bytes = try fs.readAll(file)
    do {
      return try KnownPlaces(bytes, root: root)
    } catch {
      report(.warning, "\(path) is damaged: where files of earlier runs lie is not known")
      return nil
    }
  }

  /// Appears under its name only when it is on the disk.
  func write(_ fs: some FileSystem, state: Path, root: Path) throws(DiskError) {
    let draft = state / "new-\(Self.name)"
    let file = try fs.open(draft, for: .creating)
    do {
      defer { fs.close(file) }
      let bytes = encoded(root: root)
      try fs.truncate(file, to: 0)
      try fs.write(bytes, to: file, at: 0)
      try fs.sync(file)
    }
    try fs.rename(draft, to: state / Self.name, replacing: true)
    try fs.syncDirectory(state)
  }

  private func encoded(root: Path) -> [UInt8] {
    var encoder = Encoder()
    for lanes in [present, real, former] {
      encoder.count(lanes.count)
      for places in lanes {
        let places = places.relative(to: root)
        encoder.string(places.pipeline)
        for path in [places.inbox, places.outbox, places.claimed, places.done, places.failed] {
          encoder.string(path.bytes)
        }
      }
    }
    encoder.count(successors.count)
    for (old, new) in successors.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      encoder.string(old)
      encoder.string(new)
    }
    encoder.count(forgotten.count)
    for name in forgotten.sorted(by: { $0.lexicographicallyPrecedes($1) }) { encoder.string(name) }
    encoder.count(deep.count)
    for inbox in deep.sorted() { encoder.string(inbox.relative(to: root).bytes) }
    encoder.count(traits.count)
    for (path, traits) in traits.sorted(by: { $0.key < $1.key }) {
      encoder.string(path.relative(to: root).bytes)
      for number in [traits.owner, traits.group, traits.mode] { encoder.integer(number) }
      encoder.string(traits.access)
      encoder.string(traits.inherited)
    }
    var end = Encoder()
    end.integer(CRC32C.checksum(encoder.bytes.span))
    return Self.magic + encoder.bytes + end.bytes
  }

  private init(_ bytes: [UInt8], root: Path) throws(UndecodableRecord) {
    guard bytes.count >= Self.magic.count + 4, bytes.starts(with: Self.magic) else { throw UndecodableRecord() }
    let content = Self.magic.count..<(bytes.count - 4)
    var end = Decoder(bytes, content.upperBound..<bytes.count)
    guard try end.integer(UInt32.self) == CRC32C.checksum(bytes.span.extracting(content)) else {
      throw UndecodableRecord()
    }
    var decoder = Decoder(bytes, content)
    func places() throws(UndecodableRecord) -> [LanePlaces] {
      var lanes: [LanePlaces] = []
      for _ in 0..<(try decoder.count()) {
        let lane = LanePlaces(
          pipeline: try decoder.string(), inbox: Path(try decoder.string()), outbox: Path(try decoder.string()),
          claimed: Path(try decoder.string()), done: Path(try decoder.string()), failed: Path(try decoder.string()))
        // A former version had lanes for copies that were set aside; nothing ever came in there.
        if lane.hasInbox { lanes.append(lane.resolved(under: root)) }
      }
      return lanes
    }
    present = try places()
    real = try places()
    former = try places()
    for _ in 0..<(try decoder.count()) {
      let old = try decoder.string()
      successors[old] = try decoder.string()
    }
    for _ in 0..<(try decoder.count()) { forgotten.insert(try decoder.string()) }
    for _ in 0..<(try decoder.count()) { deep.insert(root / (try decoder.string())) }
    for _ in 0..<(try decoder.count()) {
      let path = root / (try decoder.string())
      traits[path] = FolderTraits(
        owner: try decoder.integer(), group: try decoder.integer(), mode: try decoder.integer(),
        access: try decoder.string(), inherited: try decoder.string())
    }
  }
}
