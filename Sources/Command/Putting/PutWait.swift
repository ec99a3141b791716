import ArgumentParser
import Bytes
import Disk
import Spool
import Terminal

/// Waits for articles that were put to be settled, and tells what became of each.
///
/// An input moves when its line stands in the outbox or its reason beside it in `failed/`: following the file is enough.
struct PutWait {
  let spool: SpoolOptions
  let moves: FileMoves
  let fs: PosixFileSystem

  func run(_ files: [PutFile], until deadline: ContinuousClock.Instant?) throws -> ExitCode {
    var code = ExitCode.success
    if files.isEmpty { return code }
    var view = try SpoolView(root: spool.path, placesOnly: true, fs)
    for file in files {
      while true {
        var standing = try Arrival(file: file.file).standing(view, fs)
        if case .elsewhere = standing {
          // A daemon that runs here for the first time made new places.
          view = try SpoolView(root: spool.path, placesOnly: true, fs)
          standing = try Arrival(file: file.file).standing(view, fs)
        }
        if let good = try settle(file, standing, view) {
          if !good, code != .temporary { code = .failure }
          break
        }
        if let deadline, deadline <= .now {
          let state = standing == .inFlight ? "is being worked on" : "still waits"
          complain(
            "\(file.label): \(state) when the time is over; linecaster why \(file.path.shown)\(spool.flag) says more")
          code = .temporary
          break
        }
        moves.wait(until: deadline)
      }
    }
    return code
  }

  /// - Returns: whether all went well; `nil` while it is not settled.
  private func settle(_ file: PutFile, _ standing: Arrival.Standing, _ view: SpoolView) throws -> Bool? {
    switch standing {
    case .waiting, .inFlight: return nil
    case .done, .removed: return try tellRecords(file, view)
    case .failed(let path):
      let bytes = try? fs.content(of: path.directory / (path.name + FailureReason.ending))
      let reason = bytes.flatMap(FailureReason.init)?.sentence ?? "failed; its reason file is missing"
      _ = try tellRecords(file, view, isFailed: true)
      complain("\(file.label): \(reason) (\(path.shown))")
      return false
    case .elsewhere(let path):
      // A spool that has never run says nothing of its places.
      if path.directory == file.path.directory.resolved { return nil }
      complain(
        "\(file.label): somebody moved it to \(path.shown), which is no place of the spool \(view.root.shown); "
          + "name the right one with --root")
      return false
    }
  }

  /// - Parameter isFailed: lines before the one that broke a file may have records all the same.
  private func tellRecords(_ file: PutFile, _ view: SpoolView, isFailed: Bool = false) throws -> Bool {
    let place = file.path.directory.resolved / file.path.name
    let name = view.mapPaths(\.resolved).originalName(of: place) ?? file.path.name
    let lanes = view.lanes.filter { $0.places.inbox.resolved / name == place }.map(\.places)
    // The clocks of two file systems may differ a little.
    let since = file.modified - 60_000_000_000
    var latest: [Int: PublishedPlace] = [:]
    for place in try OutboxSearch(name).places(in: view.outlets(of: lanes), since: since, fs) {
      // Records of parts of a file are told by its name alone.
      let isOther = place.sourceLine == nil && file.sha256 != nil && file.sha256 != place.sha256
      if isOther || place.source != InputKey(name) { continue }
      latest[place.sourceLine ?? 0] = place
    }
    for (line, place) in latest.sorted(by: { $0.key < $1.key }) {
      let label = "\(file.label)\(line > 0 ? ":\(line)" : "")"
      StandardOutput.write("\(label): \(place.shown)\n")
      if let reason = place.discarded { complain("\(label): discarded: \(reason)") }
    }
    if isFailed { return false }
    let begin = UTC.extended(file.modified / 1_000_000_000 - 1)
    var badLines: [Int: FailedInput] = [:]
    for input in try view.failedInputs(fs) {
      guard let reason = input.reason, let line = reason.line, reason.name == name,
        latest[line] == nil, (reason.content["failed_at"]?.string ?? "") >= begin
      else { continue }
      badLines[line] = input
    }
    for (line, input) in badLines.sorted(by: { $0.key < $1.key }) {
      complain("\(file.label):\(line): \(input.reason?.sentence ?? "failed") (\(input.path.shown))")
    }
    if latest.isEmpty, badLines.isEmpty {
      complain("\(file.label): it is gone from the inbox, and no record of it is in the outbox any more")
      return false
    }
    return badLines.isEmpty
  }
}
