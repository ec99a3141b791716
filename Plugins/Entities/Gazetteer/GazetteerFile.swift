import Bytes
import StageKit

/// Reads lists of names: tab-separated rows of name, type, identifier, other names with `|` between them, and `confirm` for
/// a name that is a common word. All but the first two may be left out; `#` starts a comment line, and a first row of column
/// titles is passed over.
struct GazetteerFile {
  private var gazetteer: Gazetteer
  /// Where each row stands, for what is told of two of one name.
  private var places: [(file: Int, line: Int)] = []
  private var paths: [String] = []
  private var problems: [String] = []
  private var doubles: [String] = []
  private var (problemCount, doubleCount) = (0, 0)

  /// All lists as one; where two rows have the same name, the first one counts, and it is told.
  ///
  /// - Throws: which rows of which files are wrong, and how to fix them.
  static func read(_ paths: [String], _ context: StageContext) throws(StageError) -> Gazetteer? {
    if paths.isEmpty { return nil }
    var files: [(path: String, bytes: [UInt8])] = []
    for path in paths { files.append((path, try context.file(path))) }
    var names = 0
    for file in files {
      // Rows and aliases.
      for byte in file.bytes where byte == 0x0A || byte == UInt8(ascii: "|") { names += 1 }
    }
    var reader = GazetteerFile(gazetteer: Gazetteer(expectedNames: names + files.count))
    for file in files { reader.read(file.bytes, file.path) }
    if reader.problemCount > 0 {
      throw StageError(.failsArticle, class: .badGazetteer, told(reader.problems, of: reader.problemCount))
    }
    if reader.doubleCount > 0 { context.warn(told(reader.doubles, of: reader.doubleCount)) }
    return reader.gazetteer
  }

  private init(gazetteer: Gazetteer) { self.gazetteer = gazetteer }

  /// So many are told; of the others how many there are.
  private static let mostTold = 20

  private static func told(_ messages: [String], of count: Int) -> String {
    messages.joined(separator: "; ") + (count > messages.count ? "; and \(count - messages.count) more" : "")
  }

  private mutating func report(_ message: String, at line: Int) {
    problemCount += 1
    if problems.count < Self.mostTold { problems.append("\(paths[paths.count - 1]):\(line): \(message)") }
  }

  private mutating func read(_ bytes: [UInt8], _ path: String) {
    paths.append(path)
    var line = 0
    var start = 0
    var rows = 0
    // A byte order mark is no part of the first name.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
    let isText = String(validating: bytes, as: UTF8.self) != nil
    while start < bytes.count {
      line += 1
      let end = bytes.span.firstOffset(of: 0x0A, in: Range(from: start, upTo: bytes.count))
      var row = bytes[Range(from: start, upTo: end)]
      if row.last == 0x0D { row.removeLast() }
      start = end + 1
      if row.first == UInt8(ascii: "#") || row.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
      rows += 1
      if !isText, String(validating: row, as: UTF8.self) == nil {
        report("the row is not UTF-8: save the file in that character set", at: line)
      } else {
        add(row, line, isFirst: rows == 1)
      }
    }
  }

  private mutating func add(_ row: ArraySlice<UInt8>, _ line: Int, isFirst: Bool) {
    var fields: [ArraySlice<UInt8>] = []
    var start = row.startIndex
    for at in Range(from: row.startIndex, upTo: row.endIndex + 1) where at == row.endIndex || row[at] == 0x09 {
      fields.append(row[Range(from: start, upTo: at)].trimmed { $0 == 0x20 })
      start = at + 1
    }
    if isFirst, fields.count > 1, Self.isTitle(fields[0]) { return }
    guard fields.count > 1 else {
      return report("the row has no type: write NAME, a tab, and PERSON, ORG, LOC or MISC", at: line)
    }
    guard fields.count <= 5 else {
      return report(
        "the row has \(fields.count) fields: name, type, id, aliases and ‘confirm’ are all there can be", at: line)
    }
    let name = Self.singleSpaced(fields[0])
    guard !name.isEmpty else { return report("the row has no name", at: line) }
    guard let kind = Self.kind(fields[1]) else {
      let type = String(decoding: fields[1], as: UTF8.self)
      return report("‘\(type)’ is no type of names: write PERSON, ORG, LOC or MISC", at: line)
    }
    var needsFinder = false
    if fields.count > 4, !fields[4].isEmpty {
      guard fields[4].elementsEqual("confirm".utf8) else {
        let word = String(decoding: fields[4], as: UTF8.self)
        return report(
          "the fifth field is ‘\(word)’: it may be ‘confirm’, for a name that counts only where one is found anyway",
          at: line)
      }
      needsFinder = true
    }
    let index = gazetteer.addRow(kind, name: name, id: fields.count > 2 ? fields[2] : [], needsFinder: needsFinder)
    places.append((paths.count - 1, line))
    add(name, index)
    guard fields.count > 3, !fields[3].isEmpty else { return }
    for alias in fields[3].split(separator: UInt8(ascii: "|")) {
      let name = Self.singleSpaced(alias)
      if !name.isEmpty { add(name, index) }
    }
  }

  private mutating func add(_ name: ArraySlice<UInt8>, _ row: Int) {
    guard let earlier = gazetteer.add(name, row: row), earlier != row else { return }
    let (old, new) = (gazetteer.listed(earlier), gazetteer.listed(row))
    let isOther = gazetteer.rows[earlier].kind != gazetteer.rows[row].kind || old.id != new.id
    doubleCount += 1
    if doubles.count == Self.mostTold { return }
    let (here, there) = (places[row], places[earlier])
    doubles.append(
      "\(paths[here.file]):\(here.line): ‘\(String(decoding: name, as: UTF8.self))’ stands in \(paths[there.file]):\(there.line) "
        + (isOther ? "with another type or id, which counts" : "already"))
  }

  /// Most names have nothing but ASCII letters and single spaces, and stay as they are.
  private static func singleSpaced(_ name: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var before: UInt8 = 0
    for byte in name {
      if byte >= 0x80 || byte == 0x20 && before == 0x20 { return FoldedName.singleSpaced(name)[...] }
      before = byte
    }
    return name.trimmed { $0 == 0x20 }
  }

  private static func isTitle(_ field: ArraySlice<UInt8>) -> Bool {
    field.count == 4 && zip(field, "name".utf8).allSatisfy { $0.lowered == $1 }
  }

  private static func kind(_ field: ArraySlice<UInt8>) -> Entity.Kind? {
    for kind in [Entity.Kind.person, .organization, .location, .miscellaneous]
    where field.elementsEqual(kind.rawValue.utf8) {
      return kind
    }
    return nil
  }
}
