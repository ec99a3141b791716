import Bytes
import StageKit

/// Walks the words of a text in their normal form: letters as `LetterFold` has them, without quotation marks and punctuation.
///
/// What one language writes in two letters and another in one is one: “ae”, “ä” and “æ” are all “a”.
struct WordScanner {
  /// What a byte means to a word: itself in lower case, or one of those below.
  private static let table: [UInt8] = (0...255).map { byte in
    switch UInt8(byte) {
    case 0x41...0x5A: UInt8(byte) | 0x20
    case 0x30...0x39, 0x61...0x7A: UInt8(byte)
    case UInt8(ascii: "'"), UInt8(ascii: "`"): dropped
    case UInt8(ascii: "&"): ampersand
    case 0x0A: lineEnd
    case 0x80...: multibyte
    default: separator
    }
  }
  private static let separator: UInt8 = 0
  /// Belongs to the word around it and is not counted: “Ellery's” and “Ellery’s” are one word.
  private static let dropped: UInt8 = 1
  private static let multibyte: UInt8 = 2
  private static let lineEnd: UInt8 = 3
  /// May begin a reference that somebody left in, “&nbsp;”.
  private static let ampersand: UInt8 = 4
  private static let lastSpecial = ampersand

  /// Hashes every word from `start` to the end of the text into `words`.
  static func scan(
    _ bytes: Span<UInt8>, from start: Int, to end: Int, into words: inout some WordSink, deadline: Deadline
  ) throws(StageError) {
    let (table, plain) = (Self.table, PlainLetter.table)
    var at = start
    var checkAt = start + 1 << 16
    var word = WordState()
    while at < end {
      if at >= checkAt {
        try deadline.check()
        checkAt = at + 1 << 16
      }
      let byte = table[Int(bytes[at])]
      if byte > lastSpecial {
        at = word.takePlain(bytes, from: at, to: end, plain, into: &words)
      } else if byte == separator {
        word.end(into: &words)
        at += 1
      } else if byte == dropped {
        at += 1
      } else if byte == multibyte {
        let (scalar, length) = UTF8Scalar.decode(bytes, at: at)
        at += length
        word.take(scalar, into: &words)
      } else if byte == lineEnd {
        word.end(into: &words)
        words.endLine()
        at += 1
      } else {
        let reference = CharacterReference(bytes, at: at, end: end)
        at = reference.end
        if let scalar = reference.scalar { word.take(scalar, into: &words) } else { word.end(into: &words) }
      }
    }
    word.finish(into: &words)
  }
}

/// A letter A to Z or digit, and what it does to its neighbours: told in one look, without a branch that cannot be foretold.
private struct PlainLetter {
  private let bits: UInt16

  static let none = PlainLetter(bits: 0)
  /// By byte.
  static let table: [PlainLetter] = (0...255).map { byte in
    let byte = UInt8(byte)
    guard byte.isLetter || byte.isDigit else { return none }
    let letter = UInt16(byte.lowered)
    return switch letter {
    case 0x61: PlainLetter(bits: letter | mutesE | mutesA | isA)
    case 0x65: PlainLetter(bits: letter | isE)
    case 0x6F, 0x75: PlainLetter(bits: letter | mutesE)
    default: PlainLetter(bits: letter)
    }
  }
  private static let (mutesE, mutesA): (UInt16, UInt16) = (1 << 8, 1 << 9)
  private static let (isE, isA): (UInt16, UInt16) = (mutesE << 2, mutesA << 2)

  @inline(__always)
  var isNone: Bool { bits == 0 }
  /// In small.
  @inline(__always)
  var value: UInt64 { UInt64(bits & 0xFF) }

  /// As `WordState.isMute`.
  @inline(__always)
  func isMute(behind before: PlainLetter) -> Bool { bits >> 10 & before.bits >> 8 & 3 != 0 }
}

/// A word that is being read.
private struct WordState {
  private var hash = FNV1a()
  private var last: UInt32 = 0
  /// The last letter of a script without spaces; 0 in other words.
  private var lastUnspaced: UInt32 = 0

