import Bytes
import Disk
import Spool

/// Looks after inputs that were finished, to see that somebody goes on writing to one. Used by the watcher's thread.
///
/// A directory that such inputs lie in has a watch, and so has `claimed/`; every look compares all of them with what was read: that also finds
/// what was written before the watch was set, or without an event.
struct LateWatch {
  /// One pipeline's wishes.
  struct Rules {
    var queue: ReadyQueue
    var settle: Duration
    /// Where inputs lie before they are finished.
    var claimed: Path
    /// Whether inputs go once nothing more comes.
    var removesDone: Bool
  }

  private struct Write {
    var status: FileStatus
    /// The last time anything changed, by our own clock.
    var quietSince: ContinuousClock.Instant
    /// The writer is through with it.
    var isClosed: Bool
  }

  /// Inputs of a pipeline that are looked after at a time; beyond that the oldest are forgotten.
  static let most = 20_000
  /// Two folders of a day.
  private static let longest = Duration.seconds(2 * 86_400)
  /// How long one is kept that goes then.
  static let keptFor = Duration.seconds(60)
  /// The quiet after which a file counts as written that nobody has closed.
  private static let quietWithoutClose = Duration.seconds(30)

  private let finished: FinishedInputs
  private let fs: any FileSystem
  private let rules: [Rules]
  private let remove: @Sendable (Path) -> Bool
  private var inputs: [Path: FinishedInputs.Input] = [:]
  /// By pipeline, the oldest first; places that were forgotten meanwhile are passed over.
  private var order: [[Path]]
  private var heads: [Int]
  private var writes: [Path: Write] = [:]
  /// Files that were closed before the writer told of them, in their place or as a claim.
  private var closed: Set<Path> = []
  private var closedClaims: Set<UInt64> = []
  private static let mostClosed = 10_000
  private var watches: [Path: Int32] = [:]
  private var directories: [Int32: Path] = [:]

  /// - Parameter remove: takes a file that is to go; `false` where it does not take it.
  init(
    _ finished: FinishedInputs, _ fs: any FileSystem, _ rules: [Rules], remove: @escaping @Sendable (Path) -> Bool
  ) {
    self.finished = finished
    self.fs = fs
    self.rules = rules
    self.remove = remove
    order = rules.map { _ in [] }
    heads = rules.map { _ in 0 }
  }

  /// All that are looked after, the oldest first.
  var all: [FinishedInputs.Input] {
    (Array(inputs.values) + finished.takeNew()).sorted { $0.finished < $1.finished }
  }

  // MARK: - What is new

  private mutating func takeNew(at now: ContinuousClock.Instant, _ events: Inotify?) {
    for input in finished.takeNew() {
      if inputs.updateValue(input, forKey: input.place) == nil { order[input.lane].append(input.place) }
      watch(input.place.directory, events)
      // What was written until now.
      compare(input, at: now)
      forgetOldest(of: input.lane, at: now)
    }
  }

  private mutating func watch(_ directory: Path, _ events: Inotify?) {
    guard watches[directory] == nil, let watch = try? events?.add(directory, .closes) else { return }
    watches[directory] = watch
    directories[watch] = directory
  }

  private mutating func compare(_ input: FinishedInputs.Input, at now: ContinuousClock.Instant) {
    guard writes[input.place] == nil else { return }
    guard let status = (try? fs.status(at: input.place)) ?? nil, status.inode == input.identity.inode else {
      return forget(input.place)
    }
    let isClosed = closed.remove(input.place) != nil
    let wasClosed = closedClaims.remove(input.identity.claim) != nil
    if status.size != input.identity.size || status.modified != input.identity.modified {
      writes[input.place] = Write(status: status, quietSince: now, isClosed: isClosed || wasClosed)
    }
  }

  // MARK: - What goes

  private mutating func forget(_ place: Path) {
    inputs[place] = nil
    writes[place] = nil
    finished.forget(place)
  }

  /// - Returns: the first of a pipeline that is still looked after.
  private mutating func oldest(of lane: Int) -> FinishedInputs.Input? {
    while heads[lane] < order[lane].count {
      if let input = inputs[order[lane][heads[lane]]] { return input }
      heads[lane] += 1
    }
    return nil
  }

