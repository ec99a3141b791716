import StageKit
import Testing

@testable import ArticleIO

/// A mail with the line ends that mails have.
private func decode(_ lines: String) throws(InputError) -> Article { try decode(bytes(lines)) }

private func decode(_ mail: [UInt8]) throws(InputError) -> Article {
  try RawArticle(bytes: mail, line: nil, format: .mail).decode(name: Array("a.eml".utf8))
}

private func bytes(_ lines: String) -> [UInt8] { Array(lines.replacing("\n", with: "\r\n").utf8) }

private func text(_ bytes: [UInt8]?) -> String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

@Suite struct MailTests {
  private static let release = """
    From mailer Mon May  8 08:00:05 2017
    Received: from a.example (a.example [192.0.2.1])
    \tby b.example; Mon, 8 May 2017 10:00:05 +0200
    Received: from c.example
    Message-ID: <17@orla.example>
    Date: Mon, 8 May 2017 10:00:00 +0200 (CEST)
    From: "Lind, Jonas" <press@orla.example>
    To: desk@paper.example
    Subject: =?utf-8?Q?The_caf=C3=A9_by?=
     =?utf-8?Q?_the_lock?= opens
    Keywords: canals, =?utf-8?B?Y2Fmw6lz?=
    Content-Language: en-GB
    MIME-Version: 1.0
    Content-Type: multipart/mixed; boundary="outer"

    A mail in several parts.
    --outer
    Content-Type: multipart/alternative; boundary=inner

    --inner
    Content-Type: text/html; charset=utf-8

    <p>The caf&eacute; opened.</p>
    --inner
    Content-Type: text/plain; charset="iso-8859-1"
    Content-Transfer-Encoding: quoted-printable

    The caf=E9 by the lock op=
    ened on Monday.=20

    Boats passed.
    --inner--
    --outer
    Content-Type: text/plain; name="plan.txt"
    Content-Disposition: attachment; filename="plan.txt"

    The plan.
    --outer--
    """

