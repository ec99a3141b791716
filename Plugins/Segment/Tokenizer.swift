import Bytes
import Lexicon
import StageKit

/// What a token can mean for the end of a sentence.
enum Mark: UInt8 {
  case none
  /// A full stop that stands alone.
  case stop
  /// Question and exclamation marks.
  case exclamation
  case ellipsis
  /// “J.”: one capital and a full stop.
  case initial
  /// “Gen.”, “e.g.”, “No.” before a number: never the end.
  case continuing
  /// “Inc.”, “U.S.”: perhaps the end.
  case closing
  /// “a.m.”, “etc.”: the end where a capital follows.
  case ending
  /// “Photo:” after a caption.
  case credit
  /// “2.” or “b)” at the head of a list item.
  case enumerator
  case bullet
  /// A web or mail address, which posts set on a line of its own.
  case address
  /// “:-)”: the end where a capital follows.
  case smiley
  /// “=====”: a line drawn under what stands before.
  case rule
  /// “08/16/2000”: in the head of a letter.
  case numericDay
}

/// Cuts paragraphs into tokens, left to right, each byte looked at once.
struct Tokenizer {
  private(set) var tokens: [Token] = []
  /// One for each token.
  var marks: [Mark] = []

  let classes = ByteClass.table
  let lexicon = Lexicon.english
  let language: SegmentLanguage
  var lists = ListCounter()
  var paragraph = ByteSpan(0, 0)
  /// Index of the paragraph's first token.
  var firstToken = 0

  init(expectedBytes: Int, language: SegmentLanguage) {
    self.language = language
    tokens.reserveCapacity(expectedBytes / 5 + 8)
    marks.reserveCapacity(expectedBytes / 5 + 8)
  }

  mutating func add(
    _ paragraph: ByteSpan, of text: Span<UInt8>, _ watch: inout DeadlineWatch
  ) throws(StageError) {
    self.paragraph = paragraph
    firstToken = tokens.count
    lists = ListCounter()
    var at = paragraph.start
    let end = paragraph.end
    while at < end {
      try watch.step()
      let (kind, length) = character(text, at: at, classes)
      switch kind {
      case .space: at += length
      case .letter: at = addWord(at, end, text)
      case .ideograph:
        emit(at, min(at + length, end), .word)
        at += length
      case .digit: at = addNumber(at, end, text)
      case .punctuation, .symbol: at = addMark(at, end, text, kind, length)
      }
    }
  }

  @inline(__always)
  mutating func emit(_ start: Int, _ end: Int, _ kind: Token.Kind, _ mark: Mark = .none) {
    tokens.append(Token(ByteSpan(start, end), kind: kind))
    marks.append(mark)
  }

  var isAtParagraphStart: Bool { tokens.count == firstToken }

  /// Whether the token before touches `offset`.
  func touches(_ offset: Int) -> Bool { tokens.count > firstToken && tokens.last?.span.end == offset }

  /// The end of the letters, digits and underscores from `start`.
  @inline(__always)
  func runEnd(_ start: Int, _ end: Int, _ text: Span<UInt8>) -> Int {
    var at = start
    while at < end {
      let byte = text[at]
      if classes[Int(byte)].isAny(of: .alphanumeric) || byte == UInt8(ascii: "_") {
        at += 1
      } else if byte >= 0x80 {
        let (kind, length) = character(text, at: at, classes)
        if kind != .letter { break }
        at += length
      } else {
        break
      }
    }
    return at
  }

  func isAlphanumeric(_ offset: Int, _ end: Int, _ text: Span<UInt8>) -> Bool {
    if offset >= end { return false }
    let kind = character(text, at: offset, classes).kind
    return kind == .letter || kind == .digit
  }

  func isSpaceOrEnd(_ offset: Int, _ end: Int, _ text: Span<UInt8>) -> Bool {
    offset >= end || character(text, at: offset, classes).kind == .space
  }

  /// The first byte that is no space from `offset`; `end` where there is none.
  func nextVisible(_ offset: Int, _ end: Int, _ text: Span<UInt8>) -> Int {
    var at = offset
    while at < end {
      let (kind, length) = character(text, at: at, classes)
      if kind != .space { break }
      at += length
    }
    return at
  }
}
