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

/// The same weights, a row for each kind of token and label before it, side by side for all labels that may follow.
struct Steps: Sendable {
  /// A lane for each label; those behind them are never reached.
  typealias Row = SIMD16<Int32>
  /// Less than every sequence has. Two of these and some weights do not overflow.
  static let unreached = Int32.min / 2
  /// More than that, so that a step that is not legal from a label is less than one that is.
  private static let illegal = unreached / 2

  private let rows: [Row]

  init(_ transitions: [Int16]) {
    rows = (0..<Transitions.tokenKinds * (Transitions.start + 1)).map { number in
      let (kind, before) = number.quotientAndRemainder(dividingBy: Transitions.start + 1)
      var row = Row(repeating: before == Transitions.start ? Self.unreached : Self.illegal)
      for next in 0..<NameLabel.count where Transitions.legal[next].contains(before) {
        row[next] = Int32(transitions[Transitions.index(kind, before, next)])
      }
      return row
    }
  }

  @inline(__always)
  subscript(tokenKind: Int, before: Int) -> Row { rows[tokenKind * (Transitions.start + 1) + before] }
}
