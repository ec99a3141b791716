import Bytes
import StageKit

/// Whether a text is inside quotation marks, paragraph by paragraph.
struct QuotationState {
  private let paragraphs: [Paragraph]
  private var paragraph = 0
  private(set) var isOpen = false

  init(paragraphs: [Paragraph]) { self.paragraphs = paragraphs }

  mutating func enter(_ sentence: Sentence) {
    while paragraph < paragraphs.count, paragraphs[paragraph].span.end <= sentence.span.start {
      paragraph += 1
      isOpen = false
    }
  }

  /// - Parameter mark: a token of punctuation.
  mutating func read(_ mark: Word, _ token: Token, _ text: Span<UInt8>) {
    switch mark.mark {
    case UInt8(ascii: "\""): isOpen.toggle()
    case 0xE2:
      let scalar = UTF8Scalar.decode(text, at: token.span.start).value
      if scalar == 0x201C { isOpen = true } else if scalar == 0x201D { isOpen = false }
    default: break
    }
  }
}
