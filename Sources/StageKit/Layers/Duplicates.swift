/// What earlier articles this one repeats.
public struct Duplicates: Sendable, Equatable {
  public enum Status: String, Sendable, CaseIterable { case unique, exact, near, partial }

  public struct Match: Sendable, Equatable {
    public var id: [UInt8]
    public var sequence: UInt64?
    /// Jaccard over word 5-grams, 0...1.
    public var similarity: Double
    /// |A∩B| / min(|A|,|B|).
    public var containment: Double
    public var shareOfThis: Double
    public var shareOfMatch: Double

    public init(
      id: [UInt8], sequence: UInt64?, similarity: Double, containment: Double, shareOfThis: Double,
      shareOfMatch: Double
    ) {
      self.id = id
      self.sequence = sequence
      self.similarity = similarity
      self.containment = containment
      self.shareOfThis = shareOfThis
      self.shareOfMatch = shareOfMatch
    }
  }

  public var status: Status
  /// Best first, at most 20, all earlier articles.
  public var matches: [Match]
  /// The id of the cluster's first article.
  public var cluster: [UInt8]

  public init(status: Status, matches: [Match], cluster: [UInt8]) {
    self.status = status
    self.matches = matches
    self.cluster = cluster
  }
}

extension Layer {
  public static let duplicates = Layer(
    key: "duplicates", help: "Earlier articles that this one repeats.", place: .decision, shape: Duplicates.shape,
    standsOnText: false, isPresent: { _ in false }, write: { $0.json.raw("null") }, read: { _, _, _ in },
    findProblems: { _ in [] })
}

extension Duplicates {
  fileprivate static let shape = Shape.object([
    .init("status", .cases(of: Status.self), "The strongest match."),
    .init("of", .nullable(.keyword), "Id of the best match."),
    .init("cluster", .keyword, "Id of the cluster's first article."),
    .init(
      "matches",
      .list(
        .object([
          .init("id", .keyword, "The earlier article."),
          .init("seq", .nullable(.integer(from: 0)), "Its number in the spool."),
          .init("similarity", .ratio, "Jaccard over word 5-grams."),
          .init("containment", .ratio, "Shared 5-grams over the shorter one's."),
          .init("share_of_this", .ratio, "Share of this article that is in the other."),
          .init("share_of_match", .ratio, "Share of the other that is in this one."),
        ])), "Best first, at most 20."),
  ])

  /// The layer's value as the record has it.
  public var json: [UInt8] {
    var json = JSONWriter()
    json.raw("{\"status\":")
    json.string(status.rawValue)
    json.raw(",\"of\":")
    if let best = matches.first { json.string(best.id) } else { json.raw("null") }
    json.raw(",\"cluster\":")
    json.string(cluster)
    json.raw(",\"matches\":[")
    for (place, match) in matches.enumerated() {
      if place > 0 { json.raw(",") }
      json.raw("{\"id\":")
      json.string(match.id)
      json.raw(",\"seq\":")
      if let sequence = match.sequence { json.integer(sequence) } else { json.raw("null") }
      json.raw(",\"similarity\":")
      json.ratio(match.similarity)
      json.raw(",\"containment\":")
      json.ratio(match.containment)
      json.raw(",\"share_of_this\":")
      json.ratio(match.shareOfThis)
      json.raw(",\"share_of_match\":")
      json.ratio(match.shareOfMatch)
      json.raw("}")
    }
    json.raw("]}")
    return json.take()
  }

  /// Reads the layer's value back.
  public init(_ node: RecordNode) throws(RecordProblem) {
    self.init(
      status: try node["status"].choice(Status.self),
      matches: try node["matches"].list { node throws(RecordProblem) in
        Match(
          id: try node["id"].text(),
          sequence: try node["seq"].optional { node throws(RecordProblem) in UInt64(try node.integer()) },
          similarity: try node["similarity"].ratio(), containment: try node["containment"].ratio(),
          shareOfThis: try node["share_of_this"].ratio(), shareOfMatch: try node["share_of_match"].ratio())
      }, cluster: try node["cluster"].text())
  }
}
