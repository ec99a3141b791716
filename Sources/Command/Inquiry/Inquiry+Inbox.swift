import Bytes
import Disk
import Glibc
import PipelineKit
import Spool

/// What stands in an inbox, and why it waits or is left alone.
extension Inquiry {
  func waiting(_ input: FoundInput) throws(DiskError) -> Finding? {
    guard let status = try fs.status(at: input.path) else { return nil }
    let pipeline = pipelines.first { $0.name == input.lane.places.pipelineName }
    let settings = pipeline?.inbox ?? InboxSettings()
    let name = Path(input.name).name
    func finding(_ state: Finding.State, _ rule: String, _ message: String) -> Finding {
      Finding(
        state: state, rule: rule, path: input.path, pipeline: input.lane.places.pipelineName,
        since: UTC.extended(status.modified / 1_000_000_000), message: message)
    }
    let isOfFolder = input.name.contains(UInt8(ascii: "/"))
    if !input.lane.isPresent, !isOfFolder || view.readsFolders(below: input.lane.places.inbox),
      view.reader(of: input.lane.places.inbox) == nil
    {
      return finding(
        .waiting, "abandoned",
        "waits in a former inbox of ‘\(input.lane.places.pipelineName)’, which nothing reads any "
          + "more; \(adopt(input.lane.places))")
    }
    if let message = folderRule(input, status, pipeline) { return finding(.ignored, "directory", message) }
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
    if let kind = Self.otherKind(status.kind) {
      return finding(.ignored, "not-a-file", "left alone: it is a \(kind); only regular files are taken")
    }
    guard let daemon else {
      return finding(.waiting, "no-daemon", "waits: nothing runs on this spool; start linecaster run")
    }
    if let rights = daemon.rights,
      let obstacle = ObstacleSearch(input.lane.places, rights, fs).obstacle(to: input.path, status)
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
      if !Marker.exists(of: name, in: input.path.directory, fs) {
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
    let quiet = now() - status.modified
    if quiet < Int64(settings.settleMilliseconds) * 1_000_000 {
      return finding(
        .waiting, "settle",
        "waits: last written \(quiet / 1_000_000) ms ago, it is taken after "
          + "\(settings.settleMilliseconds) ms of quiet (‘settle’)")
    }
    return finding(.waiting, "queue", queue(daemon))
  }

  /// Why what lies in a folder below the inbox is left alone, or the folder itself; `nil` for everything else.
  private func folderRule(_ input: FoundInput, _ status: FileStatus, _ pipeline: Pipeline?) -> String? {
    let isFolder = status.kind == .directory
    let inbox = input.lane.places.inbox
    guard isFolder || input.name.contains(UInt8(ascii: "/")) else { return nil }
    guard let pipeline else {
      return
        "left alone: folders below the inbox are not read, unless the pipeline has ‘subfolders: true’ under ‘inbox’ "
        + "(--pipelines names it); else move \(isFolder ? "its files" : "it") to \(inbox.shown)"
    }
    if pipeline.inbox.subfolders == .ignored {
      return
        "left alone: folders below the inbox are not read; set ‘subfolders: true’ under ‘inbox’ in \(pipeline.file) "
        + "and restart linecaster, or move \(isFolder ? "its files" : "it") to \(inbox.shown)"
    }
    let parts = input.name.split(separator: UInt8(ascii: "/")).map(Array.init)
    let folders = isFolder ? parts : parts.dropLast()
    var path: [UInt8] = []
    for folder in folders {
      path += path.isEmpty ? folder : [UInt8(ascii: "/")] + folder
      let shown = Path.printable(path)
      if !NameRules.isReadFolder(folder) {
        return
          "left alone: the folder \(shown) is not read, because its name begins with a dot or marks it as unfinished; "
          + "rename it when it is finished"
      }
      if (try? fs.status(at: inbox / path))?.kind == .symbolicLink {
        return "left alone: the folder \(shown) is a symbolic link, which is never followed; put the folder itself here"
      }
    }
    if folders.count > InboxWalk.deepest || path.count > InboxWalk.longest {
      return
        "left alone: folders are read \(InboxWalk.deepest) deep, and with \(InboxWalk.longest) bytes of path; move it "
        + "further up"
    }
    return isFolder ? "is a folder: its files are taken, and it stays" : nil
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

  private func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
