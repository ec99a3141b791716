import Bytes
import Lexicon
import StageKit

/// Names with hyphens, “and” and ’s inside: “Economic and Financial Crimes Commission”, “St. John’s Hospital”, “Lagos-Ibadan
/// Expressway”; and adjectives of two countries, “Franco-German”.
struct OrganizationBounds {
  let words: [Word]
  let tokens: [Token]
  let sentences: [Sentence]

  /// - Parameter names: sorted, without overlaps.
  func mend(
    _ names: [Candidate], _ text: Span<UInt8>, _ watch: inout DeadlineWatch
  ) throws(StageError) -> [Candidate] {
    var certain: [Candidate] = []
    for sentence in sentences {
      for at in sentence.tokens {
        try watch.step()
        if words[at].shape.has(.possessive) || isApostrophe(at), let owned = owned(at, sentence.tokens) {
          certain.append(owned)
        }
        if words[at].shape.contains([.hyphen, .touching]),
          let tied = tied(at, sentence.tokens) ?? behindPrefix(at, sentence.tokens)
        {
          certain.append(tied)
        }
        // “George Lund's Lundfilm”
        if words[at].shape.has(.organizationEnding), words[at].entry == 0, at > sentence.tokens.lowerBound,
          words[at - 1].shape.has(.possessive)
        {
          certain.append(Candidate(Range(from: at, count: 1), .organization, words))
        }
        if words[at].mark != 0, let nicknamed = nicknamed(at, sentence.tokens) { certain.append(nicknamed) }
      }
    }
    certain.sort { $0.tokens.lowerBound < $1.tokens.lowerBound }
    var mended = try NameOverlay.put(certain, on: names.map(withoutPrefix), &watch)
    var cursor = SentenceCursor(sentences)
    var taken: Set<Int> = []
    for index in mended.indices {
      try watch.step()
      let sentence = cursor.tokens(around: mended[index].tokens.lowerBound)
      // “Economic” may have been taken for a name by itself.
      let isApart = index > 0 && mended[index - 1].tokens.count > 1
      let before = index > 0 ? isApart ? mended[index - 1].tokens.upperBound : mended[index - 1].tokens.lowerBound : 0
      if let start = coordinated(mended[index], sentence, floor: before) {
        mended[index].tokens = Range(from: start, upTo: mended[index].tokens.upperBound)
        if index > 0, mended[index - 1].tokens.upperBound > start { taken.insert(index - 1) }
      }
      if mended[index].tokens.count == 1, let kind = prefixed(mended[index].tokens.lowerBound, text) {
        mended[index].kind = kind
      }
    }
    for index in mended.indices.dropFirst() {
      try watch.step()
      // “Ada Corr (FRA)”
      let name = mended[index].tokens
      if name.count == 1, words[name.lowerBound].shape.has(.allCaps), words[name.lowerBound].length == 3,
        mended[index - 1].kind == .person, mended[index - 1].tokens.upperBound == name.lowerBound - 1,
        words[name.lowerBound - 1].mark == UInt8(ascii: "("), CountryCodes.all.contains(words[name.lowerBound].form)
      {
        mended[index].kind = .location
      }
    }
    return mended.indices.filter { !taken.contains($0) && !isPartOfRole(mended[$0]) }.map { mended[$0] }
  }

  /// “Farmers’ Union”: the mark of a plural's possessive.
  private func isApostrophe(_ at: Int) -> Bool {
    words[at].lowered == Self.apostrophe && words[at].shape.has(.touching) && at > 0
      && Self.owners.contains(words[at - 1].lowered)
  }

  private static let apostrophe = WordHash("'".utf8)

  /// “Moscow” of “Anti-Moscow”
  private func withoutPrefix(_ name: Candidate) -> Candidate {
    let first = name.tokens.lowerBound
    guard name.tokens.count > 2, Self.prefixes.contains(words[first].lowered),
      words[first + 1].shape.contains([.hyphen, .touching]), words[first + 2].isCapital,
      Lexicon.english[words[first + 2].form].listedName != .demonym
    else { return name }
    var bare = name
    bare.tokens = name.tokens.dropFirst(2)
    return bare
  }

