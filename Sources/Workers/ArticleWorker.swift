import ArticleIO
import Bytes
import PipelineKit
import StageKit

/// Does the work itself, wherever that runs: decodes, runs the chain, renders.
public struct ArticleWorker: Sendable {
  private var caster: Caster
  /// Bytes that an article may have once it is expanded.
  private let maxInput: Int
  private let tests: [PipelineTest]

  public init(_ pipeline: Pipeline) {
    tests = pipeline.tests
    caster = Caster(pipeline: pipeline)
    maxInput = pipeline.inbox.maxInput
  }

  /// - Parameter entering: is told the place of each stage in the chain before it runs, and the number of stages before the
  ///   record is written.
  public func perform(_ work: ArticleWork, entering: (Int) -> Void = { _ in }) -> WorkOutcome {
    switch raw(work) {
    case .failure(let failure): return .failure(failure)
    case .success(let (input, hash)):
      var clock = StageClock()
      let cast = caster.cast(input) { place in
        clock.enter(place)
        entering(place)
      }
      clock.stop()
      return outcome(cast, input, hash, clock.microseconds)
    }
  }

  /// Many at once, for a chain with a stage that takes them so.
  ///
  /// - Parameter entering: is told the number of the article and the place of each stage before it runs.
  func perform(_ works: [ArticleWork], entering: (Int, Int) -> Void) -> [WorkOutcome] {
    let raws = works.map(raw)
    let numbers = raws.indices.filter { if case .success = raws[$0] { true } else { false } }
    let inputs = raws.compactMap { try? $0.get() }
    let casts = caster.cast(inputs.map(\.0)) { entering(numbers[$0], $1) }
    var done = zip(casts, inputs).map { outcome($0, $1.0, $1.1) }[...]
    return raws.compactMap { if case .failure(let failure) = $0 { .failure(failure) } else { done.popFirst() } }
  }

  /// Articles that the chain takes at once.
  var batch: Int { caster.chain.batch }

  /// An article as it was read, and the hash of the file that it is, where that is one article.
  private func raw(_ work: ArticleWork) -> Result<(CastInput, hash: [UInt8]?), WorkFailure> {
    var (found, hash): (RawArticle, [UInt8]?)
    switch work.content {
    case .part(let part): (found, hash) = (part, nil)
    case .file(let bytes, let kind):
      do throws(InputError) {
        found = try article(in: bytes, kind)
        // The record has the digest of the same bytes, unless they were compressed.
        hash = kind.packing == nil ? nil : SHA256.digest(bytes)
      } catch {
        return .failure(
          WorkFailure(stage: nil, class: error.class, message: error.message, contentHash: SHA256.digest(bytes)))
      }
    }
    found.hasContentID = work.hasContentID
    var input = CastInput(
      found, name: work.name, path: work.path, tags: work.tags, sequence: work.sequence, received: work.received,
      arrival: work.arrival)
    // What cannot be used is found again by all stages.
    input.earlier = work.earlier.flatMap {
      try? EarlierRecord($0.line, sequence: $0.sequence, stages: $0.stages)
    }
    return .success((input, hash))
  }

  private func article(in bytes: [UInt8], _ kind: InputKind) throws(InputError) -> RawArticle {
    var feed = ArticleFeed(BytesInMemory(bytes), kind: kind, limit: maxInput)
    guard case .article(let article) = try feed.next() else { throw InputError(.empty, "the file is empty") }
    return article
  }

  /// Tells of each stage what it does with an article: of a file with many, with the first.
  func simulate(_ work: ArticleWork) -> JSONValue {
    do throws(InputError) {
      switch work.content {
      case .part(let raw): return caster.simulate(raw, name: work.name)
      case .file(let bytes, let kind): return caster.simulate(try article(in: bytes, kind), name: work.name)
      }
    } catch {
      return .object([
        .init(key: "outcome", value: .string("failed")), .init(key: "error", value: .string(error.message)),
      ])
    }
  }

