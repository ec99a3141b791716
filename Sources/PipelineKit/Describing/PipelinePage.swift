import StageKit

/// What there is to know of a pipeline's file, for the terminal and as a page of the documentation; the keys are written from
/// their tables.
public enum PipelinePage {
  private struct Section {
    var title: String
    var help: String
    var specs: [OptionSpec]
  }

  private static let sections = [
    Section(title: "The file itself", help: "‘name’ and ‘stages’ must be there.", specs: TopSettings.table.specs),
    Section(title: "inbox", help: "Where articles come from.", specs: InboxSettings.table.specs),
    Section(title: "outbox", help: "Where their lines go.", specs: OutboxSettings.table.specs),
    Section(title: "outbox: roll", help: "When the live file is sealed.", specs: RollSettings.table.specs),
    Section(
      title: "outbox: route",
      help: "A list: records that go to a folder of the outbox. The first rule that holds decides.",
      specs: RouteSettings.table.specs),
    Section(
      title: "done", help: "What becomes of inputs whose lines stand in the outbox; or ‘done: remove’.",
      specs: DoneSettings.table.specs),
    Section(title: "failed", help: "What becomes of inputs that failed.", specs: FailedSettings.table.specs),
    Section(
      title: "discard",
      help: "A list: articles that get no record but a line in outbox/discarded/. The first rule that holds decides.",
      specs: DiscardSettings.table.specs),
    Section(
      title: "stages",
      help:
        "A list: each stage by its name, or with options, ‘- NAME: {OPTION: VALUE}’. Beside its own, every stage has these.",
      specs: StageRules.table.specs),
    Section(
      title: "tests",
      help:
        "A list, or the path of a file NAME.tests.yaml with one. Each item has ‘expect’, too: the keys of the record that matter; "
        + "lists are compared whole.",
      specs: TestSettings.table.specs),
  ]

  /// One key a line.
  public static var text: String {
    let keys = sections.flatMap { section in section.specs.map { (section, $0) } }
    let names = keys.map { section, spec in
      section.title == "The file itself" ? spec.name : "\(section.title): \(spec.name)"
    }
    let width = (names.map(\.count).max() ?? 0) + 2
    return zip(names, keys).map { name, key in
      name.padded(to: width) + "\(key.1.type.description)\(defaultText(key.1))\n"
    }.joined()
  }

  private static func defaultText(_ spec: OptionSpec) -> String {
    spec.default.map { "; default \(StagePage.yaml($0, as: spec.type))" } ?? ""
  }

  public static var markdown: String {
    "# The pipeline file\n\n\(introduction)\n" + sections.map(markdown).joined()
  }

  private static func markdown(_ section: Section) -> String {
    let rows = section.specs.map { spec in
      let standard = spec.default.map { "`\(cell(StagePage.yaml($0, as: spec.type)))`" } ?? ""
      return "| `\(spec.name)` | \(cell(spec.type.description)) | \(standard) | \(cell(spec.help)) |\n"
    }
    let title = section.title == "The file itself" ? section.title : "`\(section.title)`"
    return "\n## \(title)\n\n\(section.help)\n\n| key | takes | default | what it is |\n|---|---|---|---|\n"
      + rows.joined()
  }

  private static func cell(_ text: String) -> String {
    text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
  }

  private static let introduction = """
    A pipeline is a YAML file of at most 1 MiB. `linecaster init` writes a first one with every key explained; `linecaster check` says all
    that is wrong with one, at its place; `linecaster schema pipeline` prints its JSON Schema for editors.

    - **Variables.** `${NAME}` in a value is filled in from the environment, `${NAME:default}` where that has none; `$${` stands for `${`. In
      braces it needs quotes: `{path: "${INBOX}"}`. What comes in is text of that one value; in `tests` nothing is filled in. A daemon keeps
      the environment that it was started with.
    - **What repeats.** `&name` names a value, `*name` repeats it, `<<: *name` takes over the keys of a mapping that are not given. Keys of
      the file that start with `x-` are for such values.
    - **One file on top of another.** `extends: news.yaml` takes over all that the other file has and this one does not: mappings are merged key
      by key, anything else of this file, as `stages` or `tests`, takes the place of what is there. Paths count from this file. It needs a
      name and an inbox of its own. A daemon takes up a change of the other file where it lies among its pipelines, else on SIGHUP.
    - **Sizes** are bytes, or a whole number with `B`, `kB`, `MB`, `GB` (powers of 1000), `KiB`, `MiB` or `GiB` (of 1024). **Durations** are a whole
      number with `ms`, `s`, `m`, `h` or `d`. **Truth** is `true` or `false`, also `True` or `TRUE`, without quotes.
    - **Conditions** of `when` have [a page](conditions.md), the stages [theirs](stages/README.md).
    """
}
