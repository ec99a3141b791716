import Bytes
import StageKit

/// The front end for HTML: the text of each block element becomes a block, with what its ancestors tell.
///
/// There is no tree: a stack of open elements keeps what to go back to when one closes.
package struct HTMLPage {
  private let mostRuns: Int
  private let mostBlocks: Int
  private var page = Page(bytes: [])
  private var alignment = Alignment()
  private var open: [OpenElement] = []
  private var state = State()
  private var containers: Int32 = 0

  // The block being filled.
  private var blockStart = 0
  private var blockState = State()
  private var linkBytes = 0
  /// White space in the source that will be one space, if text follows.
  private var pendingSpace: ByteSpan?
  private var breaks = 0
  private var opensRow = false
  /// Whether an element has begun or ended since the last text.
  private var isBorder = false
  /// Where the last block that there may be would have ended.
  private var fullAt: Int?
  /// Whether `noscript` and `template` are read like any element.
  private let opensNoscript: Bool
  /// An element whose content is not read, and how often it stands inside itself.
  private var skipped: (tag: Tag, depth: Int)?

  private init(mostRuns: Int, mostBlocks: Int, opensNoscript: Bool) {
    (self.mostRuns, self.mostBlocks, self.opensNoscript) = (mostRuns, mostBlocks, opensNoscript)
  }

  /// What holds for the text at one place.
  private struct State {
    var context: Block.Context = []
    var container: Int32 = 0
    var outer: Int32 = 0
    var isLink = false
    var isBold = false
    /// The number of the innermost place that names the author.
    var author: Int?
  }

  private struct OpenElement {
    var tag: Tag
    var before: State
    /// How many blocks there were.
    var blocks: Int
  }

  private static let deepest = 2048
  private static let furthestEnd = 128

  /// - Parameters:
  ///   - mostRuns: stretches between tags and references that are aligned one by one; what follows is aligned as a whole.
  ///     Bounds memory, at 64 bytes a stretch.
  ///   - opensNoscript: whether `noscript` and `template` are read like any element.
  package static func read(
    _ source: [UInt8], deadline: Deadline, mostRuns: Int = 1 << 20, mostBlocks: Int = Page.mostBlocks,
    opensNoscript: Bool = false
  ) throws(StageError) -> Page {
    var reader = HTMLPage(mostRuns: mostRuns, mostBlocks: mostBlocks, opensNoscript: opensNoscript)
    reader.page.bytes.reserveCapacity(source.count / 4)
    var tokenizer = HTMLTokenizer()
    tokenizer.readsNoscript = opensNoscript
    let bytes = source.span
    var checkAt = 1 << 16
    while let token = tokenizer.next(bytes) {
      reader.take(token, bytes, tokenizer)
      if tokenizer.offset >= checkAt {
        try deadline.check()
        checkAt = tokenizer.offset + 1 << 16
      }
    }
    if let end = reader.fullAt { reader.page.isCrowded = reader.page.bytes.count > end }
    reader.finishBlock(atEnd: true)
    reader.clearUnclosed(from: 0)
    reader.page.dropHidden()
    try reader.page.head.readScripts(bytes, deadline: deadline)
    reader.page.alignment = reader.alignment
    return reader.page
  }

  private mutating func take(_ token: HTMLTokenizer.Token, _ bytes: Span<UInt8>, _ tokenizer: borrowing HTMLTokenizer) {
    switch token {
    case .text(let span):
      if skipped == nil { text(bytes, span) }
    case .reference(let value, let span):
      if skipped == nil { reference(value, span) }
    case .raw(let tag, let span):
      if tag == .noscript { page.noscriptBytes = max(page.noscriptBytes, span.count) }
      if tag == .title, skipped == nil { page.head.noteTitle(bytes, span) }
      if tag == .script {
        if page.head.isLinkedData { page.head.noteLinkedData(bytes, span) } else { page.head.scripts.note(span) }
      }
    case .start(let tag): start(tag, bytes, tokenizer.attributes)
    case .end(let tag): end(tag)
    }
  }

  private mutating func start(_ tag: Tag, _ bytes: Span<UInt8>, _ attributes: HTMLTokenizer.Attributes) {
    if let (inside, depth) = skipped {
      // An unclosed choice or button must not take in the article.
      if tag == inside {
        skipped = (inside, depth + 1)
        return
      }
      guard inside != .svg, inside != .math, tag.isHeading || tag == .p || tag == .article || tag == .table else {
        return
      }
      skipped = nil
    }
    page.head.isLinkedData = false
    switch tag {
    case .meta: page.head.noteMeta(bytes, attributes)
    case .link: page.head.noteLink(bytes, attributes)
    case .script: page.head.isLinkedData = PageHead.isLinkedData(bytes, attributes.type)
    case .br: breaks += 1
    case .html: page.head.noteLanguage(bytes, attributes.lang)
    case .template where opensNoscript: break
    case .template where !attributes.isSelfClosing:
      page.hasTemplate = true
      skipped = (tag, 1)
    case _ where tag.isSkipped:
      if !(attributes.isSelfClosing && (tag == .svg || tag == .math)) { skipped = (tag, 1) }
    default: break
    }
    // What somebody else said has a day of its own.
    let isQuoted = state.context.contains(.quotation)
    if !isQuoted, tag == .time || tag == .abbr || !attributes.itemprop.isEmpty {
      page.head.noteElement(bytes, tag, attributes)
    }
    let isOpened = opensNoscript && (tag == .noscript || tag == .template)
    if tag.isVoid || (tag.isRawText || tag.isSkipped) && !isOpened {
      if tag == .hr { finishBlock() }
      return
    }
    if tag.isBlock {
      finishBlock()
      closeImplied(by: tag)
    } else if tag == .a {
      // Links do not nest.
      close(.a)
    }
    guard open.count < Self.deepest else { return }
    open.append(OpenElement(tag: tag, before: state, blocks: page.blocks.count))
    state.context.formUnion(Hints.context(of: tag))
    let named = Hints.context(bytes, attributes)
    if tag != .body, tag != .html { state.context.formUnion(named.subtracting([.authorName, .authorAside])) }
    // A small thing that is only mute is an ornament.
    let isHidden =
      attributes.isHidden || tag == .dialog || Hints.isHidden(bytes, attributes.style)
      || attributes.isMute && tag.isContainer
    if isHidden { state.context.insert(.hidden) }
    if tag.isContainer {
      containers += 1
      (state.outer, state.container) = (state.container, containers)
    }
    if tag == .a { state.isLink = true }
    if tag == .tr { opensRow = true }
    if tag == .b || tag == .strong { state.isBold = true }
    if !tag.isBlock { isBorder = true }
    if !tag.holdsPage { noteAuthor(bytes, attributes, named) }
  }

  /// Opens a place that names the author, where the element says that it is one.
  private mutating func noteAuthor(_ bytes: Span<UInt8>, _ attributes: HTMLTokenizer.Attributes, _ named: Block.Context)
  {
    guard let claim = AuthorHint.claim(bytes, attributes, names: named), page.authorPlaces.count < Self.mostAuthorPlaces
    else { return }
    let end = page.bytes.count
    page.authorPlaces.append(AuthorPlace(span: ByteSpan(end, end), claim: claim, outer: state.author))
    state.author = page.authorPlaces.count - 1
  }
  private static let mostAuthorPlaces = 1000
  /// Places inside each other that the text of the innermost one belongs to.
  private static let deepestAuthorPlace = 4

  private mutating func end(_ tag: Tag) {
    if let (inside, depth) = skipped {
      if tag == inside { skipped = depth == 1 ? nil : (inside, depth - 1) }
      return
    }
    if tag.isVoid {
      if tag == .br { breaks += 1 }
      return
    }
    if tag.isBlock { finishBlock() } else { isBorder = true }
    close(tag)
  }

  /// A paragraph ends where a block starts, a list item where the next one does, and so on.
  private mutating func closeImplied(by tag: Tag) {
    while let last = open.last?.tag {
      let ends =
        switch last {
        case .p: true
        case .li: tag == .li
        case .dt, .dd: tag == .dt || tag == .dd
        case .td, .th: tag == .td || tag == .th || tag == .tr
        case .tr: tag == .tr
        case .option: tag == .option
        // A heading that holds text and then paragraphs was never closed.
        case .h1, .h2, .h3, .h4, .h5, .h6:
          tag.isHeading || (tag == .p || tag.isContainer) && page.blocks.count > (open.last?.blocks ?? 0)
        default: false
        }
      if !ends { return }
      state = open.removeLast().before
    }
  }

  private mutating func close(_ tag: Tag) {
    var at = open.count - 1
    let lowest = max(0, open.count - Self.furthestEnd)
    while at >= lowest {
      if open[at].tag == tag {
        clearUnclosed(from: at + 1)
        state = open[at].before
        open.removeSubrange(at...)
        return
      }
      // An end tag of text markup does not reach out of its block, nor one of a paragraph out of its container.
      if open[at].tag.isBlock, !tag.isBlock, tag != .a { return }
      if open[at].tag.isContainer, !tag.isContainer { return }
      at -= 1
    }
  }

  /// What lies in a menu that nothing closes is the rest of the page: takes back what the menu said of it.
  ///
  /// - Parameter place: of the first element on the stack that ends with the one around it.
  private mutating func clearUnclosed(from place: Int) {
    guard place < open.count else { return }
    for element in open[place...] where element.tag == .nav && !element.before.context.contains(.nav) {
      // The menu itself are the short lines before the first heading or paragraph.
      let blocks = Range(from: element.blocks, upTo: page.blocks.count)
      guard let start = blocks.first(where: isProse) else { continue }
      for index in Range(from: start, upTo: page.blocks.count) { page.blocks[index].context.remove(.nav) }
    }
  }

  private func isProse(_ index: Int) -> Bool {
    let block = page.blocks[index]
    return block.context.contains(.paragraph) && block.span.count >= 80 && Int(block.linkBytes) * 3 < block.span.count
      || block.context.contains(.firstHeading)
  }

  // MARK: Text

  private mutating func text(_ bytes: Span<UInt8>, _ span: ByteSpan) {
    var at = span.start
    while at < span.end {
      if bytes[at].isSpace {
        let start = at
        while at < span.end, bytes[at].isSpace { at += 1 }
        space(ByteSpan(start, at))
        continue
      }
      // A stretch to copy ends at white space that is not a single U+0020.
      let start = at
      at += 1
      while at < span.end {
        let byte = bytes[at]
        if byte.isSpace {
          if byte != 0x20 || at + 1 >= span.end || bytes[at + 1].isSpace { break }
        }
        at += 1
      }
      write(source: ByteSpan(start, at)) { out in
        for offset in Range(from: start, upTo: at) { out.append(bytes[offset]) }
      }
    }
  }

  private mutating func reference(_ value: UInt32, _ span: ByteSpan) {
    if value < 0x80, UInt8(value).isSpace {
      space(span)
    } else {
      write(source: span) { UTF8Scalar.append(value, to: &$0) }
    }
  }

  private mutating func space(_ span: ByteSpan) {
    if pendingSpace == nil { pendingSpace = span }
  }

  @inline(__always)
  private mutating func write(source: ByteSpan, _ body: (inout [UInt8]) -> Void) {
    settleBreaks()
    if page.bytes.count == blockStart {
      blockState = state
    } else if let space = pendingSpace {
      page.bytes.append(0x20)
      align(length: 1, from: space)
      if state.isLink { linkBytes += 1 }
    }
    pendingSpace = nil
    let before = page.bytes.count
    if isBorder, before > blockStart { page.borders.append(before) }
    isBorder = false
    body(&page.bytes)
    align(length: page.bytes.count - before, from: source)
    if state.isLink { linkBytes += page.bytes.count - before }
    if state.author != nil { widenAuthorPlaces(from: before) }
  }

  private mutating func widenAuthorPlaces(from start: Int) {
    var place = state.author
    for _ in 0..<Self.deepestAuthorPlace {
      guard let at = place else { return }
      let span = page.authorPlaces[at].span
      page.authorPlaces[at].span = ByteSpan(span.isEmpty ? start : span.start, page.bytes.count)
      place = page.authorPlaces[at].outer
    }
  }

  @inline(__always)
  private mutating func align(length: Int, from source: ByteSpan) {
    if alignment.runs.count < mostRuns {
      alignment.append(length: length, from: source)
    } else {
      alignment.widenLast(length: length, through: source)
    }
  }

  /// Two line breaks part paragraphs. One parts lines that end, and joins lines that run on.
  private mutating func settleBreaks() {
    if breaks == 0 { return }
    let isOne = breaks == 1
    breaks = 0
    guard page.bytes.count > blockStart else { return }
    // What is set in another type behind the break is another line.
    if isOne, !isBorder, page.bytes.count - blockStart > 60, state.isBold == blockState.isBold,
      LineEnd(page.bytes.span, ByteSpan(blockStart, page.bytes.count)) != .terminal
    {
      if pendingSpace == nil { pendingSpace = alignment.runs.last.map { ByteSpan($0.source.end, $0.source.end) } }
      return
    }
    let open = breaks
    finishBlock()
    breaks = open
  }

  private mutating func finishBlock(atEnd: Bool = false) {
    breaks = 0
    if page.blocks.count == mostBlocks - 1, !atEnd {
      if fullAt == nil, page.bytes.count > blockStart { fullAt = page.bytes.count }
      if pendingSpace == nil { pendingSpace = alignment.runs.last.map { ByteSpan($0.source.end, $0.source.end) } }
      return
    }
    pendingSpace = nil
    let end = page.bytes.count
    if end > blockStart {
      page.blocks.append(
        Block(
          span: ByteSpan(blockStart, end), linkBytes: Int32(clamping: linkBytes), container: blockState.container,
          outer: blockState.outer, context: opensRow ? blockState.context.union(.rowStart) : blockState.context,
          isBold: blockState.isBold))
      opensRow = false
      // Blocks never touch, so that a line's end is a line's end for whoever looks back.
      page.bytes.append(0x0A)
      let at = alignment.runs.last?.source.end ?? 0
      align(length: 1, from: ByteSpan(at, at))
    }
    blockStart = page.bytes.count
    linkBytes = 0
  }
}
