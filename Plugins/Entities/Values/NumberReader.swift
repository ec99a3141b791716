import Bytes
import StageKit

/// A number read off the text, with its scale.
struct NumberRead {
  var value: Double
  /// The lower end of a range: 5 in “5 to 10”.
  var from: Double?
  /// Index of the token after it.
  var end: Int
  /// What its words multiply it by: 1e6 in “5 million”.
  var scale = 1.0
}

/// Number words and scales.
enum Numbers {
  /// The number written in digits at `span`: “1,250.75”, “1,25,000”, “2,5” for two and a half, “2.500.000”.
  static func decimal(_ text: Span<UInt8>, _ span: ByteSpan) -> Double? {
    guard span.count <= 20 else { return nil }
    var (commas, stops, afterLast) = (0, 0, 0)
    for at in span.range {
      switch text[at] {
      case 0x30...0x39: afterLast += 1
      case UInt8(ascii: ","):
        if stops > 0 { return nil }
        commas += 1
        afterLast = 0
      case UInt8(ascii: "."):
        stops += 1
        afterLast = 0
      default: return nil
      }
    }
    if stops > 1, commas > 0 || afterLast != 3 { return nil }
    // The comma that decimals have in much of the world.
    let isDecimalComma = commas == 1 && stops == 0 && afterLast < 3
    var whole = 0.0
    var fraction = 0.0
    var factor = 0.1
    var isFraction = false
    for at in span.range {
      guard text[at].isDigit else {
        isFraction = isDecimalComma || text[at] == UInt8(ascii: ".") && stops == 1
        continue
      }
      let digit = Double(text[at] & 0x0F)
      if isFraction {
        fraction += digit * factor
        factor /= 10
      } else {
        whole = whole * 10 + digit
      }
    }
    return fraction > 0 ? rounded(whole + fraction) : whole
  }

  /// Rounded to what the digits said, because tenths do not add up in binary.
  static func rounded(_ value: Double) -> Double { abs(value) < 1e9 ? (value * 1e6).rounded() / 1e6 : value }

  /// `5300000000`, `3.5`.
  static func plain(_ amount: Double) -> [UInt8] {
    if amount == amount.rounded(), abs(amount) < 1e15 { return Array(String(Int(amount)).utf8) }
    return Array(String(amount).utf8)
  }
}

/// Reads numbers in digits or words with their scale, and ranges of them.
struct NumberReader {
  let words: [Word]
  let tokens: [Token]

  /// “5.3 billion”, “two million”, “twenty-five”, “half a million”, “5 to 10”, “5-10 million”.
  ///
  /// - Parameters:
  ///   - allowsWords: “five” as well as “5”.
  ///   - isMoney: the number stands behind a sign of money, where “B” and “Mil” are scales.
  func number(_ at: Int, _ limit: Int, _ text: Span<UInt8>, allowsWords: Bool, isMoney: Bool = false) -> NumberRead? {
    guard var first = single(at, limit, text, allowsWords: allowsWords, isMoney: isMoney) else { return nil }
    let dash = first.end
    guard dash + 1 < limit, isDash(dash, text) || words[dash].lowered == Self.to || isBetween(at, dash),
      let last = single(dash + 1, limit, text, allowsWords: allowsWords, isMoney: isMoney), last.digits >= first.value
    else {
      return NumberRead(value: first.value, end: first.end, scale: first.scale)
    }
    // The scale of “5-10 million” is that of both.
    if first.scale == 1 { first.value = Numbers.rounded(first.value * last.scale) }
    return NumberRead(value: last.value, from: first.value, end: last.end, scale: last.scale)
  }

  /// “between 2 and 2.2 billion”
  private func isBetween(_ at: Int, _ and: Int) -> Bool {
    at > 0 && words[at - 1].lowered == Self.between && words[and].lowered == Self.and
  }

  /// A number with the scales that stand behind it.
  func scaled(_ number: NumberRead, _ limit: Int, _ text: Span<UInt8>) -> NumberRead? {
    var scaled = number
    while scaled.end < limit, let scale = scale(at: scaled.end, limit, text, isMoney: true) {
      if scaled.scale > 1e12 { return nil }
      scaled.scale *= scale
      scaled.value = Numbers.rounded(scaled.value * scale)
      scaled.end += 1
    }
    return scaled
  }

