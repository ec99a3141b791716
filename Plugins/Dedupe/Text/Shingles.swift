/// Takes the words of a text as they come, and where its lines end.
protocol WordSink {
  mutating func add(_ word: UInt64)
  mutating func endLine()
}

/// What takes the words of an article's text.
protocol ShingleSink: WordSink {
  var wordCount: Int { get }
  mutating func beginBody()
}

/// The word 5-grams of a text as they come: hashes of 32 bits, with repeats.
///
/// Lines that are no part of the article by their words, such as the publisher's terms, count as words and make no 5-grams.
struct Shingles: ShingleSink {
  /// Words in a shingle.
  static let width = 5
  /// Of a hash, in a sketch: two texts of 700 shingles share one by chance in a hundred pairs; a third of the sketch's
  /// space is saved. Keys are the whole 32 bits.
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
  /// Words that make shingles.
  private var shingledWords = 0
  private var line = LineStart()
  private let notices = NoticeWords.shared

  /// What was there when the line began, and what its words say of it.
  private struct LineStart {
    var hashCount = 0
    var wordCount = 0
    var shingledWords = 0
    var window: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    var cues = NoticeCues()
  }

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
    line.cues.add(word, behind: window.3, of: notices)
    shingledWords += 1
    if shingledWords >= Self.width { hashes.append(UInt32(truncatingIfNeeded: whole(with: word) >> 32)) }
    window = (window.1, window.2, window.3, word)
  }

  /// The hash of the last four words and another one, of which the first bits are kept.
  @inline(__always)
  func whole(with word: UInt64) -> UInt64 {
    // A polynomial, so that the order of the words counts.
    let base: UInt64 = 0xD6E8_FEB8_6659_FD93
    var sum = window.0 &* base &+ window.1
    sum = sum &* base &+ window.2
    sum = sum &* base &+ window.3
    sum = sum &* base &+ word
    return mixed(sum)
  }

  mutating func endLine() {
    if line.cues.isNotice(words: wordCount - line.wordCount) {
      // As if it did not stand there: what is before and behind it is read as one.
      hashes.removeLast(hashes.count - line.hashCount)
      shingledWords = line.shingledWords
      window = line.window
    }
    line = LineStart(
      hashCount: hashes.count, wordCount: wordCount, shingledWords: shingledWords, window: window,
      cues: NoticeCues(after: line.cues))
  }
}
