import Bytes
import Lexicon
import StageKit

// Money: “$5.3 billion”, “Rs 7,350 crore”, “US $3.4 million”, “5,000 cedis”, “billions of dollars”.
extension AmountFinder {
  /// Money that starts with its sign or code at token `at`.
  func signFirst(_ at: Int, _ sentence: Range<Int>, _ text: Span<UInt8>) -> Value? {
    guard at + 1 < sentence.upperBound,
      words[at + 1].shape.has(.number) || words[at + 1].mark == UInt8(ascii: "$"),
      let (sign, first) = sign(at, sentence.upperBound, text), words[first].shape.has(.number),
      var number = moneyNumber(first, sentence.upperBound, sign, text)
    else { return nil }
    if sign.isOneLetter, !words[first].shape.has(.touching), number.value < Self.leastOfOneLetter { return nil }
    // “$2.1-$2.4 million”
    let dash = number.end
    if number.from == nil, dash + 2 < sentence.upperBound, numbers.isDash(dash, text),
      let (same, second) = self.sign(dash + 1, sentence.upperBound, text),
      Currency.letters(same.code) == Currency.letters(sign.code), words[second].shape.has(.number),
      let last = moneyNumber(second, sentence.upperBound, same, text), last.from == nil
    {
      let from = number.scale == 1 ? number.value * last.scale : number.value
      if from <= last.value { number = NumberRead(value: last.value, from: from, end: last.end, scale: last.scale) }
    }
    // “US$10 million dollars”
    var end = number.end
    if let (noun, named) = noun(end, sentence.upperBound, of: number.value), named.share == 1 { end = noun + 1 }
    return Value(.money, Range(from: at, upTo: end), number, currency: Currency(sign))
  }

  /// What “R 450” is hardly money below.
  private static let leastOfOneLetter = 1_000.0

  /// A sign at a token, and the token of its number: “$”, “Rs.”, “US $”, “U.S.$”.
  private func sign(_ at: Int, _ limit: Int, _ text: Span<UInt8>) -> (CurrencySign, number: Int)? {
    if at + 2 < limit, words[at].isCapital, words[at + 1].mark == UInt8(ascii: "$"),
      let national = Self.nationalDollars[words[at].form],
      at == 0 || words[at + 1].shape.has(.touching) || words[at - 1].lowered != Chunker.the
    {
      return (national, at + 2)
    }
    guard at + 1 < limit, let sign = Currency.sign(tokens[at].span, text) else { return nil }
    return (sign, at + 1)
  }

  private static let nationalDollars: WordTable<CurrencySign> = {
    var table = WordTable<CurrencySign>()
    for (word, sign) in [
      ("US", "US$"), ("U.S.", "US$"), ("USD", "US$"), ("NZ", "NZ$"), ("HK", "HK$"), ("NT", "NT$"), ("AU", "AU$"),
      ("CA", "CA$"), ("AUD", "AU$"), ("CAD", "CA$"),
    ] {
      if let sign = CurrencySign[WordHash(sign.utf8)] { table.insert(WordHash(word.utf8), sign) }
    }
    return table
  }()

  /// A number as it stands behind a sign: “13 500”, “50.000” where the currency has thousands rather than thousandths.
  private func moneyNumber(_ at: Int, _ limit: Int, _ sign: CurrencySign, _ text: Span<UInt8>) -> NumberRead? {
    guard var number = numbers.number(at, limit, text, allowsWords: false, isMoney: true) else { return nil }
    guard number.from == nil, number.end == at + 1, number.scale == 1 else { return number }
    var groups = 0
    while number.end < limit, groups < 3, tokens[at].span.count <= 3, words[number.end].shape.has(.number),
      tokens[number.end].span.count == 3, !words[number.end].shape.has(.touching),
      let group = Numbers.decimal(text, tokens[number.end].span), group == group.rounded()
    {
      number.value = number.value * 1_000 + group
      number.end += 1
      groups += 1
    }
    // “Rp 50.000”
    let span = tokens[at].span
    if groups == 0, span.count > 4, text[span.end - 4] == UInt8(ascii: "."), number.value < 1_000,
      Self.withoutFractions.contains(Currency.letters(sign.code))
    {
      number.value = (number.value * 1_000).rounded()
    }
    if groups > 0, let scaled = numbers.scaled(number, limit, text) { return scaled }
    return number
  }

