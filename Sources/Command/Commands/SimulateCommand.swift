import ArgumentParser
import ArticleIO
import Disk
import Glibc
import PipelineKit
import StageKit
import Terminal
import Workers

struct SimulateCommand: ParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Show what each stage of a pipeline does with an article.",
    usage: "linecaster simulate [<pipeline>] <file> [--format <format>] [--color <color>]",
    discussion: """
      For each stage: the time it took, whether its condition held, and what it added to the record or changed in it; then \
      which rules of ‘discard’ and ‘route’ held, and where the line would go. Nothing is written, and dedupe knows no other \
      article. Of a file with many articles it is the first. Without a pipeline (a .yaml file) it is the one that comes with \
      linecaster. With --format json the same is one object: stages (stage, when, ran, microseconds, added, errors), discard, \
      route, outcome (record, discarded or failed), record.

      EXAMPLES
        linecaster simulate page.html
        linecaster simulate pipelines/news.yaml article.txt
        linecaster simulate --format json pipelines/desk.yaml page.html | jq '.stages[] | {stage, ran, microseconds}'
      """)

  @Argument(
    help: ArgumentHelp("The pipeline file, where it is another, and the file.", valueName: "file"), completion: .file())
  var words: [String]

  @Option(help: "How to print it.")
  var format: Format = .text

  @Option(help: "When to use colours.")
  var color: ShowCommand.Color = .auto

  @OptionGroup var plugins: PluginsOption

  func run() throws {
    let (path, rest) = try ShippedPipeline.split(words)
    guard let file = CommandLine.bytes(of: Array(rest)).first, rest.count == 1 else {
      throw ValidationError("name one file, as in: linecaster simulate pipelines/news.yaml page.html")
    }
    let pipeline = try onePipeline(path)
    let kind: InputKind
    let bytes: [UInt8]
    do throws(InputError) {
      kind = try InputKind(fileName: Path(file).name, documents: pipeline.chain.documents)
      bytes = try Self.read(file, limit: pipeline.inbox.maxInput)
    } catch {
      complain("\(Path.printable(file)): \(error.message)")
      throw ExitCode.badInput
    }
    let host = try orExit { try ChainHost(pipeline, in: .workers(memory: nil)) { complain("\(pipeline.name): \($0)") } }
    defer { host.stop() }
    try host.waitUntilReadyOrExit(pipeline)
    let work = ArticleWork(name: Path(file).name, .file(bytes, kind), arrival: Int64(time(nil)))
    switch host.simulate(work) {
    case .failure(let failure):
      complain("\(Path.printable(file)): \(failure.message)")
      throw ExitCode.badInput
    case .success(let bytes):
      guard let simulation = try? JSONValue(parsing: bytes) else { throw ExitCode.failure }
      switch format {
      case .json: StandardOutput.write(simulation.pretty)
      case .text:
        let isColoured = color == .always || color == .auto && StandardOutput.isTerminal
        StandardOutput.write(SimulationView(useColor: isColoured).render(simulation))
      }
      if simulation["outcome"]?.string == "failed" { throw ExitCode.badInput }
    }
  }

  private static func read(_ file: [UInt8], limit: Int) throws(InputError) -> [UInt8] {
    let descriptor = openForReading(file)
    guard descriptor >= 0 else { throw InputError(.read, String(cString: strerror(errno))) }
    defer { close(descriptor) }
    var source = DescriptorSource(descriptor)
    var bytes: [UInt8] = []
    while bytes.count <= limit {
      if try source.read(into: &bytes, upTo: 1 << 16) == 0 { return bytes }
    }
    throw InputError(.tooLarge, "the file has more than max_input (\(limit)) bytes")
  }
}
