import Bytes
import Lexicon
import StageKit

/// Decides where the sentences of one paragraph end, from its tokens and their marks.
struct SentenceSplitter {
  let tokens: [Token]
  let marks: [Mark]
  let language: SegmentLanguage

  /// Appends the sentences of the paragraph whose tokens are `range`.
  func split(
    _ range: Range<Int>, of text: Span<UInt8>, into sentences: inout [Sentence], _ watch: inout DeadlineWatch
  ) throws(StageError) {
    var start = range.lowerBound
    var at = start
    func close(at end: Int) {
      guard end > start else { return }
      sentences.append(
        Sentence(ByteSpan(tokens[start].span.start, tokens[end - 1].span.end), tokens: Range(from: start, upTo: end)))
      start = end
    }
    while at < range.upperBound {
      try watch.step()
      switch marks[at] {
      case .none, .continuing:
        if at == start, tokens[at].kind == .word, let end = greetingEnd(at, range, text) { close(at: end) }
        at += 1
        continue
      case .enumerator, .bullet:
        close(at: headOfItem(at, start, text))
        at += 1
        continue
      case .credit:
        if at > start, tokens[at - 1].kind == .word { close(at: at) }
        at += 1
        continue
      case .numericDay:
        if isHeadOfLetter(Range(from: start, upTo: at), text), isStamp(at, range.upperBound, text) { close(at: at) }
        if let end = stampEnd(at, range.upperBound, text) { close(at: end) }
        at += 1
        continue
      case .address, .smiley, .rule:
        let end = lineEnd(at, range.upperBound, text)
        // “🔥 Sales are on”: one that opens a line ends none.
        if let end, marks[at] != .smiley || !isOnlySmileys(from: start, at) { close(at: end) }
        at = max(end ?? at, at + 1)
        continue
      default: break
      }
      let (end, isBoundary) = boundary(at, start, range, text)
      if isBoundary { close(at: end) }
      at = max(end, at + 1)
    }
    close(at: range.upperBound)
  }

  /// Where the sentence before a list item ends; the sentence's own start where no item begins here.
  private func headOfItem(_ at: Int, _ start: Int, _ text: Span<UInt8>) -> Int {
    if at == start || marks[start] == .none && marks[at] == .bullet { return start }
    if marks[at] == .enumerator, marks[at - 1] == .bullet { return start }
    let opener = tokens[at - 1].span
    if at - 1 > start, opener.end == tokens[at].span.start, text[opener.start] == UInt8(ascii: "(") { return at - 1 }
    return at
  }

  /// Where the sentence would end after the mark at `index` and whether it does.
  private func boundary(
    _ index: Int, _ start: Int, _ paragraph: Range<Int>, _ text: Span<UInt8>
  ) -> (end: Int, Bool) {
    let mark = marks[index]
    let limit = paragraph.upperBound
    var next = index + 1
    // “What?!..” and “. . .”: the whole run.
    var dots = 1
    while next < limit, marks[next] == .stop || marks[next] == .ellipsis || marks[next] == .exclamation {
      dots += 1
      next += 1
    }
    if dots > 2, mark == .stop, let cut = spacedEllipsis(index, next, paragraph, text) { return cut }
    let afterStops = next
    while next < limit, isCloser(next, text) || isTouchingStop(next) || marks[next] == .smiley { next += 1 }
    // « Venez. » has spaces inside its marks.
    if next < limit, closesApart(next, limit, text) { next += 1 }
    let isQuoted = next > afterStops && isQuotationMark(tokens[next - 1].span, text)
    next = skipReferences(next, limit, text)
    guard next < limit else { return (next, false) }  // the paragraph's end closes the sentence anyway

    let isTouching = tokens[next - 1].span.end == tokens[next].span.start
    // Scripts without spaces have none behind a full stop either.
    if text[tokens[index].span.start] >= 0x80, mark == .stop || mark == .exclamation {
      return (next, !goesOn(index, next, start, text))
    }
    if isTouching, next == index + 1, !isMissingSpace(index, next, paragraph, text) { return (next, false) }
    guard let first = head(next, limit, text) else { return (next, false) }
    let word = tokens[first].span
    if !language.isEnglish, let isBoundary = foreignBoundary(index, next, first, start, text) {
      return (next, isBoundary)
    }
    if marks[first] == .address { return (next, mark == .stop || mark == .exclamation || mark == .ellipsis) }
    if startsLower(word, text) {
      // Whoever begins a paragraph in lower case begins sentences so too.
      let isInformal =
        startsLower(tokens[paragraph.lowerBound].span, text)
        || mark == .stop && endsPlainly(index, next, first, paragraph, text)
      // “Great!! we loved it”: nor does anybody shout twice in the middle of one.
      let isShouted = mark == .exclamation && tokens[index].span.count > 1
      return (next, !isQuoted && (isShouted || isInformal && (mark == .stop || mark == .exclamation)))
    }
    if isAttribution(next, limit, text) { return (next, false) }
    let isNumber = tokens[first].kind == .number
    let isStarter = !isNumber && Lexicon.english.has(.sentenceStarter, lowered: text, word)
    if isQuoted, isSpeakerWithVerb(first, limit, text) { return (next, false) }

    switch mark {
    case .exclamation where isPartOfName(index, text) && !isStarter: return (next, false)
    case .stop, .exclamation:
      return (next, true)
    case .ellipsis:
      // “I” is a capital in any case and tells nothing.
      let isThreeDots = dots == 1 && tokens[index].span.count == 3
      return (next, !(isThreeDots && word.count == 1 && text[word.start] == UInt8(ascii: "I")))
    case .initial where index > start && isLabelled(index - 1, text): return (next, true)
    case .initial:
      return (next, isStarter && word.count > 1 || isNumber && isQuoted)
    case .closing where mark == .closing && isGivenNameOfSubject(first, limit, text): return (next, true)
    case .closing:
      return (next, isStarter || isQuoted || first > next && isQuotationMark(tokens[next].span, text))
    case .ending:
      return (next, !isNumber && !isFrontedPhrase(start, index, text) && !isDayOrZone(word, text))
    default:
      return (next, false)
    }
  }

