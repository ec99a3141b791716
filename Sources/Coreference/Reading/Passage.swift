import Bytes
import Lexicon
import StageKit

/// The article as attribution reads it.
package struct Passage: Sendable {
  package var words: [Word] = []
  /// Outermost ones only.
  package var quotedSpans: [QuotedSpan] = []
  package var reporterSentences: [ReporterSentence] = []
  /// Quotations inside those.
  package private(set) var innerQuotedSpans: [QuotedSpan] = []
  /// Who speaks, of each paragraph; empty where the text is no interview.
  package private(set) var speakerLabels: [ByteSpan?] = []
  /// Of the article; a few at most.
  private var datelines: [ByteSpan] = []

  /// - Throws: where the deadline has passed.
  package init(
    text: Span<UInt8>, paragraphs: [Paragraph], segmentation: Segmentation, quotations: [Quotation],
    datelines: [ByteSpan] = [], speakerLabels: [ByteSpan?] = [], lexicon: CueLexicon, lookedUp: [LookedUpWord]? = nil,
    deadline: Deadline
  ) throws(StageError) {
    (self.datelines, self.speakerLabels) = (datelines, speakerLabels)
    for quotation in quotations {
      guard let parent = quotation.parent else {
        quotedSpans.append(QuotedSpan(quotation, in: text))
        continue
      }
      if quotations[parent].parent == nil { innerQuotedSpans.append(QuotedSpan(quotation, in: text)) }
    }
    words.reserveCapacity(segmentation.tokens.count)
    var quotedSpan = 0
    var watch = DeadlineWatch(deadline)
    for (index, token) in segmentation.tokens.enumerated() {
      try watch.step()
      var word = Self.word(token, text, lexicon, lookedUp?[index])
      if word.traits.contains(.dash), index > 0, index + 1 < segmentation.tokens.count,
        segmentation.tokens[index - 1].span.end == token.span.start,
        segmentation.tokens[index + 1].span.start == token.span.end, token.span.count == 1
      {
        word.traits = .hyphen
      }
      while quotedSpan < quotedSpans.count, quotedSpans[quotedSpan].outer.end <= token.span.start { quotedSpan += 1 }
      // “the US Navy said”, “the WHO said”, “Ms Corr AM said”: no pronouns and verbs.
      if word.traits.contains(.allCapitals), Self.shortNames.contains(word.lowered),
        !(words.last?.traits.contains(.allCapitals) ?? false)
      {
        (word.traits, word.speech, word.form) = ([.capital, .allCapitals], [], [])
      }
      if quotedSpan < quotedSpans.count, quotedSpans[quotedSpan].outer.start < token.span.end {
        word.quotedSpan = quotedSpan
        quotedSpans[quotedSpan].take(token: index, isWord: !word.traits.has(.punctuation))
      }
      words.append(word)
    }
    try cutReporterSentences(paragraphs, segmentation.sentences, &watch)
  }

  /// What stands inside the quotations of another passage, with the same tokens: each of their sentences is a reporter's sentence.
  ///
  /// - Throws: where the deadline has passed.
  package init(inside outer: Passage, _ segmentation: Segmentation, deadline: Deadline) throws(StageError) {
    quotedSpans = outer.innerQuotedSpans
    words.reserveCapacity(outer.words.count)
    var watch = DeadlineWatch(deadline)
    for var word in outer.words {
      try watch.step()
      word.quotedSpan = -1
      word.endsReporterSentence = false
      words.append(word)
    }
    var inner = 0
    for quotedSpan in outer.quotedSpans where !quotedSpan.tokens.isEmpty {
      try watch.step()
      var tokens = quotedSpan.tokens
      while let first = tokens.first, words[first].span.start < quotedSpan.inner.start { tokens.removeFirst() }
      while let last = tokens.last, words[last].span.end > quotedSpan.inner.end { tokens.removeLast() }
      for at in tokens {
        while inner < quotedSpans.count, quotedSpans[inner].outer.end <= words[at].span.start { inner += 1 }
        let isInside = inner < quotedSpans.count && quotedSpans[inner].outer.start < words[at].span.end
        words[at].quotedSpan = isInside ? inner : -1
        if isInside { quotedSpans[inner].take(token: at, isWord: !words[at].traits.has(.punctuation)) }
      }
      cutReporterSentences(inside: tokens, segmentation.sentences)
    }
  }

  private static let shortNames = WordSet(["us", "am", "who"])

  private static func word(_ token: Token, _ text: Span<UInt8>, _ lexicon: CueLexicon, _ known: LookedUpWord?) -> Word {
    let span = token.span
    let first = text[span.start]
    if token.kind == .punctuation || token.kind == .symbol {
      return Word(span: span, traits: punctuation(text, span))
    }
    let lowered = known?.lowered ?? Self.lowered(text, span)
    let entry = known.map { Lexicon.english[number: $0.entry] } ?? lexicon[lowered]
    var traits = entry.traits
    if token.kind == .number { traits.insert(.number) }
    let isUpper = first < 0x80 ? first.isUpper : UTF8Scalar.isUpper(UTF8Scalar.decode(text, at: span.start).value)
    if isUpper {
      traits.insert(.capital)
      if span.count > 1, text[span.end - 1].isUpper, text[span.start + 1].isUpper { traits.insert(.allCapitals) }
    }
    let last = text[span.end - 1]
    if span.count > 3 {
      let (before, third) = (text[span.end - 2], text[span.end - 3])
      if last == 0x73, before != 0x73 { traits.insert(.endsInS) }
      if last == 0x64, before == 0x65 { traits.insert(.endsInEd) }
      if last == 0x67, before == 0x6E, third == 0x69 { traits.insert(.endsInIng) }
      if last == 0x79, before == 0x6C, span.count > 4, !traits.contains(.capital) { traits.insert(.adverb) }
    }
    var word = Word(span: span, traits: traits, lowered: lowered, speech: entry.speech, form: entry.forms)
    word.isLower = first < 0x80 ? first.isLower : UTF8Scalar.isLower(UTF8Scalar.decode(text, at: span.start).value)
    word.endsInStop = last == 0x2E
    return word
  }

  /// U+2019 reads as an apostrophe.
  private static func lowered(_ text: Span<UInt8>, _ span: ByteSpan) -> WordHash {
    var builder = WordHash.Builder()
    var at = span.start
    while at < span.end {
      if text[at] == 0xE2, at + 2 < span.end, text[at + 1] == 0x80, text[at + 2] == 0x99 {
        builder.add(UInt8(ascii: "'"))
        at += 3
      } else {
        builder.add(text[at].lowered)
        at += 1
      }
    }
    return builder.hash
  }

  private static func punctuation(_ text: Span<UInt8>, _ span: ByteSpan) -> WordTraits {
    switch UTF8Scalar.decode(text, at: span.start).value {
    case 0x2C: return .comma
    case 0x2E, 0x21, 0x3F, 0x2026: return .terminal
    case 0x3A: return .colon
    case 0x3B: return .semicolon
    case 0x2D, 0x2010...0x2015: return .dash
    case 0x28, 0x5B, 0x7B: return .openBracket
    case 0x29, 0x5D, 0x7D: return .closeBracket
    case 0x26: return .coordinator
    case 0x27, 0x2019: return span.count > 1 && text[span.end - 1] | 0x20 == 0x73 ? .clitic : [.mark, .clitic]
    case 0x22, 0x60, 0xAB, 0xBB, 0x2018...0x201F: return .mark
    default: return []
    }
  }
}

