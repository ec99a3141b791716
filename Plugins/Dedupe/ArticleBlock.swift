/// Where an article lies in the index: the slot of its block, and its place in it.
struct ArticleReference: Hashable {
  let rawValue: UInt32
  init(slot: Int, place: Int) { rawValue = UInt32(slot) << 16 | UInt32(place) }
  init(rawValue: UInt32) { self.rawValue = rawValue }
  var slot: Int { Int(rawValue >> 16) }
  var place: Int { Int(rawValue & 0xFFFF) }
}

/// A run of articles that came one after another; they are forgotten together.
///
/// Everything of an article lies in a few arrays of the block, because an array of its own would cost more than an id.
final class ArticleBlock {
  /// Postings of one block are numbered in 16 bits.
  static let mostPostings = 1 << 16

  struct Entry {
    var textHash: UInt64
    /// `noSequence` outside a spool.
    var sequence: UInt64
    var hashEnd: UInt32
    var postingEnd: UInt32
    var idEnd: UInt32
    var clusterEnd: UInt32
    var isComplete: Bool
  }
  static let noSequence = UInt64.max

  /// Grows from block to block: tells which of two blocks came first.
  let serial: Int
  private(set) var entries: [Entry] = []
  private var hashes: [UInt32] = []
  /// Ids, each followed by the cluster's where that is another.
  private var names: [UInt8] = []
  /// For each posting its article, and the posting before it in the chain of its bucket.
  private var owners: [UInt16] = []
  private var previous: [UInt32] = []

  init(serial: Int) { self.serial = serial }

  var postingCount: Int { owners.count }

  /// Whether an article with so many postings fits in: offsets into the names are 32 bits, and an id may be long.
  func hasRoom(postings: Int) -> Bool {
    owners.count + postings <= Self.mostPostings && names.count < 1 << 28
  }

  func append(
    _ fingerprint: Fingerprint, id: [UInt8], cluster: [UInt8], sequence: UInt64?
  ) {
    hashes.append(contentsOf: fingerprint.sketch.hashes)
    names.append(contentsOf: id)
    let idEnd = names.count
    if cluster != id { names.append(contentsOf: cluster) }
    entries.append(
      Entry(
        textHash: fingerprint.textHash, sequence: sequence ?? Self.noSequence, hashEnd: UInt32(hashes.count),
        postingEnd: UInt32(owners.count), idEnd: UInt32(idEnd), clusterEnd: UInt32(names.count),
        isComplete: fingerprint.sketch.isComplete))
  }

  /// Adds a posting of the last article.
  ///
  /// - Returns: its number in the block.
  func appendPosting(before: UInt32) -> Int {
    owners.append(UInt16(entries.count - 1))
    previous.append(before)
    entries[entries.count - 1].postingEnd = UInt32(owners.count)
    return owners.count - 1
  }

  func setPrevious(of posting: Int, to value: UInt32) { previous[posting] = value }

  @inline(__always)
  func posting(_ number: Int) -> (owner: Int, previous: UInt32) { (Int(owners[number]), previous[number]) }

  /// Gives back what the arrays hold in reserve once no article will follow.
  func close() {
    entries = Array(entries)
    hashes = Array(hashes)
    names = Array(names)
    owners = Array(owners)
    previous = Array(previous)
  }

  func id(_ place: Int) -> [UInt8] {
    Array(names[(place == 0 ? 0 : Int(entries[place - 1].clusterEnd))..<Int(entries[place].idEnd)])
  }

  func cluster(_ place: Int) -> [UInt8] {
    let entry = entries[place]
    if entry.clusterEnd == entry.idEnd { return id(place) }
    return Array(names[Int(entry.idEnd)..<Int(entry.clusterEnd)])
  }

  func sequence(_ place: Int) -> UInt64? {
    entries[place].sequence == Self.noSequence ? nil : entries[place].sequence
  }

  func postings(_ place: Int) -> Range<Int> {
    (place == 0 ? 0 : Int(entries[place - 1].postingEnd))..<Int(entries[place].postingEnd)
  }

  /// The hash that the article's `n`th posting stands for.
  func key(_ place: Int, _ n: Int) -> UInt32 { hashes[(place == 0 ? 0 : Int(entries[place - 1].hashEnd)) + n] }

  func overlap(of sketch: Sketch, with place: Int, reaching share: Double) -> Overlap {
    let start = place == 0 ? 0 : Int(entries[place - 1].hashEnd)
    // A span must borrow from a local, not from a property that could change.
    let hashes = self.hashes
    return Overlap(
      sketch.hashes.span, isComplete: sketch.isComplete,
      hashes.span.extracting(start..<Int(entries[place].hashEnd)), isComplete: entries[place].isComplete,
      reaching: share)
  }
}
