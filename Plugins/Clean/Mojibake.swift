import Bytes
import StageKit

/// Text whose UTF-8 was once read as windows-1252 (“â€œ” for ““”, “Ã©” for “é”), put right where that is certain: every
/// sequence in the text that looks like one decodes to a character that texts use, and there are enough of them.
struct Mojibake {
  private(set) var text: [UInt8]
  /// To the text as it was.
  private(set) var alignment: Alignment

  /// `nil` where the text is sound, or where it is not certain that it is not.
  init?(repairing broken: [UInt8]) {
    guard let once = Self.pass(broken) else { return nil }
    self = once
    // Some texts went through it twice.
    if let again = Self.pass(text) {
      text = again.text
      alignment = again.alignment.traced(through: alignment)
    }
  }

  private init(text: [UInt8], alignment: Alignment) {
    self.text = text
    self.alignment = alignment
  }

  private static func pass(_ broken: [UInt8]) -> Mojibake? {
    guard let first = firstSuspect(broken.span, from: 0) else { return nil }
    var evidence = Evidence()
    var at: Int? = first
    while let suspect = at {
      let found = Sequence(broken.span, at: suspect)
      evidence.add(found, at: suspect)
      if evidence.isAgainst { return nil }
      at = firstSuspect(broken.span, from: suspect + max(2, found.length))
    }
    return evidence.isEnough ? repaired(broken, from: first) : nil
  }

  private static func repaired(_ broken: [UInt8], from first: Int) -> Mojibake {
    var text: [UInt8] = []
    text.reserveCapacity(broken.count)
    var alignment = Alignment()
    func copy(_ start: Int, _ end: Int) {
      text += broken[Range(from: start, upTo: end)]
      alignment.append(length: end - start, from: ByteSpan(start, end))
    }
    var (done, at): (Int, Int?) = (0, first)
    while let suspect = at {
      let found = Sequence(broken.span, at: suspect)
      if let value = found.value {
        copy(done, suspect)
        let before = text.count
        UTF8Scalar.append(value, to: &text)
        alignment.append(length: text.count - before, from: ByteSpan(suspect, suspect + found.length))
        done = suspect + found.length
      }
      at = firstSuspect(broken.span, from: suspect + max(2, found.length))
    }
    copy(done, broken.count)
    return Mojibake(text: text, alignment: alignment)
  }

  // MARK: - What speaks for it

  private struct Evidence {
    private var score = 0
    private var isStrong = false
    private var openings = 0
    private var lostClosings = 0
    private var end = -1
    private(set) var isAgainst = false

    mutating func add(_ found: Sequence, at start: Int) {
      // One right after another: Cyrillic, Greek, or twice broken.
      if found.value != nil, start == end { isStrong = true }
      end = start + found.length
      switch found.kind {
      case .none: break
      case .wrong: isAgainst = true
      case .punctuation:
        score += 3
        isStrong = true
        if found.value == 0x201C { openings += 1 }
      case .letter:
        score += 2
        isStrong = true
      case .other: score += 1
      case .lostClosing: lostClosings += 1
      }
    }

    var isEnough: Bool { isStrong && score >= 3 && (lostClosings == 0 || openings > 0) }
  }

  /// What stands at a character that is the first byte of a longer one in windows-1252.
  private struct Sequence {
    enum Kind {
      /// A letter like any other.
      case none
      /// Three characters that make one of punctuation: nothing else looks like it.
      case punctuation
      /// `Ã` and a sign that follows no letter in any language.
      case letter
      case other
      /// `â€` alone: the byte 9D of ” means nothing in windows-1252 and is often lost.
      case lostClosing
      /// It looks like one and gives no character that texts use.
      case wrong
    }

    var kind = Kind.none
    var value: UInt32?
    /// Bytes that it takes.
    var length = 0

