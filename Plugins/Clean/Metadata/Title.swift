import StageKit

/// Finds the headline: in the head and the first heading of an HTML page, before the body of a plain one.
enum Title {
  /// The title as text, and the block that it stands in where there is one.
  static func find(_ page: Page, _ facts: PageFacts, bodyStart: Int, isMarkup: Bool) -> (text: [UInt8]?, block: Int?) {
    isMarkup ? fromMarkup(page, facts, bodyStart) : fromLines(page, facts, bodyStart)
  }

  private static func fromMarkup(_ page: Page, _ facts: PageFacts, _ bodyStart: Int) -> (text: [UInt8]?, block: Int?) {
    let declared = page.head.title ?? page.head.windowTitle
    // The heading that shares most with the declared title is the headline, whole and without the site's name.
    var best: (score: Int, block: Int)?
    var first: Int?
    var topic = WordTable<Bool>()
    if let declared {
      BlockFacts.words(declared.span, ByteSpan(0, declared.count)) { word, _ in topic.insert(word, true) }
    }
    for (index, block) in page.blocks.enumerated()
    where block.context.contains(.heading) && index <= bodyStart + 2 && facts.blocks[index].words >= 2 {
      let isFirst = block.context.contains(.firstHeading)
      if first == nil, isFirst { first = index }
      guard let declared, block.span.count >= 8, block.span.count <= longest else { continue }
      let common = share(of: topic, in: page, index) * Int(facts.blocks[index].words) / 100
      let text = BodyWriter.plain(page, block.span)
      guard common >= 2, isFirst && common * 5 >= Int(facts.blocks[index].words) || holds(declared, text) else {
        continue
      }
      let score = common * 2 + (isFirst ? 1 : 0)
      if best.map({ score > $0.score }) ?? true { best = (score, index) }
    }
    if let block = best?.block { return (BodyWriter.plain(page, page.blocks[block].span), block) }
    if let declared {
      let text = withoutSite(declared)
      let block = page.blocks.indices.prefix(bodyStart + 3).first {
        page.blocks[$0].span.count < 400 && BodyWriter.plain(page, page.blocks[$0].span) == text
      }
      return (text, block)
    }
    return (first.map { BodyWriter.plain(page, page.blocks[$0].span) }, first)
  }

  /// Takes “ - Site Name” and “ | Site” off the end.
  static func withoutSite(_ title: [UInt8]) -> [UInt8] {
    let bytes = title.span
    var at = title.count - 1
    while at > 0 {
      let length = separatorLength(bytes, at)
      if length > 0, at + length < title.count {
        let (head, tail) = (words(title[..<at]), words(title[(at + length)...]))
        if head >= 3, tail <= 5, head >= tail { return trimmed(title[..<at]) }
        return title
      }
      at -= 1
    }
    return title
  }

  /// A bar, or a dash between spaces, or ` : `.
  private static func separatorLength(_ bytes: Span<UInt8>, _ at: Int) -> Int {
    if bytes[at] == UInt8(ascii: "|") { return 1 }
    guard at > 0, bytes[at - 1] == 0x20 else { return 0 }
    let length =
      bytes[at] == UInt8(ascii: "-") || bytes[at] == UInt8(ascii: ":")
      ? 1
      : bytes[at] == 0xE2 && at + 2 < bytes.count && bytes[at + 1] == 0x80 && bytes[at + 2] >= 0x93
        && bytes[at + 2] <= 0x94 ? 3 : bytes[at] == 0xC2 && at + 1 < bytes.count && bytes[at + 1] == 0xBB ? 2 : 0
    return length > 0 && at + length < bytes.count && bytes[at + length] == 0x20 ? length : 0
  }

  private static func words(_ text: ArraySlice<UInt8>) -> Int {
    text.split(separator: 0x20).count
  }

  private static func trimmed(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var text = text
    while text.last == 0x20 { text.removeLast() }
    while text.first == 0x20 { text.removeFirst() }
    return Array(text)
  }

  /// Whether the text holds the piece.
  private static func holds(_ text: [UInt8], _ piece: [UInt8]) -> Bool {
    guard let first = piece.first, piece.count <= text.count else { return false }
    for at in 0...text.count - piece.count where text[at] == first {
      if text[at..<at + piece.count].elementsEqual(piece) { return true }
    }
    return false
  }

  // MARK: Plain text

  private static let furthest = 40
  /// Bytes; no headline is longer.
  private static let longest = 1000

  private static func fromLines(_ page: Page, _ facts: PageFacts, _ bodyStart: Int) -> (text: [UInt8]?, block: Int?) {
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
    let text = BodyWriter.plain(page, page.blocks[best.block].span)
    return (best.block == 0 && bodyStart > 3 ? withoutSite(text) : text, best.block)
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
