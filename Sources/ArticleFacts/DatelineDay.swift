import Bytes
import Lexicon

/// The day of a dateline, which may stand in two groups: “May 4, 2017”.
struct DatelineDay {
  /// Whether a group of it, or of the day of the week, has been read.
  private(set) var isRead = false
  private var year: Int?
  private var month: Int?
  private var day: Int?

  /// Where all of it is told and the calendar has it.
  var iso: [UInt8]? {
    guard let year, let month, let day else { return nil }
    return Day(year: year, month: month, day: day)?.iso
  }

  /// Reads “May 4”, “4 May 2017”, “Monday”, or a year behind such; false for a group of something else.
  mutating func read(_ group: ByteSpan, of text: Span<UInt8>) -> Bool {
    var read = self
    var at = group.start
    while at < group.end {
      let first = at
      if text[at].isDigit {
        var number = 0
        while at < group.end, text[at].isDigit {
          number = min(number * 10 + Int(text[at] & 0x0F), 10_000)
          at += 1
        }
        guard read.take(number, digits: at - first) else { return false }
        // “5th May”
        if at + 1 < group.end, Self.ordinals.contains(lowered: text, ByteSpan(at, at + 2)),
          at + 2 == group.end || !text[at + 2].isLetter
        {
          at += 2
        }
      } else if text[at].isLetter {
        while at < group.end, text[at].isLetter { at += 1 }
        guard read.take(Lexicon.english[WordHash(lowered: text, ByteSpan(first, at))]) else { return false }
      } else if text[at].isBlank || text[at] == UInt8(ascii: ".") {
        at += 1
      } else {
        return false
      }
    }
    guard read.isRead else { return false }
    self = read
    return true
  }

  private static let ordinals = WordSet(["st", "nd", "rd", "th"])

  private mutating func take(_ number: Int, digits: Int) -> Bool {
    if digits <= 2, day == nil {
      day = number
    } else if digits == 4, year == nil, month != nil {
      year = number
    } else {
      return false
    }
    return true
  }

  private mutating func take(_ word: WordEntry) -> Bool {
    if let named = word.month, month == nil {
      month = named
      isRead = true
    } else if word.traits.has(.anyWeekday) {
      isRead = true
    } else {
      return false
    }
    return true
  }
}
