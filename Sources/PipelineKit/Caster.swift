import ArticleIO
import Bytes
import Glibc
import StageKit

/// Casts raw articles into record lines: decode, run the chain, render. The one way an article takes, whether it came
/// from a file, a pipe or the spool.
public struct Caster: Sendable {
  public private(set) var chain: Chain
  let writer: RecordWriter
  public private(set) var routing: Routing
  let pipelineName: [UInt8]
  let pipelineDigest: [UInt8]
  let deadline: Duration?

  /// - Parameter deadline: how long an article may take; `nil` for ever.
  public init(
    chain: Chain, writer: RecordWriter, routing: Routing = Routing(), pipelineName: String, pipelineDigest: String,
    deadline: Duration?
  ) {
    self.chain = chain
    self.writer = writer
    self.routing = routing
    self.pipelineName = Array(pipelineName.utf8)
    self.pipelineDigest = Array(pipelineDigest.utf8)
    self.deadline = deadline
  }

  public init(pipeline: Pipeline) {
    self.init(
      chain: pipeline.chain, writer: RecordWriter(pipeline.recordForm), routing: pipeline.routing,
      pipelineName: pipeline.name, pipelineDigest: pipeline.digest ?? "", deadline: pipeline.deadline)
  }

  /// The same without any condition: every stage runs on every article, and each has a record.
  public var unconditional: Caster {
    var caster = self
    caster.chain = chain.unconditional
    caster.routing = Routing()
    return caster
  }

  /// The part that any worker can do.
  ///
  /// - Parameters:
  ///   - name: the file's name.
  ///   - path: the same from the inbox, where the folders below it are read.
  ///   - tags: what to add to the article's own.
  ///   - sequence: the article's number in its spool.
  ///   - received: RFC 3339 in UTC.
  ///   - arrival: the same instant in seconds since 1970; `nil` for now.
  ///   - entering: is told the place of each stage in the chain before it runs, and the number of stages before the record is
  ///     written.
  public func cast(
    _ raw: RawArticle, name: [UInt8], path: [UInt8]? = nil, tags: [[UInt8]] = [], sequence: UInt64? = nil,
    received: [UInt8]? = nil, arrival: Int64? = nil, entering: (Int) -> Void = { _ in }
  ) -> Result<Cast, CastingError> {
    cast(
      CastInput(raw, name: name, path: path, tags: tags, sequence: sequence, received: received, arrival: arrival),
      entering: entering)
  }

  /// The same.
  public func cast(_ input: CastInput, entering: (Int) -> Void = { _ in }) -> Result<Cast, CastingError> {
    let deadline = deadline.map(Deadline.init(after:)) ?? .none
    do throws(CastingError) {
      var article = try decode(input, deadline)
      do throws(StageError) {
        let reason = try chain.process(
          &article, deadline: deadline, routing: routing, earlier: input.earlier, entering: entering)
        entering(chain.links.count)
        return .success(finish(article, input, discardedFor: reason))
      } catch {
        var failure = CastingError(error)
        failure.id = article.id
        return .failure(failure)
      }
    } catch {
      return .failure(error)
    }
  }

  /// The same for many articles at once, all of them through one stage before the next one.
  ///
  /// - Parameter entering: is told the number of the article and the place of each stage before it runs.
  public func cast(
    _ inputs: [CastInput], entering: (Int, Int) -> Void = { _, _ in }
  ) -> [Result<Cast, CastingError>] {
    // They share their time.
    let deadline = deadline.map { Deadline(after: $0 * inputs.count) } ?? .none
    var casts: [Result<Cast, CastingError>?] = inputs.map { _ in nil }
    var articles: [Article] = []
    var numbers: [Int] = []
    for (number, input) in inputs.enumerated() {
      do throws(CastingError) {
        articles.append(try decode(input, deadline))
        numbers.append(number)
      } catch {
        casts[number] = .failure(error)
      }
    }
    let results = chain.process(
      articles, deadline: deadline, routing: routing, earlier: numbers.map { inputs[$0].earlier }
    ) { entering(numbers[$0], $1) }
    for (number, result) in zip(numbers, results) {
      switch result {
      case .success(let done): casts[number] = .success(finish(done.article, inputs[number], discardedFor: done.reason))
      case .failure(let error): casts[number] = .failure(CastingError(error))
      }
    }
    return casts.compactMap(\.self)
  }

