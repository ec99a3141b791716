import Disk

/// A file that is ours: out of the inbox, not yet settled.
public struct Claim: Sendable {
  public let number: UInt64
  /// Its path from the inbox: `a.txt`, or from a folder below it `desk/a.txt`.
  public let name: [UInt8]
  /// Where it lies now.
  public let path: Path
  /// Lines of it that an earlier run settled.
  public let settledLines: Int
  /// Why it is taken a second time; `nil` for a first.
  public let revision: RevisionNote?

  init(number: UInt64, name: [UInt8], path: Path, settledLines: Int = 0, revision: RevisionNote? = nil) {
    self.number = number
    self.name = name
    self.path = path
    self.settledLines = settledLines
    self.revision = revision
  }

  /// The same file, of which more lines were sent off.
  public func continued(after line: Int) -> Claim {
    Claim(number: number, name: name, path: path, settledLines: line, revision: revision)
  }
}

/// What became of the wish to claim a name.
public enum ClaimOutcome: Sendable {
  case claimed(Claim, OpenFile, FileStatus)
  /// It went away before we came.
  case gone
  /// Not a file: left alone.
  case notAFile(FileStatus)
  /// It may not be read: it waits.
  case unreadable(FileStatus, DiskError)
}
