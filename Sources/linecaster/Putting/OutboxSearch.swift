import ArticleIO
import Disk
import Spool
import StageKit

/// Where a record stands.
struct PublishedPlace {
  var file: Path
  /// From 1.
  var line: Int
  var record: JSONValue

  /// The line of the input, where it held many articles.
  var sourceLine: Int? { record["source"]?["line"]?.int }
  /// `news.jsonl:17`, as compilers and editors write it.
  var shown: String { "\(file.shown):\(line)" }
}

/// Finds the records of an input by its name.
struct OutboxSearch {
  /// What stands in the line between the key and the end of the name; quotation marks inside strings are escaped, so
  /// that no text can be taken for it.
  private let needle: [UInt8]
  /// Hex digits; `nil` for any content.
  var sha256: String?

  init(name: [UInt8], sha256: String? = nil) {
    let text = JSONValue.string(String(decoding: name, as: UTF8.self))
    needle = Array(#","source":{"name":"#.utf8) + text.encoded + [UInt8(ascii: ",")]
    self.sha256 = sha256
  }

  /// Oldest first.
  ///
  /// - Parameter since: nanoseconds since 1970; files that were not written to since then are passed over.
  func places(in lane: LanePlaces, since: Int64 = .min, _ fs: PosixFileSystem) throws(DiskError) -> [PublishedPlace] {
    var found = lane.isForDuplicates ? [] : try places(in: lane.duplicates, since: since, fs)
    let outbox = try OutboxView(lane, fs)
    defer { outbox.close() }
    for file in outbox.files where file.modified >= since {
      try outbox.readLines(of: file) { number, line, isWhole in
        guard isWhole, hasName(line), let record = try? JSONValue(parsing: line) else { return }
        if let sha256, record["source"]?["sha256"]?.string != sha256 { return }
        found.append(PublishedPlace(file: file.path, line: number, record: record))
      }
    }
    return found
  }

  private func hasName(_ line: [UInt8]) -> Bool {
    let (line, needle) = (line.span, needle.span)
    // The key stands behind id, number and time; an own id can be long.
    var at = 0
    let key = 17
    while at + needle.count <= line.count {
      var same = 0
      while same < needle.count, line[at + same] == needle[same] { same += 1 }
      if same == needle.count { return true }
      if same >= key { return false }
      at += 1
    }
    return false
  }
}
