import StageKit

/// Weights of one label after another, by the kind of the token that the second one stands on.
package enum Transitions {
  /// Kinds of tokens: with a capital, other word, number, mark.
  static let tokenKinds = 4
  /// The label before the first token.
  package static let start = NameLabel.count
  package static let count = tokenKinds * (NameLabel.count + 1) * NameLabel.count

  package static func tokenKind(_ word: Word) -> Int {
    word.isCapital ? 0 : word.mark != 0 ? 3 : word.shape.has(.number) ? 2 : 1
  }

  /// The index of the weight of `next` on a token of that kind after `before`, which may be `start`.
  @inline(__always)
  package static func index(_ tokenKind: Int, _ before: Int, _ next: Int) -> Int {
    (tokenKind * (NameLabel.count + 1) + before) * NameLabel.count + next
  }

  /// For each label, those that may come before it; the start counts as outside.
  package static let legal: [[Int]] = (0..<NameLabel.count).map { next in
    (0...start).filter { before in
      (before == start ? NameLabel.outside : NameLabel(code: before)).mayPrecede(NameLabel(code: next))
    }
  }
}
