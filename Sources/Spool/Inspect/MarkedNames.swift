import Bytes
import Disk

/// Whether an input is one that was asked for: by its path from the inbox, or by its name alone.
public func isMeant(_ path: [UInt8], by asked: [UInt8]) -> Bool {
  path == asked || !asked.contains(UInt8(ascii: "/")) && Path(path).name == asked
}

/// The number in such a mark: `a~17.txt` and `a~17.2.txt` to 17.
func markedNumber(_ path: [UInt8]) -> UInt64? {
  path.lastIndex(of: UInt8(ascii: "~")).flatMap { UInt64(leadingDigits: path[($0 + 1)...]) }
}

/// `a~17.txt` and `a~17.2.txt` to `a.txt`: what a settled input was called where its name was taken; `nil` for
/// names without such a mark.
func unmarked(_ path: [UInt8]) -> [UInt8]? {
  let entry = Path(path).name
  guard let tilde = entry.lastIndex(of: UInt8(ascii: "~")) else { return nil }
  let rest = entry[(tilde + 1)...]
  func digits(_ from: Int) -> Int { rest[from...].firstIndex { !$0.isDigit } ?? rest.endIndex }
  var end = digits(rest.startIndex)
  guard end > rest.startIndex else { return nil }
  if end < rest.endIndex, rest[end] == UInt8(ascii: ".") {
    let second = digits(end + 1)
    let isNumber = second > end + 1 && (second == rest.endIndex || rest[second] == UInt8(ascii: "."))
    if isNumber { end = second }
  }
  guard end == rest.endIndex || rest[end] == UInt8(ascii: ".") else { return nil }
  return Array(path.dropLast(entry.count) + entry[..<tilde] + rest[end...])
}
