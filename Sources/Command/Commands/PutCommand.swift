import ArgumentParser
import ArticleIO
import Bytes
import Disk
import Glibc
import Spool
import StageKit
import Terminal

struct PutCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "put",
    abstract: "Put articles into an inbox safely.",
    discussion: """
      Each file is written beside its place under a name that the daemon never touches, synced and renamed in, so that \
      nobody sees half of it. A file that waits there already is never replaced: the new one gets another name, which \
      is told. FILE can be -, standard input, with the name that --name gives.

      With --wait the command ends when the articles are settled, and prints OUTBOX:LINE for each record; for a file \
      with many articles one such line for each of them. A live file may get another name later, lines keep their numbers. Works whether the daemon runs already or is started later.

      Exit codes: 0 put or, with --wait, recorded; 1 an article failed or could not be put; 75 the time of --timeout \
      is over.

      EXAMPLES
        linecaster put article.txt
        linecaster put --root /var/lib/linecaster --wait --timeout 30 article.html
        curl -s https://example.org/story | linecaster put - --name story.html --wait
        linecaster put --pipeline news feed/*.jsonl
      """)

  @Argument(help: "The files, or - for standard input.", completion: .file())
  var files: [String]

  @OptionGroup var spool: SpoolOptions

  @OptionGroup var plugins: PluginsOption

  @Option(help: "The pipeline whose inbox is meant, where the spool has several: its name or its file.")
  var pipeline: String?

  @Option(help: "The inbox itself, or a folder below it that is read.", completion: .directory)
  var inbox: String?

  @Flag(help: "Put NAME.done beside NAME, for an inbox with ‘ready: marker’; where that is known it is done anyway.")
  var marker = false

  @Option(help: "The name in the inbox, for one file or standard input.")
  var name: String?

  @Flag(help: "Wait until the articles are settled, and say where their records stand.")
  var wait = false

  @Option(help: "Seconds to wait at most.")
  var timeout: Double?

  func validate() throws {
    if pipeline != nil, inbox != nil { throw ValidationError("name either --pipeline or --inbox") }
    if name != nil, files.count > 1 { throw ValidationError("--name is for one file") }
    if files.contains("-"), name == nil {
      throw ValidationError("standard input needs a name that says what it holds: --name story.html")
    }
    if let timeout, !wait || timeout < 0 || timeout > 1e9 {
      throw ValidationError("--timeout takes seconds and goes with --wait")
    }
  }

  func run() throws {
    let fs = PosixFileSystem()
    let daemon = RunningDaemon(root: spool.path, fs)
    let drop = try orExit { try chooseInbox(daemon, fs) }
    let deadline = timeout.map { ContinuousClock.now + .seconds($0) }
    var code = ExitCode.success
    if wait, daemon == nil {
      complain("nothing runs on \(spool.root) yet; the articles wait for linecaster run")
    }
    let paths = CommandLine.bytes(of: files)
    // Each file that is waited for is held open.
    for start in stride(from: 0, to: files.count, by: 100) {
      let moves = try orExit { try FileMoves() }
      defer { moves.close() }
      var waiting: [PutFile] = []
      for file in paths[start..<min(start + 100, files.count)] {
        do {
          let put = try put(file, drop, moves)
          try warnIfUnreadable(put, daemon, fs)
          if wait { waiting.append(put) } else { fs.close(put.file) }
        } catch let complaint as Complaint {
          complain(complaint.message)
          code = complaint.code
        } catch let error as DiskError {
          complain(error.description)
          code = error.code == ENOSPC || error.code == EIO ? .inputOutput : .failure
        }
      }
      let outcome = try orExit { try PutWait(spool: spool, moves: moves, fs: fs).run(waiting, until: deadline) }
      if outcome != .success, code != .temporary { code = outcome }
      for put in waiting { fs.close(put.file) }
    }
    if code != .success { throw code }
  }

  private func chooseInbox(_ daemon: RunningDaemon?, _ fs: PosixFileSystem) throws -> SafeDrop {
    let path: Path
    let isFile = pipeline.map { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") } ?? false
    let known = try spool.pipelines(isFile ? [pipeline ?? ""] : [], daemon)
    let lanes = try spool.view(known, beside: daemon, placesOnly: true).pipelines.map(\.places)
    if let inbox {
      path = Path(inbox).absolute
    } else {
      let names = lanes.map(\.pipelineName).joined(separator: ", ")
      if let pipeline = isFile ? known.first?.name : pipeline {
        guard let lane = lanes.first(where: { $0.pipelineName == pipeline }) else {
          let others = lanes.isEmpty ? "none has run there yet; name the directory with --inbox" : "there are \(names)"
          throw Complaint("the spool \(spool.root) knows no pipeline ‘\(pipeline)’: \(others)")
        }
        path = lane.inbox
      } else if lanes.count > 1 {
        throw Complaint("the spool \(spool.root) has several pipelines; name one with --pipeline: \(names)")
      } else {
        path = lanes.first?.inbox ?? spool.path / "inbox"
      }
    }
    guard try fs.status(at: path / ".")?.kind == .directory else {
      throw Complaint("there is no inbox at \(path.shown); start linecaster run first, or name it with --inbox")
    }
    let folder = path.resolved
    let owner = lanes.filter { $0.inbox.resolved == folder || folder.below($0.inbox.resolved) != nil }
      .max { $0.inbox.resolved.bytes.count < $1.inbox.resolved.bytes.count }
    let pipeline = known.first { $0.name == owner?.pipelineName }
    if let owner, let pipeline, owner.inbox.resolved != folder, pipeline.inbox.subfolders == .ignored {
      throw Complaint(
        "\(path.shown) is a folder below the inbox of ‘\(pipeline.name)’, and those are not read; set ‘subfolders: true’ "
          + "under ‘inbox’ in \(pipeline.file), or name the inbox itself: \(owner.inbox.shown)")
    }
    let hasMarkers = pipeline?.inbox.ready == .marker
    return SafeDrop(inbox: path, hasMarkers: marker || hasMarkers, fs: fs)
  }

  private func put(_ file: [UInt8], _ drop: SafeDrop, _ moves: FileMoves) throws -> PutFile {
    let isStandardInput = file == [UInt8(ascii: "-")]
    let label = isStandardInput ? "standard input" : Path.printable(file)
    let wanted = name.map { CommandLine.bytes(of: [$0])[0] } ?? Path(file).name
    try check(wanted, label)
    let source = isStandardInput ? STDIN_FILENO : openForReading(file)
    guard source >= 0 else { throw DiskError(.open, Path(file), code: errno) }
    defer { if source != STDIN_FILENO { close(source) } }
    var hash = SHA256()
    let dropped = try drop.put(
      wanted,
      from: { () throws(DiskError) in
        let piece = try readPiece(source, label)
        hash.update(piece)
        return piece
      }, beforeRename: { file, _ throws(DiskError) in if wait { try moves.watch(file) } })
    let renamed = dropped.path.name != wanted
    if renamed || !wait {
      let note = renamed ? ", because \(Path.printable(wanted)) waits there already" : ""
      StandardOutput.write("\(label): put as \(dropped.path.shown)\(note)\n")
    }
    let kind = try? InputKind(fileName: wanted)
    let isComparable = kind.map { $0.packing == nil && !$0.format.isStreamed } ?? false
    let modified = try PosixFileSystem().status(of: dropped.file).modified
    return PutFile(
      label: label, path: dropped.path, file: dropped.file, modified: modified,
      sha256: isComparable ? String(decoding: Hex.encode(hash.finish()), as: UTF8.self) : nil)
  }

  private func warnIfUnreadable(_ put: PutFile, _ daemon: RunningDaemon?, _ fs: PosixFileSystem) throws(DiskError) {
    let status = try fs.status(of: put.file)
    guard let rights = daemon?.rights, !rights.may(.read, status, fs.accessList(at: put.path)) else { return }
    complain(
      "\(put.label): linecaster (uid \(rights.user)) may not read \(put.path.shown) (mode \(String(status.mode, radix: 8))); "
        + "chmod a+r it, and use a umask like 022")
  }

  /// What would wait in the inbox for ever is not put there.
  private func check(_ name: [UInt8], _ label: String) throws {
    if name.isEmpty || name.contains(UInt8(ascii: "/")) {
      throw Complaint("\(label): ‘\(Path.printable(name))’ is no file name; give one with --name")
    }
    if NameRules(accept: []).verdict(on: name) == .unfinished {
      throw Complaint(
        "\(label): a name like \(Path.printable(name)) marks an unfinished file, which is never taken; "
          + "give another with --name", code: .badInput)
    }
    do {
      _ = try InputKind(fileName: name, documents: PluginFolders.find().manifests.flatMap(\.reads))
    } catch {
      throw Complaint("\(label): \(error.message); give another name with --name", code: .badInput)
    }
  }

  private func readPiece(_ source: Int32, _ label: String) throws(DiskError) -> [UInt8] {
    var failure: Int32 = 0
    let piece = [UInt8](unsafeUninitializedCapacity: 1 << 18) { buffer, filled in
      while true {
        let got = read(source, buffer.baseAddress, buffer.count)
        if got < 0, errno == EINTR { continue }
        if got < 0 { failure = errno }
        filled = max(0, got)
        return
      }
    }
    if failure != 0 { throw DiskError(.read, Path(label), code: failure) }
    return piece
  }
}

/// An article that was put into an inbox.
struct PutFile {
  /// What messages call it.
  var label: String
  /// Where it was put.
  var path: Path
  var file: OpenFile
  /// Nanoseconds since 1970.
  var modified: Int64
  /// Hex digits; `nil` where no record has it, because the file is packed or cut in lines.
  var sha256: String?
}
