extension ChoiceWeights {
  /// Of the days on a page. Fitted by `linecaster train dates`, to pages of
  /// scrapinghub, naeb, magic-html, fundus, wcxb; the figures hold no text of theirs.
  static let days = ChoiceWeights(table: daysRows, count: PublicationFeatures.count)

  /// By feature group.
  private static let daysRows: StaticString = """
    none -11
    kind 58 59 33 25 20 -16 42 -45 -42 -42 -3
    order 23 -1 -1 -6
    zone -2
    declaredToo 28 20 5 -2 2 27 13 18 8 -6
    printedToo 62 25 32 -4 5 5
    kinds -40 -1 31 20
    address 18 0 -5
    rank 53 -9 23
    title -26 1 7 58 -1 16 -3 10 10 22 -26 -69 -4
    body 18 34 73 16 -30 5 -20 9 6 -29 -81
    role -1 0 16 -12 -1 -5
    shape -1 1 -4 -2 -15 21
    words 21 1 0 4 -18 -7
    label 78 -51 -60 62 -23 -57 -7
    before 26 5 -3 -29
    after 3 28 -11 -18
    time 40 28
    byline 22 19 -3 -6
    context 1 1 -22 3 2 0 0 15 16 0 -2 0 12 0 0 0 0 29 7 -6 0 0 18 10 3 1 0
    place 74 73 -19 -5 -34 -41
    form 8 0 -4 0
    near -28 1 -6 -58 -49 11 -19
    times -17 2 5 10
    days -6 5 7 -4
    """
}
