import StageKit

/// The articles seen so far, and which of them share 5-grams with a new one.
///
/// An inverted index over the smallest hashes of each sketch, which is MinHash banding with bands of one row: where
/// bands of several rows ask for a high resemblance of the whole, a single rare shingle also finds the article of which
/// only half was copied. Each bucket heads a chain of postings, newest first. A chain ends where a posting is not older
/// than the one before it: that one's block was forgotten and its slot filled anew.
struct ArticleIndex {
  /// Postings looked at for one article: what bounds the time of a shingle that every article has.
  static let mostPostings = 1536
  /// Candidates compared by their whole sketches, those with the most shared shingles first.
  static let mostCandidates = 48

  private static let none = UInt32.max
  /// Slots must fit into 16 bits.
  private static let mostBlocks = 1 << 15

  private let maxArticles: Int
  private let articlesPerBlock: Int
  private(set) var count = 0
  private var blocks: [ArticleBlock?] = []
  /// Slots of live blocks, oldest first, and free ones.
  private var live: [Int] = []
  private var free: [Int] = []
  private var nextSerial = 0
  /// The newest posting of each bucket. A power of two.
  private var heads: [UInt32] = Array(repeating: none, count: 1 << 12)
  private var postingCount = 0
  /// The oldest article with a text, and the newest with an id.
  private var firstByText: [UInt64: ArticleReference] = [:]
  private var lastByID: [UInt64: ArticleReference] = [:]
  private var tally = Tally()

  init(maxArticles: Int) {
    self.maxArticles = maxArticles
    // A block of a sixteenth bounds what is remembered beyond the limit.
    articlesPerBlock = min(4096, max(1, maxArticles / 16))
  }

  // MARK: Looking up

  /// The oldest article of equal words.
  func first(withText hash: UInt64) -> ArticleReference? { firstByText[hash] }

  /// The newest article with this own id.
  func last(withID id: [UInt8]) -> ArticleReference? {
    guard let reference = lastByID[WordHash(id).value], let (block, place) = self[reference], block.id(place) == id
    else { return nil }
    return reference
  }

  /// Articles that share some of the smallest hashes, at most `mostCandidates`, those that share the most first, then
  /// the oldest.
  mutating func candidates(for sketch: Sketch) -> [ArticleReference] {
    let keys = Self.keyCount(sketch)
    if keys == 0 { return [] }
    tally.reset()
    let most = max(8, Self.mostPostings / keys)
    for n in 0..<keys {
      var number = heads[bucket(sketch.hashes[n])]
      var age = (serial: Int.max, posting: Int.max)
      for _ in 0..<most {
        guard number != Self.none, let block = blocks[Int(number >> 16)] else { break }
        let posting = Int(number & 0xFFFF)
        guard block.serial < age.serial || (block.serial == age.serial && posting < age.posting) else { break }
        age = (block.serial, posting)
        let (owner, previous) = block.posting(posting)
        tally.add(ArticleReference(slot: Int(number >> 16), place: owner))
        number = previous
      }
    }
    return tally.top(Self.mostCandidates) { age(of: $0) }
  }

  subscript(reference: ArticleReference) -> (block: ArticleBlock, place: Int)? {
    blocks[reference.slot].map { ($0, reference.place) }
  }

  /// Orders articles by arrival.
  func age(of reference: ArticleReference) -> Int {
    (blocks[reference.slot]?.serial ?? 0) << 16 | reference.place
  }

  // MARK: Remembering

  mutating func insert(_ fingerprint: Fingerprint, id: [UInt8], cluster: [UInt8], sequence: UInt64?, isIndexed: Bool) {
    let keys = isIndexed ? Self.keyCount(fingerprint.sketch) : 0
    let slot = slotWithRoom(postings: keys)
    guard let block = blocks[slot] else { return }
    block.append(fingerprint, id: id, cluster: cluster, sequence: sequence)
    count += 1
    let reference = ArticleReference(slot: slot, place: block.entries.count - 1)
    if fingerprint.wordCount > 0, firstByText[fingerprint.textHash] == nil {
      firstByText[fingerprint.textHash] = reference
    }
    lastByID[WordHash(id).value] = reference
    for n in 0..<keys {
      let bucket = bucket(fingerprint.sketch.hashes[n])
      heads[bucket] = UInt32(slot) << 16 | UInt32(block.appendPosting(before: heads[bucket]))
    }
    postingCount += keys
    if postingCount > heads.count { doubleBuckets() }
  }

