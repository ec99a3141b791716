import Disk
import Logging
import PipelineKit
import Spool

/// What the watcher knows of one inbox: files that were seen and are not ready yet.
///
/// Its memory is bounded: of more files than fit, the oldest are taken first, and later scans find the rest.
struct Inbox {
  private struct Sighting {
    var status: FileStatus
    /// The last time anything changed, by our own clock.
    var quietSince: ContinuousClock.Instant
    /// The file was made or opened for writing and not closed since.
    var isOpen: Bool
  }

  /// What makes a file of this inbox an article, and when.
  struct Rules: Equatable {
    var names: NameRules
    var ready = Readiness.auto
    var settle: Duration
    /// Whether files in folders below the inbox are inputs too.
    var readsFolders = false
    /// Inboxes of other pipelines, and places of the spool: where they lie inside this inbox, they are no folders of it.
    var foreign: Set<Path> = []
    /// Files that are looked after at a time.
    var capacity = ReadyQueue.capacity
  }

  let path: Path
  let queue: ReadyQueue
  private let fs: any FileSystem
  private let folders: Folders
  private let rules: Rules
  private let log: Logger
  private var sightings: [[UInt8]: Sighting] = [:]
  /// With `ready: rename`, what was written here by its own name.
  private var writtenHere: Set<[UInt8]> = []
  /// What was said of names that are left alone, to say it once.
  private var notices: [[UInt8]: String] = [:]
  /// Whether there may be files that neither table has room for.
  private(set) var hasMore = false
  /// Events of this watch are about this inbox; `nil` while the directory cannot be watched.
  var watch: Int32?
  private var folderWatches = FolderWatches()
  /// The directory that is watched and whose files the spool can move.
  var identity: DirectoryIdentity?
  /// Why it is not watched, as it was said.
  var refusal: Inotify.Refusal?
  /// Whether the file system tells of changes at all.
  let isPolled: Bool

  init(_ lane: Spool.Lane, _ fs: any FileSystem, _ rules: Rules, queue: ReadyQueue, isPolled: Bool, log: Logger) {
    path = lane.places.inbox
    folders = lane.folders
    self.fs = fs
    self.rules = rules
    self.queue = queue
    self.isPolled = isPolled
    self.log = log
  }

  /// Files that are not ready yet.
  var waiting: Int { sightings.count }

  /// Whether it goes on where another one of the same inbox ended, so that no event is missed between them.
  ///
  /// - Parameter old: not used any more; its intake has ended.
  mutating func takeOver(_ old: Inbox) -> Bool {
    var rules = old.rules
    if !rules.readsFolders { rules.foreign = self.rules.foreign }
    guard path == old.path, rules == self.rules else { return false }
    (sightings, writtenHere, notices, hasMore) = (old.sightings, old.writtenHere, old.notices, old.hasMore)
    (watch, folderWatches, identity, refusal) = (old.watch, old.folderWatches, old.identity, old.refusal)
    add(old.queue.rest)
    return true
  }

  // MARK: - Events

  /// Whether events of a watch are about this inbox, or a folder below it.
  func isConcerned(by watch: Int32) -> Bool { watch == self.watch || folderWatches.folder(of: watch) != nil }

  /// Forgets its watch and those of its folders.
  mutating func unwatch(_ events: Inotify?) {
    for watch in folderWatches.keep([]) + (watch.map { [$0] } ?? []) { events?.remove(watch) }
    watch = nil
  }

  /// Whether a folder below it has to be looked at without events.
  var hasUnwatchedFolders: Bool { folderWatches.isIncomplete }

  /// - Parameter events: sets watches on new folders.
  mutating func take(_ event: Inotify.Event, at now: ContinuousClock.Instant, _ events: Inotify? = nil) {
    var name = event.name
    if let folder = folderWatches.folder(of: event.watch) {
      if event.isGone { return folderWent(folder, event, at: now, events) }
      name = name.isEmpty ? folder : folder + [UInt8(ascii: "/")] + name
    }
    if event.isFolder {
      if rules.readsFolders, !name.isEmpty { scan(name, at: now, events) }
      return
    }
    if rules.ready == .marker { return takeMarked(name) }
    guard !name.isEmpty, isArticle(name) else { return }
    if event.isRenamedIn {
      sightings[name] = nil
      writtenHere.remove(name)
      add([name])
    } else if rules.ready == .rename {
      noteWrite(name)
    } else if !queue.contains(name) {
      look(at: name, now, isOpen: event.isClosed ? false : nil)
    }
  }

