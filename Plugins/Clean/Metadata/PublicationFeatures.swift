import Bytes
import StageKit

/// What holds for each place of a page that may say when the article appeared, as rows of a weight table; rows stand in
/// groups.
package struct PublicationFeatures {
  enum Group: Int, CaseIterable {
    case none, kind, order, zone, declaredToo, printedToo, kinds, address, rank
    case title, body, role, shape, words, label, before, after, time, byline, context, place, form, near, times, days

    var size: Int {
      switch self {
      case .none, .zone: 1
      case .kind: PageHead.DateKind.allCases.count + 1
      case .order, .form: 4
      case .declaredToo: PageHead.DateKind.allCases.count
      case .printedToo: 6
      case .kinds: 4
      case .address: 3
      case .rank: 3
      case .title: 13
      case .body: 11
      case .role: 6
      case .shape: PageFacts.Shape.allCases.count
      case .words: 6
      case .label: DateLabel.allCases.count * 2 + 1
      case .before, .after: 4
      case .time: 2
      case .byline: 4
      case .context: 27
      case .place: 6
      case .near: 7
      case .times, .days: 4
      }
    }
  }

  private static let bases: [Int] = Group.allCases.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.size) }
  static let count = bases[bases.count - 1]
  /// Of their section in a model's file.
  package static let shapes = Group.allCases.map { ModelFile.Shape("\($0)", rows: $0.size) }
  /// The row of a page that does not say.
  package static let noneRow = 0

  /// What the rows say before anything is learned, in hundredths: by what pages mean by them.
  package static let prior: [Int] = {
    var prior = [Int](repeating: 0, count: count)
    for (group, rows) in [
      (Group.kind, [60, 60, 30, 20, 20, -20, 30, -40, -40, -40, 0]),
      (.label, [60, -30, -60, 60, -30, -60, 0]),
    ] {
      for (row, value) in rows.enumerated() { prior[bases[group.rawValue] + row] = value }
    }
    return prior
  }()

  /// A place that has a day.
  package struct Mention {
    enum Kind: Equatable {
      /// What the head or a tag declares, and how many of its kind came before.
      case declared(PageHead.DateKind, Int)
      case printed(block: Int)

      /// Whether an element has it that does not say what it means.
      var isElement: Bool {
        if case .declared(.element, _) = self { return true }
        return false
      }
    }
    var kind: Kind
    package var day: Day
    /// Where the day and its surroundings give a time and a zone.
    var instant: Instant?
    /// Not of a day that the input's address has.
    var source: ByteSpan?
    fileprivate var printed: DateReader.PrintedDay?
    fileprivate var label: DateLabel?
    fileprivate var isLabelledBefore = false
    fileprivate var isPrintedAsChange = false

    package var isDeclared: Bool { printed == nil }
    /// Whether the page says that it was changed on that day.
    var isChange: Bool {
      if case .declared(let kind, _) = kind { return kind.isChange || isPrintedAsChange }
      return label == .updated
    }
    /// Whether the page says that the article appeared on that day.
    var saysPublished: Bool {
      if isChange { return false }
      if case .declared(let kind, _) = kind { return kind != .element && kind != .address }
      return label == .published
    }
    /// In Greenwich time, which is the day of the place or the one beside it.
    fileprivate var isGreenwich: Bool { instant?.zone == 0 }

    /// The mention of the same moment in the zone of the place, where this one is in Greenwich time.
    func inZone(of mentions: [Mention]) -> Mention? {
      guard let instant, instant.zone == 0 else { return nil }
      return mentions.first {
        $0.instant.map { $0.zone != 0 && abs($0.minutes - instant.minutes) <= 1 } ?? false
      }
    }
  }

  /// What all mentions of one day say together.
  private struct DayFacts {
    var kinds: Set<Int> = []
    var printed = 0
    var isNearTitle = false
    var labels: Set<Int> = []
  }

  /// Words that may stand before the day in a dateline.
  private static let dateline = 3
  /// Mentions of a page that are looked at.
  private static let most = 400

  /// Bytes of a block that are looked at.
  private static let longest = 1000

  private let roles: BlockRoles
  private let hasTitle: Bool
  /// The headline, or the start of the body.
  private let start: Int
  package private(set) var mentions: [Mention] = []
  private var days: [Int: DayFacts] = [:]
  /// Days that an instant in Greenwich time may be in a zone.
  private var besideGreenwich: Set<Int> = []
  private var month: (year: Int, month: Int)?
  private var printedDays = 0
  private var isPrintedNearTitle = false
  private var earliest = Int.max
  private var latest = Int.min
  /// The first printed mentions: of the page, and behind the headline.
  private var firstPrinted: Int?
  private var firstBehindTitle: Int?

  package init(_ roles: BlockRoles, address: [UInt8]?, deadline: Deadline) throws(StageError) {
    self.roles = roles
    let title = roles.roles.firstIndex(of: .title)
    (hasTitle, start) = (title != nil, title ?? roles.first)
    addDeclared(address ?? roles.page.head.address)
    try addPrinted(deadline)
    resolve()
    survey()
  }

  // MARK: Mentions

  private mutating func addDeclared(_ address: [UInt8]?) {
    var counts = [Int](repeating: 0, count: PageHead.DateKind.allCases.count)
    for (kind, text) in roles.page.head.dateTexts {
      let (bytes, whole) = (text.text.span, ByteSpan(0, text.text.count))
      guard let day = DateReader.day(bytes, whole) else { continue }
      mentions.append(
        Mention(
          kind: .declared(kind, counts[kind.rawValue]), day: day, instant: Instant(bytes, whole), source: text.source))
      counts[kind.rawValue] += 1
    }
    guard let address, let found = DateReader.inAddress(address.span, ByteSpan(0, address.count)) else { return }
    month = (found.year, found.month)
    if let day = found.day {
      mentions.append(Mention(kind: .declared(.address, 0), day: day))
    }
  }

  private mutating func addPrinted(_ deadline: Deadline) throws(StageError) {
    let (page, facts) = (roles.page, roles.facts)
    let bytes = page.bytes.span
    var watch = DeadlineWatch(deadline)
    for index in page.blocks.indices {
      try watch.step()
      guard facts.blocks[index].digits >= 4 else { continue }
      let span = opening(of: index)
      let printed = DateReader.days(bytes, span)
      if printed.isEmpty || isEvent(bytes, printed) || isOfOther(index) { continue }
      // A picture has one day, which nothing labels.
      let isLabelled =
        printed.contains { $0.label == .published } || printed.count > 1 && printed.contains { $0.label != nil }
      if !isLabelled, tellsOfPicture(index) { continue }
      for (number, day) in printed.enumerated() {
        if isOfStory(day, index) { continue }
        let instant = number == 0 || day.swapped == nil ? Instant(bytes, reach(of: number, in: printed, span)) : nil
        var mention = Mention(
          kind: .printed(block: index), day: day.day, instant: instant?.day == day.day ? instant : nil,
          source: page.source(of: day.place), printed: day, label: day.label)
        if mention.label == nil, day.wordsBefore == 0, number == 0, index > 0, facts.blocks[index - 1].words <= 4 {
          mention.label = DateLabel(words(of: index - 1))
          mention.isLabelledBefore = mention.label != nil
        }
        // “Joined May 11, 2017”, “Received: 10 May 2022”
        if mention.label == .other { continue }
        mentions.append(mention)
        if mentions.count >= Self.most { return }
      }
    }
  }

  /// “12 April 2021 to 15 April 2021”: what takes place then.
  private func isEvent(_ bytes: Span<UInt8>, _ printed: [DateReader.PrintedDay]) -> Bool {
    guard printed.count == 2, printed.allSatisfy({ $0.label == nil }), printed[0].day.ordinal < printed[1].day.ordinal
    else {
      return false
    }
    let between = ByteSpan(printed[0].place.end, max(printed[0].place.end, printed[1].place.start)).trimmed(in: bytes)
    return Self.ranges.contains(lowered: bytes, between)
  }
  private static let ranges = WordSet([
    "to", "until", "till", "-", "–", "—", "through", "bis", "au", "al", "hasta", "a", "do", "по",
  ])

  /// Whether the day stands behind the article under a link, as that of another one does.
  private func isOfOther(_ index: Int) -> Bool {
    guard roles.isMarkup, index > roles.last, index > 0 else { return false }
    let (block, before) = (roles.page.blocks[index], roles.page.blocks[index - 1])
    return block.container == before.container && Int(before.linkBytes) * 2 > before.span.count
      && roles.facts.blocks[index - 1].words >= 3
  }

  /// Whether the day is part of what is told: inside a sentence, unless it is a dateline's or the sentence is about the
  /// publication, and in a quotation or a post of somebody else's.
  private func isOfStory(_ day: DateReader.PrintedDay, _ index: Int) -> Bool {
    let (own, shape, page) = (roles.facts.blocks[index], roles.facts.shapes[index], roles.page)
    if page.blocks[index].context.contains(.quotation) || isPost(index) { return true }
    guard shape == .good || shape == .sentence && own.functionWords >= 2 else { return false }
    if day.label == .published, day.wordsBefore <= Self.notice, own.words <= Self.longestNotice { return false }
    return day.wordsBefore > Self.dateline || index > roles.first + 1
  }

  /// Words before the day in a sentence that tells of the publication, and words of it.
  private static let notice = 5
  private static let longestNotice = 25

  /// “— Ada Corr (@adacorr) May 9, 2019”: the signature of an embedded post.
  private func isPost(_ index: Int) -> Bool {
    let page = roles.page
    let (bytes, span) = (page.bytes.span, opening(of: index))
    return roles.facts.blocks[index].signs.contains(.at)
      && span.range.contains {
        bytes[$0] == UInt8(ascii: "(") && $0 + 1 < span.end && bytes[$0 + 1] == UInt8(ascii: "@")
      }
  }

  /// Whether a line with a day in it reads like a caption: “Crews at work on the old span on May 8, 2017”. The day is
  /// the picture's then, not the article's.
  private func tellsOfPicture(_ index: Int) -> Bool {
    let own = roles.facts.blocks[index]
    let role = roles.roles[index]
    // “Source: Xinhua 2017-05-08 10:14:36”
    if role == .caption || role == .credit || own.marker.contains(.caption) && !hasTime(index) { return true }
    if roles.page.blocks[index].context.contains(.figure) { return true }
    guard own.words > 6, own.functionWords >= 2, roles.facts.shapes[index] != .good, !own.marker.contains(.byline)
    else {
      return false
    }
    // The day comes last, and nobody gives a picture the hour.
    let page = roles.page
    let (bytes, span) = (page.bytes.span, opening(of: index))
    let last = span.range.last { ByteClass(bytes[$0]).isAny(of: [.digit, .letter]) } ?? span.start
    return ByteClass(bytes[last]).isAny(of: .digit) && !hasTime(index)
  }

  private func opening(of index: Int) -> ByteSpan {
    let span = roles.page.blocks[index].span
    return ByteSpan(span.start, min(span.end, span.start + Self.longest))
  }

  /// The stretch of a block that belongs to one of its days.
  private func reach(of number: Int, in printed: [DateReader.PrintedDay], _ span: ByteSpan) -> ByteSpan {
    ByteSpan(
      number == 0 ? span.start : printed[number].place.start,
      number + 1 < printed.count ? printed[number + 1].place.start : span.end)
  }

  private func words(of index: Int) -> [WordHash] {
    let page = roles.page
    var words: [WordHash] = []
    BlockFacts.words(page.bytes.span, page.blocks[index].span) { word, _ in words.append(word) }
    return words
  }

  /// Settles which number is the month: by the page's other numeric days, else by what brings a day nearer to the other days
  /// of the page, else by the page's language. Drops what stays open.
  private mutating func resolve() {
    let sure = mentions.filter { $0.printed?.swapped == nil }.map(\.day.ordinal)
    let monthFirst = mentions.contains { $0.printed?.isMonthFirst == true }
    let dayFirst = mentions.contains { $0.printed?.isMonthFirst == false }
    func distance(_ day: Day) -> Int { sure.lazy.map { abs($0 - day.ordinal) }.min() ?? Int.max }
    mentions = mentions.compactMap { mention in
      guard let swapped = mention.printed?.swapped else { return mention }
      var mention = mention
      if monthFirst != dayFirst {
        if dayFirst { mention.day = swapped }
        return mention
      }
      let (own, other) = (distance(mention.day), distance(swapped))
      if min(own, other) <= Self.nearby, own != other {
        if other < own { mention.day = swapped }
        return mention
      }
      guard let isMonthFirst = roles.page.head.writesMonthFirst else { return nil }
      if !isMonthFirst { mention.day = swapped }
      return mention
    }
  }
  /// Days between two that tell of each other.
  private static let nearby = 31

  private mutating func survey() {
    var seen: Set<Int> = []
    for (number, mention) in mentions.enumerated() {
      let day = mention.day.ordinal
      (earliest, latest) = (min(earliest, day), max(latest, day))
      var facts = days[day, default: DayFacts()]
      switch mention.kind {
      case .declared(let kind, _): facts.kinds.insert(kind.rawValue)
      case .printed(let index):
        facts.printed += 1
        seen.insert(day)
        if isNearTitle(index) { (facts.isNearTitle, isPrintedNearTitle) = (true, true) }
        if let label = mention.label { facts.labels.insert(label.rawValue) }
        if firstPrinted == nil { firstPrinted = number }
        if firstBehindTitle == nil, index > start { firstBehindTitle = number }
      }
      days[day] = facts
      if mention.isGreenwich, let instant = mention.instant {
        for other in instant.days where other != day { besideGreenwich.insert(other) }
      }
    }
    printedDays = seen.count
    // “Updated <time …>”: what the page prints before it says what an element is.
    for (number, mention) in mentions.enumerated() where mention.kind.isElement {
      guard let labels = days[mention.day.ordinal]?.labels else { continue }
      mentions[number].isPrintedAsChange =
        labels.contains(DateLabel.updated.rawValue) && !labels.contains(DateLabel.published.rawValue)
    }
  }

  private func isNearTitle(_ index: Int) -> Bool {
    index > start && index <= start + 12 && roles.facts.shapes[index] != .good && roles.roles[index] != .caption
  }

  // MARK: Rows

  /// The rows that hold for a mention.
  package func rows(of number: Int) -> [Int] {
    var rows: [Int] = []
    rows.reserveCapacity(40)
    func add(_ group: Group, _ row: Int) { rows.append(Self.bases[group.rawValue] + row) }
    let mention = mentions[number]
    let day = mention.day.ordinal
    let together = days[day] ?? DayFacts()
    var own: Int?
    switch mention.kind {
    case .declared(let kind, let order):
      own = kind.rawValue
      add(.kind, kind.rawValue)
      add(.order, min(order, 3))
    case .printed(let index):
      add(.kind, PageHead.DateKind.allCases.count)
      addPrinted(number, index, add)
    }
    if mention.isGreenwich { add(.zone, 0) }
    for kind in together.kinds where kind != own { add(.declaredToo, kind) }
    add(.kinds, min(3, together.kinds.count))
    if together.isNearTitle { add(.printedToo, 0) }
    if together.printed > (own == nil ? 1 : 0) { add(.printedToo, 1) }
    for label in together.labels { add(.printedToo, 2 + label) }
    if besideGreenwich.contains(day) { add(.printedToo, 5) }
    if let month {
      add(.address, month.year != mention.day.year ? 2 : month.month != mention.day.month ? 1 : 0)
    }
    if day == earliest { add(.rank, 0) }
    if day == latest { add(.rank, 1) }
    if own != nil, !isPrintedNearTitle { add(.rank, 2) }
    return rows
  }

  private func addPrinted(_ number: Int, _ index: Int, _ add: (Group, Int) -> Void) {
    guard let printed = mentions[number].printed else { return }
    let (page, facts) = (roles.page, roles.facts)
    let (block, own) = (page.blocks[index], facts.blocks[index])
    let offset = index - start
    if !hasTitle { add(.title, 12) }
    add(.title, bucket(offset, [-12, -5, -2, 0, 1, 2, 3, 4, 7, 13, 26]))
    if index < roles.first {
      add(.body, bucket(roles.first - index, [2, 4, 9, 21]))
    } else if index <= roles.last {
      add(.body, index < roles.first + 2 ? 5 : 6)
    } else {
      add(.body, 7 + bucket(index - roles.last, [3, 9, 26]))
    }
    add(.role, roles.roles[index].publicationRow)
    add(.shape, facts.shapes[index].rawValue)
    add(.words, bucket(Int(own.words), [4, 6, 9, 17, 41]))
    let labels = DateLabel.allCases.count
    add(
      .label,
      mentions[number].label.map { $0.rawValue + (mentions[number].isLabelledBefore ? labels : 0) } ?? labels * 2)
    add(.before, bucket(printed.wordsBefore, [1, 4, 9]))
    add(.after, bucket(printed.wordsAfter, [1, 4, 9]))
    if hasTime(index) { add(.time, 0) }
    if mentions[number].instant != nil { add(.time, 1) }
    if own.marker.contains(.byline) || roles.roles[index] == .byline { add(.byline, 0) }
    if isByline(index - 1) { add(.byline, 1) } else if isByline(index - 2) { add(.byline, 2) }
    if isByline(index + 1) || isByline(index + 2) { add(.byline, 3) }
    var bits = block.context.rawValue & (1 << 27 - 1)
    while bits != 0 {
      add(.context, bits.trailingZeroBitCount)
      bits &= bits - 1
    }
    if number == firstPrinted { add(.place, 0) }
    if number == firstBehindTitle { add(.place, 1) }
    if index < 6, offset < -3 { add(.place, 2) }
    if Int(block.linkBytes) * 2 > block.span.count { add(.place, 3) }
    if facts.repeated[index] { add(.place, 4) }
    if own.marker.contains(.caption) || own.creditWords > 0 { add(.place, 5) }
    add(.form, printed.form.rawValue)
    addNear(index, own, printed, add)
    add(.times, bucket(days[mentions[number].day.ordinal]?.printed ?? 1, [2, 3, 6]))
    add(.days, bucket(printedDays, [2, 4, 11]))
  }

  private func addNear(
    _ index: Int, _ own: BlockFacts, _ printed: DateReader.PrintedDay, _ add: (Group, Int) -> Void
  ) {
    let facts = roles.facts
    func near(_ offsets: ClosedRange<Int>, _ matches: (BlockFacts) -> Bool) -> Bool {
      offsets.contains { facts.blocks.indices.contains(index + $0) && matches(facts.blocks[index + $0]) }
    }
    func isDate(_ own: BlockFacts) -> Bool { own.months > 0 && own.digits > 0 && own.words < 14 }
    if printed.hasWeekday { add(.near, 0) }
    if own.readerWords > 0 { add(.near, 1) }
    if near(-1 ... -1, { $0.readerWords > 0 }) || near(1...1, { $0.readerWords > 0 }) { add(.near, 2) }
    if near(-4 ... -1, isDate) { add(.near, 3) }
    if near(1...4, isDate) { add(.near, 4) }
    if near(-2 ... -1, { $0.marker.contains(.caption) || $0.creditWords > 0 }) { add(.near, 5) }
    if own.functionWords >= 2 { add(.near, 6) }
  }

  private func isByline(_ index: Int) -> Bool {
    guard roles.roles.indices.contains(index) else { return false }
    return roles.roles[index] == .byline
      || roles.facts.blocks[index].marker.contains(.byline) && roles.facts.blocks[index].words < 20
  }

  private func hasTime(_ index: Int) -> Bool {
    let page = roles.page
    let (bytes, span) = (page.bytes.span, opening(of: index))
    return span.range.dropFirst().dropLast().contains {
      bytes[$0] == UInt8(ascii: ":") && ByteClass(bytes[$0 - 1]).isAny(of: .digit)
        && ByteClass(bytes[$0 + 1]).isAny(of: .digit)
    }
  }
}

extension BlockRoles.Role {
  fileprivate var publicationRow: Int {
    switch self {
    case .title: 0
    case .caption, .credit: 1
    case .byline: 2
    case .body, .list, .heading, .post, .row, .standfirst: 3
    case .date: 4
    case .tags, .chrome: 5
    }
  }
}
