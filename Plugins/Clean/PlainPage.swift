import Bytes
import Lexicon
import StageKit

/// The front end for plain text: lines, and lines that run on, become blocks.
///
/// Page dumps come laid out (blank lines, indentation, columns) or as one visible string a line, where a link inside a
/// sentence cuts it in three; both, and wrapped prose, end as blocks of one paragraph each.
package struct PlainPage {
  private let classes = ByteClass.table
  private var blocks: [Block] = []
  /// Of each block: its words, counted to `someWords`.
  private var wordCounts: [UInt8] = []
  private var isWrapped = false
  private var isFlush = false
  private let mostBlocks: Int
  private var isCrowded = false

  /// As many words make more than a link or a label.
  private static let someWords: UInt8 = 4
  /// Bytes of a line of a time and a headline.
  private static let longestTime = 80

  private init(mostBlocks: Int) { self.mostBlocks = mostBlocks }

  package static func read(
    _ source: [UInt8], deadline: Deadline, mostBlocks: Int = Page.mostBlocks
  ) throws(StageError) -> Page {
    var reader = PlainPage(mostBlocks: mostBlocks)
    let bytes = source.span
    reader.survey(bytes)
    var (at, lines, blank) = (0, 0, true)
    while at < bytes.count {
      let end = bytes.firstOffset(of: 0x0A, in: Range(from: at, upTo: bytes.count))
      let had = reader.blocks.count
      let found = reader.line(bytes, at, end, afterBlank: blank)
      blank = !found && reader.blocks.count == had
      at = end + 1
      lines += 1
      if lines & 0xFFF == 0 { try deadline.check() }
    }
    return Page(bytes: source, alignment: nil, blocks: reader.blocks, isCrowded: reader.isCrowded)
  }

  /// Looks whether the text is wrapped at a margin, and whether its lines start at the margin.
  private mutating func survey(_ bytes: Span<UInt8>) {
    var (lines, wide, longest, indented, start) = (0, 0, 0, 0, 0)
    let end = min(bytes.count, 1 << 16)
    while start < end {
      let at = min(end - 1, bytes.firstOffset(of: 0x0A, in: Range(from: start, upTo: end)))
      let length = at - start
      if length > 1 {
        lines += 1
        if length >= 55 { wide += 1 }
        if bytes[start] == 0x20 || bytes[start] == 0x09 { indented += 1 }
        longest = max(longest, length)
      }
      start = at + 1
    }
    isWrapped = lines >= 3 && longest <= 120 && wide * 2 > lines
    isFlush = indented * 3 < lines
  }

  /// Takes in one line.
  ///
  /// - Returns: whether it held anything.
  private mutating func line(_ bytes: Span<UInt8>, _ from: Int, _ to: Int, afterBlank: Bool) -> Bool {
    var (at, column) = (from, 0)
    while at < to, let length = spaceLength(bytes, at) {
      column += bytes[at] == 0x09 ? 4 : 1
      at += length
    }
    var end = to
    while end > at {
      let last = UTF8Scalar.start(before: end, in: bytes)
      guard spaceLength(bytes, last) != nil else { break }
      end = last
    }
    if at == end { return false }

    // Three spaces between words part the cells of a row. Of three bytes side by side one is looked at.
    let lineStart = at
    var (start, probe, isCell) = (at, at + 2, false)
    while probe < end {
      guard classes[Int(bytes[probe])].isAny(of: .space) else {
        probe += 3
        continue
      }
      var (low, high) = (probe, probe + 1)
      while classes[Int(bytes[low - 1])].isAny(of: .space) { low -= 1 }
      while classes[Int(bytes[high])].isAny(of: .space) { high += 1 }
      probe += 3
      if high - low < 3 { continue }
      add(bytes, start, low, column: column + start - lineStart, afterBlank: afterBlank, isCell: true)
      (start, probe, isCell) = (high, high + 2, true)
    }
    add(bytes, start, end, column: column + start - lineStart, afterBlank: afterBlank, isCell: isCell)
    return true
  }

  /// Words of a cell, counted to `someWords`.
  private func words(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> UInt8 {
    var (words, isSpace): (UInt8, Bool) = (1, false)
    var at = start
    while at < end {
      let wasSpace = isSpace
      isSpace = classes[Int(bytes[at])].isAny(of: .space)
      at += 1
      if wasSpace, !isSpace {
        words += 1
        if words == Self.someWords { break }
      }
    }
    return words
  }

  private mutating func add(
    _ bytes: Span<UInt8>, _ start: Int, _ end: Int, column: Int, afterBlank: Bool, isCell: Bool
  ) {
    let words = words(bytes, start, end)
    if blocks.count >= mostBlocks {
      isCrowded = true
      blocks[blocks.count - 1].span = ByteSpan(blocks[blocks.count - 1].span.start, end)
      return
    }
    if !isCell, !afterBlank, let last = blocks.last, !last.context.contains(.cell),
      runsOn(bytes, last, start, end, words, column: column)
    {
      blocks[blocks.count - 1].span = ByteSpan(last.span.start, end)
      wordCounts[blocks.count - 1] = min(Self.someWords, wordCounts[blocks.count - 1] + words)
      joinBefore(bytes)
      return
    }
    var context: Block.Context = afterBlank ? .blankBefore : []
    if isCell { context.insert(.cell) }
    if isBullet(bytes, start, end) { context.insert(.listItem) }
    blocks.append(Block(span: ByteSpan(start, end), column: Int32(clamping: column), context: context))
    wordCounts.append(words)
  }

  /// Whether the line goes on with the block before it, without a blank line between.
  private func runsOn(
    _ bytes: Span<UInt8>, _ last: Block, _ start: Int, _ end: Int, _ words: UInt8, column: Int
  ) -> Bool {
    let before = LineEnd(bytes, last.span)
    let opening = LineStart(bytes, start, end)
    if opening == .closing { return before != .terminal || bytes[start] != 0x2D }
    if opening == .bullet { return false }
    // A post of a live blog begins with its time.
    if opening == .digit, LivePosts.opensWithTime(bytes, ByteSpan(start, end)) { return false }
    if opening != .lower, LivePosts.opensWithTime(bytes, last.span), last.span.count <= Self.longestTime {
      return false
    }
    if isFlush, column > Int(last.column) { return true }
    let hasSome = wordCounts[blocks.count - 1] == Self.someWords
    if isWrapped {
      let lineLength = last.span.end - lineStart(bytes, last.span)
      return lineLength >= 45
    }
    if before == .terminal { return false }
    if !hasSome, words < Self.someWords { return false }
    if opening == .lower { return before != .colon }
    if before == .comma || before == .openQuote { return hasSome }
    // A short piece with a capital may be a link, or a name under a headline: what comes after it tells.
    return before == .lower && hasSome && words == Self.someWords && endsWithFunctionWord(bytes, last.span)
  }

  /// When a sentence goes on after a short piece, the piece was a link inside it: joins what stands before the piece.
  private mutating func joinBefore(_ bytes: Span<UInt8>) {
    guard blocks.count >= 2 else { return }
    let (piece, open) = (blocks[blocks.count - 1], blocks[blocks.count - 2])
    if piece.context.contains(.blankBefore) || open.context.contains(.cell) || piece.context.contains(.listItem) {
      return
    }
    guard wordCounts[blocks.count - 2] == Self.someWords else { return }
    let before = LineEnd(bytes, open.span)
    guard before == .lower || before == .comma || before == .openQuote else { return }
    blocks.removeLast()
    let words = wordCounts.removeLast()
    blocks[blocks.count - 1].span = ByteSpan(open.span.start, piece.span.end)
    wordCounts[blocks.count - 1] = min(Self.someWords, wordCounts[blocks.count - 1] + words)
  }

  private func lineStart(_ bytes: Span<UInt8>, _ span: ByteSpan) -> Int {
    // A wrapped line is short; a longer one counts as wide wherever it starts.
    var at = span.end
    while at > span.start, span.end - at < 64, bytes[at - 1] != 0x0A { at -= 1 }
    return at
  }

  private func endsWithFunctionWord(_ bytes: Span<UInt8>, _ span: ByteSpan) -> Bool {
    var at = span.end
    while at > span.start, span.end - at < 12, bytes[at - 1].isLetter { at -= 1 }
    return Lexicon.english.has(.running, lowered: bytes, ByteSpan(at, span.end))
  }

  private func isBullet(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    LineStart(bytes, start, end) == .bullet
  }
}
