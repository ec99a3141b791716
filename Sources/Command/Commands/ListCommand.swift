import ArgumentParser
import Daemon
import PipelineKit
import StageKit
import Terminal

struct ListCommand: ParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, markdown }

  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the stages, or tell all about one.",
    discussion: """
      linecaster list conditions names the fields that conditions can ask for, linecaster list pipeline the keys of a pipeline’s \
      file, linecaster list commands all commands, linecaster list metrics all metrics.

      EXAMPLES
        linecaster list
        linecaster list quotes
        linecaster list conditions
        linecaster list quotes --format markdown > docs/reference/stages/quotes.md
      """)

  /// What is listed beside stages.
  private static let pages = ["conditions", "pipeline", "commands", "metrics"]

  @Argument(help: "The stage.", completion: .list(StageRegistry.present.names + pages))
  var stage: String?

  @Option(help: "How to print it.")
  var format: Format = .text

  @OptionGroup var plugins: PluginsOption

  func run() throws {
    let registry = StageRegistry.withPlugins
    guard let stage else {
      switch format {
      case .text: StandardOutput.write(StagePage.overview(of: registry))
      case .markdown: StandardOutput.write(StagePage.markdownOverview(of: registry))
      }
      return
    }
    switch stage {
    case "conditions":
      let page = ConditionPage(registry)
      return StandardOutput.write(format == .text ? page.text : page.markdown)
    case "pipeline": return StandardOutput.write(format == .text ? PipelinePage.text : PipelinePage.markdown)
    case "metrics": return StandardOutput.write(format == .text ? MetricsPage.text : MetricsPage.markdown)
    case "commands": return StandardOutput.write(format == .text ? CommandPage.text : CommandPage.markdown)
    default: break
    }
    guard let found = registry[stage] else {
      let hint =
        nearest(to: stage, among: registry.names + Self.pages).map { "; did you mean ‘\($0)’?" }
        ?? ": the stages are \(registry.names.joined(separator: ", "))"
      throw ValidationError("unknown stage ‘\(stage)’\(hint)")
    }
    let page = StagePage(found, in: registry)
    StandardOutput.write(format == .text ? page.text : page.markdown)
  }
}
