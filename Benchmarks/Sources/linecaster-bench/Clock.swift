/// Seconds that `body` takes.
func seconds(_ body: () throws -> Void) rethrows -> Double {
  try ContinuousClock().measure(body) / .seconds(1)
}

extension [Double] {
  /// The middle of the sorted values; 0 of none.
  var median: Double { quantile(0.5) }

  /// - Parameter part: 0.99 for the value that one in a hundred exceeds.
  func quantile(_ part: Double) -> Double {
    let sorted = self.sorted()
    return sorted.isEmpty ? 0 : sorted[Swift.min(sorted.count - 1, Int(Double(sorted.count) * part))]
  }
}

/// Keeps a value alive in the eyes of the optimiser.
@inline(never)
@_optimize(none)
func keep<T>(_ value: T) {}
