import Foundation
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
    let outcome = try BuiltCommand.run("train", "entities", "--base", "none", "--data", file)
    #expect(outcome.code == 0, "\(outcome.errors)")
  }

  /// What annotation tools keep, as labels of the text: brat counts code points, Label Studio UTF-16.
  @Test func labelsOfAnnotationToolsAreRead() throws {
    let folder = try Folder()
    let text = "🦊 Ada Corr of Nord\nby said so."
    try folder.write("brat/1.txt", text)
    try folder.write(
      "brat/1.ann",
      "T1\tPERSON 2 10\tAda Corr\nT2\tLOC 14 18;19 21\tNord by\nT3\tSpeaker 2 10\tAda Corr\nR1\tIs Arg1:T3 Arg2:T1\n#1\tAnnotatorNotes T1\tsure\n"
    )
    let tasks = try folder.write(
      "tasks.json",
      #"""
      [{"data": {"text": "🦊 Ada Corr of Nord\nby said so.", "id": "1"}, "annotations": [
        {"was_cancelled": true, "result": []},
        {"result": [{"type": "labels", "value": {"start": 3, "end": 11, "labels": ["PERSON"]}},
                    {"type": "labels", "value": {"start": 15, "end": 22, "labels": ["LOC"]}},
                    {"type": "labels", "value": {"start": 3, "end": 11, "labels": ["Speaker"]}},
                    {"type": "relation", "from_id": "a", "to_id": "b"}]}]}]
      """#)
    let brat = folder.url.appendingPathComponent("brat").path
    let row = #"{"id":"1","text":"🦊 Ada Corr of Nord\nby said so.","entities":[[2,10,"PERSON"],[14,21,"LOC"]]}"# + "\n"
    #expect(try BuiltCommand.run("train", "labels", "--from", "brat", brat).output == row)
    #expect(try BuiltCommand.run("train", "labels", "--from", "labelstudio", tasks).output == row)
    for number in 2...40 {
      try folder.write("brat/\(number).txt", text)
      try folder.write("brat/\(number).ann", "T1\tPERSON 2 10\tAda Corr\nT2\tLOC 14 18;19 21\tNord by\n")
    }
    let fit = try BuiltCommand.run("train", "entities", "--from", "brat", "--data", brat, "--epochs", "1")
    #expect(fit.code == 0, "\(fit.errors)")
    try folder.write("brat/1.ann", "T1\tPERSON 2 5;11 13\tAda of\n")
    let pieces = try BuiltCommand.run("train", "labels", "--from", "brat", brat)
    #expect(pieces.code == 65)
    #expect(pieces.errors.contains("1.ann, line 1: T1 is in pieces"), "\(pieces.errors)")
    try folder.write("brat/1.ann", "T1\tPERSON 2 500\tAda\n")
    #expect(try BuiltCommand.run("train", "labels", "--from", "brat", brat).errors.contains("outside the text"))
  }

  private let page =
    #"{"text": "Home\nSport\n\nThe harbour of Nordby is not paid for by the town any more, said Ada Corr on Monday, and it will not be for a long time.\n\nRelated", "gold_text": "The harbour of Nordby is not paid for by the town any more, said Ada Corr on Monday, and it will not be for a long time.", "source": "own"}"#

  @Test func aFitWritesItsSectionsAndTakesTheOthersOver() throws {
    let folder = try Folder()
    let data = try folder.write("pages.jsonl", Array(repeating: page, count: 4).joined(separator: "\n") + "\n")
    let out = folder.url.appendingPathComponent("mine.model").path
    let fit = try BuiltCommand.run(
      "train", "clean", "--data", data, "--source", "own", "--folds", "0", "--epochs", "1", "--out", out)
    #expect(fit.code == 0, "\(fit.errors)")
    func sections(_ path: String) throws -> [String: Substring] {
      var sections: [String: Substring] = [:]
      for text in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n= ").dropFirst() {
        sections[String(text.prefix { $0 != ":" })] = text[...]
      }
      return sections
    }
    let (shipped, mine) = (try sections("\(BuiltCommand.checkout.path)/models/clean.model"), try sections(out))
    #expect(mine.keys.sorted() == ["days", "lines", "markup", "titles"])
    #expect(mine["lines"]?.hasPrefix("lines: fitted to own; 4 pages, 1 epochs, seed 1\n") == true)
    for section in ["markup", "titles", "days"] { #expect(mine[section] == shipped[section], "\(section)") }
    // The stage takes it.
    try folder.write("news.yaml", "name: news\nstages: [{clean: {model: ./mine.model}}]\n")
    let check = try BuiltCommand.run("check", "news.yaml", in: folder.url)
    #expect(check.code == 0, "\(check.output)")
    let damaged = try folder.write("damaged.model", "linecaster-model 1 clean 0\n")
    let refused = try BuiltCommand.run("train", "titles", "--data", data, "--model", damaged)
    #expect(refused.code == 65)
    #expect(refused.errors.contains("damaged.model is damaged or cut short"), "\(refused.errors)")
  }

  @Test func aMistypedStageIsNamedWithTheNearest() throws {
    let outcome = try BuiltCommand.run("train", "claen")
    #expect(outcome.code == 64 && outcome.errors.contains("did you mean ‘clean’?"), "\(outcome.errors)")
    for words in [["train", "--help"], ["help", "train"], ["train", "clean", "--help"]] {
      let help = try BuiltCommand.run(words)
      #expect(help.code == 0 && help.output.contains("USAGE: linecaster-train"), "\(words): \(help.errors)")
    }
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
