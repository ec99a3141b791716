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

  /// A name after one of these is likely a place.
  static let placePrepositions: StaticString = """
    in near outside across throughout inside around toward towards at from to into via off
    """

  /// “the town of X”, “X province”.
  static let placeNouns: StaticString = """
    town city village province region district county state capital suburb island port governorate municipality area
    countryside neighborhood neighbourhood border airport coast resort republic territory camp
    """

  /// “X shares”, “X officials”.
  static let organizationNouns: StaticString = """
    shares stock officials executives employees workers staff headquarters subsidiary unit spokesman spokeswoman
    spokesperson members fans players supporters militants fighters website newspaper magazine agency channel network
    party movement group company firm bank airline team club
    """

  /// Words in lower case that may stand inside a name.
  static let joiners: StaticString = """
    of for on and the in
    """
}
