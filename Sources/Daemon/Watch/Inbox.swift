import Disk
import Logging
import Spool

/// What the watcher knows of one inbox: files that were seen and are not ready yet.
struct Inbox {
  private struct Sighting {
    var status: FileStatus
    /// The last time anything changed, by our own clock.
    var quietSince: ContinuousClock.Instant
    /// The file was made or opened for writing and not closed since.
    var isOpen: Bool
  }

  let path: Path
  let queue: ReadyQueue
  private let fs: any FileSystem
  private let rules: NameRules
  private let settle: Duration
  /// Inboxes of other pipelines inside this one.
  private let foreign: Set<Path>
  private let log: Logger
  private var sightings: [[UInt8]: Sighting] = [:]
  /// What was said of names that are left alone, to say it once.
  private var remarks: [[UInt8]: String] = [:]
  /// Events of this watch are about this inbox; `nil` while the directory cannot be watched.
  var watch: Int32?
  /// Whether the file system tells of changes at all.
  let isPolled: Bool

  init(
    _ lane: Spool.Lane, _ fs: any FileSystem, rules: NameRules, settle: Duration, queue: ReadyQueue,
    foreign: Set<Path>, isPolled: Bool, log: Logger
  ) {
    path = lane.places.inbox
    self.fs = fs
    self.rules = rules
    self.settle = settle
    self.queue = queue
    self.foreign = foreign
    self.isPolled = isPolled
    self.log = log
  }

  /// Files that are not ready yet.
  var waiting: Int { sightings.count }

  // MARK: - Events

  mutating func take(_ event: Inotify.Event, at now: ContinuousClock.Instant) {
    let name = event.name
    guard !name.isEmpty, isArticle(name), !queue.contains(name) else { return }
    if event.isRenamedIn {
      sightings[name] = nil
      queue.add([name])
    } else {
      look(at: name, now, isOpen: event.isClosed ? false : nil)
    }
  }

  /// Looks at the whole directory.
  mutating func scan(at now: ContinuousClock.Instant) {
    do {
      for name in try fs.list(path) where isArticle(name) && sightings[name] == nil && !queue.contains(name) {
        look(at: name, now, isOpen: nil)
      }
      say(nil, of: [])
    } catch {
      say("the inbox cannot be read: \(error)", of: [])
    }
  }

  private mutating func isArticle(_ name: [UInt8]) -> Bool {
    switch rules.verdict(on: name) {
    case .accepted: return true
    case .unfinished: return false
    case .notAccepted:
      if !foreign.contains(path / name) { say("left alone: its name fits no pattern of ‘accept’", of: name, .info) }
      return false
    }
  }

  /// - Parameter isOpen: whether somebody is writing; `nil` for what is known so far.
  private mutating func look(at name: [UInt8], _ now: ContinuousClock.Instant, isOpen: Bool?) {
    guard let status = try? fs.status(at: path / name) else {
      sightings[name] = nil
      return
    }
    guard status.kind == .regular else {
      if !foreign.contains(path / name) { say(Remarks.notAFile(status.kind), of: name) }
      return
    }
    sightings[name] = Sighting(status: status, quietSince: now, isOpen: isOpen ?? sightings[name]?.isOpen ?? false)
    if settle <= .zero, isOpen == false {
      sightings[name] = nil
      queue.add([name])
    }
  }

  // MARK: - Settling

  /// When the next file may be ready.
  var nextDue: ContinuousClock.Instant? { sightings.values.map(\.quietSince).min().map { $0 + settle } }

  /// Puts in the queue what was quiet for long enough, by time of the last write and name.
  ///
  /// - Returns: names that somebody still has open for writing.
  @discardableResult
  mutating func release(at now: ContinuousClock.Instant) -> [[UInt8]] {
    var ready: [(modified: Int64, name: [UInt8])] = []
    var busy: [[UInt8]] = []
    for (name, seen) in sightings where seen.quietSince + settle <= now {
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
        sightings[name] = nil
        ready.append((status.modified, name))
      }
    }
    ready.sort { $0.modified != $1.modified ? $0.modified < $1.modified : $0.name.lexicographicallyPrecedes($1.name) }
    queue.add(ready.map(\.name))
    return busy
  }

  /// `nil` where it cannot be known: then the quiet decides.
  private func hasWriter(_ name: [UInt8]) -> Bool? {
    guard let file = try? fs.open(path / name, for: .reading) else { return nil }
    defer { fs.close(file) }
    return fs.hasWriter(file)
  }

  // MARK: - Telling

  private mutating func say(_ remark: String?, of name: [UInt8], _ level: Logger.Level = .warning) {
    guard remarks[name] != remark else { return }
    if remarks.count > 10_000 { remarks = [:] }
    remarks[name] = remark
    if let remark { log.log(level: level, "\(path / name): \(remark)") }
  }
}

/// What is said of things in an inbox that are no articles.
enum Remarks {
  static func notAFile(_ kind: FileStatus.Kind) -> String {
    switch kind {
    case .symbolicLink: "left alone: it is a symbolic link, which is never followed; put the file itself here"
    case .directory: "left alone: it is a directory; only files in the inbox itself are taken"
    case .fifo: "left alone: it is a FIFO; only regular files are taken"
    case .socket: "left alone: it is a socket; only regular files are taken"
    case .device: "left alone: it is a device; only regular files are taken"
    case .regular: "left alone"
    }
  }

  static func unreadable(_ status: FileStatus, uid: UInt32) -> String {
    let mode = String(status.mode, radix: 8)
    return "waits: linecaster (uid \(uid)) may not read it (owner \(status.owner), mode \(mode)); "
      + "chmod or chown it, and it will be taken"
  }
}
