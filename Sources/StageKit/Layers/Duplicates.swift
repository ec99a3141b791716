/// What earlier articles this one repeats.
public struct Duplicates: Sendable, Equatable {
  public enum Status: String, Sendable, CaseIterable { case unique, exact, near, partial }

  public struct Match: Sendable, Equatable {
    public var id: [UInt8]
    public var sequence: UInt64?
    public var status: Status
    /// Jaccard over word 5-grams, 0...1.
    public var similarity: Double
    /// |A∩B| / min(|A|,|B|).
    public var containment: Double
    public var shareOfThis: Double
    public var shareOfMatch: Double
    /// What this article says and the earlier one does not; `nil` where that is not known.
    public var differs: Differences?

    /// What the one is to the other.
    public enum Status: String, Sendable, CaseIterable {
      case exact, near
      /// One form filled in twice: much is shared, and the names or numbers that matter are others.
      case form
      case partial

      /// Of an article whose best match is one of these. It repeats a form in part.
      public var ofArticle: Duplicates.Status {
        switch self {
        case .exact: .exact
        case .near: .near
        case .form, .partial: .partial
        }
      }
    }

    public init(
      id: [UInt8], sequence: UInt64?, status: Status, similarity: Double, containment: Double, shareOfThis: Double,
      shareOfMatch: Double, differs: Differences? = nil
    ) {
      self.id = id
      self.sequence = sequence
      self.status = status
      self.differs = differs
      self.similarity = similarity
      self.containment = containment
      self.shareOfThis = shareOfThis
      self.shareOfMatch = shareOfMatch
    }
  }

  /// What an article says that an earlier one does not.
  public struct Differences: Sendable, Equatable {
    /// As written; the first ones.
    public var names: [[UInt8]]
    public var numbers: [[UInt8]]
    /// About how many of its words stand in no run of five that both have.
    public var words: Int

    public init(names: [[UInt8]] = [], numbers: [[UInt8]] = [], words: Int = 0) {
      self.names = names
      self.numbers = numbers
      self.words = words
    }
  }

  public var status: Status
  /// Best first, at most 20, all earlier articles.
  public var matches: [Match]
  /// The id of the cluster's first article.
  public var cluster: [UInt8]
  /// The id of the earlier article that this one corrects: its own, which that one has with other words.
  public var revises: [UInt8]?

  public init(status: Status, matches: [Match], cluster: [UInt8], revises: [UInt8]? = nil) {
    self.status = status
    self.matches = matches
    self.cluster = cluster
    self.revises = revises
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
      "revises", .nullable(.keyword), "Id of the earlier article that this one corrects, in a spool or outside of one."),
    .init(
      "matches",
      .list(
        .object([
          .init("id", .keyword, "The earlier article."),
          .init("seq", .nullable(.integer(from: 0)), "Its number in the spool."),
          .init(
            "status", .cases(of: Match.Status.self),
            "What it is to this one; form: one form filled in twice, with other names or numbers."),
          .init("similarity", .ratio, "Jaccard over word 5-grams."),
          .init("containment", .ratio, "Shared 5-grams over the shorter one's."),
          .init("share_of_this", .ratio, "Share of this article that is in the other."),
          .init("share_of_match", .ratio, "Share of the other that is in this one."),
          .init("differs", .nullable(Differences.shape), "What this article says and the other does not."),
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
    json.raw(",\"revises\":")
    if let revises { json.string(revises) } else { json.raw("null") }
    json.raw(",\"matches\":[")
    for (place, match) in matches.enumerated() {
      if place > 0 { json.raw(",") }
      json.raw("{\"id\":")
      json.string(match.id)
      json.raw(",\"seq\":")
      if let sequence = match.sequence { json.integer(sequence) } else { json.raw("null") }
      json.raw(",\"status\":")
      json.string(match.status.rawValue)
      json.raw(",\"similarity\":")
      json.ratio(match.similarity)
      json.raw(",\"containment\":")
      json.ratio(match.containment)
      json.raw(",\"share_of_this\":")
      json.ratio(match.shareOfThis)
      json.raw(",\"share_of_match\":")
      json.ratio(match.shareOfMatch)
      json.raw(",\"differs\":")
      match.differs.write(to: &json)
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
          // Records of former versions have none.
          status: try node["status"].optional { node throws(RecordProblem) in try node.choice(Match.Status.self) }
            ?? .partial,
          similarity: try node["similarity"].ratio(), containment: try node["containment"].ratio(),
          shareOfThis: try node["share_of_this"].ratio(), shareOfMatch: try node["share_of_match"].ratio(),
          differs: try node["differs"].optional { node throws(RecordProblem) in try Differences(node) })
      }, cluster: try node["cluster"].text(),
      revises: try node["revises"].optional { node throws(RecordProblem) in try node.text() })
  }
}

extension Duplicates.Differences {
  fileprivate static let shape = Shape.object([
    .init("names", .list(.keyword), "Names that it has and the other has not, at most 8."),
    .init("numbers", .list(.keyword), "Numbers, likewise."),
    .init("words", .integer(from: 0), "About how many of its words stand in no run of five that both have."),
  ])

  fileprivate init(_ node: RecordNode) throws(RecordProblem) {
    self.init(
      names: try node["names"].list { node throws(RecordProblem) in try node.text() },
      numbers: try node["numbers"].list { node throws(RecordProblem) in try node.text() },
      words: try node["words"].integer())
  }
}

extension Duplicates.Differences? {
  fileprivate func write(to json: inout JSONWriter) {
    guard let self else { return json.raw("null") }
    for (key, list) in [("{\"names\":[", self.names), ("],\"numbers\":[", self.numbers)] as [(StaticString, [[UInt8]])]
    {
      json.raw(key)
      for (place, text) in list.enumerated() {
        if place > 0 { json.raw(",") }
        json.string(text)
      }
    }
    json.raw("],\"words\":")
    json.integer(self.words)
    json.raw("}")
  }
}
