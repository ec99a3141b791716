import ArticleIO
import Disk
import Glibc
import PipelineKit
import Spool
import StageKit

/// Finds out everything that a spool knows of one input.
struct Inquiry {
  let view: SpoolView
  /// For commands in messages.
  let rootFlag: String
  let pipelines: [Pipeline]
  let daemon: RunningDaemon?
  let fs: PosixFileSystem

  /// - Parameter file: a path or a name.
  func findings(of file: String) throws(DiskError) -> [Finding] {
    let path = Path(file).absolute
    let place = path.directory.resolved / path.name
    let isThere = try fs.status(at: place) != nil
    if isThere, let finding = below(place) { return [finding] }
    let failed = try view.failedInputs(fs)
    let entry = failed.first { $0.path.resolvedDirectory == place || $0.reasonPath.resolvedDirectory == place }
    let ownName = entry?.name ?? view.mapPaths(\.resolved).originalName(of: place)
    let name = ownName ?? path.name
    let all =
      try view.inputs(named: name).map { input throws(DiskError) in try finding(input, name) }
      + failed.filter { $0.name == name || $0.entry == name }.map(finding)
    // A path into the spool asks for this one file only.
    if isThere, ownName != nil {
      let own = all.filter {
        $0.path.map { $0.resolvedDirectory == place || place == $0 + FailureReason.ending } ?? false
      }
      if !own.isEmpty { return own }
    }
    return all.contains { $0.state == .done } ? all : try all + recordsAlone(name)
  }

  // MARK: - Inbox

  /// What lies in a directory inside an inbox.
  private func below(_ place: Path) -> Finding? {
    for lane in view.lanes {
      let inbox = lane.places.inbox.resolved
      guard place.directory.bytes.starts(with: inbox.bytes + [UInt8(ascii: "/")]),
        !view.lanes.contains(where: { $0.places.inbox.resolved == place.directory }),
        !place.directory.bytes.starts(with: (inbox / ".linecaster").bytes)
      else { continue }
      return Finding(
        state: .ignored, rule: "directory", path: place, pipeline: lane.places.pipelineName,
        message: "left alone: only files in the inbox itself are taken; move it to \(lane.places.inbox.shown)")
    }
    return nil
  }

  private func waiting(_ input: FoundInput, _ name: [UInt8]) -> Finding {
    let pipeline = pipelines.first { $0.name == input.lane.places.pipelineName }
    let settings = pipeline?.inbox ?? InboxSettings()
    func finding(_ state: Finding.State, _ rule: String, _ message: String) -> Finding {
      Finding(
        state: state, rule: rule, path: input.path, pipeline: input.lane.places.pipelineName,
        since: UTC.extended(input.status.modified / 1_000_000_000), message: message)
    }
    if settings.ready == .marker, let marked = Marker.input(of: name) {
      return finding(
        .ignored, "marker", "is the marker of \(Path.printable(marked)), and goes when that is taken")
    }
    switch NameRules(accept: settings.accept).verdict(on: name) {
    case .unfinished where name.first == UInt8(ascii: "."):
      return finding(
        .ignored, "dot-file", "left alone: names that begin with a dot are never taken; rename it when it is finished")
    case .unfinished:
      return finding(
        .ignored, "unfinished",
        "left alone: its name marks an unfinished file (.tmp, .part, .partial, .crdownload, ~); "
          + "rename it when it is finished")
    case .notAccepted:
      let whose =
        pipeline == nil ? "the usual patterns; name the pipeline with --pipelines if it has its own" : "they are"
      let patterns = settings.accept.joined(separator: " ")
      return finding(
        .ignored, "accept", "left alone: its name fits no pattern of ‘accept’ (\(whose): \(patterns))")
    case .accepted: break
    }
    if let kind = Self.otherKind(input.status.kind) {
      return finding(.ignored, "not-a-file", "left alone: it is a \(kind); only regular files are taken")
    }
    guard let daemon else {
      return finding(.waiting, "no-daemon", "waits: nothing runs on this spool; start linecaster run")
    }
    if let rights = daemon.rights,
      let obstacle = ObstacleSearch(input.lane.places, rights, fs).obstacle(to: input.path, input.status)
    {
      return finding(.waiting, obstacle.rule, obstacle.sentence)
    }
    if hasWriter(input.path) {
      return finding(
        .waiting, "writer", "waits: somebody has it open for writing; it is taken when that one closes it")
    }
    switch settings.ready {
    case .marker:
      let marker = Marker.name(of: name)
      if !Marker.isThere(of: name, in: input.path.directory, fs) {
        return finding(
          .waiting, "marker", "waits for its marker: it is taken when \(Path.printable(marker)) stands beside it")
      }
      return finding(.waiting, "queue", queue(daemon))
    case .rename:
      return finding(
        .waiting, "rename",
        "waits: if it was written here, ‘ready: rename’ leaves it alone until it is renamed; "
          + "else it \(queue(daemon))")
    case .auto: break
    }
    let quiet = now() - input.status.modified
    if quiet < Int64(settings.settleMilliseconds) * 1_000_000 {
      return finding(
        .waiting, "settle",
        "waits: last written \(quiet / 1_000_000) ms ago, it is taken after "
          + "\(settings.settleMilliseconds) ms of quiet (‘settle’)")
    }
    return finding(.waiting, "queue", queue(daemon))
  }

