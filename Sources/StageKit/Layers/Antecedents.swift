import Bytes

/// Whom each pronoun and description of an article may stand for, the likeliest first or not at all: see `Coreference`.
/// Not in the record, which lists the certain ones as `Entity.references`.
public struct Antecedents: Sendable, Equatable {
  public struct Candidate: Sendable, Equatable {
    /// Index of the entity; `nil` for somebody without a name, such as “a sailor”.
    public var entity: Int?
    /// How much it is on the reader's mind there.
    public var weight: Double

    public init(entity: Int?, weight: Double) {
      self.entity = entity
      self.weight = weight
    }
  }

  /// A pronoun or a description.
  public struct Anaphor: Sendable, Equatable {
    public var span: ByteSpan
    public var kind: Entity.Reference.Kind
    /// What “he”, “she” tell.
    public var gender = Gender.unknown
    /// The entity that it stands for, whatever stands around it; `nil` where that is to be weighed.
    public var decided: Int?
    /// Whether that is certain enough to be listed.
    public var isCertain: Bool
    /// The weight that a candidate must have to be taken, and the one that is left of it in the place where it stands.
    public var least: Double
    public var leastLeft: Double
    /// The places of the candidates.
    public var candidates: Range<Int>

    public init(
      _ span: ByteSpan, kind: Entity.Reference.Kind, certain: Int?, least: Double, leastLeft: Double,
      candidates: Range<Int>
    ) {
      self.span = span
      self.kind = kind
      decided = certain
      isCertain = certain != nil
      self.least = least
      self.leastLeft = leastLeft
      self.candidates = candidates
    }
  }

  /// Sorted by start, of two that start at one place the shorter first: “the senator”, “the senator's aide”.
  public var anaphors: [Anaphor]
  public var candidates: [Candidate]
  /// Whether a sentence had more certain ones than are listed.
  public var isCutShort = false

  public init(anaphors: [Anaphor] = [], candidates: [Candidate] = []) {
    self.anaphors = anaphors
    self.candidates = candidates
  }

  /// Gives entities other numbers; `nil` for one that is left out, which then counts as somebody without a name.
  public mutating func renumber(_ number: (Int) -> Int?) {
    for at in candidates.indices { candidates[at].entity = candidates[at].entity.flatMap(number) }
    for at in anaphors.indices { anaphors[at].decided = anaphors[at].decided.flatMap(number) }
  }

  /// The longest pronoun or description that starts where a span does and does not end behind it.
  public func anaphor(in span: ByteSpan) -> Anaphor? {
    let next = anaphors.partitioningIndex { ($0.span.start, $0.span.end) > (span.start, span.end) }
    return next > 0 && anaphors[next - 1].span.start == span.start ? anaphors[next - 1] : nil
  }
}
