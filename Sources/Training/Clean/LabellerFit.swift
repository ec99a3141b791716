import Bytes
import Clean
import StageKit

/// Fits the weights of the labeller to labelled pages, epoch by epoch. The same pages and seed give the same weights.
struct LabellerFit {
  private static let l2 = 0.02
  private static let networkL2 = 0.01
  private static let dropout = 0.2

  /// Epochs done.
  private(set) var epoch = 0
  /// Mean loss of a page over the last epoch.
  private(set) var loss = 0.0

  private let pages: [LabelledPage]
  private let batchSize: Int
  private let firstRate: Double
  /// Epochs over which the rate falls.
  private let epochs: Int
  private var random: SeededGenerator
  private var objective = SoftmaxMargin()
  private var network: Network
  private var optimiser: Adam
  /// The steps, then the network's numbers.
  private var parameters: [Double]
  /// Of each epoch, the mean of the parameters over its steps.
  private var means: [[Double]] = []

  init(
    _ pages: [LabelledPage], featureCount: Int = Features.count, epochs: Int, seed: UInt64,
    batchSize: Int = 24, rate: Double = 0.01
  ) {
    self.pages = pages
    (self.batchSize, firstRate) = (batchSize, rate)
    self.epochs = epochs
    random = SeededGenerator(state: seed)
    network = Network(featureCount: featureCount)
    // To stay is likelier than to go.
    parameters = SoftmaxMargin.steps.map { $0.from == $0.to && $0.from < 2 ? 1 : 0 }
    // Lanes of the network start out different, or they would stay alike.
    for at in network.numbers.indices {
      parameters.append(at < featureCount * SoftmaxMargin.states ? 0 : Double.random(in: -0.2...0.2, using: &random))
    }
    optimiser = Adam(parameterCount: parameters.count)
  }

  /// Goes through all pages once, in an order of its own.
  mutating func runEpoch() {
    let order = Array(pages.indices).shuffled(using: &random)
    let rate = firstRate * (1 - 0.85 * Double(epoch) / Double(epochs))
    var mean = Array(repeating: 0.0, count: parameters.count)
    var (lossSum, batches) = (0.0, 0.0)
    var back = NetworkGradient()
    for start in stride(from: 0, to: order.count, by: batchSize) {
      let batch = order[Range(from: start, upTo: min(order.count, start + batchSize))]
      let stepCount = SoftmaxMargin.steps.count
      let steps = Array(parameters[..<stepCount])
      network.numbers = parameters[stepCount...].map { Float($0) }
      var slopes = Network(featureCount: network.rows.count)
      var stepSlopes = Array(repeating: 0.0, count: stepCount)
      for number in batch {
        // Features that are missing at times keep the network from leaning on few of them.
        let page = pages[number].thinned(by: Self.dropout, &random)
        let scores = back.scores(page, network)
        lossSum += objective.loss(page, scores, steps: steps)
        back.add(page, network, slopes: objective.slopes, to: &slopes)
        for number in 0..<stepCount { stepSlopes[number] += objective.stepSlopes[number] }
      }
      var gradient = stepSlopes + slopes.numbers.map { Double($0) }
      let rowNumbers = Range(from: stepCount, upTo: stepCount + network.rows.count * SoftmaxMargin.states)
      for at in gradient.indices {
        let l2 = at < stepCount ? 0 : rowNumbers.contains(at) ? Self.l2 : Self.networkL2
        gradient[at] = gradient[at] / Double(batch.count) + l2 * parameters[at]
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
    let mean = parameters.indices.map { at in last.reduce(0) { $0 + $1[at] } / Double(last.count) }
    // With all features there, each counts for less.
    let thinned = Range(
      from: SoftmaxMargin.steps.count, upTo: SoftmaxMargin.steps.count + network.rows.count * 20)
    return mean.indices.map { thinned.contains($0) ? mean[$0] * (1 - Self.dropout) : mean[$0] }
  }
}
