import StageKit

/// Holds each article against the earlier ones, in the order of arrival.
final class DuplicateDecider: Decider {
  /// As many matches as a record lists.
  static let mostMatches = 20
  /// Fewer shared hashes than this say nothing: a stock phrase gives as many.
  private static let fewestShared = 4

  private let options: DedupeOptions
  private var index: ArticleIndex

  init(options: DedupeOptions) {
    self.options = options
    index = ArticleIndex(maxArticles: options.maxArticles)
  }

  func decide(_ article: inout Article, sequence: UInt64?) {
    guard let fingerprint = fingerprint(of: article) else { return }
    article.handoff = nil
    let matches = self.matches(of: fingerprint)
    let status = matches.first.map(grade(of:)) ?? .unique
    // A partial copy starts a cluster of its own, or two stories that share a paragraph would run together.
    let cluster = status == .exact || status == .near ? matches.first?.cluster : nil
    article.duplicates = Duplicates(
      status: status, matches: matches.map(\.match), cluster: cluster ?? article.id,
      revisionOf: revision(of: fingerprint, id: article.id))
    remember(fingerprint, id: article.id, cluster: cluster ?? article.id, sequence: sequence)
  }

  func restore(_ article: Article, sequence: UInt64?) {
    guard let fingerprint = fingerprint(of: article) else { return }
    remember(fingerprint, id: article.id, cluster: article.duplicates?.cluster ?? article.id, sequence: sequence)
  }

  private func fingerprint(of article: Article) -> Fingerprint? {
    // Without a deadline nothing can go wrong.
    (article.handoff as? Fingerprint) ?? (try? Fingerprint(of: article.text))
  }

  private func remember(_ fingerprint: Fingerprint, id: [UInt8], cluster: [UInt8], sequence: UInt64?) {
    index.insert(
      fingerprint, id: id, cluster: cluster, sequence: sequence, isIndexed: fingerprint.wordCount >= options.minWords)
  }

  // MARK: Matching

  private struct Found {
    var match: Duplicates.Match
    var isExact: Bool
    var age: Int
    var cluster: [UInt8]
  }

  private func grade(of found: Found) -> Duplicates.Status {
    if found.isExact { return .exact }
    return found.match.similarity >= options.similarity ? .near : .partial
  }

  /// The earlier articles that this one repeats, best first.
  private func matches(of fingerprint: Fingerprint) -> [Found] {
    if fingerprint.wordCount == 0 { return [] }
    var candidates: [ArticleReference] = []
    if fingerprint.wordCount >= options.minWords { candidates = index.candidates(for: fingerprint.sketch) }
    if let first = index.first(withText: fingerprint.textHash), !candidates.contains(first) { candidates.append(first) }
    var found = candidates.compactMap { match(of: fingerprint, with: $0) }
    found.sort(by: Self.isBetter)
    found.removeLast(max(0, found.count - Self.mostMatches))
    return found
  }

  private func match(of fingerprint: Fingerprint, with reference: ArticleReference) -> Found? {
    guard let (block, place) = index[reference] else { return nil }
    let isExact = block.entries[place].textHash == fingerprint.textHash
    var (similarity, shareOfThis, shareOfMatch) = (1.0, 1.0, 1.0)
    if !isExact {
      let overlap = block.overlap(
        of: fingerprint.sketch, with: place, reaching: min(options.containment, options.similarity))
      guard overlap.shared >= Self.fewestShared else { return nil }
      (similarity, shareOfThis, shareOfMatch) = (overlap.similarity, overlap.shareOfThis, overlap.shareOfOther)
    }
    let containment = max(shareOfThis, shareOfMatch)
    guard containment >= options.containment || similarity >= options.similarity else { return nil }
    return Found(
      match: Duplicates.Match(
        id: block.id(place), sequence: block.sequence(place), similarity: similarity, containment: containment,
        shareOfThis: shareOfThis, shareOfMatch: shareOfMatch),
      isExact: isExact, age: index.age(of: reference), cluster: block.cluster(place))
  }

  private static func isBetter(_ a: Found, _ b: Found) -> Bool {
    if a.isExact != b.isExact { return a.isExact }
    if a.match.similarity != b.match.similarity { return a.match.similarity > b.match.similarity }
    if a.match.containment != b.match.containment { return a.match.containment > b.match.containment }
    return a.age < b.age
  }

  /// The sequence of the article that this one corrects: the same own id, other words.
  private func revision(of fingerprint: Fingerprint, id: [UInt8]) -> UInt64? {
    guard let reference = index.last(withID: id), let (block, place) = index[reference],
      block.entries[place].textHash != fingerprint.textHash
    else { return nil }
    return block.sequence(place)
  }
}
