import StageKit

/// What the model's word list knows of a word, whatever its case.
package struct WordFacts: Equatable, Sendable {
  /// 0 for an unknown word.
  var bits: UInt32

  static let unknown = WordFacts(bits: 0)

  /// The index of the word cluster of the form with a capital, 0 where it has none.
  var upperCluster: Int { Int(bits & 0x3FF) }
  /// That of the form without one.
  var lowerCluster: Int { Int(bits >> 10 & 0x3FF) }
  /// How usual the capital is: 1 hardly ever … 7 nearly always, 0 unknown.
  var capitalUse: UInt64 { UInt64(bits >> 20 & 7) }
  /// 0 rare … 3 very frequent.
  var frequency: UInt64 { UInt64(bits >> 23 & 3) }
  /// How much it is a given name, a surname and a place, each 0…3, as six bits.
  var names: UInt64 { UInt64(bits >> 25 & 0x3F) }
  var given: UInt64 { names & 3 }
  var surname: UInt64 { names >> 2 & 3 }
  var place: UInt64 { names >> 4 & 3 }
  /// Whether a listed name of several words starts with it.
  var isOpener: Bool { bits & Self.opener != 0 }
  package static let opener: UInt32 = 1 << 31
}

/// A map from 64-bit hashes to 32-bit values, laid out in bytes that may be mapped from a file: slots of eight bytes,
/// the fingerprint of a key (its lower half) and its value, found by linear probing from the place that the upper half
/// gives. A fingerprint of 0 marks an empty slot.
///
/// Of N keys, a word that is none of them is taken for one with a chance of about N / 2³² for each slot looked at.
package struct HashedTable: Sendable {
  /// Unsafe: points into a `Resource` that the owner of the table keeps, and nobody writes there.
  private nonisolated(unsafe) let slots: UnsafePointer<UInt64>
  let count: Int

  /// - Precondition: `bytes` is aligned to eight bytes, its length a multiple of eight, and at least one slot is empty.
  init(_ bytes: UnsafeRawBufferPointer) {
    count = bytes.count / 8
    // An empty list has no table: a slot that is empty stands for it.
    slots =
      bytes.baseAddress.map { $0.assumingMemoryBound(to: UInt64.self) } ?? UnsafePointer(HashedTable.nothing)
  }

  private nonisolated(unsafe) static let nothing: UnsafeMutablePointer<UInt64> = {
    let slot = UnsafeMutablePointer<UInt64>.allocate(capacity: 1)
    slot.initialize(to: 0)
    return slot
  }()

  subscript(hash: UInt64) -> UInt32? {
    let fingerprint = Self.fingerprint(hash)
    var at = Self.place(hash, of: count)
    while true {
      let slot = slots[at]
      if UInt32(truncatingIfNeeded: slot) == fingerprint { return UInt32(truncatingIfNeeded: slot >> 32) }
      if UInt32(truncatingIfNeeded: slot) == 0 { return nil }
      at = at + 1 < count ? at + 1 : 0
    }
  }

  @inline(__always)
  package static func fingerprint(_ hash: UInt64) -> UInt32 { max(1, UInt32(truncatingIfNeeded: hash)) }

  @inline(__always)
  package static func place(_ hash: UInt64, of count: Int) -> Int {
    Int(truncatingIfNeeded: ((hash >> 32) &* UInt64(count)) >> 32)
  }

  /// The bytes of a table with these entries; the last of several for one key counts.
  package static func packed(_ entries: [UInt64: UInt32]) -> [UInt8] {
    let count = entries.count * 5 / 4 + 1
    var slots = Array(repeating: UInt64(0), count: count)
    for (hash, value) in entries.sorted(by: { $0.key < $1.key }) {
      let slot = UInt64(value) << 32 | UInt64(fingerprint(hash))
      var at = place(hash, of: count)
      while slots[at] != 0, UInt32(truncatingIfNeeded: slots[at]) != fingerprint(hash) { at = (at + 1) % count }
      slots[at] = slot
    }
    return slots.withUnsafeBytes { Array($0) }
  }
}
