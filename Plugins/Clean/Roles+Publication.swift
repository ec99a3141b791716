import StageKit

/// When the article appeared.
struct Publication: Equatable {
  var day: DateReader.Day
  /// Where the page gives a time and a zone.
  var instant: Instant?
  var source: ByteSpan
}

extension Roles {
  mutating func findPublication() {
    publication = declaredPublication()
    let page = page
    let bytes = page.bytes.span
    let title = roles.firstIndex(of: .title)
    // After the headline; only then before it, where a clock may stand.
    let near = max(0, (title ?? first) - 8)..<min(roles.count, max(first + 6, (title ?? first) + 12))
    let start = title ?? near.lowerBound
    var isFirst = true
    // Further down, and after the body, only lines that say what the day is.
    let far = (near.upperBound..<max(near.upperBound, min(roles.count, first + 20))).filter(saysPublished)
    let after = (last + 1..<max(last + 1, min(roles.count, last + 9))).filter(saysPublished)
    for index in Array(start..<max(start, near.upperBound)) + Array(near.lowerBound..<start).reversed() + far + after
    where roles[index] != .title && roles[index] != .caption && roles[index] != .credit {
      let own = facts.blocks[index]
      guard own.months > 0 || own.digits >= 5, own.words <= 16, facts.shapes[index] != .good,
        !tellsOfPicture(index), index >= start || !isClock(index)
      else { continue }
      let span = page.blocks[index].span
      guard let found = DateReader.day(bytes, span) else { continue }
      let printed = Publication(day: found, instant: Instant(bytes, span), source: page.source(of: span))
      if publication == nil {
        publication = printed
      } else if isFirst, let declared = publication, isSameInLocalTime(declared, printed) {
        publication?.day = found
      }
      isFirst = false
      if own.words <= 8, roles[index] == .body, index < first + 3 { roles[index] = .date }
    }
  }

  /// What the head of an HTML page says. Of an instant in Greenwich time, the day is that of a `time` element with the
  /// same instant in the zone of the place.
  private func declaredPublication() -> Publication? {
    var declared: Publication?
    for text in page.head.dateTexts {
      let (bytes, whole) = (text.text.span, ByteSpan(0, text.text.count))
      guard let day = DateReader.day(bytes, whole) else { continue }
      let instant = Instant(bytes, whole)
      guard let known = declared else {
        declared = Publication(day: day, instant: instant, source: text.source)
        continue
      }
      if let own = known.instant, own.zone == 0, let instant, instant.zone != 0, abs(instant.minutes - own.minutes) <= 1
      {
        return Publication(day: day, instant: instant, source: text.source)
      }
    }
    return declared
  }

  /// Whether the page prints the day before the declared one because the place lies west of Greenwich.
  private func isSameInLocalTime(_ declared: Publication, _ printed: Publication) -> Bool {
    guard let instant = declared.instant, instant.zone == 0 else { return false }
    return declared.day.number - printed.day.number == 1 && instant.hour < 12
  }

  /// “Posted on …”, “Published: …”, “Last updated …”
  private func saysPublished(_ index: Int) -> Bool {
    guard facts.blocks[index].words <= 10, facts.blocks[index].months > 0 || facts.blocks[index].digits >= 6 else {
      return false
    }
    let page = page
    let span = page.blocks[index].span
    var place = 0
    var found = false
    BlockFacts.words(page.bytes.span, span) { word, _ in
      if place < 2, Self.publicationWords.contains(word) { found = true }
      place += 1
    }
    return found
  }

  private static let publicationWords = WordSet(["posted", "published", "publication", "updated"])

  /// A clock in the page's header: “12:01 GMT+3 10 September 2018”, “Sunday, 24 December 2023” far above the headline.
  private func isClock(_ index: Int) -> Bool {
    page.alignment == nil && index < 6 && (roles.firstIndex(of: .title) ?? first) - index > 3
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
}
