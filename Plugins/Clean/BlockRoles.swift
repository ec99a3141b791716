import Bytes
import StageKit

/// What each block of a page is: the labeller says where the article is, the block's own look says the rest.
package struct BlockRoles {
  enum Role { case body, heading, list, post, row, standfirst, title, byline, date, caption, credit, tags, chrome }

  var roles: [Role]
  private(set) var title: Snippet?
  /// The people, each with the place of the name.
  var byline: [Snippet] = []
  private(set) var captions: [Snippet] = []
  private(set) var credits: [Snippet] = []
  private(set) var tags: [[UInt8]] = []

  private(set) var page: Page
  let facts: PageFacts
  /// The first block of the body, the headline aside.
  private(set) var first: Int
  let last: Int
  /// The last paragraph that an end mark was cut off, which ends in a full stop.
  private var marked: Int?
  let isMarkup: Bool
  /// Of the page, where the input says it.
  let address: [UInt8]?

  /// - Parameters:
  ///   - address: of the page, where the input says it.
  ///   - titles: choose the headline of a plain-text page.
  package init(
    _ page: Page, _ facts: PageFacts, states: [Labeller.State], isMarkup: Bool, address: [UInt8]?,
    dropPhrases: PhraseSet?, keepsAll: Bool, titles: ChoiceWeights, deadline: Deadline
  ) throws(StageError) {
    self.page = page
    self.facts = facts
    (self.isMarkup, self.address) = (isMarkup, address)
    roles = states.map { keepsAll || $0 == .body ? .body : .chrome }
    first = states.firstIndex(of: .body) ?? 0
    last = states.lastIndex(of: .body) ?? -1
    findTitle(isMarkup: isMarkup, address: address, titles)
    try deadline.check()
    while first < last, roles[first] == .title || states[first] != .body { first += 1 }
    findPictures()
    if keepsAll {
      keepAll()
    } else {
      dropPointers()
      dropNotes()
    }
    try deadline.check()
    findByline()
    try deadline.check()
    markDates()
    findTags()
    markHeadings()
    markKeyPoints()
    markTables()
    markLeadingRows()
    if let standfirst = findStandfirst() { roles[standfirst] = .standfirst }
    if keepsAll { keepAll() }
    if let dropPhrases { try drop(dropPhrases, deadline) }
  }

  /// Nothing is boilerplate.
  private mutating func keepAll() {
    for index in roles.indices where roles[index] == .chrome { roles[index] = .body }
  }

  private func plain(_ index: Int) -> [UInt8] { BodyWriter.plain(page, page.blocks[index].span) }

  private mutating func findTitle(isMarkup: Bool, address: [UInt8]?, _ titles: ChoiceWeights) {
    var found =
      isMarkup
      ? MarkupTitle(page, facts, bodyStart: first, address: address).find()
      : LineTitle.find(page, facts, bodyStart: first, weights: titles)
    if !isMarkup, let block = found.block, let headline = headline(overRows: block) {
      found = (page.snippet(page.blocks[headline].span), headline)
    }
    // A text that is one block is its own body.
    if let block = found.block, !roles.indices.contains(where: { $0 != block && roles[$0] == .body }) { return }
    title = found.title
    guard let block = found.block else { return }
    roles[block] = .title
    // The headline again, before the body or at its start.
    let hash = facts.blocks[block].hash
    for index in 0..<min(roles.count, first + 4) where facts.blocks[index].hash == hash { roles[index] = .title }
  }

  // MARK: Captions and credits

  private mutating func findPictures() {
    guard last >= 0 else { return }
    let isGallery = isMarkup && page.tellsInPictures(facts)
    let start = max(0, min(first, roles.firstIndex(of: .title) ?? first) - 4)
    for index in Range(from: start, upTo: min(last + 2, roles.count)) where roles[index] != .title {
      let (own, context) = (facts.blocks[index], page.blocks[index].context)
      if isCredit(index) {
        roles[index] = .credit
        credits.append(page.snippet(page.blocks[index].span))
        takeCaption(before: index)
        dropRelated(after: index)
      } else if closesWithCredit(index) {
        roles[index] = .caption
        captions.append(page.snippet(page.blocks[index].span))
      } else if context.contains(.figure) || context.contains(.captionHint) || own.marker.contains(.caption) {
        let isShown = roles[index] != .body || context.contains(.figure) || own.words <= 40
        if isShown, !(isGallery && roles[index] == .body), index >= first - 4, own.words >= 4, own.chromeWords <= 1,
          !context.contains(.bodyHint) || roles[index] != .body || context.contains(.figure)
        {
          roles[index] = .caption
          captions.append(page.snippet(page.blocks[index].span))
        }
      }
    }
  }

  /// “© Agency 2018 / Jane Doe”, “Photo: Jane Doe”, “(AP Photo/Jane Doe)”.
  private func isCredit(_ index: Int) -> Bool {
    let own = facts.blocks[index]
    guard own.words <= 10, own.words >= 1, index >= first - 6, index <= last, own.end != .terminal || own.words <= 6
    else { return false }
    let span = page.blocks[index].span
    let page = page
    let bytes = page.bytes.span
    let opensWithSign =
      span.count > 2 && bytes[span.start] == 0xC2 && bytes[span.start + 1] == 0xA9
    if opensWithSign { return own.legalWords <= 1 && own.creditWords + own.capitalised >= 2 }
    if own.marker.contains(.caption) { return own.functionWords <= 1 && own.words <= 8 }
    let hasSlash = span.range.contains { bytes[$0] == UInt8(ascii: "/") }
    return own.creditWords >= 1 && hasSlash && own.functionWords == 0
  }

  /// “Ada Corr at her stall. (Photo by Jo Lund)”: a short line that ends with who took the picture.
  private func closesWithCredit(_ index: Int) -> Bool {
    let own = facts.blocks[index]
    guard own.words >= 5, Int(own.words) <= Self.longestCaption, own.signs.contains(.bracket) else { return false }
    let page = page
    let (bytes, span) = (page.bytes.span, page.blocks[index].span)
    guard bytes[span.end - 1] == UInt8(ascii: ")") || bytes[span.end - 1] == UInt8(ascii: "]") else { return false }
    var open = span.end - 1
    while open > span.start, span.end - open < 60, bytes[open] != UInt8(ascii: "("), bytes[open] != UInt8(ascii: "[") {
      open -= 1
    }
    guard open > span.start + 12, bytes[open] == UInt8(ascii: "(") || bytes[open] == UInt8(ascii: "[") else {
      return false
    }
    var isPicture = false
    BlockFacts.words(bytes, ByteSpan(open, span.end)) { word, _ in
      isPicture = isPicture || Self.pictureWords.contains(word)
    }
    return isPicture
  }

  private static let pictureWords = WordSet([
    "photo", "photos", "photograph", "picture", "image", "images", "getty", "screenshot",
  ])

  /// In words: a longer block before a credit is more often a paragraph of the article.
  private static let longestCaption = 45

  /// The caption stands right before its credit, with the headline between on some pages.
  private mutating func takeCaption(before index: Int) {
    var at = index - 1
    if at >= 0, roles[at] == .title { at -= 1 }
    guard at >= 0, roles[at] == .body || roles[at] == .chrome else { return }
    let own = facts.blocks[at]
    // A short line that would open the body is the caption of the picture over it.
    let mayOpen = at == first && facts.blocks[at].words < 15
    let isInFlow = at >= first && !mayOpen && roles[at] == .body && page.blocks[index].context.contains(.blankBefore)
    guard own.words >= 5, own.words <= Self.longestCaption, own.marker.isEmpty, !isInFlow,
      own.speechWords == 0 || at < first
    else { return }
    roles[at] = .caption
    captions.append(page.snippet(page.blocks[at].span))
  }

  /// Right after a credit, without a blank line, a line without a full stop is the headline of another story.
  private mutating func dropRelated(after index: Int) {
    guard index + 1 < roles.count, roles[index + 1] == .body else { return }
    let own = facts.blocks[index + 1]
    if page.alignment == nil, !page.blocks[index + 1].context.contains(.blankBefore), own.words <= 25,
      own.end != .terminal, own.end != .colon
    {
      roles[index + 1] = .chrome
    }
  }

  // MARK: Chrome inside the body

  private mutating func dropPointers() {
    guard last >= first else { return }
    for index in Range(from: first, upTo: last + 1) where roles[index] == .body {
      let own = facts.blocks[index]
      if own.marker.contains(.pointer), own.words <= 30 { roles[index] = .chrome }
      if own.marker.contains(.furniture), own.words <= 3, own.end != .terminal { roles[index] = .chrome }
    }
  }

  /// Drops what the page says of itself among the paragraphs, and the marks that part a text or end it.
  private mutating func dropNotes() {
    guard last >= first else { return }
    let page = page
    let bytes = page.bytes.span
    var isBehindPitch = false
    for index in Range(from: first, upTo: last + 1) where roles[index] == .body {
      let (block, own) = (page.blocks[index], facts.blocks[index])
      if EndMark.isOne(bytes, block.span) {
        roles[index] = .chrome
      } else if Promotion.isOne(bytes, block.span, own, isFirst: index == first) {
        (roles[index], isBehindPitch) = (.chrome, true)
        continue
      } else if isBehindPitch, own.words <= 12, Int(block.linkBytes) * 10 >= block.span.count * 9 {
        // “See the ten stocks »”
        roles[index] = .chrome
      } else if let end = EndMark.start(bytes, block.span) {
        self.page.blocks[index].span = ByteSpan(block.span.start, end)
        marked = index
      }
      isBehindPitch = false
    }
  }

  private mutating func drop(_ phrases: PhraseSet, _ deadline: Deadline) throws(StageError) {
    guard last >= first else { return }
    var watch = DeadlineWatch(deadline)
    for index in Range(from: first, upTo: last + 1) {
      try watch.step()
      let isKept = roles[index] == .body || roles[index] == .heading || roles[index] == .list
      if isKept, phrases.contains(plain(index)) { roles[index] = .chrome }
    }
  }

  // MARK: Dates

  /// Short lines at the start of the body that are a day are none of it.
  private mutating func markDates() {
    let page = page
    let bytes = page.bytes.span
    let low = max(0, (roles.firstIndex(of: .title) ?? first) - 8)
    for index in Range(from: low, clampedTo: min(roles.count, first + 3)) where roles[index] == .body {
      let own = facts.blocks[index]
      guard own.months > 0 || own.digits >= 5, own.words <= 8, facts.shapes[index] != .good else { continue }
      if DateReader.day(bytes, page.blocks[index].span) != nil { roles[index] = .date }
    }
  }

  // MARK: Tags

  private mutating func findTags() {
    // Lines without a full stop after the last sentence are none of the body, whatever the labeller says.
    let end = roles.indices.last {
      $0 <= last && roles[$0] == .body && (facts.shapes[$0] == .good || facts.shapes[$0] == .sentence)
    }
    guard let end, end + 1 < roles.count else { return }
    let page = page
    let bytes = page.bytes.span
    for index in Range(from: end + 1, upTo: min(roles.count, max(end, last) + 25))
    where roles[index] == .chrome || roles[index] == .body && facts.blocks[index].words <= 30 {
      let own = facts.blocks[index]
      let span = page.blocks[index].span
      if own.marker.contains(.tags) {
        let colon = span.range.first { bytes[$0] == UInt8(ascii: ":") }
        if let colon, colon + 1 < span.end {
          take(tags: ByteSpan(colon + 1, span.end), at: index)
        } else if index + 1 < roles.count, facts.blocks[index + 1].end != .terminal {
          take(tags: page.blocks[index + 1].span, at: index + 1)
        }
        if !tags.isEmpty { return }
      } else if index <= max(end, last) + 8, own.end != .terminal, own.functionWords == 0, own.words <= 30,
        Int(own.capitalised) * 4 >= Int(own.words) * 3, span.range.count(where: { bytes[$0] == UInt8(ascii: ",") }) >= 2
      {
        take(tags: span, at: index)
        return
      }
    }
  }

  /// Splits at commas; a piece of more than five words is no tag.
  private mutating func take(tags span: ByteSpan, at index: Int) {
    let pieces = BodyWriter.plain(page, span).split(separator: UInt8(ascii: ",")).map { piece in
      var piece = piece
      while piece.first == 0x20 { piece.removeFirst() }
      while piece.last == 0x20 { piece.removeLast() }
      return Array(piece)
    }
    guard pieces.allSatisfy({ $0.count(where: { $0 == 0x20 }) < 5 && !$0.isEmpty && $0.count <= 60 }) else { return }
    roles[index] = .tags
    tags = pieces
  }

  // MARK: Headings

  private mutating func markHeadings() {
    guard last >= first else { return }
    let body = Range(from: first, upTo: last + 1).filter { roles[$0] == .body }
    // Headings over nothing are what follows the article. But a list of short lines is all headings, and none.
    let end = body.lastIndex { !isHeading($0, isLast: true) }
    if let end, body.count - 1 - end <= Self.mostOverNothing {
      for index in body[(end + 1)...] { roles[index] = .chrome }
    }
    for index in body.prefix(upTo: end ?? 0) {
      if page.blocks[index].context.contains(.listItem) {
        roles[index] = .list
      } else if isHeading(index, isLast: false) {
        roles[index] = .heading
      }
    }
    if let end, page.blocks[body[end]].context.contains(.listItem) { roles[body[end]] = .list }
  }

  /// More of them are text of their own.
  private static let mostOverNothing = 10

  /// - Parameter isLast: whether nothing but such lines follows.
  private func isHeading(_ index: Int, isLast: Bool) -> Bool {
    let (own, context) = (facts.blocks[index], page.blocks[index].context)
    if context.contains(.listItem) || index == marked { return false }
    let looksLike =
      own.words <= 25 && own.end != .terminal && own.end != .comma && own.end != .openQuote && own.end != .ellipsis
      && own.start != .lower && own.start != .closing && own.start != .bullet && own.start != .other
    return context.contains(.heading) || looksLike && (isApart(index) || isLast && isTitled(own))
  }

  /// Whether most words have a capital, as in the headlines of other stories.
  private func isTitled(_ own: BlockFacts) -> Bool { own.words >= 3 && own.share(own.capitalised) >= 60 }

  /// In a laid-out dump a heading has blank lines around; elsewhere lines are all alike.
  private func isApart(_ index: Int) -> Bool {
    let after = index + 1 < page.blocks.count ? page.blocks[index + 1].context.contains(.blankBefore) : true
    return page.blocks[index].context.contains(.blankBefore) == after
  }
}
