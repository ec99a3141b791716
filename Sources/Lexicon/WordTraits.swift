/// What is known of a word, a bit each: by the lists in `lists/en` (`Lexicon`), or by its look.
@frozen
public struct WordTraits: OptionSet, Hashable, Sendable {
  public let rawValue: UInt128

  @inlinable public init(rawValue: UInt128) { self.rawValue = rawValue }
  @inlinable init(bit: UInt128) { rawValue = 1 << bit }

  /// Whether the two have one in common.
  @inlinable public func has(_ other: WordTraits) -> Bool { rawValue & other.rawValue != 0 }

  // MARK: Names. The model of `entities` sees the first 22 by their bits: their order must stay.

  /// A given name.
  @inlinable public static var given: Self { Self(bit: 0) }
  /// A family name.
  @inlinable public static var surname: Self { Self(bit: 1) }
  /// An office, a rank, a profession: “minister”, “gen.”.
  @inlinable public static var title: Self { Self(bit: 2) }
  /// A title that says little else: “Mrs”.
  @inlinable public static var honorific: Self { Self(bit: 3) }
  /// Stands before a title: “deputy”, “foreign”.
  @inlinable public static var titlePart: Self { Self(bit: 4) }
  /// The last word of an organisation's name: “bank”.
  @inlinable public static var organizationHead: Self { Self(bit: 5) }
  /// Such a word that is as often a plain noun: “house”.
  @inlinable public static var weakHead: Self { Self(bit: 6) }
  /// The last word of a place's name: “river”.
  @inlinable public static var placeHead: Self { Self(bit: 7) }
  /// The first word of a place's name: “mount”, “san”.
  @inlinable public static var placeOpener: Self { Self(bit: 8) }
  /// The last word of the name of an event, a work, a treaty.
  @inlinable public static var eventHead: Self { Self(bit: 9) }
  /// A small word inside a person's name: “van”, “bin”.
  @inlinable public static var particle: Self { Self(bit: 10) }
  /// What people do in reports: “said”, “resigned”.
  @inlinable public static var personVerb: Self { Self(bit: 11) }
  /// A capital makes no name of it.
  @inlinable public static var common: Self { Self(bit: 12) }
  /// A month in full, or shortened with a full stop.
  @inlinable public static var month: Self { Self(bit: 13) }
  /// A day of the week, and its plural.
  @inlinable public static var weekday: Self { Self(bit: 14) }
  /// Stands before a title or a kind of place: “the”, “his”.
  @inlinable public static var determinerOfName: Self { Self(bit: 15) }
  /// A name after it is likely a place.
  @inlinable public static var placePreposition: Self { Self(bit: 16) }
  /// “The town of Lund”, “Skane province”.
  @inlinable public static var placeNoun: Self { Self(bit: 17) }
  /// “Norrbank shares”.
  @inlinable public static var organizationNoun: Self { Self(bit: 18) }
  /// A word in lower case inside a name: “of”.
  @inlinable public static var joiner: Self { Self(bit: 19) }
  /// Never begins a name.
  @inlinable public static var functionWord: Self { Self(bit: 20) }
  /// “The Lund government”: who leads it, or where it is.
  @inlinable public static var governmentNoun: Self { Self(bit: 21) }
  /// A word of reports of sport.
  @inlinable public static var sport: Self { Self(bit: 22) }
  /// The name of a firm follows: “lender”.
  @inlinable public static var firmNoun: Self { Self(bit: 23) }

  // MARK: By its look, which no list gives

  @inlinable public static var comma: Self { Self(bit: 24) }
  /// . ! ? …
  @inlinable public static var terminal: Self { Self(bit: 25) }
  @inlinable public static var colon: Self { Self(bit: 26) }
  @inlinable public static var semicolon: Self { Self(bit: 27) }
  @inlinable public static var dash: Self { Self(bit: 28) }
  @inlinable public static var openBracket: Self { Self(bit: 29) }
  @inlinable public static var closeBracket: Self { Self(bit: 30) }
  /// A quotation mark.
  @inlinable public static var mark: Self { Self(bit: 31) }
  /// Starts with a capital.
  @inlinable public static var capital: Self { Self(bit: 32) }
  /// Digits.
  @inlinable public static var number: Self { Self(bit: 33) }
  @inlinable public static var endsInEd: Self { Self(bit: 34) }
  @inlinable public static var endsInIng: Self { Self(bit: 35) }
  /// But not in -ss.
  @inlinable public static var endsInS: Self { Self(bit: 36) }
  /// Stands inside a word.
  @inlinable public static var hyphen: Self { Self(bit: 37) }
  /// Two letters or more.
  @inlinable public static var allCapitals: Self { Self(bit: 38) }

