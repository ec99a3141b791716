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