extension Passage {
  /// The word after a token, in the same reporter's sentence: who reads a sentence does not see the next one.
  @inlinable package func next(_ token: Int) -> Word? {
    words[token].endsReporterSentence || token + 1 >= words.count ? nil : words[token + 1]
  }

  /// The word before a token, in the same reporter's sentence.
  @inlinable package func previous(_ token: Int) -> Word? {
    token > 0 && !words[token - 1].endsReporterSentence ? words[token - 1] : nil
  }

  /// The token after `token`, or after the whole quotation that it is in.
  @inlinable package func after(_ token: Int) -> Int {
    words[token].isQuoted ? max(token + 1, quotedSpans[words[token].quotedSpan].tokens.upperBound) : token + 1
  }

  /// The first token of a reporter's sentence that belongs to no dateline.
  package func afterDatelines(_ reporterSentence: ReporterSentence) -> Int {
    var at = reporterSentence.tokens.lowerBound
    for dateline in datelines {
      while at < reporterSentence.tokens.upperBound, dateline.contains(words[at].span.start) { at += 1 }
    }
    return at
  }

  /// Words, without punctuation, of a range of tokens.
  package func wordCount(_ tokens: Range<Int>) -> Int {
    var count = 0
    var at = tokens.lowerBound
    while at < tokens.upperBound {
      let quotedSpan = words[at].quotedSpan
      if quotedSpan >= 0, quotedSpans[quotedSpan].tokens.lowerBound == at,
        quotedSpans[quotedSpan].tokens.upperBound <= tokens.upperBound
      {
        count += quotedSpans[quotedSpan].words
        at = quotedSpans[quotedSpan].tokens.upperBound
      } else {
        if !words[at].traits.has(.punctuation) { count += 1 }
        at += 1
      }
    }
    return count
  }

  /// The bytes from the first to the last of the tokens; none where there are no tokens.
  package func span(_ tokens: Range<Int>) -> ByteSpan {
    guard let first = tokens.first, let last = tokens.last else {
      let start = tokens.lowerBound < words.count ? words[tokens.lowerBound].span.start : words.last?.span.end ?? 0
      return ByteSpan(start, start)
    }
    return ByteSpan(words[first].span.start, words[last].span.end)
  }

  /// Whether the tokens are nothing but quotations and punctuation.
  package func isOnlyQuoted(_ tokens: Range<Int>) -> Bool {
    var at = tokens.lowerBound
    var hasQuotation = false
    while at < tokens.upperBound {
      if words[at].isQuoted { hasQuotation = true } else if !words[at].traits.has(.punctuation) { return false }
      at = after(at)
    }
    return hasQuotation
  }

  /// The quotations in a range of tokens, in order.
  package func quotations(in tokens: Range<Int>) -> [Int] {
    var found: [Int] = []
    var at = tokens.lowerBound
    while at < tokens.upperBound {
      if words[at].isQuoted { found.append(words[at].quotedSpan) }
      at = after(at)
    }
    return found
  }

  /// The tokens with all of a quotation that they begin or end in.
  package func withWholeQuotations(_ tokens: Range<Int>) -> Range<Int> {
    guard let first = tokens.first, let last = tokens.last else { return tokens }
    let start = words[first].isQuoted ? min(first, quotedSpans[words[first].quotedSpan].tokens.lowerBound) : first
    return Range(from: start, upTo: max(tokens.upperBound, after(last)))
  }
}
