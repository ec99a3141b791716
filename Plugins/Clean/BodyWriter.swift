import Bytes
import StageKit

/// Writes the kept blocks out as the text of the article, with the alignment to the source.
struct BodyWriter {
  private(set) var text: [UInt8] = []
  private(set) var alignment = Alignment()
  private(set) var paragraphs: [Paragraph] = []

  private let bytes: [UInt8]
  /// Of the page; `nil` where its text is the source.
  private let runs: [Alignment.Run]?
  /// The run of the page's alignment that was used last; blocks come in order.
  private var run = 0

  init(_ page: Page) { (bytes, runs) = (page.bytes, page.alignment?.runs) }

  /// Adds a block as a paragraph of its own.
  ///
  /// - Parameter joins: whether it goes on with the paragraph before it, as a cell of a row does.
  /// - Throws: where the deadline has passed.
  mutating func add(_ block: Block, kind: Paragraph.Kind, joins: Bool = false, _ watch: inout DeadlineWatch)
    throws(StageError)
  {
    let source = bytes
    let bytes = source.span
    let previousEnd = alignment.runs.last?.source.end
    var start: Int?
    try Self.normalise(bytes, block.span) { piece throws(StageError) in
      try watch.step()
      switch piece {
      case .copy(let span):
        if start == nil {
          if let previousEnd {
            let next = place(ByteSpan(span.start, span.start + 1)).start
            let gap = joins && paragraphs.last?.kind == kind ? Self.cellGap : Self.paragraphGap
            text.append(contentsOf: gap)
            alignment.append(length: gap.count, from: ByteSpan(previousEnd, max(previousEnd, next)))
          }
          start = text.count
        }
        text.append(bytes, span)
        copy(span)
      case .space(let span):
        text.append(0x20)
        alignment.append(length: 1, from: place(span))
      }
    }
    // A block of nothing but what vanishes is no paragraph.
    guard let start else { return }
    if joins, let last = paragraphs.last, last.kind == kind {
      paragraphs[paragraphs.count - 1].span = ByteSpan(last.span.start, text.count)
    } else {
      paragraphs.append(Paragraph(ByteSpan(start, text.count), kind: kind))
    }
  }

  private static let paragraphGap: [UInt8] = [0x0A, 0x0A]
  private static let cellGap = Array(" | ".utf8)

  /// The text of a span alone, normalised.
  static func plain(_ page: Page, _ span: ByteSpan) -> [UInt8] {
    let bytes = page.bytes.span
    var out: [UInt8] = []
    normalise(bytes, span) { piece in
      switch piece {
      case .copy(let span): out.append(bytes, span)
      case .space: out.append(0x20)
      }
    }
    return out
  }

  private enum Piece {
    case copy(ByteSpan)
    case space(ByteSpan)
  }

  /// Without what is no text at either end: white space of any kind, controls among it, and what vanishes.
  private static func trimmed(_ bytes: Span<UInt8>, _ span: ByteSpan) -> ByteSpan {
    span.trimmedCharacters(in: bytes) { blankLength(bytes, $0) }
  }

  /// Bytes of the character that nobody sees at `offset`: white space, or one that vanishes.
  private static func blankLength(_ bytes: Span<UInt8>, _ offset: Int) -> Int? {
    spaceLength(bytes, offset) ?? (foldable(bytes, offset) > 0 ? foldable(bytes, offset) : nil)
  }

