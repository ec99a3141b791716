import CLinux
import Disk
import Logging
import PipelineKit
import Spool
import Synchronization
import Threads

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

  private let wakeUp: WakeUp
  private let isStopping = Monitor(false)
  private let log: Logger
  private let lookInterval: Duration
  private let events: @Sendable () throws(Inotify.Refusal) -> Inotify
  private let onMove: @Sendable () -> Void
  /// Where a watcher before this one ended.
  private let former: WatchState?
  private let left = Mutex<WatchState?>(nil)

  /// - Parameters:
  ///   - lookInterval: how often it is asked where the inboxes' paths lead.
  ///   - former: what a watcher before this one left: its events go on.
  ///   - onMove: called when an inbox lies where a rename from its former place does not reach.
  init(
    log: Logger, lookInterval: Duration = .seconds(5), former: WatchState? = nil,
    events: @escaping @Sendable () throws(Inotify.Refusal) -> Inotify = { () throws(Inotify.Refusal) in try Inotify() },
    onMove: @escaping @Sendable () -> Void
  ) throws(SpoolError) {
    wakeUp = try WakeUp()
    self.log = log
    self.lookInterval = lookInterval
    self.events = events
    self.onMove = onMove
    self.former = former
  }

  /// After `run`: where it ended, for another watcher to go on.
  func takeLeft() -> WatchState? {
    left.withLock { left in
      defer { left = nil }
      return left
    }
  }

  /// Lets it look after inputs that were finished.
  func lookAtFinished() { wakeUp.signal() }

  func stop() {
    isStopping.signal { $0 = true }
    wakeUp.signal()
  }

  /// Runs until `stop`; with `once`, until nothing that can become ready is left.
  ///
  /// - Returns: how many files are left then, because somebody still writes them.
  @discardableResult
  func run(_ inboxes: consuming [Inbox], late: LateWatch? = nil, once: Bool) -> Int {
    var inboxes = inboxes
    var late = late
    var (busy, refusal) = (0, Inotify.Refusal?.none)
    var inotify = former?.inotify ?? open(&refusal)
    takeOver(&inboxes, inotify)
    watch(&inboxes, inotify)
    // Only now: whatever comes after the watch is set is seen either by the scan or as an event.
    scan(&inboxes, inotify)
    late?.look(at: .now, inotify)
    var nextScan = ContinuousClock.now + interval(inboxes)
    var nextLook = ContinuousClock.now + lookInterval
    while !isStopping.withLock({ $0 }) {
      let now = ContinuousClock.now
      busy = 0
      for place in inboxes.indices { busy += inboxes[place].release(at: now).count }
      if once, inboxes.reduce(0, { $0 + $1.waiting }) == busy, !inboxes.contains(where: \.hasMore) { break }
      // The tables are drained by other threads, which don't tell.
      let isFull = inboxes.contains { $0.hasMore || $0.nextDue == nil && $0.waiting > 0 }
      late?.release(at: now, inotify)
      let dues = [late?.nextDue, nextScan, nextLook, isFull ? now + Self.fullInterval : nil].compactMap(\.self)
      let due = (inboxes.compactMap(\.nextDue) + dues).min()
      let events = waitForInput([wakeUp.descriptor] + (inotify.map { [$0.descriptor] } ?? []), until: due)
      wakeUp.drain()
      if let inotify, events.contains(inotify.descriptor) {
        if take(inotify.read(), &inboxes, &late, inotify) { nextScan = .now }
        _ = waitForInput([wakeUp.descriptor], until: .now + Self.gathering)
      }
      for place in inboxes.indices where inboxes[place].wantsScan { inboxes[place].scan(at: .now, inotify) }
      if nextLook <= .now {
        if inotify == nil { inotify = open(&refusal) }
        if look(&inboxes, inotify) { nextScan = .now }
        nextLook = .now + lookInterval
      }
      if nextScan <= .now {
        for inbox in inboxes { inbox.queue.forgetSetAside() }
        watch(&inboxes, inotify)
        scan(&inboxes, inotify)
        late?.look(at: .now, inotify)
        nextScan = .now + interval(inboxes)
      }
    }
    for inbox in inboxes { inbox.queue.finish() }
    left.withLock { $0 = WatchState(inotify: inotify, inboxes: inboxes, finished: late?.all ?? []) }
    if once, busy > 0 {
      let files = busy == 1 ? "1 file is" : "\(busy) files are"
      log.warning("\(files) left in the inbox: somebody still has \(busy == 1 ? "it" : "them") open for writing")
    }
    return busy
  }

  /// Goes on with the watches of inboxes that are the same, and drops the others.
  private func takeOver(_ inboxes: inout [Inbox], _ inotify: Inotify?) {
    for var old in former?.inboxes ?? [] {
      if !inboxes.indices.contains(where: { inboxes[$0].takeOver(old) }) { old.unwatch(inotify) }
    }
  }

  private func interval(_ inboxes: [Inbox]) -> Duration {
    inboxes.contains { $0.isPolled || $0.watch == nil || $0.hasUnwatchedFolders }
      ? Self.pollInterval : Self.rescanInterval
  }

  private func scan(_ inboxes: inout [Inbox], _ inotify: Inotify?) {
    for place in inboxes.indices { inboxes[place].scan(at: .now, inotify) }
  }

  // MARK: - Watches

  private func open(_ refusal: inout Inotify.Refusal?) -> Inotify? {
    do throws(Inotify.Refusal) {
      let inotify = try events()
      if refusal != nil { log.notice("there are inotify events again: the inboxes are watched") }
      refusal = nil
      return inotify
    } catch {
      if refusal != error { log.warning("the inboxes are looked at every second, without events: \(error.reason)") }
      refusal = error
      return nil
    }
  }

  /// Sets the watches that are missing.
  private func watch(_ inboxes: inout [Inbox], _ inotify: Inotify?) {
    for place in inboxes.indices where inboxes[place].watch == nil {
      // Before the watch: if the path leads elsewhere meanwhile, the next look finds out.
      notice(&inboxes[place])
      let path = inboxes[place].path
      do throws(Inotify.Refusal) {
        inboxes[place].watch = try inotify?.add(path)
        inboxes[place].refusal = nil
      } catch {
        if inboxes[place].refusal != error {
          log.warning("\(path) is looked at every second, without events: \(error.reason)")
        }
        inboxes[place].refusal = error
      }
    }
  }

  /// Looks where the inboxes' paths lead: somebody may have mounted a disk there, or swapped a symbolic link.
  ///
  /// - Returns: whether one of them is another directory now.
  private func look(_ inboxes: inout [Inbox], _ inotify: Inotify?) -> Bool {
    var isOther = false
    for place in inboxes.indices where notice(&inboxes[place]) {
      isOther = true
      log.notice("\(inboxes[place].path) is another directory now: it is watched from here on")
      inboxes[place].unwatch(inotify)
    }
    return isOther
  }

  /// - Returns: whether the inbox is another directory than before.
  @discardableResult
  private func notice(_ inbox: inout Inbox) -> Bool {
    // A path that leads to nothing is told by the scan.
    guard let now = DirectoryIdentity(inbox.path), now != inbox.identity else { return false }
    defer { inbox.identity = now }
    guard let known = inbox.identity else { return false }
    if !now.isInReach(of: known) {
      log.notice(
        "\(inbox.path) lies on another file system now (a mount, or a link that leads elsewhere); all places are found anew"
      )
      onMove()
    }
    return true
  }

  /// - Returns: whether events were lost, so that everything has to be looked at again.
  private func take(
    _ events: [Inotify.Event], _ inboxes: inout [Inbox], _ late: inout LateWatch?, _ inotify: Inotify
  ) -> Bool {
    var lost = false
    let now = ContinuousClock.now
    for event in events {
      if event.isOverflow {
        log.notice("too many events at once; all inboxes are looked at again")
        lost = true
      }
      if late?.take(event, at: now) == true { continue }
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

/// Where a watcher ended: with its events, which the kernel keeps until they are read.
struct WatchState: Sendable {
  fileprivate var inotify: Inotify?
  fileprivate var inboxes: [Inbox]

  /// Inputs that are looked after, since somebody may still write to them.
  var finished: [FinishedInputs.Input]

  fileprivate init(inotify: Inotify?, inboxes: [Inbox], finished: [FinishedInputs.Input]) {
    self.inotify = inotify
    self.inboxes = inboxes
    self.finished = finished
  }

  /// The pipelines' names, by lane.
  var pipelines: [String] = []

  /// The inputs with the lanes that these pipelines have now; without those of pipelines that are gone.
  func finished(for names: [String]) -> [FinishedInputs.Input] {
    finished.compactMap { input in
      guard pipelines.indices.contains(input.lane), let lane = names.firstIndex(of: pipelines[input.lane]) else {
        return nil
      }
      var input = input
      input.lane = lane
      return input
    }
  }

  /// Call it where no watcher goes on.
  func close() { inotify?.close() }
}