  private func queue(_ daemon: RunningDaemon) -> String {
    "is ready, and waits for its turn; where that does not come, the log of process \(daemon.pid) says what holds it up"
  }

  private static func otherKind(_ kind: FileStatus.Kind) -> String? {
    switch kind {
    case .regular: nil
    case .directory: "directory"
    case .symbolicLink: "symbolic link, which is never followed"
    case .fifo: "FIFO"
    case .socket: "socket"
    case .device: "device"
    }
  }

  private func hasWriter(_ path: Path) -> Bool {
    guard let file = try? fs.open(path, for: .reading) else { return false }
    defer { fs.close(file) }
    return fs.hasWriter(file) == true
  }

  // MARK: - On its way, done, failed

  private func finding(_ input: FoundInput, _ name: [UInt8]) throws(DiskError) -> Finding {
    switch input.place {
    case .inbox: return waiting(input, name)
    case .claimed(let number):
      let since = details(input.path).map { UTC.extended($0.changed) }
      let lines = input.lane.settledLines[number].map { "; \($0) of its lines are settled" } ?? ""
      let message =
        daemon == nil
        ? "was in flight when the last run ended\(lines); the next linecaster run takes it up first"
        : "in flight\(since.map { " since \($0)" } ?? "")\(lines)"
      return Finding(
        state: .inFlight, path: input.path, pipeline: input.lane.places.pipelineName, since: since, message: message)
    case .done:
      let records = try records(of: input, name)
      return Finding(
        state: .done, path: input.path, pipeline: input.lane.places.pipelineName,
        since: details(input.path).map { UTC.extended($0.changed) }, message: Self.doneSentence(records),
        records: records)
    }
  }

  /// The records of the very content where it can be compared, else those of the name.
  private func records(of input: FoundInput, _ name: [UInt8]) throws(DiskError) -> [PublishedPlace] {
    var search = OutboxSearch(name: name)
    if let kind = try? InputKind(fileName: name), !kind.gzipped, kind.isOneArticle {
      search.sha256 = String(decoding: Hex.encode(SHA256.digest(try fs.content(of: input.path))), as: UTF8.self)
    }
    return try search.places(in: input.lane.places, fs)
  }

  /// Records of inputs that are not kept.
  private func recordsAlone(_ name: [UInt8]) throws(DiskError) -> [Finding] {
    var found: [Finding] = []
    for lane in view.lanes where !lane.places.isForDuplicates {
      let records = try OutboxSearch(name: name).places(in: lane.places, fs)
      if records.isEmpty { continue }
      found.append(
        Finding(
          state: .done, pipeline: lane.places.pipelineName,
          message: "\(Self.doneSentence(records)); the input itself is not in done/", records: records))
    }
    return found
  }

  private static func doneSentence(_ records: [PublishedPlace]) -> String {
    guard let last = records.last else {
      return "done; its record is in no outbox file any more, or every line of it failed"
    }
    if records.count == 1 { return "done: \(last.shown)" }
    // Stretches of lines that follow each other in one file.
    var stretches: [(file: Path, lines: ClosedRange<Int>)] = []
    for place in records {
      if let end = stretches.last, end.file == place.file, end.lines.upperBound + 1 == place.line {
        stretches[stretches.count - 1].lines = end.lines.lowerBound...place.line
      } else {
        stretches.append((place.file, place.line...place.line))
      }
    }
    let shown = stretches.prefix(10).map { stretch in
      let (first, last) = (stretch.lines.lowerBound, stretch.lines.upperBound)
      return "\(stretch.file.shown):\(first)\(last > first ? "-\(last)" : "")"
    }
    return "done, \(records.count) records: \(shown.joined(separator: ", "))\(stretches.count > 10 ? ", …" : "")"
  }

  private func finding(_ input: FailedInput) -> Finding {
    let retry = "linecaster retry \(input.path.shown)\(rootFlag)"
    let message: String
    if let reason = input.reason {
      let part = InputKind.part(ofFile: reason.name)
      let line = reason.line.map { "\(part) \($0) of \(Path.printable(reason.name)) " } ?? ""
      message =
        line + reason.sentence
        + (input.status == nil ? "; the input itself was taken away" : "; to run it again: \(retry)")
    } else {
      message = "failed, but its reason file is missing; linecaster spool repair\(rootFlag) writes one"
    }
    return Finding(
      state: .failed, rule: input.reason?.content["class"]?.string, path: input.path,
      pipeline: input.reason?.pipeline, since: input.reason?.content["failed_at"]?.string, message: message,
      reason: input.reason?.content)
  }

  // MARK: - Clock and disk

  private func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// When the file was last renamed or changed, in seconds since 1970, and its group.
  private func details(_ path: Path) -> (changed: Int64, group: UInt32)? {
    var answer = stat()
    let name = path.bytes.map { CChar(bitPattern: $0) } + [0]
    return lstat(name, &answer) == 0 ? (Int64(answer.st_ctim.tv_sec), answer.st_gid) : nil
  }
}

extension Path {
  /// With the symbolic links before the last component followed.
  fileprivate var resolvedDirectory: Path { directory.resolved / name }

  fileprivate static func + (path: Path, ending: [UInt8]) -> Path {
    path.directory.resolved / (path.name + ending)
  }
}
