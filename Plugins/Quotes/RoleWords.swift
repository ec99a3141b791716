import Bytes
import StageKit

/// Words for people by what they do, and for organisations by what they are.
enum RoleWords {
  /// The role words that go with a description: a “diplomat” may be a minister or an ambassador.
  static func roles(for description: WordHash) -> [WordHash]? { offices[description] }

  /// The words in an organisation's name that go with a description: an “agency” may be an office or a bureau.
  static func organizations(for description: WordHash) -> WordSet? { bodies[description] }

  /// Descriptions that anybody may get who is spoken of.
  static let anybody = set(
    """
    official politician candidate nominee frontrunner front-runner contender hopeful billionaire businessman
    businesswoman tycoon mogul magnate democrat republican conservative liberal independent tory actor actress author
    writer novelist star celebrity singer player coach scientist researcher economist analyst expert incumbent
    challenger activist entrepreneur investor veteran athlete comedian filmmaker artist musician strategist
    adviser advisor aide consultant lobbyist columnist commentator historian engineer surgeon blogger detective
    """)

  /// Descriptions of somebody who is not known further: “the reporter”, “a voter”.
  static let somebody = set(
    """
    man woman boy girl child teenager student pupil teacher nurse patient voter supporter critic journalist reporter editor
    moderator host interviewer anchor presenter witness victim survivor source insider person neighbor neighbour friend
    colleague relative resident farmer worker driver owner employee passenger customer user protester demonstrator
    delegate volunteer donor participant guest visitor tourist refugee migrant immigrant soldier policeman policewoman
    officer guard pilot captain priest pastor imam rabbi bishop cleric monk mother father parent sister
    brother wife husband son daughter uncle aunt cousin widow widower girlfriend boyfriend fiancee fiance partner
    grandmother grandfather mom dad assistant staffer pundit pollster rival opponent contestant inmate prisoner suspect gunman attacker defendant juror
    clerk cashier waitress waiter barber shopkeeper mechanic electrician fisherman sailor lawyer attorney
    prosecutor doctor physician psychologist psychiatrist professor academic scholar librarian
    translator photographer speaker spokesman spokeswoman spokesperson representative runner
    """)

  static let women = set(
    """
    woman actress businesswoman congresswoman spokeswoman chairwoman councilwoman assemblywoman policewoman lady
    mother sister daughter wife ex-wife girl schoolgirl grandmother widow aunt niece queen princess duchess waitress
    girlfriend hostess heiress nun mom bride fiancee matriarch forewoman alderwoman anchorwoman sportswoman
    """)

  static let men = set(
    """
    man businessman congressman spokesman councilman assemblyman policeman gentleman father brother son husband
    ex-husband boy schoolboy grandfather widower uncle nephew king prince duke waiter boyfriend priest monk dad
    fiance gunman cameraman fisherman chairman alderman anchorman sportsman salesman
    """)

  /// Descriptions of an organisation that need no word of its name.
  static let anyOrganization = set(
    """
    company firm corporation manufacturer retailer automaker airline carrier bank lender charity nonprofit group
    organization organisation agency newspaper paper magazine tabloid network broadcaster website outlet union
    university giant maker insurer conglomerate startup operator
    """)

  static let officeWords = set(
    """
    president minister secretary senator sen. representative rep. congressman congresswoman governor gov. mayor judge
    justice ambassador envoy chancellor premier king queen general gen. colonel col. admiral bishop pope sheriff
    commissioner
    """)

  private static let offices = table([
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
    ("sheriff chancellor bishop archbishop cardinal commissioner justice treasurer comptroller", ""),
    ("pontiff", "pope"),
    ("attorney lawyer prosecutor", "attorney lawyer prosecutor counsel"),
    ("academic scholar professor", "professor prof. dr. lecturer scholar"),
    ("doctor physician", "dr. doctor physician surgeon"),
    ("chief head", "chief head director"),
    ("pastor cleric minister", "rev. reverend pastor"),
  ]) { words($0).map { WordHash($0) } }

  private static let bodies = table([
    ("agency bureau", "agency department bureau administration office service authority"),
    ("department", "department"),
    ("ministry", "ministry"),
    ("airline carrier", "airlines airline air airways aviation"),
    ("bank lender", "bank bancorp"),
    ("court", "court"),
    ("committee panel", "committee panel"),
    ("commission", "commission"),
    ("council", "council"),
    ("board", "board"),
    ("union", "union federation brotherhood teamsters"),
    ("university college school", "university college school institute"),
    ("hospital clinic", "hospital clinic"),
    ("museum", "museum"),
    ("church", "church"),
    (
      "newspaper paper daily tabloid",
      """
      times post journal herald tribune telegraph guardian mail news gazette chronicle globe sun star observer register
      dispatch examiner inquirer today independent mirror press sentinel
      """
    ),
    ("magazine weekly", "magazine time newsweek review economist week"),
    ("network channel broadcaster station", "news television tv radio broadcasting"),
    ("website outlet", "news times post journal magazine today"),
    ("party", "party"),
    ("foundation", "foundation"),
    ("institute", "institute"),
    ("association league federation", "association league federation"),
    (
      "group organization organisation charity nonprofit",
      """
      group organization organisation association foundation alliance coalition council watch international fund
      project institute society committee
      """
    ),
    (
      "company firm corporation manufacturer retailer automaker giant maker insurer conglomerate startup operator",
      "company inc inc. corp corp. corporation ltd llc plc co co. motors technologies systems"
    ),
  ]) { set($0) }

  private static func table<Parts: Sendable>(
    _ rows: [(StaticString, StaticString)], of parts: (StaticString) -> Parts
  ) -> WordTable<Parts> {
    var table = WordTable<Parts>()
    for (descriptions, list) in rows {
      let parts = parts(list)
      for word in words(descriptions) { table.insert(WordHash(word), parts) }
    }
    return table
  }

  private static func words(_ list: StaticString) -> [[UInt8]] {
    list.withUTF8Buffer { Array($0) }.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A }).map { Array($0) }
  }

  private static func set(_ list: StaticString) -> WordSet {
    WordSet(words(list).map { String(decoding: $0, as: UTF8.self) })
  }
}
