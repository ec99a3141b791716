extension ConfidenceTable {
  /// Counted by `linecaster train quotes` on news articles; the figures hold no text of theirs.
  static let news = ConfidenceTable(hundredths: [
    [97, 97, 98, 93],  // quotation
    [58, 82, 82, 69],  // participleQuotation
    [84, 86, 89, 75],  // that
    [80, 78, 88, 77],  // tag
    [79, 79, 83, 64],  // bare
    [41, 78, 76, 47],  // participle
    [73, 75, 73, 73],  // colon
    [80, 80, 79, 70],  // question
    [58, 57, 57, 57],  // passive
    [41, 62, 67, 39],  // object
    [37, 39, 26, 32],  // noun
    [20, 31, 31, 31],  // nobodys
    [49, 50, 46, 45],  // nounLike
    [11, 46, 52, 37],  // embedded
    [7, 53, 59, 36],  // untagged
    [3, 3, 3, 3],  // scareQuotes
    [90, 90, 90, 90],  // label
    [75, 75, 75, 75],  // inner
  ])
}
