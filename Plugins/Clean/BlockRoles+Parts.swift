import Bytes
import StageKit

/// The parts of an article that are no plain paragraphs: what sums it up, its tables, the posts of a live blog.
extension BlockRoles {
  // MARK: Standfirst

  /// Words of a standfirst.
  private static let standfirst = 5...80
  /// Paragraphs in one container that make it the body's.
  private static let fewInBody = 3

  /// The paragraph between headline and body that sums the article up.
  func findStandfirst() -> Int? {
    guard last >= first, let title = roles.lastIndex(of: .title), let start = roles.firstIndex(of: .body), title < last
    else { return nil }
    // What a class calls so, whatever the labeller says of it.
    for index in Range(from: max(0, title - 1), clampedTo: min(roles.count, start + 2)) {
      guard mayBeStandfirst(index), page.blocks[index].context.contains(.standfirst),
        index == start || !facts.repeated[index]
      else { continue }
      return index
    }
    guard start > title, mayBeStandfirst(start), start < last else { return nil }
    // What stands before the line that says who wrote it and when.
    if let signed = Range(from: start + 1, upTo: min(start + 4, last)).first(where: {
      roles[$0] == .byline || roles[$0] == .date
    }), !Range(from: start + 1, upTo: signed).contains(where: { roles[$0] == .body }) {
      return start
    }
    // A paragraph outside the container of all others.
    guard isMarkup else { return nil }
    let behind = Range(from: start + 1, upTo: last + 1).filter { roles[$0] == .body && facts.shapes[$0] == .good }
    guard behind.count >= Self.fewInBody, let main = behind.first.map({ page.blocks[$0].container }),
      main != page.blocks[start].container,
      behind.prefix(Self.fewInBody).allSatisfy({ page.blocks[$0].container == main })
    else { return nil }
    return start
  }

  private func mayBeStandfirst(_ index: Int) -> Bool {
    let (block, own) = (page.blocks[index], facts.blocks[index])
    switch roles[index] {
    case .body, .heading, .chrome: break
    default: return false
    }
    return Self.standfirst.contains(Int(own.words)) && own.marker.isEmpty && own.readerWords == 0
      && Int(block.linkBytes) * 3 < block.span.count
      && block.context.isDisjoint(with: [
        .listItem, .nav, .aside, .footer, .form, .figure, .table, .relatedHint, .commentHint, .quotation,
      ])
  }

  // MARK: Key points

  private static let mostPoints = 12

  /// The items of a list of key points between headline and body are part of the article.
  mutating func markKeyPoints() {
    guard last >= first, let title = roles.lastIndex(of: .title), title < first else { return }
    let page = page
    let bytes = page.bytes.span
    for index in Range(from: title + 1, upTo: first) where facts.blocks[index].words <= 4 && roles[index] == .chrome {
      guard Self.labels.contains(lowered: bytes, page.blocks[index].span) else { continue }
      let end = min(first, index + 1 + Self.mostPoints)
      let items = Range(from: index + 1, upTo: end).prefix { at in
        let block = page.blocks[at]
        return block.context.contains(.listItem) && Int(block.linkBytes) * 3 < block.span.count
      }
      guard items.count >= 2 else { continue }
      roles[index] = .heading
      for item in items { roles[item] = .list }
      return
    }
  }

  private static let labels = WordSet([
    "key points", "key takeaways", "key facts", "key findings", "highlights", "story highlights", "at a glance",
    "in brief", "in summary", "summary", "takeaways", "the gist", "what we know", "the essentials", "quick read",
    "das wichtigste in kürze", "auf einen blick", "kurz gesagt", "zusammenfassung", "l’essentiel", "l'essentiel",
    "en bref", "points clés", "claves", "en resumen", "puntos clave", "in sintesi", "punti chiave", "em resumo",
    "pontos-chave", "in het kort", "w skrócie", "ve zkratce", "главное", "кратко", "özet",
  ])

  // MARK: Tables

  /// Words of a cell, on average.
  private static let wordsOfCell = 8
  /// Cells of one table.
  private static let cells = 4...400

