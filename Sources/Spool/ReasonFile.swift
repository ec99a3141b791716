import Bytes
import Disk

/// The text of `NAME.reason.json`, one object on several lines for people to read.
enum ReasonFile {
  static let ending = ".reason.json"

  static func content(
    _ failure: Failure, settlement: Settlement, places: LanePlaces, target: Path, root: Path? = nil, time: Int64
  ) -> [UInt8] {
    let input = settlement.input
    let name = Path(input.name).name
    var members: [(String, String)] = [("schema", quoted("linecaster-failure/1"))]
    members += named("name", name)
    if name != input.name { members += named("path", input.name) }
    if case .line(let line) = settlement.part { members.append(("line", "\(line)")) }
    members += [
      ("pipeline", quoted(String(decoding: places.pipeline, as: UTF8.self))),
      ("digest", quoted(failure.digest)),
      ("stage", failure.stage.map(quoted) ?? "null"),
      ("class", quoted(failure.class)),
      ("message", quoted(failure.message)),
      ("bytes", "\(failure.raw.isEmpty ? input.size : failure.raw.count)"),
      ("attempts", "\(failure.attempts)"),
      ("first_at", quoted(UTC.extended(failure.first ?? time))),
      ("failed_at", quoted(UTC.extended(time))),
      ("retry", quoted("linecaster retry\(root.map { " --root \($0.shellWord)" } ?? "") \(target.shellWord)")),
    ]
    let lines = members.map { "  \(quoted($0.0)): \($0.1)" }
    return Array("{\n\(lines.joined(separator: ",\n"))\n}\n".utf8)
  }

  /// A name, and in hexadecimal digits where it is no text.
  private static func named(_ key: String, _ name: [UInt8]) -> [(String, String)] {
    let text = (key, quoted(String(decoding: name, as: UTF8.self)))
    if String(validating: name, as: UTF8.self) != nil { return [text] }
    return [text, ("\(key)_hex", quoted(String(decoding: Hex.encode(name), as: UTF8.self)))]
  }

  /// The name in `failed/` for one part of a file: `a.jsonl`, “line” and 12 to `a.line-12.jsonl`, whatever it was packed
  /// in.
  static func partName(_ name: [UInt8], _ part: String, _ line: Int) -> [UInt8] {
    return marked(Array(name.dropLast(name.packedEnding)), ".\(part)-\(line)", room: ending.utf8.count)
  }

  /// The pipeline that a reason is about; `nil` where it does not say.
  static func pipeline(in reason: Path, _ fs: any FileSystem) throws(DiskError) -> [UInt8]? {
    let file = try fs.open(reason, for: .reading)
    defer { fs.close(file) }
    let text = try fs.read(file, at: 0, count: 1 << 16)
    // A name of a pipeline needs no escapes.
    guard let key = text.firstRange(of: Array("\n  \"pipeline\": \"".utf8)) else { return nil }
    return Array(text[key.upperBound...].prefix { $0 != UInt8(ascii: "\"") })
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      default:
        if scalar.value < 0x20 || scalar.value == 0x7f {
          result += "\\u00" + hex(UInt8(scalar.value))
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }

  fileprivate static func hex(_ byte: UInt8) -> String { String(decoding: Hex.encode([byte]), as: UTF8.self) }
}

extension Path {
  /// A word for the shell; bash's `$'…'` where the name is not plain text.
  public var shellWord: String {
    let safe = bytes.allSatisfy { byte in
      byte.isDigit || byte.isLetter || "/._-+,:@%".utf8.contains(byte)
    }
    if safe { return String(decoding: bytes, as: UTF8.self) }
    var word = "$'"
    for byte in bytes {
      if byte < 0x20 || byte >= 0x7f {
        word += "\\x" + ReasonFile.hex(byte)
      } else {
        if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\\") { word += "\\" }
        word.unicodeScalars.append(Unicode.Scalar(byte))
      }
    }
    return word + "'"
  }
}
