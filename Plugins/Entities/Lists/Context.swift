// From general knowledge.
extension WordLists {
  static let months: StaticString = """
    january february march april may june july august september october november december jan. feb. mar. apr. jun.
    jul. aug. sept. sep. oct. nov. dec.
    """

  static let weekdays: StaticString = """
    monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays
    sundays
    """

  static let determiners: StaticString = """
    the a an this that these those his her its their our my your each every some any no
    """

  /// Words that never begin a name, whatever follows.
  static let functionWords: StaticString = """
    but and or so if when while since as after before although though because however then now still yet also meanwhile
    both even like with for by to under over during despite according where why how what who which is are was were has
    have had he she it they we i you there here not only just of on in at from into about against between through until
    unless whether once nor than moreover perhaps maybe many most more several some other others all one two three
    four five last next earlier later today yesterday
    """

  /// “the Lund government”: who leads it, or where it is.
  static let governmentNouns: StaticString = """
    government administration regime family campaign cabinet era presidency doctrine
    """

  /// A name after one of these is likely a place.
  static let placePrepositions: StaticString = """
    in near outside across throughout inside around toward towards at from to into via off
    """

  /// “the town of X”, “X province”.
  static let placeNouns: StaticString = """
    town city village province region district county state capital suburb island port governorate municipality area
    countryside neighborhood neighbourhood border airport coast resort republic territory camp
    mountains river lake peninsula valley stadium refugee beach
    """

  /// “X shares”, “X officials”.
  static let organizationNouns: StaticString = """
    shares stock officials executives employees workers staff headquarters subsidiary unit spokesman spokeswoman
    spokesperson members fans players supporters militants fighters website newspaper magazine agency channel network
    television radio tv daily weekly newspapers journal party movement group company firm bank airline team club
    """

  /// “Lender X”: the name of a firm follows.
  static let firmNouns: StaticString = """
    automaker bookmaker brewer brokerage broadcaster carmaker chipmaker conglomerate distiller drugmaker grocer
    homebuilder insurer jetmaker lender miner phonemaker planemaker reinsurer retailer shipbuilder
    shipmaker startup start-up steelmaker telco toymaker truckmaker airline agency
    """

  /// Words of reports of sport.
  static let sportWords: StaticString = """
    soccer football baseball basketball hockey cricket rugby tennis golf athletics cycling boxing softball volleyball
    handball league leagues cup championship championships season seasons playoff playoffs tournament match matches
    goal goals scored scorer scorers striker strikers midfielder midfield goalkeeper winger halftime half-time innings
    inning wicket wickets batsman batsmen bowler bowlers pitcher pitchers quarterback touchdown touchdowns coach coaches
    referee stadium fixture fixtures standings semifinal semifinals semi-final semi-finals quarterfinal quarter-final
    quarter-finals medal medals relegation fans team teams squad club clubs player players standing
    """

  /// Words in lower case that may stand inside a name.
  static let joiners: StaticString = """
    of for on and the in
    """
}
