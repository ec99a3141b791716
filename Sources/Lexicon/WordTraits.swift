/// What is known of a word, a bit each: by the lists in `lists/en` (`Lexicon`), or by its look.
///
/// Literals rather than shifts: the compiler does not fold a shift of 128 bits.
@frozen
public struct WordTraits: OptionSet, Hashable, Sendable {
  public let rawValue: UInt128

  @inlinable public init(rawValue: UInt128) { self.rawValue = rawValue }

  /// Whether the two have one in common.
  @inlinable public func has(_ other: WordTraits) -> Bool { rawValue & other.rawValue != 0 }

  // MARK: Names. The model of `entities` sees the first 22 by their bits: their order must stay.

  /// A given name.
  @inlinable public static var given: Self { Self(rawValue: 0x1) }
  /// A family name.
  @inlinable public static var surname: Self { Self(rawValue: 0x2) }
  /// An office, a rank, a profession: “minister”, “gen.”.
  @inlinable public static var title: Self { Self(rawValue: 0x4) }
  /// A title that says little else: “Mrs”.
  @inlinable public static var honorific: Self { Self(rawValue: 0x8) }
  /// Stands before a title: “deputy”, “foreign”.
  @inlinable public static var titlePart: Self { Self(rawValue: 0x10) }
  /// The last word of an organisation's name: “bank”.
  @inlinable public static var organizationHead: Self { Self(rawValue: 0x20) }
  /// Such a word that is as often a plain noun: “house”.
  @inlinable public static var weakHead: Self { Self(rawValue: 0x40) }
  /// The last word of a place's name: “river”.
  @inlinable public static var placeHead: Self { Self(rawValue: 0x80) }
  /// The first word of a place's name: “mount”, “san”.
  @inlinable public static var placeOpener: Self { Self(rawValue: 0x100) }
  /// The last word of the name of an event, a work, a treaty.
  @inlinable public static var eventHead: Self { Self(rawValue: 0x200) }
  /// A small word inside a person's name: “van”, “bin”.
  @inlinable public static var particle: Self { Self(rawValue: 0x400) }
  /// What people do in reports: “said”, “resigned”.
  @inlinable public static var personVerb: Self { Self(rawValue: 0x800) }
  /// A capital makes no name of it.
  @inlinable public static var common: Self { Self(rawValue: 0x1000) }
  /// A month in full, or shortened with a full stop.
  @inlinable public static var month: Self { Self(rawValue: 0x2000) }
  /// A day of the week, and its plural.
  @inlinable public static var weekday: Self { Self(rawValue: 0x4000) }
  /// Stands before a title or a kind of place: “the”, “his”.
  @inlinable public static var determinerOfName: Self { Self(rawValue: 0x8000) }
  /// A name after it is likely a place.
  @inlinable public static var placePreposition: Self { Self(rawValue: 0x10000) }
  /// “The town of Lund”, “Skane province”.
  @inlinable public static var placeNoun: Self { Self(rawValue: 0x20000) }
  /// “Norrbank shares”.
  @inlinable public static var organizationNoun: Self { Self(rawValue: 0x40000) }
  /// A word in lower case inside a name: “of”.
  @inlinable public static var joiner: Self { Self(rawValue: 0x80000) }
  /// Never begins a name.
  @inlinable public static var functionWord: Self { Self(rawValue: 0x100000) }
  /// “The Lund government”: who leads it, or where it is.
  @inlinable public static var governmentNoun: Self { Self(rawValue: 0x200000) }
  /// A word of reports of sport.
  @inlinable public static var sport: Self { Self(rawValue: 0x400000) }
  /// The name of a firm follows: “lender”.
  @inlinable public static var firmNoun: Self { Self(rawValue: 0x800000) }

  // MARK: By its look, which no list gives

