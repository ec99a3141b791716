import Bytes
import Lexicon
import StageKit

/// Ends of sentences in letters and posts, where line ends are lost and full stops were never written.
extension SentenceSplitter {
  /// Whether a sentence in lower case may begin at `first` after the full stop at `index`: “the mill closed. it was
  /// old.” The word before is too long for an abbreviation, or the next one is the subject of a sentence.
  func endsPlainly(
    _ index: Int, _ next: Int, _ first: Int, _ paragraph: Range<Int>, _ text: Span<UInt8>
  ) -> Bool {
    guard index > paragraph.lowerBound, first == next, next == index + 1 || marks[next - 1] == .smiley,
      tokens[index - 1].kind == .word,
      tokens[index - 1].span.end == tokens[index].span.start, tokens[first].kind == .word,
      tokens[index].span.end < tokens[next].span.start
    else { return false }
    return tokens[index - 1].span.count > Self.longestAbbreviation
      || Lexicon.english.has(.plainStarter, WordHash(text, tokens[first].span))
  }

  /// Bytes, of one that no list has.
  private static let longestAbbreviation = 5

  /// Where the line ends that an address, a smiley or a drawn line stands in, if a new one begins after it.
  func lineEnd(_ at: Int, _ limit: Int, _ text: Span<UInt8>) -> Int? {
    var next = at + 1
    if marks[at] == .address {
      while next < limit, tokens[next - 1].span.end == tokens[next].span.start, isClosingMark(next, text) { next += 1 }
    }
    guard next < limit, tokens[next - 1].span.end < tokens[next].span.start else { return nil }
    let span = tokens[next].span
    if marks[at] == .address, marks[next] == .address { return hasColon(at, text) && hasColon(next, text) ? next : nil }
    var head = span
    if tokens[next].kind == .punctuation, next + 1 < limit, tokens[next + 1].span.start == span.end {
      head = tokens[next + 1].span
    }
    return text.isUpper(at: head.start) ? next : nil
  }

  /// Whether nothing stands before a smiley in its sentence but others.
  func isOnlySmileys(from start: Int, _ at: Int) -> Bool {
    var before = at
    while before > start, marks[before - 1] == .smiley { before -= 1 }
    return before == start
  }

  private func isClosingMark(_ at: Int, _ text: Span<UInt8>) -> Bool {
    let byte = text[tokens[at].span.start]
    return byte == UInt8(ascii: ">") || byte == UInt8(ascii: ")") || byte == UInt8(ascii: "]")
      || byte == UInt8(ascii: "\"")
  }

  /// As web addresses and times of day have.
  private func hasColon(_ at: Int, _ text: Span<UInt8>) -> Bool {
    let span = tokens[at].span
    return text.firstOffset(of: UInt8(ascii: ":"), in: span.range) < span.end
  }

  // MARK: Heads of letters

  /// Whether a time of day follows the day.
  func isStamp(_ day: Int, _ limit: Int, _ text: Span<UInt8>) -> Bool {
    day + 1 < limit && tokens[day + 1].kind == .number && hasColon(day + 1, text)
  }

  /// The end of “08/16/2000 12:05 PM” before a capital.
  func stampEnd(_ day: Int, _ limit: Int, _ text: Span<UInt8>) -> Int? {
    guard isStamp(day, limit, text) else { return nil }
    var end = day + 2
    if end < limit, halvesOfDay.contains(lowered: text, tokens[end].span) { end += 1 }
    return end < limit && text.isUpper(at: tokens[end].span.start) ? end : nil
  }

  /// Whether nothing but a sender's name and address stands there.
  func isHeadOfLetter(_ range: Range<Int>, _ text: Span<UInt8>) -> Bool {
    guard !range.isEmpty, range.count <= 12 else { return false }
    return range.allSatisfy { at in
      tokens[at].kind != .word || marks[at] == .address || text.isUpper(at: tokens[at].span.start)
        || at > range.lowerBound && tokens[at - 1].span.end == tokens[at].span.start
    }
  }

  /// The end of “Dear Ada,” or “Best regards,” before a capital.
  func greetingEnd(_ start: Int, _ paragraph: Range<Int>, _ text: Span<UInt8>) -> Int? {
    guard text.isUpper(at: tokens[start].span.start) else { return nil }
    let first = WordHash(lowered: text, tokens[start].span)
    let opens = Lexicon.english.has(.openingGreeting, first)
    guard opens || Lexicon.english.has(.closingGreeting, first) else { return nil }
    var end = start + 1
    while end < min(start + 4, paragraph.upperBound), tokens[end].kind == .word,
      opens
        ? text.isUpper(at: tokens[end].span.start)
        : Lexicon.english.has(.closingGreeting, lowered: text, tokens[end].span)
    {
      end += 1
    }
    guard end + 1 < paragraph.upperBound, text[tokens[end].span.start] == UInt8(ascii: ","), !opens || end > start + 1
    else { return nil }
    let next = tokens[end + 1]
    return next.kind == .word && text.isUpper(at: next.span.start) ? end + 1 : nil
  }
}
