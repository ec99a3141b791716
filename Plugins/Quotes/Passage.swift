import StageKit

/// A token with what the lists and its place say of it.
struct Word {
  var span: ByteSpan
  var traits: WordTraits
  var sense: CueSense = []
  var form: VerbForm = []
  /// Index of the outermost quoted stretch it is in, or -1.
  var stretch: Int32 = -1

  /// “Q.”: with a stop of its own.
  var endsInStop = false

  var isQuoted: Bool { stretch >= 0 }
}

/// A sentence of the reporter's: quotations inside it count as one piece, whatever sentences they hold.
struct Frame {
  /// Indices of tokens.
  var tokens: Range<Int>
  /// Index of the paragraph.
  var paragraph: Int
  var isHeading: Bool
  var opensParagraph: Bool
}

/// The article as attribution reads it.
struct Passage {
  private(set) var words: [Word] = []
  /// Outermost ones only.
  private(set) var stretches: [QuotedStretch] = []
  private(set) var frames: [Frame] = []
  /// Quotations inside those.
  private(set) var innerStretches: [QuotedStretch] = []
  /// Whether paragraphs open with who speaks, and whether with names in usual spelling.
  private(set) var isTranscript = false
  private(set) var hasNameLabels = false

  init(text: Span<UInt8>, paragraphs: [Paragraph], segmentation: Segmentation, lexicon: Lexicon) {
    var all = QuoteMarks.stretches(of: paragraphs, in: text)
    for at in all.indices {
      let last = text[all[at].inner.end - 1]
      all[at].endsSentence = last == 0x2E || last == 0x21 || last == 0x3F
      all[at].endsClause = all[at].endsSentence || last == 0x2C
    }
    stretches = all.filter { $0.parent == nil }
    innerStretches = all.filter { stretch in stretch.parent.map { all[$0].parent == nil } ?? false }
    words.reserveCapacity(segmentation.tokens.count)
    var stretch = 0
    for (index, token) in segmentation.tokens.enumerated() {
      var word = Self.word(token, text, lexicon)
      if word.traits.contains(.dash), index > 0, index + 1 < segmentation.tokens.count,
        segmentation.tokens[index - 1].span.end == token.span.start,
        segmentation.tokens[index + 1].span.start == token.span.end, token.span.count == 1
      {
        word.traits = .hyphen
      }
      while stretch < stretches.count, stretches[stretch].outer.end <= token.span.start { stretch += 1 }
      if stretch < stretches.count, stretches[stretch].outer.start < token.span.end {
        word.stretch = Int32(stretch)
        let first = stretches[stretch].tokens.isEmpty ? index : stretches[stretch].tokens.lowerBound
        stretches[stretch].tokens = first..<index + 1
      }
      words.append(word)
    }
    cutFrames(paragraphs, segmentation.sentences)
    (isTranscript, hasNameLabels) = transcript(in: text)
  }

  private static func word(_ token: Token, _ text: Span<UInt8>, _ lexicon: Lexicon) -> Word {
    let span = token.span
    let first = text[span.start]
    if token.kind == .punctuation || token.kind == .symbol {
      return Word(span: span, traits: punctuation(text, span))
    }
    let entry = lexicon[WordHash(lowered: text, span)]
    var traits = entry.traits
    if token.kind == .number { traits.insert(.number) }
    if first < 0x80 ? first >= 0x41 && first <= 0x5A : UTF8Scalar.isUpper(UTF8Scalar.decode(text, at: span.start).value)
    {
      traits.insert(.capital)
      if span.count > 1, isUpper(text[span.end - 1]), isUpper(text[span.start + 1]) { traits.insert(.allCapitals) }
    }
    let last = text[span.end - 1]
    if span.count > 3 {
      let (before, third) = (text[span.end - 2], text[span.end - 3])
      if last == 0x73, before != 0x73 { traits.insert(.endsInS) }
      if last == 0x64, before == 0x65 { traits.insert(.endsInEd) }
      if last == 0x67, before == 0x6E, third == 0x69 { traits.insert(.endsInIng) }
      if last == 0x79, before == 0x6C, span.count > 4, !traits.contains(.capital) { traits.insert(.adverb) }
    }
    var word = Word(span: span, traits: traits, sense: entry.sense, form: entry.form)
    word.endsInStop = last == 0x2E
    return word
  }

  private static func isUpper(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }

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

