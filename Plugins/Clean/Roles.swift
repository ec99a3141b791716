import StageKit

/// What each block of a page is: the labeller says where the article is, the block's own look says the rest.
struct Roles {
  enum Role { case body, heading, list, title, byline, date, caption, credit, tags, chrome }

  private(set) var roles: [Role]
  private(set) var title: [UInt8]?
  private(set) var byline: [[UInt8]] = []
  private(set) var captions: [[UInt8]] = []
  private(set) var credits: [[UInt8]] = []
  private(set) var tags: [[UInt8]] = []
  private(set) var day: DateReader.Day?

  private let page: Page
  private let facts: PageFacts
  private let first: Int
  private let last: Int

  init(
    _ page: Page, _ facts: PageFacts, states: [Labeller.State], isMarkup: Bool, dropPhrases: WordSet?,
    keepsAll: Bool
  ) {
    self.page = page
    self.facts = facts
    roles = states.map { $0 == .body ? .body : .chrome }
    first = states.firstIndex(of: .body) ?? 0
    last = states.lastIndex(of: .body) ?? -1
    findTitle(isMarkup: isMarkup)
    findPictures()
    if !keepsAll { dropPointers(dropPhrases) }
    findByline()
    findDay()
    findTags()
    markHeadings()
  }

  private func plain(_ index: Int) -> [UInt8] { BodyWriter.plain(page, page.blocks[index].span) }

  private mutating func findTitle(isMarkup: Bool) {
    let found = Title.find(page, facts, bodyStart: first, isMarkup: isMarkup)
    // A text that is one block is its own body.
    if let block = found.block, !roles.indices.contains(where: { $0 != block && roles[$0] == .body }) { return }
    title = found.text
    guard let block = found.block else { return }
    roles[block] = .title
    // The headline again, before the body or at its start.
    let hash = facts.blocks[block].hash
    for index in 0..<min(roles.count, first + 4) where facts.blocks[index].hash == hash { roles[index] = .title }
  }

  // MARK: Captions and credits

