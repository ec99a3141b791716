import Bytes
import Lexicon
import StageKit

extension NameFinder {
  mutating func add(
    _ range: Range<Int>, _ evidence: Evidence, shared: Bool = true, isBare: Bool = false
  ) {
    var tokens = range
    // A chunk's edge may have left a mark or a small word at either end.
    while let last = tokens.last, tokens.count > 1, words[last].mark != 0 { tokens.removeLast() }
    if tokens.count > 1, words[tokens.lowerBound].lowered == Chunker.the,
      words[tokens.lowerBound + 1].lowered != Self.hague
    {
      tokens.removeFirst()
    }
    candidates.append(Candidate(tokens: tokens, evidence: evidence, key: key(tokens), isShared: shared, isBare: isBare))
  }

  func key(_ range: Range<Int>) -> WordHash {
    var hash = PhraseHash()
    for at in range { hash.add(words[at].lowered) }
    return hash.value
  }

  func evidence(for kind: Entity.Kind, _ points: Int) -> Evidence {
    switch kind {
    case .person: Evidence(person: points)
    case .organization: Evidence(organization: points)
    case .location: Evidence(location: points)
    default: Evidence(miscellaneous: points)
    }
  }

  mutating func addKnown(_ range: Range<Int>, _ kind: KnownName, _ sentence: Range<Int>) {
    let single = range.count == 1
    let word = words[range.lowerBound]
    var evidence: Evidence
    switch kind {
    case .country: evidence = Evidence(location: 10)
    case .region: evidence = Evidence(location: single ? 7 : 10)
    case .city: evidence = Evidence(location: single ? 6 : 9)
    case .largeCity: evidence = Evidence(location: single ? 4 : 6)
    case .demonym: evidence = Evidence(miscellaneous: 10)
    case .organization: evidence = Evidence(organization: single ? 7 : 10)
    case .miscellaneous: evidence = Evidence(miscellaneous: single ? 7 : 10)
    case .plainAcronym, .nothing: return
    }
    if single, kind != .country, kind != .demonym {
      if word.traits.has(.surname) { evidence.person += 2 }
      evidence = evidence + context(range, sentence)
    }
    add(range, evidence)
  }

  mutating func addHeaded(_ range: Range<Int>, _ sentence: Range<Int>) {
    var evidence = Evidence()
    // The first head decides where “of” follows it, else the last word.
    var head = range.upperBound - 1
    for at in range where words[at].traits.has(.joiner) && words[at].shape.has(.lower) {
      head = at - 1
      break
    }
    let traits = words[head].traits
    if traits.has(.organizationHead) {
      evidence.organization = traits.has(.weakHead) ? 5 : 8
    } else if traits.has(.eventHead) {
      evidence.miscellaneous = 6
    } else {
      evidence.location = 6
    }
    add(range, evidence + context(range, sentence))
  }

  mutating func addPlain(_ range: Range<Int>, isTitled: Bool, _ sentence: Range<Int>) {
    let first = words[range.lowerBound]
    let last = words[range.upperBound - 1]
    var evidence = context(range, sentence)
    let names = range.count { words[$0].isCapital && !words[$0].shape.has(.initial) }
    let common = range.count { at in
      words[at].traits.has(.common)
        || words[at].shape.has(.commonEnding) && !words[at].traits.has([.given, .surname])
    }
    if isTitled { evidence.person += 6 }
    if first.traits.has(.given), !first.traits.has(.common) || names > 1 { evidence.person += names > 1 ? 6 : 3 }
    if last.traits.has(.surname) { evidence.person += 3 }
    if last.shape.has(.personEnding) { evidence.person += 2 }
    if last.shape.has(.placeEnding) { evidence.location += 2 }
    if last.shape.has(.organizationEnding) { evidence.organization += 2 }
    if range.count == 1, first.shape.has(.innerCapital) { evidence.organization += 8 }
    if first.shape.has(.lower) { evidence.person += 3 }
    if names > 1, first.traits.has(.surname), common == 0 || range.contains(where: { words[$0].shape.has(.hyphen) }) {
      evidence.person += range.contains(where: { words[$0].shape.has(.hyphen) }) ? 5 : 1
    }
    if range.count == 1, first.length == 1 { evidence.nothing += 12 }
    if range.contains(where: { words[$0].mark == UInt8(ascii: "&") }) {
      evidence.organization += 9
      evidence.person -= 9
    }
    if names > 1, range.contains(where: { words[$0].shape.has(.initial) }) || first.shape.has(.initial) {
      evidence.person += 4
    }
    if range.count > 1, first.traits.has(.placeOpener) { evidence.location += 3 }
    if range.count == 1, first.shape.has(.allCaps) {
      evidence.organization += first.length <= 6 ? 4 : 1
      evidence.person -= 2
    } else if names == 1 {
      evidence.person += 1
    } else if names <= 3 {
      evidence.person += common == 0 ? 3 : 0
      evidence.organization += 1
    } else {
      evidence.organization += 2
      evidence.miscellaneous += 1
    }
    if common > 0 {
      evidence.person -= 2
      evidence.miscellaneous += names > 1 ? 3 : 0
      evidence.nothing += names == common ? 4 : 0
    }
    let isBare =
      range.count == 1 && !isTitled && !first.traits.has([.given, .surname]) && !first.shape.has(.personEnding)
      && first.shape.has(.capital)
    add(range, evidence, isBare: isBare)
  }

