/// Where an article lies in an index: the serial of its slice, and its place in it. Grows with arrival.
struct ArticleReference: Hashable {
  let rawValue: UInt64
  init(slice: Int, place: Int) { rawValue = UInt64(slice) << 16 | UInt64(place) }
  init(rawValue: UInt64) { self.rawValue = rawValue }
  var slice: Int { Int(rawValue >> 16) }
  var place: Int { Int(rawValue & 0xFFFF) }
}

/// Weighs articles by the keys that lead to them, without clearing a table for each look-up.
struct Tally {
  private struct Cell {
    var article: UInt64 = 0
    var round: UInt32 = 0
    var weight: UInt32 = 0
  }

  /// What an article must weigh to be of interest.
  static let enough: UInt32 = 2

  /// A power of two. Half of them are used at most: what is found behind that is not counted, so that no look-up takes
  /// long.
  private var cells = Array(repeating: Cell(), count: 1 << 13)
  private var used: [Int] = []
  private var round: UInt32 = 0

  mutating func reset() {
    used.removeAll(keepingCapacity: true)
    round &+= 1
    if round == 0 {
      for at in cells.indices { cells[at].round = 0 }
      round = 1
    }
  }

  @inline(__always)
  mutating func add(_ reference: ArticleReference, weight: UInt32) {
    let mask = cells.count - 1
    var at = Int((reference.rawValue &* 0x9E37_79B9_7F4A_7C15) >> 40) & mask
    while cells[at].round == round {
      if cells[at].article == reference.rawValue {
        cells[at].weight += weight
        return
      }
      at = (at + 1) & mask
    }
    if used.count >= cells.count / 2 { return }
    cells[at] = Cell(article: reference.rawValue, round: round, weight: weight)
    used.append(at)
  }

  /// The heaviest first, of equal ones the oldest.
  func top(_ most: Int) -> [ArticleReference] {
    // One number to sort by. Few of many are wanted: they are kept in order while the others pass by.
    var ranks: [UInt64] = []
    ranks.reserveCapacity(most + 1)
    for cell in used where cells[cell].weight >= Self.enough {
      let rank = UInt64(0xFFFF - min(0xFFFF, cells[cell].weight)) << 48 | cells[cell].article
      if ranks.count == most, rank > ranks[most - 1] { continue }
      var at = ranks.count
      ranks.append(rank)
      while at > 0, ranks[at - 1] > rank {
        ranks[at] = ranks[at - 1]
        at -= 1
      }
      ranks[at] = rank
      if ranks.count > most { ranks.removeLast() }
    }
    return ranks.map { ArticleReference(rawValue: $0 & 0xFFFF_FFFF_FFFF) }
  }
}