  @Test func aMailBecomesAnArticle() throws {
    let article = try decode(Self.release)
    #expect(text(article.text) == "The café by the lock opened on Monday. \n\nBoats passed.")
    #expect(article.markup == nil && article.source.format == "mail" && article.source.encoding == "windows-1252")
    #expect(article.source.byteCount == bytes(Self.release).count && article.source.line == nil)
    #expect(text(article.id) == "17@orla.example")
    let metadata = article.metadata
    #expect(text(metadata.title) == "The café by the lock opens" && metadata.byline.map(text) == ["Lind, Jonas"])
    #expect(text(metadata.published) == "2017-05-08" && text(metadata.publishedAt) == "2017-05-08T10:00:00+02:00")
    #expect(metadata.tags.map(text) == ["canals", "cafés"] && text(metadata.language) == "en-GB")
    #expect(
      try JSONValue(parsing: metadata.extra ?? [])
        == .object([
          .init(
            key: "received",
            value: .array([
              .string("from a.example (a.example [192.0.2.1]) by b.example; Mon, 8 May 2017 10:00:05 +0200"),
              .string("from c.example"),
            ])),
          .init(key: "from", value: .string("\"Lind, Jonas\" <press@orla.example>")),
          .init(key: "to", value: .string("desk@paper.example")),
        ]))
  }

  @Test func lineEndsMayBeThoseOfUnix() throws {
    let unix = try decode(Array(Self.release.utf8))
    #expect(try unix.text == decode(Self.release).text && unix.metadata.extra == decode(Self.release).metadata.extra)
  }

  /// What follows `MIME-Version`, the text, and whether it is HTML.
  @Test(arguments: [
    ("\nPlain.", "Plain.", false),
    ("Content-Type: text/html\n\n<p>A.", "<p>A.", true),
    ("Content-Type: TEXT/PLAIN; Charset=US-ASCII (as it was)\n\nA.", "A.", false),
    ("Content-Transfer-Encoding: base64\n\nQSBs\nb2Nr\nLg==", "A lock.", false),
    ("Content-Transfer-Encoding: BASE64\n\nQSA=bG9jay4", "A lock.", false),
    ("Content-Transfer-Encoding: quoted-printable\n\nA =3D =c3=a9 =XX =\n\n=", "A = é =XX \n", false),
    ("Content-Transfer-Encoding: quoted-printable\n\nA. \t \nB.=20 \n", "A.\nB. \n", false),
    ("Content-Transfer-Encoding: 8bit\n\nCafé.", "Café.", false),
    // The first with a text.
    (
      "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n \n--b\nContent-Type: text/html\n\n<p>A.\n--b--\nEnd.",
      "<p>A.", true
    ),
    ("Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: image/png\n\nx\n--b\n\nA.\n--b--", "A.", false),
    ("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nA.\n--b\n\nB.\n--b--", "A.", false),
    // Plain text before HTML, where there is some.
    (
      "Content-Type: multipart/alternative; boundary=b\n\n--b\n\n\n--b\nContent-Type: text/html\n\n<p>A.\n--b--",
      "<p>A.",
      true
    ),
    (
      """
      Content-Type: multipart/alternative; boundary=b

      --b
      Content-Type: multipart/related; boundary=bb

      --bb
      Content-Type: text/html

      <p>A.
      --bb--
      --b

      A.
      --b--
      """, "A.", false
    ),
    // A mail inside of a mail.
    ("Content-Type: message/rfc822\n\nSubject: inner\n\nA.", "A.", false),
    // Of a mail that was cut short, what is there.
    ("Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nA.\nB", "A.\nB", false),
    // A boundary in two pieces, and one that begins like it.
    (
      "Content-Type: multipart/mixed; boundary*0=\"x \"; boundary*1=y\n\n--x yz\n--x y \n\nA.\n--x yz\n--x y--",
      "A.\n--x yz",
      false
    ),
    // One that is never used.
    ("Content-Type: multipart/mixed; boundary=b\n\nA.", "A.", false),
    ("Content-Type: multipart/mixed\n\nA.", "A.", false),
    (
      "Content-Type: text/plain; format=flowed\n\nA lock \nopened.\n\n> B \n> C\n>> D \nE\n F\n-- \nAda",
      "A lock opened.\n\n> B C\n>> D \nE\nF\n-- \nAda", false
    ),
    ("Content-Type: text/plain; format=Flowed; delsp=yes\n\nwater \nway", "waterway", false),
    ("Content-Type: text/plain\n\nA lock \nopened.", "A lock \nopened.", false),
  ])
  func theTextOfAMail(rest: String, expected: String, isHTML: Bool) throws {
    let article = try decode("Subject: s\nMIME-Version: 1.0\n" + rest)
    #expect(text(article.text)?.replacing("\r\n", with: "\n") == expected)
    #expect(article.markup == (isHTML ? .html : nil))
  }

  @Test(arguments: [
    ("iso-8859-2", "Łódź ma most.", "iso-8859-2"), ("koi8-r", "Мост открыт.", "koi8-r"),
    ("windows-1253", "Η γέφυρα άνοιξε.", "windows-1253"),
  ])
  func thePartSaysItsCharacterSet(label: String, line: String, name: String) throws {
    let head = bytes("Subject: s\nContent-Type: text/plain; charset=\"\(label.uppercased())\"\n\n")
    let article = try decode(head + CharacterSetTests.encode(line, name))
    #expect(text(article.text) == line && article.source.encoding == name)
  }

  @Test func aJapaneseMailIsRead() throws {
    // ISO-2022-JP is ASCII throughout.
    let article = try decode(
      "Subject: =?ISO-2022-JP?B?GyRCNjYbKEI=?=\nContent-Type: text/plain; charset=iso-2022-jp\n\n\u{1B}$B66\u{1B}(B")
    #expect(text(article.text) == "橋" && text(article.metadata.title) == "橋")
  }

  @Test func htmlMaySayItsCharacterSetItself() throws {
    let head = bytes("Subject: s\nContent-Type: text/html\n\n<meta charset=iso-8859-2><p>")
    #expect(try text(decode(head + [0xB1, 0xE6]).text)?.hasSuffix("<p>ąć") == true)
  }

  @Test(arguments: [
    ("", "not_mail"), ("The lock opened.\n\nOn Monday.", "not_mail"), ("\nSubject: late\n\nA.", "not_mail"),
    ("Subject: s\n\n", "no_text"), ("Subject: s", "no_text"), ("Subject: s\n\n \n\t\n", "no_text"),
    ("Subject: s\nContent-Type: image/png\n\nx", "no_text"),
    ("Subject: s\nContent-Disposition: attachment\n\nA.", "no_text"),
    ("Subject: s\nContent-Type: multipart/encrypted; boundary=b\n\n--b\nContent-Type: a/b\n\nx\n--b--", "no_text"),
    ("Subject: s\n\nA\u{0}B", "binary"),
  ])
  func whatHasNoTextIsRefused(mail: String, reason: String) {
    let error = #expect(throws: InputError.self) { try decode(mail) }
    #expect(error?.class == reason)
  }

  /// Parts inside of parts, to any depth, in time that grows with the size alone.
  @Test func nestingIsBounded() throws {
    func nested(_ depth: Int) -> String {
      var mail = "Subject: s\n"
      for level in 0..<depth { mail += "Content-Type: multipart/mixed; boundary=b\(level)\n\n--b\(level)\n" }
      return mail + "\nA."
    }
    #expect(try text(decode(nested(20)).text) == "A.")
    let error = #expect(throws: InputError.self) { try decode(nested(10_000)) }
    #expect(error?.class == "no_text")
    let inner = String(repeating: "Content-Type: message/rfc822\n\n", count: 10_000)
    #expect(throws: InputError.self) { try decode(inner + "\nA.") }
  }

  @Test func aHeaderMayBeBroken() throws {
    // No blank line, no colon, nothing before one, a fold at the start.
    #expect(try text(decode("Subject: s\nThe lock opened.").text) == "The lock opened.")
    #expect(try text(decode("Subject : s\n: x\n\nA.").text)?.hasPrefix(": x") == true)
    #expect(try text(decode("Subject : s\n\nA.").metadata.title) == "s")
    let twice = try decode("Subject: one\nSubject: two\nMessage-ID: <>\nMessage-ID: <1>\nDate: soon\n\nA.")
    #expect(text(twice.metadata.title) == "one" && text(twice.id) == "1" && twice.metadata.published == nil)
    #expect(text(twice.metadata.extra) == #"{"subject":"two","message-id":"<>","date":"soon"}"#)
  }
}

