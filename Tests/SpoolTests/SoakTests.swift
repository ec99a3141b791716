import Disk
import Glibc
import Testing

@testable import Spool

/// The crashes of `CrashTests` with as many seeds as somebody has time for: `make soak`.
///
/// `LINECASTER_SOAK_POINTS` says at how many operations to crash, `LINECASTER_SOAK_SEED` where the seeds begin.
@Suite struct SoakTests {
  enum Way: CaseIterable { case killed, powerCut, powerCutOutOfOrder }

  private static let points = number("LINECASTER_SOAK_POINTS") ?? 0
  private static let firstSeed = number("LINECASTER_SOAK_SEED") ?? .random(in: 1...(1 << 40))

  @Test(.enabled(if: points > 0), arguments: Way.allCases) func crashes(_ way: Way) throws {
    var (done, seed) = (0, UInt64(Self.firstSeed))
    print("soak: \(way) from seed \(seed) on")
    while done < (Self.points + 2) / 3 {
      switch way {
      case .killed: done += try CrashTests().crashEverywhere(seed: seed, .afterKill)
      case .powerCut: done += try CrashTests().crashEverywhere(seed: seed, .afterPowerCut)
      case .powerCutOutOfOrder: done += try CrashTests().crashEverywhere(seed: seed, .afterPowerCut, inOrder: false)
      }
      seed += 1
    }
    print("soak: \(way) at \(done) operations, seeds \(Self.firstSeed)...\(seed - 1)")
  }

  /// What `make test` does anyway: 36 runs of this many operations make 2,000 crash points.
  @Test func ordinaryTestsCrashOftenEnough() throws {
    let points = try (1...3 as ClosedRange<UInt64>).map { try CrashTests().crashEverywhere(seed: $0, .afterKill) }
    print("crash points of seeds 1...3: \(points); CrashTests runs seeds 1...12 in three ways")
    #expect(points.allSatisfy { $0 >= 56 })
  }

  private static func number(_ name: String) -> Int? { getenv(name).flatMap { Int(String(cString: $0)) } }
}
