import ArticleIO
import Bytes
import Disk
import Spool
import StageKit

/// Where a record stands, and what tells which input it came from.
struct PublishedPlace {
  var file: Path
  /// From 1.
  var line: Int
  /// Of the line without its end, in bytes of the file.
  var offset = 0
  var byteCount = 0
  var id: String
  var sequence: UInt64?
  var source: InputKey
  /// The line of the input, where it held many articles.
  var sourceLine: Int?
  /// The number of the record that it supersedes or corrects.
  var revisionOf: UInt64?
  /// RFC 3339.
  var received: String?
  /// Hex digits, over the raw article.
  var sha256: String
  /// Of the pipeline that made it.
  var digest = ""
  /// Why its pipeline discarded the article; `nil` for a record.
  var discarded: String?

  /// `news.jsonl:17`, as compilers and editors write it.
  var shown: String { "\(file.shown):\(line)" }
}

/// What records call an input: its path from the inbox as text, or all its bytes where they are no text.
struct InputKey: Hashable {
  private var text: String

  init(_ path: [UInt8]) {
    text = String(validating: path, as: UTF8.self) ?? "\0" + String(decoding: Base64.encode(path), as: UTF8.self)
  }

  /// - Parameter source: of a record.
  init(_ source: JSONValue) {
    if let bytes = source["path_b64"]?.string {
      text = "\0" + bytes
    } else if let path = source["path"]?.string {
      text = path
    } else if let bytes = source["name_b64"]?.string {
      text = "\0" + bytes
    } else {
      text = source["name"]?.string ?? ""
    }
  }
}

/// Finds the records of inputs, of all or of those that have one name, without their folders.
struct OutboxSearch {
  /// What stands in the line between the key and the end of the name; quotation marks inside strings are escaped, so
  /// that no text can be taken for it.
  private let needle: [UInt8]
  private static let source = Array(#","source":{"name":"#.utf8)
  private static let sourceEnd = Array(#"},"pipeline":{"#.utf8)

  /// - Parameter path: from the inbox; `nil` for all inputs.
  init(_ path: [UInt8]? = nil) {
    let name = path.map {
      JSONValue.string(String(decoding: Path($0).name, as: UTF8.self)).encoded + [UInt8(ascii: ",")]
    }
    needle = Self.source + (name ?? [])
  }

  /// In the order of their numbers.
  ///
  /// - Parameters:
  ///   - outlets: of the pipelines that may have taken them.
  ///   - since: nanoseconds since 1970; files that were not written to since then are passed over.
  func places(
    in outlets: [OutletFiles], since: Int64 = .min, _ fs: PosixFileSystem
  ) throws(DiskError) -> [PublishedPlace] {
    var found: [PublishedPlace] = []
    for outlet in outlets {
      let outbox = try OutboxView(outlet, fs)
      defer { outbox.close() }
      for file in outbox.files where file.modified >= since {
        var offset = 0
        try outbox.readLines(of: file) { number, line, isWhole in
          defer { offset += line.count + 1 }
          guard isWhole, let end = end(of: line), let record = Self.head(line, from: end) else { return }
          var place = Self.place(record, file: file.path, line: number)
          (place.offset, place.byteCount) = (offset, line.count)
          place.revisionOf = Self.text(behind: #","revision_of":"#, line, from: end).flatMap(
            UInt64.init(leadingDigits:))
          place.digest =
            Self.text(behind: #","digest":""#, line, from: end)
            .map { String(decoding: $0.prefix { $0 != UInt8(ascii: "\"") }, as: UTF8.self) } ?? ""
          if record["schema"]?.string == RecordWriter.discardedSchema {
            place.discarded = (try? JSONValue(parsing: line))?["reason"]?.string ?? ""
          }
          found.append(place)
        }
      }
    }
    return found.sorted { ($0.sequence ?? 0) < ($1.sequence ?? 0) }
  }

  /// The keys of a record up to its source, read without the rest.
  private static func head(_ line: [UInt8], from start: Int) -> JSONValue? {
    let end = sourceEnd.count
    var at = start
    while at + end <= line.count {
      if line[at] == sourceEnd[0], line[at..<(at + end)].elementsEqual(sourceEnd) {
        return try? JSONValue(parsing: line[..<at] + Array("}}".utf8))
      }
      at += 1
    }
    return try? JSONValue(parsing: line)
  }

  /// What follows a key of the line that stands not far behind the source: no string there holds a bare quotation mark.
  private static func text(behind key: String, _ line: [UInt8], from start: Int) -> ArraySlice<UInt8>? {
    let near = line[start..<min(line.count, start + 4096)]
    return near.firstRange(of: Array(key.utf8)).map { near[$0.upperBound...] }
  }

  private static func place(_ record: JSONValue, file: Path, line: Int) -> PublishedPlace {
    let source = record["source"] ?? .null
    return PublishedPlace(
      file: file, line: line, id: record["id"]?.string ?? "",
      sequence: record["seq"]?.int.flatMap { UInt64(exactly: $0) }, source: InputKey(source),
      sourceLine: source["line"]?.int, revisionOf: nil, received: record["received"]?.string,
      sha256: source["sha256"]?.string ?? "")
  }

  /// The end of the name in a record that bears it; `nil` in others.
  private func end(of line: [UInt8]) -> Int? {
    let (line, needle) = (line.span, needle.span)
    // The key stands behind id, number and time; an own id can be long.
    var at = 0
    let key = Self.source.count
    while at + needle.count <= line.count {
      var same = 0
      while same < needle.count, line[at + same] == needle[same] { same += 1 }
      if same == needle.count { return at + same }
      if same >= key { return nil }
      at += 1
    }
    return nil
  }
}