  private mutating func cutFrames(_ paragraphs: [Paragraph], _ sentences: [Sentence]) {
    var paragraph = 0
    var start: Int?
    var plain = 0  // tokens of the frame outside quotations
    for (index, sentence) in sentences.enumerated() where !sentence.tokens.isEmpty {
      while paragraph + 1 < paragraphs.count, paragraphs[paragraph].span.end <= sentence.span.start { paragraph += 1 }
      let isHeading = paragraph < paragraphs.count && paragraphs[paragraph].kind == .heading
      let end = sentence.tokens.upperBound
      var first = start ?? sentence.tokens.lowerBound
      for at in sentence.tokens {
        if !words[at].isQuoted { plain += 1 }
        if at + 1 == end || endsFrame(at, plain) {
          // A sentence inside a quotation ends nothing.
          let next = at + 1 == end && index + 1 < sentences.count ? sentences[index + 1].tokens.lowerBound : at + 1
          if at + 1 == end, next < words.count, words[at].isQuoted, words[next].stretch == words[at].stretch {
            continue
          }
          frames.append(
            Frame(
              tokens: first..<at + 1, paragraph: paragraph, isHeading: isHeading, opensParagraph: opens(paragraph)))
          first = at + 1
          plain = 0
        }
      }
      start = first < end ? first : nil
    }
    if let start, start < words.count {
      frames.append(
        Frame(tokens: start..<words.count, paragraph: paragraph, isHeading: false, opensParagraph: opens(paragraph)))
    }
  }

  /// What stands inside the quotations of another passage, with the same tokens: each of their sentences is a frame.
  init(inside outer: Passage, _ segmentation: Segmentation) {
    words = outer.words
    stretches = outer.innerStretches
    var (inner, sentence) = (0, 0)
    for stretch in outer.stretches where !stretch.tokens.isEmpty {
      var tokens = stretch.tokens
      while let first = tokens.first, words[first].span.start < stretch.inner.start { tokens.removeFirst() }
      while let last = tokens.last, words[last].span.end > stretch.inner.end { tokens.removeLast() }
      for at in tokens {
        while inner < stretches.count, stretches[inner].outer.end <= words[at].span.start { inner += 1 }
        let isInside = inner < stretches.count && stretches[inner].outer.start < words[at].span.end
        words[at].stretch = isInside ? Int32(inner) : -1
        guard isInside else { continue }
        stretches[inner].tokens = (stretches[inner].tokens.isEmpty ? at : stretches[inner].tokens.lowerBound)..<at + 1
      }
      while sentence < segmentation.sentences.count,
        segmentation.sentences[sentence].tokens.upperBound <= tokens.lowerBound
      {
        sentence += 1
      }
      var at = sentence
      while at < segmentation.sentences.count, segmentation.sentences[at].tokens.lowerBound < tokens.upperBound {
        let piece = segmentation.sentences[at].tokens.clamped(to: tokens)
        if piece.count > 3, piece.count < 400 {
          frames.append(Frame(tokens: piece, paragraph: at, isHeading: false, opensParagraph: false))
        }
        at += 1
      }
    }
  }

  /// A quotation that ends as a sentence does ends the reporter's sentence too, where a capital follows. A sentence
  /// without end is cut, so that the time stays linear in any text.
  private func endsFrame(_ token: Int, _ plain: Int) -> Bool {
    if plain > 400, !words[token].isQuoted { return true }
    return endsWithStop(token) && (words[token + 1].traits.contains(.capital) || words[token + 1].isQuoted)
  }

  private func opens(_ paragraph: Int) -> Bool { frames.last.map { $0.paragraph != paragraph } ?? true }

  /// Whether the token is the last of a quoted stretch that ends with a full stop, or such, before its mark.
  private func endsWithStop(_ token: Int) -> Bool {
    guard words[token].isQuoted, token + 1 < words.count, words[token + 1].stretch != words[token].stretch else {
      return false
    }
    return stretches[Int(words[token].stretch)].endsSentence
  }
}

extension Passage {
  /// The token after `token`, or after the whole quotation that it is in.
  func after(_ token: Int) -> Int {
    words[token].isQuoted ? max(token + 1, stretches[Int(words[token].stretch)].tokens.upperBound) : token + 1
  }

  /// Words, without punctuation, of a range of tokens.
  func wordCount(_ tokens: Range<Int>) -> Int {
    var count = 0
    for at in tokens where !words[at].traits.isAny(.punctuation) { count += 1 }
    return count
  }

  func wordCount(of stretch: Int) -> Int { wordCount(stretches[stretch].tokens) }

  /// The bytes from the first to the last of the tokens.
  func span(_ tokens: Range<Int>) -> ByteSpan {
    ByteSpan(words[tokens.lowerBound].span.start, words[tokens.upperBound - 1].span.end)
  }

  /// Whether the tokens are nothing but quotations and punctuation.
  func isOnlyQuoted(_ tokens: Range<Int>) -> Bool {
    var at = tokens.lowerBound
    var hasQuotation = false
    while at < tokens.upperBound {
      if words[at].isQuoted { hasQuotation = true } else if !words[at].traits.isAny(.punctuation) { return false }
      at = after(at)
    }
    return hasQuotation
  }

  /// Index of the frame that holds a token.
  func frame(of token: Int) -> Int {
    var (low, high) = (0, frames.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if frames[middle].tokens.lowerBound <= token { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// The quotations in a range of tokens, in order.
  func quotations(in tokens: Range<Int>) -> [Int] {
    var found: [Int] = []
    var at = tokens.lowerBound
    while at < tokens.upperBound {
      if words[at].isQuoted { found.append(Int(words[at].stretch)) }
      at = after(at)
    }
    return found
  }
}
