import Disk

extension PosixFileSystem {
  /// Gives a file a new content, which appears under its name only when it is whole.
  func replace(_ path: Path, with bytes: [UInt8]) throws(DiskError) {
    let draft = path.directory / (Array(".".utf8) + path.name + Array(".new".utf8))
    let file = try open(draft, for: .creating)
    do {
      defer { close(file) }
      try truncate(file, to: 0)
      try write(bytes, to: file, at: 0)
      try sync(file)
    }
    try rename(draft, to: path, replacing: true)
  }
}
