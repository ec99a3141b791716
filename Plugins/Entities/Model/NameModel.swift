import Bytes
import CPrefetch
import StageKit

/// A trained name model, read in place from the bytes of its file.
///
/// The file, all numbers little-endian: 64 bytes of header (magic, version, checksum of what follows, the lengths of
/// the sections in bytes), then each section from a multiple of 64 on: weights of transitions, paths of clusters,
/// words, phrases, rows of weights. A row has 16 bytes: a fingerprint of the feature and a signed byte for each label.
package struct NameModel: Sendable {
  package static let magic: UInt64 = 0x4C45_444F_4D4E_434C  // LCNMODEL
  package static let version: UInt64 = 1
  static let headerSize = 64
  static let alignment = 64
  package static let rowSize = 16

  package let lists: NameLists
  /// By `Transitions.index`, on the scale of the rows.
  package let transitions: [Int16]
  let steps: Steps
  /// Whether it has weights for the words around a token.
  private(set) var readsContext = false
  private let resource: Resource
  /// Unsafe: points into `resource`, which is kept beside it and never written.
  private nonisolated(unsafe) let rows: UnsafeRawPointer
  private let rowCount: Int

  /// - Throws: where the bytes are no model, or one of another version, or damaged.
  package init(_ resource: Resource) throws(StageError) {
    let sections = try Self.sections(of: resource)
    guard sections.steps.count >= Transitions.count * 2, sections.paths.count == NameLists.clusterCount * 4,
      sections.rows.count % Self.rowSize == 0, let rows = sections.rows.baseAddress, sections.rows.count > 0,
      let paths = sections.paths.baseAddress
    else { throw Self.refusal(of: resource, "has sections of wrong lengths") }
    self.resource = resource
    transitions = (0..<Transitions.count).map {
      Int16(littleEndian: sections.steps.loadUnaligned(fromByteOffset: $0 * 2, as: Int16.self))
    }
    steps = Steps(transitions)
    lists = NameLists(
      words: sections.words, phrases: sections.phrases, paths: paths.assumingMemoryBound(to: UInt32.self))
    self.rows = rows
    rowCount = sections.rows.count / Self.rowSize
    readsContext = weights(of: FeatureKeys.contextMark) != nil
  }

  /// The parts of a model's file, in order.
  package struct Sections {
    package var steps: UnsafeRawBufferPointer
    package var paths: UnsafeRawBufferPointer
    package var words: UnsafeRawBufferPointer
    package var phrases: UnsafeRawBufferPointer
    package var rows: UnsafeRawBufferPointer
  }

  /// - Throws: where the bytes are no model, or one of another version, or damaged.
  package static func sections(of resource: Resource) throws(StageError) -> Sections {
    let bytes = resource.bytes
    guard bytes.count >= headerSize, number(0, bytes) == magic else {
      throw refusal(of: resource, "is no name model")
    }
    let version = number(1, bytes)
    guard version == Self.version else {
      throw refusal(
        of: resource, "is a name model of version \(version), and this program reads version \(Self.version)")
    }
    var parts: [UnsafeRawBufferPointer] = []
    var at = headerSize
    for index in 3..<8 {
      guard let length = Int(exactly: number(index, bytes)), length % 8 == 0, length <= bytes.count - at else {
        throw refusal(of: resource, "is cut short")
      }
      parts.append(UnsafeRawBufferPointer(rebasing: bytes[Range(from: at, upTo: at + length)]))
      at = aligned(at + length)
    }
    guard at == bytes.count else { throw refusal(of: resource, "is not as long as it says") }
    guard number(2, bytes) == resource.checksum(from: headerSize) else {
      throw refusal(of: resource, "is damaged: its checksum is another")
    }
    return Sections(steps: parts[0], paths: parts[1], words: parts[2], phrases: parts[3], rows: parts[4])
  }

  private static func number(_ index: Int, _ bytes: UnsafeRawBufferPointer) -> UInt64 {
    UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
  }

  private static func refusal(of resource: Resource, _ problem: String) -> StageError {
    .model(resource.path, problem, of: "entities")
  }

  /// Lets the processor fetch the rows of features while it does something else.
  func prefetch(_ keys: inout FeatureKeys) {
    let keys = keys.keys.span.extracting(first: keys.count)
    for at in keys.indices { prefetch_line(rows + HashedTable.place(keys[at], of: rowCount) &* Self.rowSize) }
  }

  /// The sum of the rows of features.
  func sum(_ keys: inout FeatureKeys) -> RowSum {
    let keys = keys.keys.span.extracting(first: keys.count)
    var sum = RowSum()
    for at in keys.indices {
      let fingerprint = HashedTable.fingerprint(keys[at])
      var place = HashedTable.place(keys[at], of: rowCount)
      while true {
        let row = row(place)
        if row[0] == fingerprint { sum.add(row) }
        if row[0] == fingerprint || row[0] == 0 { break }
        place = place + 1 < rowCount ? place + 1 : 0
      }
    }
    return sum
  }

  /// The weights of a feature, as they stand in the file; `nil` where it has none.
  package func weights(of key: UInt64) -> [Int8]? {
    let fingerprint = HashedTable.fingerprint(key)
    var place = HashedTable.place(key, of: rowCount)
    while true {
      let bytes = rows + place * Self.rowSize
      let found = bytes.load(as: UInt32.self)
      if found == 0 { return nil }
      if found == fingerprint {
        return (0..<NameLabel.count).map { bytes.load(fromByteOffset: 4 + $0, as: Int8.self) }
      }
      place = place + 1 < rowCount ? place + 1 : 0
    }
  }

  /// - Precondition: `place` is less than `rowCount`. Each row lies at a multiple of its size, as in the file.
  @inline(__always)
  private func row(_ place: Int) -> SIMD4<UInt32> {
    rows.load(fromByteOffset: place &* Self.rowSize, as: SIMD4<UInt32>.self)
  }

  /// Call it after the last use of pointers into the model's bytes.
  package func keepAlive() { withExtendedLifetime(resource) {} }

  package static func aligned(_ offset: Int) -> Int { (offset + alignment - 1) / alignment * alignment }
}

/// The sum of rows of weights.
struct RowSum {
  /// Of the bytes in even and in odd places: two lanes for each pair of bytes spare the widening of each.
  private var evens = SIMD8<Int16>()
  private var odds = SIMD8<Int16>()

  @inline(__always)
  mutating func add(_ row: SIMD4<UInt32>) {
    let pairs = unsafeBitCast(row, to: SIMD8<Int16>.self)
    evens &+= (pairs &<< 8) &>> 8
    odds &+= pairs &>> 8
  }

  /// The weight of each label. A row begins with the four bytes of its fingerprint, and has three that nobody reads.
  @inline(__always)
  var labels: Steps.Row {
    var labels = Steps.Row()
    for label in 0..<NameLabel.count {
      labels[label] = Int32(label & 1 == 0 ? evens[2 + label >> 1] : odds[2 + label >> 1])
    }
    return labels
  }
}
