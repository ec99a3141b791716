import Glibc
import StageKit

/// Raw bytes to UTF-8: a byte order mark decides, then UTF-8 itself, then what a page declares.
struct DecodedText {
  var text: [UInt8]
  var encoding: String

  init(_ raw: [UInt8], isMarkup: Bool) throws(InputError) {
    if raw.starts(with: [0xFF, 0xFE]) || raw.starts(with: [0xFE, 0xFF]) {
      let little = raw[0] == 0xFF
      self = DecodedText(
        text: Self.fromUTF16(raw.dropFirst(2), little: little), encoding: little ? "utf-16le" : "utf-16be")
      return
    }
    let bytes = raw.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(raw.dropFirst(3)) : raw
    guard let bad = bytes.firstInvalidUTF8 else {
      self = DecodedText(text: bytes, encoding: "utf-8")
      return
    }
    if !isMarkup || bytes.prefix(1024).contains(0) {
      if bytes.contains(0) { throw InputError("binary", "the file is not text: it holds zero bytes") }
      throw InputError(
        "not_utf8",
        "byte \(bad + 1) is not UTF-8; convert the file first, for example: iconv -f windows-1252 -t utf-8 FILE")
    }
    let declared = Self.declaredCharacterSet(bytes) ?? "windows-1252"
    if declared == "utf-8" {
      self = DecodedText(text: Array(String(decoding: bytes, as: UTF8.self).utf8), encoding: "utf-8")
    } else {
      self = DecodedText(text: try Self.convert(bytes, from: declared), encoding: declared)
    }
  }

  private init(text: [UInt8], encoding: String) {
    self.text = text
    self.encoding = encoding
  }

  private static func fromUTF16(_ bytes: ArraySlice<UInt8>, little: Bool) -> [UInt8] {
    var units = [UInt16]()
    units.reserveCapacity(bytes.count / 2)
    var at = bytes.startIndex
    while at + 1 < bytes.endIndex {
      let (a, b) = (UInt16(bytes[at]), UInt16(bytes[at + 1]))
      units.append(little ? b << 8 | a : a << 8 | b)
      at += 2
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  /// The `charset` of a meta element in the first 4 KB, by the name the WHATWG Encoding Standard gives it.
  static func declaredCharacterSet(_ bytes: [UInt8]) -> String? {
    let head = bytes.prefix(4096).map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
    let key = Array("charset".utf8)
    var at = 0
    while at + key.count < head.count {
      guard head[at...].starts(with: key) else {
        at += 1
        continue
      }
      at += key.count
      let skipped: Set<UInt8> = [0x20, 0x3D, 0x22, 0x27]
      while at < head.count, skipped.contains(head[at]) { at += 1 }
      let label = head[at...].prefix { ByteClass($0).isAny(of: .alphanumeric) || $0 == 0x2D || $0 == 0x5F }
      if let name = standardName(String(decoding: label, as: UTF8.self)) { return name }
    }
    return nil
  }

  private static func standardName(_ label: String) -> String? {
    switch label {
    case "": nil
    case "utf-8", "utf8": "utf-8"
    case "iso-8859-1", "latin1", "us-ascii", "ascii", "windows-1252", "cp1252", "iso8859-1": "windows-1252"
    case "iso-8859-9", "latin5": "windows-1254"
    case "gb2312", "gbk", "x-gbk": "gb18030"
    case "shift_jis", "x-sjis", "sjis": "shift_jis"
    case "ks_c_5601-1987": "euc-kr"
    default: label
    }
  }

  private static func convert(_ bytes: [UInt8], from name: String) throws(InputError) -> [UInt8] {
    let converter = iconv_open("UTF-8", name)
    guard converter != iconv_t(bitPattern: -1) else {
      throw InputError("not_utf8", "the page declares the character set ‘\(name)’, which this system does not know")
    }
    defer { iconv_close(converter) }
    var result = [UInt8]()
    result.reserveCapacity(bytes.count * 2)
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
        result.append(contentsOf: piece[..<made].map { UInt8(bitPattern: $0) })
        if stopped == EILSEQ || stopped == EINVAL {
          UTF8Scalar.append(0xFFFD, to: &result)
          input = input?.advanced(by: 1)
          left -= 1
        }
      }
    }
    return result
  }
}
