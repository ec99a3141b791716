import Disk
import Spool
import Workers

/// An input that an operator wants to go through the chain of now.
struct InputAgain: Sendable {
  var note: RevisionNote
  /// Where records of it stand whose first stages the chain of this digest has, too; by line, 0 for a file that is one article.
  var places: [Int: EarlierPlace] = [:]
  var digest = ""
}

/// A line of an outbox file.
struct EarlierPlace: Sendable {
  var path: Path
  /// Bytes.
  var (offset, count): (Int, Int)
  /// How many stages are the same.
  var stages: Int

  /// `nil` where the file has another name by now, or is gone: then all stages run.
  func read(_ sequence: UInt64?, _ fs: some FileSystem) -> ArticleWork.Earlier? {
    guard let sequence, let file = try? fs.open(path, for: .reading) else { return nil }
    defer { fs.close(file) }
    guard let line = try? fs.read(file, at: offset, count: count), line.count == count else { return nil }
    return ArticleWork.Earlier(line: line, sequence: sequence, stages: stages)
  }
}
