import Bytes
import StageKit

/// Words as scores of text extraction count them: runs of letters, digits and underscores; in scripts without spaces each
/// character.
package enum Words {
  /// The hash of each word, in order.
  package static func hashes(_ bytes: Span<UInt8>, _ span: ByteSpan, lowered: Bool = false) -> [UInt64] {
    var hashes: [UInt64] = []
    var (word, isOpen, at) = (WordHash.Builder(), false, span.start)
    func close() {
      if isOpen { hashes.append(word.hash.value) }
      (word, isOpen) = (WordHash.Builder(), false)
    }
    while at < span.end {
      let byte = bytes[at]
      if byte < 0x80 {
        switch byte {
        case 0x41...0x5A: word.add(lowered ? byte | 0x20 : byte)
        case 0x30...0x39, 0x5F, 0x61...0x7A: word.add(byte)
        default:
          close()
          at += 1
          continue
        }
        (isOpen, at) = (true, at + 1)
        continue
      }
      let (value, length) = UTF8Scalar.decode(bytes, at: at)
      at += length
      if Script.isDense(value) {
        close()
        for offset in Range(from: at - length, upTo: min(at, bytes.count)) { word.add(bytes[offset]) }
        isOpen = true
        close()
        continue
      }
      guard let scalar = Unicode.Scalar(value), isWordPart(scalar) else {
        close()
        continue
      }
      isOpen = true
      let text = lowered ? scalar.properties.lowercaseMapping : String(scalar)
      for byte in text.utf8 { word.add(byte) }
    }
    close()
    return hashes
  }

  package static func hashes(_ bytes: [UInt8], lowered: Bool = false) -> [UInt64] {
    hashes(bytes.span, ByteSpan(0, bytes.count), lowered: lowered)
  }

  private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber:
      true
    default: false
    }
  }
}
