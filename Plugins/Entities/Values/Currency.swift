import Bytes
import StageKit

/// Currencies by sign, code and name, as ISO 4217 codes.
enum Currency {
  static let codes: [(String, StaticString)] = [
    ("USD", "USD"), ("EUR", "EUR"), ("GBP", "GBP"), ("JPY", "JPY"), ("CHF", "CHF"), ("CNY", "CNY"), ("RMB", "CNY"),
    ("RUB", "RUB"), ("INR", "INR"), ("AUD", "AUD"), ("CAD", "CAD"), ("NZD", "NZD"), ("SEK", "SEK"), ("NOK", "NOK"),
    ("DKK", "DKK"), ("TRY", "TRY"), ("ZAR", "ZAR"), ("BRL", "BRL"), ("MXN", "MXN"), ("KRW", "KRW"), ("PLN", "PLN"),
    ("UAH", "UAH"), ("Rs", "INR"), ("Rs.", "INR"),
  ]

  private static let signs = WordTable<StaticString>(
    codes + [
      ("$", "USD"), ("€", "EUR"), ("£", "GBP"), ("¥", "JPY"), ("₽", "RUB"), ("₹", "INR"), ("₩", "KRW"), ("₪", "ILS"),
      ("₺", "TRY"), ("₴", "UAH"), ("₦", "NGN"), ("US$", "USD"), ("A$", "AUD"), ("AU$", "AUD"), ("C$", "CAD"),
      ("CA$", "CAD"), ("HK$", "HKD"), ("NZ$", "NZD"), ("S$", "SGD"), ("R$", "BRL"), ("NT$", "TWD"),
    ])

  /// For a sign or code before a number, or a sign right behind it.
  static func sign(_ span: ByteSpan, _ text: Span<UInt8>) -> StaticString? { signs[WordHash(text, span)] }

  /// “Canadian dollars”, “roubles”
  static func name(_ noun: Word, after adjective: WordHash) -> StaticString? {
    guard noun.valueKind == .currency else { return nil }
    if noun.value == dollar, let other = dollarsOf[adjective] { return other }
    return named[noun.value]
  }

  private static let dollar = letters("USD")
  private static let dollarsOf = WordTable<StaticString>(
    [
      ("canadian", "CAD"), ("australian", "AUD"), ("singapore", "SGD"), ("taiwan", "TWD"), ("zealand", "NZD"),
      ("kong", "HKD"),
    ])

  /// By the letters as the lists hold them.
  private static let named: [UInt32: StaticString] = {
    let codes: [StaticString] = [
      "USD", "EUR", "GBP", "JPY", "CNY", "RUB", "INR", "KRW", "ILS", "TRY", "UAH", "PLN", "CHF", "ZAR", "NGN", "BRL",
      "SAR", "AED", "THB", "SEK", "HUF",
    ]
    return Dictionary(codes.map { (letters($0), $0) }, uniquingKeysWith: { first, _ in first })
  }()

  private static func letters(_ code: StaticString) -> UInt32 {
    code.withUTF8Buffer { $0.reduce(0) { $0 << 8 | UInt32($1) } }
  }
}
