import StageKit

/// Finds the article among the blocks of a page: the best path through four states, by the Viterbi algorithm.
package struct Labeller {
  /// Where a block stands as to the article. Once the article has ended it does not begin again.
  package enum State: Int, CaseIterable { case before, body, inside, after }

  /// A score that no path has.
  private static let never = -Float.infinity
  private static let states = State.allCases.count
  private let weights: Weights
  /// Added to the body state, in units of evidence.
  private let bodyBias: Float

  package init(_ weights: Weights, bodyBias: Float) {
    self.weights = weights
    self.bodyBias = bodyBias
  }

  package func label(_ page: Page, _ facts: PageFacts, deadline: Deadline) throws(StageError) -> [State] {
    let count = page.blocks.count
    if count == 0 { return [] }
    let own = try weights.network.scores(page, facts, deadline: deadline)
    let steps = weights.steps
    // For each block and state, the state before it on the best path.
    var back = [UInt8](repeating: 0, count: count * Self.states)
    // A page starts as if a block before the article stood in front of it.
    var scores = Network.Scores(0, Self.never, Self.never, Self.never)
    for index in 0..<count {
      if index & 0xFFF == 0 { try deadline.check() }
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
package struct Weights: Sendable {
  struct Steps: Sendable, Equatable {
    var idle, begin, stay, pause, finish, wait, resume, rest: Float
  }

  var steps: Steps
  var network: Network

  /// Of a model's file, in whole hundredths: the steps, then the network's numbers in its order.
  package static let shapes: [ModelFile.Shape] =
    [ModelFile.Shape("steps", rows: 1, columns: 8)]
    + Features.Group.allCases.map { ModelFile.Shape("\($0)", rows: $0.size, columns: Labeller.State.allCases.count) }
    + Features.Group.allCases.map { ModelFile.Shape("\($0)-vectors", rows: $0.size, columns: Network.lanes) }
    + ["own", "before", "after"].map { ModelFile.Shape($0, rows: Network.lanes, columns: Network.lanes) }
    + [
      ModelFile.Shape("bias", rows: 1, columns: Network.lanes),
      ModelFile.Shape("output", rows: Network.lanes, columns: Labeller.State.allCases.count),
    ]

  /// - Throws: where the file has no such section for this program.
  init(_ file: ModelFile, section: String) throws(StageError) {
    self.init(hundredths: try file.numbers(of: section, Self.shapes))
  }

  /// - Parameter hundredths: those of the tables in `shapes`.
  package init(hundredths: [Int16]) { self.init(numbers: hundredths.map { Float($0) / 100 }) }

  /// - Parameter numbers: the steps, then the network's in its order.
  init(numbers: [Float]) {
    network = Network(featureCount: Features.count)
    precondition(numbers.count == 8 + network.numbers.count, "the weights are of other features")
    steps = Steps(
      idle: numbers[0], begin: numbers[1], stay: numbers[2], pause: numbers[3], finish: numbers[4], wait: numbers[5],
      resume: numbers[6], rest: numbers[7])
    network.numbers = Array(numbers.dropFirst(8))
  }

  package var numbers: [Float] {
    [steps.idle, steps.begin, steps.stay, steps.pause, steps.finish, steps.wait, steps.resume, steps.rest]
      + network.numbers
  }
}
