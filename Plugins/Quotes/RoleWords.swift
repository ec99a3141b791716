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

/// What a name or a title says of a person's gender.
enum Gender {
  case masculine, feminine, unknown

  init(of entity: Entity, in text: Span<UInt8>) {
    let name = entity.name.span
    var end = 0
    while end < name.count, name[end] != 0x20 { end += 1 }
    let first = WordHash(lowered: name, ByteSpan(0, end))
    if end < name.count, Self.masculineNames.contains(first) {
      self = .masculine
    } else if end < name.count, Self.feminineNames.contains(first) {
      self = .feminine
    } else {
      self = Self.title(of: entity, in: text)
    }
  }

  private static func title(of entity: Entity, in text: Span<UInt8>) -> Gender {
    for span in entity.mentions where span.start > 4 {
      let end = span.start - 1
      var start = end
      while start > 0, text[start - 1] != 0x20, end - start < 6 { start -= 1 }
      let word = WordHash(lowered: text, ByteSpan(start, end))
      if masculineTitles.contains(word) { return .masculine }
      if feminineTitles.contains(word) { return .feminine }
    }
    return .unknown
  }

  private static let masculineTitles = WordSet(["mr.", "mr", "sir", "lord", "king", "prince"])
  private static let feminineTitles = WordSet(["mrs.", "mrs", "ms.", "ms", "miss", "queen", "lady", "dame"])

  private static let masculineNames = WordSet(
    """
    james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark donald
    steven paul andrew joshua kenneth kevin brian george timothy ronald edward jason jeffrey ryan jacob gary nicholas
    eric jonathan stephen larry justin scott brandon benjamin samuel gregory alexander frank patrick raymond jack dennis
    jerry tyler aaron jose adam nathan henry douglas zachary peter kyle noah ethan jeremy walter christian keith roger
    terry harry ralph sean jesse roy louis billy bruce eugene carl alan juan philip phillip randy howard vincent bobby
    johnny bernie ted bill mike mitt marco rand ben chris jeb barack joe jim tom tim dan steve bob rick ron rob matt
    greg jeff ken sam dave don ed fred vladimir sergey sergei dmitry dmitri oleg igor ivan boris mikhail nikolai alexei
    aleksandr bashar mohammed muhammad mohammad ahmed ali hassan hussein ibrahim omar recep rejep benjamin emmanuel
    francois jean pierre jacques hans klaus jürgen wolfgang karl otto giuseppe silvio matteo luigi carlos luis jorge
    pedro miguel fernando narendra imran xi shinzo ban kofi antonio staffan rex newt lindsey mitch harry reince glenn
    rush corey sean anderson jake wolf lester stuart neil ian graham nigel jeremy gordon tony liam gavin simon
    """.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init))
  private static let feminineNames = WordSet(
    """
    mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty sandra margaret ashley
    kimberly emily donna michelle carol amanda melissa deborah stephanie rebecca sharon laura cynthia dorothy amy
    kathleen angela shirley emma brenda pamela nicole anna samantha katherine christine helen debra rachel carolyn janet
    maria catherine heather diane olivia julie joyce victoria ruth virginia lauren kelly christina joan evelyn judith
    andrea hannah megan cheryl jacqueline martha madison teresa gloria sara janice ann kathryn abigail sophia jean
    frances alice judy isabella julia grace amber denise danielle marilyn beverly charlotte natalie theresa diana
    brittany doris kayla alexis lori hillary hilary ivanka melania chelsea kellyanne megyn carly condoleezza nikki
    huma donna debbie loretta susan valerie jill tulsi kamala angela theresa ursula christine marine natalia olga
    tatiana elena irina svetlana ekaterina fatima aisha benazir aung indira sonia yulia dilma cristina ségolène
    katie kate jane ellen tina gwen rosie ada greta ingrid
    """.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init))
}