  private mutating func forgetOldest(of lane: Int, at now: ContinuousClock.Instant) {
    let longest = rules[lane].removesDone ? Self.keptFor : Self.longest
    while let input = oldest(of: lane) {
      let isOver = order[lane].count - heads[lane] > Self.most
      guard isOver || input.finished + longest <= now else { break }
      // One that somebody writes to stays until that is settled; it comes last then.
      heads[lane] += 1
      if writes[input.place] != nil, !isOver {
        order[lane].append(input.place)
        inputs[input.place]?.finished = now
        continue
      }
      forget(input.place)
      if rules[lane].removesDone { _ = remove(input.place) }
    }
    if heads[lane] > 1024, heads[lane] * 2 > order[lane].count {
      order[lane].removeFirst(heads[lane])
      heads[lane] = 0
    }
  }

  // MARK: - Late writes

  /// - Returns: whether the event was about a directory of finished inputs.
  mutating func take(_ event: Inotify.Event, at now: ContinuousClock.Instant) -> Bool {
    guard let directory = directories[event.watch] else { return false }
    if event.isForgotten {
      directories[event.watch] = nil
      watches[directory] = nil
    } else if event.isClosed {
      let place = directory / event.name
      guard let input = inputs[place] else {
        noteClosed(place)
        return true
      }
      guard let status = (try? fs.status(at: place)) ?? nil, status.inode == input.identity.inode else { return true }
      writes[place] = Write(status: status, quietSince: now, isClosed: true)
    }
    return true
  }

  /// A file that is not finished yet.
  private mutating func noteClosed(_ place: Path) {
    if closed.count + closedClaims.count >= Self.mostClosed { (closed, closedClaims) = ([], []) }
    if rules.contains(where: { $0.claimed == place.directory }) {
      if let claim = UInt64(leadingDigits: place.name) { closedClaims.insert(claim) }
    } else {
      closed.insert(place)
    }
  }

  /// When a file may be quiet for long enough.
  var nextDue: ContinuousClock.Instant? {
    let removal = rules.indices.compactMap { lane -> ContinuousClock.Instant? in
      guard rules[lane].removesDone, heads[lane] < order[lane].count else { return nil }
      return inputs[order[lane][heads[lane]]].map { $0.finished + Self.keptFor }
    }
    return (writes.map { place, write in due(place, write) } + removal).min()
  }

  private func due(_ place: Path, _ write: Write) -> ContinuousClock.Instant {
    let settle = max(inputs[place].map { rules[$0.lane].settle } ?? .zero, .milliseconds(50))
    return write.quietSince + (write.isClosed ? settle : max(settle, Self.quietWithoutClose))
  }

  /// Hands what was written late to the intakes, when it was quiet for long enough.
  mutating func release(at now: ContinuousClock.Instant, _ events: Inotify?) {
    takeNew(at: now, events)
    for (place, write) in writes where due(place, write) <= now {
      guard let input = inputs[place], let status = (try? fs.status(at: place)) ?? nil else {
        forget(place)
        continue
      }
      if status.isUnchanged(since: write.status) {
        inputs[place] = nil
        writes[place] = nil
        rules[input.lane].queue.add(late: input)
      } else {
        writes[place] = Write(status: status, quietSince: now, isClosed: write.isClosed)
      }
    }
    for lane in rules.indices where rules[lane].removesDone { forgetOldest(of: lane, at: now) }
  }

  /// Compares everything.
  mutating func look(at now: ContinuousClock.Instant, _ events: Inotify?) {
    for lane in rules.indices { forgetOldest(of: lane, at: now) }
    for input in inputs.values {
      watch(input.place.directory, events)
      compare(input, at: now)
    }
    for rules in rules { watch(rules.claimed, events) }
    let used = Set(inputs.keys.map(\.directory) + rules.map(\.claimed))
    for (directory, watch) in watches where !used.contains(directory) {
      events?.remove(watch)
      watches[directory] = nil
      directories[watch] = nil
    }
  }
}
