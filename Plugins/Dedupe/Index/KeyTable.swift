/// What leads to an article: one of its smallest shingle hashes, its text as a whole, or its own id. 48 bits, never 0.
struct Key: Hashable {
  static let bits = 48
  let rawValue: UInt64

  private init(_ value: UInt64) { rawValue = mixed(value) >> (64 - Self.bits) | 1 }
  init(shingle: UInt32) { self.init(UInt64(shingle)) }
  init(text: UInt64) { self.init(text ^ 0x5851_F42D_4C95_7F2D) }
  init(body: UInt64) { self.init(body ^ 0x2545_F491_4F6C_DD1D) }
  init(id: [UInt8]) {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in id { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    self.init(hash ^ 0x1405_7B7E_F767_814F)
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
  /// Places are numbered in 16 bits.
  static let mostPlaces = 1 << 16
  static let mostKeys = 3 << 19

  /// Key and place; 0 is free. A power of two, filled to three quarters at most.
  private(set) var slots: [UInt64] = Array(repeating: 0, count: 1 << 10)
  private(set) var count = 0

  /// Of the key's top bits, so that slots are nearly in the order of keys.
  @inline(__always)
  private func home(_ key: UInt64) -> Int { Int(key >> UInt64(Key.bits - slots.count.trailingZeroBitCount)) }

  mutating func insert(_ key: Key, _ place: Int, most: Int = mostOfOneKey) {
    if count >= slots.count / 4 * 3 { grow() }
    let mask = slots.count - 1
    var at = home(key.rawValue)
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
    let mask = slots.count - 1
    var at = home(key.rawValue)
    while slots[at] != 0 {
      if slots[at] >> 16 == key.rawValue {
        slots[at] = key.rawValue << 16 | UInt64(place)
        return
      }
      at = (at + 1) & mask
    }
    insert(key, place)
  }

  /// Calls `body` with the oldest places of a key, at most `most`.
  @inline(__always)
  func visit(_ key: Key, most: Int = mostOfOneKey, _ body: (Int) -> Void) {
    let mask = slots.count - 1
    var at = home(key.rawValue)
    var same = 0
    while slots[at] != 0 {
      if slots[at] >> 16 == key.rawValue {
        body(Int(slots[at] & 0xFFFF))
        same += 1
        if same >= most { return }
      }
      at = (at + 1) & mask
    }
  }

  func isCommon(_ key: Key) -> Bool {
    var count = 0
    visit(key, most: Self.common) { _ in count += 1 }
    return count == Self.common
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: 0, count: old.count * 2)
    let mask = slots.count - 1
    // From a free slot on, so that a run that goes around the end keeps its order.
    let start = old.firstIndex(of: 0) ?? 0
    for step in 0..<old.count {
      let slot = old[(start + step) & (old.count - 1)]
      if slot == 0 { continue }
      var at = home(slot >> 16)
      while slots[at] != 0 { at = (at + 1) & mask }
      slots[at] = slot
    }
  }
}
