import Bytes
import Lexicon
import StageKit

/// Reads the dateline that opens a report: “MOSCOW (Sputnik) —”, “Moscow, SANA –”, “LONDON, May 4 (Reuters) -”, “(AP) —”,
/// “TVER, May 8. /TASS/.”, “Kuwait - (KUNA) --”, “ABUJA (AP) _”, “MUMBAI:”. By the bytes of its line alone, so that it is the same whatever stages have run.
public struct DatelineReader {
  /// A dateline is no longer than this, in bytes.
  private static let longest = 120
  private static let longestAgency = 48
  private static let longestAcronym = 10

  private let text: [UInt8]
  private let start: Int
  /// Where the dateline must have ended: the end of its line, unless that is far off.
  private let limit: Int
  private var at: Int
  /// What stands between commas.
  private var groups: [ByteSpan] = []
  private var groupStart: Int
  /// In brackets or between slashes.
  private var agency: ByteSpan?
  /// Whether nothing but spaces has followed the agency.
  private var isAgencyLast = false

  private init(_ text: [UInt8], from start: Int) {
    self.text = text
    self.start = start
    var end = start
    while end < min(text.count, start + Self.longest), !text[end].isLineEnd { end += 1 }
    limit = end
    at = start
    groupStart = start
  }

  /// The dateline that begins at an offset.
  ///
  /// - Parameter isAlone: whether the text is nothing else; else a report must follow on the line.
  public static func read(_ text: [UInt8], from start: Int, isAlone: Bool = false) -> Article.Dateline? {
    var reader = DatelineReader(text, from: start)
    return reader.read(isAlone: isAlone)
  }

  // MARK: Its pieces

  private mutating func read(isAlone: Bool) -> Article.Dateline? {
    while at < limit {
      switch text[at] {
      case UInt8(ascii: ","):
        close()
        groupStart = at + 1
        at += 1
      // Not the slash of “BEIRUT/THE HAGUE”.
      case UInt8(ascii: "("),
        UInt8(ascii: "/")
      where at == start || text[at] == UInt8(ascii: "(") || text[at - 1].isBlank
        || at + 1 < limit && text[at + 1].isBlank:
        let isSlash = text[at] == UInt8(ascii: "/")
        guard readAgency(upTo: isSlash ? UInt8(ascii: "/") : UInt8(ascii: ")")) else { return nil }
        if isSlash, at < limit, text[at] == UInt8(ascii: ".") {
          return dateline(upTo: at + 1, .slash, isAlone: isAlone)
        }
        if isSlash, endsBehindSlash { return dateline(upTo: at, .slash, isAlone: isAlone) }
        if !isSlash, opensText(at), isDated { return dateline(upTo: at, .bracket, isAlone: isAlone) }
      case UInt8(ascii: "["):
        guard at == start else { return nil }
        return bracketed()
      case UInt8(ascii: "\""): return nil
      case UInt8(ascii: ":"), UInt8(ascii: "_"):
        let ending: Ending = text[at] == UInt8(ascii: ":") ? .colon : .underscore
        close()
        return dateline(upTo: at + 1, ending, isAlone: isAlone)
      default:
        if let length = dash() {
          let ending: Ending = text[at] >= 0x80 ? .longDash : .dash
          close()
          if agency == nil, let bracket = bracket(behind: at + length) {
            (at, groupStart) = (bracket, bracket)
            continue
          }
          return dateline(upTo: at + length, ending, isAlone: isAlone)
        }
        if text[at] == UInt8(ascii: ".") {
          switch readStop() {
          case .ends: return dateline(upTo: at + 1, .stop, isAlone: isAlone)
          case .parts:
            at += 1
            continue
          case .isPart: break
          }
        }
        if text[at] == 0x20, opensText(at), isDated, isAgency(ByteSpan(groupStart, at).trimmed(in: text.span)) {
          // “Baku, May 5, AZERTAC The …”
          close()
          return dateline(upTo: at, .stop, isAlone: isAlone)
        }
        if isEndOfSentence { return nil }
        let (value, length) = UTF8Scalar.decode(text.span, at: at)
        if !UTF8Scalar.isSpace(value) { isAgencyLast = false }
        at += length
      }
    }
    return nil
  }

  /// What ends a dateline.
  private enum Ending { case dash, longDash, slash, colon, underscore, bracket, stop }

