import Bytes
import Lexicon
import StageKit

/// Brings what the model found into agreement over the article, where the rules have good reason.
struct Agreement {
  let words: [Word]
  let sentences: [Sentence]

  /// - Parameters:
  ///   - found: the model's names, sorted.
  ///   - ruled: the rules' names, sorted.
  /// - Returns: names, sorted and without overlaps.
  func names(
    _ found: [Candidate], ruled: [Candidate], _ watch: inout DeadlineWatch
  ) throws(StageError) -> [Candidate] {
    var surnames = WordSet()
    for name in found {
      try watch.step()
      if name.kind == .person, name.tokens.count > 1, let last = name.tokens.last, words[last].isCapital {
        surnames.insert(words[last].lowered)
      }
    }
    var names: [Candidate] = []
    var next = 0
    for (index, rule) in ruled.enumerated() {
      try watch.step()
      while next < found.count, found[next].tokens.upperBound <= rule.tokens.lowerBound {
        names.append(found[next])
        next += 1
      }
      // A surname alone stands for the person whose full name the article has.
      let isSurname =
        rule.kind == .person && rule.tokens.count == 1 && surnames.contains(words[rule.tokens.lowerBound].lowered)
      if next < found.count, found[next].tokens.lowerBound < rule.tokens.upperBound {
        if index + 1 < ruled.count, isJoined(found[next], rule, ruled[index + 1]) {
          names += [rule, ruled[index + 1]]
          next += 1
          continue
        }
        guard
          isSurname && found[next].tokens == rule.tokens || isCutShort(found[next], of: rule)
            || isPart(found[next], of: rule)
        else { continue }
        names.append(rule)
        while next < found.count, found[next].tokens.lowerBound < rule.tokens.upperBound { next += 1 }
      } else if (isSurname || isCertain(rule)) && (names.last?.tokens.upperBound ?? 0) <= rule.tokens.lowerBound {
        names.append(rule)
      }
    }
    names += found[next...]
    var cursor = SentenceCursor(sentences)
    for at in names.indices {
      try watch.step()
      nameFirm(&names[at], cursor.tokens(around: names[at].tokens.lowerBound))
    }
    try agree(&names, ruled, &watch)
    for at in names.indices {
      try watch.step()
      leaveTitleOut(&names[at])
    }
    return names
  }

  /// “Dr Corr” is named Corr.
  private func leaveTitleOut(_ name: inout Candidate) {
    guard name.kind == .person, name.tokens.count > 1, Self.courtesies.contains(words[name.tokens.lowerBound].lowered)
    else { return }
    name.tokens = name.tokens.dropFirst()
  }

  private static let courtesies = WordSet([
    "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "prof", "prof.", "sheikh", "capt", "sgt", "col", "lt", "rev",
  ])

  /// A listed organisation, or a name whose own words say that it is one: “Lund Harbour Authority”.
  private func isCertain(_ name: Candidate) -> Bool { name.kind == .organization && name.evidence.organization >= 7 }

  /// “Cyprus Rosa Lund” after “envoy for”: a place and a person behind it, taken for one name.
  private func isJoined(_ name: Candidate, _ place: Candidate, _ person: Candidate) -> Bool {
    place.kind == .location && person.kind == .person && place.evidence.location >= 10
      && name.tokens.lowerBound == place.tokens.lowerBound && name.tokens.upperBound == person.tokens.upperBound
      && place.tokens.upperBound == person.tokens.lowerBound
  }

  /// “Kim Jong” of “Kim Jong-un”.
  private func isCutShort(_ name: Candidate, of rule: Candidate) -> Bool {
    name.kind == .person && rule.kind == .person && name.tokens.count > 1
      && name.tokens.lowerBound == rule.tokens.lowerBound
      && rule.tokens.upperBound == name.tokens.upperBound + 2
      && words[name.tokens.upperBound].shape.contains([.hyphen, .touching])
  }

  /// “Carmaker Lund” at the head of a sentence, and “the lender Lund”: neither a person nor a place. After “firm” or
  /// “newspaper” only words that are no surnames: “the firm Lund founded”.
  private func nameFirm(_ name: inout Candidate, _ sentence: Range<Int>) {
    var tokens = name.tokens
    if tokens.count > 1, words[tokens.lowerBound].traits.has(.firmNoun), name.kind == .person {
      tokens = tokens.dropFirst()
    } else if tokens.lowerBound <= sentence.lowerBound {
      return
    }
    let (noun, first) = (words[tokens.lowerBound - 1], words[tokens.lowerBound].traits)
    let isNamed =
      noun.traits.has(.firmNoun)
      ? tokens.count > 1 && first.has(.given)
      : !noun.traits.has(.organizationNoun) || !noun.shape.has(.lower) || tokens.count > 1
        || first.has([.given, .surname])
    guard !isNamed, name.kind == .person || name.kind == .location && tokens.count > 1 else { return }
    (name.tokens, name.kind) = (tokens, .organization)
  }

  /// “Lund” of “Lund & Corr”, and “Care of Birds” of “Council for the Care of Birds”.
  private func isPart(_ name: Candidate, of rule: Candidate) -> Bool {
    guard isCertain(rule), name.tokens.count < rule.tokens.count, rule.tokens.contains(name.tokens.lowerBound),
      name.tokens.upperBound <= rule.tokens.upperBound
    else { return false }
    let isTail =
      name.kind == .miscellaneous && name.tokens.upperBound == rule.tokens.upperBound
      && words[name.tokens.lowerBound - 1].shape.has(.lower)
    return isTail || rule.tokens.contains { words[$0].mark == UInt8(ascii: "&") }
  }

  /// Gives a word that stands alone with several types the one it has most often; of two as frequent ones, the rules'.
  private func agree(
    _ names: inout [Candidate], _ ruled: [Candidate], _ watch: inout DeadlineWatch
  ) throws(StageError) {
    // One count for each of `NameLabel.kinds`.
    var votes = WordTable<SIMD4<Int32>>(capacity: names.count)
    func index(_ kind: Entity.Kind?) -> Int? { kind.flatMap { NameLabel.kinds.firstIndex(of: $0) } }
    func vote(_ name: Candidate, _ count: Int32) {
      guard let kind = index(name.kind) else { return }
      let word = words[name.tokens.lowerBound].lowered
      var counts = votes[word] ?? .zero
      counts[kind] += count
      votes.insert(word, counts)
    }
    for name in names {
      try watch.step()
      if name.tokens.count == 1 { vote(name, 2) }
    }
    for name in ruled {
      try watch.step()
      guard name.tokens.count == 1, let counts = votes[words[name.tokens.lowerBound].lowered] else { continue }
      // The rules have one vote for a word; the others, of two, leave the sum even.
      let isDisputed = counts.max() < counts.wrappedSum()
      if isDisputed, counts.wrappedSum() % 2 == 0 { vote(name, 1) }
    }
    for at in names.indices {
      try watch.step()
      guard names[at].tokens.count == 1, let counts = votes[words[names[at].tokens.lowerBound].lowered],
        let kind = index(names[at].kind), counts[kind] < counts.max(),
        let best = counts.indices.first(where: { counts[$0] == counts.max() })
      else { continue }
      names[at].kind = NameLabel.kinds[best]
    }
  }
}
