import StageKit

/// The names in a list of mailboxes: `"Jane Lind, desk" <jane@example.org>, ada@example.org (Ada Corr)` (RFC 5322, 3.4).
enum MailAddresses {
  private static let most = 100

  /// Those of the mailboxes that have one.
  static func names(_ field: [UInt8]) -> [[UInt8]] {
    var names: [[UInt8]] = []
    var (phrase, comment): ([UInt8], [UInt8]) = ([], [])
    var (isQuoted, comments, isInAngle, hasAngle) = (false, 0, false, false)
    func finish() {
      let name = EncodedWords.decode(hasAngle ? phrase : comment)
      // A program that knows no name writes the address twice.
      if !name.isEmpty, !name.contains(UInt8(ascii: "@")), names.count < most { names.append(name) }
      (phrase, comment, hasAngle) = ([], [], false)
    }
    func add(_ byte: UInt8) {
      if comments > 0 { comment.append(byte) } else if !isInAngle { phrase.append(byte) }
    }
    var at = 0
    while at < field.count {
      let byte = field[at]
      at += 1
      switch byte {
      case UInt8(ascii: "\\") where isQuoted || comments > 0:
        if at < field.count { add(field[at]) }
        at += 1
      case UInt8(ascii: "(") where !isQuoted:
        comments += 1
        if comments > 1 { add(byte) }
      case UInt8(ascii: ")") where comments > 0:
        comments -= 1
        if comments > 0 { add(byte) }
      case UInt8(ascii: "\"") where comments == 0: isQuoted.toggle()
      case _ where isQuoted || comments > 0: add(byte)
      case UInt8(ascii: "<"): (isInAngle, hasAngle) = (true, true)
      case UInt8(ascii: ">"): isInAngle = false
      case UInt8(ascii: ","), UInt8(ascii: ";"):
        isInAngle = false
        finish()
      // The name of a group stands before its colon.
      case UInt8(ascii: ":") where !isInAngle: phrase = []
      default: add(byte)
      }
    }
    finish()
    return names
  }
}
