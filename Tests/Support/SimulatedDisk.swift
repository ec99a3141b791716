import Bytes
import Disk
import Glibc
import Synchronization

/// A disk in memory that can stop at any operation, keep what processes saw or only what was durable, and go on.
///
/// A crash is an error with the code ESHUTDOWN from the operation that it hits and from every later one, until
/// `restart`.
public final class SimulatedDisk: FileSystem {
  private let state: Mutex<SimulatedState>

  /// - Parameter inOrder: whether name changes become durable in the order they were made, as journaling file systems
  ///   do it; else only those of one file keep their order: a directory's sync leaves other files alone, and a power cut keeps
  ///   some changes of each.
  public init(seed: UInt64, inOrder: Bool = true) {
    state = Mutex(SimulatedState(inOrder: inOrder, random: SeededGenerator(state: seed)))
  }

  // MARK: - The test's side

  /// Operations so far that changed something.
  public var operations: Int { state.withLock { $0.operations } }

  /// Stops at this operation, counted from the disk's beginning.
  public func crash(at operation: Int?) { state.withLock { $0.crashAt = operation } }

  /// Whether it stopped and was not restarted since.
  public var isDown: Bool { state.withLock { $0.isDown } }

  /// Gives an error once, in place of this operation.
  public func fail(at operation: Int, code: Int32) { state.withLock { $0.faults[operation] = code } }

  /// What the disk says is free; it is not kept.
  public func setSpace(_ space: Space) { state.withLock { $0.space = space } }

  public enum Restart: Sendable {
    /// The process was killed: the live state stays.
    case afterKill
    /// Power went: only the durable state comes back, and some of what was under way.
    case afterPowerCut
  }

  public func restart(_ kind: Restart) {
    state.withLock { state in
      state.open = [:]
      state.locked = []
      state.isDown = false
      state.crashAt = nil
      if case .afterPowerCut = kind { state.cutPower() }
    }
  }

  /// Does work that no crash hits: what a producer or a consumer does.
  public func undisturbed<R>(_ body: () throws(DiskError) -> R) throws(DiskError) -> R {
    let (crashAt, isDown, operations) = state.withLock { state in
      defer {
        state.crashAt = nil
        state.isDown = false
      }
      return (state.crashAt, state.isDown, state.operations)
    }
    defer {
      state.withLock { state in
        state.crashAt = crashAt
        state.isDown = isDown
        state.operations = operations
      }
    }
    return try body()
  }

  /// Makes everything durable.
  public func syncAll() {
    state.withLock { state in
      for change in state.changes { state.makeDurable(change) }
      state.changes = []
      for number in Array(state.nodes.keys) { state.makeDataDurable(number) }
    }
  }

  /// What chmod(1) does; a mode without 0o400 makes the file unreadable.
  public func setMode(_ mode: UInt32, of path: Path) throws(DiskError) {
    try state.withLock { state throws(DiskError) in
      if let number = try state.resolve(path) { state.nodes[number]?.mode = mode }
    }
  }

  /// Makes a directory another disk, which no rename reaches. Power fails for all of them at once.
  public func makeMount(_ path: Path, device: UInt64) throws(DiskError) {
    try makeDirectory(path)
    try state.withLock { state throws(DiskError) in
      if let number = try state.resolve(path) { state.nodes[number]?.device = device }
    }
  }

  /// What chattr(1) does with +i and -i.
  public func setImmutable(_ isImmutable: Bool, _ path: Path) throws(DiskError) {
    try state.withLock { state throws(DiskError) in
      if let number = try state.resolve(path) { state.nodes[number]?.isImmutable = isImmutable }
    }
  }

  /// Makes a symbolic link, FIFO or other thing that is no file.
  public func makeOther(_ path: Path, _ kind: FileStatus.Kind) throws(DiskError) {
    try change(.open, path) { state throws(DiskError) in
      _ = try state.add(SimulatedState.Node(kind: kind), path, .open)
    }
  }

  // MARK: - FileSystem

