import StageKit

/// Holds each article against the earlier ones, in the order of arrival.
final class DuplicateDecider: Decider {
  /// As many matches as a record lists.
  static let mostMatches = 20
  /// Fewer shared hashes than this say nothing: a stock phrase gives as many.
  private static let fewestShared = 4

  private let options: DedupeOptions
  private let index: DuplicateIndex
  private let odds: KeyOdds

  init(options: DedupeOptions, index: DuplicateIndex? = nil) {
    self.options = options
    odds = KeyOdds(share: options.leastShare)
    self.index = index ?? DuplicateIndex(window: options.windowSeconds)
    index?.keep(for: options.windowSeconds)
  }

  func decide(_ article: inout Article, sequence: UInt64?, arrival: Int64) -> Decision {
    guard let fingerprint = fingerprint(of: article) else { return Decision() }
    article.handoff = nil
    let id = article.id
    let published = day(of: article)
    let (duplicates, change) = index.withIndex { index -> (Duplicates, [UInt8]) in
      index.advance(to: arrival, keys: fingerprint.sketch.keyCount)
      let isIndexed = fingerprint.wordCount >= options.minWords
      let leads = index.leads(from: fingerprint, id: id, odds: isIndexed ? odds : nil)
      let matches = self.matches(of: fingerprint, published: published, leads, in: &index)
      let status = matches.first?.status ?? .unique
      // A partial copy starts a cluster of its own, or two stories that share a paragraph would run together.
      let cluster = status == .exact || status == .near ? matches.first?.cluster : nil
      let duplicates = Duplicates(
        status: status, matches: matches.map(\.match), cluster: cluster ?? id,
        revisionOf: revision(of: fingerprint, leads.sameID, in: &index))
      let entry = entry(fingerprint, id, cluster, sequence: sequence, arrival: arrival, published: published)
      return (duplicates, index.insert(entry))
    }
    article.duplicates = duplicates
    // A correction is news, however near it is to what it corrects.
    let isCopy = duplicates.revisionOf == nil && (duplicates.status == .exact || duplicates.status == .near)
    return Decision(change: change, isSetAside: options.action == .drop && isCopy)
  }

  func restore(_ article: Article, sequence: UInt64?, arrival: Int64) {
    guard let fingerprint = fingerprint(of: article) else { return }
    let entry = entry(
      fingerprint, article.id, article.duplicates?.cluster, sequence: sequence, arrival: arrival,
      published: day(of: article))
    index.withIndex { index in
      _ = index.insert(entry)
      index.commit(through: index.nextNumber - 1)
    }
  }

  private func fingerprint(of article: Article) -> Fingerprint? {
    // Without a deadline nothing can go wrong.
    (article.handoff as? Fingerprint) ?? (try? Fingerprint(of: article.text))
  }

  private func day(of article: Article) -> Int64? {
    article.metadata.published.flatMap { Day(iso: $0).map { Int64($0.ordinal) } }
  }

  private func entry(
    _ fingerprint: Fingerprint, _ id: [UInt8], _ cluster: [UInt8]?, sequence: UInt64?, arrival: Int64,
    published: Int64?
  ) -> Entry {
    Entry(
      number: 0, sequence: sequence, arrival: arrival, published: published, textHash: fingerprint.textHash,
      bodyHash: fingerprint.bodyHash, id: id,
      cluster: cluster == id ? nil : cluster, isIndexed: fingerprint.wordCount >= options.minWords,
      sketch: fingerprint.sketch)
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
    of fingerprint: Fingerprint, published: Int64?, _ leads: ArticleIndex.Leads, in index: inout ArticleIndex
  ) -> [Found] {
    if fingerprint.wordCount == 0 { return [] }
    var candidates = leads.candidates
    if let first = leads.sameText, !candidates.contains(first) { candidates.append(first) }
    var found: [Found] = []
    for candidate in candidates {
      if let match = match(of: fingerprint, published: published, with: candidate, in: &index) { found.append(match) }
    }
    found.sort(by: Self.isBetter)
    found.removeLast(max(0, found.count - Self.mostMatches))
    return found
  }

  private func match(
    of fingerprint: Fingerprint, published: Int64?, with reference: ArticleReference, in index: inout ArticleIndex
  ) -> Found? {
    guard let slice = index[reference] else { return nil }
    return index.withEntry(reference, slice) { index, head, bytes in
      if options.windowBy == .published, let published, let other = head.published,
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
