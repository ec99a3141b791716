import Clean
import Glibc

/// The objective of the fit: the negative log-likelihood of a linear-chain conditional random field whose wrong paths
/// are made likelier by what they cost (softmax-margin; Gimpel and Smith 2010).
///
/// In units of natural log.
struct SoftmaxMargin {
  static let states = Labeller.State.allCases.count
  /// Steps from state to state, in the order of `Weights.Steps`. All others are impossible.
  static let steps: [(from: Int, to: Int)] = [(0, 0), (0, 1), (1, 1), (1, 2), (1, 3), (2, 2), (2, 1), (3, 3)]
  /// Where a path may not be.
  private static let never = -1e30

  /// Slopes of the loss of the page seen last: by each block's scores, and by the steps.
  private(set) var slopes: [Network.Scores] = []
  private(set) var stepSlopes: [Double] = []

  /// Likelihoods of the page at hand, four for each block: of the block alone, of all up to it, of all behind it.
  private var own: [Double] = []
  private var forward: [Double] = []
  private var backward: [Double] = []

  /// The loss of a page, which is to become smaller; leaves its slopes in the properties.
  mutating func loss(_ page: LabelledPage, _ scores: [Network.Scores], steps step: [Double]) -> Double {
    let (count, width) = (page.count, Self.states)
    slopes = Array(repeating: .zero, count: count)
    stepSlopes = Array(repeating: 0, count: Self.steps.count)
    if count == 0 { return 0 }
    addCosts(page, scores)
    lookForward(count, step)
    lookBackward(count, step)
    let total = Self.logSum((0..<width).map { forward[(count - 1) * width + $0] + backward[(count - 1) * width + $0] })
    // A page of a thousand blocks should not weigh as much as ten of a hundred.
    let weight = 3 / Double(count).squareRoot()

    var goldScore = 0.0
    var previous = 0
    for index in 0..<count {
      let gold = page.states[index].rawValue
      goldScore += own[index * width + gold]
      for state in 0..<width {
        let at = index * width + state
        slopes[index][state] = Float(weight * (exp(forward[at] + backward[at] - total) - (state == gold ? 1 : 0)))
      }
      for (number, (from, to)) in Self.steps.enumerated() {
        // A page starts as if a block before the article stood in front of it.
        let before = index > 0 ? forward[(index - 1) * width + from] : from == 0 ? 0 : Self.never
        let at = index * width + to
        let isGold = previous == from && gold == to
        if isGold { goldScore += step[number] }
        let share = exp(before + step[number] + own[at] + backward[at] - total)
        stepSlopes[number] += weight * (share - (isGold ? 1 : 0))
      }
      previous = gold
    }
    return weight * (total - goldScore)
  }

  private mutating func addCosts(_ page: LabelledPage, _ scores: [Network.Scores]) {
    let (count, width, body) = (page.count, Self.states, Labeller.State.body.rawValue)
    own = Array(repeating: 0, count: count * width)
    for index in 0..<count {
      let isBody = page.states[index].rawValue == body
      for state in 0..<width {
        own[index * width + state] =
          Double(scores[index][state]) + (isBody == (state == body) ? 0 : page.costs[index])
      }
    }
  }

  private mutating func lookForward(_ count: Int, _ step: [Double]) {
    forward = Array(repeating: Self.never, count: count * Self.states)
    var before = (0.0, Self.never, Self.never, Self.never)
    for index in 0..<count {
      let at = index * Self.states
      before = (
        own[at] + before.0 + step[0],
        own[at + 1] + Self.logSum(before.0 + step[1], before.1 + step[2], before.2 + step[6]),
        own[at + 2] + Self.logSum(before.1 + step[3], before.2 + step[5]),
        own[at + 3] + Self.logSum(before.1 + step[4], before.3 + step[7])
      )
      (forward[at], forward[at + 1], forward[at + 2], forward[at + 3]) = before
    }
  }

  private mutating func lookBackward(_ count: Int, _ step: [Double]) {
    backward = Array(repeating: 0, count: count * Self.states)
    // A page does not end inside the article.
    backward[(count - 1) * Self.states + Labeller.State.inside.rawValue] = Self.never
    for index in stride(from: count - 2, through: 0, by: -1) {
      let (at, next) = (index * Self.states, (index + 1) * Self.states)
      let after = (
        own[next] + backward[next], own[next + 1] + backward[next + 1], own[next + 2] + backward[next + 2],
        own[next + 3] + backward[next + 3]
      )
      backward[at] = Self.logSum(step[0] + after.0, step[1] + after.1)
      backward[at + 1] = Self.logSum(step[2] + after.1, step[3] + after.2, step[4] + after.3)
      backward[at + 2] = Self.logSum(step[5] + after.2, step[6] + after.1)
      backward[at + 3] = step[7] + after.3
    }
  }

  /// log(eᵃ + eᵇ)
  private static func logSum(_ a: Double, _ b: Double) -> Double { max(a, b) + log1p(exp(-abs(a - b))) }

  private static func logSum(_ a: Double, _ b: Double, _ c: Double) -> Double {
    let most = max(a, b, c)
    return most + log(exp(a - most) + exp(b - most) + exp(c - most))
  }

  private static func logSum(_ terms: [Double]) -> Double {
    let most = terms.max() ?? never
    return most + log(terms.reduce(0) { $0 + exp($1 - most) })
  }
}
