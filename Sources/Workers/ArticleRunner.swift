/// Runs articles in their order: in a worker process, or here.
public protocol ArticleRunner: AnyObject, Sendable {
  /// - Parameters:
  ///   - more: further articles, where there are some at once; empty for none.
  ///   - done: takes each outcome, in the order of the articles.
  func run(_ works: [ArticleWork], more: () -> [ArticleWork], done: (WorkOutcome) -> Void)
}

extension ChainWorker: ArticleRunner {}

/// Runs articles in this process, which then shares their fate: for tests of a chain.
public final class LocalRunner: ArticleRunner {
  private let worker: ArticleWorker

  public init(_ worker: ArticleWorker) { self.worker = worker }

  public func run(_ works: [ArticleWork], more: () -> [ArticleWork], done: (WorkOutcome) -> Void) {
    for work in works { done(worker.perform(work)) }
  }
}
