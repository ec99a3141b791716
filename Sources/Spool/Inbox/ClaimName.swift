import Bytes
import Disk

/// Names in `claimed/`: number and path from the inbox, so that one rename keeps both: `17.a.txt`, and for a file from a
/// folder `17@desk%2Fa.txt`. What would grow too long keeps directories of its own: `17/desk/a.txt`.
enum ClaimName {
  /// Bytes of the longest name on Linux file systems.
  static let longest = 255

  private static let slash = UInt8(ascii: "/")
  private static let percent = UInt8(ascii: "%")

  static func path(in claimed: Path, number: UInt64, name: [UInt8]) -> Path {
    let short = name.contains(slash) ? Array("\(number)@".utf8) + escaped(name) : Array("\(number).".utf8) + name
    return short.count <= longest ? claimed / short : claimed / "\(number)" / name
  }

  /// `17.a.txt` to 17 and `a.txt`; `17` to 17 and nothing; `nil` for what is no claim.
  static func parse(_ entry: [UInt8]) -> (number: UInt64, name: [UInt8]?)? {
    let digits = entry.prefix { $0.isDigit }
    guard let number = UInt64(digits: digits) else { return nil }
    if digits.count == entry.count { return (number, nil) }
    let rest = Array(entry[(digits.count + 1)...])
    switch entry[digits.count] {
    case UInt8(ascii: ".") where !rest.isEmpty: return (number, rest)
    case UInt8(ascii: "@"): return unescaped(rest).map { (number, $0) }
    default: return nil
    }
  }

  private static func escaped(_ path: [UInt8]) -> [UInt8] {
    path.flatMap { byte in byte == slash ? Array("%2F".utf8) : byte == percent ? Array("%25".utf8) : [byte] }
  }

  private static func unescaped(_ name: [UInt8]) -> [UInt8]? {
    var path: [UInt8] = []
    var at = 0
    while at < name.count {
      if name[at] == percent {
        let code = name[at...].prefix(3)
        guard code.elementsEqual("%2F".utf8) || code.elementsEqual("%25".utf8) else { return nil }
        path.append(code.elementsEqual("%2F".utf8) ? slash : percent)
        at += 3
      } else {
        path.append(name[at])
        at += 1
      }
    }
    // No other name has this form.
    return path.contains(slash) && !path.split(separator: slash, omittingEmptySubsequences: false).contains([])
      ? path : nil
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
        for name in try files(in: claimed / entry, fs) { found.append((number, name)) }
      }
    }
    return found.sorted { $0.number < $1.number }
  }

  /// What a claim's own directory holds, as paths from there.
  private static func files(in directory: Path, _ fs: some FileSystem) throws(DiskError) -> [[UInt8]] {
    guard try fs.status(at: directory)?.kind == .directory else { return [] }
    var found: [[UInt8]] = []
    for name in try fs.list(directory) {
      if try fs.status(at: directory / name)?.kind == .directory {
        for inner in try files(in: directory / name, fs) { found.append(name + [slash] + inner) }
      } else {
        found.append(name)
      }
    }
    return found
  }

  /// Makes the directories that a claim has of its own, and puts them on the disk: what is moved there must not go away
  /// with them.
  static func makeDirectories(of claim: Path, in claimed: Path, _ fs: some FileSystem) throws(DiskError) {
    for directory in ownDirectories(of: claim, in: claimed).reversed() {
      try fs.makeDirectory(directory)
      try fs.syncDirectory(directory.directory)
    }
  }

  /// Removes them again, where nothing else lies in them.
  static func removeDirectories(of claim: Path, in claimed: Path, _ fs: some FileSystem) {
    for directory in ownDirectories(of: claim, in: claimed) { _ = try? fs.remove(directory) }
  }

  /// Removes directories of claims that a crash left behind empty.
  static func removeEmptyDirectories(in claimed: Path, _ fs: some FileSystem) throws(DiskError) {
    func remove(_ directory: Path) throws(DiskError) {
      guard try fs.status(at: directory)?.kind == .directory else { return }
      for name in try fs.list(directory) { try remove(directory / name) }
      _ = try? fs.remove(directory)
    }
    guard try fs.status(at: claimed) != nil else { return }
    for entry in try fs.list(claimed) {
      if let claim = parse(entry), claim.name == nil { try remove(claimed / entry) }
    }
  }

  /// From the inmost out; none where the claim lies in `claimed/` itself.
  private static func ownDirectories(of claim: Path, in claimed: Path) -> [Path] {
    guard claim.bytes.starts(with: claimed.bytes) else { return [] }
    var found: [Path] = []
    var directory = claim.directory
    while directory.bytes.count > claimed.bytes.count {
      found.append(directory)
      directory = directory.directory
    }
    return found
  }
}

/// `name` with `mark` before its ending, shortened to what a file system takes: `a.txt` and `~17` to `a~17.txt`. Of a
/// path the last name is marked.
func marked(_ path: [UInt8], _ mark: String, room: Int = 0) -> [UInt8] {
  let mark = Array(mark.utf8)
  let name = Path(path).name
  let dot = name.lastIndex(of: UInt8(ascii: "."))
  var split = dot.map { $0 > 0 ? $0 : name.count } ?? name.count
  if name.count - split > 32 { split = name.count }
  let ending = name[split...]
  let stem = name[..<min(split, max(1, ClaimName.longest - room - mark.count - ending.count))]
  return path.dropLast(name.count) + stem + mark + ending
}
