import ArgumentParser
import Bytes
import Disk
import Glibc
import PipelineKit
import StageKit
import Terminal

struct PluginNewCommand: ParsableCommand {
  enum Language: String, EnumerableFlag { case python, c }

  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Write a plugin that works, to begin from.",
    discussion: """
      Makes the folder NAME with plugin.yaml, a stage that lists long sentences, its test and a README. Its layer bears the same \
      name.

      EXAMPLES
        linecaster plugin new keywords
        linecaster plugin new topics --c
        linecaster plugin new keywords --directory /etc/linecaster/plugins
      """)

  @Argument(help: "What the plugin, its folder and its layer are called.")
  var name: String

  @Flag(help: "What it is written in. (default: --python)")
  var language: Language = .python

  @Option(help: "Where its folder goes.", completion: .directory)
  var directory = "."

  /// What stands for the name in the templates.
  private static let placeholder = Array("NAME_OF_PLUGIN".utf8)

  func validate() throws {
    guard PluginManifest.isName(name) else {
      throw ValidationError("‘\(name)’ is no name for a stage: \(PluginManifest.nameRule)")
    }
    if StageRegistry.present[name] != nil {
      throw ValidationError("‘\(name)’ is a stage that comes with linecaster: choose another name")
    }
  }

  func run() throws {
    let search = ResourceSearch.installed
    let support = language == .python ? search.pythonModule : search.folder("c", inPackage: "Plugins/c")
    guard
      let template = search.folder(
        "templates/\(language.rawValue)", inPackage: "Plugins/templates/\(language.rawValue)"), let support
    else {
      throw Complaint(
        "the templates are nowhere in \(search.folders.joined(separator: ", ")): install linecaster whole")
    }
    let fs = PosixFileSystem()
    let folder = Path(directory) / name
    try orExit {
      guard try fs.status(at: folder) == nil else {
        throw Complaint("\(folder) is there already and is left as it is: choose another name, or another --directory")
      }
      try fs.makeDirectories(folder.absolute)
      for file in try files(of: Path(template), fs) + supporting(Path(support), fs) {
        try fs.replace(folder / file.name, with: Self.named(file.bytes, name))
      }
    }
    let make = language == .c ? "  make -C \(folder)\n" : ""
    StandardOutput.write(
      """
      \(folder) is written. Next:
      \(make)  linecaster plugin check \(folder)
        linecaster list \(name) --plugins \(folder)
      A pipeline names it ‘- \(name)’; commands find it with --plugins \(folder).

      """)
  }

  private func files(of folder: Path, _ fs: PosixFileSystem) throws(DiskError) -> [(name: [UInt8], bytes: [UInt8])] {
    var files: [(name: [UInt8], bytes: [UInt8])] = []
    for name in try fs.list(folder) where name.first != UInt8(ascii: ".") {
      guard try fs.status(at: folder / name)?.kind == .regular else { continue }
      let file = try fs.open(folder / name, for: .reading)
      defer { fs.close(file) }
      files.append((name, try fs.readAll(file, limit: 1 << 20)))
    }
    return files
  }

  /// What the stage stands on: one file.
  private func supporting(_ folder: Path, _ fs: PosixFileSystem) throws(DiskError) -> [(name: [UInt8], bytes: [UInt8])]
  {
    let wanted = Array((language == .python ? "linecaster_stage.py" : "linecaster_process.h").utf8)
    return try files(of: folder, fs).filter { $0.name == wanted }
  }

  private static func named(_ bytes: [UInt8], _ name: String) -> [UInt8] {
    var named: [UInt8] = []
    var rest = bytes[...]
    while let place = rest.firstRange(of: placeholder) {
      named += rest[..<place.lowerBound] + Array(name.utf8)
      rest = rest[place.upperBound...]
    }
    return named + rest
  }
}
