import CLinux
import Disk
import Logging
import PipelineKit

/// The one thread that watches all inboxes.
final class Watcher: Sendable {
  /// How often everything is looked at again, in case an event never came.
  private static let rescanInterval = Duration.seconds(30)
  /// The same on file systems that send no events.
  private static let pollInterval = Duration.seconds(1)

  /// The same while there are more files than are looked after at a time.
  private static let fullInterval = Duration.milliseconds(50)

  /// Events that come so close together are read at once: every stop on the way to the outbox is cheaper by the batch.
  private static let gathering = Duration.milliseconds(1)

  private let bell = Bell()
  private let isStopping = Monitor(false)
  private let log: Logger

  init(log: Logger) { self.log = log }

  func stop() {
    isStopping.signal { $0 = true }
    bell.ring()
  }

  /// Runs until `stop`; with `once`, until nothing that can become ready is left.
  func run(_ inboxes: consuming [Inbox], _ inotify: Inotify, once: Bool) {
    var inboxes = inboxes
    for place in inboxes.indices { watch(&inboxes[place], inotify) }
    // Only now: whatever comes after the watch is set is seen either by the scan or as an event.
    scan(&inboxes, inotify)
    var nextScan = ContinuousClock.now + interval(inboxes)
    while !isStopping.withLock({ $0 }) {
      var busy = 0
      let now = ContinuousClock.now
      for place in inboxes.indices { busy += inboxes[place].release(at: now).count }
      if once, inboxes.reduce(0, { $0 + $1.waiting }) == busy, !inboxes.contains(where: \.hasMore) {
        if busy > 0 { log.warning("\(busy) files are left in the inbox: somebody still has them open for writing") }
        break
      }
      // The tables are drained by other threads, which don't tell.
      let isFull = inboxes.contains { $0.hasMore || $0.nextDue == nil && $0.waiting > 0 }
      let due = (inboxes.compactMap(\.nextDue) + (isFull ? [now + Self.fullInterval] : [])).min()
      let events = waitForInput([inotify.descriptor, bell.descriptor], until: min(due ?? nextScan, nextScan))
      if events.contains(inotify.descriptor) {
        if take(inotify.read(), &inboxes, inotify) { nextScan = .now }
        _ = waitForInput([bell.descriptor], until: .now + Self.gathering)
      }
      for place in inboxes.indices where inboxes[place].wantsScan { inboxes[place].scan(at: .now, inotify) }
      if nextScan <= .now {
        for inbox in inboxes { inbox.queue.forgetSetAside() }
        for place in inboxes.indices where inboxes[place].watch == nil { watch(&inboxes[place], inotify) }
        scan(&inboxes, inotify)
        nextScan = .now + interval(inboxes)
      }
    }
    for inbox in inboxes { inbox.queue.finish() }
  }

  private func interval(_ inboxes: [Inbox]) -> Duration {
    inboxes.contains { $0.isPolled || $0.watch == nil || $0.hasUnwatchedFolders }
      ? Self.pollInterval : Self.rescanInterval
  }

  private func scan(_ inboxes: inout [Inbox], _ inotify: Inotify) {
    for place in inboxes.indices { inboxes[place].scan(at: .now, inotify) }
  }

  private func watch(_ inbox: inout Inbox, _ inotify: Inotify) {
    do {
      inbox.watch = try inotify.add(inbox.path)
    } catch {
      log.warning("\(inbox.path) cannot be watched (\(error)); it is looked at every second instead")
    }
  }

  /// - Returns: whether events were lost, so that everything has to be looked at again.
  private func take(_ events: [Inotify.Event], _ inboxes: inout [Inbox], _ inotify: Inotify) -> Bool {
    var lost = false
    let now = ContinuousClock.now
    for event in events {
      if event.isOverflow {
        log.notice("too many events at once; all inboxes are looked at again")
        lost = true
      }
      guard let place = inboxes.firstIndex(where: { $0.isConcerned(by: event.watch) }) else { continue }
      if event.isGone, inboxes[place].watch == event.watch {
        inboxes[place].watch = nil
        lost = true
      } else {
        inboxes[place].take(event, at: now, inotify)
      }
    }
    return lost
  }

  /// Whether changes made elsewhere come without events: network and FUSE file systems.
  static func isPolled(_ path: Path) -> Bool {
    // Magic numbers of statfs(2): NFS, SMB, CIFS, SMB2, FUSE, 9P, Ceph, AFS.
    let remote: Set<UInt64> = [
      0x6969, 0x517B, 0xFF53_4D42, 0xFE53_4D42, 0x6573_5546, 0x0102_1997, 0x00C3_6400, 0x5346_414F,
    ]
    return remote.contains(linux_file_system_type(path.bytes.map { CChar(bitPattern: $0) } + [0]))
  }
}
