import Disk

/// All places of a spool held against each other, as they really are: inboxes, outboxes, output files, and the
/// directories that the spool keeps for itself.
public struct PlaceTable {
  /// Two places that cannot stand side by side.
  public struct Conflict: Sendable, Equatable {
    /// The setting that has to be changed.
    public enum Setting: Sendable { case name, inbox, outbox }

    /// The pipeline's place in the list.
    public let lane: Int
    public let setting: Setting
    /// The other pipeline's place in the list; `nil` where it is not about another.
    public let other: Int?
    /// A sentence without a full stop that says how to fix it.
    public let message: String
  }

  private struct Row {
    var settings: LaneSettings
    var inbox: RealPlace
    var outbox: RealPlace
    /// As if claims lay under the root: of that only the names count.
    var places: LanePlaces
    var outlets: [(outlet: Outlet, files: OutletFiles, place: RealPlace)]
  }

  private struct Reserved {
    var path: Path
    var place: RealPlace
    /// Below an inbox by design, for what cannot be renamed to the root.
    var isInInbox: Bool
  }

  private let root: Path
  private let fs: any FileSystem
  private var lanes: [Row] = []
  private var reserved: [Reserved] = []
  private var former: [LanePlaces] = []

  /// - Parameter former: where files of earlier runs lie or lay.
  public init(
    root: Path, lanes all: [LaneSettings], former: [LanePlaces] = [], _ fs: any FileSystem
  ) throws(DiskError) {
    self.root = root
    self.fs = fs
    for name in ["claimed", "done", "failed", "state"] { try reserve(root / name, isInInbox: false) }
    for settings in all {
      let (inbox, outbox) = (root / settings.inbox, root / settings.outbox)
      let places = LanePlaces(
        pipeline: Array(settings.pipeline.utf8), inbox: inbox, outbox: outbox,
        claimed: root / "claimed" / settings.pipeline,
        done: root / "done" / settings.pipeline, failed: root / "failed")
      try reserve(inbox / ".linecaster", isInInbox: true)
      var lane = Row(
        settings: settings, inbox: try fs.realPlace(of: inbox), outbox: try fs.realPlace(of: outbox), places: places,
        outlets: [])
      for outlet in settings.outlets {
        let files = places.files(of: outlet.folder)
        lane.outlets.append((outlet, files, try fs.realPlace(of: files.directory)))
      }
      lanes.append(lane)
    }
    for places in former {
      let base = places.failed.directory
      if base.name == Array(".linecaster".utf8) { try reserve(base, isInInbox: true) }
      // Lines that stand there would be taken for articles.
      if try fs.status(at: places.live) != nil { self.former.append(places) }
    }
  }

  private mutating func reserve(_ path: Path, isInInbox: Bool) throws(DiskError) {
    reserved.append(Reserved(path: path, place: try fs.realPlace(of: path), isInInbox: isInInbox))
  }

  /// In the order of the pipelines.
  public func conflicts() throws(DiskError) -> [Conflict] {
    var found: [Conflict] = []
    for number in lanes.indices {
      if let inbox = try inboxConflict(number) { found.append(inbox) }
      if let outbox = reservedConflict(number, .outbox) { found.append(outbox) }
      if let name = nameConflict(number) { found.append(name) }
    }
    return found
  }

  // MARK: - Directories

