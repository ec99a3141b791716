import StageKit

/// Guesses the character set of bytes that are not UTF-8 and do not say what they are.
///
/// East Asian sets show by their structure: pairs of bytes, most of them in the rows of common characters. Among the
/// single-byte sets each reading is scored by the letters it gives: those that one language uses, in places where letters,
/// quotation marks and dashes stand. Equal scores go to the set that is commoner on the web.
enum CharacterSetDetection {
  /// Bytes above ASCII that are looked at.
  private static let sample = 8192

  static func name(of bytes: [UInt8]) -> String {
    let span = bytes.span
    var high: [Int] = []
    for at in bytes.indices where bytes[at] >= 0x80 {
      high.append(at)
      if high.count == sample { break }
    }
    if isMostlyUTF8(span, high) { return "utf-8" }
    if let name = MultiByteSets.name(span, high) { return name }
    var best = (score: Int.min, name: "windows-1252")
    for candidate in LetterSets.candidates {
      let score = candidate.score(span, high)
      if score > best.score { best = (score, candidate.name) }
    }
    return best.name
  }

  /// Whether all but a few of the bytes form characters, which does not happen by chance.
  private static func isMostlyUTF8(_ bytes: Span<UInt8>, _ high: [Int]) -> Bool {
    var (good, bad, next) = (0, 0, 0)
    for at in high where at >= next {
      if let length = UTF8Validity.length(bytes, at) {
        good += 1
        next = at + length
      } else {
        // A run of them is one mishap; one that the end of the bytes cut off is none.
        let start = at
        next = at + 1
        while next < bytes.count, bytes[next] >= 0x80, UTF8Validity.length(bytes, next) == nil { next += 1 }
        if next < bytes.count || next - start > 3 { bad += 1 }
      }
    }
    return good >= 2 && good >= bad * 3
  }
}

// MARK: - East Asian sets

enum MultiByteSets {
  /// Pairs of one reading.
  private struct Tally {
    var pairs = 0
    var common = 0
    var illegal = 0

    func isPlausible(_ share: Int) -> Bool {
      pairs >= 3 && illegal * 50 <= pairs && common * 100 >= pairs * share
    }
  }

  static func name(_ bytes: Span<UInt8>, _ high: [Int]) -> String? {
    // Kana first, then hangul: their rows are rows of Chinese characters elsewhere.
    if tally(bytes, high, eucJP).isPlausible(25) { return "euc-jp" }
    if tally(bytes, high, shiftJIS).isPlausible(25) { return "shift_jis" }
    if tally(bytes, high, eucKR).isPlausible(80) { return "euc-kr" }
    let (chinese, taiwanese) = (tally(bytes, high, gb18030), tally(bytes, high, big5))
    if chinese.isPlausible(75), chinese.common * taiwanese.pairs >= taiwanese.common * chinese.pairs {
      return "gb18030"
    }
    return taiwanese.isPlausible(75) ? "big5" : nil
  }

  /// What one byte and the next are: how many bytes belong together (0: not legal), and whether they are common.
  private typealias Reading = (_ lead: UInt8, _ trail: UInt8) -> (length: Int, isCommon: Bool)

  private static func tally(_ bytes: Span<UInt8>, _ high: [Int], _ reading: Reading) -> Tally {
    var tally = Tally()
    var next = 0
    for at in high where at >= next {
      let (length, isCommon) = reading(bytes[at], at + 1 < bytes.count ? bytes[at + 1] : 0)
      next = at + max(1, length)
      if length == 0 {
        tally.illegal += 1
      } else if length > 1 {
        tally.pairs += 1
        if isCommon { tally.common += 1 }
      }
    }
    return tally
  }

  private static func eucJP(_ lead: UInt8, _ trail: UInt8) -> (length: Int, isCommon: Bool) {
    if lead == 0x8F { return trail >= 0xA1 ? (3, false) : (0, false) }
    guard lead == 0x8E || lead >= 0xA1 && lead <= 0xFC, trail >= 0xA1, trail <= 0xFE else { return (0, false) }
    return (2, lead == 0xA4 || lead == 0xA5)
  }

  private static func shiftJIS(_ lead: UInt8, _ trail: UInt8) -> (length: Int, isCommon: Bool) {
    if lead >= 0xA1, lead <= 0xDF { return (1, false) }
    guard lead >= 0x81, lead <= 0x9F || lead >= 0xE0 && lead <= 0xFC, trail >= 0x40, trail != 0x7F, trail <= 0xFC
    else { return (0, false) }
    return (2, lead == 0x82 && trail >= 0x9F || lead == 0x83 && trail <= 0x96)
  }

  private static func eucKR(_ lead: UInt8, _ trail: UInt8) -> (length: Int, isCommon: Bool) {
    guard lead >= 0x81, lead <= 0xFD, trail >= 0x41, trail <= 0x5A || trail >= 0x61, trail <= 0x7A || trail >= 0x81
    else { return (0, false) }
    return (2, lead >= 0xB0 && lead <= 0xC8 && trail >= 0xA1)
  }

  private static func gb18030(_ lead: UInt8, _ trail: UInt8) -> (length: Int, isCommon: Bool) {
    guard lead >= 0x81, lead <= 0xFE else { return (0, false) }
    if trail >= 0x30, trail <= 0x39 { return (4, false) }
    guard trail >= 0x40, trail != 0x7F, trail <= 0xFE else { return (0, false) }
    // The first level of GB 2312, and its punctuation.
    return (2, lead >= 0xB0 && lead <= 0xD7 && trail >= 0xA1 || (lead == 0xA1 || lead == 0xA3) && trail >= 0xA1)
  }

  private static func big5(_ lead: UInt8, _ trail: UInt8) -> (length: Int, isCommon: Bool) {
    guard lead >= 0x87, lead <= 0xFE, trail >= 0x40, trail <= 0x7E || trail >= 0xA1, trail <= 0xFE
    else { return (0, false) }
    return (2, lead >= 0xA4 && lead <= 0xC6 || lead == 0xA1)
  }
}
