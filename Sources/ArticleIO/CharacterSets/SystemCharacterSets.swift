import Bytes
import Glibc
import StageKit

/// The East Asian character sets, by iconv(3) of the system.
enum SystemCharacterSets {
  struct Converted {
    var text: [UInt8] = []
    /// Bytes that mean nothing; each is U+FFFD in the text.
    var errors = 0
    var characters = 0
  }

  /// glibc's names for what browsers understand by the standard's.
  static let systemNames: [(name: String, system: String)] = [
    ("gb18030", "GB18030"), ("big5", "BIG5-HKSCS"), ("euc-jp", "EUC-JP-MS"), ("iso-2022-jp", "ISO-2022-JP"),
    ("shift_jis", "CP932"), ("euc-kr", "CP949"),
  ]

  static func decode(_ bytes: [UInt8], _ name: String) throws(InputError) -> Converted {
    let system = systemNames.first { $0.name == name }?.system ?? name
    let converter = iconv_open("UTF-8", system)
    guard converter != iconv_t(bitPattern: -1) else {
      throw InputError(
        .notUTF8,
        "the text is in the character set ‘\(name)’, which this system cannot read; install the gconv modules of its C "
          + "library (glibc-gconv-extra, where it is a package), or convert the file: iconv -f \(system) -t UTF-8 FILE")
    }
    defer { iconv_close(converter) }
    var result = Converted()
    result.text.reserveCapacity(bytes.count * 2)
    var source = bytes
    source.withUnsafeMutableBytes { raw in
      // iconv moves both pointers and counts its own way through buffers that outlive the call.
      var input = raw.baseAddress?.assumingMemoryBound(to: CChar.self)
      var left = raw.count
      var piece = [CChar](repeating: 0, count: 1 << 14)
      while left > 0 {
        var status = 0
        let made = piece.withUnsafeMutableBufferPointer { buffer in
          var output = buffer.baseAddress
          var room = buffer.count
          status = iconv(converter, &input, &left, &output, &room)
          return buffer.count - room
        }
        let stopped = status == -1 ? errno : 0
        for byte in piece[..<made] { result.text.append(UInt8(bitPattern: byte)) }
        if stopped == EILSEQ || stopped == EINVAL {
          UTF8Scalar.append(0xFFFD, to: &result.text)
          result.errors += 1
          input = input?.advanced(by: 1)
          left -= 1
        }
      }
    }
    result.characters = result.text.count(where: { $0 >= 0xC0 })
    return result
  }
}
