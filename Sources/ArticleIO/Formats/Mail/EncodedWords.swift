import Bytes
import StageKit

/// Header text with words such as `=?utf-8?Q?caf=C3=A9?=` in it (RFC 2047).
enum EncodedWords {
  /// One word after `=?`.
  private struct Word {
    var label: [UInt8]
    var bytes: [UInt8]
    /// Behind its `?=`.
    var end: Int
  }

  /// The text in UTF-8, with single spaces, and none at its ends. A word that cannot be read stays as it is.
  static func decode(_ field: some Sequence<UInt8>) -> [UInt8] {
    let bytes = Array(field)
    var out: [UInt8] = []
    /// Where the text begins that was not written yet.
    var plain = 0
    var at = 0
    while at + 1 < bytes.count {
      guard bytes[at] == UInt8(ascii: "="), var word = word(bytes, at) else {
        at += 1
        continue
      }
      out += text(Array(bytes[plain..<at]))
      // Space between two words is none; a character may begin in one and end in the next.
      var end = word.end
      while let next = nextWord(bytes, end) {
        if next.label == word.label {
          word.bytes += next.bytes
        } else {
          out += text(word, bytes[at..<end])
          (word, at) = (next, end)
        }
        end = next.end
      }
      out += text(word, bytes[at..<end])
      (at, plain) = (end, end)
    }
    return spaced(out + text(Array(bytes[plain...])))
  }

  private static func nextWord(_ bytes: [UInt8], _ start: Int) -> Word? {
    var at = start
    while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 0x09 { at += 1 }
    return word(bytes, at)
  }

  /// The encoded word that begins at `start`.
  private static func word(_ bytes: [UInt8], _ start: Int) -> Word? {
    guard bytes[start...].starts(with: "=?".utf8) else { return nil }
    let label = bytes[(start + 2)...].prefix {
      $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "=")
    }
    let form = label.endIndex + 1
    // `utf-8*en` names a language too.
    guard !label.isEmpty, form + 1 < bytes.count, bytes[form - 1] == UInt8(ascii: "?"),
      bytes[form + 1] == UInt8(ascii: "?")
    else { return nil }
    let content = bytes[(form + 2)...].prefix { $0 != UInt8(ascii: "?") }
    guard bytes[content.endIndex...].starts(with: "?=".utf8) else { return nil }
    let decoded: [UInt8]
    switch bytes[form] | 0x20 {
    case UInt8(ascii: "b"): decoded = TransferEncoding.base64(content)
    case UInt8(ascii: "q"): decoded = quoted(content)
    default: return nil
    }
    return Word(
      label: label.prefix { $0 != UInt8(ascii: "*") }.map(\.lowered), bytes: decoded,
      end: content.endIndex + 2)
  }

  private static func quoted(_ content: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    var at = content.startIndex
    while at < content.endIndex {
      if content[at] == UInt8(ascii: "="), let value = TransferEncoding.hexByte(content[(at + 1)...]) {
        out.append(value)
        at += 3
      } else {
        out.append(content[at] == UInt8(ascii: "_") ? 0x20 : content[at])
        at += 1
      }
    }
    return out
  }

  private static func text(_ word: Word, _ raw: ArraySlice<UInt8>) -> [UInt8] {
    guard let name = CharacterSetLabels.name(word.label) else { return text(Array(raw)) }
    let isASCII = word.label.elementsEqual("us-ascii".utf8)
    return (try? DecodedText(word.bytes, isASCII ? .text : .label(Array(name.utf8))))?.text ?? text(Array(raw))
  }

  /// Text that stands in the header as it is, in whatever character set; what is no text is left out.
  private static func text(_ bytes: [UInt8]) -> [UInt8] {
    if bytes.firstInvalidUTF8 == nil { return bytes }
    return (try? DecodedText(bytes, .text))?.text ?? bytes.filter { $0 < 0x80 }
  }

  private static func spaced(_ text: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(text.count)
    for byte in text {
      if byte > 0x20 {
        out.append(byte)
      } else if let last = out.last, last != 0x20 {
        out.append(0x20)
      }
    }
    if out.last == 0x20 { out.removeLast() }
    return out
  }
}
