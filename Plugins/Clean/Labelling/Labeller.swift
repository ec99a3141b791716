import StageKit

/// Finds the article among the blocks of a page: the best path through four states, by the Viterbi algorithm.
struct Labeller {
  /// Where a block stands as to the article. Once the article has ended it does not begin again.
  enum State: Int, CaseIterable { case before, body, inside, after }

  /// A score that no path has.
  private static let never = Int.min / 4
  private static let states = State.allCases.count
  private let weights: Weights
  /// Added to the body state, in hundredths of a unit of evidence.
  private let bodyBias: Int

  init(_ weights: Weights, bodyBias: Int) {
    self.weights = weights
    self.bodyBias = bodyBias
  }

  func label(_ page: Page, _ facts: PageFacts, deadline: Deadline) throws(StageError) -> [State] {
    let count = page.blocks.count
    if count == 0 { return [] }
    var features = Features(page, facts)
    // For each block and state, the state before it on the best path.
    var back = [UInt8](repeating: 0, count: count * Self.states)
    var scores: (Int, Int, Int, Int) = (-weights.steps.idle, Self.never, Self.never, Self.never)
    for index in 0..<count {
      if index & 0x3FF == 0 { try deadline.check() }
      features.look(at: index)
      var own: (Int, Int, Int, Int) = (0, bodyBias, 0, 0)
      for row in features.rows {
        let at = row * Self.states
        own.0 += Int(weights.rows[at])
        own.1 += Int(weights.rows[at + 1])
        own.2 += Int(weights.rows[at + 2])
        own.3 += Int(weights.rows[at + 3])
      }
      let steps = weights.steps
      let body = best(scores.0 + steps.begin, scores.1 + steps.stay, scores.2 + steps.resume)
      let inside = best(Self.never, scores.1 + steps.pause, scores.2 + steps.wait)
      let after = best(Self.never, scores.1 + steps.finish, Self.never, scores.3 + steps.rest)
      let at = index * Self.states
      back[at + 1] = body.from
      back[at + 2] = inside.from
      back[at + 3] = after.from
      scores = (scores.0 + steps.idle + own.0, body.score + own.1, inside.score + own.2, after.score + own.3)
    }
    var state = Int(best(scores.0, scores.1, Self.never, scores.3).from)
    var labels = [State](repeating: .before, count: count)
    for index in stride(from: count - 1, through: 0, by: -1) {
      labels[index] = State(rawValue: state) ?? .before
      state = Int(back[index * Self.states + state])
    }
    return labels
  }

  private func best(
    _ before: Int, _ body: Int, _ inside: Int, _ after: Int = Self.never
  ) -> (score: Int, from: UInt8) {
    var found: (score: Int, from: UInt8) = (before, 0)
    if body > found.score { found = (body, 1) }
    if inside > found.score { found = (inside, 2) }
    if after > found.score { found = (after, 3) }
    return found
  }
}

/// What each feature says for each state, and what a step from state to state is worth. Hundredths.
struct Weights: Sendable {
  struct Steps: Sendable, Equatable {
    var idle: Int
    var begin: Int
    var stay: Int
    var pause: Int
    var finish: Int
    var wait: Int
    var resume: Int
    var rest: Int
  }

  let steps: Steps
  /// Four for each row of `Features`.
  let rows: [Int16]

  /// - Parameter rows: numbers by group, each group's after its name.
  init(steps: Steps, rows: StaticString) {
    self.init(steps: steps, rows: Self.numbers(rows.withUTF8Buffer { Array($0) }))
    precondition(
      self.rows.count == Features.count * Labeller.State.allCases.count, "the weight table has other features")
  }

  init(steps: Steps, rows: [Int16]) {
    self.steps = steps
    self.rows = rows
  }

  static func numbers(_ table: [UInt8]) -> [Int16] {
    table.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A }).compactMap { Int16(String(decoding: $0, as: UTF8.self)) }
  }
}
