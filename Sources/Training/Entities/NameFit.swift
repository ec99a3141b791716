import Bytes
import Entities
import Glibc
import StageKit

/// A stretch of tokens to learn from.
struct LabelledStretch {
  /// Of each token, where its features begin in the list of all features; and one past the last.
  var bounds: [Int]
  /// Of each token, the kind that transitions go by.
  var tokenKinds: [UInt8]
  /// Of each token, a set of the labels that it may have: bit by code.
  var allowed: [UInt16]
  /// How much it counts.
  var weight: Float
  /// Whether it only keeps what a base knows.
  var isRehearsal = false

  var count: Int { tokenKinds.count }
}

/// Fits a linear-chain conditional random field (Lafferty, McCallum, Pereira 2001) with AdaGrad (Duchi, Hazan, Singer
/// 2011), one stretch at a time. Tokens of which several labels are allowed are summed over.
struct NameFit {
  let stretches: [LabelledStretch]
  /// Indices of feature rows, token after token.
  let features: [UInt32]
  private(set) var weights: [Float]
  private(set) var transitions: [Float]
  /// What the weights began with, and are drawn to: 0, or those of the model that the fit goes on from.
  private let anchors: [Float]
  private var weightSquares: [Float]
  private var transitionSquares: [Float]
  private var random: SeededGenerator
  /// Whether it goes on from a model.
  private let isOnTop: Bool
  private(set) var epoch = 0
  private(set) var loss = 0.0

  static let labels = NameLabel.count
  private static let rate: Float = 0.02
  private static let l2: Float = 0.01
  /// What is learned on top of a model is little, and all of it is wanted.
  private static let l2OnTop: Float = 0.001
  /// Of the features of a token, per cent that are left out at each look at it.
  private static let dropout: UInt64 = 50

  /// What a fit goes on from.
  struct Start {
    /// What is known of each feature; `nil` where nothing is.
    var rows: [[Float]?]
    /// How often each is seen in ordinary text, and whether it is in the new articles.
    var rehearsals: [Int]
    var isNew: [Bool]
    var transitions: [Float]
    /// Of each label, whether it is what the new articles teach.
    var isTaught: [Bool]
  }

  /// The sum of squares that a weight begins with: the larger it is, the less one article moves the weight.
  private enum Squares {
    static let new: Float = 1e-4
    /// Moved by many articles already.
    static let known: Float = 1
    /// For each time that ordinary text has a feature that the base knows, and one that it does not.
    static let common: Float = 1600
    static let seen: Float = 0.05
    /// Never moved.
    static let fixed = Float.infinity
  }
  /// How much better than any other the right labels of what is taught must be.
  private static let margin: Float = 4

  init(
    _ stretches: [LabelledStretch], features: [UInt32], rowCount: Int, seed: UInt64, from start: Start? = nil
  ) {
    self.stretches = stretches
    self.features = features
    weights = Array(repeating: 0, count: rowCount * Self.labels)
    weightSquares = Array(repeating: Squares.new, count: rowCount * Self.labels)
    transitions = start?.transitions ?? Array(repeating: 0, count: Transitions.count)
    transitionSquares = Array(repeating: start == nil ? 1e-2 : Squares.fixed, count: Transitions.count)
    random = SeededGenerator(state: seed)
    isOnTop = start != nil
    if let start {
      for feature in 0..<rowCount {
        let row = start.rows[feature]
        let rehearsals = start.rehearsals[feature]
        for label in 0..<Self.labels {
          if let row { weights[feature * Self.labels + label] = row[label] }
          let isMoved = start.isTaught[label] && start.isNew[feature]
          let known = row == nil ? Squares.new : Squares.known
          let more = (row == nil ? Squares.seen : Squares.common) * Float(rehearsals)
          weightSquares[feature * Self.labels + label] = isMoved ? known + more : Squares.fixed
        }
      }
    }
    anchors = weights
  }