  /// At a hyphen: NATO of “anti-NATO”, the UN of “UN-backed”.
  private func behindPrefix(_ hyphen: Int, _ sentence: Range<Int>) -> Candidate? {
    guard hyphen > sentence.lowerBound, hyphen + 1 < sentence.upperBound, words[hyphen + 1].shape.has(.touching)
    else { return nil }
    if words[hyphen - 1].shape.has(.allCaps), words[hyphen + 1].shape.has(.lower),
      !words[hyphen - 1].shape.has(.touching),
      let kind = ListedNames.kind(Lexicon.english[words[hyphen - 1].form].listedName)
    {
      return Candidate(Range(from: hyphen - 1, count: 1), kind, words)
    }
    guard Self.prefixes.contains(words[hyphen - 1].lowered), words[hyphen + 1].isCapital,
      hyphen + 2 >= sentence.upperBound || !words[hyphen + 2].isCapital && !words[hyphen + 2].shape.has(.hyphen),
      let kind = ListedNames.kind(Lexicon.english[words[hyphen + 1].form].listedName), kind != .miscellaneous
    else { return nil }
    return Candidate(Range(from: hyphen + 1, count: 1), kind, words)
  }

  private static let ministers = WordSet(["minister", "secretary", "ministers", "undersecretary"])
  private static let celestial = WordSet(["Sun", "Moon"])
  private static let prefixes = WordSet(["anti", "pro", "non", "ex", "post", "pre", "ultra", "un", "intra", "extra"])

  /// “State” of “Secretary of State”, “Labour” of “Labour Minister Ada Corr”, and the Sun.
  private func isPartOfRole(_ name: Candidate) -> Bool {
    let first = name.tokens.lowerBound
    if name.tokens.count == 1, first + 2 < words.count, name.kind != .miscellaneous,
      words[first].traits.has([.titlePart, .common]), Self.ministers.contains(words[first + 1].lowered),
      words[first + 1].isCapital, words[first + 2].isCapital, !words[first].shape.has(.allCaps)
    {
      return true
    }
    if name.tokens.count == 1, first > 0, words[first - 1].lowered == Chunker.the,
      Self.celestial.contains(words[first].form)
    {
      return name.kind == .location
    }
    return name.tokens.count == 1 && first > 1 && words[first].traits.has(.titlePart)
      && words[first - 1].lowered == Chunker.of
      && words[first - 2].isCapital && words[first - 2].traits.has(.title)
  }

  /// “St. John’s Hospital”, “Women’s Aid”, “Holm Magistrate’s Court”, at the ’s.
  private func owned(_ possessive: Int, _ sentence: Range<Int>) -> Candidate? {
    let owner = possessive - 1
    guard owner >= sentence.lowerBound, words[owner].isCapital, possessive + 1 < sentence.upperBound,
      words[possessive + 1].isCapital
    else { return nil }
    var start = owner
    while start > sentence.lowerBound, owner - start < 3, words[start - 1].isCapital,
      !words[start - 1].traits.has(.functionWord)
    {
      start -= 1
    }
    let isSaint = start < owner && Self.saints.contains(words[owner - 1].lowered)
    let isGroup = Self.owners.contains(words[owner].lowered)
    let isFounder = Self.founders.contains(words[owner].lowered)
    guard isSaint || isGroup || isFounder else { return nil }
    if isSaint { start = owner - 1 }
    var end = possessive + 1
    var head: Int?
    while end < sentence.upperBound, end - possessive < 5, words[end].isCapital {
      if words[end].traits.has([.organizationHead, .placeHead]) { head = end + 1 }
      end += 1
    }
    guard isGroup || head != nil else { return nil }
    if let known = head, known < sentence.upperBound {
      let isPlace = ListedNames.kind(Lexicon.english[words[known].form].listedName) == .location
      if isGroup || isFounder, words[known].isCapital, isPlace { head = known + 1 }
      // “Farmers' Union of Holm”
      if isGroup, words[known].lowered == Chunker.of, known + 1 < sentence.upperBound, words[known + 1].isCapital {
        head = known + 2
      }
    }
    return Candidate(Range(from: start, upTo: head ?? end), .organization, words)
  }

  private static let saints = WordSet(["st", "st.", "saint"])
  private static let owners = WordSet([
    "women", "children", "magistrate", "magistrates", "men", "people", "workers", "farmers", "nurses", "teachers",
    "students", "veterans", "drivers", "lawyers", "writers", "traders", "mothers", "fishermen", "seamen", "widows",
    "girls",
    "boys",
  ])

  private static let founders = WordSet(["queen", "king"])

