extension ConfidenceTable {
  /// Counted by `linecaster train quotes` on news articles; the figures hold no text of theirs.
  static let news = ConfidenceTable(hundredths: [
    [97, 97, 98, 93],  // quotation
    [58, 81, 82, 69],  // participleQuotation
    [86, 88, 93, 75],  // that
    [80, 78, 88, 78],  // tag
    [81, 82, 85, 67],  // bare
    [41, 77, 74, 48],  // participle
    [73, 75, 73, 73],  // colon
    [78, 79, 73, 68],  // question
    [59, 58, 58, 58],  // passive
    [47, 70, 74, 50],  // object
    [38, 40, 29, 32],  // noun
    [22, 33, 33, 33],  // unattributed
    [50, 50, 47, 50],  // nounLike
    [11, 45, 54, 35],  // embedded
    [7, 53, 59, 39],  // untagged
    [3, 4, 4, 4],  // scareQuotes
    [90, 90, 90, 90],  // label
    [75, 75, 75, 75],  // inner
  ])
}
