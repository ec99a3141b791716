import Bytes
import StageKit

/// Mends what the labeller does to an article with a box in it: it takes the box for the end where only a paragraph or two
/// follow. What follows is body where it stands as the paragraphs before it do. Of equal paragraphs one stays.
struct Continuation {
  private let page: Page
  private let facts: PageFacts
  private(set) var states: [Labeller.State]

  init(_ page: Page, _ facts: PageFacts, _ states: [Labeller.State], isMarkup: Bool) {
    (self.page, self.facts, self.states) = (page, facts, states)
    if isMarkup {
      cutBoxes()
      resumeInContainer()
    } else {
      endBeforeNextStory()
      cutLines()
      resumeAfterLines()
    }
    dropCopies()
  }

  /// Words of a paragraph that is no caption or label.
  private static let paragraph = 8

  /// Whether a block reads like a paragraph of the article, and like none of what stands behind articles.
  private func isParagraph(_ index: Int) -> Bool {
    let own = facts.blocks[index]
    let block = page.blocks[index]
    let reads = facts.shapes[index] == .good || facts.shapes[index] == .sentence
    return reads && own.words >= Self.paragraph && !facts.repeated[index] && own.legalWords == 0
      && own.readerWords == 0 && own.chromeWords <= 1 && own.marker.isEmpty && own.signs.isDisjoint(with: [.at, .bar])
      && Int(block.linkBytes) * 3 < block.span.count
  }

  // MARK: HTML

  /// Blocks; a box of more is the rest of the page.
  private static let longestBox = 60

  /// Where an element stands that is a box beside the article, and no part of its flow.
  private static let boxes: Block.Context = [.nav, .aside, .footer, .form, .chromeHint, .captionHint]
  /// Per cent of the article's words that its boxes may have; with more they are the article.
  private static let mostInBoxes = 35

  /// The container of most of the article's paragraphs, and a paragraph in it; `nil` where there is none.
  private func mainContainer() -> (container: Int32, model: Int)? {
    var words: [Int32: Int32] = [:]
    for index in states.indices where states[index] == .body && page.blocks[index].context.contains(.paragraph) {
      words[page.blocks[index].container, default: 0] += facts.blocks[index].words
    }
    // Ties go to the lower number, so that the choice does not hang on the dictionary's order.
    guard let main = words.max(by: { ($0.value, $1.key) < ($1.value, $0.key) })?.key,
      let model = states.indices.first(where: {
        states[$0] == .body && page.blocks[$0].container == main && page.blocks[$0].context.contains(.paragraph)
      })
    else { return nil }
    return (main, model)
  }

  /// What the labeller took for body in a box within the article is none.
  private mutating func cutBoxes() {
    guard let (main, model) = mainContainer() else { return }
    let foreign = Self.boxes.subtracting(page.blocks[model].context)
    var (inBoxes, all) = (0, 0)
    func isBoxed(_ index: Int) -> Bool {
      states[index] == .body && page.blocks[index].container != main
        && !page.blocks[index].context.isDisjoint(with: foreign)
    }
    for index in states.indices where states[index] == .body {
      all += Int(facts.blocks[index].words)
      if isBoxed(index) { inBoxes += Int(facts.blocks[index].words) }
    }
    guard inBoxes > 0, inBoxes * 100 <= all * Self.mostInBoxes else { return }
    for index in states.indices where isBoxed(index) { states[index] = .inside }
  }

  /// A paragraph in the container of the article's paragraphs, behind a box of its own container, is body.
  private mutating func resumeInContainer() {
    guard var last = states.lastIndex(of: .body), let (main, model) = mainContainer() else { return }
    let context = page.blocks[model].context
    var hasBox = page.blocks[last].container != main
    var index = last
    while index + 1 < states.count, index - last < Self.longestBox {
      index += 1
      let block = page.blocks[index]
      if block.context.contains(.firstHeading)
        || !context.contains(.commentHint) && block.context.contains(.commentHint)
      {
        return
      }
      guard block.container == main else {
        hasBox = true
        continue
      }
      if block.context == context, hasBox, isParagraph(index) {
        take(index, after: last)
        last = index
      } else if block.context.contains(.paragraph), facts.shapes[index] == .good || !facts.blocks[index].marker.isEmpty
      {
        // What follows is something else in the same container: lines about the author, a notice.
        return
      }
    }
  }

