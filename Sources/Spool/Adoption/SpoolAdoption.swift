import Disk

/// Puts what waits in former places of a spool into its present ones: files in an inbox that moved, articles in flight
/// and failed inputs of pipelines that were renamed or removed.
public struct SpoolAdoption {
  /// What a person decides.
  public struct Request: Sendable {
    /// The pipeline that is gone; `nil` for all of which nothing else tells.
    public var from: String?
    /// The pipeline that takes its place.
    public var into: String?
    /// A former pipeline, nothing of which is wanted: it is not told of any more.
    public var forget: String?

    public init(from: String? = nil, into: String? = nil, forget: String? = nil) {
      self.from = from
      self.into = into
      self.forget = forget
    }
  }

  public struct Outcome: Sendable {
    /// What was done, one sentence each.
    public var done: [String] = []
    /// What stays, and why.
    public var left: [String] = []
  }

  private let settings: SpoolSettings
  private let fs: any FileSystem

  /// - Parameters:
  ///   - lanes: the spool's pipelines from now on; with none, those of the last run.
  ///   - report: what is done on the way.
  public init(
    root: Path, lanes: [LaneSettings] = [], _ fs: any FileSystem,
    contentHash: @escaping @Sendable ([UInt8]) -> [UInt8], report: @escaping @Sendable (String) -> Void
  ) {
    self.fs = fs
    var settings = SpoolSettings(root: root, lanes: lanes, contentHash: contentHash)
    settings.remembersPlaces = false
    settings.report = { severity, message in if severity != .info { report(message) } }
    self.settings = settings
  }

  /// - Throws: `SpoolError.locked` where a daemon runs; `SpoolError.layout` for a wish that cannot be.
  public func run(_ request: Request = Request()) throws(SpoolError) -> Outcome {
    let spool = try Self.open(settings, fs)
    let outcome: Outcome
    do throws(SpoolError) {
      outcome = try Self.run(spool, request, becomePresent: true, fs)
    } catch {
      // What was done so far counts, and the lock must go.
      _ = try? spool.close()
      throw error
    }
    try spool.close()
    return outcome
  }

  private static func open(_ settings: SpoolSettings, _ fs: some FileSystem) throws(SpoolError) -> Spool {
    try Spool.open(settings, fs)
  }

  /// With the spool held.
  ///
  /// - Parameter becomePresent: whether the lanes that it was opened with are its pipelines from now on.
  static func run(
    _ spool: Spool, _ request: Request, becomePresent: Bool, _ fs: any FileSystem
  ) throws(SpoolError) -> Outcome {
    var known = spool.known.withLock { $0 }
    if becomePresent, !spool.lanes.isEmpty {
      do throws(DiskError) {
        try known.begin(spool.places, deep: spool.deepPipelines, root: spool.root, fs)
      } catch { throw .disk(error) }
    }
    let lanes = spool.committer.withLock { $0.knownLanes }.map(\.places)
    func abandoned() -> [Abandoned] {
      AbandonedSearch(known, others: lanes, fs).run()
    }
    try take(request, abandoned(), former: known.former + lanes, &known)
    var adopter = Adopter(spool, known, fs)
    let found = abandoned().filter { request.from == nil || $0.places.pipeline == request.from.map { Array($0.utf8) } }
    try adopter.run(found)
    try spool.remember(known)
    return Outcome(done: adopter.done, left: adopter.left)
  }

  private static func take(
    _ request: Request, _ abandoned: [Abandoned], former: [LanePlaces], _ known: inout KnownPlaces
  ) throws(SpoolError) {
    func name(_ pipeline: [UInt8]) -> String { "‘\(Path.printable(pipeline))’" }
    if let forget = request.forget.map({ Array($0.utf8) }) {
      guard !known.present.contains(where: { $0.pipeline == forget }) else {
        throw .layout("\(name(forget)) is a pipeline of the spool")
      }
      known.forgotten.insert(forget)
    }
    guard let into = request.into.map({ Array($0.utf8) }) else { return }
    guard known.present.contains(where: { $0.pipeline == into }) else {
      let names = known.present.map { name($0.pipeline) }.joined(separator: ", ")
      throw .layout("no pipeline of the spool is called \(name(into)): there are \(names.isEmpty ? "none" : names)")
    }
    let from = request.from.map { Array($0.utf8) }
    guard let from else {
      for left in abandoned where left.successor == nil { known.successors[left.places.pipeline] = into }
      return
    }
    guard !known.present.contains(where: { $0.pipeline == from }) else {
      throw .layout("\(name(from)) is a pipeline of the spool: what it left elsewhere goes to itself")
    }
    guard (abandoned.map(\.places) + former).contains(where: { $0.pipeline == from }) else {
      throw .layout("the spool knows of no pipeline \(name(from))")
    }
    known.successors[from] = into
  }
}
