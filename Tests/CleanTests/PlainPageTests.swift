import Bytes
import StageKit
import Testing

@testable import Clean

@Suite struct PlainPageTests {
  private func blocks(_ text: String) throws -> [(text: String, column: Int, isCell: Bool)] {
    let page = try PlainPage.read(Array(text.utf8), deadline: .none)
    return page.blocks.map {
      (String(decoding: page.bytes[$0.span.range], as: UTF8.self), Int($0.column), $0.context.contains(.cell))
    }
  }

  /// Rows of cells parted by runs of spaces of every length and alignment.
  @Test func threeSpacesPartCells() throws {
    let seed = UInt64.random(in: 0 ... .max)
    print("cell seed \(seed)")
    var random = SeededGenerator(state: seed)
    for _ in 0..<2_000 {
      var (row, cells) = (String(repeating: " ", count: Int.random(in: 0...5, using: &random)), [""])
      for place in 0..<Int.random(in: 1...6, using: &random) {
        if place > 0 {
          let gap = String(repeating: " ", count: Int.random(in: 1...7, using: &random))
          row += gap
          if gap.count >= 3 { cells.append("") } else { cells[cells.count - 1] += gap }
        }
        let word = String(repeating: "x", count: Int.random(in: 1...8, using: &random))
        row += word
        cells[cells.count - 1] += word
      }
      let found = try blocks(row + "  \n")
      #expect(found.map(\.text) == cells, "\(row)")
      #expect(found.allSatisfy { $0.isCell == (cells.count > 1) })
      #expect(found.first?.column == row.prefix { $0 == " " }.count)
    }
  }
}
