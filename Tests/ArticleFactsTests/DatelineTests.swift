import ArticleFacts
import StageKit
import Testing

@Suite("Datelines")
struct DatelineTests {
  private func dateline(_ text: [UInt8]) -> Article.Dateline? { DatelineReader.read(text, from: 0) }
  private func string(_ bytes: [UInt8]?) -> String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

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
      ("THE HAGUE, May 4 - A bridge opened.", "THE HAGUE", nil, "THE HAGUE, May 4 -"),
      ("BEIRUT/THE HAGUE (Reuters) - A bridge opened.", "BEIRUT/THE HAGUE", "Reuters", "BEIRUT/THE HAGUE (Reuters) -"),
      ("TVER, May 8. /TASS/. A bridge opened.", "TVER", "TASS", "TVER, May 8. /TASS/."),
      ("Kuwait - (KUNA) -- A bridge opened.", "Kuwait", "KUNA", "Kuwait - (KUNA) --"),
      ("ABUJA, Nigeria (AP) _ A bridge opened.", "ABUJA, Nigeria", "AP", "ABUJA, Nigeria (AP) _"),
      ("Damascus, SANA_ A bridge opened.", "Damascus", "SANA", "Damascus, SANA_"),
      ("BAGHDAD / NINA / A bridge opened.", "BAGHDAD", "NINA", "BAGHDAD / NINA /"),
      ("MUMBAI: A bridge opened.", "MUMBAI", nil, "MUMBAI:"),
      ("New Delhi: A bridge opened.", "New Delhi", nil, "New Delhi:"),
      ("LUND, May 4: A bridge opened.", "LUND", nil, "LUND, May 4:"),
      ("LUND (AP): A bridge opened.", "LUND", "AP", "LUND (AP):"),
      ("(Reuters) - A bridge opened.", nil, "Reuters", "(Reuters) -"),
      ("ABU DHABI, 5th May, 2016 (WAM) -- A bridge opened.", "ABU DHABI", "WAM", "ABU DHABI, 5th May, 2016 (WAM) --"),
      ("Baghdad/ NINA/ A bridge opened.", "Baghdad", "NINA", "Baghdad/ NINA/"),
      ("Paris/Geneva, 5 May (IANS) A bridge opened.", "Paris/Geneva", "IANS", "Paris/Geneva, 5 May (IANS)"),
      ("[Nairobi] A bridge opened.", "Nairobi", nil, "[Nairobi]"),
      ("Baku, May 5, AZERTAC A bridge opened.", "Baku", "AZERTAC", "Baku, May 5, AZERTAC"),
      ("ASTANA. KAZINFORM - A bridge opened.", "ASTANA", "KAZINFORM", "ASTANA. KAZINFORM -"),
      ("YEREVAN, MAY 5, ARMENPRESS. A bridge opened.", "YEREVAN", "ARMENPRESS", "YEREVAN, MAY 5, ARMENPRESS."),
      ("MOSCOW. May 5 (Interfax) - A bridge opened.", "MOSCOW", "Interfax", "MOSCOW. May 5 (Interfax) -"),
      ("HARARE, May 5 (New Ziana) -A bridge opened.", "HARARE", "New Ziana", "HARARE, May 5 (New Ziana) -"),
      ("HOLMVIK: The town of Holmvik closed its bridge.", "HOLMVIK", nil, "HOLMVIK:"),
      ("Holmvik - Fishermen in Holmvik closed their bridge.", "Holmvik", nil, "Holmvik -"),
      ("Sao Paulo, Brazil - A bridge opened.", "Sao Paulo, Brazil", nil, "Sao Paulo, Brazil -"),
      ("LONDON, Monday (AP) — A bridge opened.", "LONDON", "AP", "LONDON, Monday (AP) —"),
      ("RIO DE JANEIRO (AFP) – A bridge opened.", "RIO DE JANEIRO", "AFP", "RIO DE JANEIRO (AFP) –"),
    ] as [(String, String?, String?, String)])
  func datelines(text: String, place: String?, agency: String?, span: String) throws {
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
      "On Monday, the mayor – who is new – spoke.", "The Council — It met.", "LUND: A bridge opened.",
      "Editor’s Note, May 4, 2017: A bridge opened.",
      "Warning: It rained.", "Corr (Labour): A bridge opened.",
      "Corr, NATO: A bridge opened.", "MUMBAI: a bridge opened.", "The boat_ It sailed.",
      "Red and/or blue / It rained.",
      "(Photo) — A bridge opened.", "HOLMVIK: A bridge opened.", "Holmvik - A bridge opened.",
      "ADA: We met in Ada once.", "[Photo] A bridge opened.", "It ended. NATO - A bridge opened.",
    ])
  func noDateline(text: String) {
    let bytes = Array(text.utf8)
    #expect(dateline(bytes) == nil)
  }

  @Test(
    "are not seen where a sentence begins",
    arguments: [
      "Smith — who lost his boat in the storm of January — joined the strike on Monday evening.",
      "But the ministry, which had refused to talk, gave in - and the strike is over for now.",
      "COUNCIL VOTES TO CLOSE THE HARBOUR - AP", "COUNCIL VOTES (AGAIN) TO CLOSE - AP", "STRIKE ENDS (AP) —",
      "The minister (then a fisherman) went to sea - and came back after the vote was over.",
      "- Xinhua, and more words that follow the agency's name in this line here",
      "state-owned Harbour Works said - as it always does - that it was not to blame.",
    ])
  func notOpening(line: String) {
    #expect(Article.datelines(of: Array(line.utf8)) == [])
  }

  @Test("those of the first lines, and one behind the other")
  func opening() throws {
    let report =
      "Fishermen in the north voted to end their strike on Monday after talks with the ministry in the capital, Holm."
    func spans(_ text: String) -> [String] {
      let bytes = Array(text.utf8)
      return Article.datelines(of: bytes).map { String(decoding: bytes[$0.span.range], as: UTF8.self) }
    }
    #expect(spans("LUND (NWA) — (AP) - \(report)") == ["LUND (NWA) —", "(AP) -"])
    #expect(spans("Strike ends.\n\nBy Ada Corr\n\nLUND (NWA) — \(report)") == ["LUND (NWA) —"])
    #expect(spans("\(report)\n\nLUND (NWA) — \(report)") == ["LUND (NWA) —"])
    #expect(spans("\(report)\n\n\(report)\n\nLUND (NWA) — \(report)") == [])
  }

  @Test("are read once")
  func once() {
    var article = Article(
      source: .init(name: [], line: nil, format: "text", encoding: "utf-8", byteCount: 0, sha256: []), id: [],
      text: Array("LUND (NWA) — It rained.".utf8))
    #expect(article.datelines == nil)
    #expect(article.readDatelines().map(\.place) == [Array("LUND".utf8)])
    article.datelines = []
    #expect(article.readDatelines() == [])
  }
}
