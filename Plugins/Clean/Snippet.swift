import Bytes
import StageKit

/// A piece of a page's text, normalised, and the bytes of the source that it was read from.
struct Snippet: Equatable {
  var text: [UInt8]
  var source: ByteSpan
}

extension Page {
  /// The text of a span of the page, with its place in the source.
  func snippet(_ span: ByteSpan) -> Snippet {
    Snippet(text: BodyWriter.plain(self, span), source: source(of: span))
  }

  /// Where a span of the page stood in the source.
  func source(of span: ByteSpan) -> ByteSpan { alignment?.source(of: span) ?? span }
}
