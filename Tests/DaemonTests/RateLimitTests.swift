import Testing

@testable import Daemon

@Suite struct RateLimitTests {
  private let start = ContinuousClock.now

  @Test func aSecondsWorthGoesAtOnceAndThenOneAfterAnother() {
    var limit = RateLimit()
    for _ in 0..<4 { #expect(limit.take(4, at: start) == .zero) }
    let pause = limit.take(4, at: start)
    #expect(pause > .milliseconds(249) && pause < .milliseconds(251))
    #expect(limit.take(4, at: start + .milliseconds(500)) == .zero)
  }

  @Test func lessThanOneASecondIsPossible() {
    var limit = RateLimit()
    #expect(limit.take(0.5, at: start) == .zero)
    let pause = limit.take(0.5, at: start)
    #expect(pause > .milliseconds(1999) && pause < .milliseconds(2001))
  }

  @Test func overALongTimeTheRateIsKept() {
    var limit = RateLimit()
    var now = start
    for _ in 0..<1000 { now += limit.take(100, at: now) }
    let seconds = Double((now - start).components.seconds) + Double((now - start).components.attoseconds) * 1e-18
    #expect(seconds > 8.9 && seconds < 9.1)
  }

  @Test func withoutARateNothingWaits() {
    var limit = RateLimit()
    for _ in 0..<100 { #expect(limit.take(0, at: start) == .zero) }
    // One that is set later begins with a full bucket.
    #expect(limit.take(1, at: start) == .zero)
  }
}
