import Bytes
import StageKit

/// What stands between a pair of quotation marks.
struct QuotedSpan: Equatable {
  /// With its marks, as far as they are there.
  var outer: ByteSpan
  /// Without them.
  var inner: ByteSpan
  var isClosed: Bool
  /// Index of the quoted span around it.
  var parent: Int?
  /// It goes on with what the paragraph before left open.
  var continues = false
  /// Indices of the tokens that `outer` touches.
  private(set) var tokens: Range<Int> = 0..<0
  /// How many of them are no punctuation.
  private(set) var words = 0
  /// Its last byte is a full stop, or such.
  var endsSentence = false
  /// Or a comma.
  var endsClause = false

  /// Adds a token; in their order.
  mutating func take(token: Int, isWord: Bool) {
    tokens = Range(from: tokens.isEmpty ? token : tokens.lowerBound, upTo: token + 1)
    if isWord { words += 1 }
  }
}
