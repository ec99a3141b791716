import Bytes
import Lexicon
import StageKit

extension Tokenizer {
  mutating func addWord(_ start: Int, _ limit: Int, _ text: Span<UInt8>) -> Int {
    var end = runEnd(start, limit, text)
    if let letters = currencyLetters(start, end, limit, text) {
      emit(start, letters, .word)
      return letters
    }
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
        if text.isDigit(at: end + 1), segment == start, isBeforeNumber(start, end, text) {
          // “Feb.26”, “Rs.500”
          emit(start, end + 1, .word, .continuing)
          return end + 1
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
        // “UN-backed”
        if end - start == 2, text.isUpper(at: start + 1), text.isLower(at: end + 1) { break }
        guard segment == start, isAlphanumeric(end + 1, limit, text),
          lexicon.has(.hyphenPrefix, lowered: text, ByteSpan(start, end)), !isPlaceOrBody(start, end + 1, limit, text)
        else { break }
        end = runEnd(end + 1, limit, text)
        continue
      }
      if byte == UInt8(ascii: "@") {
        let address = addressEnd(end + 1, limit, text)
        if address > end + 1 {
          emit(start, address, .word, .address)
          return address
        }
        break
      }
      if byte == UInt8(ascii: ":"), text.byte(end + 1) == UInt8(ascii: "/"), text.byte(end + 2) == UInt8(ascii: "/") {
        let address = addressEnd(end + 3, limit, text)
        emit(start, address, .word, .address)
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
      if byte == 0xE2, end - start == 2, text[start].isUpper, text[start + 1].isUpper, end + 3 <= limit,
        CurrencySign[WordHash(text, ByteSpan(start, end + 3))] != nil
      {
        emit(start, end + 3, .symbol)  // GH₵
        return end + 3
      }
      if byte == 0xC2, end - start == 2, end + 2 <= limit, text[start].isUpper, text[start + 1].isUpper,
        CurrencySign[WordHash(text, ByteSpan(start, end + 2))] != nil
      {
        emit(start, end + 2, .symbol)  // GH¢
        return end + 2
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

  /// “Anti-Moscow”, “non-EU”: a listed name behind a prefix with a capital, or one in capitals, is a word of its own.
  private func isPlaceOrBody(_ prefix: Int, _ start: Int, _ limit: Int, _ text: Span<UInt8>) -> Bool {
    guard text.isUpper(at: start), text.isUpper(at: prefix) || text.isUpper(at: start + 1) else { return false }
    switch lexicon[WordHash(text, ByteSpan(start, runEnd(start, limit, text)))].name {
    case .country, .region, .city, .largeCity, .organization: return true
    default: return false
    }
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
  func cliticStart(word: ByteSpan, tail: ByteSpan, _ text: Span<UInt8>) -> Int? {
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
    // “Л.Н.Толстой”, “т.е.”
    if text[segment] >= 0x80, segment + UTF8Scalar.length(first: text[segment]) == dot, dot + 1 < limit,
      UTF8Scalar.isLetter(UTF8Scalar.decode(text, at: dot + 1).value)
    {
      return (next, false)
    }
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
    // Bounded, so that a megabyte of “a.a.a.” is not read again at every stop.
    let limit = min(limit, start + 2_048)
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
    if !language.isEnglish, let mark = foreignMark(start, segment, dot, limit, text) {
      emit(start, dot + 1, .word, mark)
      return dot + 1
    }
    let kind = lexicon[WordHash(lowered: text, ByteSpan(start, dot))].abbreviation
    if length == 1, touches(start), text[start - 1] == 0xB0 {
      mark = nil  // “25°C.”
    } else if length == 1, touches(start), start > 1, text[start] == UInt8(ascii: "s"),
      text[start - 1] == UInt8(ascii: "/"), text[start - 2] == UInt8(ascii: "M")
    {
      mark = .continuing  // “M/s. Holm Traders”
    } else if length == 1, text.isUpper(at: start) {
      mark = isPronounI(start, text) ? nil : isAtParagraphStart ? .enumerator : .initial
      lists.start(at: isAtParagraphStart ? text[start] : nil)
    } else if length == 1, opensNote(start, text), text.isDigit(at: next) || text.isUpper(at: next) {
      mark = .continuing  // “(b. 1949)”
    } else if length == 1, isAtParagraphStart || lists.expects(letter: text[start]) {
      lists.start(at: text[start])
      mark = .enumerator
    } else if kind != .nothing {
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

  /// What the full stop means by the rules that all languages share, and by the lists of the text's language; `nil` where
  /// neither says anything.
  private mutating func foreignMark(
    _ start: Int, _ segment: Int, _ dot: Int, _ limit: Int, _ text: Span<UInt8>
  ) -> Mark? {
    let (value, letter) = UTF8Scalar.decode(text, at: start)
    // “25°C.”
    if start + letter == dot, touches(start) { return nil }
    if start + letter == dot, !language.isUnknown || letter > 1 || isPairOfLetters(start, dot, limit, text) {
      if UTF8Scalar.isUpper(value) { return isAtParagraphStart && letter == 1 ? nil : .initial }
      // “z. B.”, “г. Псков”: one letter that is no item's.
      let isItem = isAtParagraphStart || letter == 1 && lists.expects(letter: text[start])
      return isItem ? nil : .continuing
    }
    // “А.И.”: the last of several initials.
    if segment > start, segment + UTF8Scalar.length(first: text[segment]) == dot, text.isUpper(at: segment), letter > 1
    {
      return .initial
    }
    // “l'Avv.”: behind an elision.
    var word = start
    for at in Range(from: start, upTo: dot) where text.apostrophe(at: at) > 0 { word = at + text.apostrophe(at: at) }
    guard word < dot else { return nil }
    let kind = language.abbreviation(text, ByteSpan(word, dot))
    switch kind {
    case .nothing: return nil
    // A capital of two letters may be an initial in any language: “Op. Nr.” is none.
    case .inner, .title: return .continuing
    default: return mark(of: kind, word, dot, limit, text)
    }
  }

  /// “z. B.” and “z. Z.”: a small letter and a capital, each with a full stop.
  private func isPairOfLetters(_ start: Int, _ dot: Int, _ limit: Int, _ text: Span<UInt8>) -> Bool {
    if text.isLower(at: start) {
      let next = nextVisible(dot + 1, limit, text)
      return next + 1 < limit && text.isUpper(at: next) && text.byte(next + 1) == UInt8(ascii: ".")
    }
    guard let last = tokens.last, tokens.count > firstToken, last.span.count == 2 else { return false }
    return marks.last == .continuing && text.isLower(at: last.span.start)
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
    case .nothing: nil
    }
  }

  /// Whether it is shortened with a full stop where a number follows: “Feb.”. A lower-case “no.5” may be a missing space.
  private func isBeforeNumber(_ start: Int, _ dot: Int, _ text: Span<UInt8>) -> Bool {
    text.isUpper(at: start) && dot - start > 1
      && lexicon[WordHash(lowered: text, ByteSpan(start, dot))].abbreviation == .beforeNumber
  }

  private func isAbbreviation(_ start: Int, _ dot: Int, _ text: Span<UInt8>) -> Bool {
    lexicon[WordHash(lowered: text, ByteSpan(start, dot))].abbreviation != .nothing
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
