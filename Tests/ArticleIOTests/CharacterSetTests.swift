import Bytes
import StageKit
import Testing

@testable import ArticleIO

@Suite("Character sets")
struct CharacterSetTests {
  /// One or two sentences in each language, and the sets that texts in it come in.
  static let samples: [(text: String, sets: [String])] = [
    ("“The mill won’t open again,” the owner said – not this year.", ["windows-1252", "macintosh"]),
    ("The café by the river closed on Monday.", ["windows-1252"]),
    ("The fare rose to £4 on Monday, and to €5 in the evening.", ["windows-1252"]),
    ("La rivière a débordé à l’aube ; les écoles resteront fermées jusqu’à jeudi.", ["windows-1252", "macintosh"]),
    ("Die Brücke über den Fluß wird am Dienstag für die Züge geöffnet.", ["windows-1252", "macintosh"]),
    ("El año pasado llovió más, según el informe de la compañía.", ["windows-1252"]),
    ("A ponte será reaberta amanhã, e a circulação de comboios não vai parar.", ["windows-1252"]),
    ("La città non è più chiusa: così ha deciso il comune, perché l’acqua è scesa.", ["windows-1252"]),
    ("Bron över ån öppnades på måndagen, och många åkte över den.", ["windows-1252"]),
    ("Broen åbnede på lørdag, og mange kørte over den efter frokost for første gang.", ["windows-1252"]),
    (
      "Мост через реку открыли в понедельник, и первые автобусы прошли по нему в полдень.",
      ["windows-1251", "koi8-r", "iso-8859-5", "ibm866"]
    ),
    ("Міст через річку відкрили в понеділок, і перші автобуси пройшли опівдні.", ["windows-1251", "koi8-u"]),
    (
      "Most na rzece otwarto w poniedziałek, a pierwsze autobusy przejechały po nim w południe. Będzie też ścieżka.",
      ["windows-1250", "iso-8859-2"]
    ),
    (
      "Most přes řeku byl otevřen v pondělí a první autobusy po něm projely v poledne, což řidiče potěšilo.",
      ["windows-1250", "iso-8859-2"]
    ),
    (
      "A folyó fölötti hidat hétfőn nyitották meg, és délben már buszok is jártak rajta, ami sokaknak tetszett. Később zűr lett.",
      ["windows-1250", "iso-8859-2"]
    ),
    (
      "Nehrin üzerindeki köprü pazartesi günü açıldı; ilk otobüsler öğle vakti geçti, dünkü yağışa karşın.",
      ["windows-1254"]
    ),
    (
      "Η γέφυρα πάνω από το ποτάμι άνοιξε τη Δευτέρα και τα πρώτα λεωφορεία πέρασαν το μεσημέρι.",
      ["windows-1253", "iso-8859-7"]
    ),
    ("הגשר מעל הנהר נפתח ביום שני והאוטובוסים הראשונים עברו בו בצהריים.", ["windows-1255"]),
    ("افتتح الجسر فوق النهر يوم الاثنين وعبرته أولى الحافلات عند الظهر.", ["windows-1256"]),
    (
      "Tilts pār upi tika atvērts pirmdien, un pirmie autobusi to šķērsoja pusdienlaikā; ceļš bija slēgts četrus gadus.",
      ["windows-1257"]
    ),
    ("สะพานข้ามแม่น้ำเปิดเมื่อวันจันทร์ และรถโดยสารคันแรกข้ามไปตอนเที่ยง", ["windows-874"]),
  ]

  static var cases: [(text: String, set: String)] {
    samples.flatMap { sample in sample.sets.map { (sample.text, $0) } }
  }

  static func encode(_ text: String, _ name: String) -> [UInt8] {
    let table = SingleByteSets.table(name) ?? []
    return text.unicodeScalars.flatMap { scalar -> [UInt8] in
      if scalar.isASCII { return [UInt8(scalar.value)] }
      return [table.firstIndex(of: scalar.value).map { UInt8($0 + 0x80) } ?? UInt8(ascii: "?")]
    }
  }

