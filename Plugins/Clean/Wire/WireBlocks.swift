import Bytes
import StageKit

/// The blocks of a marked-up body: each with its role, because the format says it.
struct WireBlocks {
  private(set) var page = Page(bytes: [])
  private(set) var roles: [BlockRoles.Role] = []
  private var alignment = Alignment()
  private var blockStart = 0
  private var role = BlockRoles.Role.body
  private var pendingSpace: ByteSpan?
  private var breaks = 0

  var isEmpty: Bool { page.blocks.isEmpty }

  /// - Parameter isPreformatted: whether a blank line parts paragraphs.
  mutating func text(_ bytes: Span<UInt8>, _ span: ByteSpan, as role: BlockRoles.Role, isPreformatted: Bool) {
    var at = span.start
    while at < span.end {
      let start = at
      if bytes[at].isSpace {
        var lines = 0
        while at < span.end, bytes[at].isSpace {
          if bytes[at] == 0x0A { lines += 1 }
          at += 1
        }
        if isPreformatted, lines > 1 { finish() } else { space(ByteSpan(start, at)) }
        continue
      }
      while at < span.end, !bytes[at].isSpace { at += 1 }
      // A single space inside is copied with what stands around it.
      while at + 1 < span.end, bytes[at] == 0x20, !bytes[at + 1].isSpace {
        at += 1
        while at < span.end, !bytes[at].isSpace { at += 1 }
      }
      open(role)
      for offset in Range(from: start, upTo: at) { page.bytes.append(bytes[offset]) }
      alignment.append(length: at - start, from: ByteSpan(start, at))
    }
  }

  mutating func character(_ value: UInt32, from source: ByteSpan, as role: BlockRoles.Role) {
    if value < 0x80, UInt8(value).isSpace { return space(source) }
    open(role)
    let before = page.bytes.count
    UTF8Scalar.append(value, to: &page.bytes)
    alignment.append(length: page.bytes.count - before, from: source)
  }

  mutating func space(_ source: ByteSpan) {
    if pendingSpace == nil { pendingSpace = source }
  }

  /// One break is white space, two part paragraphs.
  mutating func lineBreak(_ source: ByteSpan) {
    breaks += 1
    if breaks > 1 { finish() } else { space(source) }
  }

  private mutating func open(_ role: BlockRoles.Role) {
    breaks = 0
    if page.bytes.count == blockStart {
      self.role = role
    } else if let space = pendingSpace {
      page.bytes.append(0x20)
      alignment.append(length: 1, from: space)
    }
    pendingSpace = nil
  }

  mutating func finish() {
    pendingSpace = nil
    breaks = 0
    let end = page.bytes.count
    if end > blockStart {
      page.blocks.append(Block(span: ByteSpan(blockStart, end)))
      roles.append(role)
      // Blocks never touch.
      page.bytes.append(0x0A)
      let at = alignment.runs.last?.source.end ?? 0
      alignment.append(length: 1, from: ByteSpan(at, at))
    }
    blockStart = page.bytes.count
  }

  /// The page with its alignment; ends the last block.
  mutating func finished() -> Page {
    finish()
    page.alignment = alignment
    return page
  }
}

/// A body that is written as text inside XML: put together from text, CDATA sections and references.
struct WireText {
  private(set) var bytes: [UInt8] = []
  private(set) var alignment = Alignment()
  var isHTML = false

  mutating func copy(_ source: Span<UInt8>, _ span: ByteSpan) {
    bytes.append(source, span)
    alignment.append(length: span.count, from: span)
  }

  /// What a reference stands for; one that XML does not know is left to whoever reads the text.
  mutating func reference(_ source: Span<UInt8>, _ span: ByteSpan) {
    guard let value = XMLTokenizer.character(source, span) else { return copy(source, span) }
    let before = bytes.count
    UTF8Scalar.append(value, to: &bytes)
    alignment.append(length: bytes.count - before, from: span)
  }

  /// Puts blanks in place of the marks of a CDATA section that was escaped with what it holds.
  mutating func blankEscapedSection() {
    let open = Array("<![CDATA[".utf8)
    let close = Array("]]>".utf8)
    guard let start = bytes.firstIndex(where: { $0 > 0x20 }), bytes[start...].starts(with: open) else { return }
    for at in Range(from: start, count: open.count) { bytes[at] = 0x20 }
    guard let last = bytes.lastIndex(where: { $0 > 0x20 }), last >= close.count,
      bytes[Range(from: last + 1 - close.count, upTo: last + 1)].elementsEqual(close)
    else { return }
    for at in Range(from: last + 1 - close.count, upTo: last + 1) { bytes[at] = 0x20 }
  }

  /// Whether it has tags; without any it is plain text.
  var hasMarkup: Bool {
    guard bytes.count > 2 else { return false }
    for at in 0..<bytes.count - 2 where bytes[at] == UInt8(ascii: "<") {
      let next = bytes[at + 1] | 0x20
      if next.isLower || bytes[at + 1] == UInt8(ascii: "/") || bytes[at + 1] == UInt8(ascii: "!") {
        return true
      }
    }
    return false
  }
}

extension Alignment {
  /// Leads on to where the source of this alignment came from itself.
  func traced(through inner: Alignment) -> Alignment {
    var traced = Alignment()
    var at = 0
    for run in runs {
      // Runs come in the order of their source, but for stretches of no length.
      while at > 0, at >= inner.runs.count || inner.runs[at].text.start > run.source.start { at -= 1 }
      while at < inner.runs.count, inner.runs[at].text.end <= run.source.start { at += 1 }
      guard at < inner.runs.count else {
        let end = inner.runs.last?.source.end ?? 0
        traced.append(length: run.text.count, from: ByteSpan(end, end))
        continue
      }
      if run.text.count != run.source.count {
        traced.append(length: run.text.count, from: inner.source(of: run.source) ?? inner.runs[at].source)
        continue
      }
      var position = run.source.start
      while position < run.source.end, at < inner.runs.count {
        let here = inner.runs[at]
        let end = min(run.source.end, here.text.end)
        if here.text.count == here.source.count {
          let start = here.source.start + position - here.text.start
          traced.append(length: end - position, from: ByteSpan(start, start + end - position))
        } else {
          traced.append(length: end - position, from: here.source)
        }
        position = end
        if end == here.text.end { at += 1 }
      }
    }
    return traced
  }
}