  @inlinable public static var comma: Self { Self(rawValue: 0x1000000) }
  /// . ! ? …
  @inlinable public static var terminal: Self { Self(rawValue: 0x2000000) }
  @inlinable public static var colon: Self { Self(rawValue: 0x4000000) }
  @inlinable public static var semicolon: Self { Self(rawValue: 0x8000000) }
  @inlinable public static var dash: Self { Self(rawValue: 0x10000000) }
  @inlinable public static var openBracket: Self { Self(rawValue: 0x20000000) }
  @inlinable public static var closeBracket: Self { Self(rawValue: 0x40000000) }
  /// A quotation mark.
  @inlinable public static var mark: Self { Self(rawValue: 0x80000000) }
  /// Starts with a capital.
  @inlinable public static var capital: Self { Self(rawValue: 0x100000000) }
  /// Digits.
  @inlinable public static var number: Self { Self(rawValue: 0x200000000) }
  @inlinable public static var endsInEd: Self { Self(rawValue: 0x400000000) }
  @inlinable public static var endsInIng: Self { Self(rawValue: 0x800000000) }
  /// But not in -ss.
  @inlinable public static var endsInS: Self { Self(rawValue: 0x1000000000) }
  /// Stands inside a word.
  @inlinable public static var hyphen: Self { Self(rawValue: 0x2000000000) }
  /// Two letters or more.
  @inlinable public static var allCapitals: Self { Self(rawValue: 0x4000000000) }

  // MARK: Grammar

  @inlinable public static var determiner: Self { Self(rawValue: 0x8000000000) }
  @inlinable public static var indefinite: Self { Self(rawValue: 0x10000000000) }
  @inlinable public static var possessive: Self { Self(rawValue: 0x20000000000) }
  /// “'s”.
  @inlinable public static var clitic: Self { Self(rawValue: 0x40000000000) }
  @inlinable public static var subjectPronoun: Self { Self(rawValue: 0x80000000000) }
  @inlinable public static var objectPronoun: Self { Self(rawValue: 0x100000000000) }
  @inlinable public static var masculinePronoun: Self { Self(rawValue: 0x200000000000) }
  @inlinable public static var femininePronoun: Self { Self(rawValue: 0x400000000000) }
  @inlinable public static var neuterPronoun: Self { Self(rawValue: 0x800000000000) }
  /// “they”, “these”.
  @inlinable public static var pluralWord: Self { Self(rawValue: 0x1000000000000) }
  @inlinable public static var firstPerson: Self { Self(rawValue: 0x2000000000000) }
  @inlinable public static var preposition: Self { Self(rawValue: 0x4000000000000) }
  /// Itself.
  @inlinable public static var of: Self { Self(rawValue: 0x8000000000000) }
  @inlinable public static var coordinator: Self { Self(rawValue: 0x10000000000000) }
  @inlinable public static var subordinator: Self { Self(rawValue: 0x20000000000000) }
  @inlinable public static var relative: Self { Self(rawValue: 0x40000000000000) }
  /// Itself.
  @inlinable public static var that: Self { Self(rawValue: 0x80000000000000) }
  /// Itself.
  @inlinable public static var to: Self { Self(rawValue: 0x100000000000000) }
  /// A form of it.
  @inlinable public static var be: Self { Self(rawValue: 0x200000000000000) }
  @inlinable public static var auxiliary: Self { Self(rawValue: 0x400000000000000) }
  @inlinable public static var modal: Self { Self(rawValue: 0x800000000000000) }
  @inlinable public static var negation: Self { Self(rawValue: 0x1000000000000000) }
  /// That stands beside a verb of speech; -ly is told by its ending.
  @inlinable public static var adverb: Self { Self(rawValue: 0x2000000000000000) }
  /// Of the calendar and the clock: “Friday”, “week”, “ago”.
  @inlinable public static var time: Self { Self(rawValue: 0x4000000000000000) }
  /// Opens a question.
  @inlinable public static var question: Self { Self(rawValue: 0x8000000000000000) }
  @inlinable public static var earlier: Self { Self(rawValue: 0x10000000000000000) }
  /// Itself.
  @inlinable public static var according: Self { Self(rawValue: 0x20000000000000000) }
  /// Itself.
  @inlinable public static var out: Self { Self(rawValue: 0x40000000000000000) }
  /// Either.
  @inlinable public static var forOrOn: Self { Self(rawValue: 0x80000000000000000) }
  /// Either.
  @inlinable public static var aboutOrOf: Self { Self(rawValue: 0x100000000000000000) }
  /// “by”, “from”.
  @inlinable public static var by: Self { Self(rawValue: 0x200000000000000000) }
  /// “refused”, “declined”: the next verb is denied.
  @inlinable public static var refuses: Self { Self(rawValue: 0x400000000000000000) }
  /// May be a subject by itself: “some”, “police”.
  @inlinable public static var quantifier: Self { Self(rawValue: 0x800000000000000000) }
  /// Before a colon it is a label and no speaker: “Photo:”.
  @inlinable public static var headlineLabel: Self { Self(rawValue: 0x1000000000000000000) }
  /// “but”, “while”.
  @inlinable public static var contrast: Self { Self(rawValue: 0x2000000000000000000) }
  /// Of an indirect question.
  @inlinable public static var opensQuestion: Self { Self(rawValue: 0x4000000000000000000) }
  /// “former”, “onetime”.
  @inlinable public static var former: Self { Self(rawValue: 0x8000000000000000000) }
  /// “Q”, “Answer”: opens a turn of an interview.
  @inlinable public static var speakerLabel: Self { Self(rawValue: 0x10000000000000000000) }
  /// With a content clause after “that”: “claim”, “warning”.
  @inlinable public static var speechNoun: Self { Self(rawValue: 0x20000000000000000000) }
  /// Whose object is such a noun: “make”, “issue”.
  @inlinable public static var utters: Self { Self(rawValue: 0x40000000000000000000) }
  /// A common verb in any form, which ends a noun phrase.
  @inlinable public static var verb: Self { Self(rawValue: 0x80000000000000000000) }
  /// A form of a verb of speech that is as often a noun: “its claims”.
  @inlinable public static var cueNoun: Self { Self(rawValue: 0x100000000000000000000) }

