import Bytes
import Lexicon
import StageKit

/// Finds the descriptions that stand for an organisation or place, “the ministry”, “the company”, “the country”, where
/// exactly one name of such a thing stands in the sentence or the three before it.
///
/// Words inside quotation marks are left alone, as `ReferenceFinder` leaves them.
struct BodyReferences {
  struct Found {
    var entity: Int
    var tokens: Range<Int>
  }

  let words: [Word]
  let tokens: [Token]
  let lexicon: Lexicon
  /// Sorted.
  let mentions: [Mention]

  private static let sentencesBack = 3

  func find(
    _ sentences: [Sentence], besides quotations: [Quotation], _ text: Span<UInt8>, _ watch: inout DeadlineWatch
  ) throws(StageError) -> BoundedReferences<Found> {
    let sorts = try sorts(&watch)
    let heads = try heads(&watch)
    var found = BoundedReferences<Found>()
    var quotation = QuotationCursor(quotations)
    var seen = SeenBodies()
    var next = 0
    for (index, sentence) in sentences.enumerated() {
      found.enterSentence()
      var at = sentence.tokens.lowerBound
      while at < sentence.tokens.upperBound {
        try watch.step()
        let isQuoted = quotation.holds(tokens[at].span)
        while next < mentions.count, mentions[next].tokens.upperBound <= at { next += 1 }
        if next < mentions.count, mentions[next].tokens.lowerBound == at {
          seen.note(mentions[next].entity, sorts[mentions[next].entity], index)
          at = mentions[next].tokens.upperBound
          continue
        }
        if !isQuoted, words[at].lowered == Chunker.the, let sort = description(at, sentence.tokens),
          let entity = seen.only(sort, since: index - Self.sentencesBack),
          sorts[entity].certain & sort.certain != 0 || sorts[entity].possible == sort.certain
        {
          found.append(Found(entity: entity, tokens: at..<at + 2))
          seen.note(entity, sorts[entity], index)
        } else if !isQuoted, words[at].lowered == Chunker.the,
          let named = named(at, sentence.tokens, heads), named.mention < next
        {
          let entity = mentions[named.mention].entity
          found.append(Found(entity: entity, tokens: Range(from: at, upTo: named.end)))
          seen.note(entity, sorts[entity], index)
        }
        at += 1
      }
    }
    return found
  }

  /// The last word of each organisation's name, and the last two: its first mention, -1 where several end so.
  private func heads(_ watch: inout DeadlineWatch) throws(StageError) -> WordTable<Int> {
    var heads = WordTable<Int>()
    for (index, mention) in mentions.enumerated() where mention.kind == .organization && mention.tokens.count > 1 {
      try watch.step()
      guard let last = mention.tokens.last, words[last].traits.has(.organizationHead), words[last].isCapital else {
        continue
      }
      for count in 1...2 where count < mention.tokens.count {
        let key = key(Range(from: last + 1 - count, upTo: last + 1))
        let isOther = heads[key].map { $0 < 0 || mentions[$0].entity != mention.entity } ?? false
        if isOther { heads.insert(key, -1) } else if heads[key] == nil { heads.insert(key, index) }
      }
    }
    return heads
  }

  private func key(_ tokens: Range<Int>) -> WordHash {
    var hash = PhraseHash()
    for at in tokens { hash.add(words[at].lowered) }
    return hash.value
  }

  /// “the alliance”, “the coast guard” of the one organisation whose name ends so.
  private func named(_ the: Int, _ sentence: Range<Int>, _ heads: WordTable<Int>) -> (mention: Int, end: Int)? {
    guard the + 2 < sentence.upperBound, words[the + 1].shape.has(.lower) else { return nil }
    for count in [2, 1] {
      let end = the + 1 + count
      guard end < sentence.upperBound, words[end - 1].shape.has(.lower), words[end - 1].traits.has(.organizationHead),
        Sort(describedBy: words[end - 1].lowered) == nil, let mention = heads[key(Range(from: the + 1, upTo: end))],
        mention >= 0
      else { continue }
      let next = words[end]
      let isApposed = next.mark == UInt8(ascii: ",") && end + 1 < sentence.upperBound && words[end + 1].isCapital
      guard !next.isCapital, !isApposed, !next.shape.has(.hyphen), !Self.complements.contains(next.lowered),
        next.mark != 0 || next.shape.has(.possessive)
          || next.traits.has([.functionWord, .modal, .auxiliary, .personVerb, .placePreposition, .joiner])
          || Self.verbs.contains(next.lowered)
      else { return nil }
      return (mention, end)
    }
    return nil
  }

  /// What “the company” or its like at `the` means, where the noun stands for the whole: no “company car”, no “bank of”.
  private func description(_ the: Int, _ sentence: Range<Int>) -> Sort? {
    guard the + 1 < sentence.upperBound, words[the + 1].shape.has(.lower),
      let sort = Sort(describedBy: words[the + 1].lowered)
    else { return nil }
    let after = the + 2
    guard after < sentence.upperBound else { return sort }
    let word = words[after]
    let isApposed = word.mark == UInt8(ascii: ",") && after + 1 < sentence.upperBound && words[after + 1].isCapital
    if word.shape.has(.hyphen) || isApposed { return nil }
    if word.mark != 0 || word.shape.has(.possessive) { return sort }
    if Self.complements.contains(word.lowered) || word.isCapital { return nil }
    return word.traits.has([.functionWord, .modal, .auxiliary, .personVerb, .placePreposition, .joiner])
      || Self.verbs.contains(word.lowered)
      ? sort : nil
  }

  // MARK: What the entities are

