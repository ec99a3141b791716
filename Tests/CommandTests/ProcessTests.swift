import ArticleIO
import Foundation
import Testing

@Suite struct ProcessTests {
  @Test func samplesBecomeGoodRecords() throws {
    let samples = BuiltCommand.checkout.appendingPathComponent("samples")
    let files = try FileManager.default.contentsOfDirectory(atPath: samples.path).sorted()
    let outcome = try BuiltCommand.run(["process", "pipelines/news.yaml"] + files.map { "samples/\($0)" })
    #expect(outcome.errors == "")
    #expect(outcome.code == 0)
    #expect(outcome.records.count == files.count + 1)
    for record in outcome.records {
      expectGood(record)
      #expect(record["entities"]?.array?.isEmpty == false, "\(record["title"] ?? .null)")
      #expect(record["quotes"]?.array?.isEmpty == false, "\(record["title"] ?? .null)")
    }
    let statuses = outcome.records.compactMap { $0["duplicates"]?["status"]?.string }
    #expect(statuses.count(where: { $0 == "near" }) == 1)
    #expect(statuses.count(where: { $0 == "unique" }) == statuses.count - 1)
  }

  /// The East Asian sets come from the system's C library, which a binary with a Swift library of its own must find too.
  @Test(
    arguments: [
      (
        "windows-1252",
        "The café by the river closed on Monday – “for good”, the owner said, and all the tables were sold by noon.",
        "VGhlIGNhZukgYnkgdGhlIHJpdmVyIGNsb3NlZCBvbiBNb25kYXkgliCTZm9yIGdvb2SULCB0aGUgb3duZXIgc2FpZCwgYW5kIGFsbCB0aGUgdGFibGVzIHdlcmUgc29sZCBieSBub29uLg=="
      ),
      (
        "iso-8859-2",
        "Most na rzece otwarto w poniedziałek, a pierwsze autobusy przejechały po nim w południe. Będzie też ścieżka.",
        "TW9zdCBuYSByemVjZSBvdHdhcnRvIHcgcG9uaWVkemlhs2VrLCBhIHBpZXJ3c3plIGF1dG9idXN5IHByemVqZWNoYbN5IHBvIG5pbSB3IHBvs3VkbmllLiBC6mR6aWUgdGW/ILZjaWW/a2Eu"
      ),
      (
        "shift_jis",
        "川に架かる橋は月曜日に開通し、正午には最初のバスが市長を乗せて渡った。町はこの日を四年間待っていた。",
        "kOyCyYnLgqmC6Yu0gs2Mjpdqk/qCyYpKksqCtYFBkLOM34LJgs2NxY+JgsyDb4NYgqqOc5K3gvCP5oK5gsSTboLBgr2BQpKsgs2CsYLMk/qC8I5slE6K1JHSgsGCxIKigr2BQg=="
      ),
      (
        "gb18030",
        "河上的新桥星期一开通，中午第一批公共汽车载着市长驶过。全城为这一天等了四年。",
        "utPJz7XE0MLHxdDHxtrSu7+qzaijrNbQzue12tK7xfq5q7myxvuztdTY18XK0LOkyru5/aGjyKuzx86q1eLSu8zstcjBy8vExOqhow=="
      ),
      (
        "koi8-r",
        "Мост через реку открыли в понедельник, и первые автобусы прошли по нему в полдень вместе с мэром.",
        "7c/T1CDexdLF2iDSxcvVIM/Uy9LZzMkg1yDQz87FxMXM2M7JyywgySDQxdLX2cUgwdfUz8LV09kg0NLP28zJINDPIM7FzdUg1yDQz8zExc7YINfNxdPUxSDTIM3c0s/NLg=="
      ),
    ])
  func characterSetsAreRead(name: String, text: String, encoded: String) throws {
    let folder = try Folder()
    let paragraph = try #require(Data(base64Encoded: encoded))
    let page = Array("<meta charset=\(name)><title>A</title><article><p>".utf8) + paragraph + "<p>".utf8 + paragraph
    let html = try folder.write("a.html", page)
    let plain = try folder.write("a.txt", Array(paragraph) + Array("\n\n".utf8) + Array(paragraph))
    let outcome = try BuiltCommand.run("process", "pipelines/clean.yaml", html, plain)
    #expect(outcome.errors == "" && outcome.records.count == 2)
    for record in outcome.records {
      #expect(record["source"]?["encoding"]?.string == name)
      #expect(record["text"]?.string == text + "\n\n" + text)
    }
  }

