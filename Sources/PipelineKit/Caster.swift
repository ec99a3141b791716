import ArticleIO
import Glibc
import StageKit

/// Casts raw articles into record lines: decode, run the chain, render. The one way an article takes, whether it came
/// from a file, a pipe or the spool.
public struct Caster: Sendable {
  public let chain: Chain
  private let writer: RecordWriter
  private let pipelineName: [UInt8]
  private let pipelineDigest: [UInt8]
  private let deadline: Duration?

  /// - Parameter deadline: how long an article may take; `nil` for ever.
  public init(chain: Chain, writer: RecordWriter, pipelineName: String, pipelineDigest: String, deadline: Duration?) {
    self.chain = chain
    self.writer = writer
    self.pipelineName = Array(pipelineName.utf8)
    self.pipelineDigest = Array(pipelineDigest.utf8)
    self.deadline = deadline
  }

  public init(pipeline: Pipeline) {
    let writer = RecordWriter(offsets: pipeline.outbox.offsets, alignment: pipeline.outbox.alignment)
    self.init(
      chain: pipeline.chain, writer: writer,
      pipelineName: pipeline.name, pipelineDigest: pipeline.digest, deadline: pipeline.deadline)
  }

  /// The part that any worker can do.
  ///
  /// - Parameters:
  ///   - name: the file's name.
  ///   - sequence: the article's number in its spool.
  ///   - received: RFC 3339 in UTC.
  ///   - arrival: the same instant in seconds since 1970; `nil` for now.
  public func cast(
    _ raw: RawArticle, name: [UInt8], sequence: UInt64? = nil, received: [UInt8]? = nil, arrival: Int64? = nil
  ) -> Result<Cast, CastingError> {
    do throws(InputError) {
      var article = try raw.decode(name: name)
      do throws(StageError) {
        try chain.process(&article, deadline: deadline.map(Deadline.init(after:)) ?? .none)
      } catch {
        return .failure(CastingError(stage: error.stage, class: error.class, message: error.message))
      }
      let stamp = RecordStamp(
        sequence: sequence, received: received, pipelineName: pipelineName, pipelineDigest: pipelineDigest)
      let halves = writer.halves(of: article, stamp: stamp)
      return .success(Cast(article: article, sequence: sequence, arrival: arrival ?? Int64(time(nil)), halves: halves))
    } catch {
      return .failure(CastingError(stage: nil, class: error.class, message: error.message))
    }
  }
}

/// An article that is done but for what only the commit thread can decide.
public struct Cast: Sendable {
  public private(set) var article: Article
  private let sequence: UInt64?
  private let arrival: Int64
  private let halves: RecordHalves

  init(article: Article, sequence: UInt64?, arrival: Int64, halves: RecordHalves) {
    self.article = article
    self.sequence = sequence
    self.arrival = arrival
    self.halves = halves
  }

  /// The finished line, and what else was decided. Call it on one thread, in arrival order.
  public mutating func finish(_ decider: (any Decider)?) -> (line: [UInt8], decision: Decision) {
    let decision = decider?.decide(&article, sequence: sequence, arrival: arrival) ?? Decision()
    return (halves.line(duplicates: article.duplicates), decision)
  }

  public mutating func line(decider: (any Decider)?) -> [UInt8] { finish(decider).line }

  /// Bytes the line will have, about.
  public var size: Int { halves.count }
}

/// Why an article has no record.
public struct CastingError: Error, Sendable, Equatable {
  /// `nil` where the input itself was no article.
  public var stage: String?
  public var `class`: String
  public var message: String

  public init(stage: String?, class: String, message: String) {
    self.stage = stage
    self.class = `class`
    self.message = message
  }
}
