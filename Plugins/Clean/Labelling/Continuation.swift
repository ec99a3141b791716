import Bytes
import Lexicon
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
      endBeforeNextHeadline()
      cutSlides()
      openGallery()
      cutBoxes()
      resumeInContainer()
      dropPullQuotes()
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
    let last = states.indices.last { states[$0] == .body && page.blocks[$0].container == main } ?? 0
    let isSigned = page.blocks[model].context.contains(.bylineHint)
    var (inBoxes, all) = (0, 0)
    func isBoxed(_ index: Int) -> Bool {
      let context = page.blocks[index].context
      // Lines about the author stand under the text.
      return states[index] == .body && page.blocks[index].container != main
        && (!context.isDisjoint(with: foreign) || index > last && !isSigned && context.contains(.bylineHint))
    }
    for index in states.indices where states[index] == .body {
      all += Int(facts.blocks[index].words)
      if isBoxed(index) { inBoxes += Int(facts.blocks[index].words) }
    }
    guard inBoxes > 0, inBoxes * 100 <= all * Self.mostInBoxes else { return }
    for index in states.indices where isBoxed(index) { states[index] = .inside }
  }

  /// Blocks between the numbers of two slides.
  private static let longestSlide = 6
  /// Numbered slides; fewer are no series.
  private static let fewestSlides = 3

  /// A series of pictures with numbers and texts (“2/6”, “2 of 6”) between paragraphs of the article is a box.
  private mutating func cutSlides() {
    guard let (main, _) = mainContainer(), let last = states.lastIndex(of: .body) else { return }
    var (slides, at) = (0, 0)
    func isMain(_ index: Int) -> Bool { states[index] == .body && page.blocks[index].container == main }
    var numbered: (index: Int, total: Int)?
    var (lastMain, before): (Int?, Int?) = (nil, nil)
    while at <= last {
      if isMain(at) { lastMain = at }
      if facts.blocks[at].digits >= 2, facts.blocks[at].words <= 12,
        let (number, total) = slideNumber(page.blocks[at].span), page.blocks[at].container != main
      {
        let goesOn = numbered.map { total == $0.total && at - $0.index <= Self.longestSlide } ?? false
        if number == 1 || !goesOn { (slides, before) = (0, lastMain) }
        slides += 1
        numbered = (at, total)
        if number == total, slides >= Self.fewestSlides, let before {
          var end = at
          while end < last, end - at < Self.longestSlide, !isMain(end + 1) { end += 1 }
          for index in Range(from: before + 1, upTo: end + 1) where states[index] == .body { states[index] = .inside }
        }
      }
      at += 1
    }
  }

  /// “2/6”, “2 of 6” at the start of a block.
  private func slideNumber(_ span: ByteSpan) -> (number: Int, total: Int)? {
    let page = page
    let bytes = page.bytes.span
    var at = span.start
    func number() -> Int? {
      let start = at
      var value = 0
      while at < span.end, at - start < 3, bytes[at].isDigit {
        value = value * 10 + Int(bytes[at] - 0x30)
        at += 1
      }
      return at > start ? value : nil
    }
    guard let first = number() else { return nil }
    while at < span.end, bytes[at] == 0x20 { at += 1 }
    if bytes.holds("of ", at: at) {
      at += 3
    } else if at < span.end, bytes[at] == UInt8(ascii: "/") {
      at += 1
    } else {
      return nil
    }
    while at < span.end, bytes[at] == 0x20 { at += 1 }
    guard let total = number(), first >= 1, first <= total, total >= Self.fewestSlides,
      at == span.end || !bytes[at].isDigit
    else { return nil }
    return (first, total)
  }

  /// A second headline with its story ends the article, where a whole one stands before it under a headline of its own.
  private mutating func endBeforeNextHeadline() {
    guard let last = states.lastIndex(of: .body),
      let first = page.blocks.firstIndex(where: { $0.context.contains(.firstHeading) }), first < last
    else { return }
    var (good, tries) = (0, 0)
    for index in Range(from: first + 1, upTo: last) {
      if facts.shapes[index] == .good, states[index] == .body { good += 1 }
      let context = page.blocks[index].context
      guard good >= Self.story, tries < Self.mostTries, context.contains(.firstHeading),
        !context.contains(.bylineHint), facts.blocks[index].words >= 3
      else { continue }
      tries += 1
      let behind = Range(from: index + 1, upTo: last + 1).filter {
        states[$0] == .body && facts.shapes[$0] == .good
      }
      guard behind.count >= Self.story, isStory(headline: index, behind, after: first) else { continue }
      for line in Range(from: index, upTo: states.count) { states[line] = .after }
      return
    }
  }

  /// A paragraph in the container of the article's paragraphs, behind a box of its own container, is body.
  private mutating func resumeInContainer() {
    guard var last = states.lastIndex(of: .body), let (main, model) = mainContainer() else { return }
    let context = page.blocks[model].context.intersection(.features)
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
      if block.context.intersection(.features) == context, hasBox, isParagraph(index) {
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

  // MARK: Pictures and quotations

  /// An article whose text stands under its pictures has it there.
  private mutating func openGallery() {
    guard page.tellsInPictures(facts) else { return }
    for index in states.indices where page.isToldInPicture(index, facts) { states[index] = .body }
  }

  /// Words of a sentence that is taken out of the text.
  private static let longestPull = 45
  /// Such sentences that are looked for.
  private static let mostPulls = 12

  /// Of a sentence that is set once more in large type the paragraph that it was taken out of stays.
  private mutating func dropPullQuotes() {
    var tries = 0
    for index in states.indices where states[index] == .body {
      let (block, own) = (page.blocks[index], facts.blocks[index])
      guard !block.context.isDisjoint(with: [.pullQuote, .quotation, .aside]), own.words >= 4,
        Int(own.words) <= Self.longestPull, tries < Self.mostPulls
      else { continue }
      tries += 1
      guard isTold(index) else { continue }
      states[index] = .inside
      // Who said it, in the same box.
      var next = index + 1
      while next < states.count, page.blocks[next].container == block.container, facts.blocks[next].words <= 8,
        !page.blocks[next].context.isDisjoint(with: [.pullQuote, .quotation, .aside])
      {
        states[next] = .inside
        next += 1
      }
    }
  }

  /// Whether the words of a block stand within another block of the article.
  private func isTold(_ index: Int) -> Bool {
    let page = page
    let bytes = page.bytes.span
    let own = Words.hashes(bytes, page.blocks[index].span, lowered: true)
    guard let first = own.first else { return false }
    for other in Range(from: max(0, index - Self.reachOfPull), clampedTo: min(states.count, index + Self.reachOfPull))
    where other != index && states[other] == .body && facts.blocks[other].words > facts.blocks[index].words {
      let words = Words.hashes(bytes, page.blocks[other].span, lowered: true)
      guard words.count > own.count else { continue }
      for start in 0...words.count - own.count where words[start] == first {
        if words[Range(from: start, upTo: start + own.count)].elementsEqual(own) { return true }
      }
    }
    return false
  }
  /// Blocks.
  private static let reachOfPull = 60

  // MARK: Plain text

  /// Lines; a box of more is the rest of the page.
  private static let longestGap = 16
  /// Paragraphs; more of them are another story.
  private static let mostResumed = 3
  /// Per cent of a paragraph's longer words that other paragraphs have.
  private static let leastCohesion = 25
  private static let leastOfSpeech = 8

  /// One to three paragraphs behind some lines that invite or point elsewhere are body where they have the article's words.
  private mutating func resumeAfterLines() {
    guard let last = states.lastIndex(of: .body), last + 1 < states.count else { return }
    var (index, isBox) = (last + 1, false)
    let end = min(states.count, last + 1 + Self.longestGap)
    while index < end, !isParagraph(index) || facts.shapes[index] != .good {
      let own = facts.blocks[index]
      if !own.marker.isDisjoint(with: [.byline, .tags]) { return }
      if own.readerWords > 0 || own.chromeWords > 0 || !own.marker.isDisjoint(with: [.pointer, .end]) { isBox = true }
      index += 1
    }
    guard isBox, index < end else { return }
    var resumed: [Int] = []
    while index < states.count, isParagraph(index) {
      // Who says something was named before.
      let least = facts.blocks[index].speechWords > 0 ? Self.leastOfSpeech : Self.leastCohesion
      guard resumed.count < Self.mostResumed, facts.cohesion[index].any != 255, facts.cohesion[index].any >= least,
        page.blocks[index].column == facts.mainColumn
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
  /// Lines that may be the end of the article and are looked at.
  private static let mostTries = 16

  /// Headlines under a line such as “Related” or “Most read”, with the article going on behind them, are none of it.
  private mutating func cutLines() {
    guard let first = states.firstIndex(of: .body), let last = states.lastIndex(of: .body) else { return }
    var index = first + 1
    while index < last {
      let own = facts.blocks[index]
      index += 1
      // “Read more” may belong to what stands before it.
      let isPointer = !own.marker.contains(.end) && own.marker.contains(.pointer)
      guard isPointer || own.marker.contains(.end), own.words <= Self.longestLabel, own.end != .terminal else {
        continue
      }
      let start = index
      while index < last, index - start < Self.longestList, !isSentence(index),
        !isPointer || !page.blocks[index].context.contains(.blankBefore)
      {
        index += 1
      }
      guard index > start, isSentence(index), !isPointer || page.blocks[index].context.contains(.blankBefore) else {
        continue
      }
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

  /// A line that names the next story ends the article where a whole one stands before it and another one after it; one
  /// over a box does where a headline and its story about something else follow.
  private mutating func endBeforeNextStory() {
    guard let first = states.firstIndex(of: .body), let last = states.lastIndex(of: .body) else { return }
    var (good, tries) = (0, 0)
    for index in Range(from: first, upTo: last) {
      let own = facts.blocks[index]
      if facts.shapes[index] == .good { good += 1 }
      let isNext = own.words == 2 && Self.nextStory.contains(own.hash)
      guard good >= Self.story, tries < Self.mostTries,
        isNext || own.marker.contains(.end) && own.words <= Self.longestLabel && own.end != .terminal
      else { continue }
      tries += 1
      let behind = Range(from: index + 1, upTo: last + 1).filter { facts.shapes[$0] == .good && states[$0] == .body }
      guard behind.count >= Self.story, isNext || isStory(headline: index + 1, behind, after: first) else { continue }
      for line in Range(from: index, upTo: states.count) { states[line] = .after }
      return
    }
  }

  /// Whether a line is the headline of paragraphs that follow it, whose words are not those of the paragraphs before it.
  private func isStory(headline: Int, _ behind: [Int], after first: Int) -> Bool {
    guard let lead = behind.first, lead <= headline + Self.mostUnderHeadline, facts.shapes[headline] != .good else {
      return false
    }
    let before = Range(from: first, upTo: headline).filter { facts.shapes[$0] == .good }
    let (title, lede) = (longWords([headline]), longWords([lead]))
    let shared = title.count { lede.contains($0) }
    guard shared >= Self.leastOfHeadline, shared * 100 >= title.count * Self.leastInLead else { return false }
    let (known, new) = (longWords(before.prefix(Self.mostCompared)), longWords(behind.prefix(Self.mostCompared)))
    return new.count { known.contains($0) } * 100 < new.count * Self.mostShared
  }

  private func longWords(_ indices: ArraySlice<Int>) -> Set<WordHash> {
    let page = page
    let bytes = page.bytes.span
    var words: Set<WordHash> = []
    for index in indices {
      BlockFacts.words(bytes, page.blocks[index].span) { word, length in
        if length >= Self.longWord, !Lexicon.english.has(.running, word) { words.insert(word) }
      }
    }
    return words
  }
  /// Bytes.
  private static let longWord = 4
  /// Lines between a headline and its story: who wrote it, and when.
  private static let mostUnderHeadline = 4
  /// Words of a headline that the story's first paragraph has, and per cent of them.
  private static let leastOfHeadline = 3
  private static let leastInLead = 50
  private static let mostCompared = 30
  /// Per cent of the later words.
  private static let mostShared = 15

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
