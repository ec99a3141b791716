import StageKit

/// Finds the article among the blocks of a page: the best path through four states, by the Viterbi algorithm.
struct Labeller {
  /// Where a block stands as to the article. Once the article has ended it does not begin again.
  enum State: Int, CaseIterable { case before, body, inside, after }

  /// A score that no path has.
  private static let never = -Float.infinity
  private static let states = State.allCases.count
  private let weights: Weights
  /// Added to the body state, in units of evidence.
  private let bodyBias: Float

  init(_ weights: Weights, bodyBias: Float) {
    self.weights = weights
    self.bodyBias = bodyBias
  }

  func label(_ page: Page, _ facts: PageFacts, deadline: Deadline) throws(StageError) -> [State] {
    let count = page.blocks.count
    if count == 0 { return [] }
    let own = try weights.network.scores(page, facts, deadline: deadline)
    let steps = weights.steps
    // For each block and state, the state before it on the best path.
    var back = [UInt8](repeating: 0, count: count * Self.states)
    // A page starts as if a block before the article stood in front of it.
    var scores = Network.Scores(0, Self.never, Self.never, Self.never)
    for index in 0..<count {
      let body = best(scores[0] + steps.begin, scores[1] + steps.stay, scores[2] + steps.resume)
      let inside = best(Self.never, scores[1] + steps.pause, scores[2] + steps.wait)
      let after = best(Self.never, scores[1] + steps.finish, Self.never, scores[3] + steps.rest)
      let at = index * Self.states
      back[at + 1] = body.from
      back[at + 2] = inside.from
      back[at + 3] = after.from
      scores = Network.Scores(scores[0] + steps.idle, body.score, inside.score, after.score) + own[index]
      scores[1] += bodyBias
    }
    var state = Int(best(scores[0], scores[1], Self.never, scores[3]).from)
    var labels = [State](repeating: .before, count: count)
    for index in stride(from: count - 1, through: 0, by: -1) {
      labels[index] = State(rawValue: state) ?? .before
      state = Int(back[index * Self.states + state])
    }
    return labels
  }

  private func best(
    _ before: Float, _ body: Float, _ inside: Float, _ after: Float = Self.never
  ) -> (score: Float, from: UInt8) {
    var found: (score: Float, from: UInt8) = (before, 0)
    if body > found.score { found = (body, 1) }
    if inside > found.score { found = (inside, 2) }
    if after > found.score { found = (after, 3) }
    return found
  }
}

/// What the network says of each block, and what a step from state to state is worth.
struct Weights: Sendable {
  struct Steps: Sendable, Equatable {
    var idle, begin, stay, pause, finish, wait, resume, rest: Float
  }

  var steps: Steps
  var network: Network

  /// - Parameter table: whole hundredths; the steps, then the network's in its order, each group's after its name.
  init(table: StaticString) {
    self.init(numbers: Self.numbers(table.withUTF8Buffer { Array($0) }).map { Float($0) / 100 })
  }

  /// - Parameter numbers: the steps, then the network's in its order.
  init(numbers: [Float]) {
    network = Network(featureCount: Features.count)
    precondition(numbers.count == 8 + network.numbers.count, "the weight table has other features")
    steps = Steps(
      idle: numbers[0], begin: numbers[1], stay: numbers[2], pause: numbers[3], finish: numbers[4], wait: numbers[5],
      resume: numbers[6], rest: numbers[7])
    network.numbers = Array(numbers.dropFirst(8))
  }

  var numbers: [Float] {
    [steps.idle, steps.begin, steps.stay, steps.pause, steps.finish, steps.wait, steps.resume, steps.rest]
      + network.numbers
  }

  /// The whole numbers of a table; words between them are names.
  static func numbers(_ table: [UInt8]) -> [Int16] {
    table.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A }).compactMap { word in
      let isNegative = word.first == UInt8(ascii: "-")
      var value: Int16 = 0
      for byte in word.dropFirst(isNegative ? 1 : 0) {
        guard byte >= 0x30, byte <= 0x39 else { return nil }
        value = value &* 10 &+ Int16(byte - 0x30)
      }
      return isNegative ? -value : value
    }
  }
}
