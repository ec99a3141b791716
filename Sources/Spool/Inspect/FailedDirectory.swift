import Disk

/// Inputs and reasons in `failed/` belong together. Those from folders below the inbox lie in folders here too.
public enum FailedDirectory {
  private static let ending = Array(ReasonFile.ending.utf8)

  public static func reason(of input: Path) -> Path { input.directory / (input.name + ending) }
  static func isReason(_ path: Path) -> Bool {
    path.name.count > ending.count && path.name.suffix(ending.count).elementsEqual(ending)
  }

  /// All that is no folder, in order.
  public static func files(_ failed: Path, _ fs: some FileSystem) throws(DiskError) -> [Path] {
    guard try fs.status(at: failed)?.kind == .directory else { return [] }
    var found: [Path] = []
    try InboxWalk(failed, fs).visit(entry: { path, _ in
      if path.first != UInt8(ascii: "."), Path(path).name.first != UInt8(ascii: ".") { found.append(failed / path) }
    })
    return found.sorted()
  }

  /// Removes a folder in which nothing failed lies any more, and those above it.
  public static func removeEmpty(_ folder: Path, in failed: Path, _ fs: some FileSystem) {
    var folder = folder
    while folder.bytes.count > failed.bytes.count, (try? fs.remove(folder)) != nil { folder = folder.directory }
  }

  static func count(_ lanes: [SpoolView.KnownLane], _ fs: any FileSystem) throws(DiskError) -> Int {
    var count = 0
    for failed in Set(lanes.map(\.places.failed)) { count += try files(failed, fs).count { !isReason($0) } }
    return count
  }

  static func problems(_ lanes: [SpoolView.KnownLane], _ fs: any FileSystem) throws(DiskError) -> [SpoolProblem] {
    var problems: [SpoolProblem] = []
    for failed in Set(lanes.map(\.places.failed)).sorted() {
      let paths = try files(failed, fs)
      let there = Set(paths)
      for path in paths {
        if isReason(path) {
          let input = path.directory / Array(path.name.dropLast(ending.count))
          if !there.contains(input) {
            problems.append(
              SpoolProblem(
                kind: .failedInputMissing, path: path, message: "is the reason of an input that was taken away"))
          }
        } else if !there.contains(reason(of: path)) {
          problems.append(
            SpoolProblem(kind: .reasonMissing, path: path, message: "has no reason file beside it"))
        } else if try !isWhole(reason(of: path), fs) {
          problems.append(
            SpoolProblem(kind: .reasonDamaged, path: path, message: "has a reason file that is cut short"))
        }
      }
    }
    return problems
  }

  /// Whether a look that comes later finds everything in order.
  static func isFixed(_ problem: SpoolProblem, _ fs: any FileSystem) throws(DiskError) -> Bool {
    switch problem.kind {
    case .failedInputMissing:
      let input = problem.path.directory / Array(problem.path.name.dropLast(ending.count))
      if try fs.status(at: problem.path) == nil { return true }
      return try fs.status(at: input) != nil
    default:
      if try fs.status(at: problem.path) == nil { return true }
      return try isWhole(reason(of: problem.path), fs)
    }
  }

  private static func isWhole(_ path: Path, _ fs: any FileSystem) throws(DiskError) -> Bool {
    guard let size = try fs.status(at: path)?.size, let file = try? fs.open(path, for: .reading) else { return false }
    defer { fs.close(file) }
    let end = try fs.read(file, at: max(0, size - 16), count: 16)
    return end.last { $0 > 0x20 } == UInt8(ascii: "}")
  }
}
