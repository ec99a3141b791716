import ArgumentParser
import ArticleIO
import StageKit
import Terminal

struct VersionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "version", abstract: "Print the version.",
    discussion: """
      With --json one line that a job's log can keep: the version, the schemas of lines, and with a pipeline the digest that its \
      records carry, which covers every setting, model and list.

      EXAMPLES
        linecaster version
        linecaster version --json pipelines/annotate.yaml
      """)

  @Flag(help: "As JSON.")
  var json = false

  @Argument(
    help: "A pipeline file whose digest is wanted too.", completion: .file(extensions: ["yaml", "yml"]))
  var pipeline: String?

  func validate() throws {
    if pipeline != nil, !json { throw ValidationError("a pipeline goes with --json") }
  }

  func run() throws {
    if !json { return print("linecaster \(Linecaster.version)") }
    var members: [JSONValue.Member] = [
      .init(key: "program", value: .string("linecaster")), .init(key: "version", value: .string(Linecaster.version)),
      .init(
        key: "schemas", value: .array(["linecaster/1", "linecaster-error/1", "linecaster-part/1"].map { .string($0) })),
    ]
    if let pipeline {
      let loaded = try onePipeline(pipeline)
      let digest = try Filter(pipeline: loaded, workers: 1, memory: 1 << 30, strict: false).digest()
      members += [
        .init(key: "pipeline", value: .string(loaded.name)), .init(key: "digest", value: .string(digest)),
      ]
    }
    StandardOutput.write(JSONValue.object(members).encoded + [0x0A])
  }
}
