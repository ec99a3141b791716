/// The word 5-grams of a text as they come: hashes of `bits` bits, with repeats.
struct Shingles {
  /// Words in a shingle.
  static let width = 5
  /// Two texts of 700 shingles share one by chance in a hundred pairs; a third of the sketch's space is saved.
  static let bits = 26

  private(set) var hashes: [UInt32] = []
  private(set) var wordCount = 0
  /// Over all words in their order.
  private(set) var textHash: UInt64 = 0
  /// The same over the words since `beginBody`.
  private(set) var bodyHash: UInt64 = 0
  /// Words before `beginBody`; 0 where it was not called.
  private(set) var headlineWordCount = 0
  private var window: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  /// - Parameter byteCount: of the text, to make room once.
  init(byteCount: Int) { hashes.reserveCapacity(byteCount / 5) }

  /// All words so far are a headline.
  mutating func beginBody() {
    headlineWordCount = wordCount
    bodyHash = 0
  }

  @inline(__always)
  private static func hash(_ state: UInt64, _ word: UInt64) -> UInt64 {
    let product = (state ^ word) &* 0x9E37_79B9_7F4A_7C15
    return product ^ product >> 29
  }

  @inline(__always)
  mutating func add(_ word: UInt64) {
    wordCount += 1
    textHash = Self.hash(textHash, word)
    bodyHash = Self.hash(bodyHash, word)
    if wordCount >= Self.width {
      // A polynomial, so that the order of the words counts.
      let base: UInt64 = 0xD6E8_FEB8_6659_FD93
      var sum = window.0 &* base &+ window.1
      sum = sum &* base &+ window.2
      sum = sum &* base &+ window.3
      sum = sum &* base &+ word
      hashes.append(UInt32(truncatingIfNeeded: mixed(sum) >> (64 - Self.bits)))
    }
    window = (window.1, window.2, window.3, word)
  }
}
