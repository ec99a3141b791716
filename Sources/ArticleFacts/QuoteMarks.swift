import Bytes
import StageKit

/// Pairs quotation marks, each paragraph for itself, so that a stray mark costs at most one quotation.
public struct QuoteMarks {
  private enum Family: UInt8 { case double, guillemet, single }
  private enum Lean { case opens, closes, either }

  private struct Mark {
    var span: ByteSpan
    var family: Family
    var lean: Lean
  }

  private(set) var quotations: [Quotation] = []
  private var open: [Mark] = []

  /// Sorted by start; a quotation comes before those inside it.
  ///
  /// - Throws: where the deadline has passed.
  public static func quotations(
    of paragraphs: [Paragraph], in text: Span<UInt8>, _ deadline: Deadline
  ) throws(StageError) -> [Quotation] {
    var marks = QuoteMarks()
    var leftOpen = false
    var watch = DeadlineWatch(deadline)
    for paragraph in paragraphs {
      try watch.step()
      let first = marks.quotations.count
      let dialogue = dialogue(
        ByteSpan(skipUnseen(from: paragraph.span.start, to: paragraph.span.end, in: text), paragraph.span.end), in: text
      )
      if dialogue.isEmpty { try marks.pair(paragraph.span, in: text, &watch) } else { marks.quotations += dialogue }
      guard first < marks.quotations.count else {
        leftOpen = false
        continue
      }
      marks.sort(from: first)
      let start = skipUnseen(from: paragraph.span.start, to: paragraph.span.end, in: text)
      if leftOpen, marks.quotations[first].outer.start == start { marks.quotations[first].continues = true }
      leftOpen = marks.quotations[first...].contains {
        !$0.isClosed && $0.parent == nil && $0.outer.end > paragraph.span.end - 4
      }
    }
    return marks.quotations
  }

  private mutating func pair(_ paragraph: ByteSpan, in text: Span<UInt8>, _ watch: inout DeadlineWatch)
    throws(StageError)
  {
    open.removeAll(keepingCapacity: true)
    let first = quotations.count
    var at = paragraph.start
    while true {
      at = Self.nextCandidate(text, from: at, to: paragraph.end)
      if at >= paragraph.end { break }
      let byte = text[at]
      guard byte < 0x80 || byte == 0xE2 || byte == 0xC2, let mark = mark(at: at, in: paragraph, text) else {
        at += 1
        continue
      }
      try watch.step()
      take(mark, in: paragraph, text)
      at = mark.span.end
    }
    closeParagraph(paragraph, from: first, in: text)
  }

