import ArticleIO
import PipelineKit
import StageKit

/// An article that a worker is to decode, run through the chain and render.
public struct ArticleWork: Sendable {
  /// The file's name, without directories.
  public var name: [UInt8]
  /// The same from the inbox, where its folders count.
  public var path: [UInt8]?
  /// Beside those that the article has.
  public var tags: [[UInt8]] = []
  public var content: Content
  /// Whether an article without an id of its own gets one of its content alone, the same wherever it stands.
  public var hasContentID = false
  /// A record of it, which came of a chain with the same first stages; `nil` for none.
  public var earlier: Earlier?
  /// The article's number in its spool.
  public var sequence: UInt64?
  /// When it arrived: RFC 3339 in UTC for the record, and seconds since 1970.
  public var received: [UInt8]?
  public var arrival: Int64

  public struct Earlier: Sendable {
    /// Of the outbox.
    public var line: [UInt8]
    /// The number that the record has to have.
    public var sequence: UInt64
    /// How many stages are the same.
    public var stages: Int

    public init(line: [UInt8], sequence: UInt64, stages: Int) {
      (self.line, self.sequence, self.stages) = (line, sequence, stages)
    }
  }

  public enum Content: Sendable {
    /// A file that is one article, as it was read: the worker expands it where its name says so.
    case file([UInt8], InputKind)
    /// A part of a file: a line, or an item.
    case part(RawArticle)
  }

  public init(name: [UInt8], _ content: Content, sequence: UInt64? = nil, received: [UInt8]? = nil, arrival: Int64) {
    self.name = name
    self.content = content
    self.sequence = sequence
    self.received = received
    self.arrival = arrival
  }

  /// Bytes that it holds, about.
  public var byteCount: Int {
    let own =
      switch content {
      case .file(let bytes, _): bytes.count
      case .part(let raw): raw.bytes.count
      }
    return own + name.count + (earlier?.line.count ?? 0)
  }
}

/// What became of an article in a worker.
public enum WorkOutcome: Sendable {
  case record(FinishedRecord)
  case failure(WorkFailure)
}

extension WorkOutcome {
  /// Whether it can come of a pipeline with these rules.
  func fits(_ routing: Routing) -> Bool {
    guard case .record(let record) = self else { return true }
    guard routing.has(record.destination) else { return false }
    if case .discarded = record.destination { return record.handover == nil }
    return true
  }
}

/// A record but for what is decided in the order of arrival.
public struct FinishedRecord: Sendable {
  public var parts: RecordParts
  public var arrival: Arrival
  /// For the decider of the last stage, where it has one.
  public var handover: [UInt8]?
  /// By the pipeline's own rules.
  public var destination: Destination
  /// Of the file where it is one article, else of the part: 32 bytes.
  public var contentHash: [UInt8]
  /// How long it was in each stage, by their places in the chain, and behind them how long it took to write the record. Empty
  /// where it went through together with others.
  public var stageMicroseconds: [Int] = []

  public init(
    parts: RecordParts, arrival: Arrival, handover: [UInt8]?, destination: Destination = .record(.main),
    contentHash: [UInt8]
  ) {
    self.parts = parts
    self.arrival = arrival
    self.handover = handover
    self.destination = destination
    self.contentHash = contentHash
  }
}

/// Why an article has no record.
public struct WorkFailure: Error, Sendable, Equatable {
  /// `nil` where the input itself was no article.
  public var stage: String?
  /// Short, and the same across versions.
  public var `class`: String
  public var message: String
  /// Of the input; empty where nothing was read.
  public var contentHash: [UInt8]
  /// The article's; `nil` where it was not known yet.
  public var id: [UInt8]?

  public init(stage: String?, class: String, message: String, contentHash: [UInt8] = [], id: [UInt8]? = nil) {
    self.stage = stage
    self.class = `class`
    self.message = message
    self.contentHash = contentHash
    self.id = id
  }

  public init(stage: String?, class: FailureClass, message: String) {
    self.init(stage: stage, class: `class`.rawValue, message: message)
  }
}
