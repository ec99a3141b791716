/// How many articles may be taken in a second: a bucket that holds a second's worth.
struct RateLimit {
  private var allowance = 0.0
  private var last: ContinuousClock.Instant?

  /// Takes one article.
  ///
  /// - Parameter rate: articles a second; 0 for no limit.
  /// - Returns: how long to wait before it.
  mutating func take(_ rate: Double, at now: ContinuousClock.Instant) -> Duration {
    guard rate > 0 else {
      last = nil
      return .zero
    }
    // At least one fits, where it takes longer than a second to come by.
    let most = max(1, rate)
    if let last {
      let passed = (now - last).components
      allowance = min(most, allowance + rate * (Double(passed.seconds) + Double(passed.attoseconds) * 1e-18))
    } else {
      allowance = most
    }
    last = now
    allowance -= 1
    return allowance >= 0 ? .zero : .seconds(-allowance / rate)
  }
}
