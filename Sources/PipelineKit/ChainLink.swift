import StageKit

/// A stage of a chain, ready to work.
public struct ChainLink: Sendable {
  public let kind: StageKind
  /// The options that it was made with.
  public let options: OptionValues
  /// 24 hex digits over the program's version and its word lists, the stage's name, its options with their defaults filled
  /// in, and every model, list and file that it was made with. `nil` where no pipeline's file named it, or it was not made.
  public internal(set) var digest: String?
  public private(set) var rules: StageRules
  let processor: any ArticleProcessor

  /// One that is only declared: the chain runs in other processes, which make its stages.
  static func declared(_ kind: StageKind, options: OptionValues, rules: StageRules) -> ChainLink {
    ChainLink(kind, options: options, rules: rules, processor: DeclaredOnly())
  }

  /// - Throws: where a list or model that the options name cannot be had.
  public init(
    _ kind: StageKind, options: OptionValues = [:], rules: StageRules = StageRules(), context: StageContext
  ) throws(StageError) {
    self.init(kind, options: options, rules: rules, processor: try kind.make(options, context))
  }

  public init(
    _ kind: StageKind, options: OptionValues = [:], rules: StageRules = StageRules(), processor: any ArticleProcessor
  ) {
    self.kind = kind
    self.options = options
    self.rules = rules
    self.processor = processor
  }
}

extension ChainLink {
  var unconditional: ChainLink {
    var link = self
    link.rules.when = nil
    return link
  }

  func failsArticle(of error: StageError) -> Bool {
    switch rules.onError {
    case .fail: true
    case .skip: false
    case nil: error.effect == .failsArticle
    }
  }
}

/// Stands where a stage was not made.
private struct DeclaredOnly: ArticleProcessor {
  func process(_ article: inout Article, deadline: Deadline) throws(StageError) {
    throw StageError(.failsArticle, class: .notMade, "the stages of this chain were not made in this process")
  }
}
