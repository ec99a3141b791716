import Bytes
import Lexicon
import StageKit

/// How a paragraph opens, and what follows from it: who speaks, and whether it is a question.
struct ParagraphOpening {
  /// Only these can be a question or an answer.
  let isBody: Bool
  /// “LUND”, “Q”, “Ada Lund”: what stands before the first colon, or the first full stop.
  private(set) var label: ByteSpan?
  private(set) var form = Form.name
  /// Of the label as written.
  private(set) var speaker: WordHash?
  /// Whether something follows the label.
  private(set) var hasWords = false
  /// Ends with a question mark, and opens like a sentence that is not quoted.
  let isQuestion: Bool
  let words: Int

  enum Form {
    /// “Q”, “Question”
    case question
    /// “A”, “Answer”
    case answer
    /// “Moderator”
    case role
    case capitals, name
  }

  init(_ paragraph: Paragraph, in text: Span<UInt8>) {
    let span = paragraph.span.trimmed(in: text)
    isBody = paragraph.kind == .body
    words = span.range.count { text[$0] == 0x20 } + 1
    let opensUpper = !span.isEmpty && UTF8Scalar.isUpper(UTF8Scalar.decode(text, at: span.start).value)
    isQuestion = opensUpper && text[span.end - 1] == UInt8(ascii: "?")
    guard !span.isEmpty, paragraph.kind != .heading, let (label, form) = Self.label(in: text, span) else { return }
    self.label = label
    self.form = form
    speaker = WordHash(text, label)
    hasWords = Range(from: min(label.end + 1, span.end), upTo: span.end).contains { text[$0] != 0x20 }
  }

  /// A speaker's name has no more words.
  private static let mostWords = 4
  /// Nor more bytes.
  private static let longest = 80

  private static func label(in text: Span<UInt8>, _ paragraph: ByteSpan) -> (ByteSpan, Form)? {
    let limit = min(paragraph.end, paragraph.start + longest)
    var at = paragraph.start
    while at < limit, text[at].isLetter { at += 1 }
    let first = ByteSpan(paragraph.start, at)
    if Lexicon.english.has(.speakerLabel, lowered: text, first) {
      guard at < limit, isStop(text[at]) || text[at] == 0x20 && at + 1 < limit && text[at + 1] == UInt8(ascii: ":")
      else { return nil }
      return (
        first,
        questions.contains(lowered: text, first) ? .question : answers.contains(lowered: text, first) ? .answer : .role
      )
    }
    return name(in: text, paragraph.start, limit)
  }

  /// Words that begin with capitals, up to a colon.
  private static func name(in text: Span<UInt8>, _ start: Int, _ limit: Int) -> (ByteSpan, Form)? {
    var (at, words, isUpper) = (start, 0, true)
    var last = WordEntry()
    while words < mostWords {
      guard at < limit, UTF8Scalar.isUpper(UTF8Scalar.decode(text, at: at).value) else { return nil }
      let word = at
      while at < limit, isInWord(text, at) { at += 1 }
      last = Lexicon.english[WordHash(lowered: text, ByteSpan(word, at))]
      // “Related: …” says what the text is.
      if last.traits.contains(.headlineLabel) { return nil }
      isUpper = isUpper && at - word > 1 && text[at - 1].isUpper && text[word + 1].isUpper
      words += 1
      let end = at
      while at < limit, text[at] == 0x20 { at += 1 }
      guard at < limit else { return nil }
      if text[at] == UInt8(ascii: ":") {
        // “Flood Warning: …”, “Reporting: …” do too.
        let isText = last.traits.contains(.speechNoun) || !last.speech.isEmpty && last.forms.contains(.ing)
        if isText || isUpper && isPlace(in: text, ByteSpan(start, end)) { return nil }
        return (ByteSpan(start, end), isUpper ? .capitals : .name)
      }
      if at == end { return nil }
    }
    return nil
  }

  /// “MUMBAI”, “NEW DELHI”: a dateline.
  private static func isPlace(in text: Span<UInt8>, _ label: ByteSpan) -> Bool {
    var phrase = PhraseHash()
    var (word, count) = (WordHash.Builder(), 0)
    var single = WordHash(value: 1)
    for at in Range(from: label.start, upTo: label.end + 1) {
      if at < label.end, text[at] != 0x20 {
        let isFirst = at == label.start || text[at - 1] == 0x20
        word.add(isFirst ? text[at] : text[at].lowered)
        continue
      }
      single = word.hash
      phrase.add(single)
      count += 1
      word = WordHash.Builder()
    }
    let name = Lexicon.english[count == 1 ? single : phrase.value].name
    guard [.country, .region, .city, .largeCity].contains(name) else { return false }
    return !Lexicon.english.has([.given, .surname], lowered: text, label)
  }

  /// Letters of any script, and what joins parts of a name or shortens it.
  private static func isInWord(_ text: Span<UInt8>, _ at: Int) -> Bool {
    switch text[at] {
    case UInt8(ascii: "'"), UInt8(ascii: "-"), UInt8(ascii: "."): true
    case 0xE2: text.holds("’", at: at)
    case 0x80...: true
    default: text[at].isLetter || text[at].isDigit
    }
  }

  private static func isStop(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ":"), UInt8(ascii: "."), UInt8(ascii: "?"), UInt8(ascii: "!"): true
    default: false
    }
  }

  private static let questions = WordSet(["q", "question"])
  private static let answers = WordSet(["a", "answer"])
}