  /// Of each entity, what its names tell.
  private func sorts(_ watch: inout DeadlineWatch) throws(StageError) -> [Sort] {
    var sorts = Array(repeating: Sort(), count: (mentions.map(\.entity).max() ?? -1) + 1)
    let chunker = Chunker(words: words, lexicon: lexicon, lowered: WordSet())
    for mention in mentions {
      try watch.step()
      switch mention.kind {
      case .organization: sorts[mention.entity].add(organization(mention.tokens, chunker))
      case .location: sorts[mention.entity].add(place(mention.tokens, chunker))
      default: break
      }
    }
    return sorts
  }

  private func organization(_ name: Range<Int>, _ chunker: Chunker) -> Sort {
    var sort = Sort()
    for at in name { sort.add(Sort(groups: Lexicon.english[words[at].lowered].fits)) }
    // Nothing tells that “Zorvensoft” is no company; a listed name may be anything, and stands in the way.
    let isListed = chunker.known(name.lowerBound, name.upperBound).map { $0.end == name.upperBound } ?? false
    if sort.certain == 0 {
      sort.possible = isListed || words[name.lowerBound].shape.has(.allCaps) ? Sort.all : Sort.company.certain
    }
    return sort
  }

  private func place(_ name: Range<Int>, _ chunker: Chunker) -> Sort {
    guard let known = chunker.known(name.lowerBound, name.upperBound), known.end == name.upperBound else {
      var sort = Sort()
      for at in name { sort.add(Sort(wordOfPlace: words[at].lowered)) }
      return sort
    }
    switch known.kind {
    case .country: return .country
    case .city, .largeCity: return .city
    default: return Sort()
    }
  }
}

/// Kinds of organisations and places, as sets of bits.
struct Sort {
  var certain: UInt64 = 0
  /// It may be one of these too.
  var possible: UInt64 = 0

  mutating func add(_ other: Sort) {
    certain |= other.certain
    possible |= other.possible
  }
}

/// Of each sort, which thing of it was named last, and when another one was.
private struct SeenBodies {
  private struct Last {
    var entity = -1
    /// The sentence that named it last.
    var sentence = Int.min
    /// The sentence that last named another one.
    var other = Int.min
  }

  private var last = Array(repeating: Last(), count: UInt64.bitWidth)

  mutating func note(_ entity: Int, _ sort: Sort, _ sentence: Int) {
    Self.forEach(sort.certain | sort.possible) { bit in
      if last[bit].entity != entity {
        last[bit].other = last[bit].sentence
        last[bit].entity = entity
      }
      last[bit].sentence = sentence
    }
  }

  /// The one thing that is of the sort, or may be, among those named in a sentence and later.
  func only(_ sort: Sort, since sentence: Int) -> Int? {
    var one: Int?
    var isOne = true
    Self.forEach(sort.certain) { bit in
      guard last[bit].sentence >= sentence else { return }
      if last[bit].other >= sentence || one != nil && one != last[bit].entity { isOne = false }
      one = last[bit].entity
    }
    return isOne ? one : nil
  }

  private static func forEach(_ bits: UInt64, _ body: (Int) -> Void) {
    var rest = bits
    while rest != 0 {
      body(rest.trailingZeroBitCount)
      rest &= rest - 1
    }
  }
}

extension Sort {
  /// The organisations that a noun describes, or those that a word of a name tells, as the lists group them.
  fileprivate init(groups: UInt64) { certain = (groups & Described.bodies) >> Self.firstGroup }

  /// What a noun describes: “the ministry”, “the island”.
  fileprivate init?(describedBy noun: WordHash) {
    self.init(groups: Lexicon.english[noun].describes)
    add(Self.placeNouns[noun] ?? Sort())
    if certain == 0 { return nil }
  }

  /// What a word of a place's name tells: “Mount”, “Island”.
  fileprivate init(wordOfPlace word: WordHash) { self = Self.wordsOfPlaces[word] ?? Sort() }

  private static let firstGroup = Described.bodies.trailingZeroBitCount
  private static let groupCount = UInt64(Described.bodies.nonzeroBitCount)

  static let company = Sort(groups: Lexicon.english[WordHash("company".utf8)].describes)
  static let country = placeNouns[WordHash("country".utf8)] ?? Sort()
  static let city = placeNouns[WordHash("city".utf8)] ?? Sort()
  /// Each sort that there is a noun for.
  static let all: UInt64 = .max

  /// Behind the groups of the lists a bit for each of these.
  private static let places = [
    "country", "city", "island", "river", "lake", "province", "airport", "strait", "peninsula", "mountain",
  ]
  private static let placeNouns: WordTable<Sort> = {
    var table = WordTable<Sort>()
    for (bit, noun) in places.enumerated() {
      table.insert(WordHash(noun.utf8), Sort(certain: 1 << (groupCount + UInt64(bit))))
    }
    return table
  }()
  private static let wordsOfPlaces: WordTable<Sort> = {
    var table = WordTable<Sort>()
    for noun in places.dropFirst(2) { table.insert(WordHash(noun.utf8), placeNouns[WordHash(noun.utf8)] ?? Sort()) }
    table.insert(WordHash("mount".utf8), placeNouns[WordHash("mountain".utf8)] ?? Sort())
    return table
  }()
}

extension BodyReferences {
  /// What goes on to say which thing is meant: “the bank of”, “the city where”.
  private static let complements = WordSet(["of", "for", "and", "or", "where", "that", "whose", "in"])
  /// Verbs that the names of people seldom stand before.
  private static let verbs = WordSet([
    "plans", "expects", "wants", "hopes", "makes", "sells", "owns", "runs", "itself", "posted", "reported", "opened",
    "closed", "faces", "needs", "began", "became", "remains", "received", "agreed", "decided", "declined", "denied",
    "employs", "published",
  ])
}
