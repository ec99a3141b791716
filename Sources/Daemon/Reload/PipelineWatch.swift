import Disk
import Logging
import PipelineKit
import Spool
import Synchronization

/// Tells when somebody saves a pipeline's file or one of a plugin, adds one or removes one: by events of the directories that lead to them,
/// also through symbolic links, and by a look every second where no event comes.
final class PipelineWatch: Sendable {
  /// Events that come so close together are one save.
  private static let gathering = Duration.milliseconds(10)
  private static let lookInterval = Duration.seconds(1)

  private let source: PipelineSource
  private let wakeUp: WakeUp
  private let isStopping = Atomic(false)
  private let log: Logger
  private let onChange: @Sendable (_ isPlugin: Bool) -> Void

  /// - Parameter onChange: is told whether a file of a plugin changed, so that pipelines that did not may be other ones now.
  init(
    _ source: PipelineSource, log: Logger, onChange: @escaping @Sendable (_ isPlugin: Bool) -> Void
  ) throws(SpoolError) {
    self.source = source
    self.log = log
    self.onChange = onChange
    wakeUp = try WakeUp()
  }

  func stop() {
    isStopping.store(true, ordering: .releasing)
    wakeUp.signal()
  }

  /// Looks until `stop`.
  func run() {
    let inotify = open()
    defer { inotify?.close() }
    var watches: [Path: Int32] = [:]
    watch(&watches, inotify)
    var (seen, before) = (PipelineFiles(source), PipelineFiles(source))
    while !isStopping.load(ordering: .acquiring) {
      let descriptors = [wakeUp.descriptor] + (inotify.map { [$0.descriptor] } ?? [])
      let ready = waitForInput(descriptors, until: .now + Self.lookInterval)
      wakeUp.drain()
      if isStopping.load(ordering: .acquiring) { return }
      var isSaved = false
      if let inotify, ready.contains(inotify.descriptor) {
        _ = waitForInput([wakeUp.descriptor], until: .now + Self.gathering)
        for event in inotify.read() {
          if event.isForgotten { watches = watches.filter { $0.value != event.watch } }
          // What was made just now is about to be written.
          if !event.isMade { isSaved = true }
        }
      }
      // Before the look: what changes later is told by an event.
      watch(&watches, inotify)
      let now = PipelineFiles(source)
      // Without an event somebody may be writing; that nothing changed between two looks tells that it is done.
      if now != seen, isSaved || now == before {
        onChange(now.plugins != seen.plugins)
        seen = now
      }
      before = now
    }
  }

  private func open() -> Inotify? {
    do throws(Inotify.Refusal) {
      return try Inotify()
    } catch {
      log.warning("the pipelines' files are looked at every second, without events: \(error.reason)")
      return nil
    }
  }

  private func watch(_ watches: inout [Path: Int32], _ inotify: Inotify?) {
    guard let inotify else { return }
    let wanted = PipelineFiles.directories(source)
    for path in wanted where watches[path] == nil {
      if let watch = try? inotify.add(path, .changes) { watches[path] = watch }
    }
    for (path, watch) in watches where !wanted.contains(path) {
      if !watches.contains(where: { $0.key != path && $0.value == watch }) { inotify.remove(watch) }
      watches[path] = nil
    }
  }
}

/// Which files there are, and what tells one state of them from another.
private struct PipelineFiles: Equatable {
  struct Stamp: Equatable {
    var path: String
    var inode: UInt64
    var size: Int
    var modified: Int64
  }

  private var pipelines: [Stamp]
  /// Files of plugins, but not those in folders below a plugin's own.
  private(set) var plugins: [Stamp]

  init(_ source: PipelineSource) {
    let fs = PosixFileSystem()
    pipelines = Self.stamps(source.paths.flatMap { Pipeline.files(at: $0) }, fs)
    let files = source.plugins().flatMap { folder in
      (((try? fs.list(Path(folder))) ?? []).sorted { $0.lexicographicallyPrecedes($1) }).map {
        "\(folder)/\(String(decoding: $0, as: UTF8.self))"
      }
    }
    plugins = Self.stamps(files, fs)
  }

  private static func stamps(_ files: [String], _ fs: PosixFileSystem) -> [Stamp] {
    files.compactMap { file in
      guard let place = try? fs.resolved(Path(file)), let status = (try? fs.status(at: place)) ?? nil,
        status.kind == .regular
      else { return nil }
      return Stamp(path: file, inode: status.inode, size: status.size, modified: status.modified)
    }
  }

  /// The directories in which a change can lead to other files or another content of them.
  static func directories(_ source: PipelineSource) -> Set<Path> {
    let fs = PosixFileSystem()
    var found = Set(source.plugins().map { Path($0) })
    for path in source.paths {
      let files = Pipeline.files(at: path)
      for place in files + [path] { found.formUnion((try? fs.directories(onTheWayTo: Path(place))) ?? []) }
      if files != [path], let place = try? fs.resolved(Path(path)) { found.insert(place) }
    }
    return found
  }
}
