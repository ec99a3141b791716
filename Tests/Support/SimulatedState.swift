import Bytes
import Disk
import Glibc

/// The files of a simulated disk: what processes see, what is on the platter, and the changes of names in between.
struct SimulatedState {
  struct Node {
    var kind: FileStatus.Kind
    var data: [UInt8] = []
    var durableData: [UInt8] = []
    /// Sectors that a failed sync took for written, as Linux does: later syncs leave them out until they are written.
    var forgotten: Set<Int> = []
    var names: [[UInt8]: UInt64] = [:]
    var durableNames: [[UInt8]: UInt64] = [:]
    var modified: Int64 = 0
    var mode: UInt32 = 0o644
    var links = 1
    var isImmutable = false
    /// Of what is made in a directory, that of the directory.
    var device: UInt64 = 1
  }

  /// A change of names that no sync has made durable.
  struct Change {
    var removed: (directory: UInt64, name: [UInt8])?
    var added: (directory: UInt64, name: [UInt8])?
    var node: UInt64
  }

  var nodes: [UInt64: Node] = [1: Node(kind: .directory)]
  var nextNode: UInt64 = 2
  var changes: [Change] = []
  var open: [Int32: UInt64] = [:]
  var nextDescriptor: Int32 = 3
  var locked: Set<UInt64> = []
  var clock: Int64 = 1
  /// Operations that change something, since the start.
  var operations = 0
  /// The operation that does not come to its end; `nil` for none.
  var crashAt: Int?
  var isDown = false
  /// Errors to give once: the operation's number, and errno.
  var faults: [Int: Int32] = [:]
  var space = Space(free: 1 << 40, total: 1 << 40)
  let inOrder: Bool
  var random: SeededGenerator

  func resolve(_ path: Path) throws(DiskError) -> UInt64? {
    var node: UInt64 = 1
    for part in path.bytes.split(separator: UInt8(ascii: "/")) where part != [UInt8(ascii: ".")] {
      guard let here = nodes[node], here.kind == .directory else { throw DiskError(.look, path, code: ENOTDIR) }
      guard let next = here.names[Array(part)] else { return nil }
      node = next
    }
    return node
  }

  func directory(of path: Path, _ operation: DiskError.Operation) throws(DiskError) -> UInt64 {
    let parent = path.directory
    guard let node = parent == "." ? 1 : try resolve(parent), nodes[node]?.kind == .directory else {
      throw DiskError(operation, path, code: ENOENT)
    }
    return node
  }

  mutating func add(_ node: Node, _ path: Path, _ operation: DiskError.Operation) throws(DiskError) -> UInt64 {
    let parent = try directory(of: path, operation)
    let number = nextNode
    nextNode += 1
    clock += 1
    let device = nodes[parent]?.device ?? 1
    nodes[number] = node
    nodes[number]?.modified = clock
    nodes[number]?.device = device
    nodes[parent]?.names[path.name] = number
    changes.append(Change(added: (parent, path.name), node: number))
    return number
  }

  mutating func makeDurable(_ change: Change) {
    if let removed = change.removed, nodes[removed.directory]?.durableNames[removed.name] == change.node {
      nodes[removed.directory]?.durableNames[removed.name] = nil
    }
    if let added = change.added { nodes[added.directory]?.durableNames[added.name] = change.node }
  }

  // MARK: - Power

  /// Only what was durable comes back, and some of what was under way: name changes as a prefix of all,
  /// or of each file's.
  mutating func cutPower() {
    let end = random.below(changes.count + 1)
    var stopped: Set<UInt64> = []
    for (place, change) in changes.enumerated() {
      if inOrder ? place >= end : stopped.contains(change.node) || random.below(10) < 4 {
        stopped.insert(change.node)
      } else {
        makeDurable(change)
      }
    }
    changes = []
    for number in nodes.keys.sorted() {
      guard var node = nodes[number] else { continue }
      node.names = node.durableNames
      node.data = survivor(live: node.data, durable: node.durableData)
      node.durableData = node.data
      nodes[number] = node
    }
    var reached: Set<UInt64> = [1]
    var queue: [UInt64] = [1]
    while let number = queue.popLast() {
      for child in nodes[number]?.names.values.sorted() ?? [] where reached.insert(child).inserted {
        queue.append(child)
      }
    }
    nodes = nodes.filter { reached.contains($0.key) }
  }

  /// Appended bytes survive up to some byte; behind it a sector may be there as zeros. Overwritten ones, per sector.
  private mutating func survivor(live: [UInt8], durable: [UInt8]) -> [UInt8] {
    if live == durable { return live }
    if live.starts(with: durable) {
      let end = durable.count + random.below(live.count - durable.count + 1)
      let zeros = random.below(3) == 0 ? min(live.count - end, random.below(512)) : 0
      return Array(live[..<end]) + [UInt8](repeating: 0, count: zeros)
    }
    if live.count < durable.count { return random.below(2) == 0 ? live : durable }
    var mixed = durable
    for start in stride(from: 0, to: live.count, by: 512) where random.below(2) == 0 {
      let end = min(start + 512, live.count)
      if mixed.count < end { mixed += [UInt8](repeating: 0, count: end - mixed.count) }
      mixed.replaceSubrange(start..<end, with: live[start..<end])
    }
    return mixed
  }
}
