import Bytes
import Lexicon
import StageKit

/// What is known of one token: everything the rules for names look at.
package struct Word: Sendable {
  /// Of the token with ASCII letters lowered and straight apostrophes.
  var lowered: WordHash
  var form: WordHash
  /// For a token in capitals, of its form with only the first one kept.
  var titled: WordHash
  var traits: WordTraits
  /// A month, a number, …: what `value` is, see `WordEntry`.
  var valueKind: ValueKind
  var shape: Shape
  var value: UInt32
  /// The first byte of a punctuation mark, else 0.
  var mark: UInt8
  /// The number of its entry in the dictionary; 0 where it has not been looked up.
  var entry: UInt16
  /// Bytes.
  var length: Int

  var isCapital: Bool { shape.has(.capital) }
}

extension Word {
  init(_ token: Token, touching: Bool, text: Span<UInt8>, _ lexicon: Lexicon) {
    let span = token.span
    var lowerBuilder = WordHash.Builder()
    var at = span.start
    // Most words have nothing but small letters, and so one form.
    while at < span.end, text[at].isLower {
      lowerBuilder.add(text[at])
      at += 1
    }
    var (formBuilder, titleBuilder) = (lowerBuilder, lowerBuilder)
    var uppers = 0
    var lowers = at - span.start
    var beforeCapital: WordHash?
    while at < span.end {
      var byte = text[at]
      // U+2019 reads as an apostrophe.
      if byte == 0xE2, at + 2 < span.end, text[at + 1] == 0x80, text[at + 2] == 0x99 {
        byte = UInt8(ascii: "'")
        at += 2
      }
      let isUpper = byte.isUpper
      let low = isUpper ? byte | 0x20 : byte
      if isUpper, lowers > 0, beforeCapital == nil { beforeCapital = lowerBuilder.hash }
      lowerBuilder.add(low)
      formBuilder.add(byte)
      titleBuilder.add(uppers + lowers == 0 ? byte : low)
      if isUpper { uppers += 1 } else if byte.isLower { lowers += 1 }
      at += 1
    }
    lowered = lowerBuilder.hash
    form = formBuilder.hash
    titled = titleBuilder.hash
    length = span.count
    mark = token.kind == .punctuation || token.kind == .symbol ? text[span.start] : 0
    traits = []
    (valueKind, value, entry) = (.nothing, 0, 0)
    var shape: Shape = touching ? .touching : []
    switch token.kind {
    case .number:
      shape.insert(.number)
      entry = lexicon.number(of: lowered)
    case .punctuation, .symbol:
      if mark == UInt8(ascii: "-") && span.count == 1 { shape.insert(.hyphen) }
    case .word:
      entry = lexicon.number(of: lowered)
      let first = text[span.start]
      if first == UInt8(ascii: "'") || first == 0xE2 {
        shape.insert(.possessive)
        break
      }
      let listed = lexicon[number: entry]
      traits = listed.traits
      (valueKind, value) = (listed.kind, listed.value)
      let starts = UTF8Scalar.decode(text, at: span.start).value
      if UTF8Scalar.isUpper(starts) {
        shape.insert(.capital)
        if uppers > 1, lowers == 0 { shape.insert(.allCaps) }
        if uppers == 1, lowers == 0, span.count <= 2 { shape.insert(.initial) }
        if let beforeCapital, !Self.namePrefixes.contains(beforeCapital) { shape.insert(.innerCapital) }
      } else if UTF8Scalar.isLower(starts) {
        shape.insert(.lower)
        if lowers == span.count { shape.insert(.plain) }
      }
      if span.count > 4 { shape.formUnion(Self.endings(text, span)) }
    }
    self.shape = shape
  }

  /// “DeCorr”, “JoAnn”: people have a capital after these.
  private static let namePrefixes = WordSet([
    "al", "d'", "da", "de", "di", "do", "du", "el", "fitz", "jo", "ka", "la", "le", "lo", "ma", "mac", "mc", "mo", "o'",
    "sha", "st", "ta", "te", "van", "von",
  ])

  private static func endings(_ text: Span<UInt8>, _ span: ByteSpan) -> Shape {
    func ends(_ ending: StaticString) -> Bool {
      let count = ending.utf8CodeUnitCount
      guard span.count > count + 1 else { return false }
      return ending.withUTF8Buffer { bytes in
        for i in 0..<count where text[span.end - count + i] | 0x20 != bytes[i] { return false }
        return true
      }
    }
    var shape: Shape = []
    switch text[span.end - 1] | 0x20 {
    case UInt8(ascii: "g"):
      if ends("ing") { shape.insert(.commonEnding) }
      if ends("berg") { shape.insert(.personEnding) }
      if ends("burg") { shape.insert(.placeEnding) }
    case UInt8(ascii: "y"):
      if ends("ly") || ends("ity") || ends("ary") { shape.insert(.commonEnding) }
      if ends("sky") || ends("skiy") || ends("ley") { shape.insert(.personEnding) }
    case UInt8(ascii: "d"):
      if ends("ed") { shape.insert(.commonEnding) }
      if ends("grad") || ends("abad") || ends("land") { shape.insert(.placeEnding) }
      if ends("feld") { shape.insert(.personEnding) }
    case UInt8(ascii: "v"): if ends("ov") || ends("ev") { shape.insert(.personEnding) }
    case UInt8(ascii: "a"):
      if ends("ova") || ends("eva") || ends("skaya") { shape.insert(.personEnding) }
    case UInt8(ascii: "o"): if ends("enko") { shape.insert(.personEnding) }
    case UInt8(ascii: "i"):
      if ends("shvili") || ends("ski") || ends("elli") || ends("ini") || ends("zadeh") { shape.insert(.personEnding) }
    case UInt8(ascii: "c"): if ends("vic") || ends("nic") { shape.insert(.personEnding) }
    case UInt8(ascii: "h"): if ends("ich") || ends("bach") { shape.insert(.personEnding) }
    case UInt8(ascii: "n"):
      if ends("sson") || ends("mann") || ends("yan") || ends("sen") || ends("stein") || ends("son") {
        shape.insert(.personEnding)
      }
      if ends("stan") || ends("town") { shape.insert(.placeEnding) }
      if ends("tion") || ends("sion") { shape.insert(.commonEnding) }
    case UInt8(ascii: "e"):
      if ends("shire") || ends("ville") { shape.insert(.placeEnding) }
      if ends("dze") { shape.insert(.personEnding) }
    case UInt8(ascii: "z"): if ends("ez") { shape.insert(.personEnding) }
    case UInt8(ascii: "s"):
      if ends("ings") || ends("tions") || ends("ments") || ends("ers") || ends("ists") {
        shape.insert(.commonEnding)
      }
    case UInt8(ascii: "m"): if ends("film") { shape.insert(.organizationEnding) }
    case UInt8(ascii: "t"):
      if ends("ment") { shape.insert(.commonEnding) }
      if ends("soft") { shape.insert(.organizationEnding) }
    case UInt8(ascii: "k"): if ends("bank") { shape.insert(.organizationEnding) }
    case UInt8(ascii: "l"):
      if ends("ical") || ends("onal") || ends("ural") { shape.insert(.commonEnding) }
      if ends("tel") { shape.insert(.organizationEnding) }
    default: break
    }
    return shape
  }
}