  private func outcome(
    _ cast: Result<Cast, CastingError>, _ input: CastInput, _ hash: [UInt8]?, _ stageMicroseconds: [Int] = []
  ) -> WorkOutcome {
    switch cast {
    case .success(let cast):
      var record = FinishedRecord(
        parts: cast.parts, arrival: cast.arrival, handover: cast.article.handover, destination: cast.destination,
        contentHash: hash ?? cast.article.source.sha256)
      record.stageMicroseconds = stageMicroseconds
      return .record(record)
    case .failure(let error):
      return .failure(
        WorkFailure(
          stage: error.stage, class: error.class, message: error.message,
          contentHash: hash ?? SHA256.digest(input.raw.bytes), id: error.id))
    }
  }

  /// Runs one of the tests that the pipeline's file holds, with a decider that knows no article.
  ///
  /// - Parameter number: from 0.
  func outcome(ofTest number: Int) -> TestOutcome {
    if tests.indices.contains(number) { return caster.outcome(of: tests[number]) }
    var outcome = TestOutcome()
    outcome.problems = ["there is no such test"]
    return outcome
  }

  /// What the decider of the last stage needs to remember an article that an earlier run decided.
  ///
  /// - Parameter line: of the outbox.
  /// - Returns: `nil` where it is no record.
  public func remember(_ line: [UInt8]) -> RememberedArticle? {
    guard let record = try? JSONValue(parsing: line), let id = record["id"]?.string else { return nil }
    let source = Article.Source(
      name: Array((record["source"]?["name"]?.string ?? "").utf8), line: nil, format: "text", encoding: "utf-8",
      byteCount: record["source"]?["bytes"]?.int ?? 0, sha256: [])
    let text = record["text"]?.string
    let article = Article(source: source, id: Array(id.utf8), text: Array((text ?? "").utf8))
    // Of an article without its text, or that the last stage passed over, nothing can be known again.
    let decided = record[Layer.duplicates.key] ?? .null
    return RememberedArticle(
      id: article.id, sequence: record["seq"]?.int.flatMap { UInt64(exactly: $0) },
      received: record["received"]?.string.map { Array($0.utf8) },
      published: record["published"]?.string.flatMap { Day(iso: Array($0.utf8)) },
      revisionOf: record["revision_of"]?.int.flatMap { UInt64(exactly: $0) },
      handover: text == nil || decided == .null && caster.chain.remembersSome
        ? nil : caster.chain.handover(of: article),
      decided: decided.encoded)
  }
}

extension ArticleWorker {
  /// Runs articles of its own, so that tables which are made when they are first needed are made before workers are forked: they
  /// share them then, and none has to make its own.
  public func warmUp() {
    var whole = self
    whole.caster = caster.unconditional
    for (content, format) in [(Self.page, InputFormat.html), (Self.text, .text)] {
      let raw = RawArticle(bytes: Array(content.utf8), line: nil, format: format)
      _ = whole.perform(ArticleWork(name: Array("warm-up".utf8), .part(raw), arrival: 0))
    }
  }

  /// What stages look for stands in it: names, offices, dates, amounts, quotations of all kinds, and who “he” is.
  private static let text = """
    Harbour reopens after storm

    By Anna Lindqvist

    Holmvik, May 4 (Reuters) - Norwegian Prime Minister Karl Dahl said on Thursday that the harbour of Holmvik would open \
    again next week. “We have worked day and night,” Dahl told reporters, “and the first ships are on their way.”

    He added that repairs had cost $3.5 million, about 12 per cent more than planned. According to the Harbour Board, \
    4,000 tonnes of cargo wait at sea. “That is too much,” said its chairwoman, Professor Ingrid Moe of Oslo University.

    What happens now

    Q: When do ships sail?
    A: On 9 May 2017, at 6:30 a.m.
    """

  private static let page = """
    <!DOCTYPE html><html lang="en"><head><title>Harbour reopens | The Coast</title>
    <meta property="og:title" content="Harbour reopens"><meta name="author" content="Anna Lindqvist">
    <meta property="article:published_time" content="2017-05-04T08:00:00Z"></head><body>
    <nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Harbour reopens</h1>
    <p>HOLMVIK &mdash; The harbour opens again next week, the Prime Minister said on Thursday.</p>
    <figure><img src="a.jpg"><figcaption>The harbour. Photo: Anna Lindqvist</figcaption></figure>
    <p>&ldquo;We have worked day and night,&rdquo; he told reporters in Oslo, after a storm had closed it in March.</p>
    </article><footer><p>Copyright 2017 The Coast. All rights reserved.</p></footer></body></html>
    """
}
