import Bytes
import Disk
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
  fileprivate var unconditional: ChainLink {
    var link = self
    link.rules.when = nil
    return link
  }

  fileprivate func failsArticle(of error: StageError) -> Bool {
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

/// An article on its way through a chain.
private struct ArticleRun {
  enum End {
    /// By the rule at this place among those to discard.
    case discarded(Int)
    case failed(StageError)
  }

  var article: Article
  /// Whether the stage that is next does not run on it, and whether one before did not.
  var (isLeftOut, isAnyLeftOut) = (false, false)
  /// `nil` while it is under way.
  var end: End?

  init(_ article: Article) { self.article = article }
}

/// Stages in the order they run. Immutable: every worker uses the same one.
public struct Chain: Sendable {
  public let links: [ChainLink]

  public init(_ links: [ChainLink]) { self.links = links }

  /// Runs the pure half of every stage.
  ///
  /// - Parameters:
  ///   - routing: its rules to discard are looked at as soon as what they read is known.
  ///   - entering: is told the place of each stage before it runs.
  ///   - leaving: is told the place of each stage behind it, with the article, and whether it ran.
  /// - Returns: the reason to discard the article, by its place among the rules: stages behind that point did not run.
  /// - Throws: the error that costs the article; one that costs only a layer is noted in `article.errors`, beside those
  ///   that stages noted themselves.
  @discardableResult
  public func process(
    _ article: inout Article, deadline: Deadline, routing: Routing = Routing(), entering: (Int) -> Void = { _ in },
    leaving: ((Int, Article, Bool) -> Void)? = nil
  ) throws(StageError) -> Int? {
    // Moved, not copied, so that stages change it in place.
    var run = ArticleRun(consume article)
    defer { article = run.article }
    // By place: a copy of a link would retain all that it declares.
    for place in links.indices where begin(&run, at: place, routing) {
      if run.isLeftOut {
        leaving?(place, run.article, false)
        continue
      }
      entering(place)
      do throws(StageError) {
        try self.run(place, on: &run.article, deadline: deadline)
        finish(&run, at: place, nil)
      } catch {
        finish(&run, at: place, error)
      }
      if case .failed(let error) = run.end { throw error }
      leaving?(place, run.article, true)
    }
    end(&run, routing)
    switch run.end {
    case .failed(let error): throw error
    case .discarded(let reason): return reason
    case nil: return nil
    }
  }

  /// Runs the pure half of every stage on many articles, all of them through one stage before the next one: for chains with a stage that
  /// takes many at once.
  ///
  /// - Parameter entering: is told the number of the article and the place of each stage before it runs.
  /// - Returns: each article, with the reason to discard it, or what it failed of; as of one alone.
  public func process(
    _ articles: [Article], deadline: Deadline, routing: Routing = Routing(), entering: (Int, Int) -> Void = { _, _ in }
  ) -> [Result<(article: Article, reason: Int?), StageError>] {
    var runs = articles.map(ArticleRun.init)
    for place in links.indices {
      let under = runs.indices.filter { begin(&runs[$0], at: place, routing) && !runs[$0].isLeftOut }
      if let stage = links[place].processor as? any BatchProcessor, under.count > 1 {
        runMany(stage, place, under, &runs, deadline: deadline, entering)
        continue
      }
      for number in under {
        entering(number, place)
        do throws(StageError) {
          try run(place, on: &runs[number].article, deadline: deadline)
          finish(&runs[number], at: place, nil)
        } catch {
          finish(&runs[number], at: place, error)
        }
      }
    }
    return runs.indices.map { number in
      end(&runs[number], routing)
      switch runs[number].end {
      case .failed(let error): return .failure(error)
      case .discarded(let reason): return .success((runs[number].article, reason))
      case nil: return .success((runs[number].article, nil))
      }
    }
  }

  private func runMany(
    _ stage: any BatchProcessor, _ place: Int, _ numbers: [Int], _ runs: inout [ArticleRun], deadline: Deadline,
    _ entering: (Int, Int) -> Void
  ) {
    var ready: [Int] = []
    for number in numbers {
      do throws(StageError) {
        try checkMayRun(place, on: runs[number].article, deadline: deadline)
        ready.append(number)
      } catch {
        finish(&runs[number], at: place, error)
      }
    }
    for start in stride(from: 0, to: ready.count, by: max(1, stage.batch)) {
      let part = ready[start..<min(start + max(1, stage.batch), ready.count)]
      if let first = part.first { entering(first, place) }
      var articles = part.map { runs[$0].article }
      let errors = stage.process(&articles, deadline: deadline)
      for (index, number) in part.enumerated() {
        runs[number].article = articles[index]
        finish(&runs[number], at: place, errors[index])
      }
    }
  }

  /// Endings, without their dot, of documents that a plugin of the chain reads.
  public var documents: [String] { links.flatMap { $0.kind.plugin?.reads ?? [] } }

  /// Turns a document into text or HTML.
  ///
  /// - Returns: `nil` where no stage reads such documents.
  func convert(_ file: [UInt8], name: [UInt8], deadline: Deadline) throws(StageError) -> ConvertedDocument? {
    let lowered = name.map(\.lowered)
    let place = links.firstIndex { link in
      link.kind.plugin?.reads.contains { lowered.suffix($0.utf8.count + 1).elementsEqual(".\($0)".utf8) } == true
    }
    guard let place, let converter = links[place].processor as? any DocumentConverter else { return nil }
    do throws(StageError) {
      return try converter.convert(file, name: name, deadline: deadline)
    } catch {
      var named = error
      named.stage = links[place].kind.name
      throw named
    }
  }

  /// Whether a stage takes many articles at once, and how many.
  public var batch: Int { links.lazy.compactMap { ($0.processor as? any BatchProcessor)?.batch }.max() ?? 1 }

  /// - Returns: whether the article goes on to the stage; `isLeftOut` tells whether that runs.
  private func begin(_ run: inout ArticleRun, at place: Int, _ routing: Routing) -> Bool {
    if run.end != nil { return false }
    if let reason = routing.discard(run.article, at: place) {
      run.end = .discarded(reason)
      return false
    }
    run.isLeftOut = leavesOut(place, run.article, run.isAnyLeftOut)
    if run.isLeftOut { run.isAnyLeftOut = true }
    return true
  }

  /// The stage ran, or failed.
  private func finish(_ run: inout ArticleRun, at place: Int, _ error: StageError?) {
    if var named = error {
      named.stage = links[place].kind.name
      if links[place].failsArticle(of: named) {
        run.end = .failed(named)
        return
      }
      run.article.errors.append(named)
      if links[place].rules.onError == .skip { run.isAnyLeftOut = true }
    }
    for at in run.article.errors.indices where run.article.errors[at].stage == nil {
      run.article.errors[at].stage = links[place].kind.name
      if links[place].rules.onError == .fail {
        run.end = .failed(run.article.errors[at])
        return
      }
    }
  }

  /// All stages are through.
  private func end(_ run: inout ArticleRun, _ routing: Routing) {
    if run.end != nil { return }
    if let reason = routing.discard(run.article, at: links.count) {
      run.end = .discarded(reason)
    } else if let markup = run.article.markup {
      run.end = .failed(needsClean(markup))
    }
  }

  /// Whether a stage does not run on an article: its condition does not hold, or what it needs was left out itself.
  private func leavesOut(_ place: Int, _ article: Article, _ isAnyLeftOut: Bool) -> Bool {
    if let when = links[place].rules.when, !when.holds(of: article) { return true }
    return isAnyLeftOut && links[place].kind.requires.contains { !article.has($0) }
  }

  private func run(_ place: Int, on article: inout Article, deadline: Deadline) throws(StageError) {
    try checkMayRun(place, on: article, deadline: deadline)
    try links[place].processor.process(&article, deadline: deadline)
  }

  private func checkMayRun(_ place: Int, on article: Article, deadline: Deadline) throws(StageError) {
    try deadline.check()
    guard let markup = article.markup else { return }
    let kind = links[place].kind
    // What made the text of a document has nothing to do any more.
    if !kind.provides.contains(.body), kind.plugin?.reads.isEmpty != false { throw needsClean(markup) }
  }

  private func needsClean(_ markup: Article.Markup) -> StageError {
    let cleaner = links.first { $0.kind.provides.contains(.body) }?.kind.name
    return StageError(
      .failsArticle, class: .needsClean,
      cleaner.map {
        "the article is \(markup.rawValue), and ‘\($0)’ did not turn it into text, by its ‘when’ or ‘on_error’"
      }
        ?? "the article is \(markup.rawValue) and the chain does not turn it into text: put `clean` first")
  }

  /// The stages that are of a type, in the order they run.
  public func processors<Processor: ArticleProcessor>(of type: Processor.Type) -> [Processor] {
    links.compactMap { $0.processor as? Processor }
  }

  /// What the last stage does to a text alone: for articles that are only read back.
  ///
  /// - Returns: what it hands to its decider; `nil` where it hands nothing over.
  public func handover(of article: Article) -> [UInt8]? {
    guard let last = links.last, last.kind.memory != nil else { return nil }
    var article = article
    try? last.processor.process(&article, deadline: .none)
    return article.handover
  }

  /// Of each stage by itself, in the order they run: what tells whether the same article can have another result from there
  /// on. Empty where the stages were not made.
  public var stageDigests: [StageDigest] {
    links.compactMap { link in link.digest.map { StageDigest(stage: link.kind.name, digest: $0) } }
  }

  /// The same, of which every stage runs on every article.
  var unconditional: Chain { Chain(links.map(\.unconditional)) }

  /// Whether the last stage may pass over an article by its condition.
  public var remembersSome: Bool { links.last?.rules.when != nil }

  /// The layers that its stages provide.
  public var layers: [Layer] { links.flatMap(\.kind.provides) }

  /// How the last stage remembers; `nil` where it does not.
  public var memory: ChainMemory? {
    guard let last = links.last, let kind = last.kind.memory else { return nil }
    return ChainMemory(stage: last.kind.name, kind: kind, options: last.options)
  }

  /// A decider over a memory of its own that is empty; `nil` where the chain does not remember.
  public func makeDecider() -> Decider? { memory?.makeEmptyDecider() }
}

/// Which state of a stage a chain runs.
public struct StageDigest: Sendable, Equatable {
  /// Its name.
  public let stage: String
  /// 24 hex digits.
  public let digest: String

  public init(stage: String, digest: String) { (self.stage, self.digest) = (stage, digest) }
}

/// How one chain remembers.
public struct ChainMemory: Sendable {
  /// The stage's name.
  public let stage: String
  let kind: MemoryKind
  let options: OptionValues

  /// What several pipelines share a memory under; `nil` for one of the pipeline's own.
  public var scope: String? { kind.scope(options) }
  /// Whether records of some articles go beside the outbox.
  public var setsAside: Bool { kind.setsAside(options) }

  public func open(in directory: StateDirectory) throws(DiskError) -> StageMemory {
    try kind.open(options, directory)
  }

  /// The chain's decider over a memory that is open.
  public func makeDecider(over memory: StageMemory) -> Decider { memory.makeDecider(options) }

  /// Nothing on a disk is touched, so that nothing there can go wrong.
  func makeEmptyDecider() -> Decider? { (try? kind.open(options, nil)).map(makeDecider(over:)) }
}
