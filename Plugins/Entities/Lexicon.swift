import Bytes
import StageKit

/// The word lists, each in the folder Lists.
enum WordLists {}

/// What a word can be, whatever its case.
struct WordTraits: OptionSet, Sendable {
  let rawValue: UInt32
  static let given = WordTraits(rawValue: 1)
  static let surname = WordTraits(rawValue: 1 << 1)
  static let title = WordTraits(rawValue: 1 << 2)
  static let honorific = WordTraits(rawValue: 1 << 3)
  static let titlePart = WordTraits(rawValue: 1 << 4)
  static let organizationHead = WordTraits(rawValue: 1 << 5)
  static let weakHead = WordTraits(rawValue: 1 << 6)
  static let placeHead = WordTraits(rawValue: 1 << 7)
  static let placeOpener = WordTraits(rawValue: 1 << 8)
  static let eventHead = WordTraits(rawValue: 1 << 9)
  static let particle = WordTraits(rawValue: 1 << 10)
  static let personVerb = WordTraits(rawValue: 1 << 11)
  static let common = WordTraits(rawValue: 1 << 12)
  static let month = WordTraits(rawValue: 1 << 13)
  static let weekday = WordTraits(rawValue: 1 << 14)
  static let determiner = WordTraits(rawValue: 1 << 15)
  static let placePreposition = WordTraits(rawValue: 1 << 16)
  static let placeNoun = WordTraits(rawValue: 1 << 17)
  static let organizationNoun = WordTraits(rawValue: 1 << 18)
  static let joiner = WordTraits(rawValue: 1 << 19)

  static let functionWord = WordTraits(rawValue: 1 << 20)
  static let governmentNoun = WordTraits(rawValue: 1 << 21)
  static let sport = WordTraits(rawValue: 1 << 22)
  static let firmNoun = WordTraits(rawValue: 1 << 23)

  static let anyHead: WordTraits = [.organizationHead, .placeHead, .eventHead]
  static let calendar: WordTraits = [.month, .weekday]
  /// What only rules after the model ask for; the model does not see it.
  static let afterModel: WordTraits = [.sport, .firmNoun]

  func has(_ other: WordTraits) -> Bool { rawValue & other.rawValue != 0 }
}

/// Kinds of the names that the lists know whole.
enum KnownName: UInt8, Sendable {
  case country, region, city, largeCity, demonym, organization, miscellaneous, nothing
}

/// All lists, ready for look-up by hash. A class: it is handed to every token, and one reference is cheaper than eight.
final class Lexicon: Sendable {
  static let shared = Lexicon()

  /// Single words, lower case.
  let traits: WordTable<WordTraits>
  /// Names of one token, as written.
  let names: WordTable<KnownName>
  /// Names of several tokens, by `PhraseHash`.
  let phrases: WordTable<KnownName>
  /// First words of names of several tokens, and the most tokens such a name has.
  let openers: WordTable<Int>

  private init() {
    var traits = WordTable<WordTraits>(capacity: 16_000)
    func add(_ list: StaticString, _ trait: WordTraits) {
      for word in Self.fields(list, separators: [0x20, 0x0A]) {
        let hash = WordHash(word)
        traits.insert(hash, (traits[hash] ?? []).union(trait))
      }
    }
    add(WordLists.givenNames, .given)
    add(WordLists.surnames, .surname)
    add(WordLists.titles, .title)
    add(WordLists.honorifics, .honorific)
    add(WordLists.titleParts, .titlePart)
    add(WordLists.organizationHeads, .organizationHead)
    add(WordLists.weakOrganizationHeads, .weakHead)
    add(WordLists.placeHeads, .placeHead)
    add(WordLists.placeOpeners, .placeOpener)
    add(WordLists.eventHeads, .eventHead)
    add(WordLists.particles, .particle)
    add(WordLists.personVerbs, .personVerb)
    add(WordLists.commonWords, .common)
    add(WordLists.months, .month)
    add(WordLists.weekdays, .weekday)
    add(WordLists.determiners, [.determiner, .common])
    add(WordLists.placePrepositions, .placePreposition)
    add(WordLists.placeNouns, .placeNoun)
    add(WordLists.organizationNouns, .organizationNoun)
    add(WordLists.joiners, .joiner)
    add(WordLists.functionWords, [.functionWord, .common])
    add(WordLists.governmentNouns, .governmentNoun)
    add(WordLists.sportWords, .sport)
    add(WordLists.firmNouns, .firmNoun)
    self.traits = traits

    var names = WordTable<KnownName>(capacity: 8_000)
    var phrases = WordTable<KnownName>(capacity: 4_000)
    var openers = WordTable<Int>(capacity: 4_000)
    func add(_ list: StaticString, _ kind: KnownName) {
      for phrase in Self.fields(list, separators: [0x2C, 0x0A]) {
        let tokens = Self.tokens(of: phrase)
        guard let first = tokens.first else { continue }
        let opener = WordHash(first)
        if tokens.count == 1 {
          names.insert(opener, kind)
          // “Syrians”
          if kind == .demonym, let last = first.last, !Self.unpluralled.contains(last) {
            let plural = WordHash(Array(first) + [UInt8(ascii: "s")])
            if names[plural] == nil { names.insert(plural, kind) }
          }
        } else {
          var hash = PhraseHash()
          for token in tokens { hash.add(WordHash(token)) }
          phrases.insert(hash.value, kind)
          openers.insert(opener, max(tokens.count, openers[opener] ?? 0))
        }
      }
    }
    add(WordLists.largeCities, .largeCity)
    add(WordLists.cities, .city)
    add(WordLists.regions, .region)
    add(WordLists.miscellany, .miscellaneous)
    add(WordLists.organizations, .organization)
    add(WordLists.countries, .country)
    add(WordLists.demonyms, .demonym)
    add(WordLists.plainAcronyms, .nothing)
    self.names = names
    self.phrases = phrases
    self.openers = openers
  }

  static func fields(_ list: StaticString, separators: [UInt8]) -> [ArraySlice<UInt8>] {
    list.withUTF8Buffer { Array($0) }.split(whereSeparator: { separators.contains($0) }).map { field in
      field.drop(while: { $0 == 0x20 })
    }.filter { !$0.isEmpty }
  }

  /// The tokens of a listed name, cut as the text's tokens are: “al-Nusra” is three, “People's Daily” too.
  static func tokens(of phrase: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var tokens: [ArraySlice<UInt8>] = []
    for word in phrase.split(separator: 0x20) {
      var start = word.startIndex
      for at in word.indices {
        if word[at] == UInt8(ascii: "-"), at > start, at + 1 < word.endIndex,
          !keptPrefixes.contains(String(decoding: word[Range(from: start, upTo: at)], as: UTF8.self))
        {
          tokens.append(word[Range(from: start, upTo: at)])
          tokens.append(word[at..<at + 1])
          start = at + 1
        } else if word[at] == UInt8(ascii: "'"), at + 2 == word.endIndex, word[at + 1] == UInt8(ascii: "s") {
          tokens.append(word[Range(from: start, upTo: at)])
          start = at
        }
      }
      if word.last == UInt8(ascii: "!") {
        tokens.append(word[start...].dropLast())
        start = word.endIndex - 1
      }
      tokens.append(word[start...])
    }
    return tokens
  }

  /// Last letters of demonyms that have no plural in s: “Chinese”, “Irish”.
  private static let unpluralled: [UInt8] = Array("shec".utf8)
  private static let keptPrefixes: Set<String> = ["sub", "Sub", "Non", "Pan", "Trans", "Anti"]
}
