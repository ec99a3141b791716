import Bytes

/// Facts of scripts other than Latin, Greek and Cyrillic.
enum Script {
  /// Whether the character is a letter of a script without capitals.
  static func isCaseless(_ value: UInt32) -> Bool {
    switch value {
    // Hebrew to Tibetan, Myanmar to Ethiopic, Khmer; less digits and marks, that are no start or end of a line mostly.
    case 0x5D0...0x60B, 0x620...0x669, 0x66E...0x6D3, 0x6D5...0x963, 0x970...0x104A, 0x1050...0x109F, 0x10D0...0x1360,
      0x1780...0x17D3:
      true
    case 0x3005...0x3007, 0x3041...0x30FA, 0x30FC...0x318F, 0x3400...0x9FFF, 0xA960...0xA97F, 0xAC00...0xD7FF,
      0xF900...0xFAFF, 0xFB1D...0xFDFF, 0xFE70...0xFEFC, 0xFF66...0xFF9D, 0x20000...0x3FFFF:
      true
    default: false
    }
  }

  /// Whether the character is one of a script that has no spaces between words: Chinese, Japanese, Thai, Lao, Burmese,
  /// Khmer.
  static func isDense(_ value: UInt32) -> Bool {
    switch value {
    case 0xE00...0xEFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3040...0x30FF, 0x3400...0x9FFF: true
    default: false
    }
  }

  /// How much of a word the character that starts at `offset` is, in quarters, where its script has no spaces between
  /// words; 0 elsewhere. Two Chinese characters make a word, more or less, and four Thai letters.
  @inline(__always)
  static func quarters(_ bytes: Span<UInt8>, _ offset: Int) -> Int {
    let (first, second) = (bytes[offset], offset + 1 < bytes.count ? bytes[offset + 1] : 0)
    switch first {
    case 0xE3: return second >= 0x81 && second <= 0x83 || second >= 0x90 ? 2 : 0
    case 0xE4...0xE9: return 2
    case 0xE0: return second >= 0xB8 && second <= 0xBB ? 1 : 0
    case 0xE1: return second <= 0x82 || second == 0x9E || second == 0x9F ? 1 : 0
    default: return 0
    }
  }

  /// Whether the character that starts at `offset` parts clauses or sentences.
  @inline(__always)
  static func isPause(_ bytes: Span<UInt8>, _ offset: Int) -> Bool {
    let (first, second) = (bytes[offset], offset + 1 < bytes.count ? bytes[offset + 1] : 0)
    switch first {
    case 0xD8: return second == 0x8C || second == 0x9B || second == 0x9F
    case 0xDB: return second == 0x94
    case 0xE0, 0xE3, 0xEF:
      let third = offset + 2 < bytes.count ? bytes[offset + 2] : 0
      switch (first, second) {
      case (0xE0, 0xA5): return third == 0xA4 || third == 0xA5
      case (0xE3, 0x80): return third == 0x81 || third == 0x82
      case (0xEF, 0xBC): return third == 0x81 || third == 0x8C || third == 0x9A || third == 0x9B || third == 0x9F
      default: return false
      }
    default: return false
    }
  }
}
