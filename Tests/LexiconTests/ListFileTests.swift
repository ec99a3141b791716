import Testing

@testable import LexiconBuilding

/// How a list is read, and what is said of one that is wrong.
struct ListFileTests {
  private func list(_ rows: String, head: String = "# source: our own\n# licence: none\n") throws -> ListFile {
    try ListFile(name: "en/test.txt", Array((head + rows).utf8))
  }

  private func problem(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test func aLineIsAWordWithTraitsAndValues() throws {
    let file = try list("# every word: given\n\nada\tfeminineName month=3 speech=tell,ask\n")
    let line = try #require(file.lines.first)
    #expect(line.word == Array("ada".utf8))
    #expect(line.traits == ["given", "feminineName"])
    #expect(line.values.map(\.key) == ["month", "speech"])
    #expect(line.values.map(\.items) == [["3"], ["tell", "ask"]])
    #expect(line.line == 5)
  }

  @Test(
    arguments: [
      ("b\na\n", "en/test.txt:4: ‘a’ does not come after"),
      ("a\na\n", "en/test.txt:4: ‘a’ does not come after"),
      ("a\tx\ty\n", "en/test.txt:3: is no word with one tab"),
      (" a\n", "en/test.txt:3: is no word with one tab"),
      ("a\tcommon common\n", "en/test.txt:3: says ‘common’ twice"),
    ])
  func aListIsSortedAndPlain(rows: String, message: String) {
    #expect(problem { _ = try list(rows) }?.hasPrefix(message) == true)
  }

  @Test func aListSaysWhereItIsFrom() {
    #expect(problem { _ = try list("a\n", head: "# source: our own\n") }?.contains("licence") == true)
  }

  @Test(
    arguments: [
      ("a\tcomon\n", "‘comon’ is no trait"), ("a\tcomma\n", "‘comma’ is no trait"),
      ("a\tmonth=13\n", "‘13’ is no value"), ("a\tcolour=red\n", "‘colour=’ is no key"),
      ("a\tmonth=1 number=2\n", "has two values"), ("a\tspeech=sing\n", "‘sing’ is not known"),
      ("a\tabbreviation=nothing\n", "‘nothing’ is no kind"), ("a\tcurrency=usd\n", "‘usd’ is no value"),
    ])
  func whatALineSaysIsChecked(rows: String, message: String) {
    #expect(problem { _ = try LexiconBuilder([list(rows)]) }?.contains(message) == true)
  }

  @Test func aWordStandsInOneList() throws {
    let (one, two) = (try list("a\tcommon\n"), try ListFile(name: "en/two.txt", one: "a"))
    #expect(
      problem { _ = try LexiconBuilder([one, two]) }
        == "en/two.txt:3: stands in en/test.txt:3 too: say all of a word in one line")
  }
}

extension ListFile {
  fileprivate init(name: String, one word: String) throws {
    try self.init(name: name, Array("# source: our own\n# licence: none\n\(word)\n".utf8))
  }
}
