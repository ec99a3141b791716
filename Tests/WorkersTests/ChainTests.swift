import ArticleIO
import Foundation
import Testing

@Suite("A chain in a confined child")
struct ChainTests {
  static let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Pages that say which set they are in, as `iconv` writes them.
  static func pages(in scratch: Scratch) throws -> [String] {
    let texts: [(set: String, label: String, text: String)] = [
      ("CP932", "shift_jis", "川の橋は月曜日に開通し、正午には最初のバスが通った。"),
      ("EUC-JP-MS", "euc-jp", "川の橋は月曜日に開通し、正午には最初のバスが通った。"),
      ("ISO-2022-JP", "iso-2022-jp", "川の橋は月曜日に開通し、正午には最初のバスが通った。"),
      ("GB18030", "gb18030", "河上的大桥星期一通车，第一批公共汽车中午驶过。"),
      ("BIG5-HKSCS", "big5", "河上的大橋星期一通車，第一批公共汽車中午駛過。"),
      ("CP949", "euc-kr", "강을 건너는 다리가 월요일에 개통되었고 정오에 첫 버스가 지나갔다."),
      ("KOI8-R", "koi8-r", "Мост через реку открыли в понедельник, и автобусы прошли по нему в полдень."),
    ]
    return try texts.map { set, label, text in
      let page = """
        <html><head><meta charset="\(label)"><title>\(text)</title></head><body><article><h1>\(text)</h1>\
        \((0..<8).map { _ in "<p>\(text)</p>" }.joined())</article></body></html>
        """
      let source = try scratch.write("\(label).utf8", page.utf8)
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = ["iconv", "-f", "UTF-8", "-t", set, source]
      let output = Pipe()
      process.standardOutput = output
      try process.run()
      let bytes = output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0 && !bytes.isEmpty)
      return try scratch.write("\(label).html", bytes)
    }
  }

  static func packed(_ name: String, in scratch: Scratch) throws -> String {
    let copy = try scratch.write(name, Data(contentsOf: checkout.appendingPathComponent("samples/\(name)")))
    let process = try Process.run(URL(fileURLWithPath: "/usr/bin/env"), arguments: ["gzip", "-f", copy])
    process.waitUntilExit()
    return copy + ".gz"
  }

  /// What a reader of articles meets: numbers and dates in words and figures, a large text, a list to sort, nonsense.
  static func others(in scratch: Scratch) throws -> [String] {
    let story = """
      OSLO, May 4 (Northwire) — Revenue rose 3.75 percent to $1.25 billion last year, Lund Holdings said on Monday. \
      “We expect 0.1 to 0.3 more,” chief executive Ada Lund told reporters. She said that the port would open next week.

      """
    return try [
      scratch.write("long.txt", Array(repeating: story, count: 400).joined(separator: "\n").utf8),
      scratch.write(
        "feed.xml",
        """
        <?xml version="1.0" encoding="windows-1252"?><rss version="2.0"><channel><title>News</title>
        <item><title>One</title><description>Rain fell on Tolmar on Monday.</description></item>
        <item><title>Two</title><description>The river rose by two metres, Holm said.</description></item>
        </channel></rss>
        """.utf8),
      scratch.write("odd.txt", (0..<4000).map { UInt8(truncatingIfNeeded: $0 &* 31 | 0x41) }),
      scratch.write("bad.json", "{\"text\": ".utf8), scratch.write("cut.txt.gz", [0x1F, 0x8B, 8, 0, 0, 0]),
    ]
  }

  @Test("gives the same lines as outside, for every kind of input", arguments: ["none", "whole", "whole,2"])
  func sameLines(_ confinement: String) throws {
    let scratch = try Scratch()
    let samples = try FileManager.default.contentsOfDirectory(
      at: Self.checkout.appendingPathComponent("samples"), includingPropertiesForKeys: nil
    ).map(\.path).sorted()
    let files =
      try samples + Self.pages(in: scratch) + Self.others(in: scratch)
      + ["wire.jsonl", "flood-barrier.html"].map { try Self.packed($0, in: scratch) }
    let pipeline = Self.checkout.appendingPathComponent("pipelines/news.yaml").path
    let seen = try Seen(["chain", confinement, pipeline] + files)
    let results = seen.all("file")
    #expect(results.count == files.count)
    for result in results { #expect(result.last == "same", "\(result) \(seen.all("confined"))") }
    // Each East Asian page is a record, not an error that is the same on both sides.
    for result in results where result[0].hasSuffix(".html") { #expect(result[2] == "0", "\(result)") }
  }

  @Test("reads no East Asian page where the character sets were not loaded before")
  func coldSets() throws {
    let scratch = try Scratch()
    let pipeline = Self.checkout.appendingPathComponent("pipelines/news.yaml").path
    let seen = try Seen(["chain", "whole,cold", pipeline] + Self.pages(in: scratch))
    #expect(seen.all("file").count(where: { $0.last == "different" }) == 6)
  }
}
