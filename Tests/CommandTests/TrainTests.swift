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
}