  // MARK: Grammar

  @inlinable public static var determiner: Self { Self(bit: 39) }
  @inlinable public static var indefinite: Self { Self(bit: 40) }
  @inlinable public static var possessive: Self { Self(bit: 41) }
  /// “'s”.
  @inlinable public static var clitic: Self { Self(bit: 42) }
  @inlinable public static var subjectPronoun: Self { Self(bit: 43) }
  @inlinable public static var objectPronoun: Self { Self(bit: 44) }
  @inlinable public static var masculinePronoun: Self { Self(bit: 45) }
  @inlinable public static var femininePronoun: Self { Self(bit: 46) }
  @inlinable public static var neuterPronoun: Self { Self(bit: 47) }
  /// “they”, “these”.
  @inlinable public static var pluralWord: Self { Self(bit: 48) }
  @inlinable public static var firstPerson: Self { Self(bit: 49) }
  @inlinable public static var preposition: Self { Self(bit: 50) }
  /// Itself.
  @inlinable public static var of: Self { Self(bit: 51) }
  @inlinable public static var coordinator: Self { Self(bit: 52) }
  @inlinable public static var subordinator: Self { Self(bit: 53) }
  @inlinable public static var relative: Self { Self(bit: 54) }
  /// Itself.
  @inlinable public static var that: Self { Self(bit: 55) }
  /// Itself.
  @inlinable public static var to: Self { Self(bit: 56) }
  /// A form of it.
  @inlinable public static var be: Self { Self(bit: 57) }
  @inlinable public static var auxiliary: Self { Self(bit: 58) }
  @inlinable public static var modal: Self { Self(bit: 59) }
  @inlinable public static var negation: Self { Self(bit: 60) }
  /// That stands beside a verb of speech; -ly is told by its ending.
  @inlinable public static var adverb: Self { Self(bit: 61) }
  /// Of the calendar and the clock: “Friday”, “week”, “ago”.
  @inlinable public static var time: Self { Self(bit: 62) }
  /// Opens a question.
  @inlinable public static var question: Self { Self(bit: 63) }
  @inlinable public static var earlier: Self { Self(bit: 64) }
  /// Itself.
  @inlinable public static var according: Self { Self(bit: 65) }
  /// Itself.
  @inlinable public static var out: Self { Self(bit: 66) }
  /// Either.
  @inlinable public static var forOrOn: Self { Self(bit: 67) }
  /// Either.
  @inlinable public static var aboutOrOf: Self { Self(bit: 68) }
  /// “by”, “from”.
  @inlinable public static var by: Self { Self(bit: 69) }
  /// “refused”, “declined”: the next verb is denied.
  @inlinable public static var refuses: Self { Self(bit: 70) }
  /// May be a subject by itself: “some”, “police”.
  @inlinable public static var quantifier: Self { Self(bit: 71) }
  /// Before a colon it is a label and no speaker: “Photo:”.
  @inlinable public static var headlineLabel: Self { Self(bit: 72) }
  /// “but”, “while”.
  @inlinable public static var contrast: Self { Self(bit: 73) }
  /// Of an indirect question.
  @inlinable public static var opensQuestion: Self { Self(bit: 74) }
  /// “former”, “onetime”.
  @inlinable public static var former: Self { Self(bit: 75) }
  /// “Q”, “Answer”: opens a turn of an interview.
  @inlinable public static var speakerLabel: Self { Self(bit: 76) }
  /// With a content clause after “that”: “claim”, “warning”.
  @inlinable public static var speechNoun: Self { Self(bit: 77) }
  /// Whose object is such a noun: “make”, “issue”.
  @inlinable public static var utters: Self { Self(bit: 78) }
  /// A common verb in any form, which ends a noun phrase.
  @inlinable public static var verb: Self { Self(bit: 79) }
  /// A form of a verb of speech that is as often a noun: “its claims”.
  @inlinable public static var cueNoun: Self { Self(bit: 80) }

  // MARK: People and organisations that are spoken of

