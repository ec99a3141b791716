import StageKit

/// Holds each article against the earlier ones, in the order of arrival.
public struct DuplicateDecider: StageDecider {
  /// As many matches as a record lists.
  static let mostMatches = 20
  /// Fewer shared hashes than this say nothing: a stock phrase gives as many.
  private static let fewestShared = 4

  private let options: DedupeOptions
  private let index: DuplicateIndex
  private let odds: KeyOdds

  init(options: DedupeOptions, index: DuplicateIndex) {
    self.options = options
    odds = KeyOdds(share: options.leastShare)
    self.index = index
    index.keep(for: options.windowSeconds)
  }

  public func decide(_ arrival: Arrival, _ fingerprint: Fingerprint) -> Decision {
    index.withIndex { index in
      index.advance(to: arrival.time, keys: fingerprint.sketch.keys.count)
      var text = ComparedText(fingerprint, in: index)
      let isIndexed = fingerprint.wordCount >= options.minWords
      let candidates = index.candidates(
        from: text.fingerprint, id: arrival.id, superseding: arrival.supersedes, odds: isIndexed ? odds : nil)
      var found = matches(of: text, arrival, candidates, in: &index)
      let learned = standingText(of: text, found, in: &index)
      if !learned.isEmpty {
        text.leaveOut(learned)
        found = matches(of: text, arrival, candidates, in: &index)
      }
      let revision = revision(of: fingerprint, arrival, candidates.sameID, in: &index)
      // A correction is news, however near it is to what it corrects.
      let isSetAside =
        options.action == .setAside && revision == nil && !arrival.isDiscarded
        && found.contains { $0.cameOut && counts($0.match.status) }
      found.removeLast(max(0, found.count - Self.mostMatches))
      var duplicates = duplicates(found, arrival)
      duplicates.revises = revision?.id
      let isCopy = duplicates.status == .exact || duplicates.status == .near
      var entry = entry(text.fingerprint, arrival, cluster: isCopy ? duplicates.cluster : nil)
      entry.cameOut = !isSetAside && !arrival.isDiscarded
      entry.standing = index.unrecorded(text.leftOut)
      entry.keysLeftOut = fingerprint.sketch.keys.count - text.fingerprint.sketch.keys.count
      return Decision(
        layer: duplicates.json, revisionOf: revision?.sequence, change: index.insert(entry),
        isSetAside: isSetAside, status: duplicates.status)
    }
  }

  private func counts(_ status: Duplicates.Match.Status) -> Bool {
    status == .exact || status == .near && options.setAside == .near
  }

  private func duplicates(_ found: [Found], _ arrival: Arrival) -> Duplicates {
    // A partial copy starts a cluster of its own, or two stories that share a paragraph would run together.
    guard let best = found.first else { return Duplicates(status: .unique, matches: [], cluster: arrival.id) }
    let isCopy = best.match.status == .exact || best.match.status == .near
    return Duplicates(
      status: best.match.status.ofArticle, matches: found.map(\.match), cluster: isCopy ? best.cluster : arrival.id)
  }

  public func restore(
    _ arrival: Arrival, _ fingerprint: Fingerprint, decided: RecordNode
  ) throws(RecordProblem) {
    let duplicates = try decided.optional { node throws(RecordProblem) in try Duplicates(node) }
    var entry = entry(fingerprint, arrival, cluster: duplicates?.cluster)
    entry.cameOut = !arrival.isSetAside
    index.withIndex { index in
      if arrival.supersedes != nil, isCorrection(arrival, fingerprint, in: &index) { entry.supersedes = nil }
      _ = index.insert(entry)
      index.commit(through: index.nextNumber - 1)
    }
  }

  /// Whether an article corrects an earlier one of its own id, which goes on to be matched.
  private func isCorrection(_ arrival: Arrival, _ fingerprint: Fingerprint, in index: inout ArticleIndex) -> Bool {
    let candidates = index.candidates(from: fingerprint, id: arrival.id, odds: nil)
    guard let reference = candidates.sameID, let slice = index[reference] else { return false }
    return index.withEntry(reference, slice) { _, head, _ in head.sequence == arrival.supersedes ? true : nil } ?? false
  }

  private func entry(_ fingerprint: Fingerprint, _ arrival: Arrival, cluster: [UInt8]?) -> IndexEntry {
    IndexEntry(
      number: 0, sequence: arrival.sequence, arrival: arrival.time, published: arrival.publishedOrdinal,
      textHash: fingerprint.textHash, bodyHash: fingerprint.bodyHash, id: arrival.id,
      cluster: cluster == arrival.id ? nil : cluster, isIndexed: fingerprint.wordCount >= options.minWords,
      supersedes: arrival.supersedes, sketch: fingerprint.sketch,
      sides: EntrySides(
        names: fingerprint.sides.names.hashes, numbers: fingerprint.sides.numbers.hashes,
        leadNames: fingerprint.sides.leadNames))
  }

  // MARK: Matching

  private struct Found {
    var match: Duplicates.Match
    var reference: ArticleReference
    var cluster: [UInt8]
    var cameOut: Bool

    var rank: Int {
      switch match.status {
      case .exact: 0
      case .near: 1
      case .form: 2
      case .partial: 3
      }
    }
  }

