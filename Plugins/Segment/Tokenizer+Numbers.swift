import Bytes
import StageKit

extension Tokenizer {
  mutating func addNumber(_ start: Int, _ limit: Int, _ text: Span<UInt8>) -> Int {
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
    if end < limit, text.byte(end) == UInt8(ascii: ")"), end == firstEnd, end - start <= 3 {
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
      if isUnit(ByteSpan(end, tail), after: start, text) {
        emit(start, end, .number)
        emit(end, tail, .word)
        return tail
      }
      end = tail
    }
    emit(start, end, .number, isNumericDay(start, end, text) ? .numericDay : .none)
    return end
  }

  /// “8/16/2000”
  private func isNumericDay(_ start: Int, _ end: Int, _ text: Span<UInt8>) -> Bool {
    guard end - start >= 6, end - start <= 10 else { return false }
    var slashes = 0
    for at in Range(from: start, upTo: end) where !text.isDigit(at: at) {
      guard text[at] == UInt8(ascii: "/") else { return false }
      slashes += 1
    }
    return slashes == 2
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
    for at in Range(from: start, upTo: end) { value = value * 10 + Int(text[at] & 0x0F) }
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
