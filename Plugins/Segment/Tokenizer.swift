import StageKit

/// What a token can mean for the end of a sentence.
enum Mark: UInt8 {
  case none
  /// A full stop that stands alone.
  case stop
  /// Question and exclamation marks.
  case exclamation
  case ellipsis
  /// “J.”: one capital and a full stop.
  case initial
  /// “Gen.”, “e.g.”, “No.” before a number: never the end.
  case continuing
  /// “Inc.”, “U.S.”: perhaps the end.
  case closing
  /// “a.m.”, “etc.”: the end where a capital follows.
  case ending
  /// “Photo:” after a caption.
  case credit
  /// “2.” or “b)” at the head of a list item.
  case enumerator
  case bullet
}

/// Cuts paragraphs into tokens, left to right, each byte looked at once.
struct Tokenizer {
  private(set) var tokens: [Token] = []
  /// One for each token.
  private(set) var marks: [Mark] = []

  private let classes = ByteClass.table
  private let abbreviations = Abbreviation.table
  private var lists = ListCounter()
  private var paragraph = ByteSpan(0, 0)
  /// Index of the paragraph's first token.
  private var firstToken = 0

  init(expectedBytes: Int) {
    tokens.reserveCapacity(expectedBytes / 5 + 8)
    marks.reserveCapacity(expectedBytes / 5 + 8)
  }

  mutating func add(_ paragraph: ByteSpan, of text: Span<UInt8>) {
    self.paragraph = paragraph
    firstToken = tokens.count
    lists = ListCounter()
    var at = paragraph.start
    let end = paragraph.end
    while at < end {
      let (kind, length) = character(text, at: at, classes)
      switch kind {
      case .space: at += length
      case .letter: at = addWord(at, end, text)
      case .digit: at = addNumber(at, end, text)
      case .punctuation, .symbol: at = addMark(at, end, text, kind, length)
      }
    }
  }

  @inline(__always)
  private mutating func emit(_ start: Int, _ end: Int, _ kind: Token.Kind, _ mark: Mark = .none) {
    tokens.append(Token(ByteSpan(start, end), kind: kind))
    marks.append(mark)
  }

  private var isAtParagraphStart: Bool { tokens.count == firstToken }

  /// Whether the token before touches `offset`.
  private func touches(_ offset: Int) -> Bool { tokens.count > firstToken && tokens.last?.span.end == offset }

  /// The end of the letters, digits and underscores from `start`.
  @inline(__always)
  private func runEnd(_ start: Int, _ end: Int, _ text: Span<UInt8>) -> Int {
    var at = start
    while at < end {
      let byte = text[at]
      if classes[Int(byte)].isAny(of: .alphanumeric) || byte == UInt8(ascii: "_") {
        at += 1
      } else if byte >= 0x80 {
        let (kind, length) = character(text, at: at, classes)
        if kind != .letter { break }
        at += length
      } else {
        break
      }
    }
    return at
  }

  private func isAlphanumeric(_ offset: Int, _ end: Int, _ text: Span<UInt8>) -> Bool {
    if offset >= end { return false }
    let kind = character(text, at: offset, classes).kind
    return kind == .letter || kind == .digit
  }

  private func isSpaceOrEnd(_ offset: Int, _ end: Int, _ text: Span<UInt8>) -> Bool {
    offset >= end || character(text, at: offset, classes).kind == .space
  }

  /// The first byte that is no space from `offset`; `end` where there is none.
  private func nextVisible(_ offset: Int, _ end: Int, _ text: Span<UInt8>) -> Int {
    var at = offset
    while at < end {
      let (kind, length) = character(text, at: at, classes)
      if kind != .space { break }
      at += length
    }
    return at
  }
}

// MARK: - Words

