import ArgumentParser
import Disk

/// One of `count` parts of a list of files: those whose index in the sorted list is `index` modulo `count`.
struct Shard: Equatable, ExpressibleByArgument {
  let index: Int
  let count: Int

  /// Parts of one job.
  static let most = 1_000_000

  /// - Parameter argument: `0/8`, counted from 0.
  init?(argument: String) {
    let parts = argument.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let index = parts[0], let count = parts[1], 1...Self.most ~= count, 0..<count ~= index
    else { return nil }
    (self.index, self.count) = (index, count)
  }

  /// The files of this part, in their order.
  func files(of all: [[UInt8]]) -> [[UInt8]] {
    let sorted = all.sorted { $0.lexicographicallyPrecedes($1) }
    return stride(from: index, to: sorted.count, by: count).map { sorted[$0] }
  }
}
