import Disk

/// Names in `claimed/`: the number and the name, `17.a.txt`, so that one rename keeps both. A name that would grow
/// too long keeps its own directory: `17/NAME`.
enum ClaimName {
  /// Bytes of the longest name on Linux file systems.
  static let longest = 255

  static func path(in claimed: Path, number: UInt64, name: [UInt8]) -> Path {
    let short = Array("\(number).".utf8) + name
    return short.count <= longest ? claimed / short : directory(in: claimed, number: number) / name
  }

  private static func directory(in claimed: Path, number: UInt64) -> Path { claimed / "\(number)" }

  /// `17.a.txt` to 17 and `a.txt`; `17` to 17 and nothing; `nil` for what is no claim.
  static func parse(_ entry: [UInt8]) -> (number: UInt64, name: [UInt8]?)? {
    let digits = entry.prefix { $0 >= 0x30 && $0 <= 0x39 }
    guard let number = UInt64(String(decoding: digits, as: UTF8.self)) else { return nil }
    if digits.count == entry.count { return (number, nil) }
    guard entry[digits.count] == UInt8(ascii: "."), entry.count > digits.count + 1 else { return nil }
    return (number, Array(entry[(digits.count + 1)...]))
  }

  /// All claims in a directory, oldest first.
  static func list(_ fs: some FileSystem, _ claimed: Path) throws(DiskError) -> [(number: UInt64, name: [UInt8])] {
    guard try fs.status(at: claimed) != nil else { return [] }
    var found: [(number: UInt64, name: [UInt8])] = []
    for entry in try fs.list(claimed) {
      guard let (number, name) = parse(entry) else { continue }
      if let name {
        found.append((number, name))
      } else {
        for name in try fs.list(claimed / entry) { found.append((number, name)) }
      }
    }
    return found.sorted { $0.number < $1.number }
  }
}

/// `name` with `mark` before its ending, shortened to what a file system takes: `a.txt` and `~17` to `a~17.txt`.
func marked(_ name: [UInt8], _ mark: String, room: Int = 0) -> [UInt8] {
  let mark = Array(mark.utf8)
  let dot = name.lastIndex(of: UInt8(ascii: "."))
  var split = dot.map { $0 > 0 ? $0 : name.count } ?? name.count
  if name.count - split > 32 { split = name.count }
  let ending = name[split...]
  let stem = name[..<min(split, max(1, ClaimName.longest - room - mark.count - ending.count))]
  return Array(stem) + mark + Array(ending)
}
