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
