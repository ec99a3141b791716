extension TitleWeights {
  /// For plain-text dumps. Fitted by `linecaster train titles`, to pages of
  /// scrapinghub, naeb, magic-html, fundus, wcxb; the figures hold no text of theirs.
  static let lines = TitleWeights(table: linesRows)

  /// By feature group.
  private static let linesRows: StaticString = """
    none -17
    words -80 -15 -49 -21 39 59 61 53 -5 -7 -21
    end -25 0 -22 -7 0 47 14 15
    start 13 0 26 16 0 -27 -5 0
    distance -49 -13 -5 3 42 12 25 45 31 -9 -39 -24
    shape -41 7 67 19 54 -88
    topicShare -114 -32 -21 -30 36 79 99
    topicCount -114 -61 19 50 67 58
    marker -5 -10 -3 -2 -10 0 -10
    wordClass -10 -6 -4 4 -50 1 -63 27 -61 32 -46 15
    capitals -8 -13 9 41 -12
    repeated 21 -2 1
    layout 180 110 -2 -28
    followed 109 105 103 82 -14
    preceded -30 -4 -20
    topical 14 53 22 12 -24 0 7 24 -38 -12 -27 -17
    next 17 9 38 3 -23 -26 0 41
    before -57 -5 -9 -2 19 99 -29 20
    place -29 -6 14 -29
    column -5 86 -61
    part 36 -37 27 -7
    """
}
