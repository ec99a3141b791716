import Bytes

/// What language a text is in, by its script and its function words: English or not above all, and which of the commoner
/// others where there is no doubt.
///
/// Function words are a third of any running text and hardly shared between languages; words of two languages count for
/// both. One pass, no allocation per word.
public enum TextLanguage {
  /// Bytes that are looked at: some seven hundred words.
  private static let sample = 1 << 12

  /// ISO 639-1, lower case; `nil` where the text is too short, a list, or in none of the languages known here.
  ///
  /// - Parameter text: valid UTF-8.
  public static func code(of text: Span<UInt8>) -> String? {
    let count = min(text.count, sample)
    var words = Words()
    var scripts = Scripts()
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
        if scripts.take(text, at, bytes) {
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
        words.add(length <= longestWord ? lexicon[word.hash].traits.rawValue : 0)
        (word, length) = (WordHash.Builder(), 0)
      }
    }
    if length > 0 { words.add(length <= longestWord ? lexicon[word.hash].traits.rawValue : 0) }
    return scripts.code(latinWords: words.count) ?? words.code
  }

  // MARK: - Words

  private struct Words {
    var count = 0
    /// Of each language, in the order of `codes`; a sample has fewer words than a lane counts.
    private var hits = SIMD16<UInt16>()

    /// - Parameter languages: those that have the word, a bit each.
    mutating func add(_ languages: UInt128) {
      count += 1
      let bits = SIMD16<UInt16>(
        1, 2, 4, 8, 0x10, 0x20, 0x40, 0x80, 0x100, 0x200, 0x400, 0x800, 0x1000, 0x2000, 0x4000, 0x8000)
      let having = SIMD16(repeating: UInt16(truncatingIfNeeded: languages)) & bits .== bits
      hits.replace(with: hits &+ 1, where: having)
    }

    var code: String? {
      var (best, second) = (0, -1)
      for index in codes.indices.dropFirst() {
        if hits[index] > hits[best] {
          (best, second) = (index, best)
        } else if second < 0 || hits[index] > hits[second] {
          second = index
        }
      }
      let (most, next) = (Int(hits[best]), Int(hits[second]))
      // English may be told by a word or two, others by a sentence.
      if best == 0 { return most > 0 && most * 100 >= count * 8 && most * 2 >= next * 3 ? "en" : nil }
      return most >= 5 && most * 100 >= count * 18 && most * 4 >= next * 5 ? codes[best] : nil
    }
  }

  /// ISO 639-1, English first: the languages that have frequent words in `lists/`.
  public static let codes = [
    "en", "de", "fr", "es", "pt", "it", "nl", "sv", "da", "no", "fi", "pl", "cs", "hu", "ro", "tr",
  ]
  /// Bytes; longer words are not looked up.
  public static let longestWord = 8

  // MARK: - Scripts

  /// Letters of other scripts.
  private struct Scripts {
    private var cyrillic = 0
    private var ukrainian = 0
    private var russian = 0
    private var greek = 0
    private var hebrew = 0
    private var arabic = 0
    private var persian = 0
    private var thai = 0
    private var han = 0
    private var kana = 0
    private var hangul = 0

    /// - Returns: whether the character is a Latin letter, and so part of a word.
    mutating func take(_ text: Span<UInt8>, _ at: Int, _ length: Int) -> Bool {
      let value = length > 1 ? UTF8Scalar.decode(text, at: at).value : 0
      switch value {
      case 0xC0...0x24F, 0x1E00...0x1EFF: return value != 0xD7 && value != 0xF7
      case 0x400...0x4FF:
        cyrillic += 1
        if value == 0x456 || value == 0x457 || value == 0x454 { ukrainian += 1 }
        if value == 0x44B || value == 0x44D { russian += 1 }
      case 0x370...0x3FF: greek += 1
      case 0x5D0...0x5EA: hebrew += 1
      case 0x620...0x6FF:
        arabic += 1
        if value == 0x67E || value == 0x686 || value == 0x698 || value == 0x6AF { persian += 1 }
      case 0xE00...0xE7F: thai += 1
      case 0x3041...0x30FF: kana += 1
      case 0x4E00...0x9FFF: han += 1
      case 0xAC00...0xD7A3: hangul += 1
      default: break
      }
      return false
    }

    /// - Parameter latinWords: of the same text.
    func code(latinWords: Int) -> String? {
      let all = cyrillic + greek + hebrew + arabic + thai + kana + han + hangul
      // A Latin word has five letters, more or less.
      guard all >= 8, all > latinWords * 5 else { return nil }
      if cyrillic * 2 > all {
        return ukrainian * 50 > cyrillic ? "uk" : russian * 100 > cyrillic ? "ru" : nil
      }
      if greek * 2 > all { return "el" }
      if hebrew * 2 > all { return "he" }
      if arabic * 2 > all { return persian * 200 > arabic ? "fa" : "ar" }
      if thai * 2 > all { return "th" }
      if hangul * 2 > all { return "ko" }
      if (kana + han) * 2 > all { return kana * 10 > kana + han ? "ja" : "zh" }
      return nil
    }
  }
}
