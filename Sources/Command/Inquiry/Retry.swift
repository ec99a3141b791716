import Disk
import Glibc
import PipelineKit
import Spool

/// Puts failed inputs back into the inbox that they came from.
struct Retry {
  let view: SpoolView
  let pipelines: [Pipeline]
  let fs: PosixFileSystem

  enum Result {
    case putBack(Path, as: Path)
    /// With a sentence without a full stop.
    case refused([UInt8], String)
  }

  /// - Parameters:
  ///   - files: paths, or names in `failed/` or in the inbox; `nil` for all that failed.
  ///   - filter: which of those.
  func run(_ files: [[UInt8]]?, _ filter: FailedFilter? = nil) throws(DiskError) -> [Result] {
    let failed = try view.failedInputs(fs)
    let choice = FailedChoice(of: files == nil ? failed.filter { $0.status != nil } : failed, files, filter)
    var results: [Result] = choice.unknown.map { .refused($0, FailedChoice.unknown($0)) }
    for input in choice.inputs {
      do {
        results.append(.putBack(input.path, as: try putBack(input)))
      } catch let complaint as Complaint {
        results.append(.refused(input.path.bytes, complaint.message))
      } catch {
        results.append(.refused(input.path.bytes, "\(input.path.shown) stays in failed/: \(error)"))
      }
    }
    return results
  }

  /// A committed failure is known by its inode until the journal's next checkpoint, and a restart before that would
  /// take the same file back to `failed/`. So a copy goes into the inbox, and only then the failed one away.
  private func putBack(_ input: FailedInput) throws -> Path {
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
