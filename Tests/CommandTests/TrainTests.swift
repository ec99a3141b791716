import Testing

@Suite struct TrainTests {
  /// Whoever labels articles has decided what is read, whatever language they look like.
  @Test func labelledArticlesOfAnyLanguageAreRead() throws {
    let folder = try Folder()
    let german =
      "Der Hafen von Nordby wird nicht mehr von der Stadt bezahlt, und das ist für die Leute auf der Insel schlecht."
    let english = "The harbour of Nordby is not paid for by the town any more, said Ada Corr."
    let rows = (0..<40).map { number in
      number % 8 == 0
        ? #"{"id": "\#(number)", "text": "\#(german)", "entities": [[14, 20, "LOC"]]}"#
        : #"{"id": "\#(number)", "text": "\#(english)", "entities": [[15, 21, "LOC"], [65, 73, "PERSON"]]}"#
    }
    let file = try folder.write("labels.jsonl", rows.joined(separator: "\n") + "\n")
    let outcome = try BuiltCommand.run("train", "entities", "--data", file)
    #expect(outcome.code == 0, "\(outcome.errors)")
  }

  @Test func quotationsAreCounted() throws {
    let folder = try Folder()
    let row =
      #"{"id": "1", "text": "Ada Corr said that it rained.", "quotes": [{"start": 14, "end": 28, "speaker": [0, 8]}]}"#
    let file = try folder.write("labels.jsonl", row + "\n")
    let outcome = try BuiltCommand.run("train", "quotes", "--data", file)
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("that: 1, content right 100.0 %, both right 100.0 %"))
    let broken = try folder.write("broken.jsonl", row.replacing(#""end": 28"#, with: #""end": 280"#) + "\n")
    let refusal = try BuiltCommand.run("train", "quotes", "--data", broken)
    #expect(refusal.code == 65)
    #expect(refusal.errors.contains("quote 1 has no ‘start’ and ‘end’ inside the text"))
  }
}
