import Bytes
import Lexicon
import StageKit

/// One article, one mind: the place of a dateline is a place wherever it stands, a name has one type throughout, and in headlines of
/// capitals a person is whom the article names.
struct ArticleNames {
  let words: [Word]
  let tokens: [Token]
  let sentences: [Sentence]

  /// - Parameter names: sorted, without overlaps.
  func settle(
    _ names: [Candidate], _ datelines: [Article.Dateline], _ text: Span<UInt8>, _ watch: inout DeadlineWatch
  ) throws(StageError) -> [Candidate] {
    let opening = try inDatelines(datelines, names, text, &watch)
    var settled = try NameOverlay.put(opening, on: try inCapitals(names, &watch), &watch)
    var places: Set<WordHash> = []
    for name in opening where name.kind == .location { places.insert(key(name.tokens)) }
    for at in settled.indices {
      try watch.step()
      if !places.isEmpty, settled[at].tokens.count < 4, places.contains(key(settled[at].tokens)) {
        settled[at].kind = .location
      } else if isEmployer(settled[at]) {
        settled[at].kind = .organization
      }
    }
    try agree(&settled, &watch)
    return settled
  }

  private func key(_ range: Range<Int>) -> WordHash {
    var hash = PhraseHash()
    for at in range { hash.add(words[at].lowered) }
    return hash.value
  }

  // MARK: Datelines

  /// Places and agencies that open the text, in order.
  private func inDatelines(
    _ datelines: [Article.Dateline], _ names: [Candidate], _ text: Span<UInt8>, _ watch: inout DeadlineWatch
  ) throws(StageError) -> [Candidate] {
    var found: [Candidate] = []
    for dateline in datelines {
      try watch.step()
      let first = tokens.partitioningIndex { $0.span.start >= dateline.span.start }
      let end = tokens.partitioningIndex { $0.span.start >= dateline.span.end }
      if let place = dateline.place {
        let limit = min(end, tokens.partitioningIndex { $0.span.start >= dateline.span.start + place.count })
        // “CRICKET - Lund win” looks the same: an agency, a day, or a name that was found there must say that it is one.
        let isTold =
          dateline.agency != nil || dateline.date != nil
          || names.contains { $0.tokens.lowerBound < limit && $0.tokens.upperBound > first }
        guard isTold, first < limit, !words[first].traits.has([.common, .sport]) else { continue }
        var start: Int?
        for at in Range(from: first, clampedTo: limit) {
          let isPart = words[at].mark == 0 && !words[at].shape.has(.number) || words[at].shape.has(.hyphen)
          if isPart, start == nil, words[at].isCapital { start = at }
          if !isPart, let open = start {
            found.append(Candidate(Range(from: open, upTo: at), .location, words))
            start = nil
          }
        }
        if let start, start < limit { found.append(Candidate(Range(from: start, upTo: limit), .location, words)) }
      }
      if let agency = dateline.agency, let range = range(of: agency, Range(from: first, clampedTo: end), text),
        words[range.lowerBound].isCapital
      {
        found.append(Candidate(range, .organization, words))
      }
    }
    return found.sorted { $0.tokens.lowerBound < $1.tokens.lowerBound }
  }

  /// The tokens that spell some bytes out.
  private func range(of bytes: [UInt8], _ inside: Range<Int>, _ text: Span<UInt8>) -> Range<Int>? {
    for start in inside {
      let from = tokens[start].span.start
      guard from + bytes.count <= text.count, bytes.indices.allSatisfy({ text[from + $0] == bytes[$0] }) else {
        continue
      }
      let end = tokens.partitioningIndex { $0.span.start >= from + bytes.count }
      if end <= inside.upperBound, end > start, end - start < 6 { return Range(from: start, upTo: end) }
    }
    return nil
  }

  // MARK: Capitals

  /// “GOVERNOR OKAFOR SACKS HEALTH CHIEF”: of a name in capitals that holds a family name of the article, that alone.
  private func inCapitals(
    _ names: [Candidate], _ watch: inout DeadlineWatch
  ) throws(StageError) -> [Candidate] {
    var families = WordTable<WordHash>()
    for name in names where name.kind == .person && name.tokens.count > 1 {
      try watch.step()
      guard let last = name.tokens.last, !words[last].shape.has(.allCaps), words[last].isCapital else { continue }
      families.insert(words[last].lowered, words[name.tokens.lowerBound].lowered)
    }
    guard families.count > 0 else { return names }
    var settled: [Candidate] = []
    settled.reserveCapacity(names.count)
    for name in names {
      try watch.step()
      guard name.tokens.count > 1, name.tokens.allSatisfy({ words[$0].shape.has(.allCaps) }),
        let family = name.tokens.last(where: { families[words[$0].lowered] != nil })
      else {
        settled.append(name)
        continue
      }
      let given = families[words[family].lowered]
      let start = name.tokens.first { $0 < family && words[$0].lowered == given } ?? family
      settled.append(Candidate(Range(from: start, upTo: family + 1), .person, words))
    }
    return settled
  }

  // MARK: Types

  /// “economist at Fjordbank”, “counsel for Network East”: who employs people is no place, unless the lists know it as one.
  private func isEmployer(_ name: Candidate) -> Bool {
    let first = name.tokens.lowerBound
    guard name.kind == .location || name.kind == .person && name.tokens.count == 1, first > 1,
      words[first - 2].traits.has(.title), words[first - 1].shape.has(.lower),
      Lexicon.english[words[first].form].listedName == nil, name.tokens.count < 4,
      !words[first].traits.has(.placeOpener),
      !name.tokens.contains(where: { words[$0].traits.has(.placeHead) || words[$0].shape.has(.placeEnding) })
    else { return false }
    return words[first - 1].lowered == Self.at
      || words[first - 1].lowered == Self.forWord && Self.pleaders.contains(words[first - 2].lowered)
  }

  private static let at = WordHash("at".utf8)
  private static let forWord = WordHash("for".utf8)
  private static let pleaders = WordSet([
    "counsel", "spokesman", "spokeswoman", "spokesperson", "lawyer", "attorney", "analyst",
  ])

  /// Gives a name of several words the type that it has most often; of two as frequent ones, that of its last word.
  private func agree(_ names: inout [Candidate], _ watch: inout DeadlineWatch) throws(StageError) {
    var votes = WordTable<SIMD4<Int32>>(capacity: names.count)
    for name in names {
      try watch.step()
      guard let kind = name.kind.flatMap({ NameLabel.kinds.firstIndex(of: $0) }) else { continue }
      let key = key(name.tokens)
      var counts = votes[key] ?? .zero
      counts[kind] += 2
      if let last = name.tokens.last, name.kind == .organization, name.tokens.count > 1,
        words[last].traits.has(.organizationHead)
      {
        counts[kind] += 1
      }
      votes.insert(key, counts)
    }
    for at in names.indices {
      try watch.step()
      guard names[at].tokens.count > 1 || names[at].kind == .location || names[at].kind == .organization,
        let kind = names[at].kind.flatMap({ NameLabel.kinds.firstIndex(of: $0) }),
        let counts = votes[key(names[at].tokens)], counts[kind] < counts.max(),
        let best = counts.indices.first(where: { counts[$0] == counts.max() })
      else { continue }
      names[at].kind = NameLabel.kinds[best]
    }
  }
}
