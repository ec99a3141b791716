import ArticleTesting
import Bytes

/// What a large article is made of. Every stage has to get through each of them.
enum LargeText: String, CaseIterable {
  /// Paragraphs of news: datelines, people, quotations, amounts, dates.
  case news
  /// The same on a single line.
  case line
  /// The same as a page.
  case page
  /// What rules look at, in any order.
  case grammar
  /// A paragraph for each word.
  case words
  case numbers
  case capitals
  /// Nothing but people.
  case names
  /// Nothing but quotations.
  case quotations

  /// - Returns: valid UTF-8 of at most `size` bytes.
  func bytes(_ size: Int) -> [UInt8] {
    var text = self == .page ? Array("<html><body><article>".utf8) : []
    text.reserveCapacity(size + 4096)
    var writer = NewsWriter()
    var grammar = ArticleGrammar(seed: 7)
    while text.count < size {
      switch self {
      case .news: text += writer.paragraph() + Array("\n\n".utf8)
      case .line: text += writer.paragraph() + Array(" ".utf8)
      case .page: text += Array("<p>".utf8) + writer.paragraph() + Array("</p>\n".utf8)
      // A text with zero bytes is refused.
      case .grammar: text += grammar.article(upTo: 2048).map { $0 == 0 ? 0x20 : $0 } + Array("\n\n".utf8)
      case .words: text += writer.word() + Array("\n\n".utf8)
      case .numbers: text += Array("\(writer.number()),\(writer.number())\t".utf8) + Array("\(writer.number())\n".utf8)
      case .capitals: text += writer.paragraph().map { $0.raised } + Array("\n\n".utf8)
      case .names: text += writer.name() + Array(", ".utf8)
      case .quotations: text += writer.quotation() + Array(" ".utf8)
      }
    }
    var end = size
    while end > 0, text[end] & 0xC0 == 0x80 { end -= 1 }
    return Array(text[..<end])
  }

  var isPage: Bool { self == .page }
}

/// Sentences that differ from each other, from a fixed seed.
private struct NewsWriter {
  private var random = SeededGenerator(state: 11)

  private static let firsts = ["Ada", "Milo", "Ruth", "Ivan", "Sana", "Otto", "Lena", "Omar"]
  private static let syllables = ["ka", "ro", "mel", "tin", "dor", "sha", "vik", "lund", "ber", "osh", "ray", "fen"]
  private static let offices = ["Mayor", "President", "Finance Minister", "police chief", "the spokesman", "Dr."]
  private static let clauses = [
    "the bridge over the river was closed", "prices rose by 4.5 percent", "the council would meet on Monday",
    "nobody had been hurt in the fire", "the company will pay $3.2 million", "the harbour froze in January 2016",
    "two of the three trains were late", "he and his sister had seen the letter",
  ]
  private static let cues = ["said", "told reporters", "warned", "added", "explained"]

  private mutating func pick(_ list: [String]) -> String { list.randomElement(using: &random) ?? "" }

  mutating func number() -> Int { Int.random(in: 0...9_999_999, using: &random) }

  mutating func word() -> [UInt8] { Array((pick(Self.syllables) + pick(Self.syllables)).utf8) }

  private mutating func surname() -> String {
    var bytes = word() + (Bool.random(using: &random) ? word() : [])
    if let first = bytes.first { bytes[0] = first.raised }
    return String(decoding: bytes, as: UTF8.self)
  }

  private mutating func person() -> String { "\(pick(Self.firsts)) \(surname())" }

  mutating func name() -> [UInt8] { Array(person().utf8) }

  mutating func quotation() -> [UInt8] { Array("“\(pick(Self.clauses)),” \(person()) \(pick(Self.cues)).".utf8) }

  mutating func paragraph() -> [UInt8] {
    let someone = surname()
    var text = Int.random(in: 0..<8, using: &random) == 0 ? "\(surname().uppercased()) (Reuters) — " : ""
    text += "\(pick(Self.offices)) \(pick(Self.firsts)) \(someone) of \(surname()) \(pick(Self.cues)) on Tuesday that "
    text += "\(pick(Self.clauses)). “\(pick(Self.clauses)), and \(pick(Self.clauses)),” \(someone) \(pick(Self.cues)). "
    text += "He \(pick(Self.cues)) \(pick(Self.clauses)) when \(person()) met him in \(surname()). "
    return Array((text + "It was the \(number())th time that \(pick(Self.clauses)).").utf8)
  }
}