  /// Takes the letters A to Z and digits from `start` on, and the space behind them.
  ///
  /// - Returns: where there is something else.
  @inline(__always)
  mutating func takePlain(
    _ bytes: Span<UInt8>, from start: Int, to end: Int, _ table: [PlainLetter], into words: inout some WordSink
  ) -> Int {
    if lastUnspaced != 0 { finish(into: &words) }
    var hash = hash
    var before = last < 0x80 ? table[Int(last)] : .none
    var at = start
    while at < end {
      let letter = table[Int(bytes[at])]
      if letter.isNone { break }
      if !letter.isMute(behind: before) { hash.add(letter.value) }
      before = letter
      at += 1
    }
    if at < end, bytes[at] == UInt8(ascii: " ") {
      // Most words: nothing of them goes through memory.
      words.add(mixed(hash.value))
      (self.hash, last) = (FNV1a(), 0)
      return at + 1
    }
    (self.hash, last) = (hash, UInt32(before.value))
    return at
  }

  /// “ae” is “a”, “oe” “o”, “ue” “u”, “aa” “a”.
  @inline(__always)
  private static func isMute(_ letter: UInt32, behind before: UInt32) -> Bool {
    if letter == 0x65 { return before == 0x61 || before == 0x6F || before == 0x75 }
    return letter == 0x61 && before == 0x61
  }

  /// Takes a letter or digit of a script with spaces.
  @inline(__always)
  mutating func add(_ letter: UInt32, into words: inout some WordSink) {
    if lastUnspaced != 0 { finish(into: &words) }
    let before = last
    last = letter
    if !Self.isMute(letter, behind: before) { hash.add(UInt64(letter)) }
  }

  /// At white space and punctuation. Within a script without spaces those are where the writer likes.
  @inline(__always)
  mutating func end(into words: inout some WordSink) {
    if lastUnspaced == 0 { finish(into: &words) }
  }

  mutating func finish(into words: inout some WordSink) {
    last = 0
    lastUnspaced = 0
    if hash.value == FNV1a().value { return }
    words.add(mixed(hash.value))
    hash = FNV1a()
  }

  /// Takes any character, in its normal form.
  mutating func take(_ scalar: UInt32, into words: inout some WordSink) {
    switch CharacterRole(scalar) {
    case .letter: LetterFold.forEach(scalar) { add($0, into: &words) }
    case .dropped: break
    case .separator: end(into: &words)
    case .joiner:
      // Half a space in Persian, and nothing elsewhere.
      if 0x600...0x6FF ~= last { finish(into: &words) }
    case .syllable:
      let index = scalar - 0xAC00
      add(0x1100 + index / 588, into: &words)
      add(0x1161 + index % 588 / 28, into: &words)
      if index % 28 > 0 { add(0x11A7 + index % 28, into: &words) }
    case .ideograph:
      LetterFold.forEach(scalar) { letter in
        finish(into: &words)
        add(letter, into: &words)
      }
      finish(into: &words)
    case .unspaced:
      if lastUnspaced == 0 || Self.isBorder(lastUnspaced, scalar) { finish(into: &words) }
      lastUnspaced = scalar
      hash.add(UInt64(scalar))
    case .unspacedMark: hash.add(UInt64(scalar))
    }
  }

  /// Whether a unit ends between two letters of a script without spaces. Where that is depends on the two alone, so that an
  /// edit moves the borders near it and no others; units have three letters on average.
  private static func isBorder(_ a: UInt32, _ b: UInt32) -> Bool {
    mixed(UInt64(a) << 32 | UInt64(b)) % 3 == 0
  }
}

/// The final mix of MurmurHash3: every bit of the input moves every bit of the output.
@inline(__always)
func mixed(_ value: UInt64) -> UInt64 {
  var mixed = value
  mixed ^= mixed >> 33
  mixed = mixed &* 0xFF51_AFD7_ED55_8CCD
  mixed ^= mixed >> 33
  mixed = mixed &* 0xC4CE_B9FE_1A85_EC53
  mixed ^= mixed >> 33
  return mixed
}

/// What a character means to a word.
private enum CharacterRole {
  case letter
  case dropped
  case separator
  case joiner
  /// Of Hangul, which has them composed and in parts.
  case syllable
  /// A word of its own, because its script puts no spaces between words.
  case ideograph
  /// A letter of a script that puts no spaces between words and has few letters.
  case unspaced
  /// A vowel or tone above, below or behind such a letter.
  case unspacedMark

