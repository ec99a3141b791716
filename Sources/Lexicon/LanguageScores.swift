import Bytes

/// How well the letters of a text go with each language of a script. A word that follows itself says nothing more.
struct LanguageScores {
  /// What words say, those with a capital apart.
  private struct Sums {
    var plain = LetterSequences.Scores(repeating: 0)
    var capital = LetterSequences.Scores(repeating: 0)
    var plainCount = 0
    var capitalCount = 0
    var plainWords = 0
  }

  private var sums = Sums()
  /// Whether a word without a capital has a letter that English has not.
  private var hasMarks = false
  private let script: ScriptCounts.Shared
  /// Languages that have each letter of Cyrillic that was found and that not all languages have.
  private var telling: [[String]] = []

  /// As many words without a capital are enough to do without the others.
  private static let enoughWords = 5
  /// Sequences; of fewer nothing is told.
  private static let fewest = 12
  /// Of a text in Latin letters, but for English: a short line in plain letters is as likely as not one in English, one with letters
  /// that English has not is seldom.
  private static let (fewestPlain, fewestMarked) = (70, 24)
  /// What the best language must have over the next one: in all, and for each sequence, in hundredths.
  private static let leastLead = (all: 600, each: 3)
  /// What the best language must have for each sequence, in hundredths: less is another language, or none.
  private static let leastLatin = 135
  private static let leastOther = 50

  /// - Parameter text: valid UTF-8; of a character that the end cuts nothing is read.
  init(_ text: Span<UInt8>, upTo end: Int, _ script: ScriptCounts.Shared) {
    self.script = script
    let table = LetterSequences.table
    var (at, key, length, isCapital) = (0, UInt64(0), 0, false)
    var (word, last, before) = (FNV1a(), UInt64(0), sums)
    func endWord() {
      if length == 0 { return }
      finish(key, length, isCapital, table)
      if word.value == last { sums = before }
      (last, before) = (word.value, sums)
      (key, length, word) = (0, 0, FNV1a())
    }
    while at < end {
      let (value, bytes) = UTF8Scalar.decode(text, at: at)
      at += bytes
      guard let letter = Self.lowered(value, script) else {
        endWord()
        continue
      }
      if length == 0 { isCapital = letter != value }
      if letter >= 0x80, !isCapital { hasMarks = true }
      if script == .cyrillic { note(letter) }
      key = key << 13 | UInt64(letter)
      length += 1
      word.add(UInt64(letter))
      if length >= 3 { add(key & 0x7F_FFFF_FFFF, isCapital, table) }
      if length >= 4 { add(key & 0xF_FFFF_FFFF_FFFF, isCapital, table) }
    }
    endWord()
  }

  /// Letters that only some languages have.
  private mutating func note(_ letter: UInt32) {
    guard telling.count < 8 else { return }
    switch letter {
    case 0x44A: telling.append(["bg", "ru", "kk", "mn"])
    case 0x44B, 0x44D: telling.append(["ru", "be", "kk", "mn"])
    case 0x456: telling.append(["uk", "be", "kk"])
    case 0x457, 0x454, 0x491: telling.append(["uk"])
    case 0x45E: telling.append(["be"])
    case 0x458, 0x459, 0x45A, 0x45F: telling.append(["sr", "mk"])
    case 0x453, 0x45C, 0x455: telling.append(["mk"])
    case 0x452, 0x45B: telling.append(["sr"])
    default: break
    }
  }

  private mutating func finish(_ key: UInt64, _ length: Int, _ isCapital: Bool, _ table: LetterSequences) {
    if length == 2 { add(key, isCapital, table) }
    if length > 1, !isCapital { sums.plainWords += 1 }
  }

  @inline(__always)
  private mutating func add(_ key: UInt64, _ isCapital: Bool, _ table: LetterSequences) {
    if isCapital {
      sums.capitalCount += 1
      table.add(key, to: &sums.capital)
    } else {
      sums.plainCount += 1
      table.add(key, to: &sums.plain)
    }
  }

  /// The language, where one stands out; the best one; and whether there is too little to tell.
  var found: (code: String?, best: String?, isShort: Bool) {
    let table = LetterSequences.table
    let takesAll = sums.plainWords < Self.enoughWords
    let count = sums.plainCount + (takesAll ? sums.capitalCount : 0)
    if count < Self.fewest { return (nil, nil, true) }
    func score(_ language: Int) -> Int {
      // A name or two may be written with a letter of another language.
      let code = telling.isEmpty ? "" : table.code(language)
      if telling.count(where: { !$0.contains(code) }) * 2 > telling.count { return 0 }
      return Int(sums.plain[language]) + (takesAll ? Int(sums.capital[language]) : 0)
    }
    var best = 0
    for language in sums.plain.indices where score(language) > score(best) { best = language }
    var next = 0
    for language in sums.plain.indices where !table.isSame(language, best) { next = max(next, score(language)) }
    let (most, lead) = (score(best), score(best) - next)
    if most == 0 { return (nil, nil, false) }
    let least = script == .latin ? Self.leastLatin : Self.leastOther
    let standsOut = lead >= Self.leastLead.all && lead >= Self.leastLead.each * count && most >= least * count
    let code = table.code(best)
    let fewest = hasMarks ? Self.fewestMarked : Self.fewestPlain
    let isLong = script != .latin || code == "en" || count >= fewest
    return (standsOut && isLong ? code : nil, code, !isLong)
  }

  // MARK: Letters

  /// The letter in lower case; `nil` where the character is no letter of the script.
  @inline(__always)
  private static func lowered(_ value: UInt32, _ script: ScriptCounts.Shared) -> UInt32? {
    if value < 0x80 {
      guard script == .latin, value | 0x20 >= 0x61, value | 0x20 <= 0x7A else { return nil }
      return value | 0x20
    }
    switch script {
    case .latin: return lowered(latin: value)
    case .cyrillic:
      switch value {
      case 0x410...0x42F: return value + 0x20
      case 0x400...0x40F: return value + 0x50
      case 0x430...0x45F: return value
      case 0x48A...0x4BF, 0x4D0...0x52F: return value | 1
      default: return nil
      }
    case .arabic:
      switch value {
      case 0x620...0x64A, 0x66E, 0x66F, 0x671...0x6D3, 0x6D5: return value
      default: return nil
      }
    case .devanagari: return nil
    }
  }

  private static func lowered(latin value: UInt32) -> UInt32? {
    switch value {
    case 0xC0...0xDE: return value == 0xD7 ? nil : value + 0x20
    case 0xDF...0xFF: return value == 0xF7 ? nil : value
    // Dotted capital I.
    case 0x130: return 0x69
    case 0x178: return 0xFF
    case 0x139...0x148, 0x179...0x17E: return value & 1 == 1 ? value + 1 : value
    case 0x100...0x177: return value | 1
    case 0x18F: return 0x259
    case 0x1AF: return 0x1B0
    case 0x1A0...0x1A5, 0x218...0x21B, 0x1E00...0x1E95, 0x1EA0...0x1EFF: return value | 1
    case 0x180...0x24F, 0x259: return value
    default: return nil
    }
  }
}
