import Disk

/// The file beside an input that says that the input is complete: `NAME.done` for `NAME`, or `NAME.DONE` from feeds
/// that write names in capitals.
public enum Marker {
  private static let endings = [".done", ".DONE"].map { Array($0.utf8) }

  /// What a marker is called where we make it.
  public static func name(of input: [UInt8]) -> [UInt8] { input + endings[0] }

  /// What it may be called.
  static func names(of input: [UInt8]) -> [[UInt8]] { endings.map { input + $0 } }

  /// The input that a marker is about; `nil` for other names.
  public static func input(of name: [UInt8]) -> [UInt8]? {
    for ending in endings where name.count > ending.count && name.suffix(ending.count).elementsEqual(ending) {
      return Array(name.dropLast(ending.count))
    }
    return nil
  }

  /// Whether a file's marker stands beside it.
  public static func exists(of input: [UInt8], in inbox: Path, _ fs: some FileSystem) -> Bool {
    names(of: input).contains { ((try? fs.status(at: inbox / $0)) ?? nil)?.kind == .regular }
  }

  /// Removes the marker of an input that was claimed.
  static func remove(of input: [UInt8], in inbox: Path, _ fs: some FileSystem) throws(DiskError) {
    for name in names(of: input) {
      // Its writer may have taken it back.
      do { try fs.remove(inbox / name) } catch  where error.kind == .missing {}
    }
  }

  /// The same for an input that was claimed in an earlier run, which ended before it could. One that is younger than a
  /// new file of that name is the new file's.
  static func removeStale(of input: [UInt8], in inbox: Path, _ fs: any FileSystem) throws(DiskError) {
    for name in names(of: input) {
      guard let marker = try fs.status(at: inbox / name), marker.kind == .regular else { continue }
      if let file = try fs.status(at: inbox / input), file.modified <= marker.modified { continue }
      try fs.remove(inbox / name)
    }
  }
}
