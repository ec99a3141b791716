/// Everything that is known of a stage without running it.
public struct StageDeclaration<Options: StageOptions>: Sendable {
  /// As YAML names it.
  public var name: String
  /// One line.
  public var summary: String
  /// A few sentences for the documentation.
  public var discussion: String
  public var requires: [Layer]
  public var provides: [Layer]
  public var options: OptionTable<Options>
  public var examples: [StageExample]

  public init(
    name: String, summary: String, discussion: String = "", requires: [Layer] = [], provides: [Layer],
    options: OptionTable<Options> = OptionTable([]), examples: [StageExample]
  ) {
    self.name = name
    self.summary = summary
    self.discussion = discussion
    self.requires = requires
    self.provides = provides
    self.options = options
    self.examples = examples
  }
}

/// An example in the documentation that is also a test: the input through the stages that this one needs, with their
/// defaults, and then this one.
public struct StageExample: Sendable {
  public var title: String
  /// YAML mapping, as it would stand in a pipeline: `{kinds: [direct]}`.
  public var options: String
  /// The text; taken for HTML where it starts with `<`.
  public var input: String
  /// YAML: the keys of the record that matter. Mappings may leave keys out; sequences are compared whole.
  public var expect: String

  public init(_ title: String, options: String = "{}", input: String, expect: String) {
    self.title = title
    self.options = options
    self.input = input
    self.expect = expect
  }
}