  private func inboxConflict(_ number: Int) throws(DiskError) -> Conflict? {
    if let conflict = reservedConflict(number, .inbox) { return conflict }
    let lane = lanes[number]
    let shown = shown(lane.settings.inbox)
    func conflict(_ other: Int?, _ message: String) -> Conflict {
      Conflict(lane: number, setting: .inbox, other: other, message: message)
    }
    for (place, other) in lanes.enumerated() {
      let name = other.settings.pipeline
      if place < number, lane.inbox == other.inbox {
        return conflict(
          place,
          "the inbox \(shown) is read by ‘\(name)’ too: give each pipeline its own, as in ‘inbox: {path: inbox/"
            + "\(lane.settings.pipeline)}’")
      }
      if lane.inbox == other.outbox {
        return conflict(place, "the inbox \(shown) is the outbox of ‘\(name)’, which would feed on its own lines")
      }
      if lane.inbox.isWithin(other.outbox) {
        return conflict(place, "the inbox \(shown) lies in the outbox of ‘\(name)’: give it a place outside")
      }
      if other.outbox.isWithin(lane.inbox), !isHidden(other.settings.outbox, in: lane.settings.inbox) {
        return conflict(place, "the inbox \(shown) holds the outbox of ‘\(name)’: put the two side by side")
      }
      // A link in the outbox may lead to anywhere.
      for (outlet, files, real) in other.outlets where !real.isWithin(other.outbox) {
        let isRead = real.isWithin(lane.inbox) && !isHidden(files.directory.bytes, in: lane.settings.inbox)
        if !isRead, !lane.inbox.isWithin(real) { continue }
        return conflict(
          place,
          "\(files.directory), where ‘\(name)’ writes the \(outlet.takes), leads to the inbox \(shown): remove that link"
        )
      }
    }
    for places in former where try lane.inbox.isWithin(fs.realPlace(of: places.outbox)) {
      return conflict(
        nil,
        "the inbox \(shown) lies where \(places.live) was written, whose lines would be taken for articles: give "
          + "it another place, or move those files away")
    }
    for places in former where lane.settings.readsFolders && !isHidden(places.outbox.bytes, in: lane.settings.inbox) {
      if try !fs.realPlace(of: places.outbox).isWithin(lane.inbox) { continue }
      return conflict(
        nil,
        "the inbox \(shown), whose folders are read, holds \(places.live), whose lines would be taken for articles: give "
          + "it another place, or move those files away")
    }
    return nil
  }

  /// Whether a directory inside an inbox is never read as a folder of it: a name on the way begins with a dot.
  private func isHidden(_ directory: [UInt8], in inbox: [UInt8]) -> Bool {
    guard let outer = try? fs.resolved(root / inbox), let path = (try? fs.resolved(root / directory))?.below(outer)
    else { return false }
    return path.split(separator: UInt8(ascii: "/")).contains { $0.first == UInt8(ascii: ".") }
  }

  /// What lies in a directory of the spool's own, or holds one.
  private func reservedConflict(_ number: Int, _ setting: Conflict.Setting) -> Conflict? {
    let lane = lanes[number]
    let (name, place, path) =
      setting == .inbox ? ("inbox", lane.inbox, lane.settings.inbox) : ("outbox", lane.outbox, lane.settings.outbox)
    let written = setting == .inbox ? [place] : [place] + lane.outlets.map(\.place)
    for own in reserved {
      if written.contains(where: { $0.isWithin(own.place) }) {
        return Conflict(
          lane: number, setting: setting, other: nil,
          message:
            "the \(name) \(shown(path)) lies in \(own.path), where linecaster keeps its own files: give it a place "
            + "outside, as in ‘\(name): {path: \(name)}’")
      }
      // Those of inboxes lie in inboxes.
      if !own.isInInbox, own.place.isWithin(place) {
        return Conflict(
          lane: number, setting: setting, other: nil,
          message:
            "the \(name) \(shown(path)) holds \(own.path), where linecaster keeps its own files: give it a place "
            + "beside that, as in ‘\(name): {path: \(name)}’")
      }
    }
    return nil
  }

  // MARK: - Names

  /// Pipelines before it with which it shares a file or a directory of claims.
  private func nameConflict(_ number: Int) -> Conflict? {
    let lane = lanes[number]
    func conflict(_ other: Int, _ shared: Path, _ mine: Outlet = .records, _ theirs: Outlet = .records) -> Conflict {
      func whose(_ outlet: Outlet, _ lane: Row) -> String {
        "‘\(lane.settings.pipeline)’" + (outlet == .records ? "" : ", for the \(outlet.takes),")
      }
      return Conflict(
        lane: number, setting: .name, other: other,
        message: "\(whose(mine, lane)) would use \(shared), as \(whose(theirs, lanes[other])) does: rename one")
    }
    for (place, other) in lanes[..<number].enumerated() {
      let (mine, theirs) = (lane.places, other.places)
      if mine.pipeline == theirs.pipeline {
        return conflict(place, mine.outbox == theirs.outbox ? mine.live : mine.claimed)
      }
      for (mine, theirs) in lane.outlets.flatMap({ mine in other.outlets.map { (mine, $0) } }) {
        guard mine.place == theirs.place, let shared = shared(mine.files, theirs.files) else { continue }
        return conflict(place, shared, mine.outlet, theirs.outlet)
      }
    }
    return nil
  }

  private func shared(_ a: OutletFiles, _ b: OutletFiles) -> Path? {
    if a.live.name == b.live.name || b.sealedNumber(a.live.name) != nil { return a.live }
    return a.sealedNumber(b.live.name) != nil ? b.live : nil
  }

  private func shown(_ path: [UInt8]) -> String { "‘\(Path.printable(path))’" }
}
