import Bytes
import Lexicon
import StageKit

/// Names of several words that the lists have whole: “Democratic Republic of the Congo”, “McDonald's”, “Trinidad and Tobago”.
struct ListedNames {
  let words: [Word]
  let sentences: [Sentence]
  /// Knows which tokens are in listed names.
  let features: ArticleFeatures

  /// - Parameter names: sorted, without overlaps.
  func put(on names: [Candidate], _ watch: inout DeadlineWatch) throws(StageError) -> [Candidate] {
    let chunker = Chunker(words: words, lexicon: .english, lowered: WordSet())
    var certain: [Candidate] = []
    var next = 0
    for sentence in sentences {
      var at = sentence.tokens.lowerBound
      while at < sentence.tokens.upperBound {
        try watch.step()
        guard words[at].isCapital, features.isListed(at), let known = chunker.known(at, sentence.tokens.upperBound),
          known.end > at + 1 || known.kind == .demonym || known.kind == .organization, let kind = Self.kind(known.kind)
        else {
          at += 1
          continue
        }
        let range = Range(from: at, upTo: known.end)
        while next < names.count, names[next].tokens.upperBound <= at { next += 1 }
        if known.kind == .demonym {
          // “French” is a family name too, and “The English” may be left to the model.
          let isPerson = next < names.count && names[next].tokens.overlaps(range) && names[next].kind == .person
          if !isPerson || !words[at].traits.has([.given, .surname]) { certain.append(Candidate(range, kind, words)) }
          at = known.end
          continue
        }
        // “the U.N.” is hardly a place.
        if known.kind == .organization, range.count == 1, next < names.count, names[next].tokens == range,
          names[next].kind == .location, words[at].shape.has(.allCaps)
        {
          certain.append(Candidate(range, kind, words))
        }
        // Two words are as often a part of something else: only where the name that was found ends inside them.
        let isCut =
          next < names.count && range.overlaps(names[next].tokens) && names[next].tokens.count < range.count
        // “Central Bank of Trinidad and Tobago”, of which “Central Bank” was found.
        if range.count > 2, next > 0, names[next - 1].kind == .organization,
          names[next - 1].tokens.upperBound == at - 1,
          words[at - 1].lowered == Chunker.of, words[at - 2].traits.has(.organizationHead),
          next >= names.count || names[next].tokens.upperBound <= known.end
        {
          certain.append(
            Candidate(Range(from: names[next - 1].tokens.lowerBound, upTo: known.end), .organization, words))
          at = known.end
          continue
        }
        if range.count > 2 || range.contains(where: { words[$0].shape.has(.possessive) }) || isCut {
          certain.append(Candidate(range, kind, words))
        }
        at = known.end
      }
    }
    return try NameOverlay.put(certain, on: names, &watch)
  }

  static func kind(_ known: KnownName?) -> Entity.Kind? {
    switch known {
    case .country, .region, .city, .largeCity: .location
    case .organization: .organization
    case .demonym, .miscellaneous: .miscellaneous
    default: nil
    }
  }
}
