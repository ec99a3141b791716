import Bytes

/// What stands before an amount of money, or right behind its number: a sign, a code of ISO 4217, the short form of a country's
/// press. By its letters as they are written.
public struct CurrencySign: Sendable {
  /// Of ISO 4217.
  public let code: StaticString
  /// One capital, “N” of “N2.5bn”, which names roads and cameras too: only a large number makes money of it.
  public let isOneLetter: Bool

  public static subscript(hash: WordHash) -> CurrencySign? { table[hash] }

  /// Bytes of the longest one.
  public static let longest = 5

  /// The codes that a text may write for a currency. Those that are usual words in capitals (ALL, TOP) are left out.
  private static let codes: [StaticString] = [
    "AED", "AFN", "AMD", "AOA", "ARS", "AUD", "AZN", "BAM", "BBD", "BDT", "BGN", "BHD", "BIF", "BND", "BOB", "BRL",
    "BSD",
    "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF", "CLP", "CNY", "COP", "CRC", "CUP", "CVE", "CZK", "DJF", "DKK",
    "DOP",
    "DZD", "EGP", "ERN", "ETB", "EUR", "FJD", "GBP", "GEL", "GHS", "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HTG",
    "HUF",
    "IDR", "ILS", "INR", "IQD", "IRR", "ISK", "JMD", "JOD", "JPY", "KES", "KGS", "KHR", "KMF", "KRW", "KWD", "KYD",
    "KZT",
    "LAK", "LBP", "LKR", "LRD", "LSL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR",
    "MWK",
    "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN", "PGK", "PHP", "PKR", "PLN",
    "PYG",
    "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SLE", "SOS", "SSP", "STN", "SYP",
    "SZL",
    "THB", "TJS", "TMT", "TND", "TRY", "TTD", "TWD", "TZS", "UAH", "UGX", "USD", "UYU", "UZS", "VES", "VND", "VUV",
    "WST",
    "XAF", "XCD", "XOF", "XPF", "YER", "ZAR", "ZMW",
  ]

  private static let others: [(String, StaticString)] = [
    ("$", "USD"), ("€", "EUR"), ("£", "GBP"), ("¥", "JPY"), ("₽", "RUB"), ("₹", "INR"), ("₨", "INR"), ("₩", "KRW"),
    ("₪", "ILS"), ("₺", "TRY"), ("₴", "UAH"), ("₦", "NGN"), ("₱", "PHP"), ("₡", "CRC"), ("₫", "VND"), ("₵", "GHS"),
    ("₭", "LAK"), ("₮", "MNT"), ("₸", "KZT"), ("₼", "AZN"), ("₾", "GEL"), ("₲", "PYG"), ("฿", "THB"), ("৳", "BDT"),
    ("US$", "USD"), ("A$", "AUD"), ("AU$", "AUD"), ("AUD$", "AUD"), ("C$", "CAD"), ("CA$", "CAD"), ("CAD$", "CAD"),
    ("HK$", "HKD"), ("NZ$", "NZD"), ("S$", "SGD"), ("SG$", "SGD"), ("R$", "BRL"), ("NT$", "TWD"), ("N$", "NAD"),
    ("Z$", "ZWL"), ("ZW$", "ZWL"), ("J$", "JMD"), ("TT$", "TTD"), ("MX$", "MXN"), ("COP$", "COP"), ("CLP$", "CLP"),
    ("EC$", "XCD"), ("BZ$", "BZD"), ("G$", "GYD"), ("FJ$", "FJD"), ("USD$", "USD"), ("RD$", "DOP"), ("B$", "BND"),
    ("GH₵", "GHS"), ("GH¢", "GHS"), ("GHC", "GHS"), ("GHc", "GHS"), ("Rs", "INR"), ("Rs.", "INR"), ("INR.", "INR"),
    ("Rp", "IDR"), ("Rp.", "IDR"), ("RM", "MYR"), ("RMB", "CNY"), ("Tk", "BDT"), ("Tk.", "BDT"), ("BTK", "BDT"),
    ("Dh", "AED"), ("Dhs", "AED"), ("Dhs.", "AED"), ("Dh.", "AED"), ("KSh", "KES"), ("Ksh", "KES"), ("KSH", "KES"),
    ("Kshs", "KES"), ("Ksh.", "KES"), ("Kshs.", "KES"), ("Sh", "KES"), ("Sh.", "KES"), ("Shs", "UGX"), ("Shs.", "UGX"),
    ("USh", "UGX"), ("Ush", "UGX"), ("TSh", "TZS"), ("Tsh", "TZS"), ("Php", "PHP"), ("PhP", "PHP"), ("Php.", "PHP"),
    ("NIS", "ILS"), ("KD", "KWD"), ("BD", "BHD"), ("QR", "QAR"), ("SR", "SAR"), ("RO", "OMR"), ("JD", "JOD"),
    ("LE", "EGP"),
    ("FCFA", "XOF"), ("CFA", "XOF"), ("MK", "MWK"), ("Le", "SLE"), ("Frw", "RWF"), ("FRw", "RWF"), ("Kz", "AOA"),
    ("Nu", "BTN"), ("Nu.", "BTN"), ("NRs", "NPR"), ("NRs.", "NPR"), ("SLR", "LKR"), ("Rf", "MVR"), ("Bs", "VES"),
    ("Bs.", "VES"), ("Birr", "ETB"), ("Kč", "CZK"),
  ]

  private static let letters: [(String, StaticString)] = [
    ("N", "NGN"), ("R", "ZAR"), ("K", "ZMW"), ("P", "PHP"), ("Q", "GTQ"),
  ]

  private static let table: WordTable<CurrencySign> = {
    var table = WordTable<CurrencySign>(capacity: 512)
    for code in codes {
      table.insert(code.withUTF8Buffer { WordHash($0) }, CurrencySign(code: code, isOneLetter: false))
    }
    for (sign, code) in others { table.insert(WordHash(sign.utf8), CurrencySign(code: code, isOneLetter: false)) }
    for (sign, code) in letters { table.insert(WordHash(sign.utf8), CurrencySign(code: code, isOneLetter: true)) }
    return table
  }()
}
