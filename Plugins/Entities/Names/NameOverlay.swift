import Bytes
import StageKit

extension Candidate {
  /// A name that is certain.
  init(_ tokens: Range<Int>, _ kind: Entity.Kind, _ words: [Word]) {
    var key = PhraseHash()
    for at in tokens { key.add(words[at].lowered) }
    self.init(tokens: tokens, evidence: Evidence(), key: key.value, kind: kind)
  }
}

/// Puts certain names in the place of what was found there.
enum NameOverlay {
  /// - Parameters:
  ///   - certain: sorted by start; of those that overlap the first counts.
  ///   - names: sorted, without overlaps.
  /// - Returns: sorted, without overlaps. A name that holds a certain one and more stays.
  static func put(
    _ certain: [Candidate], on names: [Candidate], _ watch: inout DeadlineWatch
  ) throws(StageError) -> [Candidate] {
    if certain.isEmpty { return names }
    var result: [Candidate] = []
    result.reserveCapacity(names.count + certain.count)
    var next = 0
    for name in certain {
      try watch.step()
      if let last = result.last, last.tokens.upperBound > name.tokens.lowerBound { continue }
      while next < names.count, names[next].tokens.upperBound <= name.tokens.lowerBound {
        result.append(names[next])
        next += 1
      }
      if next < names.count, names[next].tokens.lowerBound <= name.tokens.lowerBound,
        names[next].tokens.upperBound >= name.tokens.upperBound, names[next].tokens.count > name.tokens.count
      {
        continue
      }
      while next < names.count, names[next].tokens.lowerBound < name.tokens.upperBound { next += 1 }
      if let last = result.last, last.tokens.upperBound > name.tokens.lowerBound { result.removeLast() }
      result.append(name)
    }
    result += names[next...]
    return result
  }
}
