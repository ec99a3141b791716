import Testing

@testable import StageKit

@Suite struct DeadlineTests {
  @Test func theInstantItselfIsTooLate() {
    let instant = ContinuousClock.now
    #expect(Deadline.isOver(instant, at: instant) && Deadline.isOver(instant, at: instant + .nanoseconds(1)))
    #expect(!Deadline.isOver(instant, at: instant - .nanoseconds(1)))
  }

  @Test func failsTheArticleOnceItHasPassed() throws {
    let error = #expect(throws: StageError.self) { try Deadline(after: .zero).check() }
    #expect(error?.class == FailureClass.deadline.rawValue && error?.effect == .failsArticle)
    try Deadline.none.check()
    try Deadline(after: .seconds(1 << 40)).check()
  }

  @Test func theWatchLooksAtTheClockNowAndThen() {
    var watch = DeadlineWatch(Deadline(after: .zero))
    #expect(throws: StageError.self) { for _ in 0..<(1 << 13) { try watch.step() } }
  }
}