  // MARK: People and organisations that are spoken of

  /// A description that fits anybody who is spoken of: “the official”.
  @inlinable public static var anybody: Self { Self(rawValue: 0x200000000000000000000) }
  /// Somebody who is not known further: “a voter”.
  @inlinable public static var somebody: Self { Self(rawValue: 0x400000000000000000000) }
  /// A description that fits any organisation: “the company”.
  @inlinable public static var anyOrganization: Self { Self(rawValue: 0x800000000000000000000) }
  /// An office that makes its holder known by the family name.
  @inlinable public static var office: Self { Self(rawValue: 0x1000000000000000000000) }
  /// A title, an office or a kinship of women.
  @inlinable public static var female: Self { Self(rawValue: 0x2000000000000000000000) }
  /// A title, an office or a kinship of men.
  @inlinable public static var male: Self { Self(rawValue: 0x4000000000000000000000) }
  /// People who have no office.
  @inlinable public static var human: Self { Self(rawValue: 0x8000000000000000000000) }
  /// “ministers”.
  @inlinable public static var pluralPeople: Self { Self(rawValue: 0x10000000000000000000000) }
  /// “the new president” is another one.
  @inlinable public static var anotherOne: Self { Self(rawValue: 0x20000000000000000000000) }
  /// “former”, “late”: an office that was held.
  @inlinable public static var formerly: Self { Self(rawValue: 0x40000000000000000000000) }
  /// How high, not which office: “senior”.
  @inlinable public static var rank: Self { Self(rawValue: 0x80000000000000000000000) }
  /// A given name of men nearly always.
  @inlinable public static var masculineName: Self { Self(rawValue: 0x100000000000000000000000) }
  /// A given name of women nearly always.
  @inlinable public static var feminineName: Self { Self(rawValue: 0x200000000000000000000000) }

  // MARK: Sentences

