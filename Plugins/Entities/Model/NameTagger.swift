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
  private var best = InlineArray<9, Int32>(repeating: 0)
  /// For every token and label, the label before it on the best sequence: four bits each.
  private var previous: [UInt64] = []
  private(set) var labels: [NameLabel] = []

  mutating func removeAll() { previous.removeAll(keepingCapacity: true) }

  /// - Parameter keys: `inout`, though they stay as they are, since a borrowed inline array is copied.
  mutating func add(_ keys: inout FeatureKeys, tokenKind: Int, _ model: NameModel) {
    let weights = model.sum(&keys)
    var next = best
    var most = Int32.min
    var origins: UInt64 = 0
    for label in 0..<Self.labels {
      var (score, before) = (Int32.min / 2, 0)
      if previous.isEmpty {
        if !NameLabel(code: label).isInside {
          score = Int32(model.transitions[Transitions.index(tokenKind, Transitions.start, label)])
        }
      } else {
        for candidate in 0..<Self.labels where NameLabel(code: candidate).mayPrecede(NameLabel(code: label)) {
          let sum = best[candidate] + Int32(model.transitions[Transitions.index(tokenKind, candidate, label)])
          if sum > score { (score, before) = (sum, candidate) }
        }
      }
      next[label] = score + weights[label]
      most = max(most, next[label])
      origins |= UInt64(before) << UInt64(4 * label)
    }
    previous.append(origins)
    // The best label is in reach of every other by two steps, so that each difference is a few weights.
    for label in 0..<Self.labels { best[label] = next[label] - most }
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