  /// The next byte that is a mark of ASCII, or beyond ASCII. Eight bytes at a time, as in `firstOffset(of:in:)`.
  private static func nextCandidate(_ text: Span<UInt8>, from start: Int, to end: Int) -> Int {
    precondition(start >= 0 && end <= text.count)
    let ones: UInt64 = 0x0101_0101_0101_0101
    var at = start
    while at + 8 <= end {
      // `at + 8` is inside the span.
      let eight = UInt64(littleEndian: text.bytes.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self))
      let (double, single, grave) = (eight ^ ones &* 0x22, eight ^ ones &* 0x27, eight ^ ones &* 0x60)
      let marks = (double &- ones) & ~double | (single &- ones) & ~single | (grave &- ones) & ~grave
      let found = (eight | marks) & (ones &* 0x80)
      if found != 0 { return at + found.trailingZeroBitCount / 8 }
      at += 8
    }
    while at < end, text[at] < 0x80, text[at] != 0x22, text[at] != 0x27, text[at] != 0x60 { at += 1 }
    return at
  }

  private mutating func take(_ mark: Mark, in paragraph: ByteSpan, _ text: Span<UInt8>) {
    // Nobody nests so deep; the limit keeps the time linear in any text.
    if open.count > 32 { open.removeFirst() }
    let opener = open.lastIndex { $0.family == mark.family }
    switch mark.lean {
    case .opens:
      if mark.family != .single || opener == nil { open.append(mark) }
    case .either where opener == nil:
      if mark.family != .single { open.append(mark) }
    case .closes, .either:
      guard let opener else { return }
      if mark.family == .single {
        // A single mark never reaches across an open double one; “states’” inside a quotation does not end it.
        guard opener == open.count - 1, !isPossessive(mark, in: paragraph, text) else { return }
      }
      let inner = trimmed(ByteSpan(open[opener].span.end, mark.span.start), in: text)
      if !inner.isEmpty {
        let found = Quotation(outer: ByteSpan(open[opener].span.start, mark.span.end), inner: inner, isClosed: true)
        if !Self.isNickname(found, in: text) { quotations.append(found) }
      }
      open.removeSubrange(opener...)
    }
  }

  /// What is open still runs to the paragraph's end, or, where other quotations follow, to the first of them.
  private mutating func closeParagraph(_ paragraph: ByteSpan, from first: Int, in text: Span<UInt8>) {
    if open.isEmpty { return }
    let start = skipUnseen(from: paragraph.start, to: paragraph.end, in: text)
    let starts = quotations[first...].map(\.outer.start).sorted()
    var next = starts.count
    var limit = paragraph.end
    for mark in open.reversed() {
      while next > 0, starts[next - 1] > mark.span.start { next -= 1 }
      if mark.family == .single, mark.span.start != start || next < starts.count { continue }
      var end = next < starts.count ? min(limit, starts[next]) : limit
      let isCut = end < paragraph.end
      while end > mark.span.end, isUnseen(text, before: end) { end = UTF8Scalar.start(before: end, in: text) }
      if mark.family == .double, let tag = Self.endBeforeTag(mark.span.end, end, in: text) {
        end = tag
      } else if isCut, end > mark.span.end, !endsSentence(text[end - 1]) {
        continue
      }
      guard end > mark.span.end else { continue }
      limit = mark.span.start
      quotations.append(
        Quotation(
          outer: ByteSpan(mark.span.start, end), inner: trimmed(ByteSpan(mark.span.end, end), in: text), isClosed: false
        ))
    }
  }

  private mutating func sort(from first: Int) {
    quotations[first...].sort {
      $0.outer.start != $1.outer.start ? $0.outer.start < $1.outer.start : $0.outer.end > $1.outer.end
    }
    var around: [Int] = []
    for at in Range(from: first, upTo: quotations.count) {
      while let last = around.last, quotations[last].outer.end <= quotations[at].outer.start { around.removeLast() }
      quotations[at].parent = around.last
      around.append(at)
    }
  }
}

// How one mark looks from its neighbours.
extension QuoteMarks {
  private func mark(at: Int, in paragraph: ByteSpan, _ text: Span<UInt8>) -> Mark? {
    let (value, length) = UTF8Scalar.decode(text, at: at)
    var span = ByteSpan(at, at + length)
    let family: Family
    switch value {
    case 0x22, 0x201C, 0x201D, 0x201E, 0x201F: family = .double
    case 0xAB, 0xBB, 0x2039, 0x203A: family = .guillemet
    case 0x27, 0x60:
      // Two single marks are typewriter's double ones.
      let isTwin = at + 1 < paragraph.end && text[at + 1] == text[at]
      if value == 0x60, !isTwin { return nil }
      family = isTwin ? .double : .single
      if isTwin { span = ByteSpan(at, at + 2) }
    case 0x2018, 0x2019, 0x201A:
      let isTwin = value != 0x201A && at + 6 <= paragraph.end && UTF8Scalar.decode(text, at: at + 3).value == value
      family = isTwin ? .double : .single
      if isTwin { span = ByteSpan(at, at + 6) }
    default: return nil
    }
    let before = span.start > paragraph.start ? scalar(before: span.start, in: text) : 0x20
    let after = span.end < paragraph.end ? UTF8Scalar.decode(text, at: span.end).value : 0x20
    let isLooseBefore = Self.opens(after: before)
    let isLooseAfter = Self.closes(before: after)
    var lean: Lean
    switch (isLooseBefore, isLooseAfter) {
    case (true, false): lean = .opens
    case (false, true): lean = .closes
    case (false, false): lean = family == .double && endsSentenceOrClause(before) ? .closes : .either
    case (true, true): lean = .either
    }
    switch value {
    case 0x2018 where family == .double: if lean == .either { lean = .opens }
    case 0x201C, 0x201E, 0x201F, 0xAB, 0x2039, 0x60: if lean == .either { lean = .opens }
    case 0x201D, 0xBB, 0x203A:
      let isOpen = open.contains { $0.family == family }
      if lean == .either || (lean == .opens && isOpen) { lean = .closes }
    default: break
    }
    if family == .single {
      // An apostrophe has letters on both sides, or stands for lost letters or digits before a word.
      if !isLooseBefore, UTF8Scalar.isLetter(after) || isDigit(after) { return nil }
      if lean == .opens, value == 0x2019 || isElision(at: span.end, in: paragraph, text) { return nil }
      if lean == .either { lean = value == 0x2018 ? .opens : .closes }
    }
    return Mark(span: span, family: family, lean: lean)
  }

