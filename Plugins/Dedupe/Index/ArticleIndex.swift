/// The articles of a window of time, and which of them share 5-grams with a new one.
///
/// An inverted index over the keys of each sketch, its smallest hashes and the least of each window of the text, which is MinHash banding with bands of one row: where
/// bands of several rows ask for a high resemblance of the whole, a single rare shingle also finds the article of which
/// only half was copied. Articles lie in slices of a sixteenth of the window, or as many as a slice holds; a slice is
/// forgotten when its newest article is older than the window.
struct ArticleIndex {
  /// Slices in a window.
  static let slicesInWindow = 16

  /// Seconds.
  var window: Int64
  /// Articles that are kept without a disk; beyond that the oldest slice is forgotten.
  let mostInMemory: Int?
  /// Oldest first. Serials of slices are their distance from the first one ever.
  private(set) var slices: [Slice] = []
  private var firstSerial = 0
  private(set) var nextNumber: UInt64 = 0
  /// The number behind the last entry that the journal holds.
  private(set) var committedNumber: UInt64 = 0
  /// Slices that were forgotten and whose files are still there.
  private(set) var forgotten: [UInt64] = []
  /// Numbers of entries that a power cut tore out of the last slice's file: the journal still has them.
  private var missing: Set<UInt64> = []
  /// Numbers of entries whose records an earlier run did not put out.
  var undelivered: [Range<UInt64>] = []
  /// Slices in which something damaged was met.
  private(set) var damaged: Set<UInt64> = []
  /// Hashes of text that stands in many articles, each with the serial of the newest slice that tells so.
  private var standing: [UInt32: Int] = [:]
  private static let mostStanding = 1 << 16
  private var search = CandidateSearch()
  private var hashes = [UInt32](repeating: 0, count: Sketch.largest)

  init(window: Int64, mostInMemory: Int? = nil) {
    self.window = window
    self.mostInMemory = mostInMemory
  }

  var count: Int { slices.reduce(0) { $0 + $1.count } }

  // MARK: - Looking up

  subscript(reference: ArticleReference) -> Slice? {
    let at = reference.slice - firstSerial
    return slices.indices.contains(at) ? slices[at] : nil
  }

  /// Calls `body` with this index, what stands at the beginning of an article's entry, and its bytes; `nil` where that
  /// gives nothing, or the entry is damaged.
  @inline(__always)
  mutating func withEntry<R>(
    _ reference: ArticleReference, _ slice: Slice, _ body: (inout ArticleIndex, EntryHead, Span<UInt8>) -> R?
  ) -> R? {
    var isDamaged = false
    let result = slice.withEntry(reference.place) { bytes, isIntact -> R? in
      guard let head = EntryHead(bytes) else {
        isDamaged = true
        return nil
      }
      guard let result = body(&self, head, bytes) else { return nil }
      // Only what counts is held against its checksum: nothing damaged is ever named.
      isDamaged = !isIntact(bytes)
      return isDamaged ? nil : result
    }
    if isDamaged { damaged.insert(slice.firstNumber) }
    return result
  }

  /// What a sketch and the sketch of an article have in common.
  @inline(__always)
  mutating func overlap(
    _ sketch: Sketch, _ head: EntryHead, _ bytes: Span<UInt8>, reaching share: Double, without leftOut: [UInt32]
  ) -> Overlap {
    if !leftOut.isEmpty {
      guard let other = known(head, bytes, without: leftOut) else { return Overlap() }
      return Overlap(sketch.hashes.span, other.hashes.span, limit: min(sketch.limit, other.limit))
    }
    var scratch = hashes.mutableSpan
    var count = head.readSketch(bytes, most: Overlap.firstLook, into: &scratch)
    // Most candidates share a stock phrase only: that shows in the first hashes.
    if Overlap.isHopeless(sketch.hashes.span, scratch.span.extracting(..<count), reaching: share) { return Overlap() }
    if head.hashCount > count { count = head.readSketch(bytes, into: &scratch) }
    let limit = head.isComplete ? .max : count > 0 ? scratch[count - 1] : 0
    return Overlap(sketch.hashes.span, scratch.span.extracting(..<count), limit: min(sketch.limit, limit))
  }

