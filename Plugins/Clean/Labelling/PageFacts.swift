import Bytes
import StageKit

/// What a labeller needs to know of a page: facts of each block, and facts that only the whole page tells.
package struct PageFacts {
  /// What is known of the words of the page's language.
  let language: PageLanguage.Words
  var blocks: [BlockFacts] = []
  var shapes: [Shape] = []
  /// Whether the same words stand in another block.
  var repeated: [Bool] = []
  /// Words of good blocks before each block; one longer than the blocks.
  var goodWords: [Int32] = [0]
  /// How many of each block's longer words stand in another good block, and in three others, in per cent; 255 where it
  /// has none.
  var cohesion: [(any: UInt8, many: UInt8)] = []
  /// Good words of each container (HTML).
  var containerWords: [Int32: Int32] = [:]
  /// The column that most good words start in (plain text).
  var mainColumn: Int32 = 0
  /// The container with the most good words, and the one around it (HTML).
  var mainContainer: Int32 = 0
  var mainOuter: Int32 = 0

  /// What a block looks like from afar.
  enum Shape: Int, CaseIterable {
    case good, sentence, long, shortSentence, middling, tiny
  }

  package init(_ page: Page, deadline: Deadline) throws(StageError) {
    let bytes = page.bytes.span
    let count = page.blocks.count
    blocks.reserveCapacity(count)
    shapes.reserveCapacity(count)
    goodWords.reserveCapacity(count + 1)
    var columns: [Int32: Int32] = [:]
    var containers: [Int32: (words: Int32, outer: Int32)] = [:]
    var seen = WordTable<Int32>(capacity: count)
    repeated = Array(repeating: false, count: count)
    var total: Int32 = 0
    var vocabulary = Vocabulary()
    let tables = BlockFacts.Tables(PageLanguage(page))
    language = tables.language.words
    for (index, block) in page.blocks.enumerated() {
      if index & 0x3FF == 0 { try deadline.check() }
      let facts = try BlockFacts(
        bytes, block.span, tables, take: { vocabulary.note($0) },
        look: { () throws(StageError) in try deadline.check() })
      vocabulary.finishBlock(isGood: facts.isGood)
      blocks.append(facts)
      shapes.append(Shape(facts))
      if let first = seen[facts.hash] {
        repeated[Int(first)] = true
        repeated[index] = true
      } else {
        seen.insert(facts.hash, Int32(clamping: index))
      }
      if facts.isGood {
        let words = facts.words
        total += words
        columns[block.column, default: 0] += words
        containers[block.container, default: (0, block.outer)].words += words
      }
      goodWords.append(total)
    }
    // Ties go to the lower number, so that the choice does not hang on the dictionary's order.
    mainColumn = columns.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0
    if let main = containers.max(by: { ($0.value.words, $1.key) < ($1.value.words, $0.key) }) {
      (mainContainer, mainOuter) = (main.key, main.value.outer)
    }
    containerWords = containers.mapValues { $0.words }
    cohesion.reserveCapacity(count)
    for index in blocks.indices {
      if index & 0xFFF == 0 { try deadline.check() }
      cohesion.append(vocabulary.cohesion(index, isGood: shapes[index] == .good))
    }
  }
}

extension PageFacts.Shape {
  init(_ facts: BlockFacts) {
    if facts.isGood {
      self = .good
    } else if facts.end == .terminal {
      self = facts.words >= 5 ? .sentence : .shortSentence
    } else {
      self = facts.words >= 11 ? .long : facts.words >= 4 ? .middling : .tiny
    }
  }
}
