/// Ranges between ends that were computed. Which end comes first often rests on a promise of another function; where a
/// text breaks it, `a..<b` ends the process.
extension Range {
  /// Half-open. Where `upper` lies before `lower`, which is a mistake: a debug build stops, a release build takes the
  /// empty range at `lower`.
  @inlinable
  public init(from lower: Bound, upTo upper: Bound) {
    assert(lower <= upper, "the range \(lower)..<\(upper) is upside down")
    self.init(from: lower, clampedTo: upper)
  }

  /// Half-open. Where `upper` lies before `lower`, which the caller expects of some texts: the empty range at `lower`.
  @inlinable
  public init(from lower: Bound, clampedTo upper: Bound) {
    self.init(uncheckedBounds: (lower, Swift.max(lower, upper)))
  }

  /// The `count` numbers from `lower` on. Below 0, which is a mistake, `count` is taken for 0 in a release build.
  @inlinable
  public init(from lower: Int, count: Int) where Bound == Int { self.init(from: lower, upTo: lower + count) }
}