  public func open(_ path: Path, for use: FileUse) throws(DiskError) -> OpenFile {
    let exists = try look(.open, path) { state throws(DiskError) in try state.resolve(path) } != nil
    if exists, use == .creatingNew { throw DiskError(.open, path, code: EEXIST) }
    if !exists {
      if use == .reading || use == .updating { throw DiskError(.open, path, code: ENOENT) }
      try change(.open, path) { state throws(DiskError) in
        _ = try state.add(SimulatedState.Node(kind: .regular), path, .open)
      }
    }
    return try look(.open, path) { state throws(DiskError) in
      guard let number = try state.resolve(path), let node = state.nodes[number] else {
        throw DiskError(.open, path, code: ENOENT)
      }
      if node.kind == .symbolicLink { throw DiskError(.open, path, code: ELOOP) }
      if node.kind == .directory, use != .reading { throw DiskError(.open, path, code: EISDIR) }
      if node.mode & 0o400 == 0 { throw DiskError(.open, path, code: EACCES) }
      let descriptor = state.nextDescriptor
      state.nextDescriptor += 1
      state.open[descriptor] = number
      return OpenFile(descriptor: descriptor)
    }
  }

  public func close(_ file: OpenFile) {
    state.withLock { state in
      if let number = state.open.removeValue(forKey: file.descriptor) { state.locked.remove(number) }
    }
  }

  public func read(_ file: OpenFile, at offset: Int, count: Int) throws(DiskError) -> [UInt8] {
    try look(.read, "(open file)") { state throws(DiskError) in
      let data = try state.node(file, .read).data
      return offset >= data.count ? [] : Array(data[offset..<min(data.count, offset + count)])
    }
  }

  public func map(_ file: OpenFile, count: Int) throws(DiskError) -> FileView {
    let bytes = try read(file, at: 0, count: count)
    if bytes.count < count { throw DiskError(.read, "(open file)", code: EIO) }
    return FileView(bytes)
  }

  public func write(_ bytes: [UInt8], to file: OpenFile, at offset: Int) throws(DiskError) {
    try change(.write, "(open file)") { state throws(DiskError) in
      state.put(bytes, file, offset)
    } torn: { state in
      // A crash in the middle of a write leaves some of it.
      state.put(Array(bytes.prefix(state.random.below(bytes.count + 1))), file, offset)
    }
  }

  public func append(_ bytes: [UInt8], to file: OpenFile) throws(DiskError) {
    try change(.write, "(open file)") { state throws(DiskError) in
      state.put(bytes, file, try state.node(file, .write).data.count)
    } torn: { state in
      guard let end = (try? state.node(file, .write))?.data.count else { return }
      state.put(Array(bytes.prefix(state.random.below(bytes.count + 1))), file, end)
    } failed: { state in
      // A disk that fills up takes some of it.
      guard let end = (try? state.node(file, .write))?.data.count else { return }
      state.put(Array(bytes.prefix(state.random.below(bytes.count + 1))), file, end)
    }
  }

  public func truncate(_ file: OpenFile, to length: Int) throws(DiskError) {
    try change(.truncate, "(open file)") { state throws(DiskError) in
      let data = try state.node(file, .truncate).data
      state.update(file) { node in
        node.data =
          length <= data.count ? Array(data[..<length]) : data + [UInt8](repeating: 0, count: length - data.count)
      }
    }
  }

  public func sync(_ file: OpenFile) throws(DiskError) {
    try change(.sync, "(open file)") { state throws(DiskError) in
      guard let number = state.open[file.descriptor] else { throw DiskError(.sync, "(closed file)", code: EBADF) }
      state.makeDataDurable(number)
    } failed: { state in
      if let number = state.open[file.descriptor] { state.forgetDirtySectors(number) }
    }
  }

  public func syncDirectory(_ path: Path) throws(DiskError) {
    try change(.sync, path) { state throws(DiskError) in
      guard let number = try state.resolve(path) else { throw DiskError(.sync, path, code: ENOENT) }
      let touches = { (change: SimulatedState.Change) in
        change.added?.directory == number || change.removed?.directory == number
      }
      guard let last = state.changes.lastIndex(where: touches) else { return }
      // Changes of one file keep their order, so that it has one name at any time.
      let files = Set(state.changes.filter(touches).map(\.node))
      var later: [SimulatedState.Change] = []
      for (place, change) in state.changes.enumerated() {
        if place <= last, state.inOrder || files.contains(change.node) {
          state.makeDurable(change)
        } else {
          later.append(change)
        }
      }
      state.changes = later
    }
  }