  func decode(_ input: CastInput, _ deadline: Deadline) throws(CastingError) -> Article {
    do {
      var article = try read(input, deadline)
      article.addedTags = input.tags
      return article
    } catch let error as StageError {
      throw CastingError(error)
    } catch let error as InputError {
      throw CastingError(stage: nil, class: error.class, message: error.message)
    } catch {
      throw CastingError(stage: nil, class: .read, message: "\(error)")
    }
  }

  private func read(_ input: CastInput, _ deadline: Deadline) throws -> Article {
    guard input.raw.format.name == InputFormat.document.name,
      let document = try chain.convert(input.raw.bytes, name: input.name, deadline: deadline)
    else { return try input.raw.decode(name: input.name, path: input.path) }
    let raw = RawArticle(
      bytes: document.content, line: input.raw.line, format: document.isHTML ? .html : .text, encoding: "utf-8")
    var article = try raw.decode(from: input.raw, name: input.name, path: input.path)
    if let title = document.title { article.metadata.title = title }
    if !document.byline.isEmpty { article.metadata.byline = document.byline }
    if let published = document.published { article.metadata.published = published }
    return article
  }

  private func finish(_ article: Article, _ input: CastInput, discardedFor reason: Int?) -> Cast {
    var article = article
    for tag in input.tags where !article.metadata.tags.contains(tag) { article.metadata.tags.append(tag) }
    let stamp = RecordStamp(
      sequence: input.sequence, received: input.received, pipelineName: pipelineName, pipelineDigest: pipelineDigest)
    let arrival = Arrival(
      id: article.id, sequence: input.sequence, time: input.arrival ?? Int64(time(nil)),
      published: article.metadata.published.flatMap(Day.init(iso:)))
    guard let reason else {
      return Cast(
        article: article, arrival: arrival, parts: writer.parts(of: article, stamp: stamp),
        destination: .record(routing.table(of: article)))
    }
    // What is discarded is not remembered.
    article.handover = nil
    let parts = writer.discarded(article, for: routing.discards[reason].reason, stamp: stamp)
    return Cast(article: article, arrival: arrival, parts: parts, destination: .discarded(reason: reason))
  }
}

/// A raw article, and what is known of it beside its bytes; as `Caster.cast` has it.
public struct CastInput: Sendable {
  public var raw: RawArticle
  var name: [UInt8]
  var path: [UInt8]?
  var tags: [[UInt8]]
  var sequence: UInt64?
  var received: [UInt8]?
  var arrival: Int64?
  /// A record of the same article, where some of the stages are the same as then.
  public var earlier: EarlierRecord?

  public init(
    _ raw: RawArticle, name: [UInt8], path: [UInt8]? = nil, tags: [[UInt8]] = [], sequence: UInt64? = nil,
    received: [UInt8]? = nil, arrival: Int64? = nil
  ) {
    self.raw = raw
    self.name = name
    self.path = path
    self.tags = tags
    self.sequence = sequence
    self.received = received
    self.arrival = arrival
  }
}

/// An article that is done but for what only the commit thread can decide.
public struct Cast: Sendable {
  public let article: Article
  public let arrival: Arrival
  public let parts: RecordParts
  public let destination: Destination

  init(article: Article, arrival: Arrival, parts: RecordParts, destination: Destination) {
    self.article = article
    self.arrival = arrival
    self.parts = parts
    self.destination = destination
  }

  /// The finished line, and what else was decided. Call it on one thread, in arrival order.
  public func finish(_ decider: Decider?) throws(CastingError) -> (line: [UInt8], decision: Decision) {
    guard let decider, let handover = article.handover else { return (parts.line(Decision()), Decision()) }
    do throws(HandoverProblem) {
      let decision = try decider.decide(arrival, handover)
      return (parts.line(decision), decision)
    } catch {
      throw CastingError(stage: nil, class: .handover, message: error.message)
    }
  }

  public func line(_ decider: Decider?) throws(CastingError) -> [UInt8] { try finish(decider).line }
}

/// Why an article has no record.
public struct CastingError: Error, Sendable, Equatable {
  /// `nil` where the input itself was no article.
  public var stage: String?
  public var `class`: String
  public var message: String
  /// The article's; `nil` where it was not known yet.
  public var id: [UInt8]?

  public init(stage: String?, class: String, message: String) {
    self.stage = stage
    self.class = `class`
    self.message = message
  }

  init(_ error: StageError) { self.init(stage: error.stage, class: error.class, message: error.message) }

  init(stage: String?, class: FailureClass, message: String) {
    self.init(stage: stage, class: `class`.rawValue, message: message)
  }
}
