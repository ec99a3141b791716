import ArgumentParser
import Disk
import Glibc
import PipelineKit
import Spool

struct RetryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retry",
    abstract: "Put failed inputs back into their inbox.",
    discussion: """
      FILE is an input in failed/ by its path, which tells the spool, or by its name there or in the inbox. It is put into \
      the inbox that its pipeline reads now, or that the one reads that took its place, never over a file that waits \
      there, and leaves failed/ together with its reason. Works whether the daemon runs or not.

      Exit codes: 0 all of them are back, 1 some are not.

      EXAMPLES
        linecaster retry spool/failed/article.txt
        linecaster retry article.html feed.line-12.jsonl
        linecaster retry --all --root /var/lib/linecaster
      """)

  @Argument(help: "Failed inputs.", completion: .file())
  var files: [String] = []

  @Flag(help: "All that failed.")
  var all = false

  @OptionGroup var spool: SpoolOptions

  @Option(
    parsing: .upToNextOption,
    help: "Pipeline files, where no daemon runs and one of them has ‘ready: marker’, or another inbox than before.",
    completion: .file(extensions: ["yaml", "yml"]))
  var pipelines: [String] = []

  func validate() throws {
    if files.isEmpty != all { throw ValidationError("name the failed inputs, or say --all") }
  }

  mutating func run() throws {
    if let file = files.first { spool.takeRoot(from: file) }
    let fs = PosixFileSystem()
    let daemon = RunningDaemon(root: spool.path, fs)
    let loaded = try spool.pipelines(pipelines, daemon)
    let view = try spool.view(loaded, beside: daemon, placesOnly: true)
    let failed = try orExit { try view.failedInputs(fs) }
    var isGood = true
    var chosen: [FailedInput] = []
    if all {
      chosen = failed.filter { $0.status != nil }
      if chosen.isEmpty { StandardOutput.write("nothing has failed\n") }
    }
    for (file, bytes) in zip(files, CommandLine.bytes(of: files)) {
      let found = Self.choose(bytes, failed)
      if found.isEmpty {
        complain("nothing called \(file) is in failed/; linecaster why \(file) says where it is")
        isGood = false
      }
      chosen += found.filter { new in !chosen.contains { $0.path == new.path } }
    }
    for input in chosen {
      do {
        let place = try retry(input, view, loaded, fs)
        StandardOutput.write("\(input.path.shown): put back as \(place.shown)\n")
      } catch let complaint as Complaint {
        complain(complaint.message)
        isGood = false
      } catch let error as DiskError {
        complain("\(input.path.shown) stays in failed/: \(error)")
        isGood = false
      }
    }
    if !isGood { throw ExitCode.failure }
  }

  /// The one input that a path or a name in `failed/` means, else all that had the name.
  private static func choose(_ file: [UInt8], _ failed: [FailedInput]) -> [FailedInput] {
    let path = Path(file).absolute
    let place = path.directory.resolved / path.name
    let byPath = failed.filter { input in
      [input.path, input.reasonPath].contains { $0.directory.resolved / $0.name == place }
    }
    if !byPath.isEmpty { return byPath }
    let byEntry = failed.filter { $0.entry == file && $0.name != file || $0.entry + FailureReason.ending == file }
    return byEntry.isEmpty ? failed.filter { isMeant($0.name, by: file) || isMeant($0.entry, by: file) } : byEntry
  }

  /// A committed failure is known by its inode until the journal's next checkpoint, and a restart before that would
  /// take the same file back to `failed/`. So a copy goes into the inbox, and only then the failed one away.
  private func retry(
    _ input: FailedInput, _ view: SpoolView, _ pipelines: [Pipeline], _ fs: PosixFileSystem
  ) throws -> Path {
    guard let status = input.status else {
      throw Complaint("\(input.path.shown) was taken away; only its reason is left")
    }
    guard status.kind == .regular else { throw Complaint("\(input.path.shown) is not a regular file") }
    guard let lane = view.lane(of: input) else {
      throw Complaint(
        "\(input.path.shown): \(input.reason == nil ? "no reason file says" : "the spool does not know") which pipeline it "
          + "belongs to; put it back with linecaster put \(input.path.shown) --inbox DIR, then remove it")
    }
    let file = try fs.open(input.path, for: .reading)
    defer { fs.close(file) }
    guard flock(file.descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw Complaint("\(input.path.shown) is being put back by another linecaster retry")
    }
    guard let current = try fs.status(at: input.path), current.isSameFile(as: try fs.status(of: file)) else {
      throw Complaint("\(input.path.shown) was taken away meanwhile")
    }
    var offset = 0
    let pipeline = pipelines.first { $0.name == lane.places.pipelineName }
    let target = Self.target(of: input, lane.places.inbox, pipeline, fs)
    let drop = SafeDrop(inbox: target.directory, hasMarkers: pipeline?.inbox.ready == .marker, fs: fs)
    let dropped = try drop.put(
      target.name,
      from: { () throws(DiskError) in
        let piece = try fs.read(file, at: offset, count: 1 << 18)
        offset += piece.count
        return piece
      },
      beforeRename: { draft, name throws(DiskError) in
        guard let reason = input.reason, let name = (target.directory / name).below(lane.places.inbox) else { return }
        let note = RetryNote(
          pipeline: lane.places.pipeline, name: name, attempts: reason.attempts, first: reason.first)
        // Who may put a file back need not have a right to write there.
        _ = try? note.write(for: fs.status(of: draft).inode, root: view.root, fs)
      })
    fs.close(dropped.file)
    try fs.remove(input.path)
    if input.reason != nil { try fs.remove(input.reasonPath) }
    FailedDirectory.removeEmpty(input.path.directory, in: input.failed, fs)
    try fs.syncDirectory(input.failed)
    return dropped.path
  }

  /// Where it goes: into the folder that it came from, where those are read and one can be made, else the inbox itself.
  private static func target(
    of input: FailedInput, _ inbox: Path, _ pipeline: Pipeline?, _ fs: PosixFileSystem
  ) -> Path {
    let name = input.reason?.line == nil ? input.name : input.entry
    let target = inbox / name
    let isRead = pipeline?.inbox.subfolders != .ignored
    return isRead && (try? fs.makeDirectories(target.directory)) != nil ? target : inbox / target.name
  }
}
