import Bytes
import Lexicon

/// Makes the table of a language from its lists.
public struct LexiconBuilder {
  private var entries: [WordHash: WordEntry] = [:]
  /// Where each word and each name was listed; a name may be spelt as a word is: “dpa”.
  private var places = (words: [WordHash: ListPlace](), names: [WordHash: ListPlace]())

  public init(_ files: [ListFile]) throws(ListError) {
    let groups = try DescribedGroups(files)
    for file in files {
      for line in file.lines {
        let place = ListPlace(file: file.name, line: line.line)
        var entry = WordEntry()
        try entry.read(line, groups, place)
        if file.holdsNames { try add(name: line.word, entry, place) } else { try add(word: line.word, entry, place) }
      }
    }
    // Behind all lists: a listed word tells more than a form that is derived.
    for file in files {
      for line in file.lines {
        let place = ListPlace(file: file.name, line: line.line)
        var entry = WordEntry()
        try entry.read(line, groups, place)
        if entry.name == .demonym { addPlural(of: line.word) }
      }
    }
  }

  public var table: [UInt8] { LexiconTable.bytes(entries) }

  // MARK: Words

  private mutating func add(word: [UInt8], _ entry: WordEntry, _ place: ListPlace) throws(ListError) {
    guard entry.speech.isEmpty else { return try add(verb: word, entry, place) }
    try Self.claim(WordHash(word), place, in: &places.words)
    entries[WordHash(word), default: WordEntry()].add(entry)
  }

  /// The traits of a verb of speech are those of its base; all forms have its senses.
  private mutating func add(verb: [UInt8], _ entry: WordEntry, _ place: ListPlace) throws(ListError) {
    let forms = VerbForms.all(of: verb)
    guard let base = forms.first else { throw ListError(place, "has no form") }
    try Self.claim(WordHash(base.word), place, in: &places.words)
    entries[WordHash(base.word), default: WordEntry()].add(entry)
    for (word, form) in forms {
      entries[WordHash(word), default: WordEntry()].speech.formUnion(entry.speech)
      entries[WordHash(word), default: WordEntry()].forms.formUnion(form)
    }
  }

  // MARK: Names

  private mutating func add(name: [UInt8], _ entry: WordEntry, _ place: ListPlace) throws(ListError) {
    let tokens = NameTokens.of(name[...]).map { WordHash($0) }
    guard let first = tokens.first else { throw ListError(place, "has no token") }
    var phrase = PhraseHash()
    for token in tokens { phrase.add(token) }
    let hash = tokens.count == 1 ? first : phrase.value
    try Self.claim(hash, place, in: &places.names)
    entries[hash, default: WordEntry()].name = entry.name
    guard tokens.count > 1 else { return }
    guard let count = UInt8(exactly: tokens.count) else { throw ListError(place, "has too many tokens") }
    entries[first, default: WordEntry()].longestName = max(count, entries[first]?.longestName ?? 0)
  }

  /// “Syrians”
  private mutating func addPlural(of demonym: [UInt8]) {
    guard NameTokens.of(demonym[...]).count == 1, let last = demonym.last, !Self.unpluralled.contains(last) else {
      return
    }
    let plural = WordHash(demonym + [UInt8(ascii: "s")])
    if entries[plural]?.name ?? .nothing == .nothing { entries[plural, default: WordEntry()].name = .demonym }
  }

  /// Last letters of demonyms that have no plural in s: “Chinese”, “Irish”.
  private static let unpluralled = Array("shec".utf8)

  private static func claim(
    _ hash: WordHash, _ place: ListPlace, in places: inout [WordHash: ListPlace]
  ) throws(ListError) {
    if let other = places[hash] {
      throw ListError(place, "stands in \(other.file):\(other.line) too: say all of a word in one line")
    }
    places[hash] = place
  }
}

extension WordEntry {
  /// What the lists say of a word beside its forms as a verb of speech.
  fileprivate mutating func add(_ other: WordEntry) {
    let (speech, forms, name, longestName) = (speech, forms, name, longestName)
    self = other
    self.speech.formUnion(speech)
    self.forms.formUnion(forms)
    if name != .nothing { self.name = name }
    self.longestName = max(longestName, self.longestName)
  }
}

/// The words that tell a language: a bit for each language, in the order of `TextLanguage.codes`.
public enum LanguageTable {
  /// - Parameter lists: of each language its files; those with no word that has the trait `frequent` give nothing.
  public static func table(_ lists: [String: [ListFile]]) -> [UInt8] {
    var entries: [WordHash: WordEntry] = [:]
    for (index, code) in TextLanguage.codes.enumerated() {
      for line in lists[code, default: []].flatMap(\.lines) where line.traits.contains("frequent") {
        guard line.word.count <= TextLanguage.longestWord else { continue }
        entries[WordHash(line.word), default: WordEntry()].traits.insert(WordTraits(rawValue: 1 << UInt128(index)))
      }
    }
    return LexiconTable.bytes(entries)
  }
}

/// The abbreviations of languages other than English: each under its language, `de:usw`, and under none, `:usw`.
public enum AbbreviationTable {
  /// - Parameter lists: of each language its files.
  public static func table(_ lists: [String: [ListFile]]) throws(ListError) -> [UInt8] {
    var entries: [WordHash: WordEntry] = [:]
    for code in lists.keys.sorted() where code != "en" {
      for file in lists[code, default: []] {
        for line in file.lines {
          guard let value = line.values.first(where: { $0.key == "abbreviation" }) else { continue }
          guard let kind = Abbreviation.allCases.first(where: { [("\($0)")] == value.items && $0 != .nothing }) else {
            throw ListError(ListPlace(file: file.name, line: line.line), "is no kind of abbreviation")
          }
          entries[WordHash(Array("\(code):".utf8) + line.word), default: WordEntry()].abbreviation = kind
          // Where languages disagree, what lets a sentence end.
          let common = WordHash([UInt8(ascii: ":")] + line.word)
          let known = entries[common]?.abbreviation ?? .nothing
          entries[common, default: WordEntry()].abbreviation =
            known == .nothing || known == kind ? kind : known == .inner ? kind : known
        }
      }
    }
    return LexiconTable.bytes(entries)
  }
}
