import Bytes
import Lexicon
import StageKit

/// Finds the stretches of capitals in which names stand, and the parts they fall into.
struct Chunker {
  let words: [Word]
  let lexicon: Lexicon
  /// Lowered words that the article writes without a capital somewhere.
  let lowered: WordSet

  /// The longest name the lists know that starts at `start`.
  func known(_ start: Int, _ limit: Int) -> (end: Int, kind: KnownName)? {
    var found: (Int, KnownName)?
    let word = words[start]
    if word.isCapital {
      if let kind = lexicon[word.form].listedName {
        found = (start + 1, kind)
      } else if word.shape.has(.allCaps), word.length > 3, let kind = lexicon[word.titled].listedName {
        found = (start + 1, kind)
      }
    }
    if let most = lexicon[word.form].longestListedName, let hit = phrase(start, min(limit, start + most), titled: false)
    {
      found = hit
    } else if word.shape.has(.allCaps), let most = lexicon[word.titled].longestListedName,
      let hit = phrase(start, min(limit, start + most), titled: true)
    {
      found = hit
    }
    return found
  }

  private func phrase(_ start: Int, _ limit: Int, titled: Bool) -> (Int, KnownName)? {
    var end = limit
    while end > start + 1 {
      var hash = PhraseHash()
      for at in Range(from: start, upTo: end) { hash.add(titled ? words[at].titled : words[at].form) }
      if let kind = lexicon[hash.value].listedName { return (end, kind) }
      end -= 1
    }
    return nil
  }

  /// Whether a name may start at `at`.
  func starts(_ at: Int, _ sentence: Range<Int>) -> Bool {
    let word = words[at]
    if word.isCapital {
      if word.traits.has(.calendar), !isGivenName(at, sentence) { return false }
      if word.traits.has(.functionWord), word.lowered != Self.the {
        let isName = (known(at, sentence.upperBound)?.kind ?? .plainAcronym) != .plainAcronym
        return isName && (word.shape.has(.allCaps) || !isHeadOfSentence(at, sentence))
      }
      return !isHeadOfSentence(at, sentence) || !isPlainWord(at, sentence)
    }
    guard word.shape.has(.lower), word.traits.has(.particle), at + 1 < sentence.upperBound else { return false }
    // “al-Amr”, “de Mistura”
    if words[at + 1].shape.contains([.hyphen, .touching]) {
      return at + 2 < sentence.upperBound && words[at + 2].isCapital && word.length <= 3
    }
    return words[at + 1].isCapital && word.length > 1 && !Self.weakParticles.contains(word.lowered)
  }

  /// Tokens; keeps a text in capitals from being read again and again.
  private static let longestChunk = 24

  /// Particles that are plain English words too.
  private static let weakParticles = WordSet(
    ["as", "at", "an", "a", "e", "y", "i", "op", "st", "het", "te", "af", "ap", "la", "le", "do", "das", "den"])

  private func isGivenName(_ at: Int, _ sentence: Range<Int>) -> Bool {
    guard words[at].traits.has(.given), at + 1 < sentence.upperBound else { return false }
    let next = words[at + 1]
    return next.isCapital && !next.traits.has(.calendar) && !next.traits.has(.common)
      && (next.traits.has(.surname) || next.shape.has(.personEnding))
  }

