import Disk
import Glibc
import LexiconBuilding

/// Makes the tables of Sources/CLexicon from the lists: `compile-lists LISTS OUTPUT`.
@main
struct CompileLists {
  static func main() {
    let arguments = CommandLine.arguments
    guard arguments.count == 3 else { fail("usage: compile-lists LISTS OUTPUT") }
    do {
      let lists = try ListFolder(Path(arguments[1]), PosixFileSystem()).languages
      try write(LexiconBuilder(lists["en", default: []]).table, to: Path(arguments[2]) / "english.table")
      try write(LanguageTable.table(lists), to: Path(arguments[2]) / "languages.table")
      try write(AbbreviationTable.table(lists), to: Path(arguments[2]) / "abbreviations.table")
    } catch {
      fail("\(error)")
    }
  }

  private static func write(_ bytes: [UInt8], to path: Path) throws(DiskError) {
    let disk = PosixFileSystem()
    let file = try disk.open(path, for: .creating)
    defer { disk.close(file) }
    try disk.truncate(file, to: 0)
    try disk.write(bytes, to: file, at: 0)
  }

  private static func fail(_ message: String) -> Never {
    let line = Array("compile-lists: \(message)\n".utf8)
    _ = line.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    exit(1)
  }
}
