import Bytes
import Lexicon
import StageKit

extension Gazetteer {
  /// The finder's names with those of the lists laid over them.
  ///
  /// A listed name takes the place of what was found there, but not of a longer name that holds it whole: “Lund” does
  /// not take “University of Lund” apart.
  ///
  /// - Parameter found: sorted, without overlaps.
  /// - Returns: the same order, and the rows of the listed names by their first tokens.
  func overlay(_ matches: [Match], on found: [Candidate], _ words: [Word]) -> ([Candidate], rows: [Int: Int]) {
    var names: [Candidate] = []
    var rowAt: [Int: Int] = [:]
    names.reserveCapacity(found.count + matches.count)
    var next = 0
    for match in matches {
      while next < found.count, found[next].tokens.upperBound <= match.tokens.lowerBound {
        names.append(found[next])
        next += 1
      }
      if next < found.count, found[next].tokens.count > match.tokens.count,
        found[next].tokens.lowerBound <= match.tokens.lowerBound,
        found[next].tokens.upperBound >= match.tokens.upperBound
      {
        continue
      }
      while next < found.count, found[next].tokens.lowerBound < match.tokens.upperBound { next += 1 }
      var key = PhraseHash()
      for at in match.tokens { key.add(words[at].lowered) }
      names.append(
        Candidate(tokens: match.tokens, evidence: Evidence(), key: key.value, kind: rows[match.row].kind))
      rowAt[match.tokens.lowerBound] = match.row
    }
    names += found[next...]
    return (names, rowAt)
  }
}
