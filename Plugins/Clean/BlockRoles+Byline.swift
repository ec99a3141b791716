import Bytes
import Lexicon
import StageKit

extension BlockRoles {
  mutating func findByline() {
    let page = page
    let bytes = page.bytes.span
    let title = roles.lastIndex(of: .title)
    let from = max(0, min(title ?? first, first) - 12)
    let sites = BylineSites(page, address: address)
    for source in page.head.bylines where byline.isEmpty {
      for declared in source {
        for name in Byline.people(in: declared.text) where !sites.contain(declared.text.span, name) {
          add(Snippet(text: Self.folded(Array(declared.text[name.range])), source: declared.source))
        }
      }
    }
    let end = min(roles.count, max(first + 4, (title ?? first) + 12))
    if byline.isEmpty { take(labelledPeople(bytes, from: from, to: end, sites)) }
    // Lines near the headline and the start of the body that open with “By”.
    var (index, isSigned) = (from, false)
    while index < end {
      defer { index += 1 }
      let own = facts.blocks[index]
      let span = page.blocks[index].span
      guard own.marker.contains(.byline) || isMarkup && own.words <= 12, own.words <= 25, facts.shapes[index] != .good,
        roles[index] != .title, let start = Byline.openings(bytes, span)
      else { continue }
      var people = Byline.people(bytes, span, page.borders(in: span)) ?? []
      if start >= span.end { people = takeNames(bytes, after: index) }
      if people.isEmpty {
        // “By: Express News Service”: nobody else signs.
        if start < span.end, index < first, own.words <= 12 { isSigned = true }
        continue
      }
      if index < first || own.words <= 12 { roles[index] = .byline }
      if byline.isEmpty { take(people.filter { !sites.contain(bytes, $0) }) }
    }
    findSignature(bytes)
    if byline.isEmpty, isMarkup { findBoldName(bytes) }
    if byline.isEmpty, !isSigned { findBareName(bytes, from: from, after: title) }
    if byline.isEmpty, isMarkup, last >= 0 {
      take(labelledPeople(bytes, from: last + 1, to: min(roles.count, last + 4), sites))
    }
  }

  private mutating func add(_ name: Snippet) {
    if !byline.contains(where: { $0.text == name.text }) { byline.append(name) }
  }

  private mutating func take(_ people: [ByteSpan]) {
    for name in people {
      var snippet = page.snippet(name)
      snippet.text = Self.folded(snippet.text)
      add(snippet)
    }
  }

  /// The name with one space between its words, whatever the page had there.
  private static func folded(_ name: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    for byte in name where byte != 0x20 || out.last != 0x20 { out.append(byte) }
    return out
  }

  /// The names on the lines after a “By” alone, each apart from the next by a line with “and” or a comma.
  private mutating func takeNames(_ bytes: Span<UInt8>, after index: Int) -> [ByteSpan] {
    var people: [ByteSpan] = []
    var at = index + 1
    while at < min(roles.count, index + 8) {
      let own = facts.blocks[at]
      let joins = own.words == 0 || own.words == 1 && own.functionWords == 1
      if joins, !people.isEmpty, page.blocks[at].span.count <= 3 {
        at += 1
        continue
      }
      guard people.isEmpty || isJoiner(at - 1) || endsWithComma(bytes, at - 1),
        let more = Byline.signature(bytes, page.blocks[at].span)
      else { break }
      people += more
      roles[at] = .byline
      at += 1
    }
    return people
  }

  private func isJoiner(_ index: Int) -> Bool { page.blocks[index].span.count <= 3 }

  private func endsWithComma(_ bytes: Span<UInt8>, _ index: Int) -> Bool {
    bytes[page.blocks[index].span.end - 1] == UInt8(ascii: ",")
  }

  // MARK: A name without “By”

