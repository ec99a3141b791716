import Bytes
import Lexicon
import StageKit

/// Finds family names of several tokens where they stand alone, of people whom the article names in full: “Nwachukwu-Obi”,
/// “Al-Rashidi”, “van der Meulen”; and “Park” of “Park Soo-jin”, “Price” of “Ada Price”, which are words too.
struct FamilyNames {
  let words: [Word]
  let sentences: [Sentence]

  /// - Parameter names: sorted, without overlaps.
  func put(on names: [Candidate], _ watch: inout DeadlineWatch) throws(StageError) -> [Candidate] {
    var keys = WordSet()
    var longest = WordTable<Int>()
    func add(_ tokens: Range<Int>) {
      keys.insert(key(tokens))
      let first = words[tokens.lowerBound].lowered
      longest.insert(first, max(longest[first] ?? 0, tokens.count))
    }
    for name in names where name.kind == .person && name.tokens.count > 1 {
      try watch.step()
      if let family = family(of: name.tokens), family.count < name.tokens.count,
        family.count > 1 || words[family.lowerBound].traits.has([.common, .anyHead])
      {
        add(family)
      }
      if let first = familyFirst(name.tokens) { add(first) }
    }
    let names = names.filter { !isSpokenOf($0) }
    guard longest.count > 0 else { return names }
    var found: [Candidate] = []
    for sentence in sentences {
      var at = sentence.tokens.lowerBound
      while at < sentence.tokens.upperBound {
        try watch.step()
        guard let most = longest[words[at].lowered], let end = match(at, most, keys, sentence.tokens.upperBound) else {
          at += 1
          continue
        }
        found.append(Candidate(Range(from: at, upTo: end), .person, words))
        at = end
      }
    }
    return try NameOverlay.put(found, on: names, &watch)
  }

  /// “Nair is a common name”: a word, and nobody.
  private func isSpokenOf(_ name: Candidate) -> Bool {
    let at = name.tokens.upperBound
    guard name.kind == .person, name.tokens.count == 1, at + 3 < words.count, Self.copulas.contains(words[at].lowered),
      words[at + 1].lowered == Self.a
    else { return false }
    return Self.names.contains(words[at + 2].lowered) || Self.names.contains(words[at + 3].lowered)
  }

  private static let copulas = WordSet(["is", "was", "remains"])
  private static let names = WordSet(["name", "surname"])
  private static let a = WordHash("a".utf8)

  private func match(_ start: Int, _ most: Int, _ keys: WordSet, _ limit: Int) -> Int? {
    var end = min(limit, start + most)
    while end > start {
      let range = Range(from: start, upTo: end)
      if keys.contains(key(range)), range.contains(where: { words[$0].isCapital }),
        words[start].isCapital || range.count > 1,
        end == limit || !words[end].shape.contains([.hyphen, .touching]), isBoldEnough(range, limit)
      {
        return end
      }
      end -= 1
    }
    return nil
  }

  /// “Park” is a word too: somebody must do something.
  private func isBoldEnough(_ name: Range<Int>, _ limit: Int) -> Bool {
    guard name.count == 1, words[name.lowerBound].traits.has([.common, .anyHead]) else { return true }
    return name.upperBound < limit && words[name.upperBound].traits.has(.personVerb)
  }

  private func key(_ tokens: Range<Int>) -> WordHash {
    var hash = PhraseHash()
    for at in tokens { hash.add(words[at].lowered) }
    return hash.value
  }

  /// The last word with what is tied to it by hyphens, and the particles before it.
  private func family(of name: Range<Int>) -> Range<Int>? {
    guard let last = name.last, words[last].isCapital else { return nil }
    var start = last
    while start > name.lowerBound {
      if start - 1 > name.lowerBound || words[start - 1].traits.has(.particle), words[start].shape.has(.touching),
        words[start - 1].shape.has(.hyphen), start - 2 >= name.lowerBound
      {
        start -= 2
      } else if words[start - 1].traits.has(.particle), words[start - 1].mark == 0, start - 1 > name.lowerBound {
        start -= 1
      } else {
        break
      }
    }
    return Range(from: start, upTo: name.upperBound)
  }

  /// “Park” of “Park Soo-jin”: a given name with a small letter behind its hyphen comes last.
  private func familyFirst(_ name: Range<Int>) -> Range<Int>? {
    guard name.count == 4, let last = name.last, words[last].shape.has(.lower), words[last - 1].shape.has(.hyphen),
      words[name.lowerBound].isCapital
    else { return nil }
    return Range(from: name.lowerBound, count: 1)
  }
}
