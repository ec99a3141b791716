import Bytes
import Lexicon
import StageKit

/// What holds for each line that may be the headline, as rows of a weight table; rows stand in groups.
package struct TitleFeatures {
  enum Group: Int, CaseIterable {
    case none, words, end, start, distance, shape, topicShare, topicCount, marker, wordClass, capitals, repeated, layout
    case followed, preceded, topical, next, before, place, column, part

    var size: Int {
      let shapes = PageFacts.Shape.allCases.count
      return switch self {
      case .none: 1
      case .words: 11
      case .end, .start: 8
      case .distance: 12
      case .shape: shapes
      case .topicShare: 7
      case .topicCount: 6
      case .marker: 7
      case .wordClass: 12
      case .capitals: 5
      case .repeated: 3
      case .layout: 4
      case .followed: 5
      case .preceded: 3
      case .topical: 12
      case .next, .before: shapes + 2
      case .place: 4
      case .column: 3
      case .part: 4
      }
    }
  }

  private static let bases: [Int] = Group.allCases.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.size) }
  package static let count = bases[bases.count - 1]
  /// Of their section in a model's file.
  package static let shapes = Group.allCases.map { ModelFile.Shape("\($0)", rows: $0.size) }
  /// The row of a page without a headline.
  package static let noneRow = 0

  /// Blocks before the body that are looked at.
  private static let furthest = 60
  /// Bytes; no headline is longer.
  private static let longest = 1000
  /// Blocks over which neighbours count.
  private static let reach = 6

  private let page: Page
  private let facts: PageFacts
  private let bodyStart: Int
  /// A block that may be the headline, or a line of one: where a page is cut in the wrong places, the headline runs into
  /// the line under it.
  package struct Candidate {
    enum Part: Int { case block, manyLines, firstLine, laterLine }
    var block: Int
    package var span: ByteSpan
    var part: Part
    fileprivate var facts: BlockFacts
  }

  /// In order.
  package private(set) var candidates: [Candidate] = []
  private let low: Int
  /// Of each block from `low` on: how many words it shares with the body, and their share in hundred.
  private var topics: [(count: Int, share: Int)] = []
  private let topic: WordTable<Bool>

  private static let mostLines = 6

  package init(_ page: Page, _ facts: PageFacts, bodyStart: Int) {
    (self.page, self.facts, self.bodyStart) = (page, facts, bodyStart)
    low = max(0, bodyStart - Self.furthest)
    topic = Self.topicWords(page, facts, bodyStart)
    for index in Range(from: low, clampedTo: min(page.blocks.count, bodyStart + 2)) {
      let span = page.blocks[index].span
      let isShort = span.count <= Self.longest
      topics.append(isShort ? shared(span) : (0, 0))
      if !isShort { continue }
      let hasLines = page.bytes.span.firstOffset(of: 0x0A, in: span.range) < span.end
      let lines = hasLines ? lines(of: span) : []
      let part: Candidate.Part = lines.count > 1 ? .manyLines : .block
      add(Candidate(block: index, span: span, part: part, facts: facts.blocks[index]))
      guard lines.count > 1, lines.count <= Self.mostLines else { continue }
      let page = page
      for (place, line) in lines.enumerated() {
        let own = BlockFacts(page.bytes.span, line)
        add(Candidate(block: index, span: line, part: place == 0 ? .firstLine : .laterLine, facts: own))
      }
    }
  }

  private mutating func add(_ candidate: Candidate) {
    let own = candidate.facts
    guard own.words >= 2, own.words <= 40, own.start != .lower, own.start != .closing, own.end != .comma,
      own.end != .openQuote, !own.isGood || candidate.block < bodyStart
    else { return }
    // “By Jane Doe - The Orla Times - Thursday, May 4, 2017”, “Thursday, May 4, 2017”
    if own.digits >= 5, own.words <= 20, let day = DateReader.days(page.bytes.span, candidate.span).first,
      day.wordsBefore + day.wordsAfter < 2 || Byline.opening(page.bytes.span, candidate.span) != nil
    {
      return
    }
    // A sentence may open the body; before it, it may be a headline.
    if candidate.block >= bodyStart, own.end == .terminal || candidate.part != .block { return }
    candidates.append(candidate)
  }

  /// The lines of a block without the white space around them.
  private func lines(of span: ByteSpan) -> [ByteSpan] {
    let page = page
    let bytes = page.bytes.span
    var lines: [ByteSpan] = []
    var start = span.start
    for at in Range(from: span.start, upTo: span.end + 1) where at == span.end || bytes[at] == 0x0A {
      var (low, high) = (start, at)
      while low < high, let length = spaceLength(bytes, low) { low += length }
      while high > low, bytes[high - 1] <= 0x20 { high -= 1 }
      if low < high { lines.append(ByteSpan(low, high)) }
      start = at + 1
    }
    return lines
  }

  /// The words of the first paragraphs that carry meaning.
  private static func topicWords(_ page: Page, _ facts: PageFacts, _ bodyStart: Int) -> WordTable<Bool> {
    var topic = WordTable<Bool>(capacity: 512)
    var words = 0
    for index in Range(from: bodyStart, clampedTo: facts.blocks.count) where facts.shapes[index] == .good {
      BlockFacts.words(page.bytes.span, page.blocks[index].span) { word, length in
        if length >= 4, !Lexicon.english.has(.running, word) { topic.insert(word, true) }
      }
      words += Int(facts.blocks[index].words)
      if words > 300 { break }
    }
    return topic
  }

  /// How many words of the span the body has, and their share in hundred.
  private func shared(_ span: ByteSpan) -> (count: Int, share: Int) {
    var (found, all) = (0, 0)
    BlockFacts.words(page.bytes.span, span) { word, length in
      guard length >= 4, !Lexicon.english.has(.running, word) else { return }
      all += 1
      if topic[word] != nil { found += 1 }
    }
    return (found, all == 0 ? 0 : found * 100 / max(2, all))
  }

  private func topicCount(_ index: Int) -> Int {
    topics.indices.contains(index - low) ? topics[index - low].count : 0
  }

  /// The rows that hold for a candidate.
  package func rows(of candidate: Candidate) -> [Int] {
    var rows: [Int] = []
    rows.reserveCapacity(40)
    func add(_ group: Group, _ row: Int) { rows.append(Self.bases[group.rawValue] + row) }
    let (index, own) = (candidate.block, candidate.facts)
    let block = page.blocks[index]
    let words = Int(own.words)
    add(.words, bucket(words, [3, 4, 5, 6, 8, 10, 13, 17, 23, 30]))
    add(.end, own.end.rawValue)
    add(.start, own.start.rawValue)
    add(.distance, index >= bodyStart ? 0 : bucket(bodyStart - index, [1, 2, 3, 4, 5, 7, 10, 15, 22, 32, 45]))
    add(.shape, PageFacts.Shape(own).rawValue)
    let topic = candidate.span == block.span ? topics[index - low] : shared(candidate.span)
    add(.part, candidate.part.rawValue)
    add(.topicShare, bucket(topic.share, [1, 20, 35, 50, 65, 80]))
    add(.topicCount, bucket(topic.count, [1, 2, 3, 4, 6]))
    for bit in 0..<7 where own.marker.rawValue & (1 << UInt8(bit)) != 0 { add(.marker, bit) }
    addWordClasses(own, candidate.span, add)
    add(.capitals, bucket(Int(own.capitalised) * 100 / max(1, words), [30, 50, 70, 90]))
    addRepeats(index, own, add)
    if block.context.contains(.blankBefore) { add(.layout, 0) }
    if index + 1 < page.blocks.count, page.blocks[index + 1].context.contains(.blankBefore) { add(.layout, 1) }
    if block.context.contains(.cell) { add(.layout, 2) }
    if block.context.contains(.listItem) { add(.layout, 3) }
    addNeighbours(index, words, add)
    if index == 0 { add(.place, 0) } else if index < 4 { add(.place, 1) }
    if index > 0, words >= 3, holds(0, index) { add(.place, 2) }
    if index == low, low == 0 { add(.place, 3) }
    add(.column, block.column == facts.mainColumn ? 0 : block.column < facts.mainColumn ? 1 : 2)
    return rows
  }

  private func addWordClasses(_ own: BlockFacts, _ span: ByteSpan, _ add: (Group, Int) -> Void) {
    if own.chromeWords >= 1 { add(.wordClass, 0) }
    if own.chromeWords >= 2 { add(.wordClass, 1) }
    if own.legalWords >= 1 { add(.wordClass, 2) }
    if own.readerWords >= 1 { add(.wordClass, 3) }
    if own.creditWords >= 1 { add(.wordClass, 4) }
    if own.speechWords >= 1 { add(.wordClass, 5) }
    if own.months > 0, own.digits > 0 { add(.wordClass, 6) }
    if own.digits >= 4 { add(.wordClass, 7) }
    let page = page
    let bytes = page.bytes.span
    var (bars, colons, slashes, quotes) = (0, 0, 0, 0)
    for at in span.range {
      switch bytes[at] {
      case UInt8(ascii: "|"), 0xBB: bars += 1
      case UInt8(ascii: ":"): colons += 1
      case UInt8(ascii: "/"), UInt8(ascii: "@"): slashes += 1
      case UInt8(ascii: "\""), 0x98, 0x9C: quotes += 1
      default: break
      }
    }
    if bars > 0 { add(.wordClass, 8) }
    if colons > 0 { add(.wordClass, 9) }
    if slashes > 0 { add(.wordClass, 10) }
    if quotes > 0 { add(.wordClass, 11) }
  }

  private func addRepeats(_ index: Int, _ own: BlockFacts, _ add: (Group, Int) -> Void) {
    guard facts.repeated[index] else { return add(.repeated, 0) }
    let isEarlier = Range(from: low, upTo: index).contains { facts.blocks[$0].hash == own.hash }
    add(.repeated, isEarlier ? 1 : 2)
  }

  private func addNeighbours(_ index: Int, _ words: Int, _ add: (Group, Int) -> Void) {
    let count = facts.blocks.count
    func near(_ offsets: ClosedRange<Int>, _ matches: (BlockFacts) -> Bool) -> Bool {
      offsets.contains { index + $0 >= 0 && index + $0 < count && matches(facts.blocks[index + $0]) }
    }
    func isDate(_ own: BlockFacts) -> Bool { own.months > 0 && own.digits > 0 && own.words < 14 }
    func isByline(_ own: BlockFacts) -> Bool { own.marker.contains(.byline) && own.words < 20 }
    if near(1...1, isByline) { add(.followed, 0) } else if near(2...4, isByline) { add(.followed, 1) }
    if near(1...1, isDate) { add(.followed, 2) } else if near(2...4, isDate) { add(.followed, 3) }
    if near(1...2, { $0.marker.contains(.caption) || $0.creditWords > 0 }) { add(.followed, 4) }
    if near(-3 ... -1, isByline) { add(.preceded, 0) }
    if near(-3 ... -1, isDate) { add(.preceded, 1) }
    if near(-2 ... -1, { $0.marker.contains(.caption) || $0.creditWords > 0 }) { add(.preceded, 2) }
    // A headline is the first of the lines that say what the story is about; the line under it is another.
    func topical(_ range: Range<Int>) -> Int {
      range.count {
        topicCount($0) >= 2 && facts.blocks[$0].words >= 4 && facts.blocks[$0].hash != facts.blocks[index].hash
      }
    }
    let earlier = topical(Range(from: max(low, index - Self.reach), upTo: index))
    let later = topical(Range(from: min(index + 1, bodyStart), upTo: min(bodyStart, index + 1 + Self.reach)))
    add(.topical, min(earlier, 2) * 4 + min(later, 3))
    let none = PageFacts.Shape.allCases.count
    add(.next, index + 1 < count ? facts.shapes[index + 1].rawValue : none)
    if index + 1 < count, Int(facts.blocks[index + 1].words) > words { add(.next, none + 1) }
    add(.before, index > 0 ? facts.shapes[index - 1].rawValue : none)
    if index > 0, Int(facts.blocks[index - 1].words) > words { add(.before, none + 1) }
  }

  /// Whether the text of one block is part of another's.
  private func holds(_ whole: Int, _ part: Int) -> Bool {
    let (text, piece) = (page.blocks[whole].span, page.blocks[part].span)
    let page = page
    let bytes = page.bytes.span
    guard piece.count <= text.count, text.count <= Self.longest else { return false }
    return Range(from: text.start, upTo: text.end - piece.count + 1).contains { start in
      (0..<piece.count).allSatisfy { bytes[start + $0] == bytes[piece.start + $0] }
    }
  }
}
