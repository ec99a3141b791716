import Bytes
import StageKit
import Testing

@testable import Clean

@Suite("Mojibake")
struct MojibakeTests {
  /// The text as it looks after its UTF-8 was read as windows-1252.
  func broken(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for byte in text.utf8 {
      let value = UInt32(byte)
      out.append(Unicode.Scalar(value >= 0x80 && value <= 0x9F ? CharacterReferences.windows1252(value) : value) ?? "?")
    }
    return String(out)
  }

  func repaired(_ text: String) -> String {
    Mojibake(repairing: Array(text.utf8)).map { String(decoding: $0.text, as: UTF8.self) } ?? text
  }

  @Test(
    "is put right, once or twice broken",
    arguments: [
      "“We can’t wait,” she said – “not now…”", "The café’s crème brûlée", "It’s over",
      "Señor Muñoz in São Paulo, déjà vu",
      "£5 or €6 – Zürich’s choice", "Мост через реку открыли", "Żółć i gęś – łąka", "Tea 🫖 and “cake” 😀",
    ])
  func repair(text: String) {
    #expect(repaired(broken(text)) == text)
    #expect(repaired(broken(broken(text))) == text)
  }

  @Test(
    "sound text stays",
    arguments: [
      "“We can’t wait,” she said – “not now…”", "CAFÉ» et «ÉTÉ»", "Der Zug hielt in der Schloßstraße – „Ende“.",
      "PÅ” og “ÆØÅ”",
      "MAÇÃ” E “IRMÔ", "Â", "Ã and Ã©", "naïve café", "The bytes Ã© and É» in one text", "plain", "", "é", "â€",
      "Tê “x”",
    ])
  func sound(text: String) {
    #expect(Mojibake(repairing: Array(text.utf8)) == nil)
  }

  @Test("one that does not decode spoils it all, one that is only lost does not")
  func doubt() {
    #expect(repaired("Itâ€™s Ã©tÃ© and É»") == "Itâ€™s Ã©tÃ© and É»")
    #expect(repaired("â€œYes,â€ she said. â€œNo.â€\u{FFFD}") == "“Yes,” she said. “No.”")
    #expect(repaired("A daggerâ€ alone, and Ã©tÃ©") == "A daggerâ€ alone, and Ã©tÃ©")
    #expect(repaired("Sound “quotes” here, but itâ€™s broken") == "Sound “quotes” here, but it’s broken")
  }

  @Test("the body of every front end is repaired and leads back to its source")
  func alignment() throws {
    let sentence = "The mayor said: “It’s the town’s day – at last.”"
    let paragraph = broken(sentence)
    let pages = [
      (paragraph + "\n\n" + story.joined(separator: "\n\n"), false),
      ("<title>\(broken("Mayor’s day"))</title><article><p>\(paragraph)\(story.map { "<p>\($0)" }.joined())", true),
    ]
    for (page, markup) in pages {
      let article = try cleaned(page, markup: markup)
      #expect(article.string.hasPrefix(sentence))
      if markup {
        #expect(string(article.metadata.title) == "Mayor’s day")
        let title = try #require(article.places?.title)
        #expect(String(decoding: Array(page.utf8)[title.range], as: UTF8.self) == broken("Mayor’s day"))
      }
      for word in ["The mayor", "’", "town", "at last.", "rebuilt"] {
        let range = try #require(article.string.ranges(of: word).first)
        let start = article.string.utf8.distance(from: article.string.startIndex, to: range.lowerBound)
        let span = try #require(article.alignment?.source(of: ByteSpan(start, start + word.utf8.count)))
        #expect(String(decoding: Array(page.utf8)[span.range], as: UTF8.self) == broken(word))
      }
    }
    #expect(try wired("<nitf><body><body.content><p>\(paragraph)</p></body.content></body></nitf>").string == sentence)
  }

  @Test("any text comes out as valid UTF-8")
  func noise() {
    let pieces = [
      "â", "€", "™", "Ã", "©", "\u{9D}", "\u{FFFD}", "x", " ", "ð", "Ÿ", "œ", "é", "Â", "\u{A0}", "Ð", "¡", "“",
    ]
    var state: UInt64 = 11
    for _ in 0..<3000 {
      var text = ""
      for _ in 0..<(state >> 60) {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += pieces[Int(state >> 33) % pieces.count]
      }
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      if let found = Mojibake(repairing: Array(text.utf8)) {
        #expect(String(validating: found.text, as: UTF8.self) != nil)
        #expect(found.alignment.textEnd == found.text.count)
      }
    }
  }
}
