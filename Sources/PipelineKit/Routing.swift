import StageKit

/// Where a pipeline's lines go by its own rules: `discard`, and `route` of `outbox`. The first rule that holds decides.
public struct Routing: Sendable {
  public struct Discard: Sendable {
    public let when: Condition
    /// Stands in the line, and is counted by.
    public let reason: String
    /// How many stages must have run before all that `when` reads is known.
    let place: Int
  }

  public struct Route: Sendable {
    public let when: Condition
    /// Below the outbox.
    public let folder: String
  }

  public var discards: [Discard]
  public let routes: [Route]
  /// Of the routes, each once, in the order of the rules.
  public let folders: [String]
  /// Whether any route reads what is decided in the order of arrival.
  private let readsStatus: Bool

  public init(discards: [Discard] = [], routes: [Route] = []) {
    self.discards = discards
    self.routes = routes
    folders = routes.reduce(into: []) { if !$0.contains($1.folder) { $0.append($1.folder) } }
    readsStatus = routes.contains { $0.when.readsDecision }
  }

  /// The reason to discard an article, by its place among the rules.
  ///
  /// - Parameter place: how many stages have run.
  func discard(_ article: Article, at place: Int) -> Int? {
    discards.firstIndex { $0.place == place && $0.when.holds(of: article) }
  }

  /// Where an article's record goes, whatever is decided of it.
  func table(of article: Article) -> RouteTable {
    if routes.isEmpty { return .main }
    let statuses = [nil] + (readsStatus ? Duplicates.Status.allCases : [])
    return RouteTable(
      statuses.map { status in
        guard let route = routes.first(where: { $0.when.holds(of: article, status: status) }),
          let folder = folders.firstIndex(of: route.folder)
        else { return 0 }
        return UInt8(folder + 1)
      })
  }

  /// Whether a destination that another process names is one of this pipeline.
  public func has(_ destination: Destination) -> Bool {
    switch destination {
    case .record(let table): table.places.allSatisfy { $0 <= folders.count }
    case .discarded(let reason): discards.indices.contains(reason)
    }
  }

  /// The folder that a record goes to; `nil` for the main outlet.
  public func folder(_ table: RouteTable, _ status: Duplicates.Status?) -> Int? {
    let place = Int(table.place(of: status)) - 1
    return folders.indices.contains(place) ? place : nil
  }
}

/// What becomes of an article that is done.
public enum Destination: Sendable, Equatable {
  case record(RouteTable)
  /// By the place of the reason among the pipeline's rules.
  case discarded(reason: Int)

  public var isDiscarded: Bool { if case .discarded = self { true } else { false } }
}

/// Where a record goes, by the status that is decided of it: 0 for the main outlet, else one more than the place among
/// `Routing.folders`.
public struct RouteTable: Sendable, Equatable {
  /// For no status and each of its cases; one for all where there is one.
  public let places: [UInt8]

  public static let main = RouteTable([0])
  static let mostFolders = 64

  init(_ places: [UInt8]) { self.places = places }

  /// Of bytes that another process made.
  ///
  /// - Returns: `nil` where they are not as many as there are statuses.
  public init?(checking places: [UInt8]) {
    guard places.count == 1 || places.count == Duplicates.Status.allCases.count + 1 else { return nil }
    self.init(places)
  }

  func place(of status: Duplicates.Status?) -> UInt8 {
    let at = status.flatMap(Duplicates.Status.allCases.firstIndex).map { $0 + 1 } ?? 0
    return places[places.count == 1 ? 0 : at]
  }
}