@Suite struct MailHeaderTests {
  @Test(arguments: [
    ("plain", "plain"), ("  two \t spaces  ", "two spaces"), ("=?utf-8?Q?=C3=A9t=C3=A9?=", "été"),
    ("=?UTF-8?b?w6l0w6k=?= in Orla", "été in Orla"), ("a =?utf-8?q?b?= c", "a b c"),
    ("=?utf-8?q?a?= =?utf-8?q?b?=", "ab"), ("=?utf-8?q?a?=  \t =?iso-8859-1?q?=E9?=", "aé"),
    // A character in two words.
    ("=?utf-8?q?caf=C3?= =?utf-8?q?=A9?=", "café"), ("=?utf-8*en?q?caf=C3=A9?=", "café"), ("=?utf-8?q?a_b?=", "a b"),
    ("=?windows-1251?B?zO7x8g==?=", "Мост"), ("(=?utf-8?q?a?=)", "(a)"), ("x=?utf-8?q?a?=y", "xay"),
    // What is none stays.
    ("=?utf-8?q?a", "=?utf-8?q?a"), ("=?utf-8?x?a?=", "=?utf-8?x?a?="), ("=?nowhere?q?a?=", "=?nowhere?q?a?="),
    ("=?=?=?", "=?=?=?"), ("=", "="), ("?=", "?="), ("", ""), ("=?utf-8?q??=", ""), ("1 + 1 =?", "1 + 1 =?"),
    ("été", "été"),
  ])
  func encodedWords(field: String, expected: String) {
    #expect(text(EncodedWords.decode(field.utf8)) == expected)
  }