  @Test("single-byte sets are told apart", arguments: cases)
  func detection(text: String, set: String) throws {
    let bytes = Self.encode(text, set)
    let decoded = try DecodedText(bytes, .text)
    let read = SingleByteSets.decode(bytes, set) ?? []
    // Another set that reads the same bytes the same way is as good.
    #expect(decoded.text == read, "\(decoded.encoding) for \(set): \(String(decoding: decoded.text, as: UTF8.self))")
  }

  /// Sentences as bytes, because only the system has these sets: about a bridge that opens.
  static let eastAsianSamples: [(hex: String, set: String, start: String)] = [
    (
      "90ec82c989cb82a982e98bb482aa8c8e976a93fa82c98a4a92ca82b5814190b38cdf82c982cd8dc58f8982cc836f835882aa"
        + "936e82e882dc82b582bd814292ac82cd8e6c944e8ad482b182ea82f091d282c182c482a282bd82bb82a482c582b78142",
      "shift_jis", "川に架かる橋"
    ),
    (
      "c0eea4cbb2cda4aba4ebb6b6a4acb7eecdcbc6fca4cbb3abc4cca4b7a1a2c0b5b8e1a4cba4cfbac7bde9a4cea5d0a5b9a4ac"
        + "c5cfa4eaa4dea4b7a4bfa1a3c4aea4cfbbcdc7afb4d6a4b3a4eca4f2c2d4a4c3a4c6a4a4a4bfa4bda4a6a4c7a4b9a1a3",
      "euc-jp", "川に架かる橋"
    ),
    (
      "b0adc0bb20b0c7b3cab4c220b4d9b8aeb0a120bff9bfe4c0cfbfa120bfadb7c8b0ed20c1a4bfc0bfa120c3b920b9f6bdbab0"
        + "a120c1f6b3aab0acb4d92e20bdc3c0e5c0ba20b8b6c0bbc0cc20b3d720c7d8b8a620b1e2b4d9b7c8b4d9b0ed20b8bbc7dfb4"
        + "d92e",
      "euc-kr", "강을 건너는"
    ),
    (
      "bad3c9cfb5c4b4f3c7c5d0c7c6dad2bbcda8b3b5a3acb5dad2bbc5fab9abb9b2c6fbb3b5d6d0cee7cabbb9fdb4f3c7c5a1a3"
        + "cad0b3a4cbb5a3acc8abb3c7b5c8d5e2d2bbccecd2d1beadb5c8c1cbcbc4c4eaa1a3",
      "gb18030", "河上的大桥星"
    ),
    (
      "aa65a457aabaa46abef4ac50b4c1a440b371a8aea141b2c4a440a7e5a4bda8aea4a4a4c8be70b94ca46abef4a143a5abaaf8"
        + "bba1a141a5feabb0b5a5b36fa440a4d1a477b867b5a5a446a57ca67ea143",
      "big5", "河上的大橋星"
    ),
  ]

  @Test("East Asian sets are told apart and read", arguments: eastAsianSamples)
  func eastAsian(hex: String, set: String, start: String) throws {
    let decoded = try DecodedText(Self.bytes(hex), .text)
    #expect(decoded.encoding == set)
    #expect(String(decoding: decoded.text, as: UTF8.self).hasPrefix(start))
  }

  static func bytes(_ hex: String) -> [UInt8] {
    let digits = hex.utf8.map { $0 < 0x3A ? $0 - 0x30 : $0 - 0x57 }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }

  @Test("every single-byte table has 128 entries", arguments: SingleByteSets.names)
  func tables(name: String) {
    #expect(SingleByteSets.table(name)?.count == 128)
    #expect(CharacterSetLabels.name(name.utf8) == name)
  }

