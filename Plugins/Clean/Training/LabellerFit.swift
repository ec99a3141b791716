/// Fits the weights of the labeller to labelled pages, epoch by epoch. The same pages and seed give the same weights.
struct LabellerFit {
  private static let batchSize = 24
  private static let rate = 0.02
  private static let l2 = 0.02

  /// Epochs done.
  private(set) var epoch = 0
  /// Mean loss of a page over the last epoch.
  private(set) var loss = 0.0

  private let pages: [LabelledPage]
  /// Epochs over which the rate falls.
  private let epochs: Int
  private var random: SplitMix64
  private var objective: SoftmaxMargin
  private var optimiser: Adam
  private var parameters: [Double]
  /// Of each epoch, the mean of the parameters over its steps.
  private var means: [[Double]] = []

  init(_ pages: [LabelledPage], featureCount: Int = Features.count, epochs: Int, seed: UInt64) {
    self.pages = pages
    self.epochs = epochs
    random = SplitMix64(state: seed)
    objective = SoftmaxMargin(featureCount: featureCount)
    optimiser = Adam(parameterCount: objective.parameterCount)
    parameters = Array(repeating: 0, count: objective.parameterCount)
    // To stay is likelier than to go.
    for (number, step) in SoftmaxMargin.steps.enumerated() where step.from == step.to && step.from < 2 {
      parameters[featureCount * SoftmaxMargin.states + number] = 1
    }
  }

  /// Goes through all pages once, in an order of its own.
  mutating func runEpoch() {
    let order = Array(pages.indices).shuffled(using: &random)
    let rate = Self.rate * (1 - 0.85 * Double(epoch) / Double(epochs))
    var mean = Array(repeating: 0.0, count: parameters.count)
    var (lossSum, batches) = (0.0, 0.0)
    for start in stride(from: 0, to: order.count, by: Self.batchSize) {
      let batch = order[start..<min(order.count, start + Self.batchSize)]
      var gradient = Array(repeating: 0.0, count: parameters.count)
      for page in batch { lossSum += objective.add(pages[page], parameters, to: &gradient) }
      let featureParameters = objective.featureCount * SoftmaxMargin.states
      for at in gradient.indices {
        gradient[at] = gradient[at] / Double(batch.count) + (at < featureParameters ? Self.l2 * parameters[at] : 0)
      }
      optimiser.step(&parameters, against: gradient, rate: rate)
      for at in mean.indices { mean[at] += parameters[at] }
      batches += 1
    }
    means.append(mean.map { $0 / max(1, batches) })
    epoch += 1
    loss = lossSum / Double(max(1, pages.count))
  }

  /// The parameters, averaged over the last third of the epochs.
  var averaged: [Double] {
    let last = means.suffix(max(1, means.count - means.count * 2 / 3))
    return parameters.indices.map { at in last.reduce(0) { $0 + $1[at] } / Double(last.count) }
  }
}

/// A small generator of good numbers (Steele, Lea, Flood 2014), so that a seed means the same everywhere.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