  /// Whether a space and a word with one capital follow.
  private func opensText(_ end: Int) -> Bool {
    guard end + 2 < limit, text[end] == 0x20, UTF8Scalar.isUpper(UTF8Scalar.decode(text.span, at: end + 1).value) else {
      return false
    }
    let next = end + 1 + UTF8Scalar.length(first: text[end + 1])
    return next < limit && (text[next].isBlank || UTF8Scalar.isLower(UTF8Scalar.decode(text.span, at: next).value))
  }

  /// Whether a day stands among the groups that are read.
  private var isDated: Bool {
    var day = DatelineDay()
    for group in groups.dropFirst() { _ = day.read(group, of: text.span) }
    return day.isRead
  }

  /// What a full stop does in a dateline.
  private enum Stop { case isPart, parts, ends }

  /// “MOSCOW. May 5”, “ASTANA. KAZINFORM -”: it parts groups as a comma does; “MAY 5, ARMENPRESS.”: it ends the dateline.
  private mutating func readStop() -> Stop {
    guard at + 1 < limit, text[at + 1] == 0x20 else { return .isPart }
    let group = ByteSpan(groupStart, at).trimmed(in: text.span)
    if !groups.isEmpty, isDated, isAgency(group), opensText(at + 1) {
      close()
      return .ends
    }
    let next = at + 2
    var end = next
    while end < limit, text[end].isLetter || text[end].isDigit { end += 1 }
    let word = ByteSpan(min(next, end), end)
    guard groups.count <= 1, agency == nil, group.count >= 3, !isShortened(group), isCapitals(group) || !groups.isEmpty,
      word.count > 0,
      text[word.start].isDigit || Lexicon.english.has(.anyMonth, lowered: text.span, word)
        || word.count >= 3 && isCapitals(word)
    else { return .isPart }
    close()
    groupStart = at + 1
    return .parts
  }

  /// “ST.”, “Oct.”: the full stop belongs to the word.
  private func isShortened(_ group: ByteSpan) -> Bool {
    var start = group.end
    while start > group.start, text[start - 1].isLetter { start -= 1 }
    let word = ByteSpan(start, group.end)
    return word.count <= 2 || Lexicon.english.has(.anyMonth, lowered: text.span, word)
  }

  /// “[Nairobi] The …”
  private func bracketed() -> Article.Dateline? {
    var end = start + 1
    while end < limit, text[end] != UInt8(ascii: "]") { end += 1 }
    let place = ByteSpan(start + 1, max(end, start + 1))
    guard end < limit, opensText(end + 1), isPlace(place), isKnownPlace(place) || isTold(place) else { return nil }
    return Article.Dateline(place: copy(place), agency: nil, date: nil, span: ByteSpan(start, end + 1))
  }

  /// “BAGHDAD / NINA / The …”
  private var endsBehindSlash: Bool {
    guard let agency, isAgency(agency), at + 1 < limit, text[at] == 0x20 else { return false }
    return UTF8Scalar.isUpper(UTF8Scalar.decode(text.span, at: at + 1).value)
  }

  /// Where a bracket opens right behind a dash: “Kuwait - (KUNA) --”.
  private func bracket(behind end: Int) -> Int? {
    var at = end
    while at < limit, text[at] == 0x20 { at += 1 }
    return at < limit && text[at] == UInt8(ascii: "(") ? at : nil
  }

  /// Ends a group before the offset that is being read.
  private mutating func close() {
    let group = ByteSpan(Range(from: groupStart, upTo: at)).trimmedCharacters(in: text.span) { at in
      let (value, length) = UTF8Scalar.decode(text.span, at: at)
      return UTF8Scalar.isSpace(value) ? length : nil
    }
    if !group.isEmpty { groups.append(group) }
  }

  private mutating func readAgency(upTo mark: UInt8) -> Bool {
    guard agency == nil else { return false }
    close()
    let first = at + 1
    at = first
    while at < limit, text[at] != mark { at += UTF8Scalar.length(first: text[at]) }
    guard at < limit, at - first >= 2, at - first <= Self.longestAgency else { return false }
    let inner = ByteSpan(first, at).trimmed(in: text.span)
    guard !inner.isEmpty else { return false }
    agency = inner
    isAgencyLast = true
    at += 1
    groupStart = at
    return true
  }