  /// What stands left and right of a name.
  func context(_ range: Range<Int>, _ sentence: Range<Int>) -> Evidence {
    var evidence = Evidence()
    if range.lowerBound > sentence.lowerBound {
      let before = words[range.lowerBound - 1]
      if before.traits.has(.placePreposition), before.shape.has(.lower) {
        evidence.location += before.lowered == Self.in ? 4 : before.length > 3 && before.lowered != Self.from ? 2 : 1
        if before.lowered == Self.at { evidence.organization += 1 }
      }
      if before.lowered == Chunker.the {
        evidence.person -= 3
        evidence.organization += 2
      } else if before.traits.has(.determinerOfName) {
        evidence.person -= 1
      }
      if before.traits.has(.personVerb), before.shape.has(.lower),
        range.upperBound >= sentence.upperBound || words[range.upperBound].mark != 0
      {
        evidence.person += 1
      }
      if before.lowered == Chunker.of, range.lowerBound - 2 >= sentence.lowerBound,
        words[range.lowerBound - 2].traits.has(.placeNoun)
      {
        evidence.location += 5
      }
    }
    guard range.upperBound < sentence.upperBound else { return evidence }
    let after = words[range.upperBound]
    if after.traits.has(.personVerb), after.shape.has(.lower) { evidence.person += 3 }
    if after.traits.has(.governmentNoun), after.shape.has(.lower) {
      evidence.person += 4
      evidence.location += 1
      evidence.organization -= 2
    }
    if after.traits.has(.placeNoun), after.shape.has(.lower) { evidence.location += 4 }
    if after.traits.has(.organizationNoun), after.shape.has(.lower) { evidence.organization += 3 }
    if after.traits.has(.title), after.shape.has(.lower) {
      evidence.organization += 2
      evidence.person -= 1
    }
    if after.shape.contains([.hyphen, .touching]), range.upperBound + 1 < sentence.upperBound {
      let tail = words[range.upperBound + 1]
      if tail.lowered == Self.based { evidence.location += 5 }
      evidence.person -= 1
    }
    if after.mark == UInt8(ascii: ","), range.upperBound + 1 < sentence.upperBound {
      let next = words[range.upperBound + 1]
      if next.shape.has(.number), next.length == 2, range.upperBound + 2 < sentence.upperBound,
        words[range.upperBound + 2].mark == UInt8(ascii: ",")
      {
        evidence.person += 5
      } else if next.lowered == Self.who || next.lowered == Self.whose {
        evidence.person += 4
      } else if next.traits.has(.title), next.shape.has(.lower) {
        evidence.person += 4
      } else if next.traits.has(.determinerOfName), hasTitle(range.upperBound + 2, sentence) {
        evidence.person += 3
      } else if let known = chunker.known(range.upperBound + 1, sentence.upperBound),
        known.kind == .country || known.kind == .region
      {
        evidence.location += 4
      }
    }
    return evidence
  }

  private func hasTitle(_ start: Int, _ sentence: Range<Int>) -> Bool {
    for at in Range(from: start, clampedTo: min(start + 4, sentence.upperBound)) {
      if words[at].mark != 0 { return false }
      if words[at].traits.has(.title), words[at].shape.has(.lower) { return true }
    }
    return false
  }

  private static let hague = WordHash("hague".utf8)
  private static let `in` = WordHash("in".utf8)
  private static let from = WordHash("from".utf8)
  private static let at = WordHash("at".utf8)
  private static let who = WordHash("who".utf8)
  private static let whose = WordHash("whose".utf8)
  private static let based = WordHash("based".utf8)
}
