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
  /// The sequence number of the article with the same own id and other content.
  public var revisionOf: UInt64?

  public init(status: Status, matches: [Match], cluster: [UInt8], revisionOf: UInt64? = nil) {
    self.status = status
    self.matches = matches
    self.cluster = cluster
    self.revisionOf = revisionOf
  }
}