  /// Cuts what is text of a block into stretches to copy and white space to fold. Runs of white space that hold a line end, a tab or a
  /// space other than U+0020 become one space; U+00AD, U+200B and U+FEFF go; all else stays.
  private static func normalise<E: Error>(
    _ bytes: Span<UInt8>, _ block: ByteSpan, _ take: (Piece) throws(E) -> Void
  ) throws(E) {
    let span = trimmed(bytes, block)
    var (at, start, isFirst) = (span.start, span.start, true)
    var gap: ByteSpan?
    func flush(_ end: Int) throws(E) {
      if end > start {
        if let gap, !isFirst { try take(.space(gap)) }
        gap = nil
        isFirst = false
        try take(.copy(ByteSpan(start, end)))
      }
    }
    while at < span.end {
      let byte = bytes[at]
      if byte > 0x20, byte < 0xC2 {
        at += 1
        continue
      }
      // Most spaces stand alone between words, and stay as they are.
      if byte == 0x20, start < at, at + 1 < span.end, bytes[at + 1] > 0x20, bytes[at + 1] < 0xC2 {
        at += 1
        continue
      }
      let length = byte == 0x20 ? 1 : foldable(bytes, at)
      if length == 0 {
        at += UTF8Scalar.length(first: byte)
        continue
      }
      // A run of white space, and what vanishes beside it.
      var (end, isPlain, isVoid) = (at, true, true)
      while end < span.end {
        let next = bytes[end]
        if next == 0x20 {
          (end, isVoid) = (end + 1, false)
          continue
        }
        let more = next > 0x20 && next < 0xC2 ? 0 : foldable(bytes, end)
        if more == 0 { break }
        isPlain = false
        if !vanishes(bytes, end) { isVoid = false }
        end += more
      }
      if isPlain, end < span.end, !isFirst || start < at {
        // Spaces alone stay as they are.
        at = end
        continue
      }
      try flush(at)
      if isVoid {
        // Vanishes without a trace, unless white space came before.
      } else {
        gap = gap.map { ByteSpan($0.start, end) } ?? ByteSpan(at, end)
      }
      (at, start) = (end, end)
    }
    try flush(span.end)
  }

  /// Bytes of the character where it becomes a space or nothing; 0 where it stays.
  private static func foldable(_ bytes: Span<UInt8>, _ at: Int) -> Int {
    switch bytes[at] {
    case 0x09...0x0D: return 1
    case 0xC2: return at + 1 < bytes.count && (bytes[at + 1] == 0xA0 || bytes[at + 1] == 0xAD) ? 2 : 0
    case 0xE2:
      guard at + 2 < bytes.count, bytes[at + 1] == 0x80 else { return 0 }
      return bytes[at + 2] == 0xAF || bytes[at + 2] == 0x89 || bytes[at + 2] == 0x8B ? 3 : 0
    case 0xEF: return at + 2 < bytes.count && bytes[at + 1] == 0xBB && bytes[at + 2] == 0xBF ? 3 : 0
    default: return 0
    }
  }

  /// U+00AD, U+200B, U+FEFF.
  private static func vanishes(_ bytes: Span<UInt8>, _ at: Int) -> Bool {
    switch bytes[at] {
    case 0xC2: bytes[at + 1] == 0xAD
    case 0xE2: bytes[at + 2] == 0x8B
    case 0xEF: true
    default: false
    }
  }

  // MARK: Alignment

  /// Lays a stretch of the page that was copied over the source, run by run.
  private mutating func copy(_ span: ByteSpan) {
    guard let runs else {
      alignment.append(length: span.count, from: span)
      return
    }
    var at = span.start
    seek(at, runs)
    while at < span.end, run < runs.count {
      let here = runs[run]
      let end = min(span.end, here.text.end)
      if here.text.count == here.source.count {
        let start = here.source.start + at - here.text.start
        alignment.append(length: end - at, from: ByteSpan(start, start + end - at))
      } else {
        alignment.append(length: end - at, from: here.source)
      }
      at = end
      if at >= here.text.end { run += 1 }
    }
  }

  /// The source of a piece of the page.
  private mutating func place(_ span: ByteSpan) -> ByteSpan {
    guard let runs else { return span }
    seek(span.start, runs)
    guard run < runs.count else { return ByteSpan(0, 0) }
    let first = runs[run]
    var last = run
    while last + 1 < runs.count, runs[last].text.end < span.end { last += 1 }
    let isCopy = first.text.count == first.source.count
    let start = isCopy ? first.source.start + span.start - first.text.start : first.source.start
    let final = runs[last]
    let end =
      final.text.count == final.source.count
      ? final.source.start + min(span.end, final.text.end) - final.text.start : final.source.end
    return ByteSpan(start, max(start, end))
  }

  private mutating func seek(_ offset: Int, _ runs: [Alignment.Run]) {
    while run > 0, run >= runs.count || runs[run].text.start > offset { run -= 1 }
    while run < runs.count, runs[run].text.end <= offset { run += 1 }
  }
}
