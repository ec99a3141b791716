import ArgumentParser
import ArticleIO
import Disk
import PipelineKit
import StageKit
import Terminal

struct CheckCommand: ParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say everything that is wrong with pipelines.",
    discussion: """
      Names of keys, stages and options, types and ranges, the order of the chain, and what one daemon cannot run side \
      by side: all at once, each with its line and the fix. Inboxes, outboxes and the spool's own folders are held \
      against each other as they really are, through links, mounts and ‘..’, under --root. Nothing is run. The exit code \
      is 78 where anything is wrong.

      With --root, what an inbox that moved, or a pipeline that is gone, left behind in that spool is told on standard \
      error.

      With --format json one array is printed, empty where all is well. Its objects have file, line, column, end_line, \
      end_column, severity and message; lines and columns count from 1, columns count code points, the end is \
      exclusive, and all four are null where the file as a whole is meant.

      A digest is 24 hexadecimal digits over what decides how records look; records carry their pipeline's. That of a \
      stage covers the program's version, the stage's options, and the models, lists and files that it uses: with \
      --digests before and after a change, you see which stages it touches. With --format json an object is printed then: \
      diagnostics (the array), and pipelines with file, name, digest and stages (stage, digest).

      Warnings do not change the exit code: a pattern of ‘accept’ that no readable file fits, a stage whose findings nobody \
      reads and no record has.

      EXAMPLES
        linecaster check pipelines/news.yaml
        linecaster check pipelines/ --root /var/lib/linecaster
        linecaster check --format json pipelines/ | jq -r '.[] | "\\(.file):\\(.line) \\(.message)"'
        linecaster check --digests pipelines/news.yaml
      """)

  @Argument(help: "Pipeline files, or directories of them.", completion: .file(extensions: ["yaml", "yml"]))
  var pipelines: [String]

  @Option(help: "How to print what is wrong.")
  var format: Format = .text

  @Option(help: "The spool that they are to run on.", completion: .directory)
  var root: String?

  @OptionGroup var plugins: PluginsOption

  @Flag(help: "Tell of options, too, that are written as they are by default.")
  var notes = false

  @Flag(help: "Print the digest of each pipeline, and of each of its stages, too.")
  var digests = false

  func run() throws {
    var loaded = Pipeline.loadWithPlugins(paths: pipelines, context: .installed)
    try orExit { try loaded.addPlaceDiagnostics(Path(root ?? SpoolOptions.defaultRoot).absolute) }
    if !notes { loaded.diagnostics.removeAll { $0.severity == .note } }
    switch format {
    case .json:
      let diagnostics = JSONValue.array(loaded.diagnostics.map(\.json))
      let whole = JSONValue.object([
        .init(key: "diagnostics", value: diagnostics),
        .init(key: "pipelines", value: .array(loaded.pipelines.map(\.digests))),
      ])
      StandardOutput.write((digests ? whole : diagnostics).pretty)
    case .text:
      let renderer = DiagnosticRenderer(loaded.files, colours: StandardOutput.isTerminal)
      StandardOutput.write(renderer.render(loaded.diagnostics))
      for pipeline in loaded.pipelines {
        StandardOutput.write("\(pipeline.file): ok\n")
        for plugin in pipeline.chain.links.compactMap(\.kind.plugin) where plugin.access.network {
          StandardOutput.write(
            "  the plugin ‘\(plugin.name)’ makes sockets: the unit that comes with linecaster needs a drop-in with "
              + "PrivateNetwork=no and RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 for it\n")
        }
        if digests { StandardOutput.write(pipeline.digestLines) }
      }
    }
    if let root, !loaded.hasErrors {
      let flag = root == SpoolOptions.defaultRoot ? "" : " --root \(Path(root).shellWord)"
      for sentence in PlaceDiagnostics(root: Path(root).absolute).abandoned(by: loaded.pipelines, flag) {
        complain(sentence)
      }
    }
    if loaded.hasErrors { throw ExitCode.badConfiguration }
  }
}

extension Pipeline {
  fileprivate var digests: JSONValue {
    .object([
      .init(key: "file", value: .string(file)), .init(key: "name", value: .string(name)),
      .init(key: "digest", value: digest.map(JSONValue.string) ?? .null),
      .init(
        key: "stages",
        value: .array(
          chain.stageDigests.map {
            .object([.init(key: "stage", value: .string($0.stage)), .init(key: "digest", value: .string($0.digest))])
          })),
    ])
  }

  /// The pipeline's, then one a stage, in columns.
  fileprivate var digestLines: String {
    let rows = [("pipeline", digest ?? "")] + chain.stageDigests.map { ($0.stage, $0.digest) }
    let width = rows.reduce(0) { max($0, $1.0.count) }
    return rows.map { "  \($0.padded(to: width + 2))\($1)\n" }.joined()
  }
}
