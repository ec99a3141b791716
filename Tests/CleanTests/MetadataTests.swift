import StageKit
import Testing

@testable import Clean

@Suite("Datelines, bylines, days")
struct MetadataTests {
  func dateline(_ text: [UInt8]) -> Article.Dateline? { DatelineReader.read(text.span, ByteSpan(0, text.count)) }
  func people(_ text: String) -> [String]? {
    let bytes = Array(text.utf8)
    return Byline.people(bytes.span, ByteSpan(0, bytes.count)).map(strings)
  }
  func signature(_ text: String) -> [String]? {
    let bytes = Array(text.utf8)
    return Byline.signature(bytes.span, ByteSpan(0, bytes.count)).map(strings)
  }
  func day(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    return string(DateReader.day(bytes.span, ByteSpan(0, bytes.count))?.iso)
  }

  @Test(
    arguments: [
      ("MOSCOW (Sputnik) — A bridge opened.", "MOSCOW", "Sputnik", "MOSCOW (Sputnik) —"),
      ("Moscow, SANA – A bridge opened.", "Moscow", "SANA", "Moscow, SANA –"),
      ("Lattakia, SANA- A bridge opened.", "Lattakia", "SANA", "Lattakia, SANA-"),
      ("LONDON, May 4 (Reuters) - A bridge opened.", "LONDON", "Reuters", "LONDON, May 4 (Reuters) -"),
      ("BEIRUT — A bridge opened.", "BEIRUT", nil, "BEIRUT —"),
      ("Beirut — A bridge opened.", "Beirut", nil, "Beirut —"),
      ("WASHINGTON, D.C. (AP) — A bridge opened.", "WASHINGTON, D.C.", "AP", "WASHINGTON, D.C. (AP) —"),
      ("ST. LOUIS (AP) -- A bridge opened.", "ST. LOUIS", "AP", "ST. LOUIS (AP) --"),
      ("BEIJING, Oct. 4 (Xinhua) -- A bridge opened.", "BEIJING", "Xinhua", "BEIJING, Oct. 4 (Xinhua) --"),
      ("RIO DE JANEIRO (AFP) – A bridge opened.", "RIO DE JANEIRO", "AFP", "RIO DE JANEIRO (AFP) –"),
    ] as [(String, String, String?, String)])
  func datelines(text: String, place: String, agency: String?, span: String) throws {
    let bytes = Array(text.utf8)
    let found = try #require(dateline(bytes))
    #expect(string(found.place) == place && string(found.agency) == agency)
    #expect(String(decoding: bytes[found.span.range], as: UTF8.self) == span)
  }

  @Test("a dateline may have its whole date")
  func datelineDate() throws {
    let bytes = Array("GENEVA, May 4, 2017 (Northwire) — It opened.".utf8)
    let found = try #require(dateline(bytes))
    #expect(string(found.date) == "2017-05-04" && string(found.place) == "GENEVA")
  }

  @Test(
    arguments: [
      "The bridge — a new one — opened.", "Yesterday — of all days — it rained.", "A bridge opened (again) - at last.",
      "“Moscow” — he said.", "The mayor of Holmsund, Ada Corr – a lawyer – spoke.", "It rained. MOSCOW — no.", "x", "",
      "On Monday, the mayor – who is new – spoke.",
    ])
  func noDateline(text: String) {
    let bytes = Array(text.utf8)
    #expect(dateline(bytes) == nil)
  }

  @Test(
    arguments: [
      ("By Jane Doe and John Roe", ["Jane Doe", "John Roe"]),
      ("By A. Doe, Bea Roe and Cy Moe in Moscow", ["A. Doe", "Bea Roe", "Cy Moe"]),
      ("BY JANE DOE, Staff Writer", ["JANE DOE"]), ("by Jane van der Doe | May 4, 2017", ["Jane van der Doe"]),
      ("Written by Jane Doe for the Orla Times", ["Jane Doe"]), ("By Jane Doe Science Writer", ["Jane Doe"]),
      ("By: Jane Doe", ["Jane Doe"]), ("By Jane Doe Dec 22, 2023", ["Jane Doe"]),
      ("By Jane\u{A0}Doe & Jo Roe", ["Jane\u{A0}Doe", "Jo Roe"]),
      ("By the way, it rained", nil), ("By 2020 the bridge was old", nil), ("Jane Doe", nil), ("Bye", nil),
    ] as [(String, [String]?)])
  func bylines(text: String, people: [String]?) {
    #expect(self.people(text) == people)
  }

  @Test(
    arguments: [
      ("Manar al-Quist / Jonas Lind", ["Manar al-Quist", "Jonas Lind"]), ("Jonas Lind", ["Jonas Lind"]),
      ("Check Also", nil), ("Night shifts", nil), ("Jonas", nil), ("Related News", nil), ("Jonas Lind said so", nil),
    ] as [(String, [String]?)])
  func signatures(text: String, people: [String]?) {
    #expect(signature(text) == people)
  }

  @Test(
    arguments: [
      ("2017-05-08T10:00:00Z", "2017-05-08"), ("Published 8 May 2017, 10:15", "2017-05-08"),
      ("May 8th, 2017", "2017-05-08"),
      ("Monday, Sept. 4 2023", "2023-09-04"), ("8th of May 2017", "2017-05-08"), ("20170508", "2017-05-08"),
      ("12/18/2023 4:02pm", "2023-12-18"), ("18.12.23", "2023-12-18"), ("04/05/2017", nil), ("May 8", nil),
      ("05:30 GMT +323 October 2019", nil), ("12:01 GMT +310 September 2018", nil), ("99 May 2017", nil), ("", nil),
    ] as [(String, String?)])
  func days(text: String, iso: String?) {
    #expect(day(text) == iso)
  }

  @Test("a title loses the site's name, and nothing else")
  func siteNames() {
    for (title, expected) in [
      ("Bridge over the Orla opens - Orla Times", "Bridge over the Orla opens"),
      ("Bridge over the Orla opens | News | Orla Times", "Bridge over the Orla opens | News"),
      ("Bridge – the new one", "Bridge – the new one"),
      ("Ex-mayor opens well-built bridge", "Ex-mayor opens well-built bridge"),
    ] {
      #expect(string(Title.withoutSite(Array(title.utf8))) == expected)
    }
  }
}