  /// “the states’ affairs”: a closing mark after s before a word is taken for a possessive where a better one follows.
  private func isPossessive(_ mark: Mark, in paragraph: ByteSpan, _ text: Span<UInt8>) -> Bool {
    guard text[mark.span.start - 1] | 0x20 == 0x73, mark.span.end + 1 < paragraph.end, text[mark.span.end] == 0x20,
      UTF8Scalar.isLetter(UTF8Scalar.decode(text, at: mark.span.end + 1).value)
    else { return false }
    var at = mark.span.end + 1
    let end = min(paragraph.end, at + 400)
    while at < end {
      let byte = text[at]
      if byte == 0x27 || byte == 0xE2, let other = self.mark(at: at, in: paragraph, text), other.family == .single {
        return other.lean == .closes
      }
      at += 1
    }
    return false
  }

  private func isElision(at: Int, in paragraph: ByteSpan, _ text: Span<UInt8>) -> Bool {
    var end = at
    while end < paragraph.end, UTF8Scalar.isLetter(UInt32(text[end])) || isDigit(UInt32(text[end])) { end += 1 }
    if at < end, isDigit(UInt32(text[at])) { return end - at <= 3 }
    return Self.elisions.contains(lowered: text, ByteSpan(at, end))
  }

  private static let elisions = WordSet(["em", "til", "tis", "twas", "cause", "n", "round", "bout", "til", "cuz"])

  /// A mark after this character may open: space, bracket, dash, another mark.
  private static func opens(after value: UInt32) -> Bool {
    switch value {
    case 0x28, 0x5B, 0x7B, 0x2F, 0x2D, 0x3A, 0x2010...0x2015, 0x22, 0x27, 0x60, 0x2018...0x201F, 0xAB, 0xBB: true
    default: UTF8Scalar.isSpace(value)
    }
  }

  private static func closes(before value: UInt32) -> Bool {
    switch value {
    case 0x29, 0x5D, 0x7D, 0x2C, 0x2E, 0x3A, 0x3B, 0x21, 0x3F, 0x2D, 0x2F, 0x2010...0x2015, 0x22, 0x27, 0x60,
      0x2018...0x201F, 0xAB, 0xBB:
      true
    default: UTF8Scalar.isSpace(value)
    }
  }
}

private func scalar(before offset: Int, in text: Span<UInt8>) -> UInt32 {
  UTF8Scalar.decode(text, at: UTF8Scalar.start(before: offset, in: text)).value
}

/// White space and what else is part of no token: controls, separators without width.
private func isUnseen(_ value: UInt32) -> Bool {
  switch value {
  case 0..<0x20, 0x7F..<0xA0, 0x200B, 0x200E, 0x200F, 0x2060: true
  default: UTF8Scalar.isSpace(value)
  }
}

private func isUnseen(_ text: Span<UInt8>, before offset: Int) -> Bool {
  isUnseen(scalar(before: offset, in: text))
}

private func trimmed(_ span: ByteSpan, in text: Span<UInt8>) -> ByteSpan {
  span.trimmedCharacters(in: text) { at in
    let (value, length) = UTF8Scalar.decode(text, at: at)
    return isUnseen(value) ? length : nil
  }
}

private func skipUnseen(from start: Int, to end: Int, in text: Span<UInt8>) -> Int {
  var at = start
  while at < end {
    let (value, length) = UTF8Scalar.decode(text, at: at)
    guard isUnseen(value) else { break }
    at += length
  }
  return at
}

private func isDigit(_ value: UInt32) -> Bool { value >= 0x30 && value <= 0x39 }

private func endsSentence(_ byte: UInt8) -> Bool { byte == 0x2E || byte == 0x3F || byte == 0x21 }

private func endsSentenceOrClause(_ value: UInt32) -> Bool {
  value == 0x2E || value == 0x2C || value == 0x3F || value == 0x21 || value == 0x2026
}
