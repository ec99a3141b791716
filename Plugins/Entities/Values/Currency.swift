import Bytes
import Lexicon
import StageKit

/// A currency as a text names it.
struct Currency {
  /// Of ISO 4217; `nil` where only the country could tell.
  var code: StaticString?
  /// Where currencies of several countries bear the name: which name.
  var family: Family?
  /// What a unit of the name is of the currency: a cent 0.01.
  var share = 1.0

  /// Names that currencies of several countries bear.
  enum Family: UInt8, Sendable, CaseIterable {
    case dollar, pound, rupee, peso, dinar, shilling, franc, riyal, lira, krone, dirham, kwacha
  }

  /// For a sign or code before a number, or a sign right behind it.
  static func sign(_ span: ByteSpan, _ text: Span<UInt8>) -> CurrencySign? {
    span.count <= CurrencySign.longest ? CurrencySign[WordHash(text, span)] : nil
  }

  init(code: StaticString, share: Double) {
    self.code = code
    self.share = share
  }

  /// What a sign stands for: “Rs” for the rupees of several countries.
  init(_ sign: CurrencySign) {
    code = sign.code
    family = Self.signFamilies[Self.letters(sign.code)]
  }

  /// “dollars”, “roubles”, “cents”, with the words before it, “Hong Kong”.
  init?(_ noun: Word, after adjectives: ArraySlice<Word>) {
    guard noun.mark == 0 else { return nil }
    let part = Self.parts[noun.lowered]
    guard noun.valueKind == .currency || part != nil else { return nil }
    let listed = part.map { Self.letters($0.code) } ?? noun.value
    if noun.isCapital, Self.plain[listed] == nil { return nil }
    share = part?.share ?? 1
    family = Self.families[listed]
    code = family.map { Self.needsCountry.contains($0) } ?? false ? nil : Self.named[listed]
    if let family {
      for word in adjectives.reversed() {
        guard let country = Country[word.lowered], let own = country.code(of: family) else { continue }
        code = own
        self.family = nil
        break
      }
    }
  }

  private static let parts = WordTable<(code: StaticString, share: Double)>([
    ("cent", ("USD", 0.01)), ("cents", ("USD", 0.01)), ("pence", ("GBP", 0.01)), ("penny", ("GBP", 0.01)),
    ("paise", ("INR", 0.01)), ("quid", ("GBP", 1)),
  ])

  /// What a country alone tells.
  private static let needsCountry: Set<Family> = [.peso, .dinar, .krone]

  /// Names of the lists that families have.
  private static let families = table([
    ("USD", .dollar), ("GBP", .pound), ("INR", .rupee), ("MXN", .peso), ("IQD", .dinar), ("KES", .shilling),
    ("CHF", .franc), ("SAR", .riyal), ("IRR", .riyal), ("TRY", .lira), ("NOK", .krone), ("AED", .dirham),
    ("ZMW", .kwacha),
  ])
  /// Signs that several countries write.
  private static let signFamilies = table([("INR", .rupee), ("KES", .shilling), ("AED", .dirham), ("ZMW", .kwacha)])

  private static func table(_ rows: [(StaticString, Family)]) -> [UInt32: Family] {
    Dictionary(rows.map { (letters($0.0), $0.1) }, uniquingKeysWith: { first, _ in first })
  }

  /// By the letters as the lists hold them.
  private static let named: [UInt32: StaticString] = {
    let codes: [StaticString] = [
      "USD", "EUR", "GBP", "JPY", "CNY", "RUB", "INR", "KRW", "ILS", "TRY", "UAH", "PLN", "CHF", "ZAR", "NGN", "BRL",
      "SAR", "AED", "THB", "SEK", "HUF", "GHS", "KES", "MXN", "MYR", "BDT", "IDR", "ETB", "ZMW", "BWP", "MMK", "VND",
      "KHR", "LAK", "KZT", "GEL", "AMD", "AZN", "AFN", "HNL", "GTQ", "CRC", "NIO", "PAB", "PEN", "BOB", "PYG", "VES",
      "NOK", "ISK", "CZK", "RON", "BGN", "ALL", "MZN", "AOA", "GMD", "SLE", "MRU", "SZL", "LSL", "MOP", "MVR", "MNT",
      "KGS", "TJS", "VUV", "PGK", "MGA", "ERN", "IQD", "IRR", "HTG", "MKD", "BTN",
    ]
    return Dictionary(codes.map { (letters($0), $0) }, uniquingKeysWith: { first, _ in first })
  }()

  /// Those whose names a headline may write with a capital; others are names of people and places too.
  private static let plain: [UInt32: Bool] = {
    let codes: [StaticString] = [
      "USD", "EUR", "GBP", "JPY", "CNY", "RUB", "INR", "KRW", "TRY", "CHF", "NGN", "GHS", "KES", "MXN", "MYR", "ILS",
      "SAR", "AED", "SEK", "IQD",
    ]
    return Dictionary(codes.map { (letters($0), true) }, uniquingKeysWith: { first, _ in first })
  }()

  static func letters(_ code: StaticString) -> UInt32 {
    code.withUTF8Buffer { $0.reduce(0) { $0 << 8 | UInt32($1) } }
  }
}

/// A country, by the currencies whose names other countries' have too.
struct Country: Sendable {
  private let index: Int

  /// By a word that tells it: “Pakistani”, “Lanka”.
  static subscript(word: WordHash) -> Country? { words[word].map { Country(index: $0) } }

  func code(of family: Currency.Family) -> StaticString? { Self.list[index].codes.first { $0.0 == family }?.1 }

