import ArgumentParser
import StageKit

/// What to say of a word that should be a command and is none; `nil` where all of them are.
///
/// - Parameters:
///   - words: the arguments.
///   - root: the command that they are given to.
///   - others: more commands that it takes.
public func unknownCommand(
  _ words: [String], of root: any ParsableCommand.Type, besides others: [String] = []
) -> String? {
  let program = root._commandName
  var command = root
  var path: [String] = []
  for word in words.first == "help" ? words.dropFirst() : words[...] {
    let subcommands = command.configuration.subcommands
    if word.hasPrefix("-") || subcommands.isEmpty || (path.isEmpty && word == "help") { return nil }
    path.append(word)
    if let found = subcommands.first(where: { $0._commandName == word }) {
      command = found
      continue
    }
    let above = path.dropLast().map { $0 + " " }.joined()
    let near = nearest(
      to: word, among: subcommands.map { $0._commandName } + (path.count == 1 ? others + ["help"] : []))
    return "there is no command ‘\(above)\(visible(word.unicodeScalars))’; "
      + (near.map { "did you mean ‘\(above)\($0)’? " } ?? "") + "\(program) \(above)--help lists them"
  }
  return nil
}
