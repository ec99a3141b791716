import ArgumentParser
import Disk
import Glibc
import Spool

/// Failed inputs that a command names, or that a filter keeps.
struct FailedChoice {
  private(set) var inputs: [FailedInput] = []
  /// Names of nothing that failed.
  private(set) var unknown: [[UInt8]] = []

  /// - Parameters:
  ///   - files: paths, or names in `failed/` or in the inbox; `nil` for all.
  ///   - filter: which of those; `nil` for all.
  init(of failed: [FailedInput], _ files: [[UInt8]]?, _ filter: FailedFilter?) {
    let kept = filter.map { filter in failed.filter(filter.holds) } ?? failed
    guard let files else {
      inputs = kept
      return
    }
    for file in files {
      if FailedInput.choose(file, failed).isEmpty { unknown.append(file) }
      inputs += FailedInput.choose(file, kept).filter { new in !inputs.contains { $0.path == new.path } }
    }
  }

  static func unknown(_ file: [UInt8]) -> String {
    let name = Path.printable(file)
    return "nothing called \(name) is in failed/; linecaster why \(name) says where it is"
  }
}

/// How commands that change what failed are told which inputs are meant.
struct FailedSelection: ParsableArguments {
  @Argument(help: "Failed inputs.", completion: .file())
  var files: [String] = []

  @Flag(help: "All that failed.")
  var all = false

  @OptionGroup var filter: FailedFilter

  /// Paths and names; `nil` where none are named.
  var names: [[UInt8]]? { files.isEmpty ? nil : CommandLine.bytes(of: files) }

  func validate() throws {
    if all, !files.isEmpty || !filter.isEmpty { throw ValidationError("--all goes without names and filters") }
    if !all, files.isEmpty, filter.isEmpty {
      throw ValidationError("name the failed inputs, or say which by --class, --stage, --pipeline or --since, or --all")
    }
  }
}

extension FailedInput {
  /// The one input that a path or a name in `failed/` means, else all that had the name.
  static func choose(_ file: [UInt8], _ failed: [FailedInput]) -> [FailedInput] {
    let path = Path(file).absolute
    let place = path.directory.resolved / path.name
    let byPath = failed.filter { input in
      [input.path, input.reasonPath].contains { $0.directory.resolved / $0.name == place }
    }
    if !byPath.isEmpty { return byPath }
    let byEntry = failed.filter { $0.entry == file && $0.name != file || $0.entry + FailureReason.ending == file }
    return byEntry.isEmpty ? failed.filter { isMeant($0.name, by: file) || isMeant($0.entry, by: file) } : byEntry
  }

  /// The reason goes last: what is left of a delete that was cut short still tells what it was.
  func delete(_ fs: PosixFileSystem) throws(DiskError) {
    if let status {
      guard status.kind == .regular else { throw DiskError(.remove, path, code: EISDIR) }
      try fs.remove(path)
    }
    if try fs.status(at: reasonPath) != nil { try fs.remove(reasonPath) }
    FailedDirectory.removeEmpty(path.directory, in: failed, fs)
    try fs.syncDirectory(failed)
  }
}
