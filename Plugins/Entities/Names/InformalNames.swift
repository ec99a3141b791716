import Bytes
import Lexicon
import StageKit

/// Finds names without a capital in posts and letters whose writer leaves capitals out: “i live in san rafael”.
///
/// Only words that others write with a capital nearly always count, and of these only well-known places and given
/// names.
struct InformalNames {
  let words: [Word]
  let lists: NameLists

  /// - Parameter names: sorted, without overlaps.
  func add(
    to names: inout [Candidate], _ sentences: [Sentence], _ watch: inout DeadlineWatch
  ) throws(StageError) {
    guard isInformal(sentences) else { return }
    var all: [Candidate] = []
    var next = 0
    for sentence in sentences {
      var at = sentence.tokens.lowerBound
      while at < sentence.tokens.upperBound {
        try watch.step()
        while next < names.count, names[next].tokens.upperBound <= at {
          all.append(names[next])
          next += 1
        }
        if next < names.count, names[next].tokens.contains(at) {
          at = names[next].tokens.upperBound
        } else if let (end, kind) = name(at, sentence.tokens),
          next >= names.count || end <= names[next].tokens.lowerBound
        {
          let tokens = Range(from: at, upTo: end)
          all.append(Candidate(tokens: tokens, evidence: Evidence(), key: WordHash("".utf8), kind: kind))
          at = end
        } else {
          at += 1
        }
      }
    }
    names = all + names[next...]
  }

  /// Whether the writer says “i”, or begins sentences without a capital.
  private func isInformal(_ sentences: [Sentence]) -> Bool {
    sentences.contains { sentence in
      let first = words[sentence.tokens.lowerBound]
      return first.shape.has(.lower) && sentence.tokens.count > 3 && first.traits.has(.functionWord)
    } || words.contains { $0.length == 1 && $0.lowered == Self.i && $0.shape.has(.lower) }
  }

  private func name(_ at: Int, _ sentence: Range<Int>) -> (end: Int, kind: Entity.Kind)? {
    guard words[at].shape.has(.lower), words[at].length > 2 else { return nil }
    let facts = lists[words[at].lowered]
    if facts.isOpener, let end = place(at, sentence) { return (end, .location) }
    guard facts.capitalUse >= Self.mostlyCapital, !words[at].traits.has(.common) else { return nil }
    let isAfterPreposition = at > sentence.lowerBound && words[at - 1].traits.has(.placePreposition)
    if facts.place > 1 { return facts.given < facts.place || isAfterPreposition ? (at + 1, .location) : nil }
    guard facts.given > 1, !isAfterPreposition else { return nil }
    let hasSurname = at + 1 < sentence.upperBound && isSurname(words[at + 1])
    return (hasSurname ? at + 2 : at + 1, .person)
  }

  private func isSurname(_ word: Word) -> Bool {
    let facts = lists[word.lowered]
    return word.shape.has(.lower) && facts.surname > 1 && facts.capitalUse >= Self.mostlyCapital
      && !word.traits.has(.common)
  }

  /// The end of a listed place of several words, one of which others write with a capital.
  private func place(_ start: Int, _ sentence: Range<Int>) -> Int? {
    var hash = PhraseHash()
    var found: Int?
    var hasCapital = false
    let reach = Range(from: start, upTo: min(sentence.upperBound, start + NameLists.longestPhrase))
    for at in reach where words[at].mark == 0 {
      hash.add(words[at].lowered)
      if lists[words[at].lowered].capitalUse >= Self.mostlyCapital { hasCapital = true }
      if at > start, hasCapital, lists.phrases[hash.value.value] != nil { found = at + 1 }
    }
    return found
  }

  /// As `WordFacts.capitalUse` counts.
  private static let mostlyCapital: UInt64 = 6
  private static let i = WordHash("i".utf8)
}
