import ArgumentParser
import ArticleIO
import Glibc
import StageKit

/// What labels stand in: JSON Lines of our own, or what an annotation tool keeps.
enum LabelForm: String, ExpressibleByArgument, CaseIterable {
  case records, brat, labelstudio
}

/// Reads the files of annotation tools as rows of `LabelledFile`: a text, and [start, end, label] in code points.
enum AnnotatedFiles {
  /// What `linecaster export` labels beside names.
  private static let others: Set<String> = ["Reference", "Direct", "Mixed", "Indirect", "Speaker", "Cue"]

  /// Calls `body` with each row and its place, as messages name it.
  ///
  /// - Parameter path: a folder of brat or one of its files ending in .ann; an export of Label Studio in JSON.
  static func forEachRow(
    of path: String, _ form: LabelForm, _ body: (JSONValue, _ place: String) throws(InputError) -> Void
  ) throws(InputError) {
    switch form {
    case .records: try LabelledFile.forEachRow(of: path, body)
    case .brat:
      for file in try bratFiles(path) { try body(try bratRow(file), file + ".ann") }
    case .labelstudio:
      let bytes = try bytes(of: path)
      let tasks: JSONValue
      do throws(JSONError) { tasks = try JSONValue(parsing: bytes) } catch {
        throw LabelledFile.fail(path, error.message)
      }
      guard let list = tasks.array else {
        throw LabelledFile.fail(path, "this is no list of tasks: export from Label Studio as JSON")
      }
      for (number, task) in list.enumerated() {
        let place = "\(path), task \(number + 1)"
        try body(try labelStudioRow(task, place), place)
      }
    }
  }

  // MARK: brat

  /// Paths without their endings.
  private static func bratFiles(_ path: String) throws(InputError) -> [String] {
    if path.hasSuffix(".ann") { return [String(path.dropLast(4))] }
    guard let directory = opendir(path) else {
      throw LabelledFile.fail(path, "cannot be opened as a folder: \(String(cString: strerror(errno)))")
    }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      // A name of at most 255 bytes and a zero, inside of the entry.
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(".ann"), !name.hasPrefix(".") { names.append("\(path)/\(name.dropLast(4))") }
    }
    if names.isEmpty { throw LabelledFile.fail(path, "no file in it ends in .ann") }
    return names.sorted()
  }

  private static func bratRow(_ file: String) throws(InputError) -> JSONValue {
    let text = String(decoding: try bytes(of: file + ".txt"), as: UTF8.self)
    let scalars = Array(text.unicodeScalars)
    var labels: [JSONValue] = []
    let lines = try bytes(of: file + ".ann").split(separator: 0x0A, omittingEmptySubsequences: false)
    for (number, line) in lines.enumerated() where line.first == UInt8(ascii: "T") {
      let place = "\(file).ann, line \(number + 1)"
      // T1 <tab> PERSON 10 14;15 20 <tab> the words
      let fields = line.split(separator: 0x09).map { String(decoding: $0, as: UTF8.self) }
      guard fields.count > 1, let space = fields[1].firstIndex(of: " ") else {
        throw LabelledFile.fail(place, "this is no label as brat writes them")
      }
      let type = String(fields[1][..<space])
      if others.contains(type) { continue }
      let pieces = fields[1][fields[1].index(after: space)...].split(separator: ";").map { piece in
        piece.split(separator: " ").map { Int($0) ?? -1 }
      }
      guard let first = pieces.first, let last = pieces.last,
        pieces.allSatisfy({ $0.count == 2 && $0[0] >= 0 && $0[0] < $0[1] && $0[1] <= scalars.count })
      else { throw LabelledFile.fail(place, "\(fields[0]) stands outside the text") }
      for (one, next) in zip(pieces, pieces.dropFirst()) {
        guard one[1] <= next[0], scalars[one[1]..<next[0]].allSatisfy(\.properties.isWhitespace) else {
          throw LabelledFile.fail(place, "\(fields[0]) is in pieces: a name is one stretch of the text")
        }
      }
      labels.append(label(first[0], last[1], type))
    }
    return row(text, labels, id: String(file.split(separator: "/").last ?? ""))
  }

  // MARK: Label Studio

  private static func labelStudioRow(_ task: JSONValue, _ place: String) throws(InputError) -> JSONValue {
    guard let text = task["data"]?["text"]?.string else { throw LabelledFile.fail(place, "its data has no ‘text’") }
    // Code points before each unit of UTF-16.
    var counts: [Int] = []
    var count = 0
    for scalar in text.unicodeScalars {
      counts.append(count)
      if scalar.value > 0xFFFF { counts.append(count) }
      count += 1
    }
    counts.append(count)
    let done = task["annotations"]?.array?.first { $0["was_cancelled"] != .bool(true) }
    var labels: [JSONValue] = []
    for region in (done ?? task["predictions"]?.array?.first)?["result"]?.array ?? [] {
      guard region["type"]?.string == "labels", let value = region["value"] else { continue }
      guard let type = value["labels"]?.array?.first?.string, !others.contains(type) else { continue }
      guard let start = value["start"]?.int, let end = value["end"]?.int, start >= 0, start < end, end < counts.count
      else { throw LabelledFile.fail(place, "the region \(region["id"]?.string ?? "") stands outside the text") }
      labels.append(label(counts[start], counts[end], type))
    }
    return row(text, labels, id: task["data"]?["id"]?.string)
  }

  // MARK: Rows

  private static func label(_ start: Int, _ end: Int, _ type: String) -> JSONValue {
    .array([.number("\(start)"), .number("\(end)"), .string(type)])
  }

  private static func row(_ text: String, _ labels: [JSONValue], id: String?) -> JSONValue {
    .object([
      .init(key: "id", value: id.map { .string($0) } ?? .null), .init(key: "text", value: .string(text)),
      .init(key: "entities", value: .array(labels)),
    ])
  }

  private static func bytes(of path: String) throws(InputError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw LabelledFile.fail(path, "cannot be opened: \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    var (source, bytes) = (DescriptorSource(descriptor), [UInt8]())
    while try source.read(into: &bytes, upTo: 1 << 20) > 0 {}
    return bytes
  }
}