  /// The cells of a table that stands between or right behind the paragraphs of the article.
  mutating func markTables() {
    guard isMarkup, last > first else { return }
    var containers: [Int32: Int] = [:]
    for index in Range(from: first, upTo: last + 1)
    where roles[index] == .body && facts.shapes[index] == .good && !page.blocks[index].context.contains(.table) {
      containers[page.blocks[index].container, default: 0] += 1
    }
    guard let main = containers.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }), main.value >= 2 else { return }
    var at = first
    let end = min(roles.count, last + 2)
    while at < end {
      guard isCell(at, in: main.key) else {
        at += 1
        continue
      }
      let start = at
      var (words, links, bytes, rows) = (0, 0, 0, 0)
      while at < roles.count, isCell(at, in: main.key) {
        let block = page.blocks[at]
        words += Int(facts.blocks[at].words)
        (links, bytes) = (links + Int(block.linkBytes), bytes + block.span.count)
        if block.context.contains(.rowStart) { rows += 1 }
        at += 1
      }
      let count = at - start
      guard Self.cells.contains(count), rows >= 2, words <= count * Self.wordsOfCell, links * 2 < bytes else {
        continue
      }
      for index in Range(from: start, upTo: at) { roles[index] = .row }
    }
  }

  /// Rows between headline and body.
  private static let rows = 3...60
  /// Words of a row, and numbers that it has at least: of a weather table, a list of prices, of results.
  private static let (wordsOfRow, numbersOfRow) = (20, 2)

  /// Where nothing but a table, or rows of numbers, stands between headline and body, the body is about them.
  mutating func markLeadingRows() {
    guard last >= first, let title = roles.lastIndex(of: .title), title < first else { return }
    let between = Range(from: title + 1, upTo: first).filter { index in
      switch roles[index] {
      case .byline, .date, .caption, .credit: false
      default: true
      }
    }
    if isMarkup {
      let container = page.blocks[first].container
      let withNumbers = between.count { facts.blocks[$0].digits > 0 }
      guard Self.cells.contains(between.count), between.allSatisfy({ isCell($0, in: container) }),
        withNumbers * 4 >= between.count
      else { return }
      for index in between { roles[index] = .row }
    } else if Self.rows.contains(between.count), between.allSatisfy(isRowOfNumbers) {
      for index in between { roles[index] = .list }
    }
  }

  /// The line over rows of numbers, one of which was taken for the headline.
  func headline(overRows block: Int) -> Int? {
    guard isRowOfNumbers(block), first - block >= 2,
      Range(from: block, upTo: first).allSatisfy(isRowOfNumbers)
    else { return nil }
    var top = block
    while top > 0, isRowOfNumbers(top - 1) { top -= 1 }
    guard first - top >= Self.rows.lowerBound, top > 0 else { return nil }
    let words = facts.blocks[top - 1].words
    return words >= 2 && words <= Self.wordsOfRow ? top - 1 : nil
  }

  private func isRowOfNumbers(_ index: Int) -> Bool {
    let (block, bytes) = (page.blocks[index], page.bytes.span)
    guard facts.blocks[index].words <= Self.wordsOfRow, block.linkBytes == 0, block.span.count > 0,
      !bytes[block.span.start].isDigit
    else { return false }
    var (numbers, isIn) = (0, false)
    for at in block.span.range {
      let byte = bytes[at]
      if byte.isDigit {
        if !isIn { numbers += 1 }
        isIn = true
      } else if byte != UInt8(ascii: "."), byte != UInt8(ascii: ","), byte != UInt8(ascii: ":") {
        isIn = false
      }
    }
    return numbers >= Self.numbersOfRow
  }

  private func isCell(_ index: Int, in container: Int32) -> Bool {
    let block = page.blocks[index]
    switch roles[index] {
    case .body, .chrome, .list, .heading: break
    default: return false
    }
    return block.context.contains(.table) && block.outer == container
      && block.context.isDisjoint(with: [.nav, .aside, .footer, .form, .relatedHint, .commentHint, .hidden])
  }

  // MARK: Posts

  /// The times of a live blog are headings, what stands under them are its posts.
  mutating func markPosts(_ posts: LivePosts?) {
    guard let posts else { return }
    for index in posts.times where roles[index] == .body || roles[index] == .chrome || roles[index] == .date {
      roles[index] = .heading
    }
    for index in posts.headings where roles[index] == .body || roles[index] == .chrome { roles[index] = .heading }
    for index in posts.paragraphs where roles[index] == .body || roles[index] == .standfirst { roles[index] = .post }
  }
}
