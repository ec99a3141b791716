import Bytes
import StageKit

/// What a word can do in a sentence, as far as attribution cares.
struct WordTraits: OptionSet, Sendable {
  let rawValue: UInt64
  init(rawValue: UInt64) { self.rawValue = rawValue }
  private init(bit: UInt64) { rawValue = 1 << bit }

  // By their look.
  static let comma = Self(bit: 0)
  static let terminal = Self(bit: 1)
  static let colon = Self(bit: 2)
  static let semicolon = Self(bit: 3)
  static let dash = Self(bit: 4)
  static let openBracket = Self(bit: 5)
  static let closeBracket = Self(bit: 6)
  static let mark = Self(bit: 7)
  static let capital = Self(bit: 8)
  static let number = Self(bit: 9)
  static let endsInEd = Self(bit: 10)
  static let endsInIng = Self(bit: 11)
  static let endsInS = Self(bit: 12)

  static let hyphen = Self(bit: 13)
  static let allCapitals = Self(bit: 14)

  // By the lists.
  static let determiner = Self(bit: 16)
  static let indefinite = Self(bit: 17)
  static let possessive = Self(bit: 18)
  static let clitic = Self(bit: 19)
  static let subjectPronoun = Self(bit: 20)
  static let objectPronoun = Self(bit: 21)
  static let preposition = Self(bit: 22)
  static let coordinator = Self(bit: 23)
  static let subordinator = Self(bit: 24)
  static let relative = Self(bit: 25)
  static let that = Self(bit: 26)
  static let to = Self(bit: 27)
  static let auxiliary = Self(bit: 28)
  static let be = Self(bit: 29)
  static let negation = Self(bit: 30)
  static let adverb = Self(bit: 31)
  static let time = Self(bit: 32)
  static let verb = Self(bit: 33)
  static let question = Self(bit: 34)
  static let earlier = Self(bit: 35)
  static let of = Self(bit: 36)
  static let according = Self(bit: 37)
  static let masculine = Self(bit: 38)
  static let feminine = Self(bit: 39)
  static let plural = Self(bit: 40)
  static let firstPerson = Self(bit: 41)
  static let noun = Self(bit: 42)
  static let modal = Self(bit: 43)
  static let out = Self(bit: 44)
  static let forOrOn = Self(bit: 45)
  static let aboutOrOf = Self(bit: 47)
  static let refuses = Self(bit: 46)
  static let quantifier = Self(bit: 48)
  static let contrast = Self(bit: 50)
  static let label = Self(bit: 51)
  static let opensQuestion = Self(bit: 49)
  static let former = Self(bit: 52)
  static let by = Self(bit: 53)
  /// “claim”, “warning”: with a content clause after “that”.
  static let speechNoun = Self(bit: 54)
  /// “make”, “issue”: whose object is such a noun.
  static let utters = Self(bit: 55)
  static let speakerLabel = Self(bit: 56)
  static let neuter = Self(bit: 57)

  static let pronoun: Self = [.subjectPronoun, .objectPronoun]
  static let punctuation: Self = [
    .comma, .terminal, .colon, .semicolon, .dash, .openBracket, .closeBracket, .mark,
  ]
  /// Never inside a plain noun phrase.
  static let closed: Self = [
    .comma, .terminal, .colon, .semicolon, .dash, .openBracket, .closeBracket, .mark, .subjectPronoun, .objectPronoun,
    .coordinator, .subordinator, .relative, .that, .to, .auxiliary, .be, .negation, .verb, .according, .modal,
  ]

  @inline(__always) func isAny(_ other: Self) -> Bool { rawValue & other.rawValue != 0 }
}

/// How a verb of speech takes its content.
struct CueSense: OptionSet, Sendable {
  let rawValue: UInt16

  static let say = Self(rawValue: 1)
  static let sayThat = Self(rawValue: 2)
  static let quote = Self(rawValue: 4)
  static let tell = Self(rawValue: 8)
  static let promise = Self(rawValue: 16)
  static let ask = Self(rawValue: 32)
  static let judge = Self(rawValue: 64)
  static let deny = Self(rawValue: 128)
  /// A cue only together with its particle: “point out”, “call for”, “refer to”.
  static let out = Self(rawValue: 256)
  static let callFor = Self(rawValue: 512)
  static let referTo = Self(rawValue: 1024)
  static let talkAbout = Self(rawValue: 2048)
  /// With an object and what it is called.
  static let call = Self(rawValue: 4096)

  static let withParticle: Self = [.out, .callFor, .referTo, .talkAbout]

