import ArgumentParser
import Disk

/// For whoever makes packages.
struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual",
    abstract: "Write the manual pages of all commands into a directory.",
    shouldDisplay: false)

  @Argument(help: "A directory.", completion: .directory)
  var directory: String

  func run() throws {
    let fs = PosixFileSystem()
    try orExit {
      try fs.makeDirectories(Path(directory).absolute)
      for (name, text) in CommandPage.manual {
        try fs.replace(Path(directory).absolute / "\(name).1", with: Array(text.utf8))
      }
    }
  }
}