  /// The hashes of an article that are not left out.
  ///
  /// - Parameter leftOut: sorted.
  mutating func sketch(of reference: ArticleReference, without leftOut: [UInt32]) -> StandingText.Known? {
    guard let slice = self[reference] else { return nil }
    return withEntry(reference, slice) { index, head, bytes in index.known(head, bytes, without: leftOut) }
  }

  private mutating func known(
    _ head: EntryHead, _ bytes: Span<UInt8>, without leftOut: [UInt32]
  ) -> StandingText.Known? {
    var scratch = hashes.mutableSpan
    let count = head.readSketch(bytes, into: &scratch)
    guard count == head.hashCount else { return nil }
    var known: [UInt32] = []
    known.reserveCapacity(count)
    for place in 0..<count { known.append(scratch[place]) }
    let limit = head.isComplete ? .max : known.last ?? 0
    take(leftOut, outOf: &known)
    return StandingText.Known(hashes: known, limit: limit)
  }

  /// Whether an article's record came out.
  func cameOut(_ head: EntryHead) -> Bool {
    head.cameOut && !undelivered.contains { $0.contains(head.number) }
  }

  // MARK: - Standing text

  var hasRoomForStanding: Bool { standing.count < Self.mostStanding }

  /// Those of some hashes that stand in many articles.
  func standingText(in hashes: [UInt32]) -> [UInt32] {
    standing.isEmpty ? [] : hashes.filter { standing[$0] != nil }
  }

  /// Those that the newest slice does not tell yet.
  func unrecorded(_ hashes: [UInt32]) -> [UInt32] {
    let newest = firstSerial + slices.count - 1
    return hashes.filter { standing[$0] != newest }
  }

  private mutating func noteStanding(_ hashes: [UInt32]) {
    for hash in hashes { standing[hash] = firstSerial + slices.count - 1 }
  }

  /// Articles that may be like a new one.
  struct Candidates {
    /// At most `CandidateSearch.mostCandidates`, those that share the most first.
    var similar: [ArticleReference]
    /// The oldest one of equal words.
    var sameText: ArticleReference?
    /// The newest one with the same own id.
    var sameID: ArticleReference?
  }

  /// - Parameter odds: `nil` for an article that is found by its whole text only.
  mutating func candidates(
    from fingerprint: Fingerprint, id: [UInt8], superseding number: UInt64? = nil, odds: KeyOdds?
  ) -> Candidates {
    search.run(fingerprint, id: id, odds: odds, in: slices, from: firstSerial)
    return Candidates(
      similar: search.candidates,
      sameText: search.ofText.sorted().first {
        has($0, notSupersededBy: number) { head, _ in head.isSameText(as: fingerprint) }
      },
      sameID: search.ofID.sorted().last {
        has($0, notSupersededBy: number) { head, bytes in head.hasID(id, bytes) }
      })
  }

  private mutating func has(
    _ reference: ArticleReference, notSupersededBy number: UInt64?, _ property: (EntryHead, Span<UInt8>) -> Bool
  ) -> Bool {
    guard let slice = self[reference] else { return false }
    return withEntry(reference, slice) { index, head, bytes in
      property(head, bytes) && !index.isSuperseded(head, by: number) ? true : nil
    } ?? false
  }

  /// Whether a later article took the place of one, or one that is being decided does.
  ///
  /// - Parameter number: what that one supersedes.
  mutating func isSuperseded(_ head: EntryHead, by number: UInt64?) -> Bool {
    guard let sequence = head.sequence else { return false }
    if sequence == number { return true }
    let key = Key(superseding: sequence)
    var places: [ArticleReference] = []
    // Those that came before it cannot.
    for (at, slice) in slices.enumerated() where slice.lastNumber > head.number {
      let serial = firstSerial + at
      if let table = slice.table {
        table.visit(key, most: 4) { place, _ in places.append(ArticleReference(slice: serial, place: place)) }
      } else {
        slice.keys.visit(key, most: 4) { place, _ in places.append(ArticleReference(slice: serial, place: place)) }
      }
    }
    for place in places {
      guard let slice = self[place] else { continue }
      let isMeant = withEntry(place, slice) { _, head, _ in head.supersedes == sequence ? true : nil }
      if isMeant == true { return true }
    }
    return false
  }

