import StageKit

/// Finds money and percentages: “$5.3 billion”, “20 euros”, “3.5 per cent”.
struct AmountFinder {
  let words: [Word]
  let tokens: [Token]

  /// The amount that starts at token `at`.
  func amount(_ at: Int, _ sentence: Range<Int>, _ text: Span<UInt8>) -> Value? {
    if words[at].mark != 0 || words[at].isCapital {
      guard let unit = Self.symbol(tokens[at].span, text), at + 1 < sentence.upperBound,
        let number = number(at + 1, sentence, text, allowsWords: false)
      else { return nil }
      return value(.money, at..<number.end, number.value, unit)
    }
    guard let number = number(at, sentence, text, allowsWords: true), number.end < sentence.upperBound else {
      return nil
    }
    let after = words[number.end]
    if after.mark == UInt8(ascii: "%") || Self.percents.contains(after.lowered) {
      return value(.percent, at..<number.end + 1, number.value, "%")
    }
    if after.lowered == Self.per, number.end + 1 < sentence.upperBound, words[number.end + 1].lowered == Self.cent {
      return value(.percent, at..<number.end + 2, number.value, "%")
    }
    if let unit = Self.symbol(tokens[number.end].span, text), after.shape.has(.touching) || after.length > 2 {
      return value(.money, at..<number.end + 1, number.value, unit)
    }
    // “15 million Canadian dollars”
    let noun = after.isCapital && number.end + 1 < sentence.upperBound ? number.end + 1 : number.end
    guard let unit = Self.currency(words[noun].lowered, after: words[number.end].lowered) else { return nil }
    // “won” is a verb and pounds are weights too: large numbers only.
    if number.value < 1_000, Self.needsThousands.contains(words[noun].lowered) { return nil }
    return value(.money, at..<noun + 1, number.value, unit)
  }

  private func value(_ kind: Entity.Kind, _ range: Range<Int>, _ amount: Double, _ unit: StaticString) -> Value {
    Value(
      kind: kind, tokens: range, text: Numbers.plain(amount), amount: amount, unit: unit.withUTF8Buffer { Array($0) })
  }

  /// A number in digits or words with its scale: “5.3 billion”, “two million”.
  private func number(
    _ at: Int, _ sentence: Range<Int>, _ text: Span<UInt8>, allowsWords: Bool
  ) -> (value: Double, end: Int)? {
    var value: Double
    if words[at].shape.has(.number) {
      guard let decimal = Numbers.decimal(text, tokens[at].span) else { return nil }
      value = decimal
    } else if allowsWords, let word = Numbers.words[words[at].lowered] {
      value = word
    } else {
      return nil
    }
    var end = at + 1
    if end + 1 < sentence.upperBound, words[end].shape.contains([.hyphen]),
      Numbers.scales[words[end + 1].lowered] != nil
    {
      end += 1
    }
    while end < sentence.upperBound, let scale = Numbers.scales[words[end].lowered] {
      value *= scale
      end += 1
    }
    return (value, end)
  }

  /// ISO 4217 for a sign or code before a number.
  private static func symbol(_ span: ByteSpan, _ text: Span<UInt8>) -> StaticString? {
    if text[span.start] == UInt8(ascii: "$"), span.count == 1 { return "USD" }
    if span.count <= 4 {
      if let code = signs[WordHash(text, span)] { return code }
    }
    return nil
  }

  private static let signs = WordTable<StaticString>(
    [
      ("€", "EUR"), ("£", "GBP"), ("¥", "JPY"), ("₽", "RUB"), ("₹", "INR"), ("₩", "KRW"), ("₪", "ILS"), ("₺", "TRY"),
      ("₴", "UAH"), ("US$", "USD"), ("A$", "AUD"), ("AU$", "AUD"), ("C$", "CAD"), ("CA$", "CAD"), ("HK$", "HKD"),
      ("NZ$", "NZD"), ("S$", "SGD"), ("R$", "BRL"), ("NT$", "TWD"), ("USD", "USD"), ("EUR", "EUR"), ("GBP", "GBP"),
      ("JPY", "JPY"), ("CHF", "CHF"), ("CNY", "CNY"), ("RMB", "CNY"), ("RUB", "RUB"), ("INR", "INR"), ("AUD", "AUD"),
      ("CAD", "CAD"), ("Rs", "INR"), ("Rs.", "INR"),
    ])

  /// ISO 4217 for “Canadian dollars”, “roubles”.
  private static func currency(_ noun: WordHash, after adjective: WordHash) -> StaticString? {
    if dollars.contains(noun) { return dollarsOf[adjective] ?? "USD" }
    return currencies[noun]
  }

  private static let dollars = WordSet(["dollar", "dollars"])
  private static let dollarsOf = WordTable<StaticString>(
    [("canadian", "CAD"), ("australian", "AUD"), ("singapore", "SGD"), ("taiwan", "TWD")])
  private static let currencies = WordTable<StaticString>(
    [
      ("euro", "EUR"), ("euros", "EUR"), ("pound", "GBP"), ("pounds", "GBP"), ("yen", "JPY"), ("yuan", "CNY"),
      ("renminbi", "CNY"), ("rouble", "RUB"), ("roubles", "RUB"), ("ruble", "RUB"), ("rubles", "RUB"), ("rupee", "INR"),
      ("rupees", "INR"), ("won", "KRW"), ("shekels", "ILS"), ("lira", "TRY"), ("liras", "TRY"), ("hryvnia", "UAH"),
      ("hryvnias", "UAH"), ("zlotys", "PLN"), ("francs", "CHF"), ("rand", "ZAR"), ("naira", "NGN"), ("reais", "BRL"),
      ("riyals", "SAR"), ("dirhams", "AED"),
    ])
  private static let needsThousands = WordSet(["won", "pounds", "pound"])
  private static let percents = WordSet(["percent", "pct"])
  private static let per = WordHash("per".utf8)
  private static let cent = WordHash("cent".utf8)
}
