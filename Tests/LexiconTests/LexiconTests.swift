import Bytes
import Disk
import Testing

@testable import Lexicon
@testable import LexiconBuilding

struct LexiconTests {
  private let lexicon = Lexicon.english

  private func entry(_ word: String) -> WordEntry { lexicon[WordHash(word.utf8)] }

  private func name(_ name: String) -> KnownName {
    var hash = PhraseHash()
    let tokens = NameTokens.of(Array(name.utf8)[...]).map { WordHash($0) }
    for token in tokens { hash.add(token) }
    return lexicon[tokens.count == 1 ? tokens[0] : hash.value].name
  }

  /// `make lists` mends it.
  @Test func theTablesAreThoseOfTheLists() throws {
    let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let disk = PosixFileSystem()
    let lists = try ListFolder(Path(root) / "lists", disk).languages
    func committed(_ name: String) throws -> [UInt8] {
      let file = try disk.open(Path(root) / "Sources/CLexicon" / name, for: .reading)
      defer { disk.close(file) }
      return try disk.readAll(file)
    }
    #expect(try LexiconBuilder(lists["en", default: []]).table == committed("english.table"), "run make lists")
    #expect(try LanguageTable.table(lists) == committed("languages.table"), "run make lists")
    #expect(try AbbreviationTable.table(lists) == committed("abbreviations.table"), "run make lists")
    #expect(Set(lists.keys).isSuperset(of: TextLanguage.codes))
  }

  /// However many words there are: entries are aligned, and the last words may lie behind the first ones.
  @Test(arguments: [1, 2, 3, 4, 3000]) func tablesGiveBackWhatWasPutIn(count: Int) {
    func hash(_ word: Int) -> WordHash { WordHash("word \(word)".utf8) }
    var words: [WordHash: WordEntry] = [:]
    for word in 0..<count { words[hash(word), default: WordEntry()].value = UInt32(word + 1) }
    let bytes = LexiconTable.bytes(words)
    let table = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 64)
    defer { table.deallocate() }
    table.copyBytes(from: bytes)
    guard let base = table.baseAddress else { return }
    let slots = Int(base.load(as: LexiconHead.self).slots)
    #expect((LexiconHead.size + slots * 8) % MemoryLayout<WordEntry>.alignment == 0)
    let lexicon = Lexicon(base)
    for word in 0..<count { #expect(lexicon[hash(word)].value == UInt32(word + 1)) }
    for word in count..<2 * count { #expect(lexicon[hash(word)] == WordEntry()) }
  }

  @Test func wordsHaveTraitsAndValues() {
    #expect(entry("january").traits.has(.month))
    #expect(entry("january").value == 1)
    #expect(entry("dollars").kind == .currency)
    #expect(entry("gen").abbreviation == .title)
    #expect(entry("related stories").lineOpening == [.end, .whole])
    #expect(WordEntry.scale(entry("million").value) == 1_000_000)
    #expect(WordEntry.scale(entry("dozen").value) == 12)
    #expect(entry("qwertzuiop") == WordEntry())
  }

  @Test func verbsOfSpeechHaveTheirForms() {
    #expect(entry("said").forms == [.past, .participle])
    #expect(entry("says").speech.has(.say))
    #expect(entry("quipped").forms == [.past, .participle])
    #expect(entry("replies").forms == [.third])
    #expect(entry("claim").traits.has(.speechNoun))
    #expect(!entry("claimed").traits.has(.speechNoun))
  }

  @Test func namesAreKnownAsWritten() {
    #expect(name("France") == .country)
    #expect(name("france") == .nothing)
    #expect(name("New York Times") == .organization)
    #expect(name("Syrians") == .demonym)
    #expect(name("Irishs") == .nothing)
    #expect(lexicon[WordHash("New".utf8)].longestName >= 3)
  }

  @Test func descriptionsFitOffices() {
    let (diplomat, minister) = (entry("diplomat"), entry("minister"))
    #expect(diplomat.describes & minister.fits & Described.people != 0)
    #expect(diplomat.describes & entry("gen.").fits & Described.people == 0)
    #expect(entry("newspaper").describes & entry("gazette").fits & Described.bodies != 0)
  }

  /// The compiled tables hold entries as they lie in memory.
  @Test func anEntryKeepsItsLayout() {
    #expect(MemoryLayout<WordEntry>.stride == 48)
    #expect(MemoryLayout<WordEntry>.offset(of: \.describes) == 16)
    #expect(MemoryLayout<WordEntry>.offset(of: \.value) == 32)
    #expect(MemoryLayout<WordEntry>.offset(of: \.kind) == 36)
    #expect(MemoryLayout<WordEntry>.offset(of: \.speech) == 38)
    #expect(MemoryLayout<WordEntry>.offset(of: \.longestName) == 43)
  }

  @Test func everyTraitHasABitOfItsOwn() {
    let all = WordTraits.byName.values.reduce(WordTraits()) { $0.union($1) }
    #expect(all.rawValue.nonzeroBitCount == WordTraits.byName.count)
    #expect(!all.has([.comma, .capital, .hyphen]))
  }

  @Test(
    arguments: [
      ("al-Nusra", ["al", "-", "Nusra"]), ("People's Daily", ["People", "'s", "Daily"]), ("Yahoo!", ["Yahoo", "!"]),
      ("Sub-Saharan Africa", ["Sub-Saharan", "Africa"]),
    ])
  func listedNamesAreCutAsTheTextIs(name: String, tokens: [String]) {
    #expect(NameTokens.of(Array(name.utf8)[...]).map { String(decoding: $0, as: UTF8.self) } == tokens)
  }
}