  // MARK: - Remembering

  /// Seconds that the articles of a slice are apart, at most.
  static func span(of window: Int64) -> Int64 { max(1, window / Int64(slicesInWindow)) }

  /// Makes room for what arrives at `arrival`: forgets what is too old, begins a slice where one is due.
  mutating func advance(to arrival: Int64, keys more: Int, former: Bool = false) {
    if let last = slices.last {
      let span = Self.span(of: window)
      let isOld = last.count > 0 && arrival >= last.oldestArrival.addingReportingOverflow(span).partialValue
      if !last.hasRoom(keys: more + Slice.wholeKeys) || isOld || !last.takes(former: former) { begin() }
    } else {
      begin()
    }
    while slices.count > 1, slices[0].newestArrival < arrival - window { forgetOldest() }
    if let mostInMemory {
      while slices.count > 1, count >= mostInMemory { forgetOldest() }
    }
  }

  private mutating func begin() {
    if mostInMemory != nil { slices.last?.sealInMemory() }
    slices.append(Slice(firstNumber: nextNumber))
  }

  private mutating func forgetOldest() {
    let slice = slices.removeFirst()
    forgotten.append(slice.firstNumber)
    if !slice.standing.isEmpty {
      let serial = firstSerial
      standing = standing.filter { $0.value != serial }
    }
    firstSerial += 1
  }

  /// Remembers an article under the next number.
  ///
  /// - Returns: the entry, encoded.
  mutating func insert(_ entry: IndexEntry) -> [UInt8] {
    var entry = entry
    advance(to: entry.arrival, keys: entry.keyCount, former: entry.isFormer)
    entry.number = nextNumber
    let bytes = EntryHead.encode(entry)
    add(entry, bytes)
    nextNumber += 1
    return bytes
  }

  private mutating func add(_ entry: IndexEntry, _ bytes: [UInt8]) {
    slices.last?.append(entry, bytes)
    noteStanding(entry.standing)
  }

  /// Remembers what an earlier run decided, once.
  mutating func replay(_ bytes: [UInt8]) {
    guard let entry = IndexEntry(bytes.span) else { return }
    if entry.number < nextNumber {
      if missing.remove(entry.number) != nil { add(entry, bytes) }
      // Perhaps it stands in memory only, after a sync that failed: it is written again.
      for slice in slices where slice.table == nil && entry.number <= slice.lastNumber { slice.distrustFile() }
      return
    }
    nextNumber = entry.number
    advance(to: entry.arrival, keys: entry.keyCount, former: entry.isFormer)
    add(entry, bytes)
    nextNumber += 1
    committedNumber = nextNumber
  }

  mutating func commit(through number: UInt64) { committedNumber = max(committedNumber, number + 1) }

  /// Takes in a slice that lies on the disk, behind the others.
  ///
  /// - Parameter missing: numbers of its entries that its file has lost.
  mutating func adopt(_ slice: Slice, missing: [UInt64] = []) {
    self.missing = Set(missing)
    slices.append(slice)
    noteStanding(slice.standing)
    nextNumber = slice.count > 0 ? slice.lastNumber + 1 : slice.firstNumber
    committedNumber = nextNumber
  }

  mutating func removeAll() {
    self = ArticleIndex(window: window, mostInMemory: mostInMemory)
  }

  // MARK: - On the way to the disk

  /// How many entries of a slice the journal holds: all but the last ones that were decided.
  func committedCount(of at: Int) -> Int {
    var open = Int(clamping: nextNumber - min(nextNumber, committedNumber))
    for later in slices[(at + 1)...].reversed() { open = max(0, open - later.count) }
    return max(0, slices[at].count - open)
  }

  /// Whether nothing will be added to a slice and all of it is on the disk.
  func isReadyToSeal(_ at: Int) -> Bool {
    at < slices.count - 1 && slices[at].table == nil && slices[at].isWritten
  }

  mutating func takeForgotten() -> [UInt64] {
    defer { forgotten = [] }
    return forgotten
  }

  mutating func takeDamaged() -> Set<UInt64> {
    defer { damaged = [] }
    return damaged
  }
}
