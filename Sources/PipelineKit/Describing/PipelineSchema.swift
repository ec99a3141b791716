import ArticleIO
import StageKit

/// The JSON Schema (2020-12) of a pipeline file, for editors that complete and check YAML.
public enum PipelineSchema {
  public static func schema(of registry: StageRegistry) -> JSONValue {
    .object([
      "$schema": .string("https://json-schema.org/draft/2020-12/schema"),
      "title": .string("Linecaster pipeline"),
      "type": .string("object"),
      "required": .array([.string("name")]),
      "anyOf": .array([
        .object(["required": .array([.string("stages")])]), .object(["required": .array([.string(ExtendedFile.key)])]),
      ]),
      "additionalProperties": .bool(false), "patternProperties": .object(["^x-": .object([])]),
      "properties": .object(
        properties(TopSettings.table.specs) + [
          member(
            ExtendedFile.key,
            .object([
              "description": .string(
                "Another pipeline’s file that this one builds on: keys that are not given here are its."),
              "type": .string("string"),
            ])),
          member("inbox", mapping(InboxSettings.table.specs, help: "Where articles come from.")),
          member(
            "outbox",
            mapping(
              OutboxSettings.table.specs, help: "Where the lines go.",
              more: [
                member("roll", mapping(RollSettings.table.specs, help: "When the output file is sealed.")),
                member(
                  "route",
                  rules(
                    RouteSettings.table.specs,
                    help: "Records that go to a folder of the outbox: the first rule that holds decides.")),
              ])),
          member("done", done),
          member(
            "failed", mapping(FailedSettings.table.specs, help: "What becomes of inputs that failed.")),
          member("stages", stages(registry)),
          member(
            "discard",
            rules(
              DiscardSettings.table.specs,
              help: "Articles that get no record but a line in discarded/: the first rule that holds decides.")),
          member("tests", tests),
        ]),
    ])
  }

  private static func member(_ key: String, _ value: JSONValue) -> JSONValue.Member {
    JSONValue.Member(key: key, value: value)
  }

  private static func properties(_ specs: [OptionSpec]) -> [JSONValue.Member] {
    specs.map { member($0.name, property($0)) }
  }

  private static func mapping(_ specs: [OptionSpec], help: String, more: [JSONValue.Member] = []) -> JSONValue {
    .object([
      "description": .string(help), "type": .string("object"), "additionalProperties": .bool(false),
      "properties": .object(properties(specs) + more),
    ])
  }

  /// A list of mappings in which nothing may be left out.
  private static func rules(_ specs: [OptionSpec], help: String) -> JSONValue {
    .object([
      "description": .string(help), "type": .string("array"),
      "items": .object([
        "type": .string("object"), "additionalProperties": .bool(false),
        "required": .array(specs.map { .string($0.name) }), "properties": .object(properties(specs)),
      ]),
    ])
  }

  private static var done: JSONValue {
    .object([
      "description": .string("What becomes of inputs whose lines stand in the outbox."),
      "oneOf": .array([
        .object(["const": .string(DoneSettings.remove)]),
        mapping(DoneSettings.table.specs, help: "How long they are kept."),
      ]),
    ])
  }

  private static func stages(_ registry: StageRegistry) -> JSONValue {
    let choices = registry.stages.flatMap { stage -> [JSONValue] in
      let options = mapping(stage.options + StageRules.table.specs, help: stage.summary)
      return [
        .object(["const": .string(stage.name), "description": .string(stage.summary)]),
        .object([
          "type": .string("object"), "additionalProperties": .bool(false),
          "required": .array([.string(stage.name)]),
          "properties": .object([member(stage.name, .object(["oneOf": .array([options, isNull])]))]),
        ]),
      ]
    }
    return .object([
      "description": .string("The chain: each stage by its name, or with options: - NAME: {OPTION: VALUE}."),
      "type": .string("array"), "minItems": .number("1"), "items": .object(["oneOf": .array(choices)]),
    ])
  }