  /// A description that fits anybody who is spoken of: “the official”.
  @inlinable public static var anybody: Self { Self(bit: 81) }
  /// Somebody who is not known further: “a voter”.
  @inlinable public static var somebody: Self { Self(bit: 82) }
  /// A description that fits any organisation: “the company”.
  @inlinable public static var anyOrganization: Self { Self(bit: 83) }
  /// An office that makes its holder known by the family name.
  @inlinable public static var office: Self { Self(bit: 84) }
  /// A title, an office or a kinship of women.
  @inlinable public static var female: Self { Self(bit: 85) }
  /// A title, an office or a kinship of men.
  @inlinable public static var male: Self { Self(bit: 86) }
  /// People who have no office.
  @inlinable public static var human: Self { Self(bit: 87) }
  /// “ministers”.
  @inlinable public static var pluralPeople: Self { Self(bit: 88) }
  /// “the new president” is another one.
  @inlinable public static var anotherOne: Self { Self(bit: 89) }
  /// “former”, “late”: an office that was held.
  @inlinable public static var formerly: Self { Self(bit: 90) }
  /// How high, not which office: “senior”.
  @inlinable public static var rank: Self { Self(bit: 91) }
  /// A given name of men nearly always.
  @inlinable public static var masculineName: Self { Self(bit: 92) }
  /// A given name of women nearly always.
  @inlinable public static var feminineName: Self { Self(bit: 93) }

  // MARK: Sentences

  /// A capital of it begins a sentence rather than a name.
  @inlinable public static var sentenceStarter: Self { Self(bit: 94) }
  /// Begins a phrase in front of the subject: “At 5 a.m. Dr. Bell left.”
  @inlinable public static var frontingPreposition: Self { Self(bit: 95) }
  /// Ties a closed quotation to its speaker: “Why?” Bell asked.
  @inlinable public static var quotationVerb: Self { Self(bit: 96) }
  /// Can follow “a.m.” inside a sentence.
  @inlinable public static var dayOrZone: Self { Self(bit: 97) }
  /// Its hyphen stays inside the word: “pro-government”.
  @inlinable public static var hyphenPrefix: Self { Self(bit: 98) }
  /// Begins a sentence in lower case: “it rained. we left.”
  @inlinable public static var plainStarter: Self { Self(bit: 99) }
  /// “Dear Ada,”
  @inlinable public static var openingGreeting: Self { Self(bit: 100) }
  /// “Yours sincerely,”
  @inlinable public static var closingGreeting: Self { Self(bit: 101) }

  // MARK: Pages

  /// A function word, as running text is full of.
  @inlinable public static var running: Self { Self(bit: 102) }
  /// A word of the page around the article: “login”.
  @inlinable public static var furniture: Self { Self(bit: 103) }
  /// A word of readers' comments.
  @inlinable public static var reader: Self { Self(bit: 104) }
  /// A word of credits: “Reuters”, “photo”.
  @inlinable public static var credit: Self { Self(bit: 105) }
  /// “said”, as an article has it and a menu has not.
  @inlinable public static var reportVerb: Self { Self(bit: 106) }
  /// People who speak for themselves: “I”, “yours”.
  @inlinable public static var ownVoice: Self { Self(bit: 107) }
  /// A word of captions: “pictured”.
  @inlinable public static var captionWord: Self { Self(bit: 108) }
  /// A word of legal notices.
  @inlinable public static var legal: Self { Self(bit: 109) }
  /// A month shortened, without full stop.
  @inlinable public static var monthAbbreviation: Self { Self(bit: 110) }
  /// A day of the week shortened, without full stop.
  @inlinable public static var weekdayAbbreviation: Self { Self(bit: 111) }
  /// What a byline calls a writer.
  @inlinable public static var job: Self { Self(bit: 112) }
  /// What a byline calls a writer's house.
  @inlinable public static var employer: Self { Self(bit: 113) }
  /// A word of labels and menus that is a family name now and then.
  @inlinable public static var seldomName: Self { Self(bit: 114) }
  /// A word of labels and menus that is in no byline's name.
  @inlinable public static var notName: Self { Self(bit: 115) }
  /// Stands right behind a byline's name without a space.
  @inlinable public static var gluedToName: Self { Self(bit: 116) }
  /// Opens a sentence before a dash, no dateline.
  @inlinable public static var sentenceBeforeDash: Self { Self(bit: 117) }
  /// A news agency, as a dateline names it.
  @inlinable public static var agency: Self { Self(bit: 118) }
  /// Frequent enough to tell the language of a text.
  @inlinable public static var frequent: Self { Self(bit: 119) }
}