  /// Between headline and body: where the class says so, where the name is a common one, beside a date, or where the page
  /// repeats the line, as it does above the lines about the author.
  private mutating func findBareName(_ bytes: Span<UInt8>, from: Int, after title: Int?) {
    let start = title ?? first
    let page = page
    var best: (rank: Int, index: Int, people: [ByteSpan])?
    for index in Range(from: from, clampedTo: min(roles.count, max(first + 2, min(start + 8, first + 3))))
    where roles[index] != .title && facts.blocks[index].words <= 14 {
      let block = page.blocks[index]
      let (span, context) = (block.span, block.context)
      let borders = page.borders(in: span)
      guard roles[index] != .caption, roles[index] != .credit, Byline.openings(bytes, span) == nil else { continue }
      let isDated = isDated(index)
      if isMarkup {
        // A heading names what the story is about, unless a day stands beside it; an item of a list where it leads to.
        if context.contains(.heading), index < start || !isBesideDate(index) || block.linkBytes > 0 { continue }
        if !context.isDisjoint(with: [.listItem, .nav, .footer, .form, .figure, .commentHint]) { continue }
        if isDated, index > start, let people = Byline.inside(bytes, span, borders) { return settle(people, index) }
      } else if isDated, index > start, let people = Byline.inside(bytes, span) {
        return settle(people, index)
      }
      guard
        let people = isDated && index > start
          ? Byline.dated(bytes, span, borders) : Byline.signature(bytes, span, borders)
      else { continue }
      // “Jane Doe: We shall see” is speech.
      if let last = people.last, last.end < span.end, bytes[last.end] == UInt8(ascii: ":") { continue }
      let isNamed = context.contains(.bylineHint)
      let isGiven = isGiven(bytes, people)
      let isRepeated = facts.repeated[index] && facts.blocks[index].chromeWords == 0 && index < first
      let isNear = isDated || isBesideDate(index)
      let rank: Int
      if isMarkup {
        // Capitals alone are no name: a common given name is one, or a rare word beside a day, unless the text speaks of
        // its bearer.
        let isName = isGiven || isNear && index > start && isRare(bytes, people)
        rank = !isName || isSubject(bytes, people) ? 0 : isNamed ? 5 : index > start ? isNear ? isGiven ? 4 : 2 : 3 : 0
      } else if index > start {
        rank = isNear && isGiven ? 4 : isGiven ? 3 : isNear ? 2 : isRepeated && facts.blocks[index].words <= 3 ? 1 : 0
      } else {
        // Above the headline only what leaves no doubt.
        rank = isGiven && isRepeated && start - index <= 6 ? 2 : 0
      }
      if context.contains(.cell), rank < 4 { continue }
      if rank > best?.rank ?? 0 { best = (rank, index, people) }
    }
    if let best { settle(best.people, best.index) }
  }

  /// “**Jane Doe**”, “**Jane Doe, Orla**” in bold type over the text, or under it, which does not speak of her.
  private mutating func findBoldName(_ bytes: Span<UInt8>) {
    guard last > first else { return }
    let page = page
    for index in [max(0, first - 1), first, first + 1, last, min(roles.count - 1, last + 1)]
    where roles[index] != .title {
      let (block, own) = (page.blocks[index], facts.blocks[index])
      let isOver = index < last && facts.shapes[index + 1] == .good
      guard block.isBold, own.words >= 2, own.words <= 6, own.end != .terminal, own.functionWords == 0, own.digits == 0,
        block.context.isDisjoint(with: [.heading, .listItem, .figure]), isOver || index >= last, block.linkBytes == 0,
        let people = Byline.signature(bytes, block.span, page.borders(in: block.span))
          ?? Byline.placed(bytes, block.span),
        !isSubject(bytes, people)
      else { continue }
      settle(people, index)
      return
    }
  }

  /// Whether no word of the names is one of English, and the last a surname or the page in another language.
  private func isRare(_ bytes: Span<UInt8>, _ people: [ByteSpan]) -> Bool {
    let isForeign = !page.head.language.isEmpty && !page.head.language.starts(with: "en".utf8)
    return people.allSatisfy { name in
      let words = Byline.words(bytes, name)
      guard let last = words.last, isForeign || Lexicon.english.has(.surname, lowered: bytes, last) else {
        return false
      }
      return !words.contains { Lexicon.english.has([.common, .running], lowered: bytes, $0) }
    }
  }

