/// Counts the keys that lead to each article of one slice, without clearing a table for each look-up.
struct SharedKeyCounts {
  /// For each place how many keys lead to it, and in the upper half how many of them are rare.
  private var sums = Array(repeating: UInt32(0), count: KeyTable.mostPlaces)
  private var places: [UInt16] = []

  @inline(__always)
  mutating func add(_ place: Int, isCommon: Bool) {
    guard place < sums.count else { return }
    if sums[place] == 0 { places.append(UInt16(place)) }
    sums[place] += isCommon ? 1 : 1 << 16 | 1
  }

  /// Calls `body` with each place that was added, and clears it.
  @inline(__always)
  mutating func drain(_ body: (_ place: Int, _ keys: Int, _ rareKeys: Int) -> Void) {
    for place in places {
      let sum = sums[Int(place)]
      sums[Int(place)] = 0
      body(Int(place), Int(sum & 0xFFFF), Int(sum >> 16))
    }
    places.removeAll(keepingCapacity: true)
  }
}
