import Bytes
import StageKit

/// The value of a field such as `Content-Type: text/plain; charset="utf-8"` (RFC 2045).
struct MailParameters {
  /// `text/plain`, in lower case.
  private(set) var value: [UInt8] = []
  private var all: [(name: [UInt8], value: [UInt8])] = []

  init(_ field: [UInt8]) {
    var reader = Reader(field)
    value = reader.word(until: UInt8(ascii: ";")).map(\.lowered)
    while all.count < Self.most, reader.take(UInt8(ascii: ";")) {
      var name = reader.word(until: UInt8(ascii: "=")).map(\.lowered)
      guard reader.take(UInt8(ascii: "=")) else { continue }
      let part = reader.word(until: UInt8(ascii: ";"))
      // `boundary*0="one"; boundary*1="two"` is one value in pieces (RFC 2231).
      if let star = name.firstIndex(of: UInt8(ascii: "*")) {
        name.removeSubrange(star...)
        if let place = all.firstIndex(where: { $0.name == name }) {
          all[place].value += part
          continue
        }
      }
      all.append((name, part))
    }
  }

  private static let most = 100

  subscript(_ name: StaticString) -> [UInt8]? {
    name.withUTF8Buffer { name in all.first { $0.name.elementsEqual(name) }?.value }
  }

  /// A parameter that is a word, in lower case; empty where there is none.
  func word(_ name: StaticString) -> [UInt8] { self[name]?.map(\.lowered) ?? [] }

  /// Words, quoted strings without their quotation marks, comments passed over.
  private struct Reader {
    private let bytes: [UInt8]
    private var at = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Steps over the mark, where it is what ended the word.
    mutating func take(_ mark: UInt8) -> Bool {
      guard at < bytes.count, bytes[at] == mark else { return false }
      at += 1
      return true
    }

    /// Up to the mark, which is not passed over, without white space. A `;` always ends it.
    mutating func word(until mark: UInt8) -> [UInt8] {
      var word: [UInt8] = []
      var (isQuoted, comments) = (false, 0)
      while at < bytes.count {
        let byte = bytes[at]
        if byte == UInt8(ascii: "\\"), isQuoted || comments > 0 {
          at += 1
          if comments == 0, at < bytes.count { word.append(bytes[at]) }
        } else if comments > 0 {
          comments += byte == UInt8(ascii: "(") ? 1 : byte == UInt8(ascii: ")") ? -1 : 0
        } else if byte == UInt8(ascii: "\"") {
          isQuoted.toggle()
        } else if isQuoted {
          word.append(byte)
        } else if byte == mark || byte == UInt8(ascii: ";") {
          break
        } else if byte == UInt8(ascii: "(") {
          comments = 1
        } else if byte > 0x20 {
          word.append(byte)
        }
        at += 1
      }
      return word
    }
  }
}