  /// The smallest hashes of a sketch are its keys.
  private static func keyCount(_ sketch: Sketch) -> Int {
    min(sketch.hashes.count, max(24, sketch.hashes.count / 8))
  }

  private func bucket(_ key: UInt32) -> Int {
    // Keys are small numbers, being the smallest: the multiplication spreads them.
    Int((UInt64(key) &* 0x9E37_79B9_7F4A_7C15) >> 32) & (heads.count - 1)
  }

  private mutating func slotWithRoom(postings: Int) -> Int {
    if let slot = live.last, let block = blocks[slot] {
      if block.entries.count < articlesPerBlock, block.hasRoom(postings: postings) { return slot }
      block.close()
    }
    while let oldest = live.first, let block = blocks[oldest],
      count - block.entries.count >= maxArticles || live.count >= Self.mostBlocks
    {
      forget(oldest)
    }
    let slot = free.popLast() ?? blocks.count
    if slot == blocks.count { blocks.append(nil) }
    blocks[slot] = ArticleBlock(serial: nextSerial)
    nextSerial += 1
    live.append(slot)
    return slot
  }

  /// Forgets the oldest block.
  private mutating func forget(_ slot: Int) {
    guard let block = blocks[slot] else { return }
    for place in block.entries.indices {
      let reference = ArticleReference(slot: slot, place: place)
      let entry = block.entries[place]
      if firstByText[entry.textHash] == reference { firstByText[entry.textHash] = nil }
      let id = WordHash(block.id(place)).value
      if lastByID[id] == reference { lastByID[id] = nil }
      for (n, posting) in block.postings(place).enumerated() {
        let bucket = bucket(block.key(place, n))
        if heads[bucket] == UInt32(slot) << 16 | UInt32(posting) { heads[bucket] = Self.none }
      }
    }
    count -= block.entries.count
    postingCount -= block.postingCount
    blocks[slot] = nil
    live.removeFirst()
    free.append(slot)
  }

  /// Twice the buckets, every posting linked anew, oldest first.
  private mutating func doubleBuckets() {
    heads = Array(repeating: Self.none, count: heads.count * 2)
    for slot in live {
      guard let block = blocks[slot] else { continue }
      for place in block.entries.indices {
        for (n, posting) in block.postings(place).enumerated() {
          let bucket = bucket(block.key(place, n))
          block.setPrevious(of: posting, to: heads[bucket])
          heads[bucket] = UInt32(slot) << 16 | UInt32(posting)
        }
      }
    }
  }
}

/// Counts articles, without clearing a table for each look-up.
private struct Tally {
  private struct Cell {
    var round: UInt32 = 0
    var article: UInt32 = 0
    var count: UInt32 = 0
  }

  /// Twice the postings of one look-up: `mostPostings`, or 8 for each of at most 512 keys. A power of two.
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

  mutating func add(_ reference: ArticleReference) {
    let mask = cells.count - 1
    var at = Int((UInt64(reference.rawValue) &* 0x9E37_79B9_7F4A_7C15) >> 40) & mask
    while cells[at].round == round {
      if cells[at].article == reference.rawValue {
        cells[at].count += 1
        return
      }
      at = (at + 1) & mask
    }
    cells[at] = Cell(round: round, article: reference.rawValue, count: 1)
    used.append(at)
  }

  func top(_ most: Int, age: (ArticleReference) -> Int) -> [ArticleReference] {
    if used.isEmpty { return [] }
    var found = used.map { at in
      let reference = ArticleReference(rawValue: cells[at].article)
      // One number to sort by: the most shared first, then the oldest.
      return (rank: (1 << 14 - Int(cells[at].count)) << 48 | age(reference), reference: reference)
    }
    found.sort { $0.rank < $1.rank }
    return found.prefix(most).map(\.reference)
  }
}
