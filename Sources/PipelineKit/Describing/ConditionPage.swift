import Bytes
import StageKit

/// What there is to know of conditions, for the terminal and as a page of the documentation; the fields are written from
/// their table.
public struct ConditionPage {
  private let registry: StageRegistry

  public init(_ registry: StageRegistry) { self.registry = registry }

  /// The fields, one a line.
  public var text: String {
    let fields = ConditionField.all
    let (first, second) = (Self.width(fields.map(\.name)), Self.width(fields.map { kind($0) }))
    return fields.map { field in
      field.name.padded(to: first) + kind(field).padded(to: second) + plain(field.help) + "\n"
    }.joined()
  }

  public var markdown: String {
    """
    # Conditions

    \(Self.introduction)

    ## Where conditions stand

    \(Self.places)

    ## Where lines go

    \(Self.rules)

    ## Fields

    \(table)
    """
  }

  private var table: String {
    "| field | what | known | takes | help |\n|---|---|---|---|---|\n"
      + ConditionField.all.map { field in
        "| `\(field.name)` | \(kind(field)) | \(known(field.standing)) | "
          + field.kind.relations.map { "`\($0)`" }.joined(separator: " ") + " | \(help(field)) |\n"
      }.joined()
  }

  private func kind(_ field: ConditionField) -> String {
    let kind =
      switch field.kind {
      case .number: "number"
      case .text: "text"
      case .day: "day"
      case .language: "language"
      case .choice: "word"
      }
    return field.isList ? "list of \(kind)s" : kind
  }

  private func help(_ field: ConditionField) -> String {
    guard case .choice(let names) = field.kind else { return field.help }
    return "\(field.help) One of \(names.map { "`\($0)`" }.joined(separator: ", "))."
  }

  private func plain(_ help: String) -> String { help.hasSuffix(".") ? String(help.dropLast()) : help }

  private func known(_ standing: ConditionField.Standing) -> String {
    switch standing {
    case .input(let layers):
      let stages = layers.compactMap { registry.provider(of: $0)?.name }.map { "`\($0)`" }
      return stages.isEmpty
        ? "from the start"
        : "behind \(stages.joined(separator: " or ")), where the chain has \(stages.count > 1 ? "one" : "it")"
    case .layer(let layer): return "behind " + (registry.provider(of: layer).map { "`\($0.name)`" } ?? layer.key)
    case .chain: return "behind the last stage"
    case .decision: return "at the commit: in routes only"
    }
  }

  private static func width(_ texts: [String]) -> Int { (texts.map(\.count).max() ?? 0) + 2 }

  private static let places = """
    `when` on a stage: of articles of which the condition does not hold, the stage leaves its layers `null`. Stages that need one of
    these are left out with it; neither makes an entry in `errors`.

    ```yaml
    stages:
      - clean
      - segment
      - entities: {when: language == "en" and words > 50}
      - quotes:
          when: not title matches "*[Ss]udoku*"
          on_error: skip
    ```

    A condition reads what is known before its stage; one that reads what comes later is refused. A page that `clean` is left out of
    fails (`needs_clean`), as no other stage takes markup.

    `on_error` on a stage says what its errors cost, whatever they say themselves: with `fail` each one fails the article, also those
    that would only be noted; with `skip` the stage’s layers are `null`, stages that need them are left out, and `errors` has the entry.
    That goes for the deadline, too, which is the article’s: stages behind one that took all the time stop at once. A crash, a kill by the
    clock and a lack of memory end the worker, not the stage, and fail the article with either.
    """

  private static let rules = """
    `discard` is a list of rules with `when` and `reason`. An article of which one holds gets no record but a line in
    `outbox/discarded/NAME.jsonl` (`linecaster schema discarded`): id, number, source, and the reason of the first rule. Each rule is
    looked at as soon as what it reads is known, and stages behind that point do not run on a discarded article; `dedupe` does not
    remember it. `status` counts by reason, `why` and `put --wait` tell it; `pipe` and `process` leave the line out and say at their end,
    on standard error, how many there were.

    `route` of `outbox` is a list of rules with `when` and `to`: the record goes to `outbox/FOLDER/NAME.jsonl` by the first that holds,
    else to `outbox/NAME.jsonl`. Here `duplicates.status` is known, too; copies that `dedupe: {action: set_aside}` sets aside are not
    asked about. `pipe` and `process` write all records to standard output, wherever they would go in a spool.

    ```yaml
    discard:
      - {when: words < 30, reason: too short}
      - {when: 'not language in ["en", "fr"]', reason: another language}
    outbox:
      route:
        - {when: tags == "sport", to: sport}
        - {when: entities.link != null, to: watched}
    ```

    A test of a pipeline may expect that an article is discarded: `expect: {reason: too short}`.
    """

  private static let introduction = """
    A condition asks something of an article. It compares fields with values, and joins such tests:

    ```yaml
    language == "en" and words > 50
    not (title matches "*crossword*" or tags in ["sudoku", "horoscope"])
    ```

    | | |
    |---|---|
    | `FIELD == VALUE`, `FIELD != VALUE` | texts, days and words stand in quotation marks, `"…"` or `'…'`; numbers are whole and stand without |
    | `FIELD < VALUE`, `<=`, `>`, `>=` | of numbers and days |
    | `FIELD in [VALUE, VALUE]` | it is one of them |
    | `FIELD matches "PATTERN"` | the whole text fits a shell pattern: `*` any characters, `?` one, `[a-z]` and `[!a-z]` one of a set; `\\*` is the character itself |
    | `FIELD == null`, `FIELD != null` | there is none, or there is one |
    | `and`, `or`, `not`, `( )` | `not` binds tighter than `and`, `and` tighter than `or` |

    Small and capital letters are different ones. Of a list a test holds where it holds of one member: `tags == "sport"` asks whether
    “sport” is among the tags. `!=` is the contrary of `==`, always: `tags != "sport"` asks that it is not among them. Where an article has
    no value (no headline, a stage that did not run), no test holds but `!=` and `== null`.

    Everything is checked when the pipeline is loaded: the names of fields, that a value fits its field, and that what a condition reads
    is known where it stands.

    In YAML a condition needs no quotation marks of its own behind `when:` on a line of its own. Inside `{…}` put it into single ones
    where it has a comma or a bracket: `{when: 'language in ["en", "de"]'}`.
    """
}
