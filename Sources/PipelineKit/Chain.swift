import StageKit

/// Stages in the order they run. Immutable: every worker uses the same one.
public struct Chain: Sendable {
  private let stages: [any Stage]

  public init(stages: [any Stage]) { self.stages = stages }

  /// Runs the pure half of every stage.
  ///
  /// - Throws: the error that costs the article; one that costs only a layer is noted in `article.errors`.
  public func process(_ article: inout Article, deadline: Deadline) throws(StageError) {
    for stage in stages {
      do throws(StageError) {
        try Self.run(stage, on: &article, deadline: deadline)
      } catch {
        var named = error
        named.stage = stage.name
        if named.effect == .failsArticle { throw named }
        article.errors.append(named)
      }
    }
  }

  private static func run<S: Stage>(_ stage: S, on article: inout Article, deadline: Deadline) throws(StageError) {
    try deadline.check()
    if article.isMarkup, !S.declaration.provides.contains(.body) {
      throw StageError(
        .failsArticle, class: "needs_clean",
        "the article is \(article.source.format == .xml ? "XML" : "HTML") and the chain does not turn it into text: "
          + "put `clean` first")
    }
    try stage.process(&article, deadline: deadline)
  }

  /// The stateful half of the last stage; `nil` where no stage keeps state.
  ///
  /// - Parameter state: what it remembers by, opened for this stage; `nil` for a memory of its own that is empty.
  public func makeDecider(over state: (any DeciderState)? = nil) -> (any Decider)? {
    stages.last?.makeDecider(over: state)
  }

  /// The stage that may keep state.
  public var last: (any Stage)? { stages.last }

  public var stageNames: [String] { stages.map(\.name) }
}

extension Stage {
  var name: String { Self.declaration.name }
}