  @Test func headerTextThatIsNotUTF8IsReadAsWell() {
    #expect(
      text(EncodedWords.decode(Array("The caf".utf8) + [0xE9] + Array(" by the lock".utf8))) == "The café by the lock")
  }

  @Test(arguments: [
    ("Jonas Lind <j@orla.example>", ["Jonas Lind"]), ("j@orla.example", []),
    ("j@orla.example (Jonas Lind)", ["Jonas Lind"]),
    ("\"Lind, Jonas\" <j@orla.example>, Ada Corr <a@orla.example>", ["Lind, Jonas", "Ada Corr"]),
    ("=?utf-8?q?J=C3=B8rn?= Lind <j@orla.example>", ["Jørn Lind"]), ("\"j@orla.example\" <j@orla.example>", []),
    ("Desk: Ada Corr <a@orla.example>, b@orla.example;", ["Ada Corr"]), ("undisclosed-recipients:;", []), ("", []),
    ("\"Jonas \\\"Jo\\\" Lind\" <j@orla.example>", ["Jonas \"Jo\" Lind"]), ("<j@orla.example>", []),
    ("Jonas (at (the)) desk <j@orla.example>", ["Jonas desk"]), ("\"open <j", []), ("Ada <a@b", ["Ada"]),
  ])
  func namesOfMailboxes(field: String, expected: [String]) {
    #expect(MailAddresses.names(Array(field.utf8)).map(text) == expected)
  }

  @Test(arguments: [
    ("Mon, 8 May 2017 10:00:00 +0200", "2017-05-08", "2017-05-08T10:00:00+02:00"),
    ("8 May 2017 10:00 GMT", "2017-05-08", "2017-05-08T10:00:00Z"),
    ("Mon, 08 May 17 10:00:00 EST", "2017-05-08", "2017-05-08T10:00:00-05:00"),
    ("Mon, 8 May 2017 10:00:00 -0000", "2017-05-08", "2017-05-08T10:00:00Z"),
    ("Mon, 8 May 2017 23:59:60 -0330 (a zone)", "2017-05-08", "2017-05-08T23:59:60-03:30"),
    ("Monday, 8 MAY 2017", "2017-05-08", nil), ("8 May 2017 10:00:00 XYZ", "2017-05-08", nil),
    ("8 May 2017 25:00:00 +0000", "2017-05-08", nil), ("8 May 2017 10:00:00 +02", "2017-05-08", nil),
    ("Thu, 30 Dec 1999 10:00:00 +0000", "1999-12-30", "1999-12-30T10:00:00Z"),
    ("30 Dec 99", "1999-12-30", nil), ("30 Dec 117", "2017-12-30", nil),
    ("2017-05-08T10:00:00Z", "2017-05-08", "2017-05-08T10:00:00Z"),
    ("31 Feb 2017", nil, nil), ("8 Floreal 2017", nil, nil), ("1 Jan 0001", nil, nil), ("", nil, nil),
    ("Mon,", nil, nil),
    ("8 May 20170", nil, nil), ("8", nil, nil),
  ])
  func dates(field: String, day: String?, instant: String?) {
    let date = MailDate(Array(field.utf8))
    #expect(text(date?.day.iso) == day && text(date?.instant) == instant)
  }

  @Test(arguments: [
    ("text/plain", "text/plain", nil), ("Text/HTML; charset=utf-8", "text/html", "utf-8"),
    ("text/plain; charset=\"utf-8\"; x=y", "text/plain", "utf-8"),
    ("text/plain ; charset = utf-8 ;", "text/plain", "utf-8"),
    ("text/plain (a; b) ; charset=(c) utf-8", "text/plain", "utf-8"),
    ("text/plain; charset=\"a\\\"b", "text/plain", "a\"b"),
    (";charset=utf-8", "", "utf-8"), ("text/plain; charset", "text/plain", nil),
    ("text/plain;;charset=a", "text/plain", "a"),
    ("", "", nil), ("text/plain; charset*0=ut; charset*1=\"f-8\"", "text/plain", "utf-8"),
  ])
  func parameters(field: String, value: String, charset: String?) {
    let parameters = MailParameters(Array(field.utf8))
    #expect(text(parameters.value) == value && text(parameters["charset"]) == charset)
  }
}