  static let clause: Self = [.say, .sayThat, .tell, .out]
  @inline(__always) func isAny(_ other: Self) -> Bool { rawValue & other.rawValue != 0 }
}

struct VerbForm: OptionSet, Sendable {
  let rawValue: UInt8

  static let base = Self(rawValue: 1)
  static let third = Self(rawValue: 2)
  static let ing = Self(rawValue: 4)
  static let past = Self(rawValue: 8)
  static let participle = Self(rawValue: 16)

  @inline(__always) func isAny(_ other: Self) -> Bool { rawValue & other.rawValue != 0 }
}

/// All that the lists say of one word form.
struct WordEntry: Sendable {
  var traits: WordTraits = []
  var sense: CueSense = []
  var form: VerbForm = []
}

/// The word lists as one table. Built once; a user's own verbs go into a copy.
struct Lexicon: Sendable {
  private var table = WordTable<WordEntry>(capacity: 6000)

  static let standard = Lexicon()

  init(extraCues: [String]) {
    self = .standard
    for verb in extraCues { addVerb(verb.utf8.map(\.lowered), .say) }
  }

  subscript(hash: WordHash) -> WordEntry { table[hash] ?? WordEntry() }

  private init() {
    typealias Words = FunctionWords
    for (list, traits) in Words.lists { add(list, traits) }
    for (list, sense) in [
      (CueVerbs.say, CueSense.say), (CueVerbs.sayThat, .sayThat), (CueVerbs.quote, .quote), (CueVerbs.tell, .tell),
      (CueVerbs.promise, .promise), (CueVerbs.ask, .ask), (CueVerbs.judge, .judge), (CueVerbs.deny, .deny),
      (CueVerbs.withOut, .out), (CueVerbs.withFor, .callFor), (CueVerbs.withTo, .referTo),
      (CueVerbs.withAbout, .talkAbout), (CueVerbs.call, .call),
    ] {
      for verb in Self.words(list) { addVerb(verb, sense) }
    }
    add(CueVerbs.nouns, .noun)
  }

  private static func words(_ list: StaticString) -> [[UInt8]] {
    list.withUTF8Buffer { Array($0) }.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A }).map { Array($0) }
  }

  private mutating func add(_ list: StaticString, _ traits: WordTraits) {
    for word in Self.words(list) { update(word) { $0.traits.formUnion(traits) } }
  }

  private mutating func update(_ word: [UInt8], _ change: (inout WordEntry) -> Void) {
    let hash = WordHash(word)
    var entry = self[hash]
    change(&entry)
    table.insert(hash, entry)
  }

  private mutating func addVerb(_ verb: [UInt8], _ sense: CueSense) {
    let words = verb.split(separator: UInt8(ascii: "/")).map { Array($0) }
    guard let first = words.first else { return }
    let forms =
      words.count == 5
      ? zip(words, [VerbForm.base, .third, .ing, .past, .participle]).map { ($0, $1) } : Self.regularForms(of: first)
    for (word, form) in forms {
      update(word) {
        $0.sense.formUnion(sense)
        $0.form.formUnion(form)
      }
    }
  }

  /// The regular forms of a base; `*` at its end doubles the last letter before -ed and -ing.
  private static func regularForms(of base: [UInt8]) -> [([UInt8], VerbForm)] {
    var word = base
    let doubles = word.last == UInt8(ascii: "*")
    if doubles { word.removeLast() }
    guard let last = word.last else { return [] }
    let isVowel = { (byte: UInt8) in [0x61, 0x65, 0x69, 0x6F, 0x75].contains(byte) }
    let endsInConsonantY = last == UInt8(ascii: "y") && word.count > 1 && !isVowel(word[word.count - 2])
    let stem = doubles ? word + [last] : last == UInt8(ascii: "e") ? Array(word.dropLast()) : word
    let third =
      endsInConsonantY
      ? word.dropLast() + Array("ies".utf8)
      : [0x73, 0x78, 0x7A].contains(last) || word.ends(with: "ch") || word.ends(with: "sh") || word == Array("go".utf8)
        ? word + Array("es".utf8) : word + Array("s".utf8)
    let past = endsInConsonantY ? word.dropLast() + Array("ied".utf8) : stem + Array("ed".utf8)
    return [
      (word, .base), (Array(third), .third), (stem + Array("ing".utf8), .ing), (Array(past), [.past, .participle]),
    ]
  }
}

extension [UInt8] {
  func ends(with suffix: StaticString) -> Bool {
    count >= suffix.utf8CodeUnitCount && suffix.withUTF8Buffer { self.suffix($0.count).elementsEqual($0) }
  }
}
