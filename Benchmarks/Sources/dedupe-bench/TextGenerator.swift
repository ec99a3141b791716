import StageKit

/// Makes articles of about 4 kB from 20,000 made-up words: quick, and with as many different shingles as news has.
struct TextGenerator {
  private let words: [[UInt8]]
  private let phrases: [[UInt8]]
  private var state: UInt64
  private var earlier: [[UInt8]] = []
  private var made = 0
  /// So many of them repeat an earlier one.
  private(set) var copies = 0

  init(seed: UInt64) {
    state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    var state = seed | 1
    func draw(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    let words = (0..<20_000).map { _ in (0..<(2 + draw(8))).map { _ in UInt8(97 + draw(26)) } }
    self.words = words
    // The first of them are in every other article, the last in few.
    phrases = (0..<4000).map { _ in Array((0..<11).map { _ in words[draw(3000)] }.joined(separator: [0x20])) }
  }

  private mutating func draw(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % limit
  }

  mutating func next() -> Article {
    made += 1
    let id = Array("article-\(made)".utf8)
    var text: [UInt8]
    if !earlier.isEmpty, draw(20) == 0 {
      copies += 1
      text = Array("Another beginning of the same report. ".utf8) + earlier[draw(earlier.count)]
    } else {
      text = []
      text.reserveCapacity(4300)
      while text.count < 4000 {
        if draw(20) == 0 {
          let rank = draw(4000)
          text += phrases[rank * rank / 4000]
        } else {
          for _ in 0..<11 {
            // Half of all words are of a few hundred.
            text += words[draw(2) == 0 ? draw(400) : draw(words.count)]
            text.append(0x20)
          }
        }
        text += [UInt8(ascii: "."), 0x20]
      }
      if earlier.count < 500 { earlier.append(text) } else if draw(50) == 0 { earlier[draw(500)] = text }
    }
    let source = Article.Source(
      name: id, line: nil, format: "text", encoding: "utf-8", byteCount: text.count, sha256: [])
    return Article(source: source, id: id, text: text)
  }
}
