import StageKit
import Testing

@Suite struct OptionTypeTests {
  @Test(arguments: [("500ms", 500), ("10s", 10_000), ("5m", 300_000), ("1h", 3_600_000), ("30d", 2_592_000_000)])
  func readsDurations(text: String, milliseconds: Int) throws {
    #expect(try OptionType.duration(0...Int.max).read(text, plain: true) == .integer(milliseconds))
  }

  @Test(arguments: ["", "5", "ms", "5 s", "-5s", "99999999999999999999d", "5x"])
  func refusesWhatIsNoDuration(text: String) {
    #expect(throws: OptionProblem.self) { try OptionType.duration(0...Int.max).read(text, plain: true) }
  }

  @Test(arguments: [("64MiB", 67_108_864), ("4096", 4096), ("1GB", 1_000_000_000)])
  func readsSizes(text: String, bytes: Int) throws {
    #expect(try OptionType.size(0...Int.max).read(text, plain: true) == .integer(bytes))
  }

  @Test func aQuotedNumberIsText() {
    #expect(throws: OptionProblem.self) { try OptionType.integer(0...9).read("3", plain: false) }
  }

  @Test(arguments: ["en", "de", "gsw", "no", "sw"])
  func readsCodesOfLanguages(code: String) throws {
    #expect(try OptionType.language.read(code, plain: true) == .text(code))
  }

  @Test(arguments: [
    ("EN", "en"), ("en-GB", "en"), ("de_AT", "de"), ("english", "en"), ("German", "de"), ("englsh", "en"),
    ("eng", "en"),
    ("ger", "de"), ("SW", "sw"), ("xx", ""), ("GSW", ""), ("e", ""), ("*", ""), ("", ""),
  ])
  func refusesWhatIsNoCodeOfALanguage(text: String, suggestion: String) {
    let problem = #expect(throws: OptionProblem.self) { try OptionType.language.read(text, plain: true) }
    #expect(problem.map { $0.suggestion ?? "" } == suggestion)
  }

  @Test func suggestsTheNearestChoice() throws {
    let problem = #expect(throws: OptionProblem.self) {
      try OptionType.choice(["direct", "indirect", "mixed"]).read("mixde", plain: true)
    }
    #expect(problem?.suggestion == "mixed")
    #expect(nearest(to: "zebra", among: ["direct", "mixed"]) == nil)
  }
}
