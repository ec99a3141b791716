import Bytes
import StageKit

/// Turns the facts of a page into the numbers of the features that hold for each block, in one pass.
///
/// A feature is a row of a weight table. Rows stand in groups; of most groups exactly one row holds.
package struct Features {
  private let page: Page
  private let facts: PageFacts
  /// Rows that hold for the block last looked at.
  package var rows: [Int] { (0..<count).map { Int(found[$0]) } }
  /// The rows, and how many there are. A block has one row of most groups and all of seven small ones at most.
  private(set) var found = InlineArray<128, Int32>(repeating: 0)
  private(set) var count = 0
  private let bases = Self.bases

  // What the pass has seen so far.
  private var poorRun = 0
  private var goodCount = 0
  private var hasEndMarker = false
  private var hasLegalMarker = false
  private var readerBlocks = 0
  private var longestGap = 0
  /// Of each block, how many blocks on the next good one stands; capped.
  private var distanceToGood: [UInt8]

  /// Groups of rows and how many rows each has.
  enum Group: Int, CaseIterable {
    case bias, words, shape, before, after, before2, after2, start, end, function, capitals, digits
    case marker, wordClass, context, column, repeated, position, goodAfter, goodBefore, poorRun, poorAhead, sticky
    case shouted, signs, people, longestGap, cohesion, cohesionMany, indent, containerShare,
      neighbourhood, pauses
    case shapeLanguage
    case shapeSticky, shapeColumn, shapePoorRun, shapeBefore, shapeLinks, shapeContainer, shapePosition

    var size: Int {
      let shapes = PageFacts.Shape.allCases.count
      return switch self {
      case .bias: 1
      case .words: 9
      case .shape: shapes
      case .before, .after, .before2, .after2: shapes + 1
      case .start, .end: 8
      case .function: 5
      case .capitals: 4
      case .digits, .column: 3
      case .marker, .wordClass: 8
      case .context: 27
      case .repeated: 1
      case .position, .poorRun, .poorAhead: 6
      case .goodAfter, .goodBefore: 5
      case .sticky: 4
      case .shouted: 3
      case .longestGap: 6
      case .signs: 8
      case .people: 4
      case .cohesion, .cohesionMany: 6
      case .indent: 3
      case .containerShare: 5
      case .neighbourhood: 4
      case .pauses: 6
      case .shapeLanguage: shapes * PageLanguage.Words.allCases.count
      case .shapeSticky: shapes * 2
      case .shapeColumn: shapes * 3
      case .shapePoorRun: shapes * 6
      case .shapeBefore: shapes * (shapes + 1)
      case .shapeLinks, .shapeContainer: shapes * 4
      case .shapePosition: shapes * 6
      }
    }
  }

  /// Of where a block stands, what the model knows.
  private static let contextBits: UInt32 = 1 << 27 - 1

  private static let bases: [Int] = Group.allCases.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.size) }
  package static let count = bases[bases.count - 1]

  package init(_ page: Page, _ facts: PageFacts) {
    self.page = page
    self.facts = facts
    var distance = 60
    distanceToGood = Array(repeating: 60, count: page.blocks.count)
    for index in stride(from: page.blocks.count - 1, through: 0, by: -1) {
      distanceToGood[index] = UInt8(clamping: distance)
      distance = facts.shapes[index] == .good ? 1 : min(60, distance + 1)
    }
  }

  @inline(__always)
  private mutating func add(_ group: Group, _ row: Int = 0) {
    found[count] = Int32(truncatingIfNeeded: bases[group.rawValue] + row)
    count += 1
  }

  /// Looks at the next block. Blocks are looked at in order, because some facts stick.
  package mutating func look(at index: Int) {
    count = 0
    let (block, own, shape) = (page.blocks[index], facts.blocks[index], facts.shapes[index].rawValue)
    let none = PageFacts.Shape.allCases.count
    func neighbour(_ offset: Int) -> Int {
      let at = index + offset
      return at >= 0 && at < facts.shapes.count ? facts.shapes[at].rawValue : none
    }
    add(.bias)
    add(.words, bucket(own.words, [1, 2, 4, 7, 11, 20, 40, 80]))
    add(.shape, shape)
    add(.before, neighbour(-1))
    add(.after, neighbour(1))
    add(.before2, neighbour(-2))
    add(.after2, neighbour(2))
    add(.start, own.start.rawValue)
    add(.end, own.end.rawValue)
    add(.function, facts.language == .none ? 4 : bucket(own.share(own.functionWords), [5, 20, 35]))
    add(.capitals, bucket(own.share(own.capitalised), [20, 50, 80]))
    add(.digits, bucket(Int(own.digits) * 100 / max(1, block.span.count), [1, 15]))
    for bit in 0..<7 where own.marker.rawValue & (1 << UInt8(bit)) != 0 { add(.marker, bit) }
    if own.chromeWords >= 1 { add(.wordClass, 0) }
    if own.chromeWords >= 2 { add(.wordClass, 1) }
    if own.legalWords >= 1 { add(.wordClass, 2) }
    if own.legalWords >= 2 { add(.wordClass, 3) }
    if own.readerWords >= 1 { add(.wordClass, 4) }
    if own.creditWords >= 1 { add(.wordClass, 5) }
    if own.speechWords >= 1 { add(.wordClass, 6) }
    if own.months >= 1 { add(.wordClass, 7) }
    var bits = block.context.rawValue & Self.contextBits
    while bits != 0 {
      add(.context, bits.trailingZeroBitCount)
      bits &= bits - 1
    }
    let column = block.column == facts.mainColumn ? 0 : block.column < facts.mainColumn ? 1 : 2
    add(.column, column)
    if facts.repeated[index] { add(.repeated) }
    let total = Int(max(1, facts.goodWords[facts.goodWords.count - 1]))
    let position = bucket(Int(facts.goodWords[index]) * 100 / total, [1, 10, 50, 90, 100])
    add(.position, position)
    func good(from low: Int, upTo high: Int) -> Int {
      var count = 0
      for at in Range(from: max(0, low), clampedTo: min(high, facts.shapes.count)) where facts.shapes[at] == .good {
        count += 1
      }
      return count
    }
    add(.goodAfter, good(from: index + 1, upTo: index + 5))
    add(.goodBefore, good(from: index - 4, upTo: index))
    let run = goodCount == 0 ? 5 : bucket(poorRun, [1, 3, 6, 11])
    add(.poorRun, run)
    add(.poorAhead, bucket(distanceToGood[index], [2, 4, 7, 12, 60]))
    if goodCount >= 2 {
      if own.marker.contains(.end) { hasEndMarker = true }
      if own.marker.contains(.legal) { hasLegalMarker = true }
      if own.readerWords > 0, own.words < 12 { readerBlocks += 1 }
    }
    if goodCount >= 2 { longestGap = max(longestGap, poorRun) }
    add(.longestGap, goodCount < 2 ? 5 : bucket(longestGap, [6, 12, 24, 48]))
    if hasEndMarker { add(.sticky, 0) }
    if hasLegalMarker { add(.sticky, 1) }
    if readerBlocks >= 1 { add(.sticky, 2) }
    if readerBlocks >= 3 { add(.sticky, 3) }
    add(.shouted, bucket(own.share(own.shouted), [1, 60]))
    var signs = own.signs.rawValue
    while signs != 0 {
      add(.signs, signs.trailingZeroBitCount)
      signs &= signs - 1
    }
    if own.personWords >= 1 { add(.people, 0) }
    if own.personWords > 0, Int(own.personWords) * 20 >= Int(own.words) { add(.people, 1) }
    if own.pictureWords >= 1 { add(.people, 2) }
    if own.pictureWords >= 2 { add(.people, 3) }
    let cohesion = facts.cohesion[index]
    add(.cohesion, cohesion.any == 255 ? 5 : bucket(cohesion.any, [10, 30, 50, 75]))
    add(.cohesionMany, cohesion.many == 255 ? 5 : bucket(cohesion.many, [5, 15, 30, 50]))
    let columnBefore = index > 0 ? page.blocks[index - 1].column : 0
    add(.indent, block.column == columnBefore ? 0 : block.column < columnBefore ? 1 : 2)
    add(.containerShare, bucket(Int(facts.containerWords[block.container] ?? 0) * 100 / total, [1, 10, 40, 75]))
    let isWithLast = index > 0 && page.blocks[index - 1].container == block.container
    let isWithNext = index + 1 < page.blocks.count && page.blocks[index + 1].container == block.container
    add(.neighbourhood, (isWithLast ? 1 : 0) + (isWithNext ? 2 : 0))
    add(.pauses, bucket(own.pauses, [1, 2, 3, 5, 9]))
    add(.shapeLanguage, shape * PageLanguage.Words.allCases.count + facts.language.rawValue)
    add(.shapeSticky, shape * 2 + (hasEndMarker ? 1 : 0))
    add(.shapeColumn, shape * 3 + column)
    add(.shapePoorRun, shape * 6 + run)
    add(.shapeBefore, shape * (none + 1) + neighbour(-1))
    add(.shapePosition, shape * 6 + position)
    let links = bucket(Int(block.linkBytes) * 100 / max(1, block.span.count), [1, 30, 70])
    add(.shapeLinks, shape * 4 + links)
    add(.shapeContainer, shape * 4 + containerRelation(block))

    if facts.shapes[index] == .good {
      (goodCount, poorRun) = (goodCount + 1, 0)
    } else {
      poorRun += 1
    }
  }

  private func containerRelation(_ block: Block) -> Int {
    if block.container == facts.mainContainer { return 0 }
    if block.outer == facts.mainContainer { return 1 }
    return block.container == facts.mainOuter || block.outer == facts.mainOuter ? 2 : 3
  }
}
