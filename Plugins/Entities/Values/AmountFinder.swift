import Bytes
import StageKit

/// Finds money, percentages and measures: “$5.3 billion”, “20 euros”, “3.5 per cent”, “12 miles”.
struct AmountFinder {
  let words: [Word]
  let tokens: [Token]
  let numbers: NumberReader

  init(words: [Word], tokens: [Token]) {
    self.words = words
    self.tokens = tokens
    numbers = NumberReader(words: words, tokens: tokens)
  }

  /// The amount whose number starts at token `at`.
  func numberFirst(_ at: Int, _ sentence: Range<Int>, _ text: Span<UInt8>) -> Value? {
    guard let number = numbers.number(at, sentence.upperBound, text, allowsWords: true),
      number.end < sentence.upperBound
    else { return nil }
    if let (end, unit) = percentage(number.end, sentence) {
      return Value(.percent, Range(from: at, upTo: end), number, unit: unit)
    }
    if let (end, currency) = money(number, sentence, text) {
      return Value(.money, Range(from: at, upTo: end), number, currency: currency)
    }
    if let (end, unit) = measure(number, sentence, text) {
      if at + 1 == number.end, number.value == 1, !words[at].shape.has(.number), unit.isPeriod { return nil }
      return Value(.quantity, Range(from: at, upTo: end), number, unit: unit.symbol)
    }
    return nil
  }

  /// “%”, “per cent”, “percentage points”
  private func percentage(_ at: Int, _ sentence: Range<Int>) -> (end: Int, unit: StaticString)? {
    let word = words[at]
    if word.mark == UInt8(ascii: "%") || Self.percents.contains(word.lowered) { return (at + 1, "%") }
    guard at + 1 < sentence.upperBound else { return nil }
    let next = words[at + 1].lowered
    if word.lowered == Self.per, next == Self.cent { return (at + 2, "%") }
    if word.lowered == Self.percentage, next == Self.point || next == Self.points { return (at + 2, "pp") }
    return nil
  }

  /// “12 miles”, “12-mile”, “30 square kilometres”, “60 km/h”, “25°C”
  private func measure(
    _ number: NumberRead, _ sentence: Range<Int>, _ text: Span<UInt8>
  ) -> (end: Int, unit: Measure)? {
    var at = number.end
    let isHyphened = words[at].shape.has(.hyphen) && at + 1 < sentence.upperBound
    if isHyphened { at += 1 }
    if words[at].mark == 0xC2, let degree = degree(at, sentence, text) { return degree }
    // Two words and more first: “square kilometres”, “degrees Celsius”, “miles per hour”.
    if at + 1 < sentence.upperBound {
      var phrase = PhraseHash()
      phrase.add(words[at].lowered)
      for end in Range(from: at + 1, upTo: min(at + 3, sentence.upperBound)) {
        phrase.add(words[end].lowered)
        if let unit = Measure.phrases[phrase.value] { return (end + 1, unit) }
      }
    }
    guard let unit = Measure.units[words[at].lowered], words[at].mark == 0 else { return nil }
    if words[at].isCapital, words[at].length == 1 || unit.isPeriod { return nil }
    // “a 34-year-old” tells an age, and “34 years old” too, but only the second one is an amount.
    if isHyphened, at + 1 < sentence.upperBound, words[at + 1].shape.has(.hyphen) { return nil }
    return (at + 1, unit)
  }

  private func degree(_ at: Int, _ sentence: Range<Int>, _ text: Span<UInt8>) -> (end: Int, unit: Measure)? {
    guard UTF8Scalar.decode(text, at: tokens[at].span.start).value == 0xB0 else { return nil }
    if at + 1 < sentence.upperBound, words[at + 1].shape.has(.touching), tokens[at + 1].span.count == 1 {
      switch text[tokens[at + 1].span.start] {
      case UInt8(ascii: "C"): return (at + 2, Measure("°C"))
      case UInt8(ascii: "F"): return (at + 2, Measure("°F"))
      default: break
      }
    }
    return (at + 1, Measure("°"))
  }

  private static let percents = WordSet(["percent", "pct", "pc"])
  private static let per = WordHash("per".utf8)
  private static let cent = WordHash("cent".utf8)
  private static let percentage = WordHash("percentage".utf8)
  private static let point = WordHash("point".utf8)
  private static let points = WordHash("points".utf8)
}
