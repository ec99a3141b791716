import ArticleIO
import PipelineKit
import StageKit
import Testing

@Suite struct SchemaTests {
  private let schema = PipelineSchema.schema(of: registry)

  private func at(_ path: String...) -> JSONValue? { path.reduce(schema) { $0?[$1] } }

  /// The options of a stage that is written as a mapping.
  private func options(of stage: String) -> JSONValue? {
    let choices = at("properties", "stages", "items", "oneOf")?.array ?? []
    return choices.compactMap { $0["properties"]?[stage]?["oneOf"]?.array?.first?["properties"] }.first
  }

  @Test func isJSON() throws {
    #expect(try JSONValue(parsing: Array(schema.pretty.utf8)) == schema)
    #expect(at("$schema")?.string == "https://json-schema.org/draft/2020-12/schema")
  }

  @Test func everyStageStandsByNameAndWithOptions() {
    let choices = at("properties", "stages", "items", "oneOf")?.array ?? []
    for stage in registry.stages {
      #expect(choices.contains { $0["const"]?.string == stage.name && $0["description"]?.string == stage.summary })
      for option in stage.options {
        #expect(options(of: stage.name)?[option.name]?["description"]?.string?.hasPrefix(option.help) == true)
      }
    }
  }

  @Test func constraintsComeFromTheTables() {
    let names = options(of: "names")
    // Or a variable that fills it in.
    let (mode, limit) = (names?["mode"]?["anyOf"]?.array, names?["limit"]?["anyOf"]?.array)
    #expect(mode?.last?["pattern"]?.string == #"\$\{"#)
    #expect(mode?.first?["enum"] == .array([.string("fast"), .string("careful")]))
    #expect(names?["mode"]?["default"]?.string == "fast")
    #expect(limit?.first?["minimum"]?.int == 1)
    #expect(limit?.first?["maximum"]?.int == 10)
    #expect(names?["window"]?["default"]?.string == "1d")
    #expect(names?["memory"]?["default"]?.string == "1MiB")
    #expect(names?["types"]?["default"] == .array([.string("PERSON"), .string("LOC")]))
    #expect(names?["types"]?["items"]?["enum"]?.array?.count == Entity.Kind.allCases.count)
    #expect(names?["list"]?["default"] == nil)
    #expect(at("properties", "inbox", "properties", "settle", "default")?.string == "500ms")
    #expect(at("properties", "inbox", "additionalProperties") == .bool(false))
    #expect(at("properties", "outbox", "properties", "roll", "properties", "every", "default")?.string == "1h")
    let tests = at("properties", "tests", "oneOf")?.array
    #expect(tests?.first?["items"]?["required"]?.array?.count == 3)
  }
}

@Suite struct StagePageTests {
  private func page(_ name: String) throws -> StagePage { StagePage(try #require(registry[name]), in: registry) }

  @Test func theOverviewHasALineForEachStage() {
    let lines = StagePage.overview(of: registry).split(separator: "\n")
    #expect(lines.count == registry.stages.count)
    #expect(lines[0] == "body    Drops everything in angle brackets.")
  }

  @Test func thePageTellsEverything() throws {
    let text = try page("names").text
    for option in Names.declaration.options.specs {
      #expect(text.contains("  \(option.name)\n      \(option.type.description); default "))
      #expect(text.contains(option.help))
    }
    #expect(text.contains("needs     sentences (from ‘cut’)\n"))
    #expect(text.contains("provides  entities\n"))
    #expect(text.contains("duration, 1s to 1d; default 1d\n"))
    #expect(text.contains("as in: names: {types: [PERSON, ORG]}\n"))
    #expect(text.contains("as in: names: {strict: true}\n"))
    #expect(text.contains("Takes the whole text for a name.\n\n  That is all it does.\n"))
    #expect(text.contains("    stages: names: {limit: 3}\n    input:\n      Ann came.\n"))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }

  @Test func theMarkdownHasATableAndRunnableExamples() throws {
    let text = try page("names").markdown
    #expect(text.hasPrefix("# `names`\n"))
    #expect(text.contains("| `limit` | whole number, 1 to 10 | `5` | At most so many. | `limit: 5` |\n"))
    #expect(text.contains("```yaml\nstages:\n  - cut\n  - names: {limit: 3}\n```\n"))
    #expect(text.contains("- Needs: sentences (from [`cut`](cut.md))\n"))
    #expect(try page("body").markdown.contains("```html\n<p>Ann came.</p>\n```\n"))
    #expect(try page("cut").markdown.contains("## Options\n\nNone.\n"))
  }
}