  /// A folder below the inbox was renamed or removed.
  private mutating func folderWent(
    _ folder: [UInt8], _ event: Inotify.Event, at now: ContinuousClock.Instant, _ events: Inotify?
  ) {
    if event.isForgotten { return folderWatches.forget(event.watch) }
    // Where it was renamed inside the inbox, the event of its new name came first, and the watch has that by now.
    if let events, (try? events.add(path / folder)) == event.watch { return }
    for watch in folderWatches.drop(folder) { events?.remove(watch) }
    scan(folder, at: now, events)
  }

  /// A name of which both the file and its marker may be there now.
  private mutating func takeMarked(_ name: [UInt8]) {
    let input = Marker.input(of: name) ?? name
    guard !input.isEmpty, isArticle(input), isMarked(input), !queue.contains(input) else { return }
    add([input])
  }

  /// Whether a file and its marker are there.
  private func isMarked(_ input: [UInt8]) -> Bool {
    Marker.exists(of: input, in: path, fs) && (try? fs.status(at: path / input))?.kind == .regular
  }

  /// A file that has more than one name was linked in whole.
  private mutating func noteWrite(_ name: [UInt8]) {
    guard let status = try? fs.status(at: path / name) else {
      writtenHere.remove(name)
      return
    }
    guard status.kind == .regular, status.links == 1, !queue.contains(name) else { return }
    sightings[name] = nil
    if writtenHere.count >= 100_000 { writtenHere = [] }
    writtenHere.insert(name)
    logOnce("waits: it was written here, and ‘ready: rename’ takes what is renamed in; rename it to be taken", of: name)
  }

  // MARK: - Scans

  /// Looks at the whole inbox.
  mutating func scan(at now: ContinuousClock.Instant, _ events: Inotify? = nil) {
    folders.look()
    hasMore = false
    do {
      if rules.readsFolders {
        let seen = try walk(from: [], at: now, events)
        for watch in folderWatches.keep(seen) { events?.remove(watch) }
        return logOnce(nil, of: [])
      }
      let room = rules.capacity - sightings.count
      let aside = queue.namesSetAside
      var found = OldestFiles(room)
      if rules.ready == .marker {
        try fs.visit(path) { name in
          guard let input = Marker.input(of: name) else { return }
          let isNew = !aside.contains(input) && !queue.contains(input) && isArticle(input)
          if isNew, isMarked(input), let status = try? fs.status(at: path / input) { found.add(input, status) }
        }
        add(found.inOrder.map(\.name))
      } else {
        try fs.visit(path) { name in
          let isNew =
            sightings[name] == nil && !aside.contains(name) && !writtenHere.contains(name) && !queue.contains(name)
          if isNew, isArticle(name), let status = look(name) { found.add(name, status) }
        }
        for (name, status) in found.inOrder {
          sightings[name] = Sighting(status: status, quietSince: now, isOpen: false)
        }
      }
      if found.isIncomplete { hasMore = true }
      logOnce(nil, of: [])
    } catch {
      if error.kind == .missing, folders.makeInbox(path) { return }
      logOnce("the inbox cannot be read: \(error)", of: [])
    }
  }

  /// Looks at a folder below the inbox and those in it.
  private mutating func scan(_ folder: [UInt8], at now: ContinuousClock.Instant, _ events: Inotify?) {
    do { _ = try walk(from: folder, at: now, events) } catch { logOnce("the inbox cannot be read: \(error)", of: []) }
  }

  /// - Returns: the folders that were looked at.
  private mutating func walk(
    from start: [UInt8], at now: ContinuousClock.Instant, _ events: Inotify?
  ) throws(DiskError) -> Set<[UInt8]> {
    let aside = queue.namesSetAside
    var found = OldestFiles(rules.capacity - sightings.count)
    var seen: Set<[UInt8]> = []
    try InboxWalk(path, foreign: rules.foreign.sorted(), fs).visit(
      from: start,
      folder: { folder in
        seen.insert(folder)
        // Before it is read: what comes later is told by an event.
        if !folder.isEmpty { watchFolder(folder, events) }
      },
      entry: { name, status in
        let isMarker = rules.ready == .marker
        guard let input = isMarker ? Marker.input(of: name) : name else { return }
        let isKnown =
          sightings[input] != nil || aside.contains(input) || writtenHere.contains(input) || queue.contains(input)
        guard !isKnown, isArticle(input), !isMarker || isMarked(input) else { return }
        let file = isMarker ? look(input) : status
        guard let file else { return }
        if file.kind == .regular {
          found.add(input, file)
        } else {
          logOnce(InboxNotices.notAFile(file.kind), of: input)
        }
      }, leftOut: { folder, reason in logOnce(InboxNotices.leftOut(reason), of: folder, .notice) })
    if rules.ready == .marker {
      add(found.inOrder.map(\.name))
    } else {
      for (name, status) in found.inOrder {
        sightings[name] = Sighting(status: status, quietSince: now, isOpen: false)
      }
    }
    if found.isIncomplete { hasMore = true }
    return seen
  }

