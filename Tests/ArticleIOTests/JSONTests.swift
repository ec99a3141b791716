import ArticleIO
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
    var random = SeededRandom(seed: 20_261_121)
    for _ in 0..<20_000 {
      let alphabet = Array(#"{}[]":,\u0e1-.tfn "#.utf8)
      let bytes = (0..<random.below(24)).map { _ in alphabet[random.below(alphabet.count)] }
      if let value = try? JSONValue(parsing: bytes) {
        #expect(throws: Never.self) { try JSONValue(parsing: value.encoded) }
      }
    }
  }
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same sequence for the same seed.
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
