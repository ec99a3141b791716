import Bytes
import StageKit

/// Finds the headline of an HTML page: the block that says what the head declares, else what the head declares.
struct MarkupTitle {
  private let page: Page
  private let facts: PageFacts
  private let bodyStart: Int
  private let declared: [DeclaredTitle]
  private let declaredWords: [Set<UInt64>]
  /// The words of the declared titles without the site's name.
  private let bare: [[UInt64]]
  private let sites: [[UInt8]]

  /// Blocks after the start of the body that may still be the headline.
  private static let slack = 2
  /// Bytes; no headline is longer.
  private static let longest = 1000

  /// - Parameter address: of the page, where the input says it.
  init(_ page: Page, _ facts: PageFacts, bodyStart: Int, address: [UInt8]?) {
    self.page = page
    self.facts = facts
    self.bodyStart = bodyStart
    var sites = page.head.siteNames
    for address in [address, page.head.address] {
      if let host = address.flatMap(SiteNames.host) { sites.append(host) }
    }
    self.sites = sites
    let titles = page.head.declaredTitles + (page.head.windowTitle.map { [$0] } ?? [])
    declared = titles.map { DeclaredTitle($0.text) }
    bare = titles.map { Words.hashes(DeclaredTitle.withoutSite($0.text, sites: sites), lowered: true) }
    declaredWords = declared.map { Set($0.words) }
  }

  /// The title, and the block that it stands in where there is one.
  func find() -> (title: Snippet?, block: Int?) {
    var best: (score: Int, block: Int)?
    for index in 0..<min(page.blocks.count, bodyStart + Self.slack + 1) {
      guard let score = score(index) else { continue }
      if best.map({ score > $0.score }) ?? true { best = (score, index) }
    }
    if let best { return (page.snippet(withoutKicker(best.block)), best.block) }
    if let named { return (page.snippet(page.blocks[named].span), named) }
    if var title = page.head.declaredTitles.first ?? page.head.windowTitle {
      title.text = DeclaredTitle.withoutSite(title.text, sites: sites)
      return (title, nil)
    }
    let heading = page.blocks.indices.prefix(bodyStart + Self.slack + 1).first {
      page.blocks[$0].context.contains(.firstHeading) && facts.blocks[$0].words >= 2
    }
    return (heading.map { page.snippet(page.blocks[$0].span) }, heading)
  }

  /// The block without a word or two in an element of their own before what the head declares: “Exclusive |Bridge opens”.
  private func withoutKicker(_ index: Int) -> ByteSpan {
    let span = page.blocks[index].span
    let bytes = page.bytes.span
    for border in page.borders(in: span).prefix(4) {
      let rest = ByteSpan(border, span.end)
      guard Words.hashes(bytes, ByteSpan(span.start, border)).count <= 3 else { break }
      let words = Words.hashes(bytes, rest, lowered: true)
      if words.count >= 3, bare.contains(words) { return rest }
    }
    return span
  }

  /// The block over the body whose class calls it the title, where the head has nothing but the name of the site.
  private var named: Int? {
    guard page.head.declaredTitles.isEmpty, page.head.windowTitle == nil || (bare.first?.count ?? 0) <= 3 else {
      return nil
    }
    return Range(from: max(0, bodyStart - 4), clampedTo: min(page.blocks.count, bodyStart + 1)).first { index in
      let (block, own) = (page.blocks[index], facts.blocks[index])
      return block.context.contains(.titleHint) && own.words >= 3 && own.words <= 40 && block.linkBytes == 0
        && facts.shapes[index] != .good
    }
  }

  /// How much a block looks like the headline; `nil` where it cannot be.
  private func score(_ index: Int) -> Int? {
    let (block, own) = (page.blocks[index], facts.blocks[index])
    guard own.words >= 1, own.words <= 60, block.span.count <= Self.longest, block.span.count >= 4 else { return nil }
    let words = Words.hashes(page.bytes.span, block.span, lowered: true)
    if words.isEmpty { return nil }
    let isHeading = block.context.contains(.heading)
    let isFirst = block.context.contains(.firstHeading)
    let isSaid = declared.contains { $0.holds(pieces: words) }
    let common = isSaid ? words.count : self.common(words)
    if !isSaid {
      guard isHeading || block.context.contains(.titleHint), own.words >= 3, common >= 2,
        common * (isFirst ? 5 : 2) >= words.count
      else { return nil }
    } else if words.count < 3 {
      // A word or two that the title holds are a section or the site's name, unless there is nothing else.
      guard isHeading, bare.contains(words) else { return nil }
    }
    var score = min(common, 12) * 4 + (isSaid ? 12 : 0) + (isFirst ? 12 : isHeading ? 6 : 0)
    if block.context.contains(.titleHint) { score += 4 }
    if !block.context.isDisjoint(with: [.nav, .aside, .footer, .form, .relatedHint, .commentHint]) { score -= 8 }
    if block.context.contains(.listItem) { score -= 6 }
    // The same words may stand in a path at the top of the page.
    score -= min(6, max(0, bodyStart - index) / 4)
    return score
  }

  /// The most words that the block shares with one of the declared titles.
  private func common(_ words: [UInt64]) -> Int {
    declaredWords.reduce(0) { most, theirs in max(most, words.count { theirs.contains($0) }) }
  }
}