  /// Bytes of the dash that closes a dateline; a hyphen only where a space follows it.
  private func dash() -> Int? {
    if text[at] == 0xE2, at + 2 < limit, text[at + 1] == 0x80 {
      return text[at + 2] >= 0x92 && text[at + 2] <= 0x95 ? 3 : nil
    }
    guard text[at] == UInt8(ascii: "-"), at + 1 < limit else { return nil }
    if text[at + 1] == UInt8(ascii: "-") { return 2 }
    // “(New Ziana) -The …”
    if isAgencyLast, text[at - 1].isBlank { return 1 }
    return text[at + 1] == 0x20 || text[at + 1] == 0xC2 ? 1 : nil
  }

  /// A full stop after a longer word; a shorter one may be that of “Oct.” and “St.”.
  private var isEndOfSentence: Bool {
    guard text[at] == UInt8(ascii: "."), at + 1 < limit, text[at + 1] == 0x20 else { return false }
    var word = at
    while word > start, text[word - 1].isLetter { word -= 1 }
    return at - word > 5
  }

  // MARK: What they are

  private func dateline(upTo end: Int, _ ending: Ending, isAlone: Bool) -> Article.Dateline? {
    let following = Following(end, in: text.span)
    // “STRIKE ENDS - AP” is a headline; behind “(AP) —” something has to follow.
    guard isAlone || (isAgencyLast ? following.isAny : following.isReport) else { return nil }
    var agency = agency
    guard let first = groups.first else {
      guard let agency, isAgency(agency) || isAlone else { return nil }
      return Article.Dateline(place: nil, agency: copy(agency), date: nil, span: ByteSpan(start, end))
    }
    guard isPlace(first) else { return nil }
    var place = first
    var day = DatelineDay()
    for (index, group) in groups.enumerated().dropFirst() {
      if day.read(group, of: text.span) {
        continue
      } else if agency == nil, index == groups.count - 1, isAgency(group) {
        agency = group
      } else if index <= 2, !day.isRead, agency.map({ $0.start > group.start }) ?? true, isPlace(group) {
        place = ByteSpan(place.start, group.end)
      } else {
        return nil
      }
    }
    switch ending {
    case .colon:
      // A colon also stands behind who speaks.
      let isFiled = day.isRead && isCapitals(first) || agency.map { isAgency($0) && isAgencyLast } ?? false
      let isPlaceAlone = isCapitals(first) && groups.count == 1 && !isPerson(first) && isTold(first)
      guard isFiled || isKnownPlace(place) || isPlaceAlone, following.opensSentence else { return nil }
    case .underscore:
      guard agency != nil, following.opensSentence else { return nil }
    case .bracket, .stop:
      guard day.isRead || ending == .stop, agency.map(isAgency) ?? false, following.opensSentence else { return nil }
    case .dash, .longDash, .slash: break
    }
    if agency == nil, !day.isRead, !isAlone, ending != .colon {
      // A place and a dash alone open a report where the place stands in capitals, or a larger one beside it, or where it
      // is short and the dash is long. “Lund — who lost his boat — came” is no place.
      let words = place.range.count { text[$0] == 0x20 } + 1
      let isWritten =
        isCapitals(first) && first.count >= 3 || place != first || ending == .longDash && words <= 2
        || words <= 3 && (isKnownPlace(place) || isTold(place) && !isPerson(place))
      guard isWritten, !isHague(first), following.opensSentence else { return nil }
    }
    return Article.Dateline(
      place: copy(place), agency: agency.map(copy), date: day.iso, span: ByteSpan(start, end))
  }

  private func copy(_ span: ByteSpan) -> [UInt8] { span.range.map { text[$0] } }

  /// One to four words that start with capitals, or join such words.
  private func isPlace(_ span: ByteSpan) -> Bool {
    var (at, words) = (span.start, 0)
    while at < span.end {
      var end = at
      while end < span.end, !text[end].isBlank { end += 1 }
      let word = ByteSpan(at, end)
      if !UTF8Scalar.isUpper(UTF8Scalar.decode(text.span, at: at).value),
        words == 0 || !Self.joiners.contains(lowered: text.span, word)
      {
        return false
      }
      if words == 0, Lexicon.english.has(Self.noPlaces, lowered: text.span, word), !isHague(span) { return false }
      words += 1
      at = end
      while at < span.end, text[at].isBlank { at += 1 }
    }
    return words >= 1 && words <= 4 && span.count <= 40
  }

