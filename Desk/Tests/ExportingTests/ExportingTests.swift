import RecordReading
import StageKit
import Testing

@testable import Exporting

@Suite struct ExportingTests {
  /// “🦊 Ada” is named, quoted over a line end, and told by “she”.
  private static let line = #"""
    {"schema":"linecaster/1","id":"a/ö","seq":7,"received":"2026-03-02T10:00:00Z","pipeline":{"name":"news","offsets":"utf16"},
    "url":"https://a.example/ø b?x=[1]#q#r","title":"Ice","byline":["Bo Lund","Eva Dahl"],"published":"2026-03-01",
    "published_at":"2026-03-01 09:30+0100","tags":["ice"],"dateline":{"place":"Loken","agency":"NTA","start":0,"end":0},
    "text":"🦊 Ada said “Yes,\nno”, she said.",
    "entities":[{"id":0,"type":"PERSON","name":"Ada","link":"staff:7","mentions":[{"start":3,"end":6,"text":"Ada"}],
    "references":[{"start":23,"end":26,"text":"she","kind":"pronoun"}]}],
    "quotes":[{"id":0,"kind":"direct","start":13,"end":20,"spans":[{"start":13,"end":20}],"text":"Yes,\nno","quoted":[],
    "heading":false,"within":null,"speaker":{"start":3,"end":6,"text":"Ada","entity":0,"name":"Ada"},
    "cue":{"start":7,"end":11,"text":"said"},"confidence":0.9}],"duplicates":{"status":"near","of":"b","cluster":"c","matches":[]}}
    """#.split(separator: "\n").joined()

  private func record() throws -> Record {
    var record = Record()
    try record.read(Array(Self.line.utf8).span)
    return record
  }

  @Test func writesStandoffInCodePoints() throws {
    let text = String(decoding: Brat.annotations(Annotations(try record())), as: UTF8.self)
    #expect(
      text.split(separator: "\n").map(String.init) == [
        "T1\tPERSON 2 5\tAda", "T2\tReference 22 25\tshe", "T3\tDirect 12 16;17 19\tYes, no", "T4\tSpeaker 2 5\tAda",
        "T5\tCue 6 10\tsaid", "R1\tSame Arg1:T2 Arg2:T1", "R2\tSaidBy Arg1:T3 Arg2:T4", "R3\tIs Arg1:T4 Arg2:T1",
        "R4\tCuedBy Arg1:T3 Arg2:T5",
      ])
  }

  @Test func namesLabelsInTheConfigurations() throws {
    for label in Annotations(try record()).labels {
      #expect(Brat.configuration.contains("\n\(label.type)\n"))
      #expect(LabelStudio.configuration.contains("\"\(label.type)\""))
    }
  }

  @Test func writesTasksInUTF16() throws {
    let record = try record()
    let task = try JSONValue(
      parsing: LabelStudio.task(Annotations(record), id: Array("a".utf8), title: nil, version: "v"))
    let result = try #require(task["predictions"]?.array?.first?["result"]?.array)
    #expect(result[0]["value"]?["start"]?.int == 3)
    #expect(result[0]["value"]?["labels"]?.array == [.string("PERSON")])
    #expect(result[2]["value"]?["end"]?.int == 20)
    #expect(result.filter { $0["type"]?.string == "relation" }.count == 4)
    #expect(task["data"]?["text"]?.string == record.string(record.text))
  }

  @Test func writesNinjs() throws {
    let item = try JSONValue(parsing: NinjsItem.json(try record()))
    #expect(item["uri"]?.string == "https://a.example/%C3%B8%20b?x=%5B1%5D#q%23r")
    #expect(item["firstCreated"]?.string == "2026-03-01T09:30:00+01:00")
    #expect(item["by"]?.string == "Bo Lund, Eva Dahl")
    #expect(item["located"]?.string == "Loken")
    #expect(item["people"]?.array?.first?["uri"]?.string == "staff:7")
    #expect(item["people"]?.array?.first?["rel"]?.string == "quoted")
    #expect(item["bodies"]?.array?.first?["charCount"]?.int == 31)
    #expect(item["altIds"]?.array?.count == 3)
    #expect(item["version"]?.string == "7")
  }

  @Test(arguments: [
    ("2026-03-01T09:30:00Z", "2026-03-01T09:30:00Z"), ("2026-03-01T09:30:00.25+01:00", "2026-03-01T09:30:00.25+01:00"),
    ("2026-03-01", "2026-03-01T00:00:00Z"), ("yesterday", "2026-03-01T00:00:00Z"),
    ("2026-02-30T09:30:00Z", "2026-03-01T00:00:00Z"), ("2026-03-01T25:30:00Z", "2026-03-01T00:00:00Z"),
    ("2026-03-01T09:30", "2026-03-01T00:00:00Z"),
  ])
  func writesInstants(_ given: String, _ wanted: String) throws {
    var record = Record()
    try record.read(Array(Self.line.replacing("2026-03-01 09:30+0100", with: given).utf8).span)
    #expect(try JSONValue(parsing: NinjsItem.json(record))["firstCreated"]?.string == wanted)
  }

  @Test func namesFiles() {
    #expect(Brat.name(7, id: "a/../b c") == "000007-abc")
    #expect(Brat.name(1_234_567, id: "ö") == "1234567")
  }
}
