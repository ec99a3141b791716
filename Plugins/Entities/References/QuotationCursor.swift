import Bytes
import StageKit

/// Tells, token after token, what stands inside quotation marks.
struct QuotationCursor {
  private let quotations: [Quotation]
  private var next = 0

  init(_ quotations: [Quotation]) { self.quotations = quotations }

  /// - Parameter token: no earlier than those before.
  mutating func holds(_ token: ByteSpan) -> Bool {
    while next < quotations.count, quotations[next].outer.end <= token.start { next += 1 }
    return next < quotations.count && quotations[next].outer.start < token.end
  }
}