  @Test func filesThatAreNoArticlesAreNamed() throws {
    let folder = try Folder()
    let good = try folder.write("good.txt", "The bridge opened on Monday. People cheered.")
    let empty = try folder.write("empty.txt", " \n")
    let binary = try folder.write("binary.txt", [0x7F, 0x45, 0, 1, 2])
    let latin = try folder.write("latin.json", Array("{\"text\": \"Caf".utf8) + [0xE9] + Array("\"}".utf8))
    let cut = try folder.write("cut.xml", "<nitf><body>")
    let odd = try folder.write("odd.doc", "x")
    let missing = folder.url.appendingPathComponent("missing.txt").path
    let outcome = try BuiltCommand.run("process", "pipelines/news.yaml", empty, binary, latin, cut, odd, missing, good)
    #expect(outcome.code == 65)
    #expect(outcome.records.count == 1)
    for (file, reason) in [
      (empty, "holds no text"), (binary, "zero bytes"), (latin, "byte 14 is not UTF-8"), (cut, "cut short"),
      (odd, ".txt, .html"),
      (missing, "No such file"),
    ] {
      #expect(outcome.errors.split(separator: "\n").contains { $0.contains(file) && $0.contains(reason) }, "\(file)")
    }
  }

  private let mail = """
    Message-ID: <1@orla.example>
    Subject: =?utf-8?q?Caf=C3=A9?= by the lock opens
    From: Ada Corr <ada@orla.example>
    Date: Mon, 8 May 2017 10:00:00 +0200
    Content-Type: multipart/alternative; boundary=b

    --b
    Content-Type: text/html; charset=utf-8

    <p>The café by the lock opened on Monday, and the boats that passed through it stopped for an hour.</p>
    --b
    Content-Type: text/plain; charset=iso-8859-1
    Content-Transfer-Encoding: quoted-printable

    The caf=E9 by the lock opened on Monday, and the boats that passed =
    through it stopped for an hour.
    --b--
    """

  /// The plain part of a mail needs no `clean`.
  @Test(arguments: ["pipelines/news.yaml", "pipelines/annotate.yaml"]) func aMailIsRead(pipeline: String) throws {
    let folder = try Folder()
    let outcome = try BuiltCommand.run("process", pipeline, try folder.write("release.eml", mail))
    #expect(outcome.errors == "" && outcome.records.count == 1)
    let record = try #require(outcome.records.first)
    expectGood(record)
    let sentence = "The café by the lock opened on Monday, and the boats that passed through it stopped for an hour."
    #expect(record["text"]?.string == sentence && record["title"]?.string == "Café by the lock opens")
    #expect(record["source"]?["format"]?.string == "mail" && record["source"]?["encoding"]?.string == "windows-1252")
    #expect(record["byline"] == .array([.string("Ada Corr")]) && record["id"]?.string == "1@orla.example")
    #expect(record["published_at"]?.string == "2017-05-08T10:00:00+02:00")
    #expect(record["meta"]?["from"]?.string == "Ada Corr <ada@orla.example>")
  }

