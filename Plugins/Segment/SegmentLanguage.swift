import Bytes
import Lexicon
import StageKit

/// What the language of a text changes in where its sentences end.
struct SegmentLanguage {
  /// Read by the rules and lists of English.
  let isEnglish: Bool
  /// Not told, by the text or by who sent it: read as English with the abbreviations of all languages.
  let isUnknown: Bool
  /// “12. Juni”: a full stop behind a number makes it an ordinal.
  let hasOrdinals: Bool
  /// “;” asks a question.
  let isGreek: Bool
  /// The code and a colon: what stands before an abbreviation in the table.
  private let prefix: [UInt8]

  /// - Parameter tag: ISO 639-1, with or without a country; `nil` where nobody knows.
  init(_ tag: [UInt8]?) {
    var code = tag.map { Array(LanguageTag.language(of: $0)) } ?? []
    // Both written forms of Norwegian are in one list.
    if code == Array("nb".utf8) || code == Array("nn".utf8) { code = Array("no".utf8) }
    isUnknown = code.isEmpty
    isEnglish = code == Array("en".utf8)
    isGreek = code == Array("el".utf8)
    hasOrdinals = Self.withOrdinals.contains(WordHash(code))
    prefix = code + [UInt8(ascii: ":")]
  }

  private static let withOrdinals = WordSet([
    "de", "da", "no", "fi", "cs", "sk", "hu", "pl", "sl", "hr", "sr", "bs", "et", "lv", "tr", "is", "lb", "hsb",
  ])

  /// What a full stop behind the word means; nothing where no list of the language has it.
  func abbreviation(_ text: Span<UInt8>, _ word: ByteSpan) -> Abbreviation {
    guard !isEnglish, word.count <= Self.longest else { return .nothing }
    // A word of English text is no abbreviation of another language.
    if isUnknown, Lexicon.english.has([.common, .running], lowered: text, word) { return .nothing }
    var hash = WordHash.Builder()
    for byte in prefix { hash.add(byte) }
    var at = word.start
    while at < word.end {
      let (value, length) = UTF8Scalar.decode(text, at: at)
      UTF8Scalar.lowered(value) { hash.add($0) }
      at += length
    }
    return Lexicon.abbreviations[hash.hash].abbreviation
  }

  /// Bytes of the longest listed one.
  private static let longest = 24
}

extension UTF8Scalar {
  /// Calls back with the bytes of a letter in lower case, of the alphabets that the lists are in.
  fileprivate static func lowered(_ value: UInt32, _ take: (UInt8) -> Void) {
    let lower: UInt32 =
      switch value {
      case 0x41...0x5A, 0xC0...0xD6, 0xD8...0xDE, 0x391...0x3A9, 0x410...0x42F: value + 0x20
      case 0x400...0x40F: value + 0x50
      case 0x100...0x137, 0x14A...0x177, 0x218...0x21B, 0x490: value | 1
      case 0x139...0x148, 0x179...0x17E: value + (value & 1)
      default: value
      }
    if lower < 0x80 {
      take(UInt8(lower))
    } else if lower < 0x800 {
      take(UInt8(0xC0 | lower >> 6))
      take(UInt8(0x80 | lower & 0x3F))
    } else {
      take(UInt8(truncatingIfNeeded: 0xE0 | lower >> 12))
      take(UInt8(0x80 | lower >> 6 & 0x3F))
      take(UInt8(0x80 | lower & 0x3F))
    }
  }
}
