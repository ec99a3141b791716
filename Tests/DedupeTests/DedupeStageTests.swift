import StageKit
import Testing

@testable import Dedupe

@Suite("The stage dedupe")
struct DedupeStageTests {
  @Test("needs nothing but text and gives duplicates")
  func layers() {
    #expect(DedupeStage.declaration.name == "dedupe")
    #expect(DedupeStage.declaration.requires.isEmpty)
    #expect(DedupeStage.declaration.provides == [.duplicates])
  }

  @Test("every option reaches its field")
  func options() throws {
    let values: [(String, OptionValue)] = [
      ("containment", .number(0.7)), ("similarity", .number(0.8)), ("min_words", .integer(40)),
      ("window", .integer(86_400_000)), ("window_by", .text("published")), ("action", .text("set_aside")),
      ("set_aside", .text("exact")), ("scope", .text("wires")),
    ]
    #expect(DedupeStage.declaration.options.specs.map(\.name) == values.map(\.0))
    let options = DedupeStage.declaration.options.decode(OptionValues(uniqueKeysWithValues: values))
    #expect(options.containment == 0.7 && options.similarity == 0.8)
    #expect(options.minWords == 40 && options.windowSeconds == 86_400 && options.windowBy == .published)
    #expect(options.action == .setAside && options.setAside == .exact && options.scope == "wires")
  }

  @Test("its examples are unique, as they say")
  func examples() throws {
    for example in DedupeStage.declaration.examples {
      #expect(try Line().send("a", example.input).status == .unique)
      #expect(example.expect.contains("status: unique"))
    }
  }

  @Test("A scope that is no name is refused", arguments: ["", "a/b", "über", "a b"])
  func scopes(name: String) {
    var options = DedupeOptions()
    options.scope = name
    #expect(throws: StageError.self) { try DedupeStage(options: options, context: StageContext()) }
  }

  @Test("A partial copy cannot share more than a near one")
  func thresholds() {
    var options = DedupeOptions()
    options.containment = 0.7
    #expect(throws: StageError.self) { try DedupeStage(options: options, context: StageContext()) }
  }
}
