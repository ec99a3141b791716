import Clean

extension Weights {
  /// Whole hundredths of what a fit found: the steps, then the network's numbers.
  init(parameters: [Double]) {
    self.init(hundredths: parameters.map { Int16(max(-32_000, min(32_000, ($0 * 100).rounded()))) })
  }

  /// The numbers of the tables in `shapes`.
  var hundredths: [Int16] { numbers.map { Int16(($0 * 100).rounded()) } }
}
