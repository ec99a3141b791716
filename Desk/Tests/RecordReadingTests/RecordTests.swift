import StageKit
import Testing

@testable import RecordReading

@Suite struct RecordTests {
  private static let start = #"{"schema":"linecaster/1","id":"a1","seq":7,"received":"2026-03-02T10:00:00Z","#
  private static let source = #""source":{"name":"a.txt","path":"desk/a.txt","line":3},"#

  private func read(_ line: String) throws -> Record {
    var record = Record()
    try record.read(Array(line.utf8).span)
    return record
  }

  private func record(_ offsets: String, _ rest: String) throws -> Record {
    try read(Self.start + Self.source + #""pipeline":{"name":"news","offsets":"\#(offsets)"},"# + rest + "}")
  }

  @Test func readsWhatARecordSays() throws {
    let record = try record(
      "codepoints",
      #"""
      "revision_of":4,"title":"Ice \"holds\" on L\u00f8ken \ud83e\udd8a","byline":["Ada Corr","Bo Lund"],"tags":["ice"],
      "dateline":{"place":"LOKEN","agency":null,"date":null,"start":0,"end":5},"text":"Ada: “Yes.”","tokens":[[{"a":"]"}]],
      "sentences":[{"start":0,"end":11}],
      "entities":[{"id":0,"type":"PERSON","name":"Ada Corr","link":null,"roles":["mayor"],"value":null,"amount":2.5,"unit":null,
        "mentions":[{"start":0,"end":3,"text":"Ada"}],"references":[{"start":4,"end":5,"text":"x","kind":"pronoun"}]}],
      "quotes":[{"id":0,"kind":"direct","start":6,"end":10,"spans":[{"start":6,"end":10}],"text":"Yes.","quoted":[],
        "heading":true,"within":null,"speaker":{"start":0,"end":3,"text":"Ada","entity":0,"name":"Ada Corr"},
        "cue":null,"confidence":0.97}],
      "duplicates":{"status":"near","of":"b","cluster":"c","revises":null,
        "matches":[{"id":"b","similarity":0.5,"containment":1},{"id":"d","similarity":0.1}]},
      "errors":[],"meta":{"deep":[[[1]]]}
      """#.split(separator: "\n").joined())
    #expect(record.seq == 7)
    #expect(record.revisionOf == 4)
    #expect(record.string(record.title) == "Ice \"holds\" on Løken 🦊")
    #expect(record.byline.map { record.string($0) } == ["Ada Corr", "Bo Lund"])
    #expect(record.string(record.sourcePath) == "desk/a.txt")
    #expect(record.string(record.place) == "LOKEN")
    let entity = try #require(record.entities?.first)
    #expect(record.string(entity.roles) == #"["mayor"]"#)
    #expect(entity.amount == 2.5)
    #expect(entity.names == 1)
    #expect(record.mentions.map(\.kind) == [.name, .pronoun])
    let quote = try #require(record.quotes?.first)
    #expect(record.string(quote.speakerName) == "Ada Corr")
    #expect(record.string(quote.speakerText) == "Ada")
    #expect(quote.confidence == 0.97)
    #expect(quote.heading)
    #expect(record.similarity == 0.5)
    #expect(record.string(record.cluster) == "c")
    #expect(record.errors == nil)
    #expect(record.missing == [.published, .url])
  }

  @Test(arguments: [("codepoints", 2, 4), ("utf16", 3, 5), ("utf8", 5, 9)])
  func countsCodePoints(_ offsets: String, _ start: Int, _ end: Int) throws {
    let record = try record(
      offsets,
      #""text":"🦊 éß🦉.","entities":[{"id":0,"type":"ORG","name":"x","mentions":[{"start":\#(start),"end":\#(end)}]}]"#)
    // A fox, a space: two code points, three units of UTF-16, five bytes.
    #expect(record.mentions[0].span.start == 2)
    #expect(record.mentions[0].span.end == 4)
  }

  @Test(arguments: [
    "", "[]", "{", #"{"schema":"linecaster/1"}"#, #"{"schema":"linecaster/2","id":"a"}"#,
    #"{"schema":"linecaster/1","id":"a"} x"#,
    #"{"schema":"linecaster/1","id":7}"#, #"{"schema":"linecaster/1","id":"a","text":"b"#,
    #"{"schema":"linecaster/1","id":"a","text":"b","entities":[{"type":"ORG","name":"x","mentions":[{"start":0,"end":2}]}]}"#,
    #"{"schema":"linecaster/1","id":"a","text":"b","quotes":[{"kind":"direct","start":0,"end":1,"within":1}]}"#,
    #"{"schema":"linecaster/1","id":"a","text":"b","sentences":[{"start":3,"end":1}]}"#,
    #"{"schema":"linecaster/1","id":"\x"}"#,
  ])
  func refusesWhatIsNone(_ line: String) {
    #expect(throws: LineFault.self) { try read(line) }
  }

  @Test func keepsNothingOfTheLineBefore() throws {
    var record = Record()
    let long = Self.start + #""title":"T","tags":["x"],"text":"abc","sentences":[{"start":0,"end":3}],"quotes":[]}"#
    try record.read(Array(long.utf8).span)
    try record.read(Array(#"{"schema":"linecaster-discarded/1","id":"b","reason":"short"}"#.utf8).span)
    #expect(record.schema == .discarded)
    #expect(record.string(record.reason) == "short")
    #expect(record.title == nil)
    #expect(record.tags.isEmpty)
    #expect(record.sentences.isEmpty)
    #expect(record.quotes == nil)
    #expect(record.missing.isEmpty)
  }

  @Test func passesOverDeepNestsWithoutAStack() throws {
    let nest = String(repeating: "[", count: 200_000) + String(repeating: "]", count: 200_000)
    #expect(try record("utf8", #""meta":\#(nest),"text":"""#).missing.contains(.quotes))
  }
}
