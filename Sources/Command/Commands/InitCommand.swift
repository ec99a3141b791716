import ArgumentParser
import Disk
import Glibc
import PipelineKit
import StageKit
import Terminal

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a first pipeline.",
    discussion: """
      Makes DIRECTORY/NAME.yaml, with all stages and every key explained, and DIRECTORY/pipeline.schema.json, from which editors \
      complete and check it (the YAML language server, as in VS Code, Helix or Neovim). A file that is there already is left alone.

      EXAMPLES
        linecaster init
        linecaster init desk --directory /etc/linecaster/pipelines
      """)

  @Argument(help: "What the pipeline is called.")
  var name = "news"

  @Option(help: "Where its file goes.", completion: .directory)
  var directory = "pipelines"

  private static let schema = "pipeline.schema.json"

  func run() throws {
    let registry = StageRegistry.present
    let text = FirstPipeline.text(named: name, schema: Self.schema, registry)
    let source = SourceFile(path: "\(name).yaml", bytes: Array(text.utf8))
    let loaded = Pipeline.load([source], registry: registry, context: nil)
    if loaded.hasErrors {
      complain(loaded.diagnostics.map(\.message).joined(separator: "; "))
      throw ExitCode.validationFailure
    }
    let fs = PosixFileSystem()
    let folder = Path(directory)
    let path = folder / source.path
    try orExit {
      try fs.makeDirectories(folder.absolute)
      guard try fs.status(at: path) == nil else {
        throw Complaint(
          "\(path) is there already and is left as it is: name another pipeline, as in: linecaster init sport")
      }
      try fs.replace(folder / Self.schema, with: Array(PipelineSchema.schema(of: registry).pretty.utf8))
      try fs.replace(path, with: source.bytes)
    }
    StandardOutput.write(
      """
      \(path) is written. Next:
        linecaster check \(path)
        linecaster test \(path)
        linecaster simulate \(path) ARTICLE
        linecaster run \(directory)

      """)
  }
}
