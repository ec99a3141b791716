import Bytes

/// What language a text is in: by its script where the script is that of one language, by function words where it is plainly
/// English, by sequences of letters elsewhere. None is told rather than a wrong one.
///
/// Words with a capital count only where there is little else: a name says nothing of the language around it. One pass or
/// two, no allocation per word.
public enum TextLanguage {
  /// Bytes that are looked at: some seven hundred words.
  private static let sample = 1 << 12

  /// ISO 639-1, lower case; `nil` where the text is too short, a list, or in none of the languages known here.
  ///
  /// - Parameter text: valid UTF-8.
  public static func code(of text: Span<UInt8>) -> String? {
    let count = min(text.count, sample)
    var words = Words()
    var scripts = ScriptCounts()
    let lexicon = Lexicon.languages
    var (at, word, length) = (0, WordHash.Builder(), 0)
    while at < count {
      let byte = text[at]
      let small = byte | 0x20
      if small >= 0x61, small <= 0x7A {
        word.add(small)
        length += 1
        at += 1
        continue
      }
      if byte >= 0x80 {
        let bytes = min(UTF8Scalar.length(first: byte), count - at)
        let value = bytes > 1 ? UTF8Scalar.decode(text, at: at).value : 0
        if scripts.take(value) {
          for offset in Range(from: at, count: bytes) { word.add(text[offset]) }
          length += bytes
          at += bytes
          continue
        }
        at += bytes
      } else {
        at += 1
      }
      if length > 0 {
        words.add(word.hash, length, lexicon)
        (word, length) = (WordHash.Builder(), 0)
      }
    }
    if length > 0 { words.add(word.hash, length, lexicon) }

    switch scripts.main(latinWords: words.count) {
    case .own(let code): return code
    case .unknown: return nil
    case .shared(let script):
      if script == .devanagari { return DevanagariWords.code(of: text, upTo: count) }
      if script == .latin, words.isPlainlyEnglish { return "en" }
      let found = LanguageScores(text, upTo: count, script).found
      if let code = found.code { return code }
      guard script == .latin else { return nil }
      // A short line has too few letters for the rest. A word or two of English may do, or some of the best language.
      if words.looksEnglish, found.isShort || found.best == "en" { return "en" }
      return found.best == words.most ? found.best : nil
    }
  }

  // MARK: - Words

  private static let listed = LexiconFilter(of: .languages) { _ in true }

  private struct Words {
    var count = 0
    /// Of each language, in the order of `codes`; a sample has fewer words than a lane counts.
    private var hits = SIMD16<UInt16>()

    private let listed = TextLanguage.listed

    @inline(__always)
    mutating func add(_ word: WordHash, _ length: Int, _ lexicon: Lexicon) {
      count += 1
      if length <= TextLanguage.longestWord, listed.mayHold(word) { add(lexicon[word].traits.rawValue) }
    }

    /// - Parameter languages: those that have the word, a bit each.
    private mutating func add(_ languages: UInt128) {
      let bits = SIMD16<UInt16>(
        1, 2, 4, 8, 0x10, 0x20, 0x40, 0x80, 0x100, 0x200, 0x400, 0x800, 0x1000, 0x2000, 0x4000, 0x8000)
      let having = SIMD16(repeating: UInt16(truncatingIfNeeded: languages)) & bits .== bits
      hits.replace(with: hits &+ 1, where: having)
    }

    private var english: (most: Int, next: Int) {
      let next = codes.indices.dropFirst().reduce(0) { max($0, Int(hits[$1])) }
      return (Int(hits[0]), next)
    }

    /// Whether the function words alone say so: they are a third of any running text.
    var isPlainlyEnglish: Bool {
      let (most, next) = english
      return most >= 4 && most * 100 >= count * 22 && most >= next * 2
    }

    /// Whether a word or two say so.
    var looksEnglish: Bool {
      let (most, next) = english
      return most > 0 && most * 100 >= count * 8 && most * 2 >= next * 3
    }

    /// The language that some function words tell, where no other has as many.
    var most: String? {
      let best = codes.indices.reduce(0) { hits[$1] > hits[$0] ? $1 : $0 }
      let isAlone = !codes.indices.contains { $0 != best && hits[$0] >= hits[best] }
      return isAlone && hits[best] >= 3 && Int(hits[best]) * 100 >= count * 25 ? codes[best] : nil
    }
  }

  /// ISO 639-1, English first: the languages that have frequent words in `lists/`.
  public static let codes = [
    "en", "de", "fr", "es", "pt", "it", "nl", "sv", "da", "no", "fi", "pl", "cs", "hu", "ro", "tr",
  ]

  /// What the words of a language have in `Lexicon.languages`; `nil` where none of them are listed.
  public static func trait(of code: String) -> WordTraits? {
    codes.firstIndex(of: code).map { WordTraits(rawValue: 1 << UInt128($0)) }
  }

  /// Bytes; longer words are not looked up.
  public static let longestWord = 8
}
