import StageKit

/// Finds the headline of a plain-text page among the lines before the body: the one with the highest score, or none.
enum LineTitle {
  /// The title, and the block that it stands in.
  static func find(
    _ page: Page, _ facts: PageFacts, bodyStart: Int, weights: ChoiceWeights
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
