/// Where an article lies in an index: the serial of its slice, and its place in it. Grows with arrival.
struct ArticleReference: Hashable, Comparable {
  let rawValue: UInt64
  init(slice: Int, place: Int) { rawValue = UInt64(slice) << 16 | UInt64(place) }
  fileprivate init(rawValue: UInt64) { self.rawValue = rawValue }
  static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
  var slice: Int { Int(rawValue >> 16) }
  var place: Int { Int(rawValue & 0xFFFF) }
}

/// Counts the keys that lead to each article of one slice, without clearing a table for each look-up.
struct Tally {
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

/// The articles of most weight among those that pass by, of equal ones the oldest.
struct Shortlist {
  private let most: Int
  /// One number to sort by: the higher the weight, the smaller.
  private var ranks: [UInt64] = []

  init(most: Int) {
    self.most = most
    ranks.reserveCapacity(most + 1)
  }

  @inline(__always)
  mutating func offer(_ article: ArticleReference, weight: Int) {
    let rank = UInt64(0xFFFF - min(0xFFFF, weight)) << 48 | article.rawValue
    if ranks.count == most, rank > ranks[most - 1] { return }
    // Few of many are wanted: they are kept in order while the others pass by.
    var at = ranks.count
    ranks.append(rank)
    while at > 0, ranks[at - 1] > rank {
      ranks[at] = ranks[at - 1]
      at -= 1
    }
    ranks[at] = rank
    if ranks.count > most { ranks.removeLast() }
  }

  mutating func removeAll() { ranks.removeAll(keepingCapacity: true) }

  var articles: [ArticleReference] { ranks.map { ArticleReference(rawValue: $0 & 0xFFFF_FFFF_FFFF) } }
}
