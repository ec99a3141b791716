import ArticleIO
import Bytes
import PipelineKit
import StageKit

/// Does the work itself, wherever that runs: decodes, runs the chain, renders.
public struct ArticleWorker: Sendable {
  private let caster: Caster
  /// Bytes that an article may have once it is expanded.
  private let maxInput: Int

  public init(_ pipeline: Pipeline) {
    caster = Caster(pipeline: pipeline)
    maxInput = pipeline.inbox.maxInput
  }

  /// - Parameter entering: is told the place of each stage in the chain before it runs.
  public func perform(_ work: ArticleWork, entering: (Int) -> Void = { _ in }) -> WorkOutcome {
    switch work.content {
    case .part(let raw): return cast(raw, work, entering: entering)
    case .file(let bytes, let kind):
      let raw: RawArticle
      do throws(InputError) {
        var feed = ArticleFeed(BytesInMemory(bytes), kind: kind, limit: maxInput)
        guard case .article(let article) = try feed.next() else { throw InputError("empty", "the file is empty") }
        raw = article
      } catch {
        return .failure(
          WorkFailure(stage: nil, class: error.class, message: error.message, contentHash: SHA256.digest(bytes)))
      }
      // The record has the digest of the same bytes, unless they were compressed.
      return cast(raw, work, contentHash: kind.gzipped ? SHA256.digest(bytes) : nil, entering: entering)
    }
  }

  private func cast(
    _ raw: RawArticle, _ work: ArticleWork, contentHash: [UInt8]? = nil, entering: (Int) -> Void
  ) -> WorkOutcome {
    let cast = caster.cast(
      raw, name: work.name, path: work.path, tags: work.tags, sequence: work.sequence, received: work.received,
      arrival: work.arrival, entering: entering)
    switch cast {
    case .success(let cast):
      return .record(
        FinishedRecord(
          parts: cast.parts, arrival: cast.arrival, handover: cast.article.handover,
          contentHash: contentHash ?? cast.article.source.sha256))
    case .failure(let error):
      return .failure(
        WorkFailure(
          stage: error.stage, class: error.class, message: error.message,
          contentHash: contentHash ?? SHA256.digest(raw.bytes)))
    }
  }

  /// What the decider of the last stage needs to remember an article that an earlier run decided.
  ///
  /// - Parameter line: of the outbox.
  /// - Returns: `nil` where it is no record.
  public func remember(_ line: [UInt8]) -> RememberedArticle? {
    guard let record = try? JSONValue(parsing: line), let id = record["id"]?.string, let text = record["text"]?.string
    else { return nil }
    let source = Article.Source(
      name: Array((record["source"]?["name"]?.string ?? "").utf8), line: nil, format: "text", encoding: "utf-8",
      byteCount: record["source"]?["bytes"]?.int ?? 0, sha256: [])
    let article = Article(source: source, id: Array(id.utf8), text: Array(text.utf8))
    return RememberedArticle(
      id: article.id, sequence: record["seq"]?.int.flatMap { UInt64(exactly: $0) },
      received: record["received"]?.string.map { Array($0.utf8) },
      published: record["published"]?.string.flatMap { Day(iso: Array($0.utf8)) },
      revisionOf: record["revision_of"]?.int.flatMap { UInt64(exactly: $0) },
      handover: caster.chain.handover(of: article),
      decided: (record[Layer.duplicates.key] ?? .null).encoded)
  }
}
