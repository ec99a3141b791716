import Bytes
import StageKit
import Testing

@Suite struct JSONTests {
  private func parse(_ text: String) throws(JSONError) -> JSONValue { try JSONValue(parsing: Array(text.utf8)) }

  @Test(arguments: [
    "", "{", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "[1,]", "[1 2]", "01", "1.", "1e", "-", "tru", "\"a", "\"\\x\"",
    "\"\\u12g4\"", "\"\n\"", "{a:1}", "1 2", "{'a':1}", "nul",
  ])
  func refuses(text: String) {
    #expect(throws: JSONError.self) { try parse(text) }
  }

  @Test(arguments: [
    ("\"\\u00e9\\n\\\"\"", "é\n\""), ("\"\\ud83d\\ude00\"", "😀"), ("\"\\ud83d\"", "\u{FFFD}"),
    ("\"\\ud83d\\u0041\"", "\u{FFFD}A"), ("\"\\u0000\"", "\0"),
  ])
  func resolvesEscapes(json: String, text: String) throws {
    #expect(try parse(json).string == text)
  }

  @Test func writesWhatItReads() throws {
    let text = #"{"a":[1,-2.5e3,true,false,null,{"b":"é\t\\"}],"":{}}"#
    #expect(String(decoding: try parse(text).encoded, as: UTF8.self) == text)
  }

  @Test func stopsAtDeepNesting() {
    let error = #expect(throws: JSONError.self) { try parse(String(repeating: "[", count: 100_000)) }
    #expect(error?.message.contains("deeper") == true)
  }

  @Test func randomBytesNeverTrap() {
    var random = SeededGenerator(state: 20_261_121)
    for _ in 0..<20_000 {
      let alphabet = Array(#"{}[]":,\u0e1-.tfn "#.utf8)
      let bytes = (0..<Int.random(in: 0..<24, using: &random)).compactMap { _ in alphabet.randomElement(using: &random)
      }
      if let value = try? JSONValue(parsing: bytes) {
        #expect(throws: Never.self) { try JSONValue(parsing: value.encoded) }
      }
    }
  }

  /// Long plain stretches are passed eight bytes at a time: every place of an escape among them must be seen.
  @Test func escapesStandAnywhere() throws {
    let seed = UInt64.random(in: 0 ... .max)
    print("JSON escape seed \(seed)")
    var random = SeededGenerator(state: seed)
    let escapes: [Character: String] = ["\"": "\\\"", "\\": "\\\\", "\n": "\\n", "\u{1F}": "\\u001f"]
    for _ in 0..<2_000 {
      let text = (0..<Int.random(in: 0..<40, using: &random)).map { _ -> Character in
        let special: [Character] = ["\"", "\\", "\n", "\u{1F}", "é", "\u{7F}", " ", "!"]
        return Int.random(in: 0..<9, using: &random) == 0 ? special.randomElement(using: &random) ?? "!" : "a"
      }
      let json = "\"" + text.map { escapes[$0] ?? String($0) }.joined() + "\""
      let value = try parse(json)
      #expect(value.string == String(text))
      #expect(String(decoding: value.encoded, as: UTF8.self) == json)
    }
  }
}
