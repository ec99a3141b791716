import ArgumentParser
import ArticleIO
import PipelineKit
import Terminal

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print the schema of records or of pipeline files.",
    subcommands: [Record.self, Discarded.self, SchemaPipelineCommand.self])

  struct Discarded: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "The JSON Schema of a line about a discarded article, linecaster-discarded/1.",
      discussion: """
        EXAMPLES
          linecaster schema discarded > discarded.schema.json
        """)

    func run() { StandardOutput.write(RecordSchema.discarded.jsonSchema + [0x0A]) }
  }

  struct Record: ParsableCommand {
    enum Target: String, ExpressibleByArgument, CaseIterable {
      case jsonSchema = "json-schema"
      case duckdb, opensearch, spark
    }

    static let configuration = CommandConfiguration(
      abstract: "The schema of a record, linecaster/1.",
      discussion: """
        EXAMPLES
          linecaster schema record > record.schema.json
          duckdb -c "SELECT title FROM read_json('outbox/*.jsonl', columns = $(linecaster schema record --for duckdb))"
          linecaster schema record --pipeline pipelines/annotate.yaml > annotate.schema.json
          linecaster schema record --for spark
          linecaster schema record --for opensearch | curl -X PUT localhost:9200/news --json @-
        """)

    @Option(
      name: .customLong("for"),
      help: "What it is for: a JSON Schema, a DuckDB columns clause, an OpenSearch mapping, a Spark schema.")
    var target: Target = .jsonSchema

    @Option(
      help: "Of the records of this pipeline exactly, not of any.", completion: .file(extensions: ["yaml", "yml"]))
    var pipeline: String?

    @OptionGroup var plugins: PluginsOption

    func run() throws {
      let schema =
        try pipeline.map { RecordSchema(try onePipeline($0).recordForm) }
        ?? RecordSchema(ownLayers: StageRegistry.withPlugins.ownLayers)
      switch target {
      case .jsonSchema: StandardOutput.write(schema.jsonSchema + [0x0A])
      case .duckdb: StandardOutput.write(schema.duckDBColumns + "\n")
      case .spark: StandardOutput.write(schema.sparkColumns + "\n")
      case .opensearch: StandardOutput.write(schema.openSearchMapping + [0x0A])
      }
    }
  }
}
