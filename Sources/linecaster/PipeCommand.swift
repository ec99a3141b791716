import ArgumentParser
import ArticleIO
import PipelineKit
import StageKit

struct PipeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pipe", abstract: "A filter: JSON Lines on standard input, records on standard output, in order.")

  @Option(help: "Stage names, with commas.")
  var stages: String

  @Option(help: "Threads that run stages.")
  var workers: Int = availableCores

  @Flag(help: "Stop at the first line that is no article.")
  var strict = false

  func run() throws {
    let names = stages.split(separator: ",").map(String.init)
    let chain = Chain(
      stages: try names.map { name in
        guard let type = builtinStages.first(where: { stageName($0) == name }) else {
          throw ValidationError("no stage \(name)")
        }
        return try makeStage(type)
      })
    let caster = Caster(
      chain: chain, writer: RecordWriter(), pipelineName: "pipe", pipelineDigest: "0", deadline: .seconds(10))
    let filter = Filter(caster: caster, workers: workers, strict: strict)
    if !filter.run() { throw ExitCode(65) }
  }
}

private func stageName<S: Stage>(_ type: S.Type) -> String { S.declaration.name }
private func makeStage<S: Stage>(_ type: S.Type) throws(StageError) -> any Stage {
  try S(options: S.Options(), context: StageContext())
}
