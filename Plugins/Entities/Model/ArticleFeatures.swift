import Bytes
import Lexicon
import StageKit

/// Gathers what the templates see of every token of an article.
package struct ArticleFeatures {
  let words: [Word]
  let tokens: [Token]
  let sentences: [Sentence]
  private(set) var features: [TokenFeatures]
  package internal(set) var stretches: [NameStretch] = []
  /// For each sentence, whether it is written as a headline.
  let headlines: [Bool]
  /// Whether the words around a token count, wherever they stand.
  package var readsContext = false

  init(
    words: [Word], segmentation: Segmentation, headlines: [Bool], ruled: [Candidate], lists: NameLists,
    lexicon: Lexicon, text: Span<UInt8>, _ watch: inout DeadlineWatch
  ) throws(StageError) {
    self.words = words
    tokens = segmentation.tokens
    sentences = segmentation.sentences
    self.headlines = headlines
    features = []
    features.reserveCapacity(words.count)
    while features.count < words.count {
      try watch.look()
      features += repeatElement(TokenFeatures(), count: min(1 << 16, words.count - features.count))
    }
    for name in ruled {
      guard let kind = name.kind else { continue }
      for at in name.tokens {
        features[at].rule = UInt64(NameLabel(kind, isBeginning: at == name.tokens.lowerBound).code)
      }
    }
    try readTokens(text, &watch)
    try findStretches(&watch)
    try readFacts(lists, &watch)
    try readListed(lists, lexicon, &watch)
    var uses = WordUses(capacity: words.count)
    for sentence in sentences { try readUses(sentence.tokens, &uses, &watch) }
    try readLower(&uses, &watch)
    for at in words.indices {
      try watch.step()
      guard words[at].isCapital else { continue }
      features[at].article = uses[words[at].lowered]
    }
  }

  /// Whether a token is part of a name that the lists have.
  func isListed(_ at: Int) -> Bool { features[at].listed != 0 }

  private mutating func readTokens(_ text: Span<UInt8>, _ watch: inout DeadlineWatch) throws(StageError) {
    for at in words.indices {
      try watch.step()
      features[at].pattern =
        words[at].shape.has(.plain) ? TokenFeatures.plainPattern : TokenFeatures.pattern(text, tokens[at].span)
    }
    for sentence in sentences {
      try watch.step()
      var at = sentence.tokens.lowerBound
      while at < sentence.tokens.upperBound {
        features[at].isHead = isHead(at, sentence.tokens)
        guard words[at].isCapital else {
          at += 1
          continue
        }
        let start = at
        while at < sentence.tokens.upperBound,
          words[at].isCapital
            || (words[at].shape.contains([.hyphen, .touching]) && at + 1 < sentence.tokens.upperBound
              && words[at + 1].isCapital && words[at + 1].shape.has(.touching))
        {
          features[at].isHead = isHead(at, sentence.tokens)
          at += 1
        }
        let run = Range(from: Int32(clamping: start), upTo: Int32(clamping: at))
        for token in Range(from: start, upTo: at) { features[token].run = run }
      }
    }
  }

  /// Of the tokens in stretches, and of those beside them that the templates look at.
  private mutating func readFacts(_ lists: NameLists, _ watch: inout DeadlineWatch) throws(StageError) {
    var next = 0
    for stretch in stretches {
      let sentence = sentences[stretch.sentence].tokens
      let start = max(next, sentence.lowerBound, stretch.tokens.lowerBound - 2)
      next = min(sentence.upperBound, stretch.tokens.upperBound + 2)
      for at in Range(from: start, clampedTo: next) where words[at].mark == 0 {
        try watch.step()
        let facts = lists[words[at].lowered]
        features[at].facts = facts
        features[at].cluster = lists.path(words[at].isCapital ? facts.upperCluster : facts.lowerCluster)
      }
    }
  }

  private func isHead(_ at: Int, _ sentence: Range<Int>) -> Bool {
    if at == sentence.lowerBound { return true }
    let mark = words[at - 1].mark
    return mark != 0 && mark != UInt8(ascii: ",") && mark != UInt8(ascii: "-") && mark != UInt8(ascii: "&")
      && mark != UInt8(ascii: ")") && mark != UInt8(ascii: "/") && mark != UInt8(ascii: "$")
  }

  private mutating func readListed(
    _ lists: NameLists, _ lexicon: Lexicon, _ watch: inout DeadlineWatch
  ) throws(StageError) {
    let chunker = Chunker(words: words, lexicon: lexicon, lowered: WordSet())
    for sentence in sentences {
      var free = sentence.tokens.lowerBound
      var freePhrase = free
      for at in sentence.tokens {
        try watch.step()
        guard words[at].isCapital else { continue }
        if at >= free, let known = chunker.known(at, sentence.tokens.upperBound) {
          let kind = UInt64(known.kind.rawValue)
          let name = Range(from: at, upTo: known.end)
          for token in name { features[token].listed = kind << 2 | Self.place(token, name) }
          free = known.end
        }
        if at >= freePhrase, features[at].facts.isOpener {
          var hash = PhraseHash()
          var found: (end: Int, bits: UInt32)?
          for end in Range(from: at + 1, upTo: min(at + NameLists.longestPhrase, sentence.tokens.upperBound) + 1) {
            hash.add(words[end - 1].lowered)
            if end > at + 1, words[end - 1].isCapital, let bits = lists.phrases[hash.value.value] {
              found = (end, bits)
            }
          }
          if let found {
            let name = Range(from: at, upTo: found.end)
            for token in name { features[token].phrase = UInt64(found.bits) << 2 | Self.place(token, name) }
            freePhrase = found.end
          }
        }
      }
    }
  }

  /// 1 first, 2 in the middle, 3 last of several.
  private static func place(_ token: Int, _ range: Range<Int>) -> UInt64 {
    if range.count == 1 { return 0 }
    return token == range.lowerBound ? 1 : token + 1 == range.upperBound ? 3 : 2
  }

  // MARK: The article

  private func readUses(
    _ sentence: Range<Int>, _ uses: inout WordUses, _ watch: inout DeadlineWatch
  ) throws(StageError) {
    for at in sentence {
      try watch.step()
      guard words[at].isCapital else { continue }
      let run = Range(from: Int(features[at].run.lowerBound), upTo: Int(features[at].run.upperBound))
      var bits: UInt32 = 0
      if !features[at].isHead, !features[run.lowerBound].isHead || run.count > 1 { bits |= WordUse.capitalInside }
      if at > sentence.lowerBound {
        let before = words[at - 1]
        if before.traits.has([.title, .honorific]) { bits |= WordUse.afterTitle }
        if before.isCapital, before.traits.has(.given) || features[at - 1].facts.given > 1 {
          bits |= WordUse.afterGiven
        }
        if before.traits.has(.placePreposition), before.shape.has(.lower) { bits |= WordUse.afterPreposition }
        if before.lowered == Chunker.the { bits |= WordUse.afterThe }
      }
      if at + 1 < sentence.upperBound {
        let after = words[at + 1]
        if after.shape.has(.lower) {
          if after.traits.has(.personVerb) {
            bits |= WordUse.beforePersonVerb
          } else if after.traits.has([.placeNoun, .organizationNoun, .governmentNoun]) {
            bits |= WordUse.beforeLowerNoun
          }
        }
        if after.shape.has(.possessive) { bits |= WordUse.owner }
      }
      if run.count == 1 {
        bits |= WordUse.alone
      } else {
        if at == run.lowerBound { bits |= WordUse.first }
        if at + 1 == run.upperBound { bits |= WordUse.last }
        if words[run.upperBound - 1].traits.has(.organizationHead) { bits |= WordUse.withHead }
      }
      let ruled = NameLabel(code: Int(features[at].rule)).kind.flatMap { NameLabel.kinds.firstIndex(of: $0) }
      uses.add(words[at].lowered, bits, ruled: ruled)
    }
  }

  /// Words that stand without a capital as well.
  private func readLower(_ uses: inout WordUses, _ watch: inout DeadlineWatch) throws(StageError) {
    for at in words.indices {
      try watch.step()
      guard words[at].shape.has(.lower) else { continue }
      if words[at].shape.has(.touching), at > 0, words[at - 1].shape.has(.hyphen) { continue }
      uses.mark(words[at].lowered, WordUse.lower)
    }
  }
}

/// A small table of the capitalised words of one article.
private struct WordUses {
  private var hashes: [UInt64]
  private var uses: [WordUse]
  private let mask: Int

  init(capacity: Int) {
    var size = 64
    while size <= capacity { size *= 2 }
    hashes = Array(repeating: 0, count: size)
    uses = Array(repeating: WordUse(), count: size)
    mask = size - 1
  }

  private func slot(_ word: WordHash) -> Int {
    var at = Int(truncatingIfNeeded: word.value) & mask
    while hashes[at] != 0, hashes[at] != word.value { at = (at + 1) & mask }
    return at
  }

  subscript(word: WordHash) -> WordUse { uses[slot(word)] }

  mutating func add(_ word: WordHash, _ bits: UInt32, ruled: Int?) {
    let at = slot(word)
    hashes[at] = word.value
    uses[at].bits |= bits
    if let ruled { uses[at].countRuled(ruled) }
  }

  /// Adds to a word that is there.
  mutating func mark(_ word: WordHash, _ bits: UInt32) {
    let at = slot(word)
    if hashes[at] != 0 { uses[at].bits |= bits }
  }
}
