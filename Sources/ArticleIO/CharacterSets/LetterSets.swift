import Bytes
import StageKit

/// One way to read the upper 128 bytes: a character set, and the letters that one language uses of it.
struct LetterSets {
  let name: String
  /// Of each upper byte.
  private let kinds: [Kind]
  private let weights: [Int]
  private let isLatin: Bool

  private enum Kind { case lower, upper, opening, closing, apostrophe, dash, space, symbol, nonsense }

  private init(_ name: String, _ table: [UInt32], common: String, rare: String) {
    self.name = name
    let letters = [(common, 3), (rare, 1)].flatMap { list, weight in list.unicodeScalars.map { ($0.value, weight) } }
    isLatin = (common.unicodeScalars.first?.value ?? 0) < 0x370
    var found: [UInt32: Int] = [:]
    for (value, weight) in letters { found[value] = weight }
    kinds = table.map(Self.kind)
    weights = table.map { value in
      if let weight = found[value] { return weight }
      guard let scalar = Unicode.Scalar(value), scalar.properties.isAlphabetic else { return 0 }
      // A capital is as common as its small letter, where that is one of the language's.
      let lowered = scalar.properties.lowercaseMapping.unicodeScalars.first?.value ?? value
      return found[lowered].map { min($0, 1) } ?? -3
    }
  }

  private static func kind(_ value: UInt32) -> Kind {
    switch value {
    case 0xFFFD, 0x80...0x9F: return .nonsense
    case 0x201C, 0x2018, 0xAB, 0x201E, 0x201A: return .opening
    case 0x201D, 0xBB: return .closing
    case 0x2019: return .apostrophe
    case 0x2013, 0x2014, 0x2026: return .dash
    case 0xA0: return .space
    default:
      guard let scalar = Unicode.Scalar(value), scalar.properties.isAlphabetic || scalar.properties.isDiacritic
      else { return .symbol }
      return scalar.properties.isUppercase ? .upper : .lower
    }
  }

  private static let ascii: [Kind] = (UInt8(0)..<0x80).map { byte in
    switch ByteClass(byte) {
    case .upper: .upper
    case .lower: .lower
    case let other where other.isAny(of: .space): .space
    default: .symbol
    }
  }

  /// How well the reading fits; more is better.
  func score(_ bytes: Span<UInt8>, _ high: [Int]) -> Int {
    let ascii = Self.ascii
    func kind(_ at: Int) -> Kind {
      if at < 0 || at >= bytes.count { return .space }
      let byte = bytes[at]
      return byte < 0x80 ? ascii[Int(byte)] : kinds[Int(byte) - 0x80]
    }
    func isLetter(_ kind: Kind) -> Bool { kind == .lower || kind == .upper }
    var score = 0
    for at in high {
      let index = Int(bytes[at]) - 0x80
      let (own, before, after) = (kinds[index], kind(at - 1), kind(at + 1))
      switch own {
      case .lower, .upper:
        score += weights[index]
        if own == .upper, before == .lower || before == .upper && after == .lower { score -= 4 }
        let isBesideASCII =
          at > 0 && bytes[at - 1] < 0x80 && isLetter(before)
          || at + 1 < bytes.count && bytes[at + 1] < 0x80 && isLetter(after)
        // Letters of other scripts stand in no Latin word, and seldom alone.
        if !isLatin { score -= isBesideASCII ? 8 : !isLetter(before) && !isLetter(after) ? 6 : 0 }
      case .opening: score += !isLetter(before) && isLetter(after) ? 4 : -1
      case .closing: score += before != .space && !isLetter(after) ? 4 : -1
      case .apostrophe: score += isLetter(before) ? 4 : before != .space && !isLetter(after) ? 3 : -1
      case .dash: score += 3
      case .space: score += 2
      case .symbol: score += isLetter(before) && isLetter(after) ? -6 : isLetter(before) || isLetter(after) ? -1 : 1
      case .nonsense: score -= 6
      }
    }
    return score
  }

  // MARK: - Sets and languages

  /// The commoner set first.
  static let candidates: [LetterSets] = readings.flatMap { name, languages in
    let table = SingleByteSets.table(name) ?? []
    return languages.map { LetterSets(name, table, common: $0.common, rare: $0.rare) }
  }

  private typealias Language = (common: String, rare: String)

  private static let western: [Language] = [
    ("é", "èêëïîöüçñáóíâäôûå"), ("éèàç", "êôâîûùëïüœæ"), ("äöüß", "é"), ("óíáéñ", "úü"), ("ãçáéó", "êíõúâàôü"),
    ("èàòù", "ìéî"), ("åäö", "éü"), ("åøæ", "éóôö"), ("áéíðþóö", "úýæ"), ("äõöü", "šž"),
  ]
  private static let central: [Language] = [
    ("ąęłóśżć", "ńź"), ("áčěířšžýé", "ďňóťúů"), ("áčíšžýé", "ľĺŕôäďňóťú"), ("áéíóöőü", "úű"), ("ăâîşţșț", "é"),
    ("čćšž", "đ"),
  ]
  private static let cyrillic: [Language] = [
    ("оеаинтсрвлкмдпу", "яыьгзбчйхжшюцщэфъё"), ("оеаинтсрвлкмдпуі", "яьгзбчйхжшюцщфїєґ"),
    ("оеаинтсрвлкмдпују", "гзбчјхжшцфљњђћџ"),
  ]
  private static let greek: [Language] = [("αοιετσνηυρπκμλς", "ωδγχθφβξζψόάίέήύώΐΰϊϋ")]

  private static let readings: [(name: String, languages: [Language])] = [
    ("windows-1252", western),
    ("windows-1251", cyrillic),
    ("windows-1250", central),
    ("iso-8859-2", central),
    ("windows-1254", [("ıçğöşü", "âîû")]),
    ("windows-1257", [("āčēīšūž", "ģķļņ"), ("ąčęėįšųūž", "")]),
    ("windows-1253", greek),
    ("iso-8859-7", greek),
    ("windows-1255", [("יוהלאתרמבשנ", "דקפחעצגסטזכםןךףץ")]),
    ("windows-1256", [("اليومنرتبةعدسفهكقحجشطصخأ", "ضذثزءئؤإغظىآچپگژ،")]),
    ("koi8-r", cyrillic),
    ("koi8-u", cyrillic),
    ("iso-8859-5", cyrillic),
    ("iso-8859-6", [("اليومنرتبةعدسفهكقحجشطصخأ", "ضذثزءئؤإغظىآ")]),
    ("windows-874", [("านรอกเงมยลวดทสตะปบคหแจพชขใไโผ", "ัิีึืุู่้๊๋์็ำๆฉซฐณธญภฝฟฎฏฑฒศษฬฮฯ")]),
    ("ibm866", cyrillic),
    ("macintosh", western),
    ("x-mac-cyrillic", cyrillic),
  ]
}
