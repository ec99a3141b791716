import StageKit

/// Finds the headline of a plain-text page among the lines before the body.
enum LineTitle {
  private static let furthest = 40
  /// Bytes; no headline is longer.
  private static let longest = 1000

  /// The title, and the block that it stands in.
  static func find(_ page: Page, _ facts: PageFacts, bodyStart: Int) -> (title: Snippet?, block: Int?) {
    let last = min(bodyStart, page.blocks.count - 1)
    let bytes = page.bytes.span
    guard last >= 0 else { return (nil, nil) }
    // The window's title comes first in many dumps, with the headline in it.
    let window = page.blocks[0].span.count <= longest ? BodyWriter.plain(page, page.blocks[0].span) : []
    let topic = topicWords(page, facts, from: bodyStart)
    var best: (score: Int, block: Int)?
    for index in stride(from: last, through: max(0, last - furthest), by: -1) {
      let own = facts.blocks[index]
      guard page.blocks[index].span.count <= longest, own.words >= 2, own.words <= 30, own.start != .lower,
        own.start != .closing, own.start != .bullet,
        own.end != .comma, own.end != .openQuote, own.marker.isEmpty, facts.shapes[index] != .good
      else { continue }
      // A short sentence may open the body; before it, it may be a headline.
      if index == bodyStart, own.end == .terminal { continue }
      var score = min(Int(own.words), 8) * 3 - (last - index) / 2 + share(of: topic, in: page, index) / 3
      if own.words <= 3 { score -= 8 }
      if own.end == .terminal { score -= own.words > 16 ? 30 : 6 }
      if own.end == .colon { score -= 15 }
      score -= Int(min(2, own.chromeWords + own.legalWords + own.creditWords)) * 5
      if own.digits >= 4, own.months > 0 { score -= 15 }
      // Bars part the entries of a menu.
      if page.blocks[index].span.range.contains(where: { bytes[$0] == UInt8(ascii: "|") }) { score -= 20 }
      if index == bodyStart { score -= 4 }
      if facts.repeated[index] { score += 3 }
      if page.blocks[index].context.contains(.blankBefore) { score += 3 }
      if index > 0, own.words >= 3, holds(window, BodyWriter.plain(page, page.blocks[index].span)) { score += 30 }
      for next in index + 1..<min(index + 4, facts.blocks.count) where followsTitle(facts.blocks[next]) {
        score += 8
        break
      }
      if best.map({ score >= $0.score }) ?? true { best = (score, index) }
    }
    guard let best, best.score > 0 else { return (nil, nil) }
    var title = page.snippet(page.blocks[best.block].span)
    if best.block == 0, bodyStart > 3 { title.text = DeclaredTitle.withoutSite(title.text) }
    return (title, best.block)
  }

  /// The words of the first paragraphs that carry meaning.
  private static func topicWords(_ page: Page, _ facts: PageFacts, from bodyStart: Int) -> WordTable<Bool> {
    var topic = WordTable<Bool>(capacity: 512)
    var words = 0
    for index in bodyStart..<facts.blocks.count where facts.shapes[index] == .good {
      BlockFacts.words(page.bytes.span, page.blocks[index].span) { word, length in
        if length >= 4 { topic.insert(word, true) }
      }
      words += Int(facts.blocks[index].words)
      if words > 300 { break }
    }
    return topic
  }

  /// Whether the text holds the piece.
  private static func holds(_ text: [UInt8], _ piece: [UInt8]) -> Bool {
    guard let first = piece.first, piece.count <= text.count else { return false }
    for at in 0...text.count - piece.count where text[at] == first {
      if text[at..<at + piece.count].elementsEqual(piece) { return true }
    }
    return false
  }

  /// How many of the block's words, in hundred, the article is about.
  private static func share(of topic: WordTable<Bool>, in page: Page, _ index: Int) -> Int {
    var (found, all) = (0, 0)
    BlockFacts.words(page.bytes.span, page.blocks[index].span) { word, length in
      guard length >= 4, Lexicon.words[word]?.contains(.function) != true else { return }
      all += 1
      if topic[word] != nil { found += 1 }
    }
    return all == 0 ? 0 : found * 100 / max(3, all)
  }

  /// A byline or a date.
  private static func followsTitle(_ facts: BlockFacts) -> Bool {
    facts.marker.contains(.byline) || (facts.months > 0 && facts.digits > 0 && facts.words < 12)
  }
}
