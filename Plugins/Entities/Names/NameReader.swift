import Bytes
import Lexicon
import StageKit

/// From words to typed names: gathers candidates over the article, lets equal ones share their evidence, decides.
struct NameReader {
  let words: [Word]
  let lexicon: Lexicon

  /// For each sentence, whether it is written as a headline.
  func headlines(
    _ sentences: [Sentence], headings: [Bool], _ watch: inout DeadlineWatch
  ) throws(StageError) -> [Bool] {
    var found: [Bool] = []
    found.reserveCapacity(sentences.count)
    for (sentence, isHeading) in zip(sentences, headings) {
      try watch.step()
      found.append(isHeadline(sentence.tokens, isHeading: isHeading))
    }
    return found
  }

  /// Typed candidates, sorted, without overlaps.
  func names(
    _ sentences: [Sentence], headlines isHeadline: [Bool], _ watch: inout DeadlineWatch
  ) throws(StageError) -> [Candidate] {
    // A text has fewer different words than half of all.
    var lowered = WordSet(capacity: words.count / 2)
    for (at, word) in words.enumerated() where word.shape.has(.lower) {
      // The second half of “Jong-un” is no word of its own.
      if word.shape.has(.touching), at > 0, words[at - 1].shape.has(.hyphen) { continue }
      try watch.step()
      lowered.insert(word.lowered)
    }
    var finder = NameFinder(words: words, lexicon: lexicon, lowered: lowered)
    var headlines: [Range<Int>] = []
    for (index, sentence) in sentences.enumerated() {
      if isHeadline[index] {
        headlines.append(sentence.tokens)
      } else {
        try finder.read(sentence.tokens, &watch)
      }
    }
    var names = try decide(finder.candidates, &watch)
    let surnames = try surnamesAtHeads(sentences, besides: names, headlines: isHeadline, &watch)
    try watch.look()
    if !surnames.isEmpty {
      names += surnames
      names.sort { $0.tokens.lowerBound < $1.tokens.lowerBound }
    }
    if !headlines.isEmpty {
      var seen = WordTable<Entity.Kind>(capacity: names.count)
      for name in names {
        try watch.step()
        guard let kind = name.kind else { continue }
        seen.insert(name.key, kind)
        if kind == .person, let last = name.tokens.last, name.tokens.count > 1 {
          seen.insert(key(last..<last + 1), .person)
        }
      }
      var reader = NameFinder(words: words, lexicon: lexicon, lowered: lowered)
      for headline in headlines { try reader.readHeadline(headline, seen: seen, &watch) }
      names += try decide(reader.candidates, &watch)
      names.sort { $0.tokens.lowerBound < $1.tokens.lowerBound }
    }
    try watch.look()
    var count = 0
    for at in names.indices {
      try watch.step()
      if names[at].kind == nil { continue }
      names[count] = names[at]
      count += 1
    }
    names.removeLast(names.count - count)
    return names
  }

  /// A surname that is a common word too, at the head of a sentence: “Brown left.” after “Ada Brown”.
  private func surnamesAtHeads(
    _ sentences: [Sentence], besides names: [Candidate], headlines isHeadline: [Bool], _ watch: inout DeadlineWatch
  ) throws(StageError) -> [Candidate] {
    var surnames = WordSet()
    var taken = Array(repeating: false, count: words.count)
    for name in names {
      try watch.step()
      taken[name.tokens.lowerBound] = true
      guard name.kind == .person, name.tokens.count > 1, let last = name.tokens.last else { continue }
      surnames.insert(words[last].lowered)
    }
    var found: [Candidate] = []
    for (index, sentence) in sentences.enumerated() where !isHeadline[index] {
      try watch.step()
      let at = sentence.tokens.lowerBound
      guard words[at].isCapital, words[at].traits.has(.common), surnames.contains(words[at].lowered),
        !taken[at], at + 1 < sentence.tokens.upperBound,
        words[at + 1].shape.has(.possessive) || words[at + 1].traits.has(.personVerb)
          || words[at + 1].lowered == Self.was
      else { continue }
      found.append(Candidate(tokens: at..<at + 1, evidence: Evidence(person: 6), key: key(at..<at + 1), kind: .person))
    }
    return found
  }

  private static let was = WordHash("was".utf8)

  private func key(_ range: Range<Int>) -> WordHash {
    var hash = PhraseHash()
    for at in range { hash.add(words[at].lowered) }
    return hash.value
  }

  /// Whether nearly every longer word has a capital.
  private func isHeadline(_ sentence: Range<Int>, isHeading: Bool) -> Bool {
    var capitals = 0
    var plain = 0
    var allCaps = 0
    for at in sentence where words[at].mark == 0 && words[at].length > 3 {
      if words[at].shape.has(.allCaps) { allCaps += 1 }
      if words[at].isCapital { capitals += 1 } else if words[at].shape.has(.lower) { plain += 1 }
    }
    let count = capitals + plain
    if count >= 3, allCaps * 3 >= count * 2 { return true }
    if let last = sentence.last, words[last].mark == UInt8(ascii: ".") { return false }
    if sentence.count(where: { words[$0].mark == UInt8(ascii: ",") }) > 2 { return false }
    return count >= (isHeading ? 4 : 6) && capitals * 4 >= count * 3 && sentence.count > 4
  }

  private func decide(
    _ candidates: [Candidate], _ watch: inout DeadlineWatch
  ) throws(StageError) -> [Candidate] {
    var shared = WordTable<(evidence: Evidence, count: Int)>(capacity: candidates.count)
    for candidate in candidates where candidate.isShared {
      try watch.step()
      let (evidence, count) = shared[candidate.key] ?? (Evidence(), 0)
      shared.insert(candidate.key, (evidence + candidate.evidence, count + 1))
    }
    var decided = candidates
    for index in decided.indices {
      try watch.step()
      decided[index].kind = (shared[decided[index].key]?.evidence ?? decided[index].evidence).decision
    }
    // A part of a person's name stands for the person.
    var parts = WordTable<Int>()
    for name in decided where name.kind == .person && name.tokens.count > 1 {
      try watch.step()
      guard let last = name.tokens.last, let first = name.tokens.first else { continue }
      parts.insert(key(last..<last + 1), 6)
      if words[first].length > 2 {
        let given = key(first..<first + 1)
        parts.insert(given, max(3, parts[given] ?? 0))
      }
      // “de Mistura”, “al-Amr”
      var start = last
      while start > name.tokens.lowerBound,
        words[start - 1].shape.has(.hyphen) || words[start - 1].traits.has(.particle)
      {
        start -= 1
      }
      if start < last { parts.insert(key(Range(from: start, upTo: last + 1)), 6) }
    }
    for index in decided.indices {
      try watch.step()
      let name = decided[index]
      var (evidence, count) = shared[name.key] ?? (name.evidence, 1)
      if let points = parts[name.key] {
        evidence.person += points * count
        if evidence.nothing > 0 { evidence.nothing -= 2 * count }
      } else if name.isBare {
        evidence.person -= 3 * count
        evidence.organization += count
      } else {
        continue
      }
      decided[index].kind = evidence.decision
    }
    return decided
  }
}