  mutating func runEpoch() {
    var lossSum = 0.0
    var lattice = Lattice()
    var kept: [UInt32] = []
    var keptBounds: [Int] = []
    for index in stretches.indices.shuffled(using: &random) {
      let stretch = stretches[index]
      kept.removeAll(keepingCapacity: true)
      keptBounds.removeAll(keepingCapacity: true)
      for at in 0..<stretch.count {
        keptBounds.append(kept.count)
        for feature in features[Range(from: stretch.bounds[at], upTo: stretch.bounds[at + 1])] {
          if random.next() % 100 >= Self.dropout { kept.append(feature) }
        }
      }
      keptBounds.append(kept.count)
      lattice.scoreEmissions(weights, kept, keptBounds)
      if stretch.isRehearsal {
        lattice.drift(stretch, transitions) { $0.scoreEmissions(anchors, kept, keptBounds) }
      } else {
        if isOnTop { lattice.addMargin(Self.margin, besides: stretch.allowed) }
        lossSum += Double(lattice.gradient(stretch, transitions)) * Double(stretch.weight)
      }
      update(stretch, kept, keptBounds, lattice)
    }
    epoch += 1
    loss = lossSum / Double(max(1, stretches.count))
  }

  private mutating func update(
    _ stretch: LabelledStretch, _ kept: [UInt32], _ bounds: [Int], _ lattice: borrowing Lattice
  ) {
    let labels = Self.labels
    let (rate, l2) = (Self.rate, isOnTop ? Self.l2OnTop : Self.l2)
    let weight = stretch.weight
    weights.withUnsafeMutableBufferPointer { weights in
      weightSquares.withUnsafeMutableBufferPointer { squares in
        for at in 0..<stretch.count {
          for feature in kept[Range(from: bounds[at], upTo: bounds[at + 1])] {
            let row = Int(feature) * labels
            for label in 0..<labels {
              let gradient =
                lattice.delta[at * labels + label] * weight + l2 * (weights[row + label] - anchors[row + label])
              squares[row + label] += gradient * gradient
              weights[row + label] -= rate * gradient / squares[row + label].squareRoot()
            }
          }
        }
      }
    }
    for (index, delta) in lattice.transitionDelta {
      let gradient = delta * weight
      transitionSquares[index] += gradient * gradient
      transitions[index] -= Self.rate * gradient / transitionSquares[index].squareRoot()
    }
  }
}

/// Forward and backward scores over the labels of one stretch.
struct Lattice {
  private static let labels = NameLabel.count
  private var emissions: [Float] = []
  private var forward: [Float] = []
  private var backward: [Float] = []
  /// Of each token and label, expected minus allowed probability: the gradient of the loss.
  private(set) var delta: [Float] = []
  private(set) var transitionDelta: [(Int, Float)] = []

  mutating func scoreEmissions(_ weights: [Float], _ features: [UInt32], _ bounds: [Int]) {
    let labels = Self.labels
    emissions.removeAll(keepingCapacity: true)
    emissions.append(contentsOf: repeatElement(0, count: (bounds.count - 1) * labels))
    weights.withUnsafeBufferPointer { weights in
      emissions.withUnsafeMutableBufferPointer { emissions in
        for at in 0..<bounds.count - 1 {
          for feature in features[Range(from: bounds[at], upTo: bounds[at + 1])] {
            for label in 0..<labels { emissions[at * labels + label] += weights[Int(feature) * labels + label] }
          }
        }
      }
    }
  }

  /// Makes what is not allowed look better than it is.
  mutating func addMargin(_ margin: Float, besides allowed: [UInt16]) {
    for at in allowed.indices {
      for label in 0..<Self.labels where allowed[at] >> label & 1 == 0 { emissions[at * Self.labels + label] += margin }
    }
  }

  /// Fills `delta` and `transitionDelta`.
  ///
  /// - Returns: the loss, the negated logarithm of the probability of the allowed labels.
  mutating func gradient(_ stretch: LabelledStretch, _ transitions: [Float]) -> Float {
    delta.removeAll(keepingCapacity: true)
    delta.append(contentsOf: repeatElement(0, count: stretch.count * Self.labels))
    transitionDelta.removeAll(keepingCapacity: true)
    let all = Array(repeating: UInt16((1 << Self.labels) - 1), count: stretch.count)
    let free = add(all, stretch.tokenKinds, transitions, sign: 1)
    let bound = add(stretch.allowed, stretch.tokenKinds, transitions, sign: -1)
    return free - bound
  }