  /// “two hundred thousand million”
  private static let mostScales = 3

  private struct Single {
    var value: Double
    /// Without its scale.
    var digits: Double
    var end: Int
    var scale: Double
  }

  private func single(
    _ at: Int, _ limit: Int, _ text: Span<UInt8>, allowsWords: Bool, isMoney: Bool
  ) -> Single? {
    guard at < limit else { return nil }
    var read: (value: Double, end: Int)
    if words[at].shape.has(.number) {
      guard let decimal = Numbers.decimal(text, tokens[at].span) else { return nil }
      read = (decimal, at + 1)
    } else if allowsWords, let spelled = spelled(at, limit) {
      read = spelled
    } else {
      return nil
    }
    let digits = read.value
    if read.end + 1 < limit, words[read.end].shape.has(.hyphen), words[read.end + 1].scale != nil {
      read.end += 1
    }
    var scales = 0
    var product = 1.0
    while read.end < limit, let scale = scale(at: read.end, limit, text, isMoney: isMoney) {
      scales += 1
      // What goes on so is no number, and might have no end.
      if scales > Self.mostScales { return nil }
      read.value = Numbers.rounded(read.value * scale)
      product *= scale
      read.end += 1
    }
    return Single(value: read.value, digits: digits, end: read.end, scale: product)
  }

  /// “seven”, “twenty-five”, “a” before a scale, “half a” before one.
  private func spelled(_ at: Int, _ limit: Int) -> (value: Double, end: Int)? {
    let word = words[at].lowered
    if let value = words[at].number {
      if value >= 20, value < 100, at + 2 < limit, words[at + 1].shape.has(.hyphen),
        let one = words[at + 2].number, one < 10
      {
        return (value + one, at + 3)
      }
      return (value, at + 1)
    }
    let isHalf = word == Self.half
    guard isHalf || word == Self.a || word == Self.an else { return nil }
    var next = at + 1
    if isHalf, next < limit, words[next].lowered == Self.a { next += 1 }
    guard next < limit, words[next].length > 2, let scale = words[next].scale else { return nil }
    // “a hundred people” is a number, “half hundred” is not.
    return isHalf && next == at + 1 && scale < 1_000 ? nil : (isHalf ? 0.5 : 1, next)
  }

  /// One letter is a scale right after digits only; “5 m” before no plural is metres.
  private func scale(at: Int, _ limit: Int, _ text: Span<UInt8>, isMoney: Bool) -> Double? {
    guard let scale = words[at].scale else { return nil }
    if words[at].length > 1 { return words[at].isCapital && words[at].length < 4 && !isMoney ? nil : scale }
    if isMoney, words[at].shape.has(.touching) { return scale }
    guard words[at].shape.has(.touching) else { return nil }
    if words[at].lowered == Self.m, isMetres(at, limit, text) { return nil }
    return scale
  }

  /// “100m race” and “200m.” are metres, “5m votes” and “5m people” are millions.
  private func isMetres(_ at: Int, _ limit: Int, _ text: Span<UInt8>) -> Bool {
    if words[at].isCapital { return false }
    guard at + 1 < limit, words[at + 1].mark == 0 else { return true }
    let next = tokens[at + 1].span
    if Numbers.plurals.contains(words[at + 1].lowered) || words[at + 1].valueKind == .currency
      || words[at + 1].isCapital
      || Measure.units[words[at + 1].lowered] != nil || Currency.sign(next, text) != nil
    {
      return false
    }
    return text[next.end - 1] != UInt8(ascii: "s") || next.count < 4
  }

  func isDash(_ at: Int, _ text: Span<UInt8>) -> Bool {
    if words[at].shape.has(.hyphen) { return true }
    guard words[at].mark == 0xE2 else { return false }
    return UTF8Scalar.decode(text, at: tokens[at].span.start).value == 0x2013
  }

  private static let to = WordHash("to".utf8)
  private static let between = WordHash("between".utf8)
  private static let and = WordHash("and".utf8)
  private static let a = WordHash("a".utf8)
  private static let an = WordHash("an".utf8)
  private static let m = WordHash("m".utf8)
  private static let half = WordHash("half".utf8)
}

extension Numbers {
  /// Plurals that do not end in s.
  fileprivate static let plurals = WordSet(["people", "men", "women", "children", "of", "more"])
}
