import Bytes
import StageKit

/// Raw bytes to UTF-8. A byte order mark decides, then UTF-8 itself, then what the file declares, then what the bytes
/// look like.
struct DecodedText {
  var text: [UInt8]
  /// By the name the WHATWG Encoding Standard gives it, lower case.
  var encoding: String

  /// Where a text may say what its character set is.
  enum Declaration: Equatable {
    case text, html, xml
    /// Nowhere: it is UTF-8 by its standard (RFC 8259).
    case json
    /// Beside it, by a label: a part of a mail.
    case label([UInt8])

    /// By the standard's name.
    func declared(in bytes: [UInt8]) -> String? {
      switch self {
      case .text, .json: nil
      case .html: CharacterSetLabels.declared(in: bytes, xml: false)
      case .xml: CharacterSetLabels.declared(in: bytes, xml: true)
      case .label(let label): CharacterSetLabels.name(label)
      }
    }
  }

  /// Whether there is nothing but white space.
  var isBlank: Bool { !text.contains { !ByteClass($0).isAny(of: .space) } }

  init(_ raw: [UInt8], _ declaration: Declaration) throws(InputError) {
    if raw.starts(with: [0xFF, 0xFE]) || raw.starts(with: [0xFE, 0xFF]) {
      self = Self.fromUTF16(raw.dropFirst(2), little: raw[0] == 0xFF)
      return
    }
    let bytes = raw.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(raw.dropFirst(3)) : raw
    if let little = Self.isUTF16(bytes) {
      self = Self.fromUTF16(bytes[...], little: little)
      return
    }
    let declared = declaration.declared(in: bytes)
    let bad = bytes.firstInvalidUTF8
    if bad == nil, declared != "iso-2022-jp" {
      self = DecodedText(text: bytes, encoding: "utf-8")
      return
    }
    if declaration == .json, let bad {
      throw InputError(
        .notUTF8,
        "byte \(bad + 1) is not UTF-8; convert the file first, for example: iconv -f windows-1252 -t utf-8 FILE")
    }
    if Self.isBinary(bytes) {
      throw InputError(.binary, "the file is not text: it holds bytes that no text has")
    }
    self = try Self.fromOther(bytes, declared: declared)
  }

  init(text: [UInt8], encoding: String) {
    self.text = text
    self.encoding = encoding
  }

  private static func fromOther(_ bytes: [UInt8], declared: String?) throws(InputError) -> DecodedText {
    let isUnicode = declared.map { $0.hasPrefix("utf-") } ?? true
    if let declared, !isUnicode {
      if let found = SingleByteSets.decode(bytes, declared) { return DecodedText(text: found, encoding: declared) }
      let converted = try SystemCharacterSets.decode(bytes, declared)
      // A page in another set than it says is full of bytes that mean nothing there.
      if converted.errors * 50 <= converted.characters { return DecodedText(text: converted.text, encoding: declared) }
    }
    let name = CharacterSetDetection.name(of: bytes)
    if name == "utf-8" { return DecodedText(text: mended(bytes), encoding: name) }
    if let found = SingleByteSets.decode(bytes, name) { return DecodedText(text: found, encoding: name) }
    return DecodedText(text: try SystemCharacterSets.decode(bytes, name).text, encoding: name)
  }

  // MARK: What the bytes look like

  /// Whether a text is UTF-16 without a mark: every other byte of Latin text is zero.
  ///
  /// - Returns: whether the low byte comes first.
  private static func isUTF16(_ bytes: [UInt8]) -> Bool? {
    let pairs = min(bytes.count, 512) / 2
    guard pairs >= 4, bytes.count % 2 == 0 else { return nil }
    var (first, second) = (0, 0)
    for pair in 0..<pairs {
      if bytes[2 * pair] == 0 { first += 1 }
      if bytes[2 * pair + 1] == 0 { second += 1 }
    }
    if first == 0, second * 5 >= pairs * 3 { return true }
    return second == 0 && first * 5 >= pairs * 3 ? false : nil
  }

  /// Whether control characters stand where no text has them: zeros, or more than one in a hundred bytes of the rest.
  private static func isBinary(_ bytes: [UInt8]) -> Bool {
    var controls = 0
    let head = bytes.prefix(1 << 16)
    for byte in head where byte < 0x20 {
      if byte == 0 { return true }
      if !(0x09...0x0D).contains(byte), byte != 0x1B { controls += 1 }
    }
    return controls > 2 && controls * 100 > head.count
  }

  // MARK: Unicode

  private static func fromUTF16(_ bytes: ArraySlice<UInt8>, little: Bool) -> DecodedText {
    var units = [UInt16]()
    units.reserveCapacity(bytes.count / 2)
    var at = bytes.startIndex
    while at + 1 < bytes.endIndex {
      let (a, b) = (UInt16(bytes[at]), UInt16(bytes[at + 1]))
      units.append(little ? b << 8 | a : a << 8 | b)
      at += 2
    }
    return DecodedText(
      text: Array(String(decoding: units, as: UTF16.self).utf8), encoding: little ? "utf-16le" : "utf-16be")
  }

  /// UTF-8 with some bytes that are none: one among ASCII was pasted in from Windows, others become U+FFFD.
  private static func mended(_ bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count + 64)
    let span = bytes.span
    let windows = SingleByteSets.table("windows-1252") ?? []
    var at = 0
    while at < bytes.count {
      if bytes[at] < 0x80 {
        out.append(bytes[at])
        at += 1
      } else if let length = UTF8Validity.length(span, at) {
        out += bytes[at..<at + length]
        at += length
      } else {
        let isAlone = (at == 0 || bytes[at - 1] < 0x80) && at + 1 < bytes.count && bytes[at + 1] < 0x80
        UTF8Scalar.append(isAlone ? windows[Int(bytes[at]) - 0x80] : 0xFFFD, to: &out)
        at += 1
      }
    }
    return out
  }
}

/// Which bytes are UTF-8.
enum UTF8Validity {
  /// The length of the character of two to four bytes at `offset`; `nil` where there is none (RFC 3629).
  static func length(_ bytes: Span<UInt8>, _ offset: Int) -> Int? {
    let first = bytes[offset]
    let length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0
    guard length > 0, offset + length <= bytes.count else { return nil }
    for at in offset + 1..<offset + length where bytes[at] & 0xC0 != 0x80 { return nil }
    switch (first, bytes[offset + 1]) {
    case (0xE0, ..<0xA0), (0xED, 0xA0...), (0xF0, ..<0x90), (0xF4, 0x90...): return nil
    default: return length
    }
  }
}