  /// Whether the capital at `at` may be there only because a sentence begins.
  private func isHeadOfSentence(_ at: Int, _ sentence: Range<Int>) -> Bool {
    if at == sentence.lowerBound { return true }
    switch words[at - 1].mark {
    case UInt8(ascii: "\""), UInt8(ascii: ":"), UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: "("),
      UInt8(ascii: "["), UInt8(ascii: "*"), UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: "!"), 0xE2:
      return true
    default: return false
    }
  }

  /// Whether the word at the head of a sentence is an ordinary one.
  private func isPlainWord(_ at: Int, _ sentence: Range<Int>) -> Bool {
    let word = words[at]
    let next = at + 1 < sentence.upperBound ? words[at + 1] : word
    let leadsName = at + 1 < sentence.upperBound && next.isCapital && !next.traits.has(.common)
    if let (end, kind) = known(at, sentence.upperBound), kind != .plainAcronym {
      return end == at + 1 && word.traits.has(.common) && !word.shape.has(.allCaps)
        && (kind != .organization || lowered.contains(word.lowered))
    }
    if word.traits.has(.functionWord) || word.traits.has(.determinerOfName) { return true }
    if word.traits.has(.given), leadsName { return false }
    if next.isCapital, leadsToHead(at + 1, sentence) { return false }
    // “Minister of Education …”
    if word.traits.has(.title), next.lowered == Self.of, at + 2 < sentence.upperBound,
      words[at + 2].isCapital, words[at + 2].traits.has(.titlePart)
    {
      return false
    }
    if word.traits.has(.common) || lowered.contains(word.lowered) {
      // “Defense Secretary …”: the title is skipped later on.
      return !(leadsName && word.traits.has(.title) || next.isCapital && word.traits.has(.titlePart))
    }
    return word.shape.has(.commonEnding) && !word.traits.has(.given) && !word.traits.has(.surname) && !next.isCapital
  }

  /// Whether the capitals from `start` on are a name of their own: “and Corr Holdings Ltd.”, “and Corr & Lund”.
  private func leadsToAnother(_ start: Int, _ sentence: Range<Int>) -> Bool {
    var at = start
    while at < min(sentence.upperBound, start + Self.longestChunk), words[at].isCapital {
      if at > start, words[at].traits.has(.organizationHead) { return true }
      at += 1
    }
    return at < sentence.upperBound && words[at].mark == UInt8(ascii: "&")
  }

  /// Whether the capitals from `start` on soon come to the head of an organisation's name.
  private func leadsToHead(_ start: Int, _ sentence: Range<Int>) -> Bool {
    var at = start
    while at < min(start + 3, sentence.upperBound), words[at].isCapital {
      if words[at].traits.has(.organizationHead) { return true }
      at += 1
    }
    return false
  }

  /// The end of the chunk that starts at `start`.
  func end(from start: Int, _ sentence: Range<Int>) -> Int {
    let limit = sentence.upperBound
    var at = start + 1
    var hasHead = words[start].traits.has(.anyHead)
    var hasJoiner = false
    while at < limit, at - start < Self.longestChunk {
      let word = words[at]
      let next = at + 1 < limit ? words[at + 1] : nil
      if word.isCapital {
        if word.traits.has(.calendar), !word.traits.has(.given) || at + 1 >= limit { break }
        if word.traits.has(.functionWord),
          !word.shape.has(.allCaps) || word.length > 4 || lexicon[word.form].listedName == nil
        {
          break
        }
        if word.traits.has(.anyHead) { hasHead = true }
        at += 1
        continue
      }
      guard let next else { break }
      if word.shape.contains([.hyphen, .touching]), next.shape.has(.touching) {
        if next.isCapital {
          at += 2
          continue
        }
        // “Ata-ur-Rehman”, “Chester-le-Street”
        if next.traits.has(.particle), at + 3 < limit, words[at + 2].shape.contains([.hyphen, .touching]),
          words[at + 3].isCapital
        {
          at += 4
          continue
        }
        // “Jong-un”: the second half of a given name.
        if at - start >= 2, words[at - 1].isCapital, words[at - 2].isCapital, isNameTail(next) {
          at += 2
          continue
        }
        break
      }
      if word.shape.has(.lower), word.traits.has(.particle), !Self.weakParticles.contains(word.lowered) {
        if next.isCapital {
          at += 2
          continue
        }
        if next.shape.contains([.hyphen, .touching]), at + 2 < limit, words[at + 2].isCapital {
          at += 3
          continue
        }
        if next.traits.has(.particle), at + 2 < limit, words[at + 2].isCapital, words[at - 1].isCapital {
          at += 3
          continue
        }
      }
      if word.mark == UInt8(ascii: "&"), next.isCapital {
        at += 2
        continue
      }
      if word.shape.has(.possessive), next.isCapital, Self.owners.contains(words[at - 1].lowered) {
        at += 2
        continue
      }
      guard word.traits.has(.joiner), word.shape.has(.lower) else { break }
      let skipped = next.traits.has(.joiner) && word.lowered == Self.of || next.lowered == Self.the ? 2 : 1
      let target = at + skipped
      guard target < limit, words[target].isCapital, !words[target].traits.has(.calendar) else { break }
      let before = words[at - 1]
      if word.lowered == Self.of {
        // “Secretary of State”
        let isTitle = before.traits.has(.title) && words[target].traits.has(.titlePart) && skipped == 1
        guard before.traits.has(.anyHead) || isTitle || hasJoiner && skipped == 1, before.isCapital else { break }
        if !isTitle { hasJoiner = true }
      } else if word.lowered == Self.and {
        guard hasHead, hasJoiner, skipped == 1, known(target, limit) == nil, !words[target].traits.has(.given),
          !leadsToAnother(target, sentence)
        else {
          break
        }
      } else if word.lowered == Self.for || word.lowered == Self.on {
        // “Committee on Trade”, but not “Office on Monday”.
        let isLoose = before.traits.has(.weakHead) && skipped == 1 && !hasJoiner
        guard before.traits.has(.organizationHead), before.isCapital, !isLoose else { break }
        hasJoiner = true
      } else {
        break
      }
      at = target
    }
    return at
  }

  private func isNameTail(_ word: Word) -> Bool {
    word.shape.has(.lower) && word.length <= 6 && !word.traits.has(.common) && !lowered.contains(word.lowered)
      && !Self.hyphenEndings.contains(word.lowered)
  }

  private static let hyphenEndings = WordSet(
    [
      "led", "based", "style", "like", "born", "backed", "run", "era", "made", "bound", "owned", "held", "wide", "area",
      "type", "free", "level", "class", "themed", "linked",
    ])
  private static let owners = WordSet(
    ["people", "women", "children", "men", "workers", "farmers", "writers", "veterans", "peoples", "king", "queen"])
  static let of = WordHash("of".utf8)
  static let the = WordHash("the".utf8)
  static let and = WordHash("and".utf8)
  static let `for` = WordHash("for".utf8)
  static let on = WordHash("on".utf8)
}