  @Test(
    "labels",
    arguments: [
      ("Latin1", "windows-1252"), ("ISO-8859-1", "windows-1252"), ("cp1251", "windows-1251"), ("utf8", "utf-8"),
      ("GB2312", "gb18030"), ("x-sjis", "shift_jis"), ("KS_C_5601-1987", "euc-kr"), ("ISO_8859-2:1987", "iso-8859-2"),
      ("koi8_r", "koi8-r"), ("none", nil), ("", nil),
    ])
  func labels(label: String, name: String?) {
    #expect(CharacterSetLabels.name(label.utf8) == name)
  }

  @Test("what a page or an XML file declares")
  func declared() throws {
    let polish = Self.encode("<meta charset=\"ISO-8859-2\"><p>ąć", "iso-8859-2")
    #expect(try DecodedText(polish, .html).encoding == "iso-8859-2")
    let xml = Self.encode("<?xml version='1.0' encoding='windows-1251'?><a>Мир</a>", "windows-1251")
    let decoded = try DecodedText(xml, .xml)
    #expect(decoded.encoding == "windows-1251" && decoded.text.suffix(10).elementsEqual("Мир</a>".utf8))
    // A page that is UTF-8 is UTF-8, whatever its template says.
    #expect(try DecodedText(Array("<meta charset=latin1>é".utf8), .html).encoding == "utf-8")
    // Behind a declaration of UTF-8 that is a lie, the bytes decide.
    let lie = Self.encode("<meta charset=utf-8><p>Die Brücke über den Fluß", "windows-1252")
    #expect(try DecodedText(lie, .html).encoding == "windows-1252")
    let japanese = Array("<meta charset=iso-2022-jp>".utf8) + [0x1B, 0x24, 0x42, 0x36, 0x36, 0x1B, 0x28, 0x42]
    #expect(try String(decoding: DecodedText(japanese, .html).text.suffix(3), as: UTF8.self) == "橋")
  }

  @Test("UTF-8 with a few bytes pasted in from elsewhere stays UTF-8")
  func mixed() throws {
    let bytes = Array("Zürich, Genève, Málaga: don".utf8) + [0x92] + Array("t go\u{2026} ".utf8) + [0xE2, 0x80]
    let decoded = try DecodedText(bytes, .text)
    #expect(decoded.encoding == "utf-8")
    #expect(
      String(decoding: decoded.text, as: UTF8.self) == "Zürich, Genève, Málaga: don’t go… \u{FFFD}\u{FFFD}")
  }

  @Test("UTF-16 without a mark")
  func wide() throws {
    let text = "The bridge opened."
    let little = text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let big = text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    #expect(try DecodedText(little, .text).encoding == "utf-16le")
    let decoded = try DecodedText(big, .text)
    #expect(decoded.encoding == "utf-16be" && String(decoding: decoded.text, as: UTF8.self) == text)
  }

  @Test("what is no text is refused")
  func binary() {
    let noise = (0..<4000).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 11 | 1) }
    for bytes in [noise, noise.filter { $0 != 0 }, [0x89, 0x50, 0x4E, 0x47, 0, 0, 0, 0x0D]] {
      let error = #expect(throws: InputError.self) { try DecodedText(bytes, .text) }
      #expect(error?.class == "binary")
    }
  }

  @Test("any bytes give valid UTF-8 or an error")
  func noise() {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededGenerator(state: seed)
    for _ in 0..<100 {
      let bytes = (0..<Int.random(in: 0..<128, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      for declaration in [DecodedText.Declaration.text, .html, .xml] {
        guard let decoded = try? DecodedText(bytes, declaration) else { continue }
        #expect(decoded.text.firstInvalidUTF8 == nil, "seed \(seed)")
      }
    }
  }
}

@Suite("Loading character sets")
struct CharacterSetLoadingTests {
  /// A process that can open no file relies on it.
  @Test("every set that a label can mean is built in or loaded")
  func all() {
    let asked = CharacterSetLabels.lists.map(\.name).filter { !$0.hasPrefix("utf-") }
    let loaded = SystemCharacterSets.systemNames.map(\.name)
    for name in asked { #expect(SingleByteSets.table(name) != nil || loaded.contains(name), "\(name)") }
    #expect(loadCharacterSets().isEmpty)
  }
}