  @Test func dialectsOfJSONAreRead() throws {
    let folder = try Folder()
    let text =
      "<p>The lock at Orla opened on Monday, said Ada Corr of the canal office.</p><p>Boats passed all day.</p>"
    let ninjs = try folder.write("lock.json", #"{"uri":"urn:1","headline":"Lock opens","body_html":"\#(text)"}"#)
    let feed = try folder.write(
      "feed.json",
      #"{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","content_html":"\#(text)"},{"id":"2"}]}"#)
    let outcome = try BuiltCommand.run("process", "pipelines/clean.yaml", ninjs, feed)
    #expect(outcome.code == 65 && outcome.records.map { $0["id"]?.string } == ["urn:1", "1"])
    #expect(outcome.errors.contains("feed.json, item 2: "), "\(outcome.errors)")
    for record in outcome.records {
      expectGood(record)
      #expect(record["text"]?.string?.hasPrefix("The lock at Orla opened on Monday") == true)
      #expect(record["paragraphs"]?.array?.count == 2)
    }
    let plain = try BuiltCommand.run("process", "pipelines/annotate.yaml", ninjs)
    #expect(plain.code == 65 && plain.errors.contains("the article is HTML"), "\(plain.errors)")
  }

  @Test func aFileOverTheLimitIsRefused() throws {
    let folder = try Folder()
    let pipeline = try folder.write("p.yaml", "name: small\ninbox: {max_input: 1KiB}\nstages: [segment]\n")
    let large = try folder.write("large.txt", String(repeating: "word ", count: 300))
    let outcome = try BuiltCommand.run("process", pipeline, large)
    #expect(outcome.code == 65)
    #expect(outcome.errors.contains("larger than max_input"))
  }

  @Test func showMarksControlCharacters() throws {
    let folder = try Folder()
    let file = try folder.write("page.txt", "Headline\u{1B}[31m of the day\n\nThe \u{1B}[2Jbridge opened on Monday.")
    let outcome = try BuiltCommand.run("show", "--pipeline", "pipelines/annotate.yaml", file)
    #expect(outcome.code == 0)
    #expect(!outcome.output.contains("\u{1B}"))
    #expect(outcome.output.contains("bridge opened"))
  }

  /// A page whose source is marked; the words of the expectations stand in it once.
  private let page = """
    <title>Ferry &amp; boat return - The Coast</title><nav><a href=/>Home</a></nav>
    <h1>Ferry &amp; boat <i>return</i></h1><p>By Jonas Lind</p>
    <p>HOLMVIK (Northwire) — The ferry <b>sails</b> again after a winter of repairs, the harbour office said on Monday.</p>
    <h2>Twice a day</h2><p>It will cross the fjord twice a day until the end of May, and three times a day in summer.</p>
    <footer>Copyright\u{1B}[2J The Coast. All rights reserved.</footer>
    """

  @Test func showMarksWhatWasKeptOfTheSource() throws {
    let folder = try Folder()
    let file = try folder.write("page.html", page)
    let outcome = try BuiltCommand.run("show", "--source", file)
    #expect(outcome.code == 0 && outcome.errors == "")
    for marked in [
      "<h1>⟦title⟧Ferry &amp; boat <i>return⟦/title⟧</i></h1>", "<p>By ⟦byline⟧Jonas Lind⟦/byline⟧</p>",
      "<p>⟦dateline⟧HOLMVIK (Northwire) —⟦/dateline⟧⟦body⟧ The ferry <b>sails</b> again",
      "<h2>⟦heading⟧Twice a day⟦/heading⟧</h2><p>⟦body⟧It will cross", ">Home</a></nav>", "Copyright\u{FFFD}[2J",
    ] {
      #expect(outcome.output.contains(marked), "\(marked)")
    }
    // Without the markers it is the page.
    var plain = outcome.output
    for label in ["title", "byline", "dateline", "body", "heading"] {
      plain = plain.replacing("⟦\(label)⟧", with: "").replacing("⟦/\(label)⟧", with: "")
    }
    #expect(plain.contains(page.replacing("\u{1B}", with: "\u{FFFD}")))
  }

  @Test func showColoursWhatWasKeptOfTheSource() throws {
    let folder = try Folder()
    let file = try folder.write("page.html", page)
    let outcome = try BuiltCommand.run(
      "show", "--source", "--color", "always", "--pipeline", "pipelines/news.yaml", file)
    #expect(outcome.code == 0)
    // Tags inside a paragraph are dim, its text is not.
    #expect(outcome.output.contains("The ferry \u{1B}[0m\u{1B}[2m<b>\u{1B}[0m\u{1B}[32msails\u{1B}[0m"))
    #expect(outcome.output.contains("\u{1B}[1;33mFerry &amp; boat "))
  }

  @Test func showHasNoSourceOfARecord() throws {
    let folder = try Folder()
    let record = try BuiltCommand.run("process", "pipelines/clean.yaml", try folder.write("page.html", page)).output
    let outcome = try BuiltCommand.run("show", "--source", try folder.write("out.jsonl", record))
    #expect(outcome.code == 65)
    #expect(outcome.errors.contains("own file"))
  }
}