  init(_ scalar: UInt32) {
    switch scalar {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: self = .letter
    case 0..<0x80: self = scalar == 0x27 || scalar == 0x60 ? .dropped : .separator
    // Soft hyphen, zero-width characters, single quotation marks and apostrophes.
    case 0xAD, 0x200B, 0x200D, 0x2060, 0xFEFF, 0x2018, 0x2019, 0x201B, 0x2BC, 0x2032: self = .dropped
    case 0x200C: self = .joiner
    case 0x80...0xA9, 0xAB...0xB4, 0xB6...0xB9, 0xBB...0xBF, 0xD7, 0xF7: self = .separator
    // Punctuation of Greek, Armenian, Hebrew, Arabic, Devanagari and Tibetan.
    case 0x37E, 0x387, 0x55A...0x55F, 0x589, 0x58A, 0x5BE, 0x5C0, 0x5C3, 0x5F3, 0x5F4, 0x60C, 0x61B, 0x61F,
      0x66A...0x66D,
      0x6D4, 0x964, 0x965, 0xF0B...0xF14:
      self = .separator
    case 0xE2F, 0xE3F, 0xE4F, 0xE5A, 0xE5B, 0x104A...0x104F, 0x17D4...0x17DB: self = .separator
    case 0xE50...0xE59, 0xED0...0xED9, 0x1040...0x1049, 0x17E0...0x17E9: self = .letter
    case 0xE31, 0xE34...0xE3A, 0xE47...0xE4E, 0xEB1, 0xEB4...0xEBC, 0xEC8...0xECE, 0x102B...0x103E, 0x1056...0x1059,
      0x105E...0x1060, 0x1062...0x1064, 0x1067...0x106D, 0x1071...0x1074, 0x1082...0x108D, 0x17B4...0x17D3, 0x17DD:
      self = .unspacedMark
    case 0xE00...0xEFF, 0x1000...0x109F, 0x1780...0x17FF, 0xA9E0...0xA9FF, 0xAA60...0xAA7F, 0x1950...0x19DF,
      0xA980...0xA9DF:
      self = .unspaced
    case 0x2000...0x206F, 0x20A0...0x20CF, 0x2190...0x2BFF, 0x3000...0x3004, 0x3008...0x3020: self = .separator
    case 0xFE10...0xFE1F, 0xFE30...0xFE6F, 0xFF00...0xFF0F, 0xFF1A...0xFF20, 0xFF3B...0xFF3F, 0xFF5B...0xFF65,
      0xFFF9...0xFFFD, 0x1F000...0x1FAFF, 0x30FB, 0x30A0:
      self = .separator
    case 0x3040...0x30FF, 0x3400...0x9FFF, 0xF900...0xFAFF, 0xFF66...0xFF9F, 0x20000...0x3FFFF: self = .ideograph
    case 0xAC00...0xD7A3: self = .syllable
    default: self = .letter
    }
  }
}

/// A character reference that stands in plain text because somebody forgot to read it: “&nbsp;”, “&#8217;”, “&eacute;”.
private struct CharacterReference {
  /// What it stands for; `nil` for white space, punctuation, and where there is none.
  let scalar: UInt32?
  let end: Int

  private static let longest = 10

  init(_ bytes: Span<UInt8>, at start: Int, end limit: Int) {
    var at = start + 1
    var name: UInt64 = 0
    var number: UInt32?
    if at < limit, bytes[at] == UInt8(ascii: "#") {
      at += 1
      var value: UInt32 = 0
      let first = at
      while at < limit, bytes[at].isDigit, at - first < 7 {
        value = value &* 10 &+ UInt32(bytes[at] & 0xF)
        at += 1
      }
      if at > first { number = value }
    } else {
      while at < limit, bytes[at].isLetter, at - start <= Self.longest {
        name = name << 8 | UInt64(bytes[at])
        at += 1
      }
    }
    guard at < limit, bytes[at] == UInt8(ascii: ";"), at > start + 1 else {
      (scalar, end) = (nil, start + 1)
      return
    }
    end = at + 1
    scalar = number ?? Self.letter(name, first: bytes[start + 1])
  }

  /// Letters with marks are as good as those without: both are folded.
  private static func letter(_ name: UInt64, first: UInt8) -> UInt32? {
    let endings: [StaticString] = ["acute", "grave", "circ", "tilde", "uml", "ring", "cedil", "slash", "caron"]
    switch name {
    case code("rsquo"), code("lsquo"), code("apos"), code("shy"): return 0x2019
    case code("szlig"): return 0xDF
    case code("aelig"), code("AElig"): return 0xE6
    case code("oelig"), code("OElig"): return 0x153
    default:
      for ending in endings where name & (1 << UInt64(8 * ending.utf8CodeUnitCount) - 1) == code(ending) {
        return UInt32(first)
      }
      return nil
    }
  }

  private static func code(_ name: StaticString) -> UInt64 {
    name.withUTF8Buffer { $0.reduce(0) { $0 << 8 | UInt64($1) } }
  }
}
