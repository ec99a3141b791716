import Bytes
import Disk
import Testing

@testable import Daemon

@Suite struct HeldNamesTests {
  private let start = ContinuousClock.now

  private func name(_ number: Int) -> [UInt8] { Array("\(number).txt".utf8) }

  @Test func eachPauseGrowsByItself() {
    var held = HeldNames()
    var now = start
    for _ in 0..<4 {
      held.hold(name(1), isLasting: true, at: now)
      now = held.nextDue ?? now
      #expect(held.take(at: now) == name(1))
    }
    #expect(now - start == .milliseconds(100 + 200 + 400 + 800))
    held.hold(name(1), isLasting: true, at: now)
    held.hold(name(2), isLasting: true, at: now)
    #expect(held.take(at: now + .milliseconds(100)) == name(2))
    #expect(held.take(at: now + .milliseconds(100)) == nil)
    #expect(held.nextDue == now + .milliseconds(1600))
  }

  @Test func whatWasClaimedIsNotTriedAgain() {
    var held = HeldNames()
    for number in 1...3 { held.hold(name(number), isLasting: number == 3, at: start) }
    held.release(name(1))
    held.releaseLasting()
    #expect(held.take(at: start + .seconds(1)) == name(2))
    #expect(held.take(at: start + .seconds(1)) == nil)
    #expect(!held.isEmpty)
    held.release(name(2))
    #expect(held.isEmpty)
  }

  /// A scan may bring a name that waits for its time already.
  @Test func aTryInBetweenDoesNotDoubleIt() {
    var held = HeldNames()
    held.hold(name(1), isLasting: true, at: start)
    held.hold(name(1), isLasting: true, at: start)
    #expect(held.take(at: start + .seconds(60)) == name(1))
    #expect(held.take(at: start + .seconds(60)) == nil)
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>) func theSoonestComesFirst(seed: UInt64) {
    var random = SeededGenerator(state: seed)
    var agenda = Agenda<Int>()
    let delays = (0..<500).map { _ in random.below(1000) }
    for delay in delays { agenda.add(delay, due: start + .milliseconds(delay)) }
    var taken: [Int] = []
    while let delay = agenda.take(at: start + .milliseconds(700)) { taken.append(delay) }
    #expect(taken == delays.filter { $0 <= 700 }.sorted())
    #expect(agenda.nextDue == delays.filter { $0 > 700 }.min().map { start + .milliseconds($0) })
  }
}