  /// “the U.S.A. John stayed”: somebody's given name, and what they do.
  private func isGivenNameOfSubject(_ first: Int, _ limit: Int, _ text: Span<UInt8>) -> Bool {
    guard first + 1 < limit, tokens[first + 1].kind == .word else { return false }
    let next = tokens[first + 1].span
    let name = Lexicon.english[WordHash(lowered: text, tokens[first].span)].traits
    guard text.isLower(at: next.start), name.has([.masculineName, .feminineName]), !name.has([.month, .common]) else {
      return false
    }
    // “the U.S. Lincoln memorial”
    return !name.has(.surname) || isVerb(next, text)
  }

  private func isVerb(_ word: ByteSpan, _ text: Span<UInt8>) -> Bool {
    let entry = Lexicon.english[WordHash(lowered: text, word)]
    if entry.traits.has([.auxiliary, .modal, .verb, .personVerb]) || !entry.speech.isEmpty { return true }
    return word.count > 4 && text[word.end - 1] == UInt8(ascii: "d") && text[word.end - 2] == UInt8(ascii: "e")
  }

  /// “in size M. Shoes”: a letter that names something, and no initial.
  private func isLabelled(_ before: Int, _ text: Span<UInt8>) -> Bool {
    Self.lettered.contains(text, tokens[before].span)
  }

  private static let lettered = WordSet(["size", "vitamin", "grade", "type", "hepatitis", "plan", "option", "group"])

  /// “Yahoo! Japan”
  private func isPartOfName(_ index: Int, _ text: Span<UInt8>) -> Bool {
    index > 0 && tokens[index].span.count == 1 && tokens[index - 1].span.end == tokens[index].span.start
      && Self.exclaimed.contains(lowered: text, tokens[index - 1].span)
  }

  private static let exclaimed = WordSet(["yahoo", "yum", "jeopardy"])

  /// “compounds. . . . The”: the first stop closes the sentence and the dots open the next one;
  /// “a period . . . . Next”: all of them close it.
  private func spacedEllipsis(
    _ index: Int, _ next: Int, _ paragraph: Range<Int>, _ text: Span<UInt8>
  ) -> (end: Int, Bool)? {
    guard next < paragraph.upperBound, tokens[next].kind == .word, index > paragraph.lowerBound else { return nil }
    if !text.isUpper(at: tokens[next].span.start) { return (next, false) }
    if tokens[index - 1].span.end == tokens[index].span.start { return (index + 1, true) }
    return (next, next - index > 3)
  }

