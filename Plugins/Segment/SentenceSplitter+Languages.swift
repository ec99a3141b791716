import Bytes
import Lexicon
import StageKit

/// Ends of sentences in languages other than English.
extension SentenceSplitter {
  /// Whether a sentence ends after the mark at `index`, by rules that need no word of the language; `nil` where they say
  /// nothing.
  func foreignBoundary(_ index: Int, _ next: Int, _ first: Int, _ start: Int, _ text: Span<UInt8>) -> Bool? {
    let mark = marks[index]
    let word = tokens[first].span
    let isLower = text.isLower(at: word.start)
    if language.isUnknown {
      // A word that English does not begin a sentence with, in lower case or behind an ordinal.
      if isLower, mark == .stop {
        return text[word.start] >= 0x80 || !Lexicon.english.has(.plainStarter, WordHash(text, word)) ? false : nil
      }
      let isOrdinal = mark == .stop && isOrdinal(index, text) && tokens[first].kind == .word
      return isOrdinal && !Lexicon.english.has([.running, .common, .sentenceStarter], lowered: text, word) ? false : nil
    }
    if isLower, mark == .stop || mark == .exclamation || mark == .ellipsis { return false }
    if mark == .initial { return tokens[first].kind == .number && first > next }
    if mark == .stop, language.hasOrdinals, isOrdinal(index, text) { return false }
    // «К чему? – спросила она. – Завтра выходной»: who speaks, inside the marks.
    if isDash(tokens[next].span, text), isInGuillemets(start, index, text) { return false }
    return nil
  }

  /// “12. Juni”, “im 19. Jahrhundert”: a number of one or two digits right before the full stop.
  private func isOrdinal(_ index: Int, _ text: Span<UInt8>) -> Bool {
    guard index > 0, tokens[index - 1].kind == .number, tokens[index - 1].span.end == tokens[index].span.start,
      tokens[index].span.count == 1,
      index == 1 || tokens[index - 2].kind == .punctuation || tokens[index - 2].span.end < tokens[index - 1].span.start
    else { return false }
    let number = tokens[index - 1].span
    return number.count <= 2 && number.range.allSatisfy { text[$0].isDigit }
  }

  /// Tokens that are looked back through for an opening mark.
  private static let longestQuotation = 200

  private func isInGuillemets(_ start: Int, _ index: Int, _ text: Span<UInt8>) -> Bool {
    var depth = 0
    for at in Range(from: max(start, index - Self.longestQuotation), upTo: index)
    where text[tokens[at].span.start] == 0xC2 {
      switch UTF8Scalar.decode(text, at: tokens[at].span.start).value {
      case 0xAB: depth += 1
      case 0xBB: depth -= 1
      default: break
      }
    }
    return depth > 0
  }

  /// “»” behind a space, and before another one.
  func closesApart(_ index: Int, _ limit: Int, _ text: Span<UInt8>) -> Bool {
    let span = tokens[index].span
    guard text[span.start] == 0xC2, UTF8Scalar.decode(text, at: span.start).value == 0xBB,
      tokens[index - 1].span.end < span.start
    else { return false }
    return index + 1 >= limit || tokens[index + 1].span.start > span.end
  }

  /// Whether the sentence goes on behind a full stop of a script without spaces: inside 「…」 and 《…》, and before と and the
  /// like.
  func goesOn(_ index: Int, _ next: Int, _ start: Int, _ text: Span<UInt8>) -> Bool {
    if isInBrackets(start, next, text) { return true }
    guard next > index + 1 else { return false }
    let last = UTF8Scalar.decode(text, at: tokens[next - 1].span.start).value
    // The name of a film or a book.
    if last == 0x3009 || last == 0x300B { return true }
    guard last == 0x300D || last == 0x300F || last == 0x201D else { return false }
    switch UTF8Scalar.decode(text, at: tokens[next].span.start).value {
    // と っ 、 ， 。 の を が は
    case 0x3068, 0x3063, 0x3001, 0xFF0C, 0x3002, 0x306E, 0x3092, 0x304C, 0x306F: return true
    default: return false
    }
  }

  /// Whether 「, 『, 《, 〈, 【 or （ is open before `end`.
  private func isInBrackets(_ start: Int, _ end: Int, _ text: Span<UInt8>) -> Bool {
    var depth = 0
    for at in Range(from: max(start, end - Self.longestQuotation), clampedTo: end)
    where text[tokens[at].span.start] >= 0xE3 {
      switch UTF8Scalar.decode(text, at: tokens[at].span.start).value {
      case 0x3008, 0x300A, 0x300C, 0x300E, 0x3010, 0xFF08: depth += 1
      case 0x3009, 0x300B, 0x300D, 0x300F, 0x3011, 0xFF09: depth -= 1
      default: break
      }
    }
    return depth > 0
  }
}
