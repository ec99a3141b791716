import ArgumentParser
import PipelineKit
import StageKit
import Terminal
import Workers

struct PluginCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say whether a plugin keeps what a stage promises.",
    discussion: """
      Reads plugin.yaml, starts the plugin in its sandbox behind the stages that it needs, and gives it articles that are odd: \
      empty, in many scripts, of one character, long. Each answer is held against the shapes that plugin.yaml declares, and each \
      article is given twice, since a stage says the same of the same article. The exit code is 65 where something is wrong, 78 \
      where plugin.yaml is.

      EXAMPLES
        linecaster plugin check keywords
        linecaster plugin check /etc/linecaster/plugins
      """)

  @Argument(help: "The plugin’s folder, or one that holds such folders.", completion: .directory)
  var folder: String

  @OptionGroup var plugins: PluginsOption

  func run() throws {
    let found = PluginSearch(besides: .present).find(in: [folder])
    let renderer = DiagnosticRenderer(found.files, colours: StandardError.isTerminal)
    for diagnostic in found.diagnostics { StandardError.write(renderer.render(diagnostic)) }
    if found.manifests.isEmpty {
      if found.diagnostics.isEmpty {
        complain("there is no \(PluginSearch.manifest) in \(folder), nor in a folder of it")
      }
      throw ExitCode.badConfiguration
    }
    // It may need what others provide.
    PluginFolders.named.append(folder)
    var areAllGood = true
    for manifest in found.manifests {
      let findings = try PluginConformance(manifest, registry: .withPlugins).findings()
      StandardOutput.write("\(manifest.name) \(manifest.version)\n")
      for finding in findings { StandardOutput.write("  \(finding.isGood ? "ok   " : "wrong") \(finding.words)\n") }
      if findings.contains(where: { !$0.isGood }) { areAllGood = false }
    }
    if found.diagnostics.contains(where: { $0.severity == .error }) { throw ExitCode.badConfiguration }
    if !areAllGood { throw ExitCode.badInput }
  }
}
