import Bytes
import StageKit
import Testing

@testable import ArticleIO

/// Inputs of every format, broken in random ways: each is an article of valid text, or an error, and never a trap.
@Suite struct FormatMutationTests {
  private static let seeds: [(format: InputFormat, text: String)] = [
    (.text, "The lock at Orla opened on Monday.\r\n\r\n“Boats pass,” Ada Corr said.\n"),
    (.html, "<meta charset=windows-1251><title>Orla</title><p>The lock <b>opened</b> &amp; boats passed.</p>"),
    (
      .xml,
      """
      <?xml version="1.0" encoding="utf-8"?><rss><channel><item><guid>1</guid><title>A</title></item><item><guid>2</guid>
      <description><![CDATA[<p>Rain</p>]]></description></item></channel></rss>
      """
    ),
    (
      .json,
      #"{"id":7,"text":"Caf\u00e9 \ud83d\ude00","tags":["a","b"],"published":"2021-03-04T05:06:07Z","x":{"y":[1,null]}}"#
    ),
    (
      .json,
      #"""
      {"uri":"urn:1","headlines":[{"role":"main","value":"A"}],"bodies":[{"contenttype":"text/html","value":"<p>A"},
      {"value":"B"}],"versioncreated":"2021-03-04T05:06:07Z","subject":[{"name":"s"}],"language":"en-GB"}
      """#
    ),
    (
      .json,
      #"""
      {"version":"https://jsonfeed.org/version/1.1","language":"de","authors":[{"name":"Ada"}],"items":[{"id":1,
      "content_text":"A."},{"id":"2","content_html":"<p>B.","tags":["t"],"author":{"name":"J"}}]}
      """#
    ),
    (
      .jsonLines,
      "{\"text\":\"One.\"}\n\n{\"id\":\"2\",\"content_text\":\"Two.\"}\r\n{\"uri\":\"u\",\"body_html\":\"<p>Three.\"}\n"
    ),
    (
      .warc,
      """
      WARC/1.0\r
      WARC-Type: warcinfo\r
      Content-Length: 4\r
      \r
      a: b\r
      \r
      WARC/1.0\r
      WARC-Type: response\r
      WARC-Record-ID: <urn:uuid:1>\r
      WARC-Target-URI: http://orla.example/lock\r
      WARC-Date: 2021-03-04T05:06:07Z\r
      Content-Type: application/http; msgtype=response\r
      Content-Length: 124\r
      \r
      HTTP/1.1 200 OK\r
      Content-Type: text/html; charset=windows-1251\r
      Transfer-Encoding: chunked\r
      \r
      6\r
      <p>The\r
      10\r
       lock opened.</p>\r
      0\r
      \r
      \r
      \r

      """
    ),
    (
      .mail,
      """
      Message-ID: <1@orla>\r
      Date: Mon, 8 May 2017 10:00:00 +0200\r
      From: =?utf-8?q?J=C3=B8rn?= "Lind, desk" <j@orla>, a@orla (Ada)\r
      Subject: =?utf-8?B?w6l0w6k=?=\r
       =?iso-2022-jp?B?GyRCNjYbKEI=?= x\r
      Content-Type: multipart/mixed; boundary="b"\r
      \r
      --b\r
      Content-Type: multipart/alternative; boundary=c\r
      \r
      --c\r
      Content-Type: text/plain; charset=iso-8859-2; format=flowed; delsp=yes\r
      Content-Transfer-Encoding: quoted-printable\r
      \r
      > The lock =C3=A9 op=\r
      ened \r
      > again=20\r
      --c\r
      Content-Type: text/html\r
      Content-Transfer-Encoding: base64\r
      \r
      PHA+QS48L3A+\r
      --c--\r
      --b\r
      Content-Type: message/rfc822\r
      Content-Disposition: attachment\r
      \r
      Subject: inner\r
      \r
      A.\r
      --b--\r
      """
    ),
  ]

  /// What the grammars turn on.
  private static let tokens: [[UInt8]] =
    [
      "\r\n\r\n", "\n", "\r", "--b", "--b--", "--c", "=?utf-8?B?", "=?utf-8?q?", "?=", "=", "=\r\n", "=C3", "(", ")",
      "\"", "\\",
      "<", ">", ",", ":", ";", "; boundary=", "boundary*0=", "charset=utf-16le", "charset=gb18030",
      "multipart/alternative",
      "message/rfc822", "text/html", "From ", " ", "{", "}", "[", "]", "\"items\":[", "\"version\":",
      "jsonfeed.org/version/",
      "\"text\":", "\\ud800", "null", "-", "<item>", "</item>", "<![CDATA[", "]]>", "&#x110000;", "0001-01-01",
      "9999999999",
    ].map { Array($0.utf8) } + [[0], [0xFF, 0xFE], [0xC3], [0xED, 0xA0, 0x80], [0x1B, 0x24, 0x42]]

  private static func mutate(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
    func number(_ limit: Int) -> Int { limit > 0 ? Int.random(in: 0..<limit, using: &random) : 0 }
    for _ in 0...number(6) {
      let at = number(bytes.count + 1)
      let length = min(number(60), bytes.count - at)
      switch number(6) {
      case 0 where at < bytes.count: bytes[at] = UInt8(number(256))
      case 1: bytes.removeSubrange(at..<at + length)
      case 2: bytes.insert(contentsOf: bytes[at..<at + length], at: number(bytes.count + 1))
      case 3: bytes.insert(contentsOf: tokens[number(tokens.count)], at: at)
      case 4: bytes.replaceSubrange(at..<at + length, with: tokens[number(tokens.count)])
      default: if number(4) == 0 { bytes.removeSubrange(at...) }
      }
    }
  }

  @Test(arguments: 0..<UInt64(seeds.count)) func brokenInputsAreArticlesOrErrors(place: UInt64) throws {
    let (format, text) = Self.seeds[Int(place)]
    for round in 0..<UInt64(600) {
      var random = SeededGenerator(state: place << 32 | round)
      var bytes = Array(text.utf8)
      Self.mutate(&bytes, &random)
      var feed = ArticleFeed(BytesInMemory(bytes), kind: InputKind(format), limit: 1 << 20)
      while let item = try? feed.next() {
        guard case .article(let raw) = item, let article = try? raw.decode(name: Array("a".utf8)) else { continue }
        expectSound(article, "seed \(place), round \(round)")
      }
    }
  }

  private func expectSound(_ article: Article, _ place: String) {
    let metadata = article.metadata
    let texts =
      [
        article.id, article.text, metadata.title, metadata.url, metadata.published, metadata.publishedAt,
        metadata.language,
      ]
      .compactMap(\.self) + metadata.byline + metadata.tags
    #expect(texts.allSatisfy { $0.firstInvalidUTF8 == nil }, "\(place)")
    #expect(!article.id.isEmpty, "\(place)")
    #expect(metadata.published.map { Day(iso: $0) != nil } ?? true, "\(place)")
    if let extra = metadata.extra {
      #expect((try? JSONValue(parsing: extra)) != nil, "\(place): \(String(decoding: extra, as: UTF8.self))")
      #expect(!extra.contains(0x0A), "\(place): the record is one line")
    }
  }

  /// Time and memory grow with the input, whatever its form.
  @Test(arguments: [
    (InputFormat.mail, "Subject: s\nContent-Type: multipart/mixed; boundary=b\n\n", "--b\n\n"),
    (.mail, "Subject: ", "=?utf-8?q?a"), (.mail, "Subject: ", "=?utf-8?q?a?= "), (.mail, "Subject: ", "=?=?"),
    (.mail, "From: ", "a <b>, "), (.mail, "From: ", "(("), (.mail, "", "X: y\n"), (.mail, "X: y\n", " z\n"),
    (.mail, "Content-Type: a/b", "; c=d"), (.mail, "Content-Type: text/plain; format=flowed\n\n", "> a \n"),
    (.mail, "Content-Transfer-Encoding: quoted-printable\n\n", "=   "),
    (.json, #"{"version":"jsonfeed.org/version/1","items":["#, #"{"content_text":"a"},"#),
    (.json, "", "[jsonfeed.org "),
    (.json, #"{"uri":"u","subject":["#, #"{"name":"a"},"#), (.json, #"{"uri":"u","body_text":"a""#, ",\"k\":1"),
  ])
  func aLongInputIsRead(format: InputFormat, head: String, piece: String) throws {
    let bytes = Array((head + String(repeating: piece, count: 60_000)).utf8)
    for end in ["", "]}", "}", "\n\nA."] {
      var feed = ArticleFeed(BytesInMemory(bytes + end.utf8), kind: InputKind(format), limit: 1 << 24)
      while case .article(let raw)? = try? feed.next() { _ = try? raw.decode(name: []) }
    }
  }
}
