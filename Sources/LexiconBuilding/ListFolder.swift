import Disk

/// The folder `lists`: a folder a language, a list a file.
public struct ListFolder {
  /// By the code of the language, its lists in the order of their names.
  public let languages: [String: [ListFile]]

  /// Throws a `ListError` or a `DiskError`.
  public init(_ folder: Path, _ disk: some FileSystem) throws {
    var languages: [String: [ListFile]] = [:]
    for code in try disk.list(folder) {
      let path = folder / code
      guard try disk.status(at: path)?.kind == .directory else { continue }
      languages[String(decoding: code, as: UTF8.self)] = try Self.files(path, disk)
    }
    self.languages = languages
  }

  private static func files(_ folder: Path, _ disk: some FileSystem) throws -> [ListFile] {
    var files: [ListFile] = []
    for name in try disk.list(folder).sorted(by: { $0.lexicographicallyPrecedes($1) }) where name.ends(with: ".txt") {
      let file = try disk.open(folder / name, for: .reading)
      defer { disk.close(file) }
      files.append(try ListFile(name: (folder / name).description, disk.readAll(file)))
    }
    return files
  }
}

extension [UInt8] {
  fileprivate func ends(with suffix: String) -> Bool { self.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) }
}
