import ArgumentParser

struct PluginCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plugin",
    abstract: "Write a plugin, or check one.",
    discussion: """
      A plugin is a stage that is not compiled in: a folder with plugin.yaml and a program. docs/plugins.md tells how one works.

      EXAMPLES
        linecaster plugin new keywords
        linecaster plugin new topics --c
        linecaster plugin check keywords
      """,
    subcommands: [PluginNewCommand.self, PluginCheckCommand.self])
}
