import ArticleIO
import Bytes
import Disk
import StageKit

/// Stages in the order they run. Immutable: every worker uses the same one.
public struct Chain: Sendable {
  public let links: [ChainLink]

  public init(_ links: [ChainLink]) { self.links = links }

  /// Runs the pure half of every stage.
  ///
  /// - Parameters:
  ///   - routing: its rules to discard are looked at as soon as what they read is known.
  ///   - earlier: a record of the article, out of which comes what the stages that are the same as then had provided.
  ///   - entering: is told the place of each stage before it runs.
  ///   - leaving: is told the place of each stage behind it, with the article, and whether it ran.
  /// - Returns: the reason to discard the article, by its place among the rules: stages behind that point did not run.
  /// - Throws: the error that costs the article; one that costs only a layer is noted in `article.errors`, beside those
  ///   that stages noted themselves.
  @discardableResult
  public func process(
    _ article: inout Article, deadline: Deadline, routing: Routing = Routing(), earlier: EarlierRecord? = nil,
    entering: (Int) -> Void = { _ in }, leaving: ((Int, Article, Bool) -> Void)? = nil
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
      if let earlier, restore(place, of: &run.article, from: earlier) { continue }
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

  /// - Returns: whether an earlier record tells what the stage would find.
  func restore(_ place: Int, of article: inout Article, from earlier: EarlierRecord) -> Bool {
    // What is handed over to a memory is in no record.
    let kind = links[place].kind
    guard place < earlier.stages, kind.memory == nil, !isReadInside(kind, from: earlier.stages) else { return false }
    return (try? earlier.restore(kind.provides, of: kind.name, in: &article)) ?? false
  }

  /// Whether a stage from `place` on asks for more than the record says of what another one provides: whom pronouns stand for
  /// is weighed before it is known, so that `quotes` wants names as `entities` leaves them. Plugins see what a record says.
  private func isReadInside(_ kind: StageKind, from place: Int) -> Bool {
    kind.provides.contains(.entities)
      && links[min(place, links.count)...].contains { link in
        link.kind.plugin == nil && link.kind.memory == nil && link.kind.requires.contains(.entities)
      }
  }

  /// - Returns: whether the article goes on to the stage; `isLeftOut` tells whether that runs.
  func begin(_ run: inout ArticleRun, at place: Int, _ routing: Routing) -> Bool {
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
  func finish(_ run: inout ArticleRun, at place: Int, _ error: StageError?) {
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
  func end(_ run: inout ArticleRun, _ routing: Routing) {
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

  func run(_ place: Int, on article: inout Article, deadline: Deadline) throws(StageError) {
    try checkMayRun(place, on: article, deadline: deadline)
    try links[place].processor.process(&article, deadline: deadline)
  }

  func checkMayRun(_ place: Int, on article: Article, deadline: Deadline) throws(StageError) {
    try deadline.check()
    guard let markup = article.markup, !links[place].kind.provides.contains(.body) else { return }
    // What made the text of a document has nothing to do any more.
    if links[place].kind.plugin?.reads.isEmpty != false { throw needsClean(markup) }
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
  /// Options whose values differ from those of another pipeline that shares its memory; none where that does not.
  func disagreements(with other: ChainMemory) -> [String] {
    guard let scope, stage == other.stage, scope == other.scope else { return [] }
    let (terms, others) = (kind.sharedTerms(options), other.kind.sharedTerms(other.options))
    return terms.keys.filter { terms[$0] != others[$0] }.sorted()
  }
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