  private mutating func findPictures() {
    guard last >= 0 else { return }
    let start = max(0, min(first, roles.firstIndex(of: .title) ?? first) - 4)
    for index in start...min(last + 1, roles.count - 1) where roles[index] != .title {
      let (own, context) = (facts.blocks[index], page.blocks[index].context)
      if isCredit(index) {
        roles[index] = .credit
        credits.append(plain(index))
        takeCaption(before: index)
        dropRelated(after: index)
      } else if context.contains(.figure) || context.contains(.captionHint) || own.marker.contains(.caption) {
        let isShown = roles[index] != .body || context.contains(.figure) || own.words <= 40
        if isShown, index >= first - 4, own.words >= 4, own.chromeWords <= 1,
          !context.contains(.bodyHint) || roles[index] != .body || context.contains(.figure)
        {
          roles[index] = .caption
          captions.append(plain(index))
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

  /// The caption stands right before its credit, with the headline between on some pages.
  private mutating func takeCaption(before index: Int) {
    var at = index - 1
    if at >= 0, roles[at] == .title { at -= 1 }
    guard at >= 0, roles[at] == .body || roles[at] == .chrome else { return }
    let own = facts.blocks[at]
    let isInFlow = roles[at] == .body && page.blocks[index].context.contains(.blankBefore)
    guard own.words >= 5, own.words <= 45, own.marker.isEmpty, !isInFlow, own.speechWords == 0 || at < first
    else { return }
    roles[at] = .caption
    captions.append(plain(at))
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

  private mutating func dropPointers(_ phrases: WordSet?) {
    guard last >= first else { return }
    for index in first...last where roles[index] == .body {
      let own = facts.blocks[index]
      if own.marker.contains(.pointer), own.words <= 30 { roles[index] = .chrome }
      if own.marker.contains(.chrome), own.words <= 3, own.end != .terminal { roles[index] = .chrome }
      if let phrases, holds(index, phrases) { roles[index] = .chrome }
    }
  }

  /// Whether the block is one of the phrases, in any case, with or without a colon.
  private func holds(_ index: Int, _ phrases: WordSet) -> Bool {
    var text = plain(index)
    while text.last == UInt8(ascii: ":") || text.last == UInt8(ascii: " ") { text.removeLast() }
    return phrases.contains(lowered: text.span, ByteSpan(0, text.count))
  }

  // MARK: Byline, date, tags

  private mutating func findByline() {
    let page = page
    let bytes = page.bytes.span
    let title = roles.lastIndex(of: .title)
    let from = max(0, min(title ?? first, first) - 12)
    for declared in page.head.byline {
      for name in Byline.people(in: declared) where !byline.contains(name) { byline.append(name) }
    }
    // Lines near the headline and the start of the body that open with “By”.
    var (index, end) = (from, min(roles.count, max(first + 4, (title ?? first) + 12)))
    while index < end {
      defer { index += 1 }
      let own = facts.blocks[index]
      guard own.marker.contains(.byline), own.words <= 25, facts.shapes[index] != .good, roles[index] != .title,
        let start = Byline.opening(bytes, page.blocks[index].span)
      else { continue }
      var people = Byline.people(bytes, page.blocks[index].span) ?? []
      if start >= page.blocks[index].span.end { people = takeNames(bytes, after: index) }
      if people.isEmpty { continue }
      if index < first || own.words <= 12 { roles[index] = .byline }
      if byline.isEmpty { byline = people }
    }
    findSignature(bytes)
    if byline.isEmpty { findBareName(bytes, from: from, after: title) }
  }

  /// The names on the lines after a “By” alone, each apart from the next by a line with “and” or a comma.
  private mutating func takeNames(_ bytes: Span<UInt8>, after index: Int) -> [[UInt8]] {
    var people: [[UInt8]] = []
    var at = index + 1
    while at < min(roles.count, index + 8) {
      let own = facts.blocks[at]
      let joins = own.words == 0 || own.words == 1 && own.functionWords == 1
      if joins, !people.isEmpty, page.blocks[at].span.count <= 3 {
        at += 1
        continue
      }
      guard people.isEmpty || isJoiner(at - 1), let more = Byline.signature(bytes, page.blocks[at].span) else { break }
      people += more.filter { !people.contains($0) }
      roles[at] = .byline
      at += 1
    }
    return people
  }

  private func isJoiner(_ index: Int) -> Bool { page.blocks[index].span.count <= 3 }

  /// A name without “By”: where the class says so, or between headline and body beside a date.
  private mutating func findBareName(_ bytes: Span<UInt8>, from: Int, after title: Int?) {
    for index in from..<min(roles.count, first + 2) where roles[index] != .title && facts.blocks[index].words <= 10 {
      let isBesideDate =
        index + 1 < roles.count
        && [index - 1, index + 1, min(index + 2, roles.count - 1)].contains {
          $0 >= 0 && isDated($0)
        }
      let isNamed = page.blocks[index].context.contains(.bylineHint)
      let span = page.blocks[index].span
      let own = isDated(index) && index > (title ?? first) ? Byline.dated(bytes, span) : nil
      guard isNamed || isBesideDate && index > (title ?? first) || own != nil,
        let people = own ?? Byline.signature(bytes, span)
      else { continue }
      byline = people
      if roles[index] == .body { roles[index] = .byline }
      return
    }
  }

  /// Whether the block is a date and little else.
  private func isDated(_ index: Int) -> Bool {
    let own = facts.blocks[index]
    return own.words <= 12 && facts.shapes[index] != .good && (own.months > 0 && own.digits > 0 || own.digits >= 8)
  }

  /// Names alone at the end of the body, or right after it.
  private mutating func findSignature(_ bytes: Span<UInt8>) {
    guard last > first else { return }
    for index in stride(from: min(last + 1, roles.count - 1), to: max(first, last - 2), by: -1) {
      let own = facts.blocks[index]
      guard own.words >= 2, own.words <= 12, own.marker.subtracting(.byline).isEmpty, own.end != .terminal,
        own.functionWords <= 2, page.alignment == nil, facts.shapes[index - 1] != .tiny,
        page.blocks[index].context.contains(.blankBefore)
      else { continue }
      guard
        let people = Byline.people(bytes, page.blocks[index].span) ?? Byline.signature(bytes, page.blocks[index].span)
      else { continue }
      roles[index] = .byline
      if byline.isEmpty { byline = people }
      return
    }
  }

  private mutating func findDay() {
    for text in page.head.dateTexts {
      if let found = DateReader.day(text.span, ByteSpan(0, text.count)) {
        day = found
        break
      }
    }
    let page = page
    let bytes = page.bytes.span
    let title = roles.firstIndex(of: .title)
    // After the headline; only then, and only on plain pages, before it.
    let near = max(0, (title ?? first) - 8)..<min(roles.count, first + 6)
    let start = title ?? near.lowerBound
    for index in Array(start..<max(start, near.upperBound)) + Array(near.lowerBound..<start).reversed()
    where roles[index] != .title && roles[index] != .caption && roles[index] != .credit {
      let own = facts.blocks[index]
      guard own.months > 0 || own.digits >= 5, own.words <= 16, facts.shapes[index] != .good,
        !tellsOfPicture(index)
      else { continue }
      guard let found = DateReader.day(bytes, page.blocks[index].span) else { continue }
      if day == nil { day = found }
      if own.words <= 8, roles[index] == .body, index < first + 3 { roles[index] = .date }
    }
  }

  /// Whether a line with a day in it reads like a caption: “Crews at work on the old span on May 8, 2017”. The day is
  /// the picture's then, not the article's.
  private func tellsOfPicture(_ index: Int) -> Bool {
    let own = facts.blocks[index]
    if own.marker.contains(.caption) || page.blocks[index].context.contains(.figure) { return true }
    guard own.words > 6, own.functionWords >= 2, !own.marker.contains(.byline) else { return false }
    // The day comes last, and nobody gives a picture the hour.
    let span = page.blocks[index].span
    let page = page
    let bytes = page.bytes.span
    var last = span.end - 1
    while last > span.start, !ByteClass.table[Int(bytes[last])].isAny(of: [.digit, .letter]) { last -= 1 }
    return ByteClass.table[Int(bytes[last])].isAny(of: .digit)
      && !span.range.contains { bytes[$0] == UInt8(ascii: ":") }
  }

  private mutating func findTags() {
    guard last >= 0, last + 1 < roles.count else { return }
    let page = page
    let bytes = page.bytes.span
    for index in last + 1..<min(roles.count, last + 25) where roles[index] == .chrome {
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
      } else if index <= last + 8, own.end != .terminal, own.functionWords == 0, own.words <= 30,
        own.capitalised * 4 >= own.words * 3, span.range.count(where: { bytes[$0] == UInt8(ascii: ",") }) >= 2
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
    var following: Int?
    for index in stride(from: last, through: first, by: -1) where roles[index] == .body {
      let (own, context) = (facts.blocks[index], page.blocks[index].context)
      let looksLike =
        own.words <= 25 && own.end != .terminal && own.end != .comma && own.end != .openQuote && own.end != .ellipsis
        && own.start != .lower && own.start != .closing && own.start != .bullet && own.start != .other
      if context.contains(.listItem) {
        roles[index] = .list
      } else if context.contains(.heading) || looksLike && isApart(index) {
        // A heading over nothing is what follows the article.
        roles[index] = following == nil && last > first && index > first ? .chrome : .heading
        if roles[index] == .chrome { continue }
      }
      following = index
    }
  }

  /// In a laid-out dump a heading has blank lines around; elsewhere lines are all alike.
  private func isApart(_ index: Int) -> Bool {
    let after = index + 1 < page.blocks.count ? page.blocks[index + 1].context.contains(.blankBefore) : true
    return page.blocks[index].context.contains(.blankBefore) == after
  }
}