extension Tokenizer {
  private mutating func addWord(_ start: Int, _ limit: Int, _ text: Span<UInt8>) -> Int {
    var end = runEnd(start, limit, text)
    // The common case first: a plain word before a space or a comma.
    var segment = start
    while end < limit {
      let byte = text[end]
      if byte == UInt8(ascii: " ") || byte == UInt8(ascii: ",") { break }
      if byte == UInt8(ascii: ".") {
        if text.byte(end + 1) == byte {
          // “Inc..” is an abbreviation at the end of a sentence; “so...” is a word and an ellipsis.
          guard text.byte(end + 2) != byte, segment > start || isAbbreviation(start, end, text) else { break }
          return addBeforeStop(start, segment, end, limit, text)
        }
        if isAlphanumeric(end + 1, limit, text) {
          guard let joined = dottedEnd(start, segment, end, limit, text) else { break }
          if joined.isAddress {
            emit(start, joined.end, .word)
            return joined.end
          }
          segment = end + 1
          end = joined.end
          continue
        }
        return addBeforeStop(start, segment, end, limit, text)
      }
      if byte == UInt8(ascii: "-") {
        guard segment == start, isAlphanumeric(end + 1, limit, text),
          hyphenPrefixes.contains(lowered: text, ByteSpan(start, end))
        else { break }
        end = runEnd(end + 1, limit, text)
        continue
      }
      if byte == UInt8(ascii: "@") {
        let address = addressEnd(end + 1, limit, text)
        if address > end + 1 {
          emit(start, address, .word)
          return address
        }
        break
      }
      if byte == UInt8(ascii: ":"), text.byte(end + 1) == UInt8(ascii: "/"), text.byte(end + 2) == UInt8(ascii: "/") {
        let address = addressEnd(end + 3, limit, text)
        emit(start, address, .word)
        return address
      }
      if byte == UInt8(ascii: "&") {
        guard end - segment <= 3, text.isUpper(at: end - 1), text.isUpper(at: end + 1) else { break }
        end = runEnd(end + 1, limit, text)
        continue
      }
      if byte == 0xC2, text.byte(end + 1) == 0xB0, end - start == 1, text[start] | 0x20 == UInt8(ascii: "n") {
        end += 2  // N°
        continue
      }
      if byte == UInt8(ascii: "$") {
        guard end - start <= 3, text.isUpper(at: start), text.isUpper(at: end - 1) else { break }
        emit(start, end + 1, .symbol)
        return end + 1
      }
      let apostrophe = text.apostrophe(at: end)
      if apostrophe > 0, isAlphanumeric(end + apostrophe, limit, text) {
        let tail = end + apostrophe
        let tailEnd = runEnd(tail, limit, text)
        if let clitic = cliticStart(word: ByteSpan(start, end), tail: ByteSpan(tail, tailEnd), text) {
          addPlain(start, clitic, text)
          emit(clitic, tailEnd, .word)
          return tailEnd
        }
        end = tailEnd
        continue
      }
      break
    }
    addPlain(start, end, text)
    return end
  }

  /// Adds a word, or the two that “cannot” and “gonna” are.
  @inline(__always)
  private mutating func addPlain(_ start: Int, _ end: Int, _ text: Span<UInt8>) {
    let length = end - start
    if length == 5 || length == 6, let cut = fusedWords[WordHash(lowered: text, ByteSpan(start, end))] {
      emit(start, start + cut, .word)
      emit(start + cut, end, .word)
    } else {
      emit(start, end, .word)
    }
  }

  /// Where the clitic starts: at the apostrophe, or one letter before it in “don't”.
  private func cliticStart(word: ByteSpan, tail: ByteSpan, _ text: Span<UInt8>) -> Int? {
    let first = text[tail.start] | 0x20
    switch tail.count {
    case 1:
      if first == UInt8(ascii: "t") {
        return word.count > 1 && text[word.end - 1] | 0x20 == UInt8(ascii: "n") ? word.end - 1 : nil
      }
      let isClitic = first == UInt8(ascii: "s") || first == UInt8(ascii: "m") || first == UInt8(ascii: "d")
      return isClitic ? word.end : nil
    case 2:
      let second = text[tail.start + 1] | 0x20
      let isClitic =
        (second == UInt8(ascii: "e") && (first == UInt8(ascii: "r") || first == UInt8(ascii: "v")))
        || (second == UInt8(ascii: "l") && first == UInt8(ascii: "l"))
      return isClitic ? word.end : nil
    default: return nil
    }
  }

