/// Tells text that stands in many articles, a footer or a notice, from what they are about: three of them have it in common and
/// share nothing else, and it is all that stands at the head or the foot of the one.
enum StandingText {
  /// Matches that are held against each other.
  static let mostCompared = 6
  /// Hashes of it, at least.
  private static let least = 5
  /// Of what two articles share so much is in all three.
  private static let agreement = 0.8
  /// So much of each article must be its own: a report with a paragraph of one's own is a copy.
  private static let ownShare = 0.25
  /// 5-grams of a longer one are no notice.
  private static let longest = 220.0

  /// A sketch's hashes, and up to where they are all.
  struct Known {
    var hashes: [UInt32]
    var limit: UInt32

    fileprivate func count(upTo limit: UInt32) -> Int { hashes.count { $0 <= limit } }
  }

  /// Of the hashes that stand farther from the end than it does, so many may lie between.
  private static let strangers = 0.1

  /// The hashes that `this` has in common with two others which share nothing else, sorted.
  ///
  /// - Parameter places: of the hashes of `this`, from 0 at its head to 255 at its foot.
  static func find(in this: Known, at places: [UInt8], among others: [Known]) -> [UInt32] {
    var found: [UInt32] = []
    for a in others.indices {
      for b in others.indices where b > a {
        let common = common(this, others[a], others[b])
        guard isAtAnEnd(common, of: this, at: places) else { continue }
        for hash in common where !found.contains(hash) { found.append(hash) }
      }
    }
    return found.sorted()
  }

  private static func isAtAnEnd(_ common: [UInt32], of this: Known, at places: [UInt8]) -> Bool {
    var (head, foot): (UInt8, UInt8) = (255, 0)
    var isCommon = [Bool](repeating: false, count: this.hashes.count)
    var next = 0
    for (at, hash) in this.hashes.enumerated() where next < common.count && common[next] == hash {
      isCommon[at] = true
      head = min(head, places[at])
      foot = max(foot, places[at])
      next += 1
    }
    if next == 0 { return false }
    var (before, behind) = (0, 0)
    for at in places.indices where !isCommon[at] {
      if places[at] <= foot { before += 1 }
      if places[at] >= head { behind += 1 }
    }
    return Double(min(before, behind)) <= Double(common.count) * strangers
  }

  private static func common(_ this: Known, _ a: Known, _ b: Known) -> [UInt32] {
    let limit = min(this.limit, a.limit, b.limit)
    let (withA, withB) = (shared(this, a, limit), shared(this, b, limit))
    let all = shared(Known(hashes: withA, limit: limit), Known(hashes: withB, limit: limit), limit)
    let sampled = Double(min(limit, 1 << UInt32(Shingles.bits))) / Double(1 << Shingles.bits)
    guard all.count >= least, Double(all.count) <= longest * sampled else { return [] }
    let most = Double(all.count) / agreement
    guard Double(max(withA.count, withB.count, shared(a, b, limit).count)) <= most else { return [] }
    for article in [this, a, b] {
      let count = Double(article.count(upTo: limit))
      guard count - Double(all.count) >= count * ownShare else { return [] }
    }
    return all
  }

  private static func shared(_ a: Known, _ b: Known, _ limit: UInt32) -> [UInt32] {
    var found: [UInt32] = []
    var (x, y) = (0, 0)
    while x < a.hashes.count, y < b.hashes.count, min(a.hashes[x], b.hashes[y]) <= limit {
      if a.hashes[x] == b.hashes[y] { found.append(a.hashes[x]) }
      let (p, q) = (a.hashes[x], b.hashes[y])
      if p <= q { x += 1 }
      if q <= p { y += 1 }
    }
    return found
  }
}
