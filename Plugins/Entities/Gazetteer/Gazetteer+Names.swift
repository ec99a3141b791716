import Bytes
import Lexicon
import StageKit

extension Gazetteer {
  /// The finder's names with those of the lists laid over them.
  ///
  /// A listed name takes the place of what was found there, but not of a longer name that holds it whole: “Lund” does
  /// not take “University of Lund” apart. One that is a common word, by its row or as the first word of a sentence, counts
  /// only where the finder sees a name too.
  ///
  /// - Parameter found: sorted, without overlaps.
  /// - Returns: the same order, and the rows of the listed names by their first tokens.
  func overlay(
    _ matches: [Match], on found: [Candidate], _ words: [Word], _ sentences: [Sentence]
  ) -> ([Candidate], rows: [Int: Int]) {
    let starts = Set(
      sentences.map { sentence in
        sentence.tokens.first { words[$0].mark == 0 } ?? sentence.tokens.lowerBound
      })
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
      let isSeen = next < found.count && found[next].tokens.lowerBound < match.tokens.upperBound
      if !isSeen, rows[match.row].needsFinder || isCommon(match, words, starts) { continue }
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

  private static let commonWords: WordTraits = [.common, .functionWord, .modal, .endsInIng, .endsInEd, .preposition]

  /// Whether a name may be a common word that merely begins a sentence.
  private func isCommon(_ match: Match, _ words: [Word], _ starts: Set<Int>) -> Bool {
    guard match.tokens.count == 1, starts.contains(match.tokens.lowerBound) else { return false }
    let word = words[match.tokens.lowerBound]
    // Of “May” the dates have been told already.
    return word.valueKind != .month && word.traits.has(Self.commonWords)
  }

  /// Names of scripts without spaces, which stand inside tokens: spans and rows, the longest from the left.
  func unspacedMatches(
    _ text: Span<UInt8>, besides entities: [Entity], _ watch: inout DeadlineWatch
  ) throws(StageError) -> [(span: ByteSpan, row: Int)] {
    let taken = entities.flatMap(\.mentions).sorted { $0.start < $1.start }
    var found: [(span: ByteSpan, row: Int)] = []
    var (at, next) = (0, 0)
    while at < text.count {
      if text[at] < 0xE0 {
        at += 1
        continue
      }
      try watch.step()
      let (scalar, length) = UTF8Scalar.decode(text, at: at)
      guard FoldedName.isUnspaced(scalar), let match = longestUnspaced(text, from: at) else {
        at += length
        continue
      }
      while next < taken.count, taken[next].end <= at { next += 1 }
      if next == taken.count || taken[next].start >= match.end { found.append((ByteSpan(at, match.end), match.row)) }
      at = max(match.end, at + length)
    }
    return found
  }
}
