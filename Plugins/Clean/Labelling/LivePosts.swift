import Bytes
import StageKit

/// The posts of a live blog: a time of day, perhaps a headline, and paragraphs, again and again.
struct LivePosts {
  private(set) var times: [Int] = []
  private(set) var headings: [Int] = []
  private(set) var paragraphs: [Int] = []

  /// Posts; fewer are no live blog.
  private static let fewest = 3
  /// Blocks of one post.
  private static let longest = 60
  /// Lines between a time and the first paragraph.
  private static let mostHeadings = 3
  /// Per cent of the page's prose that stands in posts.
  private static let mostOfProse = 60
  /// Per cent of what the labeller found that may be no posts; of all paragraphs in posts that it must have found, and
  /// where each post has its day.
  private static let mostOutside = 25
  private static let leastFound = 30
  private static let leastOfDated = 60
  private static let digitsOfDate = 6
  /// Per cent of the words of all posts that one may have.
  private static let mostOfOne = 60
  /// Words of a line with a time, and of one with a time and a headline.
  private static let label = 6
  private static let titled = 16

  /// Reads the posts, and has the states say that they are the article; `nil` where the page is no live blog.
  init?(_ page: Page, _ facts: PageFacts, _ states: inout [Labeller.State]) {
    guard let (clocks, isDated) = Self.clocks(page, facts) else { return nil }
    var (words, number, largest) = (0, 0, 0)
    for (place, clock) in clocks.enumerated() {
      let next = place + 1 < clocks.count ? clocks[place + 1] : page.blocks.count
      let (lines, own) = Self.post(
        page, facts, from: clock + 1, upTo: min(next, clock + Self.longest), isLast: place + 1 == clocks.count)
      // The text may stand on the line of the time.
      let isTold = facts.shapes[clock] == .good
      var told = 0
      for index in own + (isTold ? [clock] : []) where facts.shapes[index] == .good {
        told += Int(facts.blocks[index].words)
      }
      if told == 0 { continue }
      number += 1
      (words, largest) = (words + told, max(largest, told))
      if isTold { paragraphs.append(clock) } else { times.append(clock) }
      headings += lines
      paragraphs += own
    }
    let prose = Int(facts.goodWords.last ?? 0)
    guard number >= Self.fewest, words * 100 >= prose * Self.mostOfProse, largest * 100 <= words * Self.mostOfOne
    else { return nil }
    let isKept = Set(paragraphs + headings + times)
    // What the labeller found must be posts, and some of them: neither an article with comments nor a list of articles.
    var (found, outside) = (0, 0)
    for index in states.indices where states[index] == .body && facts.shapes[index] == .good {
      if isKept.contains(index) { found += 1 } else { outside += 1 }
    }
    let good = paragraphs.count { facts.shapes[$0] == .good }
    guard found > 0, outside * 100 <= found * Self.mostOutside,
      found * 100 >= good * (isDated ? Self.leastOfDated : Self.leastFound)
    else { return nil }
    for index in Range(from: isKept.min() ?? 0, upTo: (paragraphs.max() ?? -1) + 1) {
      states[index] = isKept.contains(index) ? .body : states[index] == .body ? states[index] : .inside
    }
  }

  /// The blocks that are a time of day or open with one, where they run in one direction.
  private static func clocks(_ page: Page, _ facts: PageFacts) -> (indices: [Int], isDated: Bool)? {
    let page = page
    let bytes = page.bytes.span
    var (clocks, dated): ([Int], Int) = ([], 0)
    var (up, down, before) = (0, 0, -1)
    for index in page.blocks.indices where facts.blocks[index].digits >= 3 {
      let (block, own) = (page.blocks[index], facts.blocks[index])
      guard block.context.isDisjoint(with: [.nav, .footer, .form, .commentHint]) else { continue }
      let isLabel = own.words <= label && own.functionWords == 0 && own.end != .terminal
      guard let minutes = isLabel ? clock(bytes, block.span) : clock(opening: bytes, block.span),
        isLabel || own.words <= titled || facts.shapes[index] == .good
      else { continue }
      if before >= 0 {
        if minutes > before { up += 1 } else if minutes < before { down += 1 }
      }
      before = minutes
      if isLabel, own.months > 0 || own.digits >= Self.digitsOfDate { dated += 1 }
      clocks.append(index)
    }
    guard clocks.count >= fewest, min(up, down) * 4 <= max(up, down) else { return nil }
    return (clocks, dated * 2 > clocks.count)
  }

