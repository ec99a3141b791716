import Disk

/// The file beside an input that says that the input is complete: `NAME.done` for `NAME`.
public enum Marker {
  static let ending = Array(".done".utf8)

  public static func name(of input: [UInt8]) -> [UInt8] { input + ending }

  /// The input that a marker is about; `nil` for other names.
  public static func input(of name: [UInt8]) -> [UInt8]? {
    name.count > ending.count && name.suffix(ending.count).elementsEqual(ending)
      ? Array(name.dropLast(ending.count)) : nil
  }

  /// Removes the marker of an input that was claimed in an earlier run, which ended before it could. One that is
  /// younger than a new file of that name is the new file's.
  static func removeStale(of input: [UInt8], in inbox: Path, _ fs: any FileSystem) throws(DiskError) {
    let path = inbox / name(of: input)
    guard let marker = try fs.status(at: path), marker.kind == .regular else { return }
    if let file = try fs.status(at: inbox / input), file.modified <= marker.modified { return }
    try fs.remove(path)
  }
}