  public func status(of file: OpenFile) throws(DiskError) -> FileStatus {
    try look(.look, "(open file)") { state throws(DiskError) in
      guard let number = state.open[file.descriptor] else { throw DiskError(.look, "(closed file)", code: EBADF) }
      return FileStatus(try state.node(file, .look), number)
    }
  }

  public func status(at path: Path) throws(DiskError) -> FileStatus? {
    try look(.look, path) { state throws(DiskError) in
      guard let number = try state.resolve(path), let node = state.nodes[number] else { return nil }
      return FileStatus(node, number)
    }
  }

  public func hasWriter(_ file: OpenFile) -> Bool? { nil }

  public func rename(_ from: Path, to: Path, replacing: Bool) throws(DiskError) {
    try change(.rename, from) { state throws(DiskError) in
      guard let number = try state.resolve(from) else { throw DiskError(.rename, from, code: ENOENT) }
      if state.nodes[number]?.isImmutable == true { throw DiskError(.rename, from, code: EPERM) }
      let (source, target) = (try state.directory(of: from, .rename), try state.directory(of: to, .rename))
      if state.nodes[source]?.device != state.nodes[target]?.device { throw DiskError(.rename, from, code: EXDEV) }
      if !replacing, try state.resolve(to) != nil { throw DiskError(.rename, from, code: EEXIST) }
      state.nodes[source]?.names[from.name] = nil
      state.nodes[target]?.names[to.name] = number
      state.changes.append(.init(removed: (source, from.name), added: (target, to.name), node: number))
    }
  }

  public func remove(_ path: Path) throws(DiskError) {
    try change(.remove, path) { state throws(DiskError) in
      guard let number = try state.resolve(path) else { throw DiskError(.remove, path, code: ENOENT) }
      if state.nodes[number]?.names.isEmpty == false { throw DiskError(.remove, path, code: ENOTEMPTY) }
      let parent = try state.directory(of: path, .remove)
      state.nodes[parent]?.names[path.name] = nil
      state.changes.append(.init(removed: (parent, path.name), node: number))
    }
  }

  public func makeDirectory(_ path: Path) throws(DiskError) {
    let known = try status(at: path)
    if known?.kind == .directory { return }
    if known != nil { throw DiskError(.makeDirectory, path, code: ENOTDIR) }
    try change(.makeDirectory, path) { state throws(DiskError) in
      _ = try state.add(SimulatedState.Node(kind: .directory, mode: 0o755), path, .makeDirectory)
    }
  }

  public func list(_ path: Path) throws(DiskError) -> [[UInt8]] {
    try look(.list, path) { state throws(DiskError) in
      guard let number = try state.resolve(path), let node = state.nodes[number] else {
        throw DiskError(.list, path, code: ENOENT)
      }
      return node.names.keys.sorted { $0.lexicographicallyPrecedes($1) }
    }
  }

  public func visit(_ path: Path, _ body: ([UInt8]) -> Void) throws(DiskError) {
    for name in try list(path) { body(name) }
  }

  public func lock(_ path: Path, content: [UInt8]) throws(DiskError) -> OpenFile? {
    let file = try open(path, for: .creating)
    let isOurs = state.withLock { state in
      state.open[file.descriptor].map { state.locked.insert($0).inserted } ?? false
    }
    if isOurs { return file }
    // Not `close`: that would give back the other one's lock.
    state.withLock { state in _ = state.open.removeValue(forKey: file.descriptor) }
    return nil
  }

  public func space(at path: Path) throws(DiskError) -> Space { state.withLock { $0.space } }

  public func restraints(at path: Path) -> Restraints {
    state.withLock { state in
      guard let number = try? state.resolve(path) else { return [] }
      return state.nodes[number]?.isImmutable == true ? .immutable : []
    }
  }

  public func shareMount(_ a: Path, _ b: Path) throws(DiskError) -> Bool {
    let (first, second) = (try status(at: a), try status(at: b))
    return first?.device == second?.device && first != nil
  }