  /// A capital of it begins a sentence rather than a name.
  @inlinable public static var sentenceStarter: Self { Self(rawValue: 0x400000000000000000000000) }
  /// Begins a phrase in front of the subject: “At 5 a.m. Dr. Bell left.”
  @inlinable public static var frontingPreposition: Self { Self(rawValue: 0x800000000000000000000000) }
  /// Ties a closed quotation to its speaker: “Why?” Bell asked.
  @inlinable public static var quotationVerb: Self { Self(rawValue: 0x1000000000000000000000000) }
  /// Can follow “a.m.” inside a sentence.
  @inlinable public static var dayOrZone: Self { Self(rawValue: 0x2000000000000000000000000) }
  /// Its hyphen stays inside the word: “pro-government”.
  @inlinable public static var hyphenPrefix: Self { Self(rawValue: 0x4000000000000000000000000) }
  /// Begins a sentence in lower case: “it rained. we left.”
  @inlinable public static var plainStarter: Self { Self(rawValue: 0x8000000000000000000000000) }
  /// “Dear Ada,”
  @inlinable public static var openingGreeting: Self { Self(rawValue: 0x10000000000000000000000000) }
  /// “Yours sincerely,”
  @inlinable public static var closingGreeting: Self { Self(rawValue: 0x20000000000000000000000000) }

  // MARK: Pages

  /// A function word, as running text is full of.
  @inlinable public static var running: Self { Self(rawValue: 0x40000000000000000000000000) }
  /// A word of the page around the article: “login”.
  @inlinable public static var furniture: Self { Self(rawValue: 0x80000000000000000000000000) }
  /// A word of readers' comments.
  @inlinable public static var reader: Self { Self(rawValue: 0x100000000000000000000000000) }
  /// A word of credits: “Reuters”, “photo”.
  @inlinable public static var credit: Self { Self(rawValue: 0x200000000000000000000000000) }
  /// “said”, as an article has it and a menu has not.
  @inlinable public static var reportVerb: Self { Self(rawValue: 0x400000000000000000000000000) }
  /// People who speak for themselves: “I”, “yours”.
  @inlinable public static var ownVoice: Self { Self(rawValue: 0x800000000000000000000000000) }
  /// A word of captions: “pictured”.
  @inlinable public static var captionWord: Self { Self(rawValue: 0x1000000000000000000000000000) }
  /// A word of legal notices.
  @inlinable public static var legal: Self { Self(rawValue: 0x2000000000000000000000000000) }
  /// A month shortened, without full stop.
  @inlinable public static var monthAbbreviation: Self { Self(rawValue: 0x4000000000000000000000000000) }
  /// A day of the week shortened, without full stop.
  @inlinable public static var weekdayAbbreviation: Self { Self(rawValue: 0x8000000000000000000000000000) }
  /// What a byline calls a writer.
  @inlinable public static var job: Self { Self(rawValue: 0x10000000000000000000000000000) }
  /// What a byline calls a writer's house.
  @inlinable public static var employer: Self { Self(rawValue: 0x20000000000000000000000000000) }
  /// A word of labels and menus that is a family name now and then.
  @inlinable public static var seldomName: Self { Self(rawValue: 0x40000000000000000000000000000) }
  /// A word of labels and menus that is in no byline's name.
  @inlinable public static var notName: Self { Self(rawValue: 0x80000000000000000000000000000) }
  /// Stands right behind a byline's name without a space.
  @inlinable public static var gluedToName: Self { Self(rawValue: 0x100000000000000000000000000000) }
  /// Opens a sentence before a dash, no dateline.
  @inlinable public static var sentenceBeforeDash: Self { Self(rawValue: 0x200000000000000000000000000000) }
  /// A news agency, as a dateline names it.
  @inlinable public static var agency: Self { Self(rawValue: 0x400000000000000000000000000000) }
  /// Frequent enough to tell the language of a text.
  @inlinable public static var frequent: Self { Self(rawValue: 0x800000000000000000000000000000) }

  /// A month, in full or shortened.
  @inlinable public static var anyMonth: Self { [.month, .monthAbbreviation] }
  /// A day of the week, in full or shortened.
  @inlinable public static var anyWeekday: Self { [.weekday, .weekdayAbbreviation] }
}
