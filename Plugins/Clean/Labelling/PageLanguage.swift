import Bytes
import Lexicon
import StageKit

/// What tells running text from labels in the language that most longer blocks of a page are in.
struct PageLanguage {
  /// What is known of the language's words.
  enum Words: Int, CaseIterable { case english, listed, none }

  private(set) var words = Words.english
  /// Of the language's function words in `Lexicon.languages`, where they are listed.
  private(set) var trait = WordTraits()

  /// English, and what says nothing else.
  init() {}

  init(_ page: Page) {
    let sample = Self.sample(page)
    let code = TextLanguage.code(of: sample.span)
    if let code {
      set(code)
    } else if Self.isForeign(sample.span) {
      words = .none
    }
  }

  private mutating func set(_ code: String) {
    if code == "en" { return }
    if let trait = TextLanguage.trait(of: code) {
      (words, self.trait) = (.listed, trait)
    } else {
      words = .none
    }
  }

  // MARK: The sample

  private static let mostBlocks = 24
  /// Bytes of each block.
  private static let piece = 240
  /// Bytes; shorter blocks are labels more often than prose.
  private static let shortest = 60

  /// The beginnings of longer blocks from all over the page, less what is known to stand beside the article.
  private static func sample(_ page: Page) -> [UInt8] {
    let apart: Block.Context = [.nav, .footer, .form, .hidden]
    func isProse(_ block: Block) -> Bool {
      block.span.count >= shortest && Int(block.linkBytes) * 3 < block.span.count
        && block.context.isDisjoint(with: apart)
    }
    var count = 0
    for block in page.blocks where isProse(block) { count += 1 }
    let takesAll = count == 0
    if takesAll { count = page.blocks.count }
    let step = max(1, count / mostBlocks)
    var sample: [UInt8] = []
    sample.reserveCapacity(mostBlocks * (piece + 1))
    let bytes = page.bytes.span
    var number = 0
    for block in page.blocks where takesAll || isProse(block) {
      number += 1
      if (number - 1) % step != 0 { continue }
      var end = min(block.span.end, block.span.start + piece)
      if end < block.span.end { end = max(block.span.start, UTF8Scalar.start(before: end + 1, in: bytes)) }
      for at in Range(from: block.span.start, upTo: end) { sample.append(bytes[at]) }
      sample.append(0x0A)
      if sample.count >= mostBlocks * piece { break }
    }
    return sample
  }

  // MARK: Languages that are not told

  /// Whether a text that is in no language known here is in another than English: one in another script, or one that is
  /// long and has next to no function word of English.
  private static func isForeign(_ sample: Span<UInt8>) -> Bool {
    var (letters, others, words, running) = (0, 0, 0, 0)
    var (word, length) = (WordHash.Builder(), 0)
    let lexicon = Lexicon.english
    func close() {
      if length == 0 { return }
      words += 1
      if lexicon.has(.running, word.hash) { running += 1 }
      (word, length) = (WordHash.Builder(), 0)
    }
    for at in 0..<sample.count {
      let byte = sample[at]
      if byte.isLetter || byte >= 0x80 {
        if byte < 0x80 { letters += 1 } else { others += 1 }
        word.add(byte.lowered)
        length += 1
      } else {
        close()
      }
    }
    close()
    return others > letters || words >= enoughWords && running * 100 < words * fewRunning
  }

  private static let enoughWords = 60
  /// Per cent of the words.
  private static let fewRunning = 12
}
