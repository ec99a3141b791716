// Closed classes of English words, and the common verbs that end a noun phrase. Forms are lower case.

enum FunctionWords {
  static let lists: [(StaticString, WordTraits)] = [
    (determiner, .determiner),
    (indefinite, .indefinite),
    (possessive, .possessive),
    (clitic, .clitic),
    (subjectPronoun, .subjectPronoun),
    (objectPronoun, .objectPronoun),
    (masculine, .masculine),
    (feminine, .feminine),
    (neuter, .neuter),
    (plural, .plural),
    (firstPerson, .firstPerson),
    (preposition, .preposition),
    (of, .of),
    (coordinator, .coordinator),
    (subordinator, .subordinator),
    (relative, .relative),
    (that, .that),
    (to, .to),
    (be, .be),
    (auxiliary, .auxiliary),
    (modal, .modal),
    (negation, .negation),
    (adverb, .adverb),
    (time, .time),
    (question, .question),
    (earlier, .earlier),
    (according, .according),
    (out, .out),
    (forOrOn, .forOrOn), (aboutOrOf, .aboutOrOf),
    (refuses, .refuses), (quantifier, .quantifier), (label, .label), (contrast, .contrast),
    (opensQuestion, .opensQuestion), (former, .former), (by, .by), (speakerLabel, .speakerLabel),
    (CueNouns.speech, .speechNoun), (CueNouns.utters, .utters),
    (verb, .verb),
  ]

  private static let former: StaticString = """
    former onetime
    """

  private static let by: StaticString = """
    by from
    """

  private static let speakerLabel: StaticString = """
    q a q. a. question answer interviewer moderator
    """

  private static let contrast: StaticString = """
    but while although though
    """

  private static let label: StaticString = """
    more tags tag related watch photo photos picture video videos update updated exclusive breaking opinion analysis
    editorial live latest caption source sources credit topics alert notice correction clarification note
    """

  private static let quantifier: StaticString = """
    some many most few several both those others all people men women children police
    """

  private static let opensQuestion: StaticString = """
    what how why whether if
    """

  private static let determiner: StaticString = """
    the this these those all both each every either neither some any no many most several few more another such
    other two three four five six seven eight nine ten
    """

  private static let indefinite: StaticString = """
    a an one some several many two three few another
    """

  private static let possessive: StaticString = """
    his her their its my our your whose
    """

  private static let clitic: StaticString = """
    's ’s ' ’
    """

  private static let subjectPronoun: StaticString = """
    he she they it we i you who everyone everybody nobody someone others
    """

  private static let objectPronoun: StaticString = """
    him them me us it you her himself herself themselves itself
    """

  private static let masculine: StaticString = """
    he him his himself
    """

  private static let feminine: StaticString = """
    she her hers herself
    """

  private static let neuter: StaticString = """
    it itself
    """

  private static let plural: StaticString = """
    they them their themselves we us our these those
    """

  private static let firstPerson: StaticString = """
    i we me us my our
    """

  private static let preposition: StaticString = """
    of in on at by for from with about against among around before behind below beneath beside between beyond
    despite during following including inside into like near off onto outside over past per since through
    throughout toward towards under until unlike upon via within without after amid amidst across along above
    concerning regarding ahead due as because
    """

  private static let of: StaticString = """
    of
    """

  private static let coordinator: StaticString = """
    and but or nor yet & plus
    """

  private static let subordinator: StaticString = """
    that if whether because while when whenever before after although though since until unless where whereas
    wherever as once lest than so
    """

  private static let relative: StaticString = """
    who which whom whose
    """

  private static let that: StaticString = """
    that
    """

  private static let to: StaticString = """
    to
    """

  private static let be: StaticString = """
    is are was were be been being am 'm ’m 're ’re
    """

  private static let auxiliary: StaticString = """
    is are was were be been being am 'm ’m 're ’re has have had having 've ’ve 'd ’d do does did ain't
    """

  private static let modal: StaticString = """
    will would can could may might must shall should ought 'll ’ll 'd ’d wo ca
    """

  private static let negation: StaticString = """
    not n't n’t never
    """

  private static let adverb: StaticString = """
    also later then now still again already soon once twice further furthermore just even only rather quite too
    recently earlier previously repeatedly often always sometimes usually subsequently meanwhile nonetheless
    nevertheless however moreover instead initially finally eventually frequently famously first long ever since
    away back
    """

  private static let time: StaticString = """
    monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow tonight january february
    march april june july august september october november december jan. feb. mar. apr. aug. sept. oct. nov.
    dec. mon. tues. wed. thurs. fri. sat. sun. morning afternoon evening night week month year ago last next
    earlier later midday noon weekend early late days weeks months years times recently
    """

  private static let question: StaticString = """
    what how why whether if when where which who
    """

  private static let earlier: StaticString = """
    earlier previously once formerly
    """

  private static let according: StaticString = """
    according
    """

  private static let out: StaticString = """
    out
    """

  private static let forOrOn: StaticString = """
    for on
    """

  private static let aboutOrOf: StaticString = """
    about of
    """

  private static let refuses: StaticString = """
    refused refuses refuse declined declines decline failed fails fail declining refusing failing
    """

  private static let verb: StaticString = """
    went goes go came come comes made make makes took take takes got get gets gave give gives left leave leaves
    began begin met meet meets won win wins lost lose loses ran run runs held hold holds saw see sees knew know
    knows thought think thinks felt feel feels found find finds kept keep keeps sent send sends brought bring
    brings built build builds became become becomes stood stand stands fell fall falls rose rise rises grew grow
    grows sat sit sits drew draw draws drove drive drives led leads bought buy buys sold sell sells paid pay
    pays spent spend spends lay lies put puts set sets cut cuts hit hits let lets believe believes believed want
    wants wanted need needs needed seem seems seemed appear appears appeared include includes included remain
    remains remained look looks looked use uses used try tries tried turn turns turned move moves moved play
    plays played happen happens happened continue continues continued start starts started stop stops stopped
    help helps helped work works worked live lives lived die dies died kill kills killed receive receives
    received serve serves served return returns returned arrive arrives arrived expect expects expected consider
    considers considered allow allows allowed face faces faced fail fails failed hope hopes hoped love loves
    loved like likes liked hate hates hated plan plans planned agree agrees agreed support supports supported
    oppose opposes opposed visit visits visited join joins joined lead launch launches launched releases
    released issued issues raised raises voted votes did does having
    """
}
