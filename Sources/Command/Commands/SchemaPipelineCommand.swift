import ArgumentParser
import PipelineKit
import Terminal

struct SchemaPipelineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pipeline",
    abstract: "The JSON Schema of a pipeline file, for editors.",
    discussion: """
      An editor with a YAML language server then completes and explains keys, stages and options. Name the schema in \
      the first line of a pipeline file:

        # yaml-language-server: $schema=pipeline.schema.json

      EXAMPLES
        linecaster schema pipeline > pipelines/pipeline.schema.json
      """)

  @OptionGroup var plugins: PluginsOption

  func run() { StandardOutput.write(PipelineSchema.schema(of: StageRegistry.withPlugins).pretty) }
}
