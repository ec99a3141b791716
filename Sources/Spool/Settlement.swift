/// What tells an input from every other one, so that a restart finds it wherever the crash left it.
public struct InputIdentity: Sendable, Equatable {
  /// The number under which it was claimed.
  public var claim: UInt64
  /// Its path from the inbox: `a.txt`, or from a folder below it `desk/a.txt`.
  public var name: [UInt8]
  public var inode: UInt64
  /// Bytes.
  public var size: Int
  /// Empty for parts of a file, and for files that were refused unread.
  public var contentHash: [UInt8]
  /// When it was last written to, as it was read: nanoseconds since 1970. `nil` where nobody writes to it any more; the
  /// journal does not keep it.
  public var modified: Int64?

  public init(claim: UInt64, name: [UInt8], inode: UInt64, size: Int, contentHash: [UInt8] = []) {
    self.claim = claim
    self.name = name
    self.inode = inode
    self.size = size
    self.contentHash = contentHash
  }
}

/// The end of one article's way: its line, or why there is none.
public struct Settlement: Sendable {
  public enum Part: Sendable, Equatable {
    /// The file is the article; this settles the file.
    case file
    /// A line of a file with many articles, from 1. The file goes on.
    case line(Int)
    /// All lines of a file are settled.
    case end
  }

  public enum Verdict: Sendable {
    /// The finished line with its line end.
    case record([UInt8])
    case failure(Failure)
    /// Nothing to say: only for `Part.end`.
    case nothing
  }

  /// The place of the pipeline in the list the spool was opened with.
  public var lane: Int
  public var input: InputIdentity
  public var part: Part
  /// What the parts of the file are called: `line`, `item`. It becomes part of a file's name.
  public var partName = "line"
  /// The article's number; 0 where none was given out.
  public var sequence: UInt64
  public var verdict: Verdict
  /// A change of the lane's state that becomes true together with it; empty for none.
  public var change: [UInt8] = []
  /// Where its line goes: one of the lane's.
  public var outlet = Outlet.records

  public init(lane: Int, input: InputIdentity, part: Part, sequence: UInt64 = 0, verdict: Verdict) {
    self.lane = lane
    self.input = input
    self.part = part
    self.sequence = sequence
    self.verdict = verdict
  }
}

extension Settlement {
  /// Bytes it holds, about.
  public var byteCount: Int {
    switch verdict {
    case .record(let line): line.count + change.count + 256
    case .failure(let failure): failure.raw.count + 1024
    case .nothing: 256
    }
  }
}

/// Why an article has no line.
public struct Failure: Sendable, Equatable {
  /// `nil` where the input itself was no article.
  public var stage: String?
  /// Short, and the same across versions.
  public var `class`: String
  /// A sentence for a person.
  public var message: String
  /// Of the pipeline.
  public var digest: String
  /// The bytes of a bad line, to keep them; empty where the whole file is kept.
  public var raw: [UInt8]
  /// How often it was tried, and when first (seconds since 1970; `nil` for only now).
  public var attempts: Int
  public var first: Int64?

  public init(
    stage: String?, class: String, message: String, digest: String = "", raw: [UInt8] = [], attempts: Int = 1,
    first: Int64? = nil
  ) {
    self.stage = stage
    self.class = `class`
    self.message = message
    self.digest = digest
    self.raw = raw
    self.attempts = attempts
    self.first = first
  }
}
