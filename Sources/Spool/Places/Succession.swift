import Disk

/// Which pipeline takes the place of one that is gone or has moved.
struct Succession {
  private let present: [LanePlaces]
  /// By a pipeline that is gone, the one that was said to take its place.
  private let known: [[UInt8]: [UInt8]]
  private let fs: any FileSystem
  private let inboxes: [RealPlace?]
  private let deep: Set<Path>

  init(_ places: KnownPlaces, _ fs: any FileSystem) {
    present = places.present
    known = places.successors
    deep = places.deep
    self.fs = fs
    inboxes = present.map { try? fs.realPlace(of: $0.inbox) }
  }

  /// The pipeline of the same name, or that was said to be it; else the one that reads the same inbox, because no two
  /// may. `nil` where only a person can tell.
  func successor(of former: LanePlaces) -> LanePlaces? {
    successor(named: former.pipeline) ?? (former.hasInbox ? reader(of: former.inbox) : nil)
  }

  /// The pipeline of the name, or that one that was said to take its place.
  func successor(named pipeline: [UInt8]) -> LanePlaces? {
    var name = pipeline
    // No longer way can be without going round.
    for _ in 0...known.count {
      if let lane = present.first(where: { $0.pipeline == name }) { return lane }
      guard let next = known[name] else { return nil }
      name = next
    }
    return nil
  }

  /// The pipeline that reads an inbox now, as its own or as a folder below that.
  func reader(of inbox: Path) -> LanePlaces? {
    guard let place = try? fs.realPlace(of: inbox) else { return present.first { $0.inbox == inbox } }
    return zip(present, inboxes).first { $1 == place }?.0 ?? present.first { isFolder(inbox, of: $0) }
  }

  private func isFolder(_ inbox: Path, of places: LanePlaces) -> Bool {
    guard deep.contains(places.inbox), let outer = try? fs.resolved(places.inbox),
      let path = (try? fs.resolved(inbox))?.below(outer)
    else { return false }
    return path.split(separator: UInt8(ascii: "/")).allSatisfy { NameRules.isReadFolder(Array($0)) }
  }
}

/// What waits in places that no pipeline of a spool has any more.
public struct Abandoned: Sendable {
  public let places: LanePlaces
  /// The pipeline that can take it over; `nil` where only a person can tell.
  public let successor: LanePlaces?
  /// Files in an inbox that nobody reads.
  public var waiting = 0
  /// Articles in flight that nobody takes up.
  public var claims = 0
  /// Failed inputs in a directory that is not in use any more.
  public var failures = 0

  public var isEmpty: Bool { waiting + claims + failures == 0 }

  /// What there is and where, without a full stop.
  public var sentence: String {
    let name = "‘\(String(decoding: places.pipeline, as: UTF8.self))’"
    var parts: [String] = []
    if waiting > 0 {
      parts.append("\(count(waiting, "file")) in \(places.inbox), an inbox that nothing reads any more")
    }
    if claims > 0 {
      parts.append("\(count(claims, "article")) in flight in \(places.claimed), which nothing takes up any more")
    }
    if failures > 0 {
      parts.append("\(count(failures, "failed input")) in \(places.failed), which is not used any more")
    }
    return "the pipeline \(name) left \(parts.joined(separator: "; "))"
  }

  /// The command that puts things right, without `--root`.
  public var fix: String {
    let name = Path(places.pipeline).shellWord
    guard successor != nil else { return "linecaster spool adopt --from \(name) --into PIPELINE" }
    return "linecaster spool adopt"
  }

  private func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}

/// Looks for it.
struct AbandonedSearch {
  let present: [LanePlaces]
  let former: [LanePlaces]
  private let known: KnownPlaces
  private let succession: Succession
  private let fs: any FileSystem

  /// - Parameter others: lanes that the journal knows and the last run did not have.
  init(_ known: KnownPlaces, others: [LanePlaces], _ fs: any FileSystem) {
    present = known.present
    former = known.former + others
    self.known = known
    self.fs = fs
    succession = Succession(known, fs)
  }

  /// What cannot be looked at, because its disk is not there, is left out.
  func run() -> [Abandoned] {
    var found: [Abandoned] = []
    // By what they really are: a path may be spelled in another way than before.
    func real(_ path: Path) -> RealPlace? { try? fs.realPlace(of: path) }
    var seen = Set(present.map { real($0.claimed) })
    var seenFailed = Set(present.map { real($0.failed) })
    var seenInboxes: Set<RealPlace?> = []
    for places in former + strangers() where !known.forgotten.contains(places.pipeline) {
      var left = Abandoned(places: places, successor: succession.successor(of: places))
      if places.hasInbox, seenInboxes.insert(real(places.inbox)).inserted,
        succession.reader(of: places.inbox) == nil
      {
        left.waiting = ((try? known.waiting(in: places.inbox, fs)) ?? []).count
      }
      if seen.insert(real(places.claimed)).inserted {
        left.claims = ((try? ClaimName.list(fs, places.claimed)) ?? []).count
      }
      if seenFailed.insert(real(places.failed)).inserted { left.failures = failures(in: places.failed) }
      if !left.isEmpty { found.append(left) }
    }
    return found
  }

  /// Directories of claims that no pipeline is known for.
  private func strangers() -> [LanePlaces] {
    let lanes = present + former
    var found: [LanePlaces] = []
    for base in Set(lanes.map(\.claimed.directory)).sorted() {
      for name in ((try? fs.list(base)) ?? []).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
        let claimed = base / name
        guard !lanes.contains(where: { $0.claimed == claimed }), name.first != UInt8(ascii: "."),
          (try? fs.status(at: claimed))?.kind == .directory
        else {
          continue
        }
        found.append(
          LanePlaces(
            pipeline: name, inbox: claimed, outbox: claimed, claimed: claimed, done: base.directory / "done" / name,
            failed: base.directory / "failed"))
      }
    }
    return found
  }

  private func failures(in failed: Path) -> Int {
    ((try? FailedDirectory.files(failed, fs)) ?? []).count { !FailedDirectory.isReason($0) }
  }
}

extension [UInt8] {
  func hasSuffix(_ ending: [UInt8]) -> Bool { suffix(ending.count).elementsEqual(ending) }
}