  /// There are no links, and no path leads to a disk but its own.
  public func realPlace(of path: Path) throws(DiskError) -> RealPlace {
    try look(.look, path) { state throws(DiskError) in
      var (number, above, rest): (UInt64, Set<RealPlace.Directory>, [[UInt8]]) = (1, [], [])
      for name in path.bytes.split(separator: UInt8(ascii: "/")).map(Array.init) where name != [UInt8(ascii: ".")] {
        above.insert(RealPlace.Directory(device: state.nodes[number]?.device ?? 1, inode: number))
        if rest.isEmpty, let next = state.nodes[number]?.names[name] { number = next } else { rest.append(name) }
      }
      let nearest = RealPlace.Directory(device: state.nodes[number]?.device ?? 1, inode: number)
      return RealPlace(nearest: nearest, above: above, rest: rest)
    }
  }

  public func traits(of directory: Path) throws(DiskError) -> FolderTraits? {
    guard let status = try status(at: directory), status.kind == .directory else { return nil }
    return FolderTraits(owner: status.owner, group: status.group, mode: status.mode)
  }

  public func give(_ traits: FolderTraits, to directory: Path) -> [String] {
    _ = try? setMode(traits.mode, of: directory)
    return []
  }

  // MARK: - The gate every operation goes through

  private func look<R: Sendable>(
    _ operation: DiskError.Operation, _ path: Path, _ body: (inout SimulatedState) throws(DiskError) -> R
  ) throws(DiskError) -> R {
    try state.withLock { state throws(DiskError) in
      if state.isDown { throw DiskError(operation, path, code: ESHUTDOWN) }
      return try body(&state)
    }
  }

  private func change(
    _ operation: DiskError.Operation, _ path: Path, _ body: (inout SimulatedState) throws(DiskError) -> Void,
    torn: (inout SimulatedState) -> Void = { _ in }, failed: (inout SimulatedState) -> Void = { _ in }
  ) throws(DiskError) {
    try state.withLock { state throws(DiskError) in
      if state.isDown { throw DiskError(operation, path, code: ESHUTDOWN) }
      state.operations += 1
      if let code = state.faults.removeValue(forKey: state.operations) {
        failed(&state)
        throw DiskError(operation, path, code: code)
      }
      if let crashAt = state.crashAt, state.operations >= crashAt {
        state.isDown = true
        torn(&state)
        throw DiskError(operation, path, code: ESHUTDOWN)
      }
      try body(&state)
    }
  }
}

extension SimulatedState {
  fileprivate func node(_ file: OpenFile, _ operation: DiskError.Operation) throws(DiskError) -> Node {
    guard let number = open[file.descriptor], let node = nodes[number] else {
      throw DiskError(operation, "(closed file)", code: EBADF)
    }
    return node
  }

  fileprivate mutating func makeDataDurable(_ number: UInt64) {
    guard var node = nodes[number] else { return }
    var data = node.data
    for sector in node.forgotten {
      for at in (sector * Self.sectorSize)..<min((sector + 1) * Self.sectorSize, data.count) {
        data[at] = at < node.durableData.count ? node.durableData[at] : 0
      }
    }
    node.durableData = data
    nodes[number] = node
  }

  fileprivate static let sectorSize = 512

  fileprivate mutating func forgetDirtySectors(_ number: UInt64) {
    guard var node = nodes[number] else { return }
    for at in node.data.indices where at >= node.durableData.count || node.data[at] != node.durableData[at] {
      node.forgotten.insert(at / Self.sectorSize)
    }
    nodes[number] = node
  }

  fileprivate mutating func update(_ file: OpenFile, _ body: (inout Node) -> Void) {
    guard let number = open[file.descriptor], var node = nodes[number] else { return }
    body(&node)
    clock += 1
    node.modified = clock
    nodes[number] = node
  }

  fileprivate mutating func put(_ bytes: [UInt8], _ file: OpenFile, _ offset: Int) {
    update(file) { node in
      let end = offset + bytes.count
      if node.data.count < end { node.data += [UInt8](repeating: 0, count: end - node.data.count) }
      node.data.replaceSubrange(offset..<end, with: bytes)
      for sector in (offset / Self.sectorSize)...(end / Self.sectorSize) { node.forgotten.remove(sector) }
    }
  }
}

extension FileStatus {
  fileprivate init(_ node: SimulatedState.Node, _ number: UInt64) {
    self.init(
      kind: node.kind, device: node.device, inode: number, size: node.data.count, modified: node.modified,
      mode: node.mode,
      owner: 0, links: node.links)
  }
}