  /// What follows a full stop inside a word: another letter of “U.S.”, or the rest of an address; `nil` where a space
  /// is missing after the end of a sentence.
  private func dottedEnd(
    _ start: Int, _ segment: Int, _ dot: Int, _ limit: Int, _ text: Span<UInt8>
  ) -> (end: Int, isAddress: Bool)? {
    let next = runEnd(dot + 1, limit, text)
    let nextLength = next - dot - 1
    let isAcronym = dot - segment <= (segment == start ? 3 : 1) && nextLength == 1 && !text.isDigit(at: dot + 1)
    if isAcronym, dot - segment == 1 || text.byte(next) == UInt8(ascii: ".") { return (next, false) }
    // An address: the last label is a known one, or every label is in lower case and there are several.
    let end = addressEnd(start, limit, text)
    guard end > dot + 1 else { return nil }
    var host = start
    var labels = 1
    var last = start
    var isLower = true
    while host < end, text[host] != UInt8(ascii: "/"), text[host] != UInt8(ascii: "@") {
      if text[host] == UInt8(ascii: ".") {
        labels += 1
        last = host + 1
      } else if text.isUpper(at: host) {
        isLower = false
      }
      host += 1
    }
    if host < end, text[host] == UInt8(ascii: "@") { return (end, true) }
    if topLabels.contains(lowered: text, ByteSpan(last, host)), !text.isUpper(at: last) || host - last > 3 {
      return (end, true)
    }
    return labels > 2 && isLower ? (end, true) : nil
  }

  /// The end of a web or mail address that `start` is inside of.
  private func addressEnd(_ start: Int, _ limit: Int, _ text: Span<UInt8>) -> Int {
    var at = start
    while at < limit {
      switch text[at] {
      case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "("), UInt8(ascii: "\""), UInt8(ascii: "|"), 0...0x20,
        0x7F...:
        break
      default:
        at += 1
        continue
      }
      break
    }
    while at > start {
      switch text[at - 1] {
      case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "!"),
        UInt8(ascii: "?"), UInt8(ascii: "'"), UInt8(ascii: ")"), UInt8(ascii: "]"):
        at -= 1
        continue
      default: break
      }
      break
    }
    return at
  }

  /// Adds the word that ends before the full stop at `dot`, with the full stop where it belongs to the word.
  private mutating func addBeforeStop(
    _ start: Int, _ segment: Int, _ dot: Int, _ limit: Int, _ text: Span<UInt8>
  ) -> Int {
    let length = dot - start
    let mark: Mark?
    let next = nextVisible(dot + 1, limit, text)
    let kind = abbreviations[WordHash(lowered: text, ByteSpan(start, dot))]
    if length == 1, text.isUpper(at: start) {
      mark = isPronounI(start, text) ? nil : isAtParagraphStart ? .enumerator : .initial
      lists.start(at: isAtParagraphStart ? text[start] : nil)
    } else if length == 1, opensNote(start, text), text.isDigit(at: next) || text.isUpper(at: next) {
      mark = .continuing  // “(b. 1949)”
    } else if length == 1, isAtParagraphStart || lists.expects(letter: text[start]) {
      lists.start(at: text[start])
      mark = .enumerator
    } else if let kind {
      mark = self.mark(of: kind, start, dot, limit, text)
    } else {
      mark = segment > start && dot - segment <= 2 ? .closing : nil
    }
    guard let mark else {
      addPlain(start, dot, text)
      return dot
    }
    emit(start, dot + 1, .word, mark)
    return dot + 1
  }

  private func mark(
    of kind: Abbreviation, _ start: Int, _ dot: Int, _ limit: Int, _ text: Span<UInt8>
  ) -> Mark? {
    switch kind {
    case .title: text.isUpper(at: start) ? .continuing : nil
    case .beforeNumber: text.isDigit(at: nextVisible(dot + 1, limit, text)) ? .continuing : nil
    case .inner: text.isUpper(at: dot - 1) && dot - start == 2 ? nil : .continuing
    case .closing: .closing
    case .capitalised: text.isUpper(at: start) ? .closing : nil
    case .ending: .ending
    }
  }

  private func isAbbreviation(_ start: Int, _ dot: Int, _ text: Span<UInt8>) -> Bool {
    abbreviations[WordHash(lowered: text, ByteSpan(start, dot))] != nil
  }

  /// Whether a bracket or semicolon stands before `start`.
  private func opensNote(_ start: Int, _ text: Span<UInt8>) -> Bool {
    guard let last = tokens.last, !isAtParagraphStart else { return false }
    let byte = text[last.span.start]
    return byte == UInt8(ascii: "(") || byte == UInt8(ascii: ";")
  }

  /// “you and I.”: the pronoun, because a word in lower case stands before it.
  private func isPronounI(_ start: Int, _ text: Span<UInt8>) -> Bool {
    guard text[start] == UInt8(ascii: "I"), let last = tokens.last, tokens.count > firstToken else { return false }
    return last.kind == .word && text.isLower(at: last.span.start)
  }
}

