// From general knowledge.
extension WordLists {
  /// Last words of organisations.
  static let organizationHeads: StaticString = """
    inc inc. corp corp. corporation co. ltd ltd. limited llc plc gmbh ag sa nv bv oyj company companies group
    holdings holding partners brothers bros bros. bank banks insurance airlines airways airline motors motor
    industries industry enterprises energy oil gas petroleum electric electronics pharmaceuticals laboratories
    laboratory labs technologies technology systems software networks network communications telecom media
    entertainment pictures studios studio records press publishing publishers broadcasting television radio news
    times post herald tribune journal gazette chronicle telegraph guardian observer mirror weekly daily magazine
    review newspaper ministry department agency bureau commission committee council parliament congress senate
    assembly legislature court courts tribunal police army navy force forces corps brigade brigades battalion
    regiment division militia militias guard guards command fleet squadron university college school schools
    academy institute institution institutes center centre centers centres foundation fund trust society
    association federation confederation union unions league alliance coalition movement front party organization
    organisation organizations club fc united rovers wanderers athletic hospital clinic museum library church
    churches diocese archdiocese cathedral mission ministries charity service services authority administration
    board office secretariat directorate exchange consortium conference observatory initiative project program
    programme campaign committees chamber cabinet government republicans democrats orchestra choir ballet opera
    theatre theater gallery band brotherhood jihad liga partido partei parti ministerio banco banque bancorp
    newsroom newsdesk consulting advisors associates capital securities investments investment ventures management
    financial finance
    """

  /// Those that are common nouns too and need more evidence.
  static let weakOrganizationHeads: StaticString = """
    house hall state union center centre gas oil energy times post church bank court service services front
    mission office press news army police force forces guard group school club league council government party
    united campaign program project initiative division command conference band review capital board industry
    technology finance financial management investment
    """

  /// Last words of places.
  static let placeHeads: StaticString = """
    river lake mountain mountains mount peak valley desert sea ocean bay gulf strait canal island islands isle
    peninsula cape coast beach forest park square street avenue road boulevard lane highway bridge airport
    airfield airbase station harbor harbour port county province district region governorate oblast krai
    prefecture territory township village town city hills hill heights creek falls springs canyon plains plateau
    reef delta oasis glacier volcano ridge basin stadium arena tower towers plaza palace castle fort camp prison
    cemetery zone crossing checkpoint dam border suburb neighborhood borough parish canton municipality
    """

  /// First words of places.
  static let placeOpeners: StaticString = """
    mount mt mt. lake cape fort ft. port san santa santo são saint st st. el los las la le rio lago isla ile camp
    tel beit deir tal kafr khan wadi jabal ras bab north south east west northern southern eastern western central
    upper lower new old greater inner outer
    """

  /// Last words of events, works and treaties.
  static let eventHeads: StaticString = """
    war wars battle cup open championship championships olympics games tournament festival award awards prize act
    treaty agreement accord accords convention protocol amendment constitution revolution uprising day week month
    year marathon derby classic series bowl summit forum expo prix tour trophy medal doctrine plan pact resolution
    declaration operation hurricane typhoon tropical storm cyclone
    """

  /// Small words inside the names of people.
  static let particles: StaticString = """
    de da do dos das du del della di der den van von vom zu zum ter ten bin ibn ben bint abu abdel abdul abd al el
    ul ur ud az ad ar as ash at an e y la le lo i st op het te af av mac mc ap
    """

  /// What people do in reports: “said”, “resigned”.
  static let personVerbs: StaticString = """
    said says say saying told tells tell added adds add stated states state stressed stresses noted notes
    announced announces declared declares affirmed affirms confirmed confirms reiterated pointed explained
    explains argued argues claimed claims insisted insists warned warns urged urges called calls asked asks
    replied answered responded commented remarked observed recalled admitted acknowledged conceded denied denies
    rejected rejects accused accuses criticized criticised condemned denounced praised hailed welcomed thanked
    promised pledged vowed threatened predicted suggested suggests believes believed thinks thought hopes hoped
    feels felt wrote writes tweeted posted quoted testified joked quipped concluded revealed disclosed reported
    reports expressed voiced emphasized emphasised underlined underscored highlighted clarified continued went met
    meets visited visits arrived left resigned died dies was born married won wins lost loses scored beat beats
    defeated became becomes appeared joined signed voted spoke speaks talked attended led leads heads headed
    served serves played plays works worked lives lived graduated grew took takes gave gives made makes did does
    has had is who whose whom
    """
}
