import Bytes
import Lexicon
import StageKit

// Amounts of money whose sign is letters without a space: “Rs7,350”, “GBP31m”, “N2.5bn”, “7CUP”.
extension Tokenizer {
  /// Of a word that begins with the letters of a currency and goes on with digits, the end of the letters.
  ///
  /// - Parameter end: of the letters and digits from `start`.
  @inline(__always)
  func currencyLetters(_ start: Int, _ end: Int, _ limit: Int, _ text: Span<UInt8>) -> Int? {
    guard text[start].isUpper else { return nil }
    var at = start + 1
    while at < end, at - start < CurrencySign.longest, !text[at].isDigit { at += 1 }
    guard at < end, text[at].isDigit else { return nil }
    return currencyLetters(ByteSpan(start, at), end, limit, text)
  }

  private func currencyLetters(_ letters: ByteSpan, _ end: Int, _ limit: Int, _ text: Span<UInt8>) -> Int? {
    guard let sign = CurrencySign[WordHash(text, letters)],
      letters.start == paragraph.start || !touches(letters.start)
        || tokens.last.map({ $0.kind != .word }) ?? true
    else { return nil }
    var digits = letters.end
    while digits < end, text[digits].isDigit { digits += 1 }
    let mark = text.byte(digits)
    let isLong = (mark == UInt8(ascii: ",") || mark == UInt8(ascii: ".")) && text.isDigit(at: digits + 1)
    if digits < end {
      // “GBP31m”, “USD5bn”, and no “R2D2”.
      let tail = ByteSpan(digits, end)
      return units.contains(lowered: text, tail) || largeUnits.contains(lowered: text, tail) ? letters.end : nil
    }
    if !sign.isOneLetter || isLong { return letters.end }
    // “N50 billion”; “R450”, but neither “the R61” nor “Canon R100”.
    let next = nextVisible(digits, limit, text)
    let word = ByteSpan(next, max(next, runEnd(next, limit, text)))
    if lexicon[WordHash(lowered: text, word)].kind == .scale, word.count > 1 { return letters.end }
    guard digits - letters.end >= Self.fewestDigits, let last = tokens.last?.span, !isAtParagraphStart,
      text.isLower(at: last.start), text[letters.start] == UInt8(ascii: "N") || text[letters.start] == UInt8(ascii: "R")
    else { return nil }
    return beforeRoads.contains(lowered: text, last) ? nil : letters.end
  }

  /// Of a number behind a single letter that is a sum of money.
  private static var fewestDigits: Int { 3 }

  /// Whether letters behind a number are a token: a unit, “b” of “A$2.1b”, “CUP” of “7CUP”.
  func isUnit(_ letters: ByteSpan, after number: Int, _ text: Span<UInt8>) -> Bool {
    if units.contains(lowered: text, letters) { return true }
    if largeUnits.contains(lowered: text, letters) {
      guard touches(number), let last = tokens.last else { return letters.count > 1 }
      return letters.count > 1 || last.kind == .symbol || CurrencySign[WordHash(text, last.span)] != nil
    }
    return letters.count == 3 && text[letters.start].isUpper && CurrencySign[WordHash(text, letters)] != nil
  }
}

/// Scales that stand apart from an amount of money: “$102Mil”, “GHS2.8billion”.
private let largeUnits = WordSet([
  "b", "bil", "billion", "bln", "cr", "crore", "crores", "l", "lakh", "lakhs", "mil", "million", "mio", "mln", "t",
  "tr",
  "trillion",
])

private let beforeRoads = WordSet(["the", "on", "along", "road", "highway", "route", "to"])
