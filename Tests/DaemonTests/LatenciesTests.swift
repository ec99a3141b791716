import Testing

@testable import Daemon

@Suite struct LatenciesTests {
  @Test func percentilesAreUpperBoundsOfWhatWasAdded() {
    var latencies = Latencies()
    for time in 1...1000 { latencies.add(microseconds: time * 100, at: 10) }
    let found = latencies.recent([0.5, 0.99, 1], at: 10)
    #expect(found.count == 1000)
    for (bound, exact) in zip(found.microseconds, [50_000.0, 99_000, 100_000]) {
      #expect(bound >= exact && bound <= exact * 1.19, "\(bound) for \(exact)")
    }
  }

  @Test func whatIsOldDoesNotCountButForTheTotal() {
    var latencies = Latencies()
    latencies.add(microseconds: 1_000_000, at: 5)
    latencies.add(microseconds: 100, at: 290)
    #expect(latencies.recent([1], at: 299).count == 2)
    #expect(latencies.recent([1], at: 301).count == 1)
    #expect(latencies.recent([1], at: 301).microseconds.first.map { $0 < 200 } == true)
    #expect(latencies.recent([1], at: 10_000).count == 0)
    #expect(latencies.count == 2 && latencies.microseconds == 1_000_100)
  }

  @Test func theWindowGrowsToFiveMinutes() {
    var latencies = Latencies()
    #expect(latencies.window(at: 0, since: 0) == 1)
    #expect(latencies.window(at: 30, since: 0) == 30)
    for second in stride(from: Int64(0), to: 3000, by: 10) { latencies.add(microseconds: 1, at: second) }
    let window = latencies.window(at: 3000, since: 0)
    #expect(window >= 240 && window <= 300)
  }

  @Test func timesOutOfRangeAreKept() {
    var latencies = Latencies()
    for time in [-5, 0, 1, Int.max] { latencies.add(microseconds: time, at: 0) }
    #expect(latencies.count == 4 && latencies.doublings.first?.count == 3)
    #expect(latencies.recent([1], at: 0).microseconds == [Latencies.bound(of: Latencies.bucketCount - 1)])
  }

  @Test func boundsDouble() {
    let bounds = Latencies().doublings.map(\.microseconds)
    #expect(bounds.first == 16 && zip(bounds, bounds.dropFirst()).allSatisfy { $1 == $0 * 2 })
    for bucket in 1..<Latencies.bucketCount { #expect(Latencies.bound(of: bucket) > Latencies.bound(of: bucket - 1)) }
  }
}
