import StageKit

/// A pipeline to begin with: all stages, and every key with what it means, those that are not needed as comments.
public struct FirstPipeline {
  private let registry: StageRegistry
  private let name: String
  private var lines: [String] = []

  /// Columns of a line of text.
  private static let width = 100

  /// - Parameter schema: the path of the JSON Schema, as the file names it for editors.
  public static func text(named name: String, schema: String, _ registry: StageRegistry) -> String {
    var pipeline = FirstPipeline(registry: registry, name: name)
    pipeline.write(schema)
    return pipeline.lines.joined(separator: "\n") + "\n"
  }

  private init(registry: StageRegistry, name: String) { (self.registry, self.name) = (registry, name) }

  private mutating func write(_ schema: String) {
    lines.append("# yaml-language-server: $schema=\(schema)")
    comment(
      "What is commented out is at its default. ‘linecaster check’ says what is wrong after an edit, ‘linecaster test’ runs the "
        + "tests below; a daemon takes a saved file up by itself.", "")
    lines.append("name: \(name)")
    for spec in TopSettings.table.specs where spec.name != "name" { option(spec, "") }
    comment("A file that this one builds on: what is not given here is as it says there.", "")
    lines.append("# \(ExtendedFile.key): base.yaml")
    section("inbox", InboxSettings.table.specs, live: ["path"], "Where articles come from.")
    section("outbox", OutboxSettings.table.specs, live: ["path"], "Where their lines go.")
    lines.append("  # roll:")
    for spec in RollSettings.table.specs { option(spec, "  #   ", lead: "  #   ") }
    rule(
      "  # route:", RouteSettings.table.specs, "  #   ",
      "Records for a folder of the outbox: the first rule that holds decides.")
    section(
      "done", DoneSettings.table.specs, live: [],
      "What becomes of inputs whose lines stand in the outbox; or ‘done: remove’.")
    section("failed", FailedSettings.table.specs, live: [], "What becomes of inputs that failed.")
    lines.append("")
    rule(
      "# discard:", DiscardSettings.table.specs, "#   ", "Articles that get no record but a line in outbox/discarded/.")
    stages()
    tests()
  }

  private mutating func section(_ key: String, _ specs: [OptionSpec], live: Set<String>, _ help: String) {
    lines.append("")
    comment(help, "")
    lines.append(live.isEmpty ? "# \(key):" : "\(key):")
    for spec in specs {
      if live.isEmpty {
        option(spec, "#   ", lead: "#   ")
      } else {
        option(spec, "  ", lead: live.contains(spec.name) ? "  " : nil)
      }
    }
  }

  private mutating func rule(_ head: String, _ specs: [OptionSpec], _ indent: String, _ help: String) {
    comment(help, head.hasPrefix(" ") ? "  " : "")
    lines.append(head)
    let members = specs.map { "\($0.name): \(($0.example ?? "").asYAMLInBraces)" }
    lines.append("\(indent)- {\(members.joined(separator: ", "))}")
  }

  /// - Parameters:
  ///   - indent: what stands before the help.
  ///   - lead: what stands before the key; `nil` for a key that is a comment.
  private mutating func option(_ spec: OptionSpec, _ indent: String, lead: String? = nil) {
    comment(spec.help, indent)
    lines.append("\(lead ?? indent + "# ")\(spec.name): \(spec.written)")
  }

  private mutating func stages() {
    lines += ["", "# The chain, in this order; an option of a stage is written ‘- NAME: {OPTION: VALUE}’.", "stages:"]
    for stage in registry.stages {
      comment(stage.summary, "  ")
      lines.append("  - \(stage.name)")
      for spec in stage.options { option(spec, "    #   ", lead: "    #   ") }
    }
  }

  private mutating func tests() {
    let input = "Ada Corr, the mayor of Holmvik, opened the new bridge on Monday."
    lines += [
      "", "# Articles and what must stand in their records; keys may be left out.", "tests:", "  - name: a text passes",
      "    input: \(input)",
    ]
    for spec in TestSettings.table.specs where spec.name == "earlier" { option(spec, "    ") }
    lines += ["    expect:", "      text: \(input)"]
  }

  private mutating func comment(_ text: String, _ indent: String) {
    let start = indent + "# "
    lines += StagePage.wrapped(text, width: Self.width - start.count).map { start + $0 }
  }
}

extension OptionSpec {
  /// The default as it would be written, or an example where that is empty.
  fileprivate var written: String {
    let standard = `default`.map { StagePage.yaml($0, as: type) } ?? ""
    return ["", "\"\"", "[]"].contains(standard) ? example ?? standard : standard
  }
}

extension String {
  /// An example, which may be quoted already.
  fileprivate var asYAMLInBraces: String { contains("\"") ? "'\(self)'" : asYAML }
}