  /// Currencies of countries that part thousands by a full stop, and whose units are small.
  private static let withoutFractions = Set(
    (["IDR", "VND", "COP", "CLP", "PYG", "CRC", "ARS"] as [StaticString]).map(Currency.letters))

  /// The unit of money behind a number: a sign, or a noun with its adjectives.
  func money(_ number: NumberRead, _ sentence: Range<Int>, _ text: Span<UInt8>) -> (end: Int, currency: Currency)? {
    let after = words[number.end]
    if after.shape.has(.touching) || after.length > 2 || after.mark != 0, !after.shape.has(.possessive),
      let sign = Currency.sign(tokens[number.end].span, text), !sign.isOneLetter,
      after.mark != 0 || after.shape.has(.allCaps)
    {
      // “5 $10 notes” are of ten dollars.
      let isOwn =
        after.mark == 0 || after.shape.has(.touching) || number.end + 1 >= sentence.upperBound
        || !words[number.end + 1].shape.has([.number])
      if isOwn { return (number.end + 1, Currency(sign)) }
    }
    if after.shape.has(.touching), number.value < 1_000, number.scale == 1 {
      // “99p”, “50¢”
      if after.lowered == Self.p, number.value < 100 { return (number.end + 1, Currency(code: "GBP", share: 0.01)) }
      if after.mark == 0xC2, UTF8Scalar.decode(text, at: tokens[number.end].span.start).value == 0xA2 {
        return (number.end + 1, Currency(code: "USD", share: 0.01))
      }
    }
    // “30-million-dollar”
    let start = after.shape.has(.hyphen) ? number.end + 1 : number.end
    guard let (noun, currency) = noun(start, sentence.upperBound, of: number.value) else { return nil }
    return (noun + 1, currency)
  }

  private static let p = WordHash("p".utf8)

  /// “dollars”, “Hong Kong dollars”, “U.S. dollars”: the token of the noun.
  private func noun(_ start: Int, _ limit: Int, of amount: Double) -> (noun: Int, Currency)? {
    var at = start
    while at < limit, at - start < Self.mostAdjectives,
      words[at].isCapital && words[at].valueKind != .currency || at > start && words[at].traits.has(.joiner)
    {
      at += 1
    }
    guard at < limit, let currency = Currency(words[at], after: words[Range(from: start, upTo: at)]) else { return nil }
    // “won” is a verb, pounds are weights too, crowns are worn: large numbers only.
    if amount < 1_000, Self.needsThousands.contains(words[at].lowered) { return nil }
    return (at, currency)
  }

  /// “Trinidad and Tobago dollars”
  private static let mostAdjectives = 3

  private static let needsThousands = WordSet([
    "won", "pounds", "pound", "crowns", "lari", "kip", "dong", "soms", "lei", "leva", "drams", "dram", "shilling",
    "franc",
  ])

  /// Money of which no number is told: “billions of dollars”, “several hundred million rupees”.
  func plenty(_ at: Int, _ sentence: Range<Int>) -> Value? {
    var next = at
    let limit = min(sentence.upperBound, at + Self.longestPlenty)
    if Self.several.contains(words[at].lowered) {
      next += 1
      guard next < limit, words[next].scale != nil, words[next].length > 2 else { return nil }
      while next < limit, words[next].scale != nil { next += 1 }
    } else {
      while next < limit, Self.plurals.contains(words[next].lowered) {
        guard next + 1 < limit, words[next + 1].lowered == Chunker.of else { return nil }
        next += 2
        while next < limit, words[next].scale != nil, words[next].length > 2 { next += 1 }
      }
      guard next > at else { return nil }
    }
    guard let (noun, currency) = noun(next, limit, of: .infinity), currency.share == 1 else { return nil }
    return Value(.money, Range(from: at, upTo: noun + 1), nil, currency: currency)
  }

  private static let longestPlenty = 9
  private static let several = WordSet(["several", "few"])
  static let plurals = WordSet([
    "tens", "dozens", "hundreds", "thousands", "lakhs", "crores", "millions", "billions", "trillions",
  ])
}