  /// At a hyphen: “Lagos-Ibadan Expressway”, “Franco-German”.
  private func tied(_ hyphen: Int, _ sentence: Range<Int>) -> Candidate? {
    guard hyphen > sentence.lowerBound, hyphen + 1 < sentence.upperBound, words[hyphen - 1].isCapital,
      words[hyphen + 1].isCapital, words[hyphen + 1].shape.has(.touching)
    else { return nil }
    let pair = Range(from: hyphen - 1, upTo: hyphen + 2)
    if Self.combining.contains(words[hyphen - 1].lowered),
      Lexicon.english[words[hyphen + 1].form].listedName == .demonym
    {
      return Candidate(pair, .miscellaneous, words)
    }
    var end = hyphen + 2
    while end < sentence.upperBound, end < hyphen + 4, words[end].isCapital {
      end += 1
      if words[end - 1].traits.has(.placeHead) {
        return Candidate(Range(from: hyphen - 1, upTo: end), .location, words)
      }
    }
    return nil
  }

  private static let combining = WordSet([
    "franco", "sino", "anglo", "russo", "indo", "afro", "euro", "greco", "turco", "serbo", "austro", "hispano", "luso",
    "italo",
    "judeo", "arab", "americo", "germano", "nippo", "perso", "polish", "israeli", "irish", "african", "asian",
    "mexican",
  ])

  /// “Ex-Soviet”, one token: what stands behind the prefix says what it is.
  private func prefixed(_ at: Int, _ text: Span<UInt8>) -> Entity.Kind? {
    let span = tokens[at].span
    guard words[at].entry == 0, span.count > 5,
      let hyphen = span.range.prefix(6).first(where: { text[$0] == UInt8(ascii: "-") })
    else { return nil }
    return ListedNames.kind(Lexicon.english[WordHash(text, ByteSpan(hyphen + 1, span.end))].listedName)
  }

  /// At a mark: Samuel “Sammy B” Waweru.
  private func nicknamed(_ open: Int, _ sentence: Range<Int>) -> Candidate? {
    guard open > sentence.lowerBound, words[open - 1].isCapital, !words[open].shape.has(.touching),
      isQuotationMark(open),
      !words[open - 1].traits.has([.functionWord, .title, .common, .calendar, .anyHead])
    else { return nil }
    var close = open + 1
    while close < sentence.upperBound, close - open < 4, words[close].isCapital, words[close].mark == 0 { close += 1 }
    guard close > open + 1, close + 1 < sentence.upperBound, isQuotationMark(close), words[close].shape.has(.touching),
      words[close + 1].isCapital, !words[close + 1].shape.has(.touching),
      !words[close + 1].traits.has([.functionWord, .calendar, .anyHead, .title, .common])
    else { return nil }
    var start = open - 1
    while start > sentence.lowerBound, open - start < 3, words[start - 1].isCapital,
      words[start - 1].traits.has(.given),
      !words[start - 1].traits.has([.title, .common])
    {
      start -= 1
    }
    var end = close + 2
    while end < sentence.upperBound, end - close < 4,
      words[end].shape.contains([.hyphen, .touching])
        || words[end].isCapital && !words[end].traits.has([.common, .calendar])
    {
      end += 1
    }
    return Candidate(Range(from: start, upTo: end), .person, words)
  }

  private func isQuotationMark(_ at: Int) -> Bool {
    words[at].mark == UInt8(ascii: "\"") || words[at].mark == UInt8(ascii: "'") || words[at].mark == 0xE2
  }

  /// The start of “Economic and Financial Crimes Commission”, of which the last words were found.
  private func coordinated(_ name: Candidate, _ sentence: Range<Int>, floor: Int) -> Int? {
    let first = name.tokens.lowerBound
    guard name.kind == .organization, name.tokens.count > 1, first - 3 >= sentence.lowerBound, first - 2 >= floor,
      words[first - 1].lowered == Chunker.and, words[first - 2].isCapital,
      words[first - 3].lowered == Chunker.the
        || !words[first - 3].isCapital && words[first - 2].traits.has([.common, .titlePart]),
      let last = name.tokens.last, words[last].traits.has(.organizationHead),
      !words[first].traits.has(.organizationHead),
      !words[first - 2].traits.has([.given, .surname, .organizationHead]), !words[first - 2].shape.has(.allCaps),
      Lexicon.english[words[first - 2].form].listedName == nil
    else { return nil }
    return first - 2
  }
}