  private mutating func take(_ index: Int, after last: Int) {
    for between in Range(from: last + 1, upTo: index) { states[between] = .inside }
    states[index] = .body
  }

  // MARK: Plain text

  /// Lines; a box of more is the rest of the page.
  private static let longestGap = 16
  /// Paragraphs; more of them are another story.
  private static let mostResumed = 3
  /// Per cent of a paragraph's longer words that other paragraphs have.
  private static let leastCohesion = 25

  /// One to three paragraphs behind some lines that invite or point elsewhere are body where they have the article's words.
  private mutating func resumeAfterLines() {
    guard let last = states.lastIndex(of: .body), last + 1 < states.count else { return }
    var (index, isBox) = (last + 1, false)
    let end = min(states.count, last + 1 + Self.longestGap)
    while index < end, !isParagraph(index) || facts.shapes[index] != .good {
      let own = facts.blocks[index]
      if !own.marker.isDisjoint(with: [.byline, .tags]) { return }
      if own.readerWords > 0 || own.chromeWords > 0 || own.marker.contains(.pointer) { isBox = true }
      index += 1
    }
    guard isBox, index < end else { return }
    var resumed: [Int] = []
    while index < states.count, isParagraph(index) {
      guard resumed.count < Self.mostResumed, facts.cohesion[index].any != 255,
        facts.cohesion[index].any >= Self.leastCohesion, page.blocks[index].column == facts.mainColumn
      else { return }
      resumed.append(index)
      index += 1
    }
    var from = last
    for index in resumed {
      take(index, after: from)
      from = index
    }
  }

  /// Words of a line that heads a box or a list of headlines.
  private static let longestLabel = 4
  /// Lines of a box within the article.
  private static let longestList = 6
  /// Good blocks of a story.
  private static let story = 3

  /// Headlines under a line such as “Related” or “Most read”, with the article going on behind them, are none of it.
  private mutating func cutLines() {
    guard let first = states.firstIndex(of: .body), let last = states.lastIndex(of: .body) else { return }
    var index = first + 1
    while index < last {
      let own = facts.blocks[index]
      index += 1
      guard own.marker.contains(.end), own.words <= Self.longestLabel, own.end != .terminal else { continue }
      let start = index
      while index < last, index - start < Self.longestList, !isSentence(index) { index += 1 }
      guard index > start, isSentence(index) else { continue }
      for line in Range(from: start - 1, upTo: index) { states[line] = .inside }
    }
  }

  private func isSentence(_ index: Int) -> Bool {
    facts.blocks[index].end == .terminal || facts.shapes[index] == .good || facts.shapes[index] == .long
  }

  private static let nextStory: [WordHash] = ["next story", "next article", "next post", "read next", "up next"].map {
    line in
    var hash = WordHash.Builder()
    for word in line.utf8.split(separator: 0x20) { hash.add(WordHash(word)) }
    return hash.hash
  }

  /// A line that names the next story ends the article where a whole one stands before it and another one after it.
  private mutating func endBeforeNextStory() {
    guard let first = states.firstIndex(of: .body), let last = states.lastIndex(of: .body) else { return }
    var good = 0
    for index in Range(from: first, upTo: last) {
      if facts.shapes[index] == .good { good += 1 }
      guard good >= Self.story, facts.blocks[index].words == 2, Self.nextStory.contains(facts.blocks[index].hash) else {
        continue
      }
      let behind = Range(from: index + 1, upTo: last + 1)
      guard behind.count(where: { facts.shapes[$0] == .good && states[$0] == .body }) >= Self.story else { continue }
      for line in Range(from: index, upTo: states.count) { states[line] = .after }
      return
    }
  }

  // MARK: Copies

  /// Paragraphs that are no copies; a text of fewer repeats itself for a reason of its own.
  private static let leastLeft = 3

  private mutating func dropCopies() {
    var seen = Set<UInt64>()
    var (copies, left): ([Int], Int) = ([], 0)
    for index in states.indices where states[index] == .body && facts.blocks[index].words >= Self.paragraph {
      if seen.insert(facts.blocks[index].hash.value).inserted { left += 1 } else { copies.append(index) }
    }
    guard left >= Self.leastLeft else { return }
    for index in copies { states[index] = .inside }
  }
}