// MARK: - Numbers

extension Tokenizer {
  private mutating func addNumber(_ start: Int, _ limit: Int, _ text: Span<UInt8>) -> Int {
    var end = start
    while text.isDigit(at: end), end < limit { end += 1 }
    let firstEnd = end
    scan: while end + 1 < limit {
      switch text[end] {
      case UInt8(ascii: ","), UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "/"):
        guard text.isDigit(at: end + 1) else { break scan }
      case UInt8(ascii: "-"):
        guard joinsNumber(start, end, limit, text) else { break scan }
      default: break scan
      }
      end += 1
      while end < limit, text.isDigit(at: end) { end += 1 }
    }
    if end < limit, text.byte(end) == UInt8(ascii: "."), end == firstEnd, end - start <= 3,
      addEnumerator(start, end, text, limit)
    {
      return end + 1
    }
    if text.byte(end) == UInt8(ascii: ")"), end == firstEnd, end - start <= 3 {
      let value = number(start, end, text)
      if isAtListHead || lists.expects(number: value), isSpaceOrEnd(end + 1, limit, text) {
        lists.start(at: value)
        emit(start, end, .number, .enumerator)
        return end
      }
    }
    // Letters that follow: “19th” is one token, “430km” two.
    let tail = runEnd(end, limit, text)
    if tail > end {
      if units.contains(lowered: text, ByteSpan(end, tail)) {
        emit(start, end, .number)
        emit(end, tail, .word)
        return tail
      }
      end = tail
    }
    emit(start, end, .number)
    return end
  }

  /// Adds “2.” as one token at the head of a list item.
  private mutating func addEnumerator(_ start: Int, _ end: Int, _ text: Span<UInt8>, _ limit: Int) -> Bool {
    let after = end + 1
    let isBracketed = text.byte(after) == UInt8(ascii: ")")
    guard isBracketed || isSpaceOrEnd(after, limit, text) else { return false }
    let value = number(start, end, text)
    let next = nextVisible(isBracketed ? after + 1 : after, limit, text)
    guard isAtListHead || (lists.expects(number: value) && text.isUpper(at: next)) else { return false }
    lists.start(at: value)
    emit(start, after, .number, .enumerator)
    return true
  }

  /// Whether a list item may start here: the paragraph does, but for a bullet.
  private var isAtListHead: Bool {
    isAtParagraphStart || (tokens.count > firstToken && marks.last == .bullet)
  }

  private func number(_ start: Int, _ end: Int, _ text: Span<UInt8>) -> Int {
    var value = 0
    for at in start..<end { value = value * 10 + Int(text[at] & 0x0F) }
    return value
  }

  /// Telephone numbers (555-0142) and days (2017-05-08) are one token, ranges (13-17) are three.
  private func joinsNumber(_ start: Int, _ hyphen: Int, _ limit: Int, _ text: Span<UInt8>) -> Bool {
    var end = hyphen + 1
    while end < limit, text.isDigit(at: end) { end += 1 }
    let (before, after) = (hyphen - start, end - hyphen - 1)
    if before == 3, after == 4 || (after == 3 && text.byte(end) == UInt8(ascii: "-")) { return true }
    if before == 4, after == 2, text.byte(end) == UInt8(ascii: "-"), text.isDigit(at: end + 1) { return true }
    // The later hyphens of the same.
    return before == 7 && (after == 2 || after == 4) && text[start + (after == 2 ? 4 : 3)] == UInt8(ascii: "-")
  }
}

// MARK: - Punctuation and symbols

