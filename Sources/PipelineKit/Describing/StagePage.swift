import ArticleIO
import Bytes
import StageKit

/// What there is to know of a stage, for the terminal and as a page of the documentation. Written from its
/// declaration alone.
public struct StagePage {
  private let stage: StageKind
  private let registry: StageRegistry
  /// Columns of the terminal text.
  private static let width = 100

  public init(_ stage: StageKind, in registry: StageRegistry) {
    self.stage = stage
    self.registry = registry
  }

  /// One line for each stage.
  public static func overview(of registry: StageRegistry) -> String {
    let column = (registry.names.map(\.count).max() ?? 0) + 2
    return registry.stages.map { stage in
      stage.name.padded(to: column)
        + wrapped(stage.summary, width: width - column).joined(separator: "\n" + spaces(column)) + "\n"
    }.joined()
  }

  /// One row for each stage, with a link to its page.
  public static func markdownOverview(of registry: StageRegistry) -> String {
    "# Stages\n\n| stage | what it does | needs | provides |\n|---|---|---|---|\n"
      + registry.stages.map { stage in
        "| [`\(stage.name)`](\(stage.name).md) | \(cell(stage.summary)) | \(names(stage.requires)) | "
          + "\(names(stage.provides)) |\n"
      }.joined()
  }
}

// MARK: Terminal

extension StagePage {
  public var text: String {
    var page = "\(stage.name)\n" + indented(stage.summary, by: 2)
    if !stage.discussion.isEmpty { page += "\n" + paragraphs(stage.discussion, by: 2) }
    page += "\n  needs     \(needs { "‘\($0)’" })\n  provides  \(Self.names(stage.provides))\n"
    page += "\nOPTIONS\n"
    if stage.options.isEmpty { page += "  none\n" }
    for option in stage.options {
      page += "  \(option.name)\n" + indented("\(option.type.description); default \(defaultText(option))", by: 6)
      page += indented(option.help, by: 6)
      page += indented("as in: \(stage.name): {\(option.name): \(exampleText(option))}", by: 6)
    }
    page += "\nEXAMPLES\n"
    for example in stage.examples {
      page += indented(example.title, by: 2)
      if example.options != "{}" { page += "    stages: \(stage.name): \(example.options)\n" }
      page += "    input:\n" + verbatim(example.input, by: 6)
      page += "    expect:\n" + verbatim(example.expect, by: 6) + "\n"
    }
    return page
  }

  private func paragraphs(_ text: String, by indent: Int) -> String {
    lines(text).split(separator: "").map { indented($0.joined(separator: " "), by: indent) }.joined(separator: "\n")
  }

  private func indented(_ text: String, by indent: Int) -> String {
    Self.wrapped(text, width: Self.width - indent).map { Self.spaces(indent) + $0 + "\n" }.joined()
  }

  /// Lines as they are, long ones wrapped.
  private func verbatim(_ text: String, by indent: Int) -> String {
    lines(text).flatMap { line -> [String] in
      let lead = line.prefix { $0 == " " }
      let rest = Self.wrapped(String(line), width: Self.width - indent - lead.count)
      return rest.isEmpty ? ["\n"] : rest.map { Self.spaces(indent) + lead + $0 + "\n" }
    }.joined()
  }
}

// MARK: Markdown

extension StagePage {
  public var markdown: String {
    var page = "# `\(stage.name)`\n\n\(stage.summary)\n"
    if !stage.discussion.isEmpty { page += "\n\(stage.discussion)\n" }
    page += "\n- Needs: \(needs { "[`\($0)`](\($0).md)" })\n- Provides: \(Self.names(stage.provides))\n"
    page += "\n## Options\n\n"
    if stage.options.isEmpty {
      page += "None.\n"
    } else {
      page += "| option | type | default | what it does | example |\n|---|---|---|---|---|\n"
      for option in stage.options {
        page +=
          "| `\(option.name)` | \(Self.cell(option.type.description)) | `\(Self.cell(defaultText(option)))` | "
          + "\(Self.cell(option.help)) | `\(Self.cell("\(option.name): \(exampleText(option))"))` |\n"
      }
    }
    page += "\n## Examples\n\nEach of these is run as a test.\n"
    for example in stage.examples {
      let entry = example.options == "{}" ? stage.name : "\(stage.name): \(example.options)"
      page += "\n### \(example.title)\n\n"
      page += fenced("stages:\n\(needed(for: example).map { "  - \($0)\n" }.joined())  - \(entry)", "yaml")
      page +=
        "\nAn article with this text\n\n"
        + fenced(example.input, isXML(example.input) ? "xml" : isMarkup(example.input) ? "html" : "text")
      page += "\nhas in its record\n\n" + fenced(example.expect, "yaml")
    }
    return page
  }

  /// The stages before this one that provide what it needs, in the order of the chain.
  private func needed(for example: StageExample) -> [String] {
    (try? registry.stagesNeeded(by: stage, for: example).map(\.name)) ?? []
  }

  private func fenced(_ text: String, _ language: String) -> String {
    "```\(language)\n" + lines(text).map { $0 + "\n" }.joined() + "```\n"
  }

  /// Text for a cell of a table.
  private static func cell(_ text: String) -> String {
    text.split(separator: "\n").joined(separator: " ").split(separator: "|", omittingEmptySubsequences: false)
      .joined(separator: "\\|")
  }
}

// MARK: Parts

extension StagePage {
  private func needs(_ link: (String) -> String) -> String {
    if stage.requires.isEmpty { return "nothing" }
    return stage.requires.map { layer in
      layer.key + (registry.provider(of: layer).map { " (from \(link($0.name)))" } ?? "")
    }.joined(separator: ", ")
  }

  private static func names(_ layers: [Layer]) -> String {
    layers.isEmpty ? "nothing" : layers.map(\.key).joined(separator: ", ")
  }

  private func defaultText(_ option: OptionSpec) -> String {
    option.default.map { Self.yaml($0, as: option.type) } ?? "nothing"
  }

  private func exampleText(_ option: OptionSpec) -> String {
    if let example = option.example { return example }
    switch option.default {
    case .bool(let value): return value ? "false" : "true"
    case let value?: return Self.yaml(value, as: option.type)
    case nil: return "…"
    }
  }

  /// A value as it would be written in a pipeline.
  static func yaml(_ value: OptionValue, as type: OptionType) -> String {
    switch (value, type) {
    case (.integer(let value), .duration): OptionType.describe(milliseconds: value)
    case (.integer(let value), .size): OptionType.describe(bytes: value)
    case (.integer(let value), _): String(value)
    case (.number(let value), _): JSONValue.number(value).compact
    case (.bool(let value), _): value ? "true" : "false"
    case (.text(let text), .choice): text
    case (.text(let text), _): JSONValue.string(text).compact
    case (.list(let texts), .choices): "[\(texts.joined(separator: ", "))]"
    case (.list(let texts), _): "[\(texts.map { JSONValue.string($0).compact }.joined(separator: ", "))]"
    }
  }

  private func lines(_ text: String) -> [Substring] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  private static func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

  /// Words in lines of at most so many characters.
  static func wrapped(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    for word in text.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
