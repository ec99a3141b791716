import Bytes
import Lexicon
import StageKit

/// Splits chunks of capitals into candidate names, each with the evidence that its own words and its neighbours give.
struct NameFinder {
  let words: [Word]
  let chunker: Chunker
  var candidates: [Candidate] = []

  init(words: [Word], lexicon: Lexicon, lowered: WordSet) {
    self.words = words
    chunker = Chunker(words: words, lexicon: lexicon, lowered: lowered)
  }

  mutating func read(_ sentence: Range<Int>, _ watch: inout DeadlineWatch) throws(StageError) {
    var at = sentence.lowerBound
    while at < sentence.upperBound {
      try watch.step()
      guard chunker.starts(at, sentence) else {
        at += 1
        continue
      }
      at = parse(Range(from: at, upTo: chunker.end(from: at, sentence)), sentence)
    }
  }

  /// In a headline capitals tell little: only names of the lists, given names, and `seen` ones count.
  mutating func readHeadline(
    _ sentence: Range<Int>, seen: WordTable<Entity.Kind>, _ watch: inout DeadlineWatch
  ) throws(StageError) {
    var at = sentence.lowerBound
    while at < sentence.upperBound {
      try watch.step()
      let word = words[at]
      guard word.isCapital || word.traits.has(.particle) else {
        at += 1
        continue
      }
      if let (end, kind) = longestSeen(at, sentence.upperBound, seen) {
        add(Range(from: at, upTo: end), evidence(for: kind, 8), shared: false)
        at = end
      } else if let (end, kind) = chunker.known(at, sentence.upperBound),
        !isPlain(Range(from: at, upTo: end))
      {
        addKnown(Range(from: at, upTo: end), kind, sentence)
        at = end
      } else if word.traits.has(.given), !word.traits.has(.common), !word.shape.has(.initial) {
        let end = personEnd(at, headlineEnd(at, sentence))
        if end > at + 1 { add(Range(from: at, upTo: end), Evidence(person: 6), shared: false) }
        at = max(end, at + 1)
      } else {
        at += 1
      }
    }
  }

  private func isPlain(_ range: Range<Int>) -> Bool {
    range.count == 1 && words[range.lowerBound].traits.has(.common) && !words[range.lowerBound].shape.has(.allCaps)
  }

  /// As far as capitals go that are no common words.
  private func headlineEnd(_ start: Int, _ sentence: Range<Int>) -> Int {
    var end = start + 1
    while end < sentence.upperBound, end < start + 3, words[end].isCapital, !words[end].traits.has(.common),
      chunker.known(end, sentence.upperBound) == nil, !words[end].traits.has(.calendar),
      !words[end].traits.has(.personVerb)
    {
      end += 1
    }
    return end
  }

  private func longestSeen(_ start: Int, _ limit: Int, _ seen: WordTable<Entity.Kind>) -> (Int, Entity.Kind)? {
    var hash = PhraseHash()
    var found: (Int, Entity.Kind)?
    for end in Range(from: start + 1, upTo: min(limit, start + 5) + 1) {
      hash.add(words[end - 1].lowered)
      if words[end - 1].isCapital, let kind = seen[hash.value],
        kind == .person || !isPlain(Range(from: start, upTo: end))
      {
        found = (end, kind)
      }
      if end < limit, words[end].shape.has(.possessive) { break }
    }
    return found
  }
}

// MARK: - Splitting

extension NameFinder {
  /// - Returns: where to read on: a listed name may reach past the chunk.
  private mutating func parse(_ chunk: Range<Int>, _ sentence: Range<Int>) -> Int {
    let limit = chunk.upperBound
    var at = chunk.lowerBound
    var isTitled = at > sentence.lowerBound && words[at - 1].traits.has(.title) && words[at - 1].mark == 0
    while at < limit {
      let word = words[at]
      if !word.isCapital, !word.traits.has(.particle) || word.mark != 0 {
        isTitled = false
        at += 1
        continue
      }
      let known = chunker.known(at, sentence.upperBound)
      if let known, known.end > at + 1, headEnd(at, limit) ?? 0 <= known.end {
        addKnown(Range(from: at, upTo: known.end), known.kind, sentence)
        isTitled = false
        at = known.end
        continue
      }
      if let end = titleEnd(at, limit) {
        isTitled = true
        at = end
        continue
      }
      if word.traits.has(.determinerOfName), known == nil || known?.end == at + 1 {
        at += 1
        continue
      }
      if let end = headEnd(at, limit) {
        addHeaded(Range(from: at, upTo: end), sentence)
        isTitled = false
        at = end
        continue
      }
      if let known, !isNameOfPerson(at, limit, known.kind, isTitled) {
        addKnown(Range(from: at, upTo: known.end), known.kind, sentence)
        isTitled = false
        at = known.end
        continue
      }
      let isGiven = (word.traits.has(.given) || word.shape.has(.initial)) && !isPartnership(at, limit)
      let end = isGiven || isTitled ? personEnd(at, limit) : runEnd(at, limit)
      addPlain(Range(from: at, upTo: end), isTitled: isTitled, sentence)
      isTitled = false
      at = end
    }
    return max(at, limit)
  }

  /// “Lund & Corr”
  private func isPartnership(_ at: Int, _ limit: Int) -> Bool {
    var next = at + 1
    while next < limit, words[next].isCapital { next += 1 }
    return next + 1 < limit && words[next].mark == UInt8(ascii: "&")
  }