extension Tokenizer {
  private mutating func addMark(
    _ start: Int, _ limit: Int, _ text: Span<UInt8>, _ kind: CharacterKind, _ length: Int
  ) -> Int {
    let byte = text[start]
    switch byte {
    case UInt8(ascii: "."):
      if text.isDigit(at: start + 1), !touches(start) {
        return addNumberTail(start, limit, text)
      }
      let end = endOfRun(of: byte, start, limit, text)
      emit(start, end, .punctuation, end - start > 1 ? .ellipsis : .stop)
      return end
    case UInt8(ascii: "!"), UInt8(ascii: "?"):
      var end = start
      while end < limit, text[end] == UInt8(ascii: "!") || text[end] == UInt8(ascii: "?") { end += 1 }
      emit(start, end, .punctuation, .exclamation)
      return end
    case UInt8(ascii: "-"), UInt8(ascii: "="), UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"),
      UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "$"):
      let end = endOfRun(of: byte, start, limit, text)
      let isBullet = isAtParagraphStart && end == start + 1 && isSpaceOrEnd(end, limit, text)
      emit(start, end, kind == .symbol ? .symbol : .punctuation, isBullet ? .bullet : .none)
      return end
    case UInt8(ascii: "["):
      if text.byte(start + 4) == UInt8(ascii: "]"), text.byte(start + 1) == UInt8(ascii: "."),
        text.byte(start + 2) == UInt8(ascii: "."), text.byte(start + 3) == UInt8(ascii: "."), start + 5 <= limit
      {
        emit(start, start + 5, .punctuation)
        return start + 5
      }
    case UInt8(ascii: "#"), UInt8(ascii: "@"):
      let end = runEnd(start + 1, limit, text)
      if end > start + 1, !text.isDigit(at: start + 1), !touches(start) {
        emit(start, end, .word)
        return end
      }
    case UInt8(ascii: "'"), UInt8(ascii: "`"):
      if let end = addClitic(start, 1, limit, text) { return end }
      let end = endOfRun(of: byte, start, limit, text)
      emit(start, end, .punctuation)
      return end
    case 0xE2:
      let (value, _) = UTF8Scalar.decode(text, at: start)
      if value == 0x2019, let end = addClitic(start, length, limit, text) { return end }
      if value == 0x2026 {
        emit(start, start + length, .punctuation, .ellipsis)
        return start + length
      }
      // • ‣ ⁃ ◦ ▪ ● and the dashes, at the head of a list item.
      let isBullet =
        value == 0x2022 || value == 0x2023 || value == 0x2043 || value == 0x25E6 || value == 0x25AA || value == 0x25CF
        || (isAtParagraphStart && (value == 0x2013 || value == 0x2014))
      emit(start, start + length, kind == .symbol ? .symbol : .punctuation, isBullet ? .bullet : .none)
      return start + length
    case 0xE3, 0xEF:
      let (value, _) = UTF8Scalar.decode(text, at: start)
      let mark: Mark = value == 0x3002 ? .stop : value == 0xFF01 || value == 0xFF1F ? .exclamation : .none
      emit(start, start + length, kind == .symbol ? .symbol : .punctuation, mark)
      return start + length
    case UInt8(ascii: ":"):
      if touches(start), let word = tokens.last?.span, creditWords.contains(text, word) {
        marks[marks.count - 1] = .credit
      }
    default: break
    }
    emit(start, start + length, kind == .symbol ? .symbol : .punctuation)
    return start + length
  }

  private func endOfRun(of byte: UInt8, _ start: Int, _ limit: Int, _ text: Span<UInt8>) -> Int {
    var end = start + 1
    while end < limit, text[end] == byte { end += 1 }
    return end
  }

  /// “.5”
  private mutating func addNumberTail(_ start: Int, _ limit: Int, _ text: Span<UInt8>) -> Int {
    var end = start + 1
    while end < limit, text.isDigit(at: end) { end += 1 }
    emit(start, end, .number)
    return end
  }

  /// A clitic after a token that is no word (“A&M's”, “1990's”, “U.S.'s”), or one that stands apart.
  private mutating func addClitic(_ start: Int, _ length: Int, _ limit: Int, _ text: Span<UInt8>) -> Int? {
    let tail = start + length
    guard tail < limit, classes[Int(text[tail])].isAny(of: .letter) else { return nil }
    let end = runEnd(tail, limit, text)
    guard end - tail <= 2, cliticStart(word: ByteSpan(start, start), tail: ByteSpan(tail, end), text) == start else {
      return nil
    }
    emit(start, end, .word)
    return end
  }
}

extension Span where Element == UInt8 {
  func isDigit(at offset: Int) -> Bool {
    let byte = byte(offset)
    return byte >= 0x30 && byte <= 0x39
  }
}
