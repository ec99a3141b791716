import Bytes
import StageKit

extension Article {
  /// What stands between quotation marks, which the first stage that asks has read. Sorted by start; a quotation comes
  /// before those inside it.
  ///
  /// - Throws: where the deadline has passed.
  public mutating func readQuotations(_ deadline: Deadline) throws(StageError) -> [Quotation] {
    if let quotations { return quotations }
    let read = try QuoteMarks.quotations(
      of: paragraphs ?? [Paragraph(ByteSpan(0, text.count))], in: text.span, deadline)
    quotations = read
    return read
  }
}
