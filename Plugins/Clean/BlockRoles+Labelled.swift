import Bytes
import Lexicon
import StageKit

extension BlockRoles {
  /// The people in elements that say that they name the author, of blocks from `low` on and before `high`.
  func labelledPeople(_ bytes: Span<UInt8>, from low: Int, to high: Int, _ sites: BylineSites) -> [ByteSpan] {
    var found: [ByteSpan] = []
    /// Of each place, whether it named somebody.
    var isTold: [Int: Bool] = [:]
    for (number, place) in page.authorPlaces.enumerated() where !place.span.isEmpty {
      guard let index = page.block(at: place.span.start), index >= low, index < high,
        page.blocks[index].context.isDisjoint(with: [.nav, .footer, .commentHint, .heading, .quotation, .figure]),
        roles[index] != .title
      else { continue }
      // A role or a paper beside a name that the outer element gave.
      if let outer = place.outer, isTold[outer] ?? false {
        isTold[number] = true
        continue
      }
      let people = people(in: place, from: index, bytes).filter { !sites.contain(bytes, $0) }
      isTold[number] = !people.isEmpty
      found += people
    }
    return found
  }

  /// Blocks of an element that are looked at.
  private static let mostBlocks = 6

  /// The first thing that is told there must be a name.
  private func people(in place: AuthorPlace, from first: Int, _ bytes: Span<UInt8>) -> [ByteSpan] {
    var people: [ByteSpan] = []
    for index in Range(from: first, clampedTo: min(page.blocks.count, first + Self.mostBlocks)) {
      let block = page.blocks[index].span
      guard block.start < place.span.end else { break }
      let span = ByteSpan(max(block.start, place.span.start), min(block.end, place.span.end))
      let (more, isOver) = Byline.labelled(
        bytes, span, page.borders(in: span), single: place.claim == .relation)
      people += more
      if isOver { break }
    }
    return people
  }
}

/// What the page and its site call themselves: no author has that name.
struct BylineSites {
  private let names: SiteNames

  init(_ page: Page, address: [UInt8]?) {
    var sites = page.head.siteNames
    for address in [address, page.head.address] {
      if let host = address.flatMap(SiteNames.host) { sites.append(host) }
    }
    if let title = page.head.windowTitle, let site = DeclaredTitle.lastPiece(title.text) { sites.append(site) }
    names = SiteNames(sites)
  }

  /// A person with a common given name may call a site by it.
  func contain(_ bytes: Span<UInt8>, _ name: ByteSpan) -> Bool {
    let words = Byline.words(bytes, name)
    if words.count == 2 || words.count == 3, Lexicon.english.has(.givenName, lowered: bytes, words[0]) { return false }
    return names.contain(bytes, name)
  }
}
