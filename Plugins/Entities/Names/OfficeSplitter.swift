import Bytes
import Lexicon
import StageKit

/// Parts a person's name from the place of the office before it: “UN Special Envoy for Cyprus Rosa de Almeida” is no
/// one name, nor is “Cyprus Rosa de Almeida”.
struct OfficeSplitter {
  let words: [Word]
  let lexicon: Lexicon

  /// - Parameter names: sorted, without overlaps.
  func split(
    _ names: [Candidate], _ sentences: [Sentence], _ watch: inout DeadlineWatch
  ) throws(StageError) -> [Candidate] {
    var parted: [Candidate] = []
    var cursor = SentenceCursor(sentences)
    parted.reserveCapacity(names.count)
    for name in names {
      try watch.step()
      let sentence = cursor.tokens(around: name.tokens.lowerBound)
      if name.tokens.count > 2, let place = place(in: name.tokens, sentence) {
        for at in Range(from: name.tokens.lowerBound, upTo: place + 1) {
          if let kind = kind(at) { parted.append(candidate(at..<at + 1, kind)) }
        }
        parted.append(candidate(Range(from: place + 1, upTo: name.tokens.upperBound), .person))
      } else {
        parted.append(name)
      }
    }
    return parted
  }

  /// The place in “Envoy for PLACE NAME NAME” that the name starts with or holds.
  private func place(in name: Range<Int>, _ sentence: Range<Int>) -> Int? {
    // At least two words of the person come behind the place.
    for at in name.dropLast(2) where kind(at) == .location && at >= sentence.lowerBound + 2 {
      let rest = name.suffix(from: at + 1)
      guard Self.prepositions.contains(words[at - 1].lowered), words[rest.lowerBound].isCapital,
        rest.allSatisfy({ isNameLike($0) }), rest.count(where: { words[$0].isCapital }) > 1,
        words[rest.lowerBound].traits.has(.given) || words[rest.lowerBound + 1].traits.has(.particle),
        Range(from: max(sentence.lowerBound, at - 5), upTo: at - 1).contains(where: {
          words[$0].traits.has(.title) && words[$0].mark == 0
        })
      else { continue }
      return at
    }
    return nil
  }

  private func isNameLike(_ at: Int) -> Bool {
    let word = words[at]
    return word.shape.has(.hyphen) || word.traits.has(.particle)
      || word.isCapital && !word.traits.has([.organizationHead, .placeHead, .eventHead])
  }

  private func kind(_ at: Int) -> Entity.Kind? {
    switch lexicon[words[at].form].listedName {
    case .country, .region, .city, .largeCity: .location
    case .organization: .organization
    case .demonym: .miscellaneous
    default: nil
    }
  }

  private func candidate(_ tokens: Range<Int>, _ kind: Entity.Kind) -> Candidate {
    var key = PhraseHash()
    for at in tokens { key.add(words[at].lowered) }
    return Candidate(tokens: tokens, evidence: Evidence(), key: key.value, kind: kind)
  }

  private static let prepositions = WordSet(["for", "to", "of", "in"])
}
