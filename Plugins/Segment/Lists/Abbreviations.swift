import Bytes
import StageKit

/// What a full stop after a known abbreviation can mean.
enum Abbreviation: UInt8, Sendable {
  /// A name follows: “Gen. Dunford”. Never the end of a sentence.
  case title
  /// A number follows: “No. 5”, “p. 12”. Without one it is a word and a full stop.
  case beforeNumber
  /// Something always follows: “e.g.”, “vs.”.
  case inner
  /// May close a sentence: “Inc.”, “etc.”, “U.S.”.
  case closing
  /// “Calif.”: closing, and only where it starts with a capital.
  case capitalised
  /// “a.m.”, “etc.”: closes a sentence where a capital follows, unless the sentence has hardly begun.
  case ending

  static let table: WordTable<Abbreviation> = {
    var table = WordTable<Abbreviation>(capacity: 400)
    table.insert(lines: titles, value: .title)
    table.insert(lines: beforeNumbers, value: .beforeNumber)
    table.insert(lines: inners, value: .inner)
    table.insert(lines: closings, value: .closing)
    table.insert(lines: states, value: .capitalised)
    table.insert(lines: endings, value: .ending)
    return table
  }()

  // Lower case, without the last full stop.
  private static let titles: StaticString = """
    mr
    mrs
    ms
    mx
    messrs
    mme
    mlle
    dr
    drs
    prof
    profs
    gen
    maj
    col
    lt
    capt
    cpt
    cmdr
    cmdt
    comdr
    cdr
    adm
    rear-adm
    brig
    sgt
    cpl
    pvt
    pfc
    spc
    sen
    sens
    rep
    reps
    gov
    govs
    pres
    atty
    insp
    supt
    det
    ofc
    rev
    revd
    fr
    msgr
    hon
    amb
    assoc
    asst
    mt
    mts
    ft
    ste
    dist
    lt.col
    lt.gen
    maj.gen
    brig.gen
    lt.cmdr
    """

  private static let beforeNumbers: StaticString = """
    no
    nos
    nr
    n°
    nº
    p
    pp
    pg
    vol
    vols
    fig
    figs
    art
    arts
    sec
    ch
    chap
    app
    para
    paras
    pt
    eq
    ext
    tel
    approx
    div
    ca
    c
    circa
    op
    jan
    feb
    mar
    apr
    jun
    jul
    aug
    sep
    sept
    oct
    nov
    dec
    est
    """

  private static let inners: StaticString = """
    vs
    v
    e.g
    i.e
    eg
    ie
    cf
    viz
    p.s
    aka
    a.k.a
    c/o
    incl
    excl
    esp
    intl
    int'l
    nat'l
    gov't
    govt
    """

  private static let closings: StaticString = """
    inc
    corp
    corps
    co
    cos
    ltd
    llc
    plc
    bros
    assn
    assns
    univ
    jr
    sr
    esq
    al
    ave
    blvd
    rd
    st
    sts
    hwy
    pkwy
    bldg
    ph.d
    m.d
    b.a
    m.a
    d.c
    u.s
    u.s.a
    u.k
    u.n
    e.u
    u.a.e
    u.s.s.r
    tues
    thurs
    lb
    lbs
    oz
    mph
    cu
    sq
    dept
    mfg
    natl
    admin
    abbr
    """

  /// States as reports shorten them; most are words too, so only with a capital.
  private static let states: StaticString = """
    ala
    ariz
    ark
    calif
    colo
    conn
    del
    fla
    ga
    ill
    ind
    kan
    ky
    md
    mich
    minn
    mo
    mont
    neb
    nev
    okla
    ont
    ore
    penn
    pa
    que
    tenn
    tex
    va
    vt
    wash
    wis
    wyo
    """

  private static let endings: StaticString = """
    a.m
    p.m
    etc
    """
}

/// Capitals that stand at the head of a sentence rather than in a name.
let sentenceStarters = WordSet(
  lines: """
    a
    about
    after
    again
    all
    also
    although
    among
    an
    and
    another
    any
    are
    as
    at
    because
    before
    besides
    both
    but
    by
    can
    could
    critics
    despite
    did
    do
    does
    during
    each
    earlier
    either
    even
    every
    few
    finally
    first
    for
    from
    further
    had
    has
    have
    he
    her
    here
    his
    how
    however
    i
    if
    in
    indeed
    instead
    is
    it
    its
    last
    later
    like
    many
    maybe
    meanwhile
    more
    moreover
    most
    much
    my
    neither
    never
    nevertheless
    no
    nobody
    nor
    not
    nothing
    now
    officials
    on
    once
    one
    only
    or
    other
    others
    our
    over
    people
    perhaps
    police
    several
    she
    since
    so
    some
    soon
    still
    such
    than
    thanks
    that
    the
    their
    then
    there
    therefore
    these
    they
    this
    those
    though
    three
    through
    thus
    to
    today
    two
    under
    unlike
    until
    was
    we
    were
    what
    when
    where
    whether
    which
    while
    who
    why
    will
    with
    within
    without
    would
    yes
    yet
    you
    your
    """)

/// Fronted phrases begin with one of these: “At 5 a.m. Dr. Bell left.”
let frontingPrepositions = WordSet([
  "about", "after", "around", "at", "before", "between", "by", "from", "since", "till", "until",
])

/// Verbs that tie a closed quotation to its speaker: “Why?” Bell asked.
let speechVerbs = WordSet([
  "added", "adds", "admitted", "agreed", "announced", "answered", "argued", "asked", "asks", "commented", "concluded",
  "confirmed", "continued", "cried", "declared", "demanded", "explained", "explains", "insisted", "joked", "laughed",
  "noted", "observed", "recalled", "remarked", "replied", "said", "says", "shouted", "stated", "stressed", "told",
  "tweeted", "urged", "warned", "whispered", "wondered", "writes", "wrote", "yelled",
])

/// What can follow “a.m.” inside a sentence.
let daysAndZones = WordSet([
  "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april",
  "may", "june", "july", "august", "september", "october", "november", "december", "est", "edt", "et", "cst", "cdt",
  "ct", "mst", "mdt", "mt", "pst", "pdt", "pt", "gmt", "utc", "bst", "cet", "cest", "ist", "eastern", "pacific",
  "central", "mountain", "moscow",
])