  /// The earlier articles that this one repeats, best first.
  private func matches(
    of text: ComparedText, _ arrival: Arrival, _ candidates: ArticleIndex.Candidates, in index: inout ArticleIndex
  ) -> [Found] {
    if text.fingerprint.wordCount == 0 { return [] }
    var similar = candidates.similar
    if let first = candidates.sameText, !similar.contains(first) { similar.append(first) }
    var found: [Found] = []
    for candidate in similar {
      if let match = match(of: text, arrival, with: candidate, in: &index) { found.append(match) }
    }
    found.sort(by: Self.isBetter)
    return found
  }

  private func match(
    of text: ComparedText, _ arrival: Arrival, with reference: ArticleReference, in index: inout ArticleIndex
  ) -> Found? {
    guard let slice = index[reference] else { return nil }
    let fingerprint = text.fingerprint
    return index.withEntry(reference, slice) { index, head, bytes in
      if options.windowBy == .published, let published = arrival.publishedOrdinal, let other = head.published,
        abs(published - other) * 86_400 > options.windowSeconds
      {
        return nil
      }
      let isExact = head.isSameText(as: fingerprint)
      var (similarity, shareOfThis, shareOfMatch) = (1.0, 1.0, 1.0)
      if !isExact {
        let overlap = index.overlap(
          fingerprint.sketch, head, bytes, reaching: options.leastShare, without: text.leftOut)
        guard overlap.shared >= Self.fewestShared else { return nil }
        (similarity, shareOfThis, shareOfMatch) = (overlap.similarity, overlap.shareOfThis, overlap.shareOfOther)
      }
      let share = min(shareOfThis, shareOfMatch)
      let containment = max(shareOfThis, shareOfMatch)
      guard containment >= options.containment || share >= options.similarity else { return nil }
      if index.isSuperseded(head, by: arrival.supersedes) { return nil }
      // What takes the place of a record is no copy of its own copies.
      if arrival.supersedes != nil, head.cluster(bytes) == arrival.id { return nil }
      let difference = head.isFormer ? nil : Difference(fingerprint.sides, head.sides(bytes))
      var status = Duplicates.Match.Status.partial
      if isExact {
        status = .exact
      } else if share >= options.similarity {
        status = difference?.isForm(share: share) == true ? .form : .near
      }
      return Found(
        match: Duplicates.Match(
          id: head.id(bytes), sequence: head.sequence, status: status, similarity: similarity,
          containment: containment, shareOfThis: shareOfThis, shareOfMatch: shareOfMatch,
          differs: difference.map { text.differences($0, share: shareOfThis) }),
        reference: reference, cluster: head.cluster(bytes), cameOut: index.cameOut(head))
    }
  }

  private static func isBetter(_ a: Found, _ b: Found) -> Bool {
    if a.rank != b.rank { return a.rank < b.rank }
    if a.match.similarity != b.match.similarity { return a.match.similarity > b.match.similarity }
    if a.match.containment != b.match.containment { return a.match.containment > b.match.containment }
    return a.reference < b.reference
  }

  /// Text that this article has in common with two of its matches, which share nothing else.
  private func standingText(of text: ComparedText, _ found: [Found], in index: inout ArticleIndex) -> [UInt32] {
    let similar = found.filter { $0.match.status != .exact }.prefix(StandingText.mostCompared)
    if similar.count < 2 || !index.hasRoomForStanding { return [] }
    var known: [StandingText.Known] = []
    for match in similar {
      if let sketch = index.sketch(of: match.reference, without: text.leftOut) { known.append(sketch) }
    }
    let sketch = text.fingerprint.sketch
    return StandingText.find(
      in: StandingText.Known(hashes: sketch.hashes, limit: sketch.limit), at: text.fingerprint.places, among: known)
  }

  /// The article that this one corrects: the same own id, other words. Outside a spool it has no number; its id names it.
  private func revision(
    of fingerprint: Fingerprint, _ arrival: Arrival, _ reference: ArticleReference?, in index: inout ArticleIndex
  ) -> (sequence: UInt64?, id: [UInt8]?)? {
    if let number = arrival.supersedes { return (number, nil) }
    guard let reference, let slice = index[reference] else { return nil }
    return index.withEntry(reference, slice) { _, head, _ in
      if head.textHash == fingerprint.textHash { return nil }
      return (head.sequence, arrival.id)
    }
  }
}

/// A fingerprint without what stands in many articles.
private struct ComparedText {
  private(set) var fingerprint: Fingerprint
  /// Hashes of it that are left out, sorted.
  private(set) var leftOut: [UInt32] = []

  /// An article of less than so many hashes without its standing text is compared with it: there is nothing else.
  private static let leastRest = 4

  init(_ fingerprint: Fingerprint, in index: ArticleIndex) {
    self.fingerprint = fingerprint
    leaveOut(index.standingText(in: fingerprint.sketch.hashes))
  }

  mutating func leaveOut(_ hashes: [UInt32]) {
    if hashes.isEmpty || fingerprint.sketch.hashes.count - hashes.count < Self.leastRest { return }
    fingerprint.leaveOut(hashes)
    leftOut = (leftOut + hashes).sorted()
  }

  /// Listed in a match, at most.
  private static let mostListed = 8

  func differences(_ difference: Difference, share: Double) -> Duplicates.Differences {
    let sides = fingerprint.sides
    let words = Double(max(0, fingerprint.wordCount - Shingles.width + 1)) * (1 - share)
    return Duplicates.Differences(
      names: difference.names.prefix(Self.mostListed).map { sides.names[$0] },
      numbers: difference.numbers.prefix(Self.mostListed).map { sides.numbers[$0] }, words: Int(words.rounded()))
  }
}

extension Arrival {
  fileprivate var publishedOrdinal: Int64? { published.map { Int64($0.ordinal) } }
}