    init(_ bytes: Span<UInt8>, at start: Int) {
      let (first, firstLength) = UTF8Scalar.decode(bytes, at: start)
      guard let lead = Mojibake.windowsByte(first), lead >= 0xC2, lead <= 0xF4 else { return }
      let wanted = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3
      var (value, at, count) = (UInt32(lead) & (0x3F >> UInt32(wanted)), start + firstLength, 0)
      var second: UInt32 = 0
      while count < wanted, at < bytes.count {
        let (next, nextLength) = UTF8Scalar.decode(bytes, at: at)
        guard let byte = Mojibake.windowsByte(next), byte >= 0x80, byte <= 0xBF else { break }
        if count == 0 { second = byte }
        value = value << 6 | byte & 0x3F
        at += nextLength
        count += 1
      }
      if count == 0 { return }
      length = at - start
      if count < wanted {
        guard lead == 0xE2, count == 1, second == 0x80 else {
          kind = .wrong
          return
        }
        kind = .lostClosing
        self.value = 0x201D
        if at < bytes.count, UTF8Scalar.decode(bytes, at: at).value == 0xFFFD { length += 3 }
        return
      }
      kind = Self.kind(of: value, second: second)
      if kind != .wrong { self.value = value }
    }

    private static func kind(of value: UInt32, second: UInt32) -> Kind {
      switch value {
      case 0x2010...0x203A, 0x20AC, 0x2122: .punctuation
      // Quotation marks, dashes and an ellipsis do follow letters.
      case 0xC0...0xFF: (0x91...0x97).contains(second) || second == 0x85 ? .other : .letter
      case 0x80...0xBF, 0x100...0x17F, 0x218...0x21B, 0x386...0x3CE, 0x400...0x45F, 0x2000...0x200F, 0x203B...0x2BFF,
        0x192, 0x2C6, 0x2DC, 0xFEFF, 0x1F300...0x1FAFF, 0xFE0F:
        .other
      default: .wrong
      }
    }
  }

  // MARK: - Characters

  /// The offset of the next character that is C2 to F4 in windows-1252, with one that is no ASCII behind it.
  private static func firstSuspect(_ bytes: Span<UInt8>, from start: Int) -> Int? {
    var at = start
    let raw = bytes.bytes
    while at + 2 < bytes.count {
      if at + 8 <= bytes.count,
        raw.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
      {
        at += 8
      } else if bytes[at] == 0xC3, bytes[at + 1] >= 0x82, bytes[at + 1] <= 0xB4, bytes[at + 2] >= 0xC2 {
        return at
      } else {
        at += 1
      }
    }
    return nil
  }

  /// The byte of a character in windows-1252, or of a control character of ISO 8859-1; `nil` where it has none.
  private static func windowsByte(_ value: UInt32) -> UInt32? {
    value < 0x100 ? value : upper[WordHash(codePoint: value)]
  }

  private static let upper: WordTable<UInt32> = {
    var table = WordTable<UInt32>(capacity: 32)
    for byte: UInt32 in 0x80...0x9F {
      let value = CharacterReferences.windows1252(byte)
      if value >= 0x100 { table.insert(WordHash(codePoint: value), byte) }
    }
    return table
  }()
}

extension WordHash {
  fileprivate init(codePoint: UInt32) {
    var builder = Builder()
    builder.add(UInt8(truncatingIfNeeded: codePoint >> 8))
    builder.add(UInt8(truncatingIfNeeded: codePoint))
    self = builder.hash
  }
}

extension Article.MetadataPlaces {
  /// The places in the text that an alignment leads to.
  func traced(through alignment: Alignment) -> Article.MetadataPlaces {
    func source(_ span: ByteSpan) -> ByteSpan { alignment.source(of: span) ?? span }
    var traced = self
    traced.title = title.map(source)
    traced.byline = byline.map(source)
    traced.captions = captions.map(source)
    traced.credits = credits.map(source)
    traced.date = date.map(source)
    return traced
  }
}
