import Bytes

/// What a list of spans promises.
public enum SpanRules: Sendable {
  /// Each starts where the one before it starts, or later.
  case sorted
  /// Sorted, and none reaches into the next.
  case apart

  /// What does not hold, one sentence each; in the text, at the bounds of characters, start before end is always promised.
  public func problems(_ spans: some Sequence<ByteSpan>, in text: [UInt8]) -> [String] {
    var problems: [String] = []
    var before: ByteSpan?
    for span in spans {
      defer { before = span }
      if span.start > span.end || span.end > text.count {
        problems.append("\(span) reaches out of the text of \(text.count) bytes")
        continue
      }
      if !text.isBoundary(span.start) || !text.isBoundary(span.end) { problems.append("\(span) cuts a character") }
      guard let before else { continue }
      if span.start < before.start {
        problems.append("\(span) stands behind \(before)")
      } else if self == .apart, span.start < before.end {
        problems.append("\(span) reaches into \(before)")
      }
    }
    return problems
  }
}

extension ByteSpan: CustomStringConvertible {
  public var description: String { "\(start)..<\(end)" }
}

extension [UInt8] {
  /// Whether a character begins at the offset, or the text ends there.
  fileprivate func isBoundary(_ offset: Int) -> Bool { offset == count || self[offset] & 0xC0 != 0x80 }
}
