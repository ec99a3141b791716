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
    let found = find(arrival, fingerprint)
    // A correction is news, however near it is to what it corrects.
    let isCopy = found.revisionOf == nil && (found.duplicates.status == .exact || found.duplicates.status == .near)
    return Decision(
      layer: found.duplicates.json, revisionOf: found.revisionOf, change: found.change,
      isSetAside: options.action == .setAside && isCopy, status: found.duplicates.status)
  }

  /// The earlier articles that this one repeats or corrects, and what the index took in for it.
  func find(
    _ arrival: Arrival, _ fingerprint: Fingerprint
  ) -> (duplicates: Duplicates, revisionOf: UInt64?, change: [UInt8]) {
    index.withIndex { index in
      index.advance(to: arrival.time, keys: fingerprint.sketch.keyCount)
      let isIndexed = fingerprint.wordCount >= options.minWords
      let candidates = index.candidates(
        from: fingerprint, id: arrival.id, superseding: arrival.supersedes, odds: isIndexed ? odds : nil)
      let matches = self.matches(of: fingerprint, arrival, candidates, in: &index)
      let status = matches.first?.status ?? .unique
      // A partial copy starts a cluster of its own, or two stories that share a paragraph would run together.
      let cluster = status == .exact || status == .near ? matches.first?.cluster : nil
      let duplicates = Duplicates(status: status, matches: matches.map(\.match), cluster: cluster ?? arrival.id)
      let revision = arrival.supersedes ?? revision(of: fingerprint, candidates.sameID, in: &index)
      return (duplicates, revision, index.insert(entry(fingerprint, arrival, cluster: cluster)))
    }
  }

  public func restore(
    _ arrival: Arrival, _ fingerprint: Fingerprint, decided: RecordNode
  ) throws(RecordProblem) {
    let duplicates = try decided.optional { node throws(RecordProblem) in try Duplicates(node) }
    var entry = entry(fingerprint, arrival, cluster: duplicates?.cluster)
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
      supersedes: arrival.supersedes, sketch: fingerprint.sketch)
  }

  // MARK: Matching

  private struct Found {
    var match: Duplicates.Match
    var status: Duplicates.Status
    var age: UInt64
    var cluster: [UInt8]

    var rank: Int { status == .exact ? 0 : status == .near ? 1 : 2 }
  }

  /// The earlier articles that this one repeats, best first.
  private func matches(
    of fingerprint: Fingerprint, _ arrival: Arrival, _ candidates: ArticleIndex.Candidates, in index: inout ArticleIndex
  ) -> [Found] {
    if fingerprint.wordCount == 0 { return [] }
    var similar = candidates.similar
    if let first = candidates.sameText, !similar.contains(first) { similar.append(first) }
    var found: [Found] = []
    for candidate in similar {
      if let match = match(of: fingerprint, arrival, with: candidate, in: &index) { found.append(match) }
    }
    found.sort(by: Self.isBetter)
    found.removeLast(max(0, found.count - Self.mostMatches))
    return found
  }

  private func match(
    of fingerprint: Fingerprint, _ arrival: Arrival, with reference: ArticleReference, in index: inout ArticleIndex
  ) -> Found? {
    guard let slice = index[reference] else { return nil }
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
          fingerprint.sketch, head, bytes, reaching: options.leastShare)
        guard overlap.shared >= Self.fewestShared else { return nil }
        (similarity, shareOfThis, shareOfMatch) = (overlap.similarity, overlap.shareOfThis, overlap.shareOfOther)
      }
      let containment = max(shareOfThis, shareOfMatch)
      let isNear = min(shareOfThis, shareOfMatch) >= options.similarity
      guard containment >= options.containment || isNear else { return nil }
      if index.isSuperseded(head, by: arrival.supersedes) { return nil }
      return Found(
        match: Duplicates.Match(
          id: head.id(bytes), sequence: head.sequence, similarity: similarity, containment: containment,
          shareOfThis: shareOfThis, shareOfMatch: shareOfMatch),
        status: isExact ? .exact : isNear ? .near : .partial, age: reference.rawValue, cluster: head.cluster(bytes))
    }
  }

  private static func isBetter(_ a: Found, _ b: Found) -> Bool {
    if a.rank != b.rank { return a.rank < b.rank }
    if a.match.similarity != b.match.similarity { return a.match.similarity > b.match.similarity }
    if a.match.containment != b.match.containment { return a.match.containment > b.match.containment }
    return a.age < b.age
  }

  /// The sequence of the article that this one corrects: the same own id, other words.
  private func revision(
    of fingerprint: Fingerprint, _ reference: ArticleReference?, in index: inout ArticleIndex
  ) -> UInt64? {
    guard let reference, let slice = index[reference] else { return nil }
    return index.withEntry(reference, slice) { _, head, _ in
      head.textHash == fingerprint.textHash ? nil : head.sequence
    }
  }
}

extension Arrival {
  fileprivate var publishedOrdinal: Int64? { published.map { Int64($0.ordinal) } }
}
