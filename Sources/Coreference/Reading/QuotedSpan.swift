import Bytes
import StageKit

/// A quotation and its tokens.
package struct QuotedSpan: Equatable, Sendable {
  package let quotation: Quotation
  /// Indices of the tokens that `outer` touches.
  package private(set) var tokens: Range<Int> = 0..<0
  /// How many of them are no punctuation.
  package private(set) var words = 0
  /// Its last byte is a full stop, or such.
  package let endsSentence: Bool
  /// Or a comma.
  package let endsClause: Bool

  package var outer: ByteSpan { quotation.outer }
  package var inner: ByteSpan { quotation.inner }
  package var isClosed: Bool { quotation.isClosed }
  package var continues: Bool { quotation.continues }

  package init(_ quotation: Quotation, in text: Span<UInt8>) {
    self.quotation = quotation
    let last = text[quotation.inner.end - 1]
    endsSentence = last == 0x2E || last == 0x21 || last == 0x3F
    endsClause = endsSentence || last == 0x2C
  }

  /// Adds a token; in their order.
  package mutating func take(token: Int, isWord: Bool) {
    tokens = Range(from: tokens.isEmpty ? token : tokens.lowerBound, upTo: token + 1)
    if isWord { words += 1 }
  }
}
