import Bytes
import StageKit

/// Finds the best labels of an article's tokens by the model (Viterbi), and the names that they make.
struct NameTagger {
  let model: NameModel

  /// The names, sorted and without overlaps.
  func names(
    _ article: ArticleFeatures, _ text: Span<UInt8>, _ watch: inout DeadlineWatch
  ) throws(StageError) -> [Candidate] {
    defer { model.keepAlive() }
    var names: [Candidate] = []
    // Of this token and of the one behind it, whose weights are on their way meanwhile.
    var keys = [FeatureKeys(), FeatureKeys()]
    var turn = 0
    func read(_ at: Int, _ stretch: NameStretch, into turn: Int) {
      article.readKeys(at, stretch, text, into: &keys[turn])
      model.prefetch(&keys[turn])
    }
    var decoder = Viterbi()
    if let first = article.stretches.first { read(first.tokens.lowerBound, first, into: turn) }
    for (index, stretch) in article.stretches.enumerated() {
      decoder.removeAll()
      for at in stretch.tokens {
        try watch.step()
        if at + 1 < stretch.tokens.upperBound {
          read(at + 1, stretch, into: 1 - turn)
        } else if index + 1 < article.stretches.count {
          let next = article.stretches[index + 1]
          read(next.tokens.lowerBound, next, into: 1 - turn)
        }
        decoder.add(&keys[turn], tokenKind: Transitions.tokenKind(article.words[at]), model)
        turn = 1 - turn
      }
      try decoder.finish(&watch)
      try Self.append(decoder.labels, from: stretch.tokens.lowerBound, to: &names, &watch)
    }
    return names
  }

  private static func append(
    _ labels: [NameLabel], from start: Int, to names: inout [Candidate], _ watch: inout DeadlineWatch
  ) throws(StageError) {
    for (offset, label) in labels.enumerated() {
      try watch.step()
      guard let kind = label.kind else { continue }
      let at = start + offset
      if label.isInside, let last = names.last, last.tokens.upperBound == at {
        names[names.count - 1].tokens = Range(from: last.tokens.lowerBound, upTo: at + 1)
      } else {
        names.append(Candidate(tokens: at..<at + 1, evidence: Evidence(), key: WordHash("".utf8), kind: kind))
      }
    }
  }
}

/// The best sequence of labels over one stretch, token by token.
struct Viterbi {
  private static let labels = NameLabel.count
  /// Of the last token, the best score of a sequence that ends with each label, less that of the best of them all: so
  /// that it does not grow with the stretch.
  private var best = Steps.Row()
  /// For every token and label, the label before it on the best sequence: four bits each.
  private var previous: [UInt64] = []
  private(set) var labels: [NameLabel] = []

  mutating func removeAll() { previous.removeAll(keepingCapacity: true) }

  /// - Parameter keys: `inout`, though they stay as they are, since a borrowed inline array is copied.
  mutating func add(_ keys: inout FeatureKeys, tokenKind: Int, _ model: NameModel) {
    var score = Steps.Row(repeating: Steps.unreached)
    var before = Steps.Row()
    if previous.isEmpty {
      score = model.steps[tokenKind, Transitions.start]
    } else {
      for candidate in 0..<Self.labels {
        let sum = model.steps[tokenKind, candidate] &+ best[candidate]
        let isBetter = sum .> score
        score.replace(with: sum, where: isBetter)
        before.replace(with: Int32(truncatingIfNeeded: candidate), where: isBetter)
      }
    }
    score = score &+ model.sum(&keys).labels
    var origins: UInt64 = 0
    for label in 0..<Self.labels { origins |= UInt64(UInt32(bitPattern: before[label])) << UInt64(4 * label) }
    previous.append(origins)
    // The best label is in reach of every other by two steps, so that each difference is a few weights.
    best = score &- score.max()
  }

  /// Fills `labels`.
  mutating func finish(_ watch: inout DeadlineWatch) throws(StageError) {
    labels.removeAll(keepingCapacity: true)
    guard !previous.isEmpty else { return }
    var label = 0
    for candidate in 0..<Self.labels where best[candidate] > best[label] { label = candidate }
    for origins in previous.reversed() {
      try watch.step()
      labels.append(NameLabel(code: label))
      label = Int(origins >> UInt64(4 * label) & 0xF)
    }
    labels.reverse()
  }
}