  private mutating func watchFolder(_ folder: [UInt8], _ events: Inotify?) {
    guard let events, !isPolled else { return }
    do throws(Inotify.Refusal) {
      folderWatches.set(try events.add(path / folder), of: folder)
    } catch {
      // One that went away meanwhile is no folder any more.
      guard (try? fs.status(at: path / folder)) != nil else { return }
      folderWatches.set(nil, of: folder)
      logOnce("is looked at every second, without events: \(error.reason)", of: folder)
    }
  }

  /// Whether there is room for files that were left to a later scan.
  var wantsScan: Bool { hasMore && sightings.count <= rules.capacity / 2 && queue.count <= rules.capacity / 2 }

  private mutating func add(_ names: [[UInt8]]) {
    if !queue.add(names) { hasMore = true }
  }

  private mutating func isArticle(_ name: [UInt8]) -> Bool {
    if rules.ready == .marker, Marker.input(of: name) != nil { return false }
    let last = Path(name).name
    switch rules.names.verdict(on: last) {
    case _ where last.isEmpty: return false
    case .accepted: return true
    case .unfinished: return false
    case .notAccepted:
      if notices[name] != nil || rules.foreign.contains(path / name) { return false }
      if (try? fs.status(at: path / name))?.kind == .directory {
        logOnce(InboxNotices.notAFile(.directory), of: name, .notice)
      } else {
        logOnce("left alone: its name fits no pattern of ‘accept’", of: name, .info)
      }
      return false
    }
  }

  /// `nil` for what is no file.
  private mutating func look(_ name: [UInt8]) -> FileStatus? {
    guard let status = try? fs.status(at: path / name) else { return nil }
    if status.kind == .regular { return status }
    if !rules.foreign.contains(path / name) {
      logOnce(InboxNotices.notAFile(status.kind), of: name, status.kind == .directory ? .notice : .warning)
    }
    return nil
  }

  /// - Parameter isOpen: whether somebody is writing; `nil` for what is known so far.
  private mutating func look(at name: [UInt8], _ now: ContinuousClock.Instant, isOpen: Bool?) {
    guard let status = look(name) else {
      sightings[name] = nil
      return
    }
    let known = sightings[name]
    if known == nil, sightings.count >= rules.capacity {
      hasMore = true
      return
    }
    sightings[name] = Sighting(status: status, quietSince: now, isOpen: isOpen ?? known?.isOpen ?? false)
    if rules.settle <= .zero, isOpen == false {
      sightings[name] = nil
      add([name])
    }
  }

  // MARK: - Settling

  /// When the next file may be ready; `nil` also while the queue is full.
  var nextDue: ContinuousClock.Instant? {
    queue.room == 0 ? nil : sightings.values.map(\.quietSince).min().map { $0 + rules.settle }
  }

  /// Puts in the queue what was quiet for long enough, by time of the last write and name.
  ///
  /// - Returns: names that somebody still has open for writing.
  @discardableResult
  mutating func release(at now: ContinuousClock.Instant) -> [[UInt8]] {
    let room = queue.room
    if room == 0 { return [] }
    var ready: [(name: [UInt8], status: FileStatus)] = []
    var busy: [[UInt8]] = []
    for (name, seen) in sightings where seen.quietSince + rules.settle <= now {
      guard let status = try? fs.status(at: path / name) else {
        sightings[name] = nil
        continue
      }
      if !status.isUnchanged(since: seen.status) {
        look(at: name, now, isOpen: nil)
      } else if hasWriter(name) == true {
        sightings[name]?.quietSince = now
        busy.append(name)
      } else {
        ready.append((name, status))
      }
    }
    ready.sort(by: OldestFiles.isBefore)
    let taken = ready.prefix(room).map(\.name)
    for name in taken { sightings[name] = nil }
    add(taken)
    return busy
  }

  /// `nil` where it cannot be known: then the quiet decides.
  private func hasWriter(_ name: [UInt8]) -> Bool? {
    guard let file = try? fs.open(path / name, for: .reading) else { return nil }
    defer { fs.close(file) }
    return fs.hasWriter(file)
  }

  // MARK: - Telling

  private mutating func logOnce(_ notice: String?, of name: [UInt8], _ level: Logger.Level = .warning) {
    guard notices[name] != notice else { return }
    if notices.count > 10_000 { notices = [:] }
    notices[name] = notice
    if let notice { log.log(level: level, "\(path / name): \(notice)") }
  }
}
