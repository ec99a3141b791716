import Testing

@testable import Store

@Suite struct RowNumberTests {
  @Test(arguments: [-62_091, -1, 0, 20_513, 68_979])
  func tellsTheDay(_ day: Int) {
    #expect(RowNumber.day(ofArticle: RowNumber.article(from: day)) == day)
    #expect(RowNumber.day(ofArticle: RowNumber.articlesEnd(of: day) - 1) == day)
    #expect(RowNumber.day(ofPart: RowNumber.part(from: day)) == day)
    #expect(RowNumber.day(ofPart: RowNumber.partsEnd(of: day) - 1) == day)
    #expect(RowNumber.partsEnd(of: day) < 1 << 53)
  }

  @Test func takesDaysOutsideForTheFirstAndTheLast() {
    #expect(RowNumber.article(from: -1_000_000) == RowNumber.article(from: RowNumber.firstDay))
    #expect(RowNumber.part(from: 1_000_000) == RowNumber.part(from: RowNumber.lastDay))
  }
}
