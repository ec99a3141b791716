// From general knowledge.
extension WordLists {
  /// Roles and titles, lower case; abbreviations with their full stop.
  static let titles: StaticString = """
    president presidents vice-president minister ministers premier chancellor king queen prince princess duke
    duchess earl baron baroness count countess emperor empress tsar czar sultan sheikh sheik emir shah pope
    cardinal archbishop bishop reverend pastor rabbi imam ayatollah mullah patriarch priest monk nun lama
    secretary undersecretary secretary-general ambassador envoy consul diplomat governor mayor senator senators
    congressman congresswoman congressmen representative representatives deputy lawmaker legislator
    parliamentarian councillor councilman councilwoman councilor alderman mp mps mep lord lady sir dame baronet
    speaker chairman chairwoman chairperson chair chief chiefs head director directors manager boss executive ceo
    cfo coo cto founder co-founder cofounder owner partner president-elect leader leaders commander commanders
    general generals colonel major captain lieutenant sergeant corporal private admiral commodore marshal
    brigadier officer officers detective inspector superintendent constable sheriff judge judges justice justices
    magistrate attorney attorneys lawyer lawyers prosecutor prosecutors solicitor barrister counsel doctor doctors
    professor professors prof dr physician surgeon nurse scientist scientists researcher researchers economist
    economists analyst analysts strategist historian sociologist psychologist biologist physicist chemist engineer
    astronaut cosmonaut author authors writer writers novelist poet playwright journalist journalists reporter
    reporters correspondent correspondents columnist columnists editor editors publisher photographer
    photographers cameraman anchor anchorman broadcaster presenter host blogger critic commentator actor actors
    actress actresses comedian singer singers rapper musician guitarist drummer pianist violinist composer
    conductor filmmaker producer artist artists painter sculptor architect designer model dancer choreographer
    coach coaches trainer skipper striker strikers midfielder defender goalkeeper keeper winger forward
    quarterback pitcher catcher shortstop batsman bowler golfer boxer swimmer sprinter runner cyclist driver
    jockey player players teammate teammates champion champions referee umpire spokesman spokeswoman spokesperson
    spokesmen aide aides adviser advisers advisor advisors assistant activist activists campaigner dissident rebel
    warlord militant terrorist gunman suspect suspects defendant victim witness businessman businesswoman tycoon
    billionaire entrepreneur banker trader investor broker treasurer accountant auditor administrator commissioner
    coordinator organizer organiser principal dean teacher student students pupil pilot sailor soldier soldiers
    fisherman farmer candidate candidates nominee incumbent rival challenger successor predecessor counterpart
    colleague colleagues friend friends brother brothers sister sisters father mother son sons daughter daughters
    husband wife uncle aunt cousin nephew niece grandfather grandmother grandson widow fiance fiancee boyfriend
    girlfriend mr mr. mrs mrs. ms ms. miss mx. mr.s madam monsieur madame mme herr frau senor señor señora dr.
    prof. gen. col. lt. sgt. capt. cpl. maj. adm. cmdr. pvt. rev. fr. sen. sens. rep. reps. gov. pres. hon. amb.
    supt. insp. det. brig. sec. jr.
    """

  /// Titles that stand before a name and say little else.
  static let honorifics: StaticString = """
    mme mr mr. mrs mrs. ms ms. miss mx. dr dr. prof. sir dame lord lady madam monsieur madame herr frau senor
    señor señora gen. col. lt. sgt. capt. cpl. maj. adm. cmdr. pvt. rev. fr. sen. sens. rep. reps. gov. pres. hon.
    amb. supt. insp. det. brig. saint st. sheikh sheik ayatollah pope king queen prince princess imam mullah
    """

  /// Words that go before a title: “foreign”, “deputy”.
  static let titleParts: StaticString = """
    foreign prime deputy vice chief special defense defence interior finance economy economic justice attorney
    press general associate assistant acting interim former ex then-president then first second third senior
    junior top state permanent high national security lieutenant rear brigadier major air staff district county
    police military political ruling opposition party fellow retired late outgoing incoming newly elected veteran
    leading prominent famous legendary federal supreme court armed forces executive managing creative artistic
    technical sports health education environment trade transport energy agriculture labour labor culture tourism
    information communications housing intelligence oil treasury home commerce budget development planning
    emergency situations affairs cabinet parliamentary presidential vice-presidential gubernatorial congressional
    republican democratic democrat conservative liberal socialist communist independent spiritual religious crown
    grand great self-proclaimed star film movie pop rock jazz tv television radio human rights aid relief lead
    principal chief-of-staff joint co vice- world olympic champion team club football soccer cricket rugby tennis
    basketball baseball hockey golf boxing elder younger eldest older youngest twin own longtime long-time
    one-time onetime sometime
    """
}
