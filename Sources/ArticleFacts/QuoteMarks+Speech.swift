import Bytes
import Lexicon
import StageKit

// What words tell of quotations whose marks do not: a mark that was never closed, dashes of a dialogue, nicknames.
extension QuoteMarks {
  /// Where a quotation ends whose closing mark is missing: behind the comma before “she said.” or “Corr said,”.
  ///
  /// - Returns: `nil` where no such tag stands between the two offsets.
  static func endBeforeTag(_ start: Int, _ end: Int, in text: Span<UInt8>) -> Int? {
    var at = start
    while at < end {
      if text[at] == UInt8(ascii: ","), at > start, isTag(at + 1, end, in: text) { return at + 1 }
      at += 1
    }
    return nil
  }

  /// “ she said.”, “ Ada Corr told,”: a name or pronoun, a verb of speech, and the end of a clause.
  private static func isTag(_ start: Int, _ end: Int, in text: Span<UInt8>) -> Bool {
    guard start + 1 < end, text[start] == 0x20 else { return false }
    var at = start + 1
    var words = 0
    while words < mostWordsOfTag {
      let word = word(at, end, in: text)
      guard !word.isEmpty else { return false }
      let entry = Lexicon.english[WordHash(lowered: text, word)]
      if words > 0, entry.forms.has([.past, .third]), entry.speech.has([.say, .quote, .tell]), !text[word.start].isUpper
      {
        return word.end < end && (text[word.end] == UInt8(ascii: ".") || text[word.end] == UInt8(ascii: ","))
      }
      let isSubject = entry.traits.has(.subjectPronoun) && !entry.traits.has([.firstPerson, .relative, .that])
      guard words == 0 && isSubject || UTF8Scalar.isUpper(UTF8Scalar.decode(text, at: word.start).value),
        word.end < end, text[word.end] == 0x20
      else { return false }
      at = word.end + 1
      words += 1
    }
    return false
  }

  private static let mostWordsOfTag = 4

  private static func word(_ start: Int, _ end: Int, in text: Span<UInt8>) -> ByteSpan {
    var at = start
    while at < end, text[at].isLetter || text[at] >= 0x80 || text[at] == UInt8(ascii: "-") { at += 1 }
    return ByteSpan(start, at)
  }

  /// The quotations of a paragraph that opens with a dash and has a tag behind another one: “— We lost — said Corr. — We
  /// shall win.” Without such a tag a dash may be anything.
  static func dialogue(_ paragraph: ByteSpan, in text: Span<UInt8>) -> [Quotation] {
    guard let first = dash(at: paragraph.start, in: text, paragraph.end) else { return [] }
    var quotations: [Quotation] = []
    // Where the quotation opens that is being read; `nil` in a tag.
    var open: (outer: Int, inner: Int)? = (paragraph.start, first)
    func close(at end: Int) {
      guard let start = open, end > start.inner else { return }
      let inner = ByteSpan(start.inner, end).trimmed(in: text)
      if inner.isEmpty { return }
      quotations.append(Quotation(outer: ByteSpan(start.outer, inner.end), inner: inner, isClosed: true))
    }
    var at = first
    while at < paragraph.end {
      guard text[at] >= 0x80, at > 0, text[at - 1] == 0x20 || text[at - 1] == UInt8(ascii: "."),
        let after = dash(at: at, in: text, paragraph.end)
      else {
        at += 1
        continue
      }
      if open == nil {
        open = (at, after)
      } else {
        let verb = word(after, paragraph.end, in: text)
        let entry = Lexicon.english[WordHash(lowered: text, verb)]
        if !verb.isEmpty, text[verb.start].isLower, entry.forms.has([.past, .third]),
          entry.speech.has([.say, .sayThat, .quote, .tell])
        {
          close(at: at)
          open = nil
        }
      }
      at = after
    }
    if quotations.isEmpty { return [] }
    close(at: paragraph.end)
    return quotations
  }

  /// The offset behind a long dash and its space.
  private static func dash(at offset: Int, in text: Span<UInt8>, _ end: Int) -> Int? {
    guard offset + 3 < end, text[offset] == 0xE2 else { return nil }
    let value = UTF8Scalar.decode(text, at: offset).value
    guard value == 0x2014 || value == 0x2015 || value == 0x2013 else { return nil }
    return text[offset + 3] == 0x20 ? offset + 4 : offset + 3
  }

  /// Whether a quotation is part of a name: Diego “El Rayo” Paz.
  static func isNickname(_ quotation: Quotation, in text: Span<UInt8>) -> Bool {
    let (outer, inner) = (quotation.outer, quotation.inner)
    guard inner.count <= longestNickname, outer.start > 1, outer.end + 1 < text.count, text[outer.start - 1] == 0x20,
      text[outer.end] == 0x20, UTF8Scalar.isUpper(UTF8Scalar.decode(text, at: outer.end + 1).value)
    else { return false }
    var before = outer.start - 1
    while before > 0, text[before - 1].isLetter || text[before - 1] >= 0x80 { before -= 1 }
    let first = ByteSpan(before, outer.start - 1)
    guard !first.isEmpty, UTF8Scalar.isUpper(UTF8Scalar.decode(text, at: first.start).value),
      !Lexicon.english.has([.functionWord, .sentenceStarter, .determiner], lowered: text, first)
    else { return false }
    // “The” and “El” begin names of all kinds.
    var (words, at) = (0, inner.start)
    while at < inner.end {
      let word = word(at, inner.end, in: text)
      guard !word.isEmpty, word.end == inner.end || text[word.end] == 0x20,
        UTF8Scalar.isUpper(UTF8Scalar.decode(text, at: word.start).value)
      else { return false }
      words += 1
      at = word.end + 1
    }
    let behind = word(outer.end + 1, text.count, in: text)
    // “Lund sang “Blue Sea” Monday.”
    return words < 4 && !Lexicon.english.has([.weekday, .month, .time], lowered: text, behind)
  }

  private static let longestNickname = 30
}
