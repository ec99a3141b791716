import Bytes
import Clean
import StageKit

/// A page as the fit sees it: which features hold for each block, and the block's true state.
struct LabelledPage: Sendable {
  private(set) var states: [Labeller.State] = []
  /// What it costs to take a body block for another or the other way round; grows with the block's words.
  private(set) var costs: [Double] = []
  private var rows: [Int32] = []
  /// Where the rows of each block start; one longer than the blocks.
  private var starts: [Int32] = [0]

  var count: Int { states.count }

  /// The features that hold for a block, as rows of a weight table.
  func rows(of index: Int) -> ArraySlice<Int32> {
    rows[Range(from: Int(starts[index]), upTo: Int(starts[index + 1]))]
  }

  init(_ page: Page, gold: [UInt8]) throws(StageError) {
    let facts = try PageFacts(page, deadline: .none)
    var features = Features(page, facts)
    var words: [[UInt64]] = []
    let bytes = page.bytes.span
    for (index, block) in page.blocks.enumerated() {
      words.append(Words.hashes(bytes, block.span, lowered: true))
      features.look(at: index)
      add(rows: features.rows, words: words[index].count)
    }
    states = GoldLabels(blocks: words, gold: Words.hashes(gold, lowered: true)).states
  }

  /// A page made up of rows.
  init(rows: [[Int]], words: [Int], states: [Labeller.State]) {
    for (rows, words) in zip(rows, words) { add(rows: rows, words: words) }
    self.states = states
  }

  /// The page without a share of its features, chosen by chance.
  func thinned(by share: Double, _ random: inout SeededGenerator) -> LabelledPage {
    let limit = UInt64(share * Double(UInt32.max))
    var page = self
    page.rows.removeAll(keepingCapacity: true)
    page.starts = [0]
    page.starts.reserveCapacity(starts.count)
    for index in 0..<count {
      for row in rows(of: index) where random.next() >> 32 >= limit { page.rows.append(row) }
      page.starts.append(Int32(page.rows.count))
    }
    return page
  }

  private mutating func add(rows more: [Int], words: Int) {
    for row in more { rows.append(Int32(row)) }
    starts.append(Int32(rows.count))
    costs.append(min(4, 0.3 + (Double(words) / 12).squareRoot()))
  }
}
