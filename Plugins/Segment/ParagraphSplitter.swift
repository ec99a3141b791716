import Bytes
import StageKit

/// Finds the paragraphs of a text whose structure nobody has worked out yet.
enum ParagraphSplitter {
  /// A line without its white space at either end.
  private struct Line {
    var span: ByteSpan
    var endsSentence: Bool
    var startsLower: Bool
    var startsItem: Bool
    /// Ends with a comma, a hyphen or another mark after which something must come.
    var isOpen: Bool
  }

  static func paragraphs(of text: Span<UInt8>, _ watch: inout DeadlineWatch) throws(StageError) -> [Paragraph] {
    let classes = ByteClass.table
    var paragraphs: [Paragraph] = []
    var block: [Line] = []
    var at = 0
    while at < text.count {
      try watch.step()
      var end = at
      while end < text.count, !isLineEnd(text, end) { end += 1 }
      let span = trimmed(text, at, end, classes)
      if span.isEmpty {
        append(&block, to: &paragraphs, text)
      } else {
        block.append(line(span, text))
      }
      at = end + 1
      if end < text.count, text[end] == 0x0D, text.byte(at) == 0x0A { at += 1 }
      if end < text.count, text[end] == 0xE2 { at = end + 3 }
    }
    append(&block, to: &paragraphs, text)
    if let first = paragraphs.first, first.kind == .body, isTitled(text, first.span) { paragraphs[0].kind = .heading }
    return paragraphs
  }

  /// Whether nearly every word has a capital: so headlines are written, with or without a full stop.
  private static func isTitled(_ text: Span<UInt8>, _ span: ByteSpan) -> Bool {
    guard span.count <= longestHeadline else { return false }
    var (words, capitals) = (0, 0)
    var isInWord = false
    for at in span.range {
      let isWord =
        text[at].isLetter || text[at].isDigit || text[at] >= 0x80 || isInWord && text[at] == UInt8(ascii: "'")
      if isWord, !isInWord {
        let value = UTF8Scalar.decode(text, at: at).value
        // Quotation marks and dashes are no words.
        guard UTF8Scalar.isLetter(value) || text[at].isDigit else { continue }
        words += 1
        if UTF8Scalar.isUpper(value) { capitals += 1 }
      }
      isInWord = isWord
    }
    return words >= 3 && capitals * 3 > words * 2
  }

  /// Bytes.
  private static let longestHeadline = 300

  /// LF, CR, U+2028 and U+2029.
  @inline(__always)
  private static func isLineEnd(_ text: Span<UInt8>, _ at: Int) -> Bool {
    let byte = text[at]
    if byte == 0x0A || byte == 0x0D { return true }
    return byte == 0xE2 && text.byte(at + 1) == 0x80 && (text.byte(at + 2) == 0xA8 || text.byte(at + 2) == 0xA9)
  }

  private static func trimmed(_ text: Span<UInt8>, _ start: Int, _ end: Int, _ classes: [ByteClass]) -> ByteSpan {
    ByteSpan(start, end).trimmedCharacters(in: text) { at in
      let (kind, length) = character(text, at: at, classes)
      return kind == .space ? length : nil
    }
  }

  private static func line(_ span: ByteSpan, _ text: Span<UInt8>) -> Line {
    var last = UTF8Scalar.start(before: span.end, in: text)
    let ending = UTF8Scalar.decode(text, at: last).value
    let isOpen = ending == 0x2C || ending == 0x2D || ending == 0x3B || ending == 0x28 || ending == 0x26
    while last > span.start, isClosing(UTF8Scalar.decode(text, at: last).value) {
      last = UTF8Scalar.start(before: last, in: text)
    }
    let final = UTF8Scalar.decode(text, at: last).value
    let endsSentence = endings.contains(final)
    let first = text[span.start]
    let startsItem =
      first == UInt8(ascii: "*") || first == UInt8(ascii: "-")
      || (first == 0xE2 && text.byte(span.start + 1) == 0x80 && text.byte(span.start + 2) == 0xA2)
      || isEnumerator(text, span)
    return Line(
      span: span, endsSentence: endsSentence, startsLower: text.isLower(at: span.start), startsItem: startsItem,
      isOpen: isOpen)
  }

  /// . ! ? : … and those of other scripts.
  private static let endings: Set<UInt32> = [
    0x2E, 0x21, 0x3F, 0x3A, 0x2026, 0x37E, 0x589, 0x61F, 0x6D4, 0x964, 0x965, 0x104B, 0x1362, 0x1367, 0x17D4, 0x17D5,
    0xF0D,
    0x3002, 0xFF01, 0xFF0E, 0xFF1A, 0xFF1F, 0xFF61,
  ]

  private static func isClosing(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x22, 0x27, 0x29, 0x5D, 0xAB, 0xBB, 0x2018, 0x2019, 0x201C, 0x201D, 0x2039, 0x203A, 0x300D, 0x300F, 0xFF09:
      true
    default: false
    }
  }

  /// “12. ” or “12) ”
  private static func isEnumerator(_ text: Span<UInt8>, _ span: ByteSpan) -> Bool {
    var at = span.start
    while at < span.end, text.isDigit(at: at) { at += 1 }
    guard at > span.start, at - span.start <= 2, text.byte(at) == 0x2E || text.byte(at) == 0x29 else { return false }
    return text.byte(at + 1) == 0x20
  }

  /// Turns the lines between two blank ones into paragraphs.
  private static func append(_ block: inout [Line], to paragraphs: inout [Paragraph], _ text: Span<UInt8>) {
    defer { block.removeAll(keepingCapacity: true) }
    guard let first = block.first else { return }
    let widest = block.reduce(0) { max($0, $1.span.count) }
    let long = block.dropLast().count { $0.span.count * 4 >= widest * 3 }
    // Prose that something wrapped at a column: most lines but the last are about as long as the longest.
    let isWrapped = block.count > 1 && widest <= 130 && widest >= 40 && long * 5 >= (block.count - 1) * 3
    var start = first
    var last = first
    for line in block.dropFirst() {
      let isShort = last.span.count * 5 < widest * 3
      let joins =
        if line.startsItem {
          false
        } else if line.startsLower || last.isOpen {
          true
        } else {
          isWrapped && !isShort
        }
      if !joins {
        paragraphs.append(paragraph(start, last))
        start = line
      }
      last = line
    }
    paragraphs.append(paragraph(start, last))
  }

  private static func paragraph(_ first: Line, _ last: Line) -> Paragraph {
    let span = ByteSpan(first.span.start, last.span.end)
    if first.startsItem { return Paragraph(span, kind: .list) }
    let isHeading = !last.endsSentence && !last.isOpen && !first.startsLower && span.count <= 100
    return Paragraph(span, kind: isHeading ? .heading : .body)
  }
}