  /// Quotation marks and brackets that close, right after the stop.
  private func isCloser(_ index: Int, _ text: Span<UInt8>) -> Bool {
    let token = tokens[index]
    guard token.kind == .punctuation, tokens[index - 1].span.end == token.span.start else { return false }
    switch text[token.span.start] {
    case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): return true
    // ）】》〉〕
    case 0xE3, 0xEF:
      switch UTF8Scalar.decode(text, at: token.span.start).value {
      case 0xFF09, 0xFF3D, 0xFF5D, 0xFF63, 0x3009, 0x300B, 0x3011, 0x3015: return true
      default: break
      }
    default: break
    }
    guard isQuotationMark(token.span, text) else { return false }
    let scalar = UTF8Scalar.decode(text, at: token.span.start).value
    // A straight mark closes where it does not touch what follows; an opening one never does, unless the language closes
    // with it: »Komm.« and „Komm.‘
    if scalar == 0x2018 || scalar == 0xAB || scalar == 0x2039 {
      return index + 1 >= tokens.count || tokens[index + 1].span.start > token.span.end
    }
    return true
  }

  private func isQuotationMark(_ span: ByteSpan, _ text: Span<UInt8>) -> Bool {
    let byte = text[span.start]
    if byte < 0x80 { return byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`") }
    switch UTF8Scalar.decode(text, at: span.start).value {
    case 0x2018...0x201F, 0xAB, 0xBB, 0x2039, 0x203A, 0x300D, 0x300F: return true
    default: return false
    }
  }

  /// “escape!).”: a stop after the closing bracket.
  private func isTouchingStop(_ index: Int) -> Bool {
    marks[index] == .stop && tokens[index - 1].span.end == tokens[index].span.start
  }

  /// A capital inside the word (“iPhone”) counts as one at its start.
  private func startsLower(_ word: ByteSpan, _ text: Span<UInt8>) -> Bool {
    guard text.isLower(at: word.start) else { return false }
    for at in word.range.dropFirst().prefix(5) where text.isUpper(at: at) { return false }
    return true
  }

  /// “— Ada Corr” at the end of a paragraph: whose words these are.
  private func isAttribution(_ next: Int, _ limit: Int, _ text: Span<UInt8>) -> Bool {
    guard limit - next <= 6, next + 1 < limit, isDash(tokens[next].span, text) else { return false }
    for at in Range(from: next + 1, upTo: limit) {
      if tokens[at].kind == .word, text.isLower(at: tokens[at].span.start) { return false }
    }
    return tokens[next + 1].kind == .word
  }

  func isDash(_ span: ByteSpan, _ text: Span<UInt8>) -> Bool {
    if text[span.start] == UInt8(ascii: "-") { return true }
    let scalar = UTF8Scalar.decode(text, at: span.start).value
    return scalar == 0x2013 || scalar == 0x2014
  }

  /// Skips “[3]” after a stop: a reference belongs to the sentence before it.
  private func skipReferences(_ start: Int, _ limit: Int, _ text: Span<UInt8>) -> Int {
    var next = start
    while next + 2 < limit, text[tokens[next].span.start] == UInt8(ascii: "["), tokens[next + 1].kind == .number,
      text[tokens[next + 2].span.start] == UInt8(ascii: "]")
    {
      next += 3
    }
    return next
  }

  /// “end.Next”: a word of several letters in lower case before the stop and a capital after it.
  private func isMissingSpace(
    _ index: Int, _ next: Int, _ paragraph: Range<Int>, _ text: Span<UInt8>
  ) -> Bool {
    guard index > paragraph.lowerBound else { return false }
    let before = tokens[index - 1].span
    if marks[index] == .exclamation || marks[index] == .ellipsis { return true }
    if marks[index] != .stop || UTF8Scalar.length(first: text[before.start]) == before.count { return false }
    return before.end == tokens[index].span.start && before.count > 1
      && (text.isLower(at: before.end - 1) || text[before.end - 1] >= 0x80 || !text.isUpper(at: before.end - 1))
      && tokens[next].kind != .number
  }

  /// The first word or number from `next`, past opening quotation marks, brackets and dashes.
  private func head(_ next: Int, _ limit: Int, _ text: Span<UInt8>) -> Int? {
    var at = next
    while at < limit, at < next + 4 {
      switch tokens[at].kind {
      case .word, .number: return at
      case .symbol: return at
      case .punctuation:
        switch text[tokens[at].span.start] {
        case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: ")"), UInt8(ascii: "/"): return nil
        default: at += 1
        }
      }
    }
    return nil
  }

  /// “Bell asked”, “the minister said” in capitals at most: a name of up to three words and a verb of speech.
  private func isSpeakerWithVerb(_ first: Int, _ limit: Int, _ text: Span<UInt8>) -> Bool {
    var at = first
    while at < min(limit, first + 4), tokens[at].kind == .word {
      if at > first, Lexicon.english.has(.quotationVerb, lowered: text, tokens[at].span) {
        // “Bell said the mill had closed.” goes on as a sentence of its own.
        return at + 1 >= limit || tokens[at + 1].kind == .punctuation
      }
      if !text.isUpper(at: tokens[at].span.start) { return false }
      at += 1
    }
    return false
  }

  /// “At 5 a.m.”: nothing but a fronted phrase so far.
  private func isFrontedPhrase(_ start: Int, _ index: Int, _ text: Span<UInt8>) -> Bool {
    index - start < 5 && Lexicon.english.has(.frontingPreposition, lowered: text, tokens[start].span)
  }

  private func isDayOrZone(_ word: ByteSpan, _ text: Span<UInt8>) -> Bool {
    Lexicon.english.has(.dayOrZone, lowered: text, word)
  }
}
