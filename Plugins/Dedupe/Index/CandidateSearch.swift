import Bytes

/// Finds the articles of an index that have keys in common with a new one. Its fields are space that is used again.
struct CandidateSearch {
  /// Candidates compared by their whole sketches, those with the most shared keys first.
  static let mostCandidates = 48
  /// A candidate must share a rare key, or two common ones.
  static let leastWeight = 2
  /// Articles that are looked up in a slice, of all keys together and of each at least.
  static let (mostLookedUp, fewestLookedUp) = (768, 4)

  private var keys = Keys()
  /// The same for slices of a former version.
  private var formerKeys = Keys()
  private var limitsNeedingMore: [ClosedRange<UInt16>] = []
  private var counts = SharedKeyCounts()
  private var shortlist = Shortlist(most: mostCandidates)
  /// Never read. It stops the optimiser from dropping the loads that bring buckets into the cache before they are needed.
  private var fetched: UInt32 = 0

  /// The articles that share much, those that share the most first, then the oldest.
  var candidates: [ArticleReference] { shortlist.articles }
  /// Articles to which the whole text leads, or the own id.
  private(set) var ofText: [ArticleReference] = []
  private(set) var ofID: [ArticleReference] = []

  private struct Keys {
    var all: [Key] = []
    var shingleCount = 0
    /// The last key is the own id; those between it and the shingles are of the text as a whole.
    var textCount = 0

    mutating func set(_ shingles: some Sequence<Key>, _ fingerprint: Fingerprint, _ id: [UInt8]) {
      all.removeAll(keepingCapacity: true)
      all += shingles
      shingleCount = all.count
      all += [Key(text: fingerprint.textHash), Key(body: fingerprint.textHash)]
      if fingerprint.bodyHash != 0 { all.append(Key(text: fingerprint.bodyHash)) }
      textCount = all.count - shingleCount
      all.append(Key(id: id))
    }
  }

  /// - Parameters:
  ///   - odds: `nil` where shingles lead nowhere.
  ///   - firstSerial: of the slices.
  mutating func run(
    _ fingerprint: Fingerprint, id: [UInt8], odds: KeyOdds?, in slices: [Slice], from firstSerial: Int
  ) {
    begin(fingerprint, id, odds, withFormer: slices.contains(where: \.isFormer))
    // All places are looked at first, without a branch, so that the processor fetches them side by side.
    for slice in slices {
      let keys = slice.isFormer ? formerKeys : keys
      if let table = slice.table { fetch(table, keys) } else { fetch(slice.keys, keys) }
    }
    for (at, slice) in slices.enumerated() {
      let keys = slice.isFormer ? formerKeys : keys
      if let table = slice.table {
        search(table, keys, firstSerial + at, table.keyLimit)
      } else {
        let limits = slice.limits
        search(slice.keys, keys, firstSerial + at) { limits[$0] }
      }
    }
  }

  private mutating func begin(_ fingerprint: Fingerprint, _ id: [UInt8], _ odds: KeyOdds?, withFormer: Bool) {
    shortlist.removeAll()
    ofText.removeAll(keepingCapacity: true)
    ofID.removeAll(keepingCapacity: true)
    let sketch = fingerprint.sketch
    if let odds { limitsNeedingMore = odds.limitsNeedingMore(for: sketch) }
    keys.set((odds == nil ? [] : sketch.keys).lazy.map { Key(shingle: $0) }, fingerprint, id)
    if withFormer {
      let leading = odds == nil ? [] : sketch.hashes.prefix(sketch.leadingCount)
      formerKeys.set(leading.lazy.map { Key(formerShingle: $0) }, fingerprint, id)
    }
  }

  @inline(__always)
  private mutating func fetch(_ table: some KeyLookup, _ keys: Keys) {
    for key in keys.all { fetched ^= table.fetch(key) }
  }

  @inline(__always)
  private mutating func search(
    _ table: some KeyLookup, _ keys: Keys, _ serial: Int, _ limit: (_ place: Int) -> KeyLimit
  ) {
    let (all, shingleCount) = (keys.all, keys.shingleCount)
    let most = max(Self.fewestLookedUp, min(KeyTable.mostOfOneKey, Self.mostLookedUp / max(1, shingleCount)))
    for n in 0..<shingleCount {
      table.visit(all[n], most: most) { place, isCommon in counts.add(place, isCommon: isCommon) }
    }
    for n in Range(from: shingleCount, upTo: shingleCount + keys.textCount) {
      table.visit(all[n], most: 4) { place, _ in ofText.append(ArticleReference(slice: serial, place: place)) }
    }
    table.visit(all[all.count - 1], most: 4) { place, _ in
      ofID.append(ArticleReference(slice: serial, place: place))
    }
    counts.drain { place, shared, rare in
      let weight = shared + rare
      if weight < Self.leastWeight { return }
      if shared < limitsNeedingMore.count, limitsNeedingMore[shared].contains(limit(place).rawValue) { return }
      shortlist.offer(ArticleReference(slice: serial, place: place), weight: weight)
    }
  }
}

/// Keys and the places of articles that they lead to.
protocol KeyLookup {
  /// What lies in memory where a key is looked for first.
  func fetch(_ key: Key) -> UInt32
  /// Calls `body` with the oldest places of a key, at most `most`, and whether it has `KeyTable.common` or more.
  func visit(_ key: Key, most: Int, _ body: (_ place: Int, _ isCommon: Bool) -> Void)
}