  /// Fills `delta` with what the probabilities of all labels are above those by other emissions, which `rescore` makes.
  mutating func drift(_ stretch: LabelledStretch, _ transitions: [Float], _ rescore: (inout Lattice) -> Void) {
    delta.removeAll(keepingCapacity: true)
    delta.append(contentsOf: repeatElement(0, count: stretch.count * Self.labels))
    let all = Array(repeating: UInt16((1 << Self.labels) - 1), count: stretch.count)
    _ = add(all, stretch.tokenKinds, transitions, sign: 1)
    rescore(&self)
    _ = add(all, stretch.tokenKinds, transitions, sign: -1)
    transitionDelta.removeAll(keepingCapacity: true)
  }

  /// Adds the expectations over the allowed labels; returns the logarithm of their total score.
  private mutating func add(_ allowed: [UInt16], _ kinds: [UInt8], _ transitions: [Float], sign: Float) -> Float {
    let labels = Self.labels
    let count = kinds.count
    let never = -Float.infinity
    forward.removeAll(keepingCapacity: true)
    forward.append(contentsOf: repeatElement(never, count: count * labels))
    backward.removeAll(keepingCapacity: true)
    backward.append(contentsOf: repeatElement(never, count: count * labels))
    for label in 0..<labels where allowed[0] >> label & 1 == 1 && Transitions.legal[label].contains(Transitions.start) {
      forward[label] =
        emissions[label] + transitions[Transitions.index(Int(kinds[0]), Transitions.start, label)]
    }
    for at in stride(from: 1, to: count, by: 1) {
      for label in 0..<labels where allowed[at] >> label & 1 == 1 {
        var terms = LogSum()
        for before in Transitions.legal[label] where before < labels {
          terms.add(
            forward[(at - 1) * labels + before] + transitions[Transitions.index(Int(kinds[at]), before, label)])
        }
        forward[at * labels + label] = terms.value + emissions[at * labels + label]
      }
    }
    for label in 0..<labels where allowed[count - 1] >> label & 1 == 1 { backward[(count - 1) * labels + label] = 0 }
    for at in stride(from: count - 2, through: 0, by: -1) {
      for label in 0..<labels where allowed[at] >> label & 1 == 1 {
        var terms = LogSum()
        for next in 0..<labels
        where allowed[at + 1] >> next & 1 == 1 && NameLabel(code: label).mayPrecede(NameLabel(code: next)) {
          terms.add(
            backward[(at + 1) * labels + next] + emissions[(at + 1) * labels + next]
              + transitions[Transitions.index(Int(kinds[at + 1]), label, next)])
        }
        backward[at * labels + label] = terms.value
      }
    }
    var total = LogSum()
    for label in 0..<labels { total.add(forward[(count - 1) * labels + label]) }
    let sum = total.value
    for at in 0..<count {
      for label in 0..<labels where allowed[at] >> label & 1 == 1 {
        let here = at * labels + label
        let probability = expf(forward[here] + backward[here] - sum)
        if probability < 1e-7 { continue }
        delta[here] += sign * probability
        if at == 0 {
          transitionDelta.append(
            (Transitions.index(Int(kinds[0]), Transitions.start, label), sign * probability))
          continue
        }
        for before in Transitions.legal[label] where before < labels && allowed[at - 1] >> before & 1 == 1 {
          let index = Transitions.index(Int(kinds[at]), before, label)
          let pair = expf(
            forward[(at - 1) * labels + before] + transitions[index] + emissions[here] + backward[here] - sum)
          if pair > 1e-7 { transitionDelta.append((index, sign * pair)) }
        }
      }
    }
    return sum
  }
}

/// The logarithm of a sum of exponentials.
private struct LogSum {
  private var largest = -Float.infinity
  private var rest: Float = 0

  mutating func add(_ term: Float) {
    if term == -.infinity { return }
    if term <= largest {
      rest += expf(term - largest)
    } else {
      rest = largest == -.infinity ? 1 : rest * expf(largest - term) + 1
      largest = term
    }
  }

  var value: Float { largest == -.infinity ? -.infinity : largest + logf(rest) }
}
