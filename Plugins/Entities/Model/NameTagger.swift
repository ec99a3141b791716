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
    var keys = FeatureKeys()
    var decoder = Viterbi()
    for (index, sentence) in article.sentences.enumerated() {
      try article.stretches(sentence.tokens) { stretch throws(StageError) in
        decoder.removeAll()
        for at in stretch {
          try watch.step()
          keys.removeAll()
          article.addKeys(at, sentence.tokens, isHeadline: article.headlines[index], text, to: &keys)
          decoder.add(keys, tokenKind: Transitions.tokenKind(article.words[at]), model)
        }
        try watch.look()
        try decoder.finish(&watch)
        try Self.append(decoder.labels, from: stretch.lowerBound, to: &names, &watch)
      }
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
  private var best: [Int32] = []
  /// For every token and label, the label before it on the best sequence.
  private var previous: [UInt8] = []
  private(set) var labels: [NameLabel] = []
  private var next = Array(repeating: Int32(0), count: NameLabel.count)

  mutating func removeAll() {
    best.removeAll(keepingCapacity: true)
    previous.removeAll(keepingCapacity: true)
  }

  mutating func add(_ keys: FeatureKeys, tokenKind: Int, _ model: NameModel) {
    let weights = model.sum(keys.keys.span.extracting(first: keys.count))
    var most = Int32.min
    for label in 0..<Self.labels {
      var (score, before) = (Int32.min / 2, 0)
      if best.isEmpty {
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
      previous.append(UInt8(truncatingIfNeeded: before))
    }
    // The best label is in reach of every other by two steps, so that each difference is a few weights.
    best.removeAll(keepingCapacity: true)
    for score in next { best.append(score - most) }
  }

  /// Fills `labels`.
  mutating func finish(_ watch: inout DeadlineWatch) throws(StageError) {
    let count = previous.count / Self.labels
    labels.removeAll(keepingCapacity: true)
    guard count > 0 else { return }
    var label = 0
    for candidate in 0..<Self.labels where best[candidate] > best[label] { label = candidate }
    for at in stride(from: count - 1, through: 0, by: -1) {
      try watch.step()
      labels.append(NameLabel(code: label))
      label = Int(previous[at * Self.labels + label])
    }
    labels.reverse()
  }
}
