import StageKit
import Testing
import YAML

/// `3:5-3:9`: where a node or diagnostic starts and ends.
func place(_ node: Node?) -> String {
  guard let node else { return "nowhere" }
  return place(node.start.position, node.end.position)
}

func place(_ start: Diagnostic.Position, _ end: Diagnostic.Position) -> String {
  "\(start.line):\(start.column)-\(end.line):\(end.column)"
}

func read(_ text: String) -> Document { Document(Array(text.utf8), file: "a.yaml") }

@Suite struct DocumentTests {
  @Test func readsEveryStyle() throws {
    let root = try #require(
      read(
        """
        plain: some words
        quoted: "a\\tb"
        single: 'it''s'
        literal: |
          one
          two
        flow: [a, {b: c}]
        block:
          - x
          - y: 1
        nothing:
        """
      ).root)
    #expect(root["plain"]?.scalar == .init(text: "some words", isPlain: true))
    #expect(root["quoted"]?.scalar == .init(text: "a\tb", isPlain: false))
    #expect(root["single"]?.scalar?.text == "it's")
    #expect(root["literal"]?.scalar?.text == "one\ntwo\n")
    #expect(root["flow"]?.sequence?[1]["b"]?.scalar?.text == "c")
    #expect(root["block"]?.sequence?[1]["y"]?.scalar?.text == "1")
    #expect(root["nothing"]?.isNull == true)
    #expect(
      root.mapping?.map { $0.key.scalar?.text } == [
        "plain", "quoted", "single", "literal", "flow", "block", "nothing",
      ])
  }

  @Test func everyNodeKnowsWhereItStartsAndEnds() throws {
    let text = """
      a: word
      b:
        - one
        - é: "zwei"

      c: [1, 2]  # comment
      d: |
        text

      e:
      """
    let root = try #require(read(text).root)
    #expect(place(root) == "1:1-10:3")
    #expect(place(root["a"]) == "1:4-1:8")
    #expect(place(root["b"]) == "3:3-4:14")
    #expect(place(root["b"]?.sequence?[1]) == "4:5-4:14")
    #expect(place(root["b"]?.sequence?[1]["é"]) == "4:8-4:14")
    #expect(place(root["c"]) == "6:4-6:10")
    #expect(place(root["d"]) == "7:4-8:7")
    #expect(place(root["e"]) == "10:3-10:3")
    let bytes = Array(text.utf8)
    let zwei = try #require(root["b"]?.sequence?[1]["é"])
    #expect(String(decoding: bytes[zwei.start.offset..<zwei.end.offset], as: UTF8.self) == #""zwei""#)
  }

  @Test(arguments: ["\u{FEFF}a: é b", "\u{FEFF}x: 1\r\na: é b\r\n", "x: 1\ra: é b"])
  func byteOrderMarksAndLineEndsDoNotShiftColumns(text: String) throws {
    let node = try #require(read(text).root?["a"])
    #expect(node.start.position.column == 4)
    #expect(node.end.position.column == 7)
    let bytes = Array(text.utf8)
    #expect(String(decoding: bytes[node.start.offset..<node.end.offset], as: UTF8.self) == "é b")
  }

  @Test func linesAreThoseOfAnEditor() throws {
    let root = try #require(read("a: \"x\u{2028}y\u{85}z\"\nb: 1").root)
    #expect(place(root["b"]) == "2:4-2:5")
  }

  @Test func anEmptyFileIsNothing() {
    for text in ["", "# only a comment\n", "---\n", "\u{FEFF}"] {
      let document = read(text)
      #expect(document.diagnostics.isEmpty)
      #expect(document.root?.isNull == true)
    }
  }

  @Test func aliasesRepeatAtTheirOwnPlace() throws {
    let root = try #require(read("a: &x [1, 2]\nb: *x\nc: *x").root)
    #expect(root["b"]?.sequence?.count == 2)
    #expect(place(root["b"]) == "2:4-2:6")
    #expect(place(root) == "1:1-3:6")
  }

  @Test func duplicateKeysNameBothPlacesAndAllAreTold() throws {
    let document = read("a: 1\nb: {c: 1, c: 2}\na: 3\n")
    #expect(
      document.diagnostics.map(\.message) == [
        "‘c’ is given twice: first at 2:5", "‘a’ is given twice: first at 1:1",
      ])
    #expect(document.diagnostics.map { place($0.start, $0.end) } == ["2:11-2:12", "3:1-3:2"])
    #expect(document.root?["a"]?.scalar?.text == "1")
  }

  @Test(arguments: [
    ("a: 1\n\tb: 2", "2:1-2:2", "a tab cannot indent YAML: use spaces"),
    ("a:\n\t- b", "2:1-2:2", "a tab cannot indent YAML: use spaces"),
    ("a: [1, 2\nb: 3", "2:2-2:3", "‘,’ or ‘]’ is expected here, in the list of line 1"),
    ("a: [1, 2", "1:4-1:5", "‘[’ is never closed: add ‘]’"),
    ("a: {b: 2", "1:4-1:5", "‘{’ is never closed: add ‘}’"),
    ("a: \"never", "1:4-1:5", "the quoted text is never closed"),
    ("a: b: c", "1:5-1:6", "‘:’ is not expected here: check the indentation, or put a text that holds ‘: ’ in quotes"),
    ("a: @b", "1:4-1:5", "‘@’ cannot start a value: put the value in quotes"),
    ("a: \"\\q\"", "1:5-1:7", "this is no escape of double quotes: write ‘\\\\’ for a backslash, or use single quotes"),
    (
      "accept: [*.txt]", "1:10-1:11",
      "‘*’ has a meaning of its own in YAML: put a text that starts with it in quotes, as in ‘\"*.txt\"’"
    ),
    ("a: !!python/object:os.system x", "1:4-1:29", "tags such as ‘!!str’ are not supported: remove it"),
    ("a: 1\n---\nb: 2", "2:1-2:4", "a second document starts here: keep one in a file"),
    ("a: {<<: b}", "1:9-1:10", "‘<<’ takes the keys of another mapping, or of a list of them: write ‘<<: *NAME’"),
    ("a: {<<: [b]}", "1:9-1:12", "‘<<’ takes the keys of another mapping, or of a list of them: write ‘<<: *NAME’"),
    ("name:news\nstages: []", "1:6-1:7", "a blank is missing behind ‘name:’"),
    ("a: {b: ${C}}", "1:9-1:10", "put ‘${…}’ in quotes here: in braces its own ones end the mapping"),
    ("? [a]\n: b", "1:3-1:4", "a key must be a single word or text, not a list or mapping"),
    ("{\"\": b}", "1:2-1:4", "a key must not be empty"),
    (
      "a: *x", "1:4-1:6",
      "‘*x’ repeats something named ‘&x’, and nothing before it has that name; a pattern that starts with ‘*’ needs quotes"
    ),
    ("a: &x [*x]", "1:8-1:10", "‘*x’ stands inside what it repeats"),
    ("a: \u{7}", "1:4-1:5", "the control character U+0007 cannot stand in YAML"),
    ("a: 1\nb: é\u{0}", "2:5-2:6", "the control character U+0000 cannot stand in YAML"),
    (
      "a: 1\n  b: 2", "2:4-2:5",
      "‘:’ is not expected here: check the indentation, or put a text that holds ‘: ’ in quotes"
    ),
    ("- a\nb: 1", "2:1-2:2", "‘- …’ is expected here, as in the list that starts at line 1: check the indentation"),
  ])
  func saysInPlainWordsWhatIsWrong(text: String, at: String, message: String) throws {
    let diagnostic = try #require(read(text).diagnostics.first)
    #expect(diagnostic.message == message)
    #expect(place(diagnostic.start, diagnostic.end) == at)
    #expect(diagnostic.file == "a.yaml")
  }

  @Test func invalidUTF8HasItsLineAndColumn() throws {
    let bytes = Array("a: 1\nb: é".utf8) + [0xFF, 0x0A]
    let diagnostic = try #require(Document(bytes, file: "a.yaml").diagnostics.first)
    #expect(diagnostic.message == "the byte 0xFF is not valid UTF-8 here: save the file as UTF-8")
    #expect(place(diagnostic.start, diagnostic.end) == "2:5-2:6")
    let cut = try #require(Document(Array("a: 1\nb: é".utf8) + [0xC3, 0x28], file: "a.yaml").diagnostics.first)
    #expect(cut.message == "the byte 0xC3 is not valid UTF-8 here: save the file as UTF-8")
    #expect(cut.start == diagnostic.start)
    let control = try #require(Document([0x61, 0x07, 0xFF], file: "a.yaml").diagnostics.first)
    #expect(control.message == "the control character U+0007 cannot stand in YAML")
    let marked = Document([0xEF, 0xBB, 0xBF] + bytes, file: "a.yaml").diagnostics.first
    #expect(marked?.start == diagnostic.start)
  }

  @Test func utf16IsNamed() {
    #expect(Document([0xFF, 0xFE, 0x61, 0], file: "a.yaml").diagnostics.first?.message.contains("UTF-16") == true)
  }
}
