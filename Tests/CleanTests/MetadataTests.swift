import Bytes
import StageKit
import Testing

@testable import Clean

@Suite("Bylines, days")
struct MetadataTests {
  private func texts(_ bytes: [UInt8], _ spans: [ByteSpan]?) -> [String]? {
    spans.map { $0.map { String(decoding: bytes[$0.range], as: UTF8.self) } }
  }
  func people(_ text: String) -> [String]? {
    let bytes = Array(text.utf8)
    return texts(bytes, Byline.people(bytes.span, ByteSpan(0, bytes.count)))
  }
  func signature(_ text: String) -> [String]? {
    let bytes = Array(text.utf8)
    return texts(bytes, Byline.signature(bytes.span, ByteSpan(0, bytes.count)))
  }
  func day(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    return string(DateReader.day(bytes.span, ByteSpan(0, bytes.count))?.iso)
  }

  @Test("a name behind “by” inside a line with a day")
  func inside() {
    for (text, name) in [
      ("Posted On : May 4, 2018 Published By : Jane Doe", "Jane Doe"), ("Updated 4 May 2018 by Jane Doe", "Jane Doe"),
      ("4 May 2018 by the sea", nil), ("by", nil), ("", nil),
    ] as [(String, String?)] {
      let bytes = Array(text.utf8)
      let found = Byline.inside(bytes.span, ByteSpan(0, bytes.count))?.first
      #expect(found.map { String(decoding: bytes[$0.range], as: UTF8.self) } == name)
    }
  }

  @Test(
    arguments: [
      ("By Jane Doe and John Roe", ["Jane Doe", "John Roe"]),
      ("By A. Doe, Bea Roe and Cy Moe in Moscow", ["A. Doe", "Bea Roe", "Cy Moe"]),
      ("BY JANE DOE, Staff Writer", ["JANE DOE"]), ("by Jane van der Doe | May 4, 2017", ["Jane van der Doe"]),
      ("Written by Jane Doe for the Orla Times", ["Jane Doe"]), ("By Jane Doe Science Writer", ["Jane Doe"]),
      ("By: Jane Doe", ["Jane Doe"]), ("By Jane Doe Dec 22, 2023", ["Jane Doe"]),
      ("By Jane\u{A0}Doe & Jo Roe", ["Jane\u{A0}Doe", "Jo Roe"]),
      ("By Jane Doe Orla News", ["Jane Doe"]), ("By Jane Doe FOXOrla", ["Jane Doe"]),
      ("By Jane DoePublished: Oct 16, 2023", ["Jane Doe"]), ("By Jane Doe@janedoe", ["Jane Doe"]),
      ("By Jane Doe MD, PhD", ["Jane Doe"]), ("By Sunny Coast Media", nil), ("By Harbour Staff", nil),
      ("By Jane Doe ,", ["Jane Doe"]), ("by Jane Doe August 25, 2025", ["Jane Doe"]),
      ("By John Roe Jr.", ["John Roe Jr."]), ("By Jane Doe of", ["Jane Doe"]),
      ("By Jane Facebook", nil), ("By Jane White", ["Jane White"]),
      ("By Jane Doe And John Roe For The Orla Mail", ["Jane Doe", "John Roe"]), ("ByJane Doe", ["Jane Doe"]),
      ("By by JANE DOE", ["JANE DOE"]),
      ("By Jane Doe (with John Roe and Bea Moe)", ["Jane Doe", "John Roe", "Bea Moe"]),
      ("By Orla Courier", nil), ("By No Author", nil), ("By JD1234", nil),
      ("By Jane Doe in Lund and agencies", ["Jane Doe"]),
      ("By the way, it rained", nil), ("By 2020 the bridge was old", nil), ("Jane Doe", nil), ("Bye", nil),
    ] as [(String, [String]?)])
  func bylines(text: String, people: [String]?) {
    #expect(self.people(text) == people)
  }

