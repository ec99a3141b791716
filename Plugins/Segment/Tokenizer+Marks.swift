import Bytes
import StageKit

extension Tokenizer {
  mutating func addMark(
    _ start: Int, _ limit: Int, _ text: Span<UInt8>, _ kind: CharacterKind, _ length: Int
  ) -> Int {
    let byte = text[start]
    switch byte {
    case 0xF0 where kind == .symbol:
      return addEmoji(start, length, limit, text)
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
      if byte == UInt8(ascii: "="), let smiley = smileyEnd(start, limit, text) {
        emit(start, smiley, .symbol, .smiley)
        return smiley
      }
      let isBullet = isAtParagraphStart && end == start + 1 && isSpaceOrEnd(end, limit, text)
      let mark: Mark = isBullet ? .bullet : end - start >= Self.shortestRule ? .rule : .none
      emit(start, end, kind == .symbol ? .symbol : .punctuation, mark)
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
      if Self.isShortEmoji(value) || 0x2600...0x27BF ~= value && isVariation(start + length, limit, text) {
        return addEmoji(start, length, limit, text)
      }
      if value == 0x2026 {
        emit(start, start + length, .punctuation, .ellipsis)
        return start + length
      }
      if Self.ending(value) != .none {
        emit(start, start + length, .punctuation, Self.ending(value))
        return start + length
      }
      // • ‣ ⁃ ◦ ▪ ● and the dashes, at the head of a list item.
      let isBullet =
        value == 0x2022 || value == 0x2023 || value == 0x2043 || value == 0x25E6 || value == 0x25AA || value == 0x25CF
        || (isAtParagraphStart && (value == 0x2013 || value == 0x2014))
      emit(start, start + length, kind == .symbol ? .symbol : .punctuation, isBullet ? .bullet : .none)
      return start + length
    case 0x80...:
      let value = UTF8Scalar.decode(text, at: start).value
      // “３．２９”
      let isDecimal = value == 0xFF0E && isWideDigit(text, start + length, limit)
      let mark: Mark = isDecimal ? .none : Self.ending(value)
      var end = start + length
      // “！！”, “？！”
      while mark == .exclamation, end < limit, text[end] >= 0x80 {
        let (value, length) = UTF8Scalar.decode(text, at: end)
        guard Self.ending(value) == .exclamation else { break }
        end += length
      }
      emit(start, end, kind == .symbol ? .symbol : .punctuation, mark)
      return end
    case UInt8(ascii: ":"):
      if touches(start), let word = tokens.last?.span, creditWords.contains(text, word) {
        marks[marks.count - 1] = .credit
      }
      if let smiley = smileyEnd(start, limit, text) {
        emit(start, smiley, .symbol, .smiley)
        return smiley
      }
    case UInt8(ascii: ";"):
      if language.isGreek {
        emit(start, start + 1, .punctuation, .exclamation)
        return start + 1
      }
      if let smiley = smileyEnd(start, limit, text) {
        emit(start, smiley, .symbol, .smiley)
        return smiley
      }
    default: break
    }
    emit(start, start + length, kind == .symbol ? .symbol : .punctuation)
    return start + length
  }

  /// One emoji with its variation, its tone of skin, and what is joined to it.
  private mutating func addEmoji(_ start: Int, _ length: Int, _ limit: Int, _ text: Span<UInt8>) -> Int {
    var end = start + length
    while end < limit, text[end] >= 0x80 {
      let (value, length) = UTF8Scalar.decode(text, at: end)
      guard value == 0xFE0F || value == 0x200D || 0x1F3FB...0x1F3FF ~= value else { break }
      end += length
      guard value == 0x200D, end < limit, text[end] >= 0x80 else { continue }
      let joined = UTF8Scalar.decode(text, at: end)
      if joined.value >= 0x2600 { end += joined.length }
    }
    end = min(end, limit)
    emit(start, end, .symbol, .smiley)
    return end
  }

  private func isVariation(_ at: Int, _ limit: Int, _ text: Span<UInt8>) -> Bool {
    at < limit && text[at] >= 0x80 && UTF8Scalar.decode(text, at: at).value == 0xFE0F
  }

  /// ☔ ⚽ ⚾ ⛄ ⛅ ✨ ❤ ⭐: drawn as emoji without more.
  private static func isShortEmoji(_ value: UInt32) -> Bool {
    switch value {
    case 0x2614, 0x2615, 0x2665, 0x26BD, 0x26BE, 0x26C4, 0x26C5, 0x2728, 0x2764, 0x2B50: true
    default: false
    }
  }

  private func isWideDigit(_ text: Span<UInt8>, _ at: Int, _ limit: Int) -> Bool {
    at < limit && (0xFF10...0xFF19).contains(UTF8Scalar.decode(text, at: at).value)
  }

  /// What a mark that other scripts have means for the end of a sentence.
  private static func ending(_ value: UInt32) -> Mark {
    switch value {
    // 。 ｡ ． । ॥ ۔ ։ ። ၊ ။ ។ ៕ ། ༎
    case 0x3002, 0xFF61, 0xFF0E, 0x964, 0x965, 0x6D4, 0x589, 0x1362, 0x104B, 0x17D4, 0x17D5, 0xF0D, 0xF0E: .stop
    // ！ ？ ؟ ; ፧ ‼ ⁇ ⁈ ⁉
    case 0xFF01, 0xFF1F, 0x61F, 0x37E, 0x1367, 0x203C, 0x2047, 0x2048, 0x2049: .exclamation
    default: .none
    }
  }

  /// The fewest signs that make a line.
  private static let shortestRule = 5

  /// The end of “:-)” and its like, which stand by themselves.
  private func smileyEnd(_ start: Int, _ limit: Int, _ text: Span<UInt8>) -> Int? {
    var end = start + 1
    if text.byte(end) == UInt8(ascii: "-") { end += 1 }
    switch text.byte(end) {
    case UInt8(ascii: ")"), UInt8(ascii: "("), UInt8(ascii: "D"), UInt8(ascii: "P"), UInt8(ascii: "p"),
      UInt8(ascii: "|"):
      break
    default: return nil
    }
    let symbol = text[end]
    end += 1
    while end < limit, text[end] == symbol { end += 1 }
    return end <= limit && !touches(start) && isSpaceOrEnd(end, limit, text) ? end : nil
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
