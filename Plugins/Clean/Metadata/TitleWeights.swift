extension TitleWeights {
  /// For plain-text dumps. Fitted by `linecaster train titles`, to pages of
  /// scrapinghub, naeb, magic-html, fundus, wcxb; the figures hold no text of theirs.
  static let lines = TitleWeights(table: linesRows)

  /// By feature group.
  private static let linesRows: StaticString = """
    none -18
    words -77 -27 -47 -21 46 61 51 53 -1 -4 -20
    end -26 0 -27 -13 0 48 15 14
    start 17 0 18 23 0 -31 -12 0
    distance -51 -17 8 -7 30 7 37 49 26 -13 -32 -22
    shape -30 3 62 14 60 -96
    topicShare -109 -40 -11 -28 32 72 99
    topicCount -109 -52 7 45 68 59
    marker -7 -17 1 -9 -13 -1 -11
    wordClass -12 -4 -5 -11 -45 1 -69 20 -71 28 -48 18
    capitals 4 -4 -2 24 -5
    repeated 26 1 -12
    layout 185 112 -2 -31
    followed 105 107 110 85 0
    preceded -25 5 -27
    topical 9 50 32 23 -28 0 6 13 -28 -9 -22 -35
    next 26 5 33 7 -30 -28 0 38
    before -56 -4 -5 -5 22 89 -22 25
    place -22 -4 10 -22
    column -8 78 -51
    part 47 -38 20 -11
    """
}
