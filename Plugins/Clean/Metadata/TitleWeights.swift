extension ChoiceWeights {
  /// Of the lines of a plain-text dump. Fitted by `linecaster train titles`, to pages of
  /// scrapinghub, naeb, magic-html, fundus, wcxb; the figures hold no text of theirs.
  static let titles = ChoiceWeights(table: titlesRows, count: TitleFeatures.count)

  /// By feature group.
  private static let titlesRows: StaticString = """
    none -16
    words -77 -19 -44 -26 38 63 60 47 -2 -7 -15
    end -25 0 -26 -8 0 44 11 22
    start 15 0 22 21 0 -34 -3 0
    distance -50 1 5 5 27 17 28 50 24 -22 -34 -35
    shape -33 4 64 14 55 -88
    topicShare -112 -33 -16 -28 43 71 96
    topicCount -112 -62 13 50 72 57
    marker -9 -10 1 -5 -9 0 -9
    wordClass -4 -5 -6 -2 -44 -3 -54 31 -67 33 -44 18
    capitals -13 -8 9 27 3
    repeated 27 0 -8
    layout 188 111 0 -35
    followed 105 111 109 79 -7
    preceded -23 -3 -17
    topical 9 50 28 11 -22 -4 8 23 -20 -8 -30 -30
    next 25 8 36 11 -28 -33 0 44
    before -57 -10 -2 -3 20 96 -32 27
    place -32 -1 13 -32
    column -5 79 -55
    part 41 -38 25 -9
    """
}
