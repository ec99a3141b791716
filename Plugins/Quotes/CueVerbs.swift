// Verbs of speech by meaning and by what follows them. A word is a base form, whose other forms are regular, or
// base/third person/-ing/past/participle. `*` doubles the last letter: quip*, quipping.

enum CueVerbs {
  /// With a content clause, with or without “that”, or a quotation.
  static let say: StaticString = """
    say/says/saying/said/said state add affirm announce argue assert aver* avow acknowledge admit* allege attest
    boast brag* caution claim clarify complain concede conclude confess confide confirm contend declare disclose
    elaborate emphasize emphasise estimate exclaim explain gripe guess hint imply insist joke lament maintain
    moan muse note opine posit predict proclaim profess pronounce quip* reaffirm reassert reason recall recount
    reiterate rejoin remark repeat reply report respond restate retort reveal speculate stipulate stress
    suggest surmise testify theorize tweet underline underscore venture vouch whine
    write/writes/writing/wrote/written retweet blog* forecast/forecasts/forecasting/forecast/forecast grumble
    concur* conjecture hypothesize hypothesise theorise divulge relay convey recollect grouse prophesy reckon
    intimate certify bemoan bewail interject counter warn promise pledge vow swear/swears/swearing/swore/sworn
    """

  /// With a clause only after “that” (or with a quotation), because the bare verb has other uses.
  static let sayThat: StaticString = """
    agree answer comment demonstrate detail document highlight indicate mention
    observe outline proclaim propose recommend rule signal specify spell submit* find/finds/finding/found/found
    feature decide decree dictate fear forewarn guarantee marvel object plead post preach protest publish quote
    read/reads/reading/read/read register request show/shows/showing/showed/shown
    speak/speaks/speaking/spoke/spoken summarize summarise demand email opine riff* infer* anticipate text apologize
    apologise foresee/foresees/foreseeing/foresaw/foreseen verify illustrate resolve
    """

  /// With a quotation only.
  static let quote: StaticString = """
    ask bark beg* begin/begins/beginning/began/begun bellow blurt bristle call chant chide chime chuckle
    continue crack croak croon cry deadpan* deride drawl echo enthuse fume fret* giggle gloat grin* groan growl
    gush holler howl implore inquire enquire intone jest jibe laugh list mumble murmur mutter nod* offer open order
    ponder press purr query question rant rave recite roar scoff scold scream screech shout shriek shrug* sigh
    sing/sings/singing/sang/sung smile snap* snarl sneer snipe snort sob* stammer start stutter tease thunder
    urge volunteer wail weep/weeps/weeping/wept/wept whimper whisper wonder yell chorus conclude counsel explode
    gasp go/goes/going/went/gone correct reflect interrupt crow vent chirp bluster taunt jeer rail rage cheer hiss
    intervene proffer sympathize sympathise banter quiz cackle coo snicker bawl gripe croon prompt
    """

  /// With the one spoken to as object, then a clause, a question or a quotation.
  static let tell: StaticString = """
    tell/tells/telling/told/told inform notify remind assure reassure warn promise advise brief lecture
    """

  /// With an infinitive that says what was promised or refused.
  static let promise: StaticString = """
    promise pledge vow swear/swears/swearing/swore/sworn offer refuse decline demand
    """

  /// With the one spoken to and an infinitive, or a question.
  static let ask: StaticString = """
    ask urge implore beg* exhort order instruct advise
    """

  /// Of speech only with “out”.
  static let withOut: StaticString = """
    point
    """

  /// Of speech with “for” or “on” and an object: “called for talks”.
  static let withFor: StaticString = """
    call appeal
    """

  /// Of speech with “to” and an object: “referred to the vote”.
  static let withTo: StaticString = """
    refer* allude point
    """

  /// Of speech with “about” or “of” and an object: “spoke of a threat”.
  static let withAbout: StaticString = """
    speak/speaks/speaking/spoke/spoken talk complain boast brag* write/writes/writing/wrote/written warn ask
    """

  /// With an object and what it is called: “called him a liar”.
  static let call: StaticString = """
    call dub* label describe deem
    """

  /// With the content as object: “criticized the plan”.
  static let judge: StaticString = """
    accuse applaud assail bash berate blame blast castigate cite commend condemn congratulate criticize
    criticise decry demand denounce deplore endorse excoriate hail lambast lambaste
    laud mock praise propose rebuke rip* ridicule slam* tout trash thank mention suggest predict
    announce 
    """

  /// What follows these is not the speaker's own word.
  static let deny: StaticString = """
    deny refute rebut* dispute reject dismiss disprove repudiate debunk contradict rebuff discount disavow negate
    """

  /// Forms that are as often nouns: “the report”, “its claims”.
  static let nouns: StaticString = """
    report reports claim claims note notes call calls comment comments tweet tweets retweet retweets question
    questions demand demands request requests charge charges answer answers reply replies promise promises
    pledge pledges vow vows estimate estimates state states stress stresses counter counters remark remarks joke
    jokes guess hint hints forecast forecasts protest protests post posts text texts message messages order
    orders object objects rule rules attack attacks blast blasts label labels praise rebuke offer offers start
    starts quote quotes feature features detail details document documents signal signals highlight highlights
    fear fears shows show finding findings writing warning warnings beginning reading brief
    reason reasons press echo cry cries cable boast boasts email emails blame outline advice host complaint
    """
}