  private static let isNull = JSONValue.object(["type": .string("null")])

  private static var tests: JSONValue {
    let expect = JSONValue.object([
      "description": .string("The keys of the record that matter; lists are compared whole."),
      "type": .string("object"),
    ])
    let list = JSONValue.object([
      "type": .string("array"),
      "items": .object([
        "type": .string("object"), "additionalProperties": .bool(false),
        "required": .array([.string("name"), .string("input"), .string("expect")]),
        "properties": .object(properties(TestSettings.table.specs) + [member("expect", expect)]),
      ]),
    ])
    let file = JSONValue.object(["type": .string("string"), "pattern": .string(#"\.tests\.ya?ml$"#)])
    return .object([
      "description": .string(
        "Articles and what their records must hold, or the path of a file with them; ‘linecaster test’ runs them."),
      "oneOf": .array([list, file]),
    ])
  }
}

extension PipelineSchema {
  private static func property(_ spec: OptionSpec) -> JSONValue {
    let isBounded =
      switch spec.type {
      case .duration, .size: true
      default: false
      }
    var members = [member("description", .string(spec.help + (isBounded ? " A \(spec.type.description)." : "")))]
    let constraints = constraints(spec.type)
    if takesText(spec.type), case .object(let constraints) = constraints {
      members += constraints
    } else {
      members.append(member("anyOf", .array([constraints, variable])))
    }
    if let value = spec.default { members.append(member("default", json(value, as: spec.type))) }
    return .object(members)
  }

  private static func takesText(_ type: OptionType) -> Bool {
    switch type {
    case .text, .condition: true
    default: type.element != nil
    }
  }

  /// A value that the environment fills in.
  private static let variable = JSONValue.object(["type": .string("string"), "pattern": .string(#"\$\{"#)])

  private static func constraints(_ type: OptionType) -> JSONValue {
    switch type {
    case .bool: .object(["type": .string("boolean")])
    case .integer(let range):
      .object([
        "type": .string("integer"), "minimum": .number(String(range.lowerBound)),
        "maximum": range.upperBound == .max ? nil : .number(String(range.upperBound)),
      ])
    case .number(let range):
      .object([
        "type": .string("number"), "minimum": .number(range.lowerBound), "maximum": .number(range.upperBound),
      ])
    case .text, .condition: .object(["type": .string("string")])
    case .duration: .object(["type": .string("string"), "pattern": .string("^[0-9]+(ms|s|m|h|d)$")])
    case .size:
      .object([
        "type": .array([.string("string"), .string("integer")]),
        "pattern": .string("^[0-9]+(KiB|MiB|GiB|kB|MB|GB|B)?$"), "minimum": .number("0"),
      ])
    case .choice(let names): .object(["enum": .array(names.map(choice))])
    case .choices(let names):
      .object(["type": .string("array"), "items": .object(["enum": .array(names.map(JSONValue.string))])])
    case .texts: .object(["type": .string("array"), "items": .object(["type": .string("string")])])
    case .language: .object(["type": .string("string"), "pattern": .string("^[a-z]{2,3}$")])
    case .languages:
      .object([
        "type": .string("array"),
        "items": .object(["type": .string("string"), "pattern": .string("^[a-z]{2,3}$")]),
      ])
    }
  }

  /// In YAML, true and false are no texts.
  private static func choice(_ name: String) -> JSONValue {
    name == "true" || name == "false" ? .bool(name == "true") : .string(name)
  }

  private static func json(_ value: OptionValue, as type: OptionType) -> JSONValue {
    switch value {
    case .bool(let value): .bool(value)
    case .number(let value): .number(value)
    case .text(let text): type == .text ? .string(text) : choice(text)
    case .list(let texts): .array(texts.map(JSONValue.string))
    case .integer(let value):
      switch type {
      case .duration: .string(OptionType.describe(milliseconds: value))
      case .size: .string(OptionType.describe(bytes: value))
      default: .number(String(value))
      }
    }
  }
}