  /// A town that is a given name too, before a surname: “Jordan Lund”.
  private func isNameOfPerson(_ at: Int, _ limit: Int, _ kind: KnownName, _ isTitled: Bool) -> Bool {
    if kind == .country || kind == .demonym || kind == .organization {
      return false
    }
    guard at + 1 < limit, words[at + 1].isCapital else {
      return isTitled && (kind == .city || kind == .largeCity) && words[at].traits.has([.given, .surname])
    }
    let next = words[at + 1]
    return words[at].traits.has(.given)
      && (next.traits.has(.surname) || next.shape.has(.initial) || chunker.known(at + 1, limit) == nil)
      && !next.traits.has(.anyHead) && !next.traits.has(.title)
  }

  /// The end of the titles that start at `start`: “Deputy Foreign Minister”, “Secretary of State”, “Gen.”.
  func titleEnd(_ start: Int, _ limit: Int) -> Int? {
    var end: Int?
    var at = start
    while at < limit {
      let word = words[at]
      if word.isCapital, word.traits.has(.title) {
        // “Dean Lund”: a given name where a surname follows at once.
        if at == start, word.traits.has(.given), !word.traits.has(.honorific), at + 1 < limit, words[at + 1].isCapital,
          !words[at + 1].traits.has([.given, .title])
        {
          return end
        }
        at += 1
        end = at
      } else if word.isCapital, word.traits.has(.titlePart) {
        at += 1
        if let titled = end, at - 1 == titled + 1, words[titled].lowered == Chunker.of { end = at }
        if word.lowered == Self.general, end == at - 1 { end = at }
      } else if end == at, word.lowered == Chunker.of, at + 1 < limit, words[at + 1].traits.has(.titlePart) {
        at += 1
      } else if word.shape.has(.hyphen) {
        at += 1
      } else {
        break
      }
    }
    return end
  }

  private static let general = WordHash("general".utf8)

  /// The end of a name that its head word closes: “University of Lund”, “Lund Harbour Authority”, “Lund River”.
  private func headEnd(_ start: Int, _ limit: Int) -> Int? {
    var end: Int?
    var at = start
    while at < limit {
      let word = words[at]
      if word.isCapital {
        if at > start || (at + 1 < limit && words[at + 1].traits.has(.joiner)) {
          if word.traits.has(.anyHead) {
            let isName =
              at > start && at <= start + 2 && words[start].traits.has(.given) && isLoose(word)
              && Range(from: start, upTo: at).allSatisfy { words[$0].isCapital && !words[$0].traits.has(.anyHead) }
              && (at + 1 >= limit || !words[at + 1].traits.has(.joiner))
            if !isName { end = at + 1 }
          } else if word.traits.has(.title), at > start {
            break
          }
        }
        at += 1
      } else if word.traits.has(.joiner) {
        // Past “of” the name goes on to the end of its capitals.
        guard let head = end, head == at else { break }
        at += 1
        if at < limit, words[at].lowered == Chunker.the { at += 1 }
        while at < limit, words[at].isCapital, !words[at].traits.has(.title) || words[at].traits.has(.anyHead) {
          if at > head + 1, words[at].traits.has(.given), !words[at].traits.has(.common), at + 1 < limit,
            words[at + 1].isCapital, chunker.known(at, limit) == nil
          {
            break
          }
          at += 1
        }
        end = at
      } else if word.mark == UInt8(ascii: "&") || word.shape.has(.hyphen) || word.shape.has(.possessive)
        || word.traits.has(.particle)
      {
        at += 1
      } else {
        break
      }
    }
    guard let end, end > start + 1 else { return nil }
    return end
  }

  private func isLoose(_ word: Word) -> Bool {
    word.traits.has(.surname) && !word.traits.has(.title)
  }

  /// The end of the name of a person that starts at `start`.
  func personEnd(_ start: Int, _ limit: Int) -> Int {
    var at = start
    var names = 0
    while at < limit, names < 4 {
      let word = words[at]
      if word.isCapital {
        if at > start {
          if word.traits.has(.title), !word.shape.has(.initial),
            at + 1 < limit || names > 1 || !word.traits.has(.surname)
          {
            if word.lowered == Self.junior { at += 1 }
            break
          }
          if let (end, kind) = chunker.known(at, limit), end > at + 1 || kind == .demonym || kind == .country,
            !word.traits.has([.surname, .given])
          {
            break
          }
        }
        if !word.shape.has(.initial) { names += 1 }
        at += 1
      } else if word.shape.has(.hyphen), at > start, at + 1 < limit {
        at += 2
      } else if word.traits.has(.particle), word.shape.has(.lower), at + 1 < limit {
        at += 1
      } else {
        break
      }
    }
    while at > start + 1, !words[at - 1].isCapital, !(words[at - 2].shape.has(.hyphen)) { at -= 1 }
    return max(at, start + 1)
  }

  private static let junior = WordHash("jr.".utf8)

  /// The end of a run of capitals that nothing is known of.
  private func runEnd(_ start: Int, _ limit: Int) -> Int {
    var at = start + 1
    if words[start].shape.has(.lower) { at = start + 1 }
    while at < limit {
      let word = words[at]
      if word.isCapital {
        if word.traits.has(.title), !word.traits.has([.surname, .given]) || at + 1 < limit { break }
        if let (end, kind) = chunker.known(at, limit), end > at + 1 || kind != .city && kind != .largeCity,
          !word.traits.has(.surname)
        {
          break
        }
        at += 1
      } else if word.shape.has(.hyphen), at + 1 < limit, words[at + 1].shape.has(.touching) {
        at += 2
      } else if word.traits.has(.particle), word.shape.has(.lower), at + 1 < limit {
        at += 1
      } else if word.mark == UInt8(ascii: "&"), at + 1 < limit {
        at += 2
      } else {
        break
      }
    }
    return min(at, limit)
  }
}
