import Bytes

/// A stage that remembers articles. It has two halves: the pure one, which any worker runs, hands something over; behind it
/// a decider, which sees the articles of a pipeline in the order of arrival, fills in the layer and keeps what a memory
/// needs to know. The text never gets there. Only the last stage of a chain may remember.
public protocol RememberingStage: Stage {
  associatedtype Decider: StageDecider
  /// What deciders remember by; pipelines that share a scope share one.
  associatedtype Memory
  /// A place that a memory can be kept in for longer than the process lives, and what goes wrong there.
  associatedtype Storage
  associatedtype StorageError: Error

  /// What several pipelines share a memory under; `nil` for one of the pipeline's own.
  static func scope(of options: Options) -> String?

  /// What pipelines that share a memory must agree on: options and their values.
  static func sharedTerms(of options: Options) -> [String: String]

  /// Whether records of some articles go beside the outbox.
  static func setsAside(with options: Options) -> Bool

  /// Opens what lies in a place, or begins anew there.
  ///
  /// - Parameter storage: `nil` for a memory that is empty and ends with the process.
  static func openMemory(with options: Options, in storage: Storage?) throws(StorageError) -> Memory

  /// The decider of one pipeline.
  static func makeDecider(with options: Options, over memory: Memory) -> Decider

  /// The pure half.
  ///
  /// - Throws: `StageError`; its effect says whether the article fails or only the layer stays `null`.
  func handOver(_ article: Article, deadline: Deadline) throws(StageError) -> Decider.Handover
}

extension RememberingStage {
  public static func sharedTerms(of options: Options) -> [String: String] { [:] }

  public func process(_ article: inout Article, deadline: Deadline) throws(StageError) {
    article.handover = try handOver(article, deadline: deadline).bytes
  }
}

/// What the pure half of a stage hands to its decider. It crosses a border between processes as bytes, so that it names
/// its version and is checked when it arrives.
public protocol StageHandover: Sendable {
  var bytes: [UInt8] { get }

  /// - Throws: where the bytes are of another version, or nothing that `bytes` can have made.
  init(_ bytes: [UInt8]) throws(HandoverProblem)
}

/// Why handed-over bytes cannot be read.
public struct HandoverProblem: Error, Sendable, Equatable {
  public var message: String
  public init(_ message: String) { self.message = message }
}

/// The half of a stage that decides in the order of arrival. It lives on the commit thread; time and memory must be bounded.
public protocol StageDecider: Sendable {
  associatedtype Handover: StageHandover

  /// Fills in the layer and remembers the article.
  func decide(_ arrival: Arrival, _ handover: Handover) -> Decision

  /// Takes in an article that an earlier run decided: for a memory that is new or was lost.
  ///
  /// - Parameter decided: the layer as its record has it.
  /// - Throws: where that is no value of the layer.
  func restore(_ arrival: Arrival, _ handover: Handover, decided: RecordNode) throws(RecordProblem)
}

/// What a decider knows of an article beside what was handed over.
public struct Arrival: Sendable, Equatable {
  public var id: [UInt8]
  /// The article's number in its spool; `nil` outside a spool.
  public var sequence: UInt64?
  /// When it arrived, in seconds since 1970.
  public var time: Int64
  /// The day of publication.
  public var published: Day?
  /// The number of the record that this article takes the place of: the same input, of which only a part was there then.
  public var supersedes: UInt64?
  /// A rule discards it: its record does not come out.
  public var isDiscarded = false
  /// Of an article that an earlier run decided: its record went beside the outbox.
  public var isSetAside = false

  public init(id: [UInt8], sequence: UInt64?, time: Int64, published: Day?, supersedes: UInt64? = nil) {
    self.id = id
    self.sequence = sequence
    self.time = time
    self.published = published
    self.supersedes = supersedes
  }
}

/// What becomes of an article.
public struct Decision: Sendable, Equatable {
  /// The layer that was decided, as JSON; empty for `null`.
  public var layer: [UInt8]
  /// The number of the earlier article that this one corrects.
  public var revisionOf: UInt64?
  /// What the memory needs to remember the article again after a crash: bytes that only the memory understands. Empty for
  /// nothing.
  public var change: [UInt8]
  /// The record goes beside the outbox, not into it.
  public var isSetAside: Bool
  /// What the layer says, for rules that ask; `nil` where it says nothing.
  public var status: Duplicates.Status?

  public init(
    layer: [UInt8] = [], revisionOf: UInt64? = nil, change: [UInt8] = [], isSetAside: Bool = false,
    status: Duplicates.Status? = nil
  ) {
    self.layer = layer
    self.revisionOf = revisionOf
    self.change = change
    self.isSetAside = isSetAside
    self.status = status
  }
}