  /// Of the countries that words name, the one with such a currency that is named most.
  static func code(of family: Currency.Family, in words: [Word]) -> StaticString? {
    var counts = Array(repeating: 0, count: list.count)
    for word in words where word.isCapital {
      if let country = Self.words[word.lowered] { counts[country] += 1 }
    }
    var best: (code: StaticString, count: Int)?
    for index in list.indices where counts[index] > best?.count ?? 0 {
      if let code = Country(index: index).code(of: family) { best = (code, counts[index]) }
    }
    return best?.code
  }

  private static let words: WordTable<Int> = {
    var table = WordTable<Int>(capacity: 256)
    for (index, country) in list.enumerated() {
      for word in country.words.split(separator: " ") { table.insert(WordHash(word.utf8), index) }
    }
    return table
  }()

  private static let list: [(words: String, codes: [(Currency.Family, StaticString)])] = [
    ("american u.s. us united america", [(.dollar, "USD")]), ("canadian canada", [(.dollar, "CAD")]),
    ("australian australia", [(.dollar, "AUD")]), ("singapore singaporean", [(.dollar, "SGD")]),
    ("taiwan taiwanese", [(.dollar, "TWD")]), ("zealand", [(.dollar, "NZD")]), ("kong", [(.dollar, "HKD")]),
    ("jamaican jamaica", [(.dollar, "JMD")]), ("namibian namibia", [(.dollar, "NAD")]),
    ("zimbabwean zimbabwe", [(.dollar, "ZWL")]), ("fijian fiji", [(.dollar, "FJD")]),
    ("guyanese guyana", [(.dollar, "GYD")]), ("trinidad tobago", [(.dollar, "TTD")]),
    ("barbados barbadian", [(.dollar, "BBD")]), ("liberian liberia", [(.dollar, "LRD")]),
    ("brunei", [(.dollar, "BND")]),
    ("bahamian bahamas", [(.dollar, "BSD")]), ("belize belizean", [(.dollar, "BZD")]),
    ("caribbean", [(.dollar, "XCD")]), ("british britain uk england london", [(.pound, "GBP")]),
    ("egyptian egypt cairo", [(.pound, "EGP")]), ("lebanese lebanon beirut", [(.pound, "LBP"), (.lira, "LBP")]),
    ("sudanese sudan", [(.pound, "SDG")]), ("syrian syria damascus", [(.pound, "SYP"), (.lira, "SYP")]),
    ("indian india delhi mumbai", [(.rupee, "INR")]),
    ("pakistani pakistan karachi lahore islamabad", [(.rupee, "PKR")]),
    ("lankan lanka colombo", [(.rupee, "LKR")]), ("nepali nepalese nepal kathmandu", [(.rupee, "NPR")]),
    ("mauritian mauritius", [(.rupee, "MUR")]), ("seychelles seychellois", [(.rupee, "SCR")]),
    ("mexican mexico", [(.peso, "MXN")]), ("philippine philippines filipino manila", [(.peso, "PHP")]),
    ("argentine argentina argentinian", [(.peso, "ARS")]), ("chilean chile", [(.peso, "CLP")]),
    ("colombian colombia", [(.peso, "COP")]), ("cuban cuba", [(.peso, "CUP")]), ("dominican", [(.peso, "DOP")]),
    ("uruguayan uruguay", [(.peso, "UYU")]), ("iraqi iraq baghdad", [(.dinar, "IQD")]),
    ("jordanian jordan amman", [(.dinar, "JOD")]), ("kuwaiti kuwait", [(.dinar, "KWD")]),
    ("libyan libya", [(.dinar, "LYD")]), ("tunisian tunisia", [(.dinar, "TND")]),
    ("algerian algeria", [(.dinar, "DZD")]), ("bahraini bahrain", [(.dinar, "BHD")]),
    ("serbian serbia", [(.dinar, "RSD")]), ("kenyan kenya nairobi", [(.shilling, "KES")]),
    ("ugandan uganda kampala", [(.shilling, "UGX")]), ("tanzanian tanzania", [(.shilling, "TZS")]),
    ("somali somalia", [(.shilling, "SOS")]), ("swiss switzerland", [(.franc, "CHF")]), ("cfa", [(.franc, "XOF")]),
    ("rwandan rwanda kigali", [(.franc, "RWF")]), ("burundian burundi", [(.franc, "BIF")]),
    ("congolese congo", [(.franc, "CDF")]), ("guinean guinea", [(.franc, "GNF")]), ("djibouti", [(.franc, "DJF")]),
    ("senegal senegalese ivorian ivoire ivory mali malian burkina togo benin niger", [(.franc, "XOF")]),
    ("cameroon cameroonian gabon chad", [(.franc, "XAF")]), ("saudi", [(.riyal, "SAR")]),
    ("qatari qatar doha", [(.riyal, "QAR")]), ("iranian iran tehran", [(.riyal, "IRR")]),
    ("omani oman muscat", [(.riyal, "OMR")]), ("yemeni yemen", [(.riyal, "YER")]),
    ("turkish turkey ankara", [(.lira, "TRY")]), ("norwegian norway oslo", [(.krone, "NOK")]),
    ("danish denmark copenhagen", [(.krone, "DKK")]), ("emirati uae dubai emirates", [(.dirham, "AED")]),
    ("moroccan morocco", [(.dirham, "MAD")]), ("zambian zambia", [(.kwacha, "ZMW")]),
    ("malawian malawi", [(.kwacha, "MWK")]),
  ]
}