  @Test(
    arguments: [
      ("Manar al-Quist / Jonas Lind", ["Manar al-Quist", "Jonas Lind"]), ("Jonas Lind", ["Jonas Lind"]),
      ("Jane  Doe", ["Jane  Doe"]), ("Jane Doe, Health Correspondent", ["Jane Doe"]), ("Jane White", ["Jane White"]),
      ("* Jane Doe", ["Jane Doe"]), ("• Jane Doe", ["Jane Doe"]), ("Jane Doe MS, RDN", ["Jane Doe"]),
      ("Holm City", nil), ("Nordby Guide", nil), ("Facebook Twitter", nil), ("By Harbour", nil),
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
      ("08.05.2018", "2018-05-08"), ("30 February 2018", nil), ("August 25, 2025August 29, 2025", "2025-08-25"),
      ("29 February 2024", "2024-02-29"), ("29 February 2023", nil),
      ("By Jane DoeMay 4, 2017", "2017-05-04"), ("updatedSep 4, 2023", "2023-09-04"),
      ("By Jane ODec. 18, 2023", "2023-12-18"), ("May 8, 201712 comments", "2017-05-08"), ("22-12-2023", "2023-12-22"),
      ("2020.08.18. 21:35", "2020-08-18"), ("2020. 8. 18.", "2020-08-18"), ("2020年8月18日", "2020-08-18"),
      ("2020년 8월 18일", "2020-08-18"), ("5 de mayo de 2016", "2016-05-05"), ("1er août 2019", "2019-08-01"),
      ("5. März 2016", "2016-03-05"), ("5 мая 2016", "2016-05-05"), ("2020. augusztus 18.", "2020-08-18"),
      ("v 2.10.2020.1", "2020-10-02"), ("3.2020.08", nil),
      ("05:30 GMT +323 October 2019", nil), ("12:01 GMT +310 September 2018", nil), ("99 May 2017", nil), ("", nil),
    ] as [(String, String?)])
  func days(text: String, iso: String?) {
    #expect(day(text) == iso)
  }

  @Test(
    "an instant is a day with a time and a zone",
    arguments: [
      ("2017-05-08T10:00:00Z", "2017-05-08T10:00:00Z"), ("2017-05-08T10:00Z", "2017-05-08T10:00:00Z"),
      ("2017-05-08T10:00:00.123+02:00", "2017-05-08T10:00:00+02:00"),
      ("2017-05-08 10:00:00 -0530", "2017-05-08T10:00:00-05:30"), ("20:15 GMT 8 May 2017", "2017-05-08T20:15:00Z"),
      ("May 8, 2017 at 9:43 p.m. EDT", "2017-05-08T21:43:00-04:00"),
      ("8 May 2017 12:05 AM UTC", "2017-05-08T00:05:00Z"),
      ("8 May 2017 9:43 p.m.", nil), ("2017-05-08T10:00:00", nil), ("2017-05-08", nil), ("10:00 GMT", nil),
      ("2016-05-05 14:22 GMT+3", "2016-05-05T14:22:00+03:00"),
      ("5 May 2016 14:22 (UTC-05:30)", "2016-05-05T14:22:00-05:30"),
      ("5 May 2016 14:22 UTC+0800", "2016-05-05T14:22:00+08:00"),
      ("5 May 2016 14:22 GMT - Orla", "2016-05-05T14:22:00Z"),
      ("05:30 GMT +3 8 May 2017", "2017-05-08T05:30:00+03:00"), ("8 May 2017 25:00 GMT", nil),
      ("8 May 2017 9:5 GMT", nil), ("", nil),
    ] as [(String, String?)])
  func instants(text: String, iso: String?) {
    let bytes = Array(text.utf8)
    #expect(string(Instant(bytes.span, ByteSpan(0, bytes.count))?.iso) == iso)
  }

  @Test(
    "a title loses the site's name, and nothing else",
    arguments: [
      ("Bridge over the Orla opens - Orla Times", "Bridge over the Orla opens"),
      ("Bridge over the Orla opens | News | Orla Times", "Bridge over the Orla opens"),
      ("ORLA NEWS | Europe | Bridge over the river opens", "Bridge over the river opens"),
      ("OrlaTimes.com - Bridge over the river opens", "Bridge over the river opens"),
      ("Orla Times: Bridge over the river opens", "Bridge over the river opens"),
      ("Bridge over the Orla opens – a town rejoices", "Bridge over the Orla opens – a town rejoices"),
      ("Bridge opens -- Orla Times", "Bridge opens"), ("Bridge opens :: Orla Times", "Bridge opens"),
      ("Bridge – the new one", "Bridge – the new one"),
      ("Opinion | Let the old bridge stand", "Let the old bridge stand"),
      ("Ex-mayor opens well-built bridge", "Ex-mayor opens well-built bridge"), ("Orla Times", "Orla Times"),
      ("Mayor: Bridge opens in May", "Mayor: Bridge opens in May"), ("", ""), (" | ", "|"), ("- -", "- -"),
    ])
  func siteNames(title: String, expected: String) {
    let found = DeclaredTitle.withoutSite(Array(title.utf8), sites: [Array("Orla Times".utf8)])
    #expect(string(found) == expected)
  }

  @Test("a site goes by its host's name")
  func hosts() {
    for (address, host) in [
      ("https://www.orla-times.com/a/b", "orla-times"), ("http://news.orla.co.uk", "news"),
      ("https://orla.org/x", "orla"),
      ("ftp", nil), ("https:/", nil), ("", nil),
    ] as [(String, String?)] {
      #expect(string(SiteNames.host(Array(address.utf8))) == host)
    }
  }
}
