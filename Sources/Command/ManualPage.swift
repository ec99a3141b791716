import ArgumentParser

/// The manual page of a command, written from its help.
///
/// Source: man(7), man-pages(7).
struct ManualPage {
  private var lines: [String] = []

  /// - Parameter words: that call the command.
  init(_ words: String, _ command: any ParsableCommand.Type) {
    let name = Self.name(words)
    lines.append(".TH \(name.uppercased()) 1 \"\" \"linecaster \(Linecaster.version)\" \"User Commands\"")
    section("NAME")
    lines.append("\(Self.escaped(name)) \\- \(Self.escaped(Self.firstLowered(command.configuration.abstract)))")
    // Wide enough for each option to stand on one line.
    let help = Linecaster.helpMessage(for: command, columns: 4096).split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init)
    if let usage = help.first(where: { $0.hasPrefix("USAGE: ") }) {
      section("SYNOPSIS")
      lines.append(".B " + Self.escaped(String(usage.dropFirst("USAGE: ".count))))
    }
    section("DESCRIPTION")
    describe(command.configuration.discussion)
    for heading in ["ARGUMENTS", "OPTIONS", "SUBCOMMANDS"] { items(help, heading) }
    section("SEE ALSO")
    lines.append(
      words == Linecaster._commandName ? "Each command has a page of its own: linecaster\\-run(1)." : "linecaster(1)")
  }

  var text: String { lines.joined(separator: "\n") + "\n" }

  /// What the page is called: `linecaster-dedupe-stats`.
  static func name(_ words: String) -> String { words.split(separator: " ").joined(separator: "-") }

  private mutating func section(_ title: String) { lines.append(".SH \(title)") }

  /// Paragraphs; examples as they are.
  private mutating func describe(_ text: String) {
    var isExample = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line == "EXAMPLES" || line == "EXAMPLE" {
        section(String(line))
        lines.append(".nf")
        isExample = true
      } else if line.isEmpty {
        if !isExample, lines.last != ".PP" { lines.append(".PP") }
      } else {
        lines.append(Self.escaped(String(line)))
      }
    }
    if isExample { lines.append(".fi") }
  }

  /// A part of the help: what stands before two spaces, and what is said of it.
  private mutating func items(_ help: [String], _ heading: String) {
    guard let start = help.firstIndex(of: heading + ":") else { return }
    section(heading)
    for line in help[(start + 1)...] {
      if line.isEmpty { break }
      let words = line.drop { $0 == " " }
      let term = words.prefix(while: { $0 != " " }) + Self.restOfTerm(words)
      lines.append(".TP")
      lines.append(".B " + Self.escaped(String(term)))
      lines.append(Self.escaped(String(words.dropFirst(term.count).drop { $0 == " " })))
    }
  }

  /// From the first space to two of them.
  private static func restOfTerm(_ words: Substring) -> Substring {
    let rest = words.drop { $0 != " " }
    var end = rest.startIndex
    while end < rest.endIndex {
      let next = rest.index(after: end)
      if rest[end] == " ", next == rest.endIndex || rest[next] == " " { break }
      end = next
    }
    return rest[..<end]
  }

  private static func firstLowered(_ text: String) -> String {
    let text = text.hasSuffix(".") ? String(text.dropLast()) : text
    let second = text.dropFirst().first
    return second?.isLowercase == true ? text.prefix(1).lowercased() + text.dropFirst() : text
  }

  /// Backslashes and hyphens are commands of the formatter, and a line must not begin with a point or an apostrophe.
  private static func escaped(_ text: String) -> String {
    let escaped = text.map { character -> String in
      switch character {
      case "\\": "\\e"
      case "-": "\\-"
      default: String(character)
      }
    }.joined()
    return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&" + escaped : escaped
  }
}