  /// Whether the text speaks of one of the people: whom a story is about did not write it.
  private func isSubject(_ bytes: Span<UInt8>, _ people: [ByteSpan]) -> Bool {
    let wanted = people.compactMap { Byline.words(bytes, $0).last }.map { WordHash(lowered: bytes, $0) }
    guard last >= first else { return false }
    for index in Range(from: first, upTo: last + 1) where facts.shapes[index] == .good {
      var isFound = false
      BlockFacts.words(bytes, page.blocks[index].span) { word, _ in isFound = isFound || wanted.contains(word) }
      if isFound { return true }
    }
    return false
  }

  private mutating func settle(_ people: [ByteSpan], _ index: Int) {
    var people = people
    // One name a line: the next lines may hold the other authors.
    var next = index + 1
    while next < min(roles.count, index + 4),
      page.blocks[next - 1].span.count <= 3 || endsWithComma(page.bytes.span, next - 1),
      let more = Byline.signature(page.bytes.span, page.blocks[next].span)
    {
      people += more
      if roles[next] == .body { roles[next] = .byline }
      next += 1
    }
    take(people)
    if roles[index] == .body { roles[index] = .byline }
  }

  private func isBesideDate(_ index: Int) -> Bool {
    [index - 1, index + 1, index + 2].contains { roles.indices.contains($0) && roles[$0] != .title && isDated($0) }
  }

  /// Whether the first name is a common one.
  private func isGiven(_ bytes: Span<UInt8>, _ people: [ByteSpan]) -> Bool {
    guard let name = people.first else { return false }
    let end = name.range.first { bytes[$0] <= 0x20 } ?? name.end
    return Lexicon.english.has(.givenName, lowered: bytes, ByteSpan(name.start, end))
  }

  /// Whether the block is a date and little else.
  func isDated(_ index: Int) -> Bool {
    let own = facts.blocks[index]
    guard own.words <= 14, facts.shapes[index] != .good else { return false }
    return own.months > 0 && own.digits > 0 || own.digits >= 8
      || own.readerWords > 0 && own.digits > 0 && own.words <= 8
  }

  // MARK: At the end

  /// Names alone at the end of the body, or right after it.
  private mutating func findSignature(_ bytes: Span<UInt8>) {
    guard last > first else { return }
    for index in stride(from: min(last + 1, roles.count - 1), to: max(first, last - 2), by: -1) {
      let own = facts.blocks[index]
      guard own.words >= 2, own.words <= 12, own.marker.subtracting(.byline).isEmpty, own.end != .terminal,
        own.functionWords <= 2, page.alignment == nil, facts.shapes[index - 1] != .tiny,
        page.blocks[index].context.contains(.blankBefore)
      else { continue }
      let span = page.blocks[index].span
      guard
        let people = Byline.people(bytes, span, page.borders(in: span))
          ?? unmistakable(bytes, Byline.signature(bytes, span))
      else {
        continue
      }
      roles[index] = .byline
      if byline.isEmpty { take(people) }
      return
    }
  }

  /// The names, where they cannot be the headline of another story: two words each, or with an initial or a particle
  /// between them, and none that the page has in lower case as well.
  private func unmistakable(_ bytes: Span<UInt8>, _ people: [ByteSpan]?) -> [ByteSpan]? {
    guard let people else { return nil }
    var words: Set<WordHash> = []
    for name in people {
      let parts = Byline.words(bytes, name)
      guard let first = parts.first, let last = parts.last, parts.count >= 2 else { return nil }
      for part in parts.dropFirst().dropLast() {
        let isInitial = bytes[part.end - 1] == UInt8(ascii: ".") || part.count == 1
        guard isInitial || ByteClass(bytes[part.start]).isAny(of: .lower) else { return nil }
      }
      words.formUnion([WordHash(lowered: bytes, first), WordHash(lowered: bytes, last)])
    }
    let isCommon = Range(from: first, upTo: last + 1).contains { index in
      Byline.words(bytes, page.blocks[index].span).contains { word in
        ByteClass(bytes[word.start]).isAny(of: .lower) && words.contains(WordHash(bytes, word))
      }
    }
    return isCommon ? nil : people
  }
}
