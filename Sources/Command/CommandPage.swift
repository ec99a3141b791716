import ArgumentParser

/// All commands, for the terminal and as a page of the documentation, written from what they declare.
enum CommandPage {
  /// With the words that call it.
  static var commands: [(words: String, command: any ParsableCommand.Type)] {
    func all(_ command: any ParsableCommand.Type, _ words: String) -> [(String, any ParsableCommand.Type)] {
      command.configuration.subcommands.flatMap { sub -> [(String, any ParsableCommand.Type)] in
        let name = "\(words) \(sub._commandName)"
        return sub.configuration.subcommands.isEmpty ? [(name, sub)] : all(sub, name)
      }
    }
    return all(Linecaster.self, Linecaster._commandName)
  }

  /// Of every command, and of the program: the page’s name and what it says.
  static var manual: [(name: String, text: String)] {
    func groups(_ command: any ParsableCommand.Type, _ words: String) -> [(String, any ParsableCommand.Type)] {
      [(words, command)]
        + command.configuration.subcommands.flatMap { groups($0, "\(words) \($0._commandName)") }
    }
    return groups(Linecaster.self, Linecaster._commandName).filter { $0.1.configuration.shouldDisplay }.map {
      words, command in
      (ManualPage.name(words), ManualPage(words, command).text)
    }
  }

  static var text: String {
    let width = (commands.map(\.words.count).max() ?? 0) + 2
    return commands.map { words, command in
      words.padded(to: width) + command.configuration.abstract + "\n"
    }.joined()
  }

  static var markdown: String {
    "# The command line\n\nWhat `linecaster help COMMAND` says.\n"
      + commands.map { words, command in
        "\n## \(words)\n\n```\n\(Linecaster.helpMessage(for: command, columns: 100))```\n"
      }.joined()
  }
}
