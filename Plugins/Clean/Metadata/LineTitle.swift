import StageKit

/// Finds the headline of a plain-text page among the lines before the body: the one with the highest score, or none.
enum LineTitle {
  /// The title, and the block that it stands in.
  static func find(
    _ page: Page, _ facts: PageFacts, bodyStart: Int, weights: TitleWeights = .lines
  ) -> (title: Snippet?, block: Int?) {
    let features = TitleFeatures(page, facts, bodyStart: bodyStart)
    var best: (score: Int, candidate: TitleFeatures.Candidate?) = (weights.score([TitleFeatures.noneRow]), nil)
    for candidate in features.candidates {
      let score = weights.score(features.rows(of: candidate))
      if score > best.score { best = (score, candidate) }
    }
    guard let found = best.candidate else { return (nil, nil) }
    let block = found.block
    var title = page.snippet(found.span)
    // The window's title comes first in some dumps.
    if block == 0, bodyStart > 3 { title.text = DeclaredTitle.withoutSite(title.text) }
    return (title, block)
  }
}

/// What each feature of a line says for its being the headline, in hundredths.
struct TitleWeights: Sendable {
  let rows: [Int16]

  init(rows: [Int16]) { self.rows = rows }

  /// - Parameter table: numbers by group, each group's after its name.
  init(table: StaticString) {
    self.init(rows: Self.numbers(table.withUTF8Buffer { Array($0) }))
    precondition(rows.count == TitleFeatures.count, "the weight table has other features")
  }

  static func numbers(_ table: [UInt8]) -> [Int16] {
    table.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A }).compactMap { Int16(String(decoding: $0, as: UTF8.self)) }
  }

  func score(_ held: [Int]) -> Int { held.reduce(0) { $0 + Int(rows[$1]) } }
}