  /// A city, a region or a country of the lists, in capitals or not.
  private func isKnownPlace(_ span: ByteSpan) -> Bool {
    var phrase = PhraseHash()
    var (words, at, last) = (0, span.start, WordHash("".utf8))
    while at < span.end {
      var word = WordHash.Builder()
      let start = at
      while at < span.end, !text[at].isBlank {
        word.add(at == start ? text[at] : text[at].lowered)
        at += 1
      }
      last = word.hash
      phrase.add(last)
      words += 1
      while at < span.end, text[at].isBlank { at += 1 }
    }
    switch Lexicon.english[words == 1 ? last : phrase.value].name {
    case .country, .region, .city, .largeCity: return true
    default: return false
    }
  }

  /// Whether it is a name of people.
  private func isPerson(_ span: ByteSpan) -> Bool {
    Lexicon.english.has([.given, .masculineName, .feminineName], lowered: text.span, span)
  }

  /// Whether the text says further on that it is a place.
  private func isTold(_ span: ByteSpan) -> Bool { ToldPlace(span, in: text, behind: limit).isTold }

  /// “The Hague”, “The Valley”: an article and one word more.
  private func isHague(_ span: ByteSpan) -> Bool {
    span.count > 4 && text[span.start + 3] == 0x20
      && Self.article.contains(lowered: text.span, ByteSpan(span.start, span.start + 3))
      && !Range(from: span.start + 4, upTo: span.end).contains { text[$0] == 0x20 }
  }

  private static let article = WordSet(["the"])
  private static let noPlaces: WordTraits = [.sentenceBeforeDash, .running, .anyWeekday, .anyMonth]
  private static let joiners = WordSet([
    "of", "de", "da", "do", "del", "el", "al", "la", "the", "on", "upon", "and", "in",
  ])

  /// A known one, or an acronym.
  private func isAgency(_ span: ByteSpan) -> Bool {
    Lexicon.english.has(.agency, lowered: text.span, span)
      || (isCapitals(span) && span.count >= 2 && span.count <= Self.longestAcronym && !isKnownPlace(span)
        && !span.range.contains { text[$0] == UInt8(ascii: ".") || text[$0] == 0x20 })
  }

  private func isCapitals(_ span: ByteSpan) -> Bool {
    span.range.contains { text[$0].isUpper } && !span.range.contains { text[$0].isLower }
  }
}

/// What stands behind a dateline on its line.
private struct Following {
  /// Whether anything does.
  var isAny: Bool
  /// Whether it is long enough for a report, or ends as a sentence does.
  var isReport: Bool
  var opensSentence: Bool

  private static let longEnough = 24

  init(_ end: Int, in text: Span<UInt8>) {
    var last = end
    while last < min(text.count, end + Self.longEnough), !text[last].isLineEnd { last += 1 }
    isAny = last >= end + 2
    let isLong = last == end + Self.longEnough
    let rest = ByteSpan(end, last).trimmed(in: text)
    isReport = isLong || endsSentence(text, rest)
    var at = rest.start
    while at < rest.end, case let (value, length) = UTF8Scalar.decode(text, at: at), !Self.isWord(value) {
      at += length
    }
    opensSentence = at < rest.end && !UTF8Scalar.isLower(UTF8Scalar.decode(text, at: at).value)
  }

  private static func isWord(_ value: UInt32) -> Bool {
    UTF8Scalar.isLetter(value) || value >= 0x30 && value <= 0x39
  }
}

/// Whether a line, or a part of it, ends with a full stop or the like, closing marks aside.
func endsSentence(_ text: Span<UInt8>, _ span: ByteSpan) -> Bool {
  var at = span.end
  while at > span.start {
    at = UTF8Scalar.start(before: at, in: text)
    switch UTF8Scalar.decode(text, at: at).value {
    case 0x22, 0x27, 0x29, 0x2019, 0x201D: continue
    case 0x21, 0x2E, 0x3F: return true
    default: return false
    }
  }
  return false
}

extension UInt8 {
  fileprivate var isLineEnd: Bool { self == 0x0A || self == 0x0D }
}
