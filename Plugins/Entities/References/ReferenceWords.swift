import Bytes
import StageKit

extension ReferenceFinder {
  static let pronouns = WordTable<Gender>(
    [
      ("he", .masculine), ("him", .masculine), ("his", .masculine), ("himself", .masculine), ("she", .feminine),
      ("her", .feminine), ("hers", .feminine), ("herself", .feminine),
    ])
  static let nominatives = WordSet(["he", "she"])
  static let prepositions = WordSet([
    "in", "on", "at", "of", "for", "with", "by", "to", "from", "after", "before", "against", "about", "between",
    "under",
    "during", "despite", "since", "while", "when", "as", "if", "although", "though", "without", "like", "than", "over",
    "following", "amid", "unlike",
  ])
  /// People who have no office.
  static let humans = WordSet([
    "man", "woman", "boy", "girl", "person", "someone", "somebody", "anyone", "anybody", "everyone", "nobody",
    "baby", "child", "voter", "resident", "neighbor", "neighbour", "passenger", "customer", "guy",
  ])
  static let plurals = WordSet([
    "presidents", "ministers", "senators", "congressmen", "representatives", "mps", "chiefs", "directors", "leaders",
    "commanders", "generals", "officers", "judges", "justices", "attorneys", "lawyers", "prosecutors", "doctors",
    "professors", "scientists", "researchers", "economists", "analysts", "authors", "writers", "journalists",
    "reporters",
    "correspondents", "columnists", "editors", "actors", "actresses", "singers", "artists", "coaches", "players",
    "spokesmen", "aides", "advisers", "advisors", "activists", "suspects", "defendants", "students", "teachers",
    "soldiers", "candidates", "colleagues", "friends", "brothers", "sisters", "sons", "daughters", "champions",
    "teammates", "strikers",
  ])
  /// “the new president” is another one.
  static let others = WordSet(["new", "next", "previous", "other", "second", "another", "future", "first", "last"])
  static let formers = WordSet(["former", "ex", "then", "late", "ex-"])
  /// Say how high, not which office.
  static let ranks = WordSet(["top", "senior", "leading", "veteran", "chief", "prominent"])

  /// Descriptions that go with several offices, and the groups of those.
  static let offices: WordTable<UInt8> = table(descriptions)
  /// Words of roles, and the groups they are in.
  static let members: WordTable<UInt8> = table(roles)

  private static func table(_ rows: [(UInt8, String)]) -> WordTable<UInt8> {
    var table = WordTable<UInt8>()
    for (group, words) in rows {
      for word in words.split(separator: " ") {
        let hash = WordHash(word.utf8)
        table.insert(hash, (table[hash] ?? 0) | group)
      }
    }
    return table
  }

  private static let descriptions: [(UInt8, String)] = [
    (1, "diplomat"), (2, "official"), (4, "leader"), (8, "lawmaker legislator parliamentarian"), (16, "politician"),
    (32, "officer"), (64, "spokesman spokeswoman spokesperson"), (128, "premier"),
  ]
  private static let roles: [(UInt8, String)] = [
    (1, "minister ambassador envoy consul diplomat"),
    (2, "minister secretary ambassador envoy deputy spokesman spokeswoman spokesperson official director commissioner"),
    (4, "president chancellor premier chairman chairwoman leader head king emir"),
    (8, "senator sen. representative rep. congressman congresswoman mp lawmaker legislator"),
    (
      16,
      "president minister chancellor premier senator sen. representative rep. congressman congresswoman mp governor gov. mayor lawmaker"
    ),
    (32, "general gen. colonel col. major captain capt. lieutenant lt. sergeant sgt. officer"),
    (64, "spokesman spokeswoman spokesperson"), (128, "premier prime"),
  ]
}
