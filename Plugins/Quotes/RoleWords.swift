import StageKit

/// Words for people by what they do.
enum RoleWords {
  /// The role words that go with a description: a “diplomat” may be a minister or an ambassador.
  static func roles(for description: WordHash) -> WordSet? { table[description] }

  /// Descriptions of a person that say nothing of the office.
  static let people = set(
    """
    official politician man woman actor author billionaire businessman businesswoman candidate celebrity critic
    democrat republican expert frontrunner front-runner runner girl boy host insider journalist mogul nominee
    participant person pundit reporter rival source star student supporter survivor teacher veteran victim voter
    witness writer worker singer player coach novelist scientist researcher analyst speaker interviewer
    """)

  private static let table: WordTable<WordSet> = {
    var table = WordTable<WordSet>()
    let rows: [(StaticString, StaticString)] = [
      ("diplomat", "minister ambassador envoy diplomat consul foreign secretary representative"),
      ("leader", "leader president chancellor premier chairman chairwoman chief king prime head speaker"),
      ("premier", "premier prime minister"),
      ("lawmaker legislator", "sen. senator rep. representative congressman congresswoman mp lawmaker deputy member"),
      ("senator", "sen. senator"),
      ("congressman congresswoman representative", "rep. representative congressman congresswoman"),
      ("governor", "gov. governor"),
      ("general commander soldier officer", "general gen. commander colonel col. officer lieutenant lt. admiral major"),
      ("spokesman spokeswoman spokesperson", "spokesman spokeswoman spokesperson press"),
      ("executive boss", "executive ceo chief president chairman chairwoman director founder"),
      ("president minister secretary ambassador envoy chairman chairwoman director mayor judge", ""),
      ("attorney lawyer prosecutor", "attorney lawyer prosecutor counsel"),
      ("academic scholar professor", "professor prof. dr. lecturer scholar"),
      ("doctor physician", "dr. doctor physician surgeon"),
      ("chief", "chief head director"),
    ]
    for (descriptions, roles) in rows {
      let roles = set(roles)
      for word in words(descriptions) { table.insert(WordHash(word), roles) }
    }
    return table
  }()

  private static func words(_ list: StaticString) -> [[UInt8]] {
    list.withUTF8Buffer { Array($0) }.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A }).map { Array($0) }
  }

  private static func set(_ list: StaticString) -> WordSet {
    WordSet(words(list).map { String(decoding: $0, as: UTF8.self) })
  }
}
