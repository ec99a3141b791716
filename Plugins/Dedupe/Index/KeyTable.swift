import Bytes

/// What leads to an article: one of its smallest shingle hashes, its text as a whole, its own id, or the number of the
/// article that it takes the place of. 48 bits, never 0.
struct Key: Hashable {
  static let bits = 48
  let rawValue: UInt64

  private init(_ value: UInt64) { rawValue = mixed(value) >> (64 - Self.bits) | 1 }
  /// - Parameter shingle: all 32 bits of its hash.
  init(shingle: UInt32) { self.init(UInt64(shingle) | 1 << 40) }
  /// As entries of a former version have it: of the first `Shingles.bits` bits.
  init(formerShingle: UInt32) { self.init(UInt64(formerShingle)) }
  init(text: UInt64) { self.init(text ^ 0x5851_F42D_4C95_7F2D) }
  init(body: UInt64) { self.init(body ^ 0x2545_F491_4F6C_DD1D) }
  init(superseding sequence: UInt64) { self.init(sequence ^ 0x9FB2_1C65_1E98_DF25) }
  init(id: [UInt8]) {
    var hash = FNV1a()
    for byte in id { hash.add(byte) }
    self.init(hash.value ^ 0x1405_7B7E_F767_814F)
  }
}

/// Keys and the places of articles in one slice that is still growing: a hash table with linear probing, in which
/// places of one key stand in the order of arrival.
struct KeyTable: Sendable {
  /// More articles of one key are not noted in a slice: those are stock phrases, or copies of which the first lead to
  /// all. It bounds what a look-up and the table cost.
  static let mostOfOneKey = 32
  /// A key with as many articles in a slice is a stock phrase, or of a report that many took over.
  static let common = 16
  /// Places are numbered in 16 bits; the last number stands for none.
  static let mostPlaces = 1 << 16 - 1
  static let mostKeys = 3 << 20

  /// Key and place; 0 is free. A power of two, filled to three quarters at most.
  private var memory = SlotMemory(count: 1 << 9)
  private(set) var count = 0

  init() {}

  /// With room for so many.
  init(capacity: Int) {
    var slots = 1 << 9
    while slots / 4 * 3 < capacity { slots *= 2 }
    memory = SlotMemory(count: slots)
  }

  /// Of the key's top bits, so that slots are nearly in the order of keys.
  @inline(__always)
  private static func home(_ key: UInt64, in slots: UnsafeMutableBufferPointer<UInt64>) -> Int {
    Int(key >> UInt64(Key.bits - slots.count.trailingZeroBitCount))
  }

  mutating func insert(_ key: Key, _ place: Int, most: Int = mostOfOneKey) {
    if count >= memory.slots.count / 4 * 3 || !isKnownUniquelyReferenced(&memory) { rebuild() }
    let slots = memory.slots
    let mask = slots.count - 1
    var at = Self.home(key.rawValue, in: slots)
    var same = 0
    while slots[at] != 0 {
      if slots[at] >> 16 == key.rawValue {
        same += 1
        if same >= most { return }
      }
      at = (at + 1) & mask
    }
    slots[at] = key.rawValue << 16 | UInt64(place)
    count += 1
  }

  /// The key leads to this place only.
  mutating func set(_ key: Key, _ place: Int) {
    if !isKnownUniquelyReferenced(&memory) { rebuild() }
    let slots = memory.slots
    let mask = slots.count - 1
    var at = Self.home(key.rawValue, in: slots)
    while slots[at] != 0 {
      if slots[at] >> 16 == key.rawValue {
        slots[at] = key.rawValue << 16 | UInt64(place)
        return
      }
      at = (at + 1) & mask
    }
    insert(key, place)
  }

  /// Calls `body` with all keys and their places, nearly in the order of keys, those of one key by arrival.
  func forEach(_ body: (_ key: UInt64, _ place: Int) -> Void) {
    // The memory lives as long as `self`.
    withExtendedLifetime(memory) {
      let slots = memory.slots
      // From a free slot on: a run may go around the end.
      let start = slots.firstIndex(of: 0) ?? 0
      for step in slots.indices {
        let slot = slots[(start + step) & (slots.count - 1)]
        if slot != 0 { body(slot >> 16, Int(slot & 0xFFFF)) }
      }
    }
  }

  /// A copy of its own, with room for more.
  private mutating func rebuild() {
    let isFull = count >= memory.slots.count / 4 * 3
    let new = SlotMemory(count: memory.slots.count * (isFull ? 2 : 1))
    let slots = new.slots
    forEach { key, place in
      var at = Self.home(key, in: slots)
      while slots[at] != 0 { at = (at + 1) & (slots.count - 1) }
      slots[at] = key << 16 | UInt64(place)
    }
    memory = new
  }
}

extension KeyTable: KeyLookup {
  @inline(__always)
  func fetch(_ key: Key) -> UInt32 {
    withExtendedLifetime(memory) { UInt32(truncatingIfNeeded: memory.slots[Self.home(key.rawValue, in: memory.slots)]) }
  }

  @inline(__always)
  func visit(_ key: Key, most: Int, _ body: (_ place: Int, _ isCommon: Bool) -> Void) {
    withExtendedLifetime(memory) {
      let slots = memory.slots
      let mask = slots.count - 1
      let first = Self.home(key.rawValue, in: slots)
      var (at, found) = (first, 0)
      while slots[at] != 0 {
        found += slots[at] >> 16 == key.rawValue ? 1 : 0
        at = (at + 1) & mask
      }
      if found == 0 { return }
      let isCommon = found >= Self.common
      var left = min(found, most)
      at = first
      while left > 0 {
        if slots[at] >> 16 == key.rawValue {
          body(Int(slots[at] & 0xFFFF), isCommon)
          left -= 1
        }
        at = (at + 1) & mask
      }
    }
  }
}
