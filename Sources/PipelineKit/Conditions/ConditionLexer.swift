/// What is wrong with an expression, and where: in bytes of it.
public struct ConditionProblem: Error, Equatable, Sendable {
  public var place: Range<Int>
  /// One sentence without a full stop: what is wrong, then how to fix it.
  public var message: String
}

/// Cuts an expression into tokens.
struct ConditionLexer {
  enum Token: Equatable {
    /// A field, `and`, `in`, or a word that is nothing.
    case word(String)
    case text(String)
    case number(Int)
    /// One of `== != < > <= >= ( ) [ ] ,`.
    case mark(String)
    case end
  }

  private let bytes: [UInt8]
  private var at = 0

  /// Longer expressions are refused.
  static let mostBytes = 4096
  private static let comparisons = ["==", "!=", "<", ">", "<=", ">="]
  /// What other languages write.
  private static let meant = [
    "=": "==", "===": "==", "!==": "!=", "<>": "!=", "=<": "<=", "=>": ">=", "&": "and", "&&": "and", "|": "or",
    "||": "or", "!": "not", "~": "matches", "=~": "matches", "~=": "matches",
  ]

  init(_ text: String) { bytes = Array(text.utf8) }

  /// The next token and where it stands.
  mutating func next() throws(ConditionProblem) -> (token: Token, place: Range<Int>) {
    while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
    guard at < bytes.count else { return (.end, bytes.count..<bytes.count) }
    let byte = bytes[at]
    if byte.isLetter || byte == UInt8(ascii: "_") {
      let (word, place) = take { $0.isLetter || $0.isDigit || "_.".utf8.contains($0) }
      return (.word(word), place)
    }
    if byte.isDigit || byte == UInt8(ascii: "-") { return try number() }
    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { return try text(closedBy: byte) }
    if "()[],".utf8.contains(byte) {
      at += 1
      return (.mark(String(UnicodeScalar(byte))), Range(from: at - 1, count: 1))
    }
    let (mark, place) = take { "=!<>&|~".utf8.contains($0) }
    if Self.comparisons.contains(mark) { return (.mark(mark), place) }
    if let meant = Self.meant[mark] {
      throw ConditionProblem(place: place, message: "‘\(mark)’ is not known here: write ‘\(meant)’")
    }
    if !mark.isEmpty { throw ConditionProblem(place: place, message: "‘\(mark)’ is no comparison") }
    throw strange()
  }

  /// The longest run of bytes from here on that fit.
  private mutating func take(_ fits: (UInt8) -> Bool) -> (String, Range<Int>) {
    let start = at
    while at < bytes.count, fits(bytes[at]) { at += 1 }
    let place = Range(from: start, upTo: at)
    return (String(decoding: bytes[place], as: UTF8.self), place)
  }

  private mutating func number() throws(ConditionProblem) -> (token: Token, place: Range<Int>) {
    let (digits, place) = take { $0.isLetter || $0.isDigit || "-_.%".utf8.contains($0) }
    guard let number = Int(digits) else {
      throw ConditionProblem(place: place, message: "‘\(digits)’ is no whole number: write digits alone, as in 50")
    }
    return (.number(number), place)
  }

  private mutating func text(closedBy quote: UInt8) throws(ConditionProblem) -> (token: Token, place: Range<Int>) {
    let start = at
    at += 1
    let (text, _) = take { $0 != quote }
    guard at < bytes.count else {
      throw ConditionProblem(
        place: start..<bytes.count, message: "the text is not closed: put a quotation mark behind it")
    }
    at += 1
    return (.text(text), Range(from: start, upTo: at))
  }

  /// A character that begins nothing.
  private func strange() -> ConditionProblem {
    var end = at + 1
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    let character = String(decoding: bytes[at..<end], as: UTF8.self)
    let isQuote = ["“", "”", "„", "‘", "’", "«", "»"].contains(character)
    return ConditionProblem(
      place: at..<end,
      message: isQuote
        ? "texts stand in straight quotation marks: write \" in place of \(character)"
        : "‘\(character)’ cannot stand here: texts stand in quotation marks, as in \"en\"")
  }
}
