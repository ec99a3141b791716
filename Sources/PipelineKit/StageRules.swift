import StageKit

/// What a pipeline says of any stage beside the stage's own options: whether it runs, and what its errors cost.
public struct StageRules: StageOptions {
  public enum ErrorRule: String, CaseIterable, Sendable { case fail, skip }

  /// Of the articles that it runs on; `nil` for all.
  public var when: Condition?
  /// `nil` for what each error itself says.
  public var onError: ErrorRule?

  private var whenText = ""

  public init() {}

  static let table = OptionTable<StageRules>([
    .condition(
      "when", \.whenText,
      help: "The articles that the stage runs on. Of others it leaves its layers null, as do stages that need these.",
      example: #"language == "en" and words > 50"#),
    .choice(
      "on_error", \.onError,
      help: "What an error of the stage costs. fail: the article, whatever it is. skip: only the stage’s layers, which "
        + "are null, as are those of stages that need them. Without it, what the stage says.", example: "skip"),
  ])
}