  /// Whether a line is “14:05” or opens with it and a space.
  static func opensWithTime(_ bytes: Span<UInt8>, _ line: ByteSpan) -> Bool {
    guard line.count >= 4, bytes[line.start].isDigit,
      let colon = line.range.prefix(3).first(where: { bytes[$0] == UInt8(ascii: ":") }), colon + 2 < line.end,
      bytes[colon + 1].isDigit, bytes[colon + 2].isDigit
    else { return false }
    return colon + 3 == line.end || bytes[colon + 3] == 0x20
  }

  /// Minutes since midnight of a time of day somewhere in a short line.
  private static func clock(_ bytes: Span<UInt8>, _ span: ByteSpan) -> Int? {
    for at in span.range where bytes[at].isDigit && (at == span.start || !bytes[at - 1].isDigit) {
      if let found = time(bytes, at, span.end) { return found }
    }
    return nil
  }

  /// That of a time of day at the start, before a dash, a letter or a space.
  private static func clock(opening bytes: Span<UInt8>, _ span: ByteSpan) -> Int? {
    time(bytes, span.start, span.end)
  }

  /// “14:05”, “14.05 Uhr”, “9h30”, “2:05 p.m.”
  private static func time(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
    var at = start
    func number(_ digits: ClosedRange<Int>) -> Int? {
      let from = at
      var value = 0
      while at < end, at - from < 3, bytes[at].isDigit {
        value = value * 10 + Int(bytes[at] - 0x30)
        at += 1
      }
      return digits.contains(at - from) ? value : nil
    }
    guard let hour = number(1...2), hour < 24, at < end else { return nil }
    let sign = bytes[at]
    guard sign == UInt8(ascii: ":") || sign == UInt8(ascii: ".") || sign | 0x20 == UInt8(ascii: "h") else { return nil }
    at += 1
    guard let minute = number(2...2), minute < 60, at == end || !bytes[at].isDigit else { return nil }
    // “14.05.2021”, “3.50 million”
    if at < end, sign == UInt8(ascii: "."), bytes[at] == UInt8(ascii: ".") || bytes[at] == UInt8(ascii: "%") {
      return nil
    }
    while at < end, bytes[at] == 0x20 { at += 1 }
    let isAfternoon =
      at + 1 < end && bytes[at] | 0x20 == UInt8(ascii: "p")
      && (bytes[at + 1] | 0x20 == UInt8(ascii: "m") || bytes[at + 1] == UInt8(ascii: "."))
    let isMorning =
      at + 1 < end && bytes[at] | 0x20 == UInt8(ascii: "a")
      && (bytes[at + 1] | 0x20 == UInt8(ascii: "m") || bytes[at + 1] == UInt8(ascii: "."))
    if sign == UInt8(ascii: "."), !isAfternoon, !isMorning, at < end, bytes[at].isLetter,
      !Self.units.contains(where: { bytes.holds($0, at: at) })
    {
      return nil
    }
    return (isAfternoon && hour < 12 ? hour + 12 : hour) * 60 + minute
  }
  /// What follows a time with a full stop.
  private static let units: [StaticString] = ["Uhr", "GMT", "BST", "CET", "CEST", "EST", "EDT", "UTC", "IST"]

  /// The headlines and paragraphs of a post.
  private static func post(
    _ page: Page, _ facts: PageFacts, from start: Int, upTo end: Int, isLast: Bool
  ) -> (headings: [Int], paragraphs: [Int]) {
    var (headings, paragraphs): ([Int], [Int]) = ([], [])
    for index in Range(from: start, upTo: end) {
      let (block, own) = (page.blocks[index], facts.blocks[index])
      let isProse = facts.shapes[index] == .good || facts.shapes[index] == .sentence || facts.shapes[index] == .long
      if isProse, own.legalWords == 0, !facts.repeated[index], Int(block.linkBytes) * 3 < block.span.count,
        block.context.isDisjoint(with: [.nav, .footer, .form, .commentHint])
      {
        paragraphs.append(index)
      } else if paragraphs.isEmpty {
        if index - start >= mostHeadings { break }
        if !facts.repeated[index], own.chromeWords == 0, own.marker.isEmpty, own.words >= 2 { headings.append(index) }
      } else if isLast {
        // What follows the last post is the page again.
        break
      }
    }
    return paragraphs.isEmpty ? ([], []) : (headings, paragraphs)
  }
}
