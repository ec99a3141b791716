/// The letters of a text that are of other scripts than Latin.
struct ScriptCounts {
  /// Scripts in which several of the languages known here are written.
  enum Shared { case latin, cyrillic, arabic, devanagari }

  enum Main {
    /// The script of one language.
    case own(String)
    case shared(Shared)
    case unknown
  }

  private var cyrillic = 0
  private var greek = 0
  private var hebrew = 0
  private var arabic = 0
  private var han = 0
  private var kana = 0
  private var hangul = 0
  /// Of Devanagari and the scripts after it, in blocks of 128 code points.
  private var southern = InlineArray<16, Int32>(repeating: 0)
  private var armenian = 0
  private var ethiopic = 0
  private var khmer = 0

  /// The languages of the blocks; Devanagari comes first.
  private static let southernCodes = [
    "", "bn", "pa", "gu", "or", "ta", "te", "kn", "ml", "si", "th", "lo", "bo", "bo", "my", "ka",
  ]

  /// Counts a character that is not ASCII.
  ///
  /// - Returns: whether it is a Latin letter, and so part of a word.
  mutating func take(_ value: UInt32) -> Bool {
    switch value {
    case 0xC0...0x24F, 0x1E00...0x1EFF: return value != 0xD7 && value != 0xF7
    case 0x400...0x52F: cyrillic += 1
    case 0x370...0x3FF, 0x1F00...0x1FFF: greek += 1
    case 0x531...0x586: armenian += 1
    case 0x5D0...0x5EA: hebrew += 1
    case 0x620...0x6FF: arabic += 1
    case 0x900...0x10FF: southern[Int((value - 0x900) >> 7)] += 1
    case 0x1200...0x137F: ethiopic += 1
    case 0x1780...0x17FF: khmer += 1
    case 0x3041...0x30FF: kana += 1
    case 0x3400...0x9FFF: han += 1
    case 0xAC00...0xD7A3: hangul += 1
    default: break
    }
    return false
  }

  /// The script that most of the text is in.
  ///
  /// - Parameter latinWords: of the same text.
  func main(latinWords: Int) -> Main {
    var (all, most, block) = (cyrillic + greek + hebrew + arabic + kana + han + hangul, Int32(0), 0)
    all += armenian + ethiopic + khmer
    for index in southern.indices {
      all += Int(southern[index])
      if southern[index] > most { (most, block) = (southern[index], index) }
    }
    // A Latin word has five letters, more or less.
    guard all >= 8, all > latinWords * 5 else { return latinWords > 0 ? .shared(.latin) : .unknown }
    if cyrillic * 2 > all { return .shared(.cyrillic) }
    if arabic * 2 > all { return .shared(.arabic) }
    if greek * 2 > all { return .own("el") }
    if hebrew * 2 > all { return .own("he") }
    if hangul * 2 > all { return .own("ko") }
    if (kana + han) * 2 > all { return .own(kana * 10 > kana + han ? "ja" : "zh") }
    if armenian * 2 > all { return .own("hy") }
    if ethiopic * 2 > all { return .own("am") }
    if khmer * 2 > all { return .own("km") }
    if Int(most) * 2 > all { return block == 0 ? .shared(.devanagari) : .own(Self.southernCodes[block]) }
    return .unknown
  }
}
