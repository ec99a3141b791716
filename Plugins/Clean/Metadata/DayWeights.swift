extension ChoiceWeights {
  /// Of the days on a page. Fitted by `linecaster train dates`, to pages of
  /// scrapinghub, naeb, magic-html, fundus, wcxb; the figures hold no text of theirs.
  static let days = ChoiceWeights(table: daysRows, count: PublicationFeatures.count)

  /// By feature group.
  private static let daysRows: StaticString = """
    none -11
    kind 59 59 33 26 20 -16 41 -45 -43 -42 -3
    order 23 -1 -1 -6
    zone -2
    declaredToo 29 20 5 -1 2 27 13 18 7 -6
    printedToo 62 26 31 -4 5 5
    kinds -40 -1 31 20
    address 18 0 -5
    rank 53 -9 24
    title -26 1 7 58 -1 17 -3 10 10 22 -26 -69 -4
    body 18 34 73 15 -30 5 -19 9 6 -29 -82
    role -1 0 16 -13 -1 -6
    shape -1 1 -5 -2 -14 21
    words 21 1 0 4 -17 -9
    label 78 -51 -60 62 -23 -57 -8
    before 26 5 -3 -30
    after 3 28 -11 -18
    time 40 27
    byline 23 19 -3 -6
    context 1 1 -21 3 2 0 0 15 16 0 -2 0 12 0 0 0 0 29 7 -5 0 0 18 9 3 1 0
    place 74 73 -19 -5 -34 -40
    form 8 0 -4 0
    near -28 2 -6 -58 -49 11 -20
    times -17 1 5 10
    days -6 5 7 -4
    """
}
