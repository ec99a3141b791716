import Bytes
import StageKit

/// Reads lists of names: tab-separated rows of name, type, identifier, and other names with `|` between them. The last
/// two may be left out; `#` starts a comment line, and a first row of column titles is passed over.
enum GazetteerFile {
  /// All lists as one; where two rows have the same name, the first one counts.
  ///
  /// - Throws: which row of which file is wrong, and how to fix it.
  static func read(_ paths: [String], _ context: StageContext) throws(StageError) -> Gazetteer? {
    if paths.isEmpty { return nil }
    var files: [(path: String, bytes: [UInt8])] = []
    for path in paths { files.append((path, try context.file(path))) }
    var names = 0
    for file in files {
      // Rows and aliases.
      for byte in file.bytes where byte == 0x0A || byte == UInt8(ascii: "|") { names += 1 }
    }
    var gazetteer = Gazetteer(expectedNames: names + files.count)
    for file in files { try read(file.bytes, file.path, into: &gazetteer) }
    return gazetteer
  }

  private static func read(
    _ bytes: [UInt8], _ path: String, into gazetteer: inout Gazetteer
  ) throws(StageError) {
    var line = 0
    var start = 0
    // A byte order mark is no part of the first name.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
    let isText = String(validating: bytes, as: UTF8.self) != nil
    while start < bytes.count {
      line += 1
      var end = start
      while end < bytes.count, bytes[end] != 0x0A { end += 1 }
      var row = bytes[Range(from: start, upTo: end)]
      if row.last == 0x0D { row.removeLast() }
      start = end + 1
      if row.isEmpty || row.first == UInt8(ascii: "#") { continue }
      if !isText, String(validating: row, as: UTF8.self) == nil {
        throw problem(path, line, "the row is not UTF-8: save the file in that character set")
      }
      try add(row, path, line, to: &gazetteer)
    }
  }

  private static func add(
    _ row: ArraySlice<UInt8>, _ path: String, _ line: Int, to gazetteer: inout Gazetteer
  ) throws(StageError) {
    var fields: [ArraySlice<UInt8>] = []
    var start = row.startIndex
    for at in Range(from: row.startIndex, upTo: row.endIndex + 1) where at == row.endIndex || row[at] == 0x09 {
      fields.append(row[Range(from: start, upTo: at)].trimmed { $0 == 0x20 })
      start = at + 1
    }
    if line == 1, fields.count > 1, fields[0].elementsEqual("name".utf8) { return }
    guard fields.count > 1 else {
      throw problem(path, line, "the row has no type: write NAME, a tab, and PERSON, ORG, LOC or MISC")
    }
    guard fields.count <= 4 else {
      throw problem(path, line, "the row has \(fields.count) fields: name, type, id and aliases are all there can be")
    }
    guard !fields[0].isEmpty else { throw problem(path, line, "the row has no name") }
    guard let kind = kind(fields[1]) else {
      let type = String(decoding: fields[1], as: UTF8.self)
      throw problem(path, line, "‘\(type)’ is no type of names: write PERSON, ORG, LOC or MISC")
    }
    let index = gazetteer.addRow(kind, id: fields.count > 2 ? fields[2] : [])
    gazetteer.add(fields[0], row: index)
    guard fields.count > 3, !fields[3].isEmpty else { return }
    for alias in fields[3].split(separator: UInt8(ascii: "|")) {
      let name = alias.trimmed { $0 == 0x20 }
      if !name.isEmpty { gazetteer.add(name, row: index) }
    }
  }

  private static func kind(_ field: ArraySlice<UInt8>) -> Entity.Kind? {
    for kind in [Entity.Kind.person, .organization, .location, .miscellaneous]
    where field.elementsEqual(kind.rawValue.utf8) {
      return kind
    }
    return nil
  }

  private static func problem(_ path: String, _ line: Int, _ message: String) -> StageError {
    StageError(.failsArticle, class: .badGazetteer, "\(path):\(line): \(message)")
  }
}
