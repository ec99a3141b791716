import Glibc
import HTTP
import Synchronization

/// What a reader puts right: a row of the file that the option `corrections` of `entities` names.
struct Correction: Decodable {
  /// As the text writes them.
  var words: String
  /// The right name; `-` where they are none.
  var name: String
  var type: String?
  var link: String?
  /// The id of the one article that it is about; `nil` for all.
  var article: String?
}

/// The file of corrections. Rows are only ever added.
final class Corrections: Sendable {
  private let path: String
  private let isWriting = Mutex(())

  init(path: String) { self.path = path }

  /// Bytes of a field.
  private static let longestField = 400
  private static let types = ["PERSON", "ORG", "LOC", "MISC"]

  /// Adds a row, and comes back when it is on the disk.
  func add(_ correction: Correction) throws(Refusal) {
    if let type = correction.type, !type.isEmpty, !Self.types.contains(type) {
      throw Refusal(400, "the type is one of \(Self.types.joined(separator: ", "))")
    }
    let name = correction.name.trimmed
    guard name == "-" || !(correction.type ?? "").isEmpty else { throw Refusal(400, "a name wants a type") }
    var fields = [
      correction.words.trimmed, name, correction.type ?? "", correction.link ?? "", correction.article ?? "",
    ]
    guard !fields[0].isEmpty, !fields[1].isEmpty else { throw Refusal(400, "words and name are wanted") }
    for field in fields {
      guard field.utf8.count <= Self.longestField,
        field.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
      else { throw Refusal(400, "a field is too long, or has a tab or a line end in it") }
    }
    guard fields[0].first != "#" else { throw Refusal(400, "a row that begins with # would be a comment") }
    while fields.count > 2, fields.last == "" { fields.removeLast() }
    try isWriting.withLock { _ throws(Refusal) in try append(fields.joined(separator: "\t")) }
  }

  private func append(_ row: String) throws(Refusal) {
    let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard descriptor >= 0 else { throw Refusal(503, "\(path): \(String(cString: strerror(errno)))") }
    defer { close(descriptor) }
    // A file that an editor left without a last line end gets it first.
    var last: UInt8 = UInt8(ascii: "\n")
    let size = lseek(descriptor, 0, SEEK_END)
    if size > 0 { _ = pread(descriptor, &last, 1, size - 1) }
    let bytes = Array(((last == UInt8(ascii: "\n") ? "" : "\n") + row + "\n").utf8)
    guard bytes.withUnsafeBytes({ write(descriptor, $0.baseAddress, $0.count) }) == bytes.count, fsync(descriptor) == 0
    else { throw Refusal(503, "\(path) cannot be written: \(String(cString: strerror(errno)))") }
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
