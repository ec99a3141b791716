/// Letters as they are when case, marks, width and forms do not count: “É”, “e” with a mark behind it and “ｅ” are “e”.
///
/// What languages write in two ways is one: Greek with and without accents, Arabic with and without vowel signs, hamza or
/// tatweel, Persian with Arabic ye and kaf, ß and ss, digits of other scripts. For comparing only: it makes no words.
public enum LetterFold {
  /// What becomes of a code point.
  public enum Fold: Sendable, Equatable {
    case one(UInt32)
    /// Nothing: a mark.
    case none
    /// So many letters of `letters`, from there.
    case several(start: Int, count: Int)
  }

  @inlinable
  public static func fold(_ scalar: UInt32) -> Fold {
    if scalar < 0x80 { return .one(scalar &- 0x41 < 26 ? scalar | 0x20 : scalar) }
    return folds.fold(scalar)
  }

  /// Calls `body` with each letter that a code point becomes.
  @inlinable
  public static func forEach(_ scalar: UInt32, _ body: (UInt32) -> Void) {
    switch fold(scalar) {
    case .one(let letter): body(letter)
    case .none: break
    case .several(let start, let count): for n in 0..<count { body(letters[start + n]) }
    }
  }

  /// What code points become that are several letters.
  public static var letters: [UInt32] { folds.letters }

  @usableFromInline static let folds = Folds(table)

  @usableFromInline
  struct Folds: Sendable {
    /// Pages of 256 code points; the first one is of those that stay.
    private var pages = [UInt8](repeating: 0, count: 256)
    private var values = [UInt32](repeating: 0, count: 256)
    @usableFromInline fileprivate(set) var letters: [UInt32] = []

    /// Nothing; else a code point, or from here on where it stands in `letters`, and how often in the lowest three bits.
    private static let dropped: UInt32 = 1
    private static let several: UInt32 = 1 << 24

    @usableFromInline
    func fold(_ scalar: UInt32) -> Fold {
      if scalar >> 16 != 0 { return .one(scalar) }
      let value = values[Int(pages[Int(scalar >> 8)]) << 8 | Int(scalar & 0xFF)]
      if value == 0 { return .one(scalar) }
      if value == Self.dropped { return .none }
      if value < Self.several { return .one(value) }
      return .several(start: Int(value & 0xFF_FFFF) >> 3, count: Int(value & 7))
    }

    init(_ table: StaticString) {
      table.withUTF8Buffer { bytes in
        var scalar = 0
        for line in bytes.split(separator: 0x0A) {
          for word in line.split(separator: 0x20) {
            if word.last == UInt8(ascii: ":") {
              scalar = Int(Self.number(word.dropLast()))
            } else {
              set(scalar, word)
              scalar += 1
            }
          }
        }
      }
    }

    private static func number(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> UInt32 {
      digits.reduce(0) { $0 << 4 | UInt32($1 & 0xF) + ($1 > 0x40 ? 9 : 0) }
    }

    private mutating func set(_ scalar: Int, _ word: Slice<UnsafeBufferPointer<UInt8>>) {
      guard pages.indices.contains(scalar >> 8), word.first != UInt8(ascii: ".") else { return }
      if pages[scalar >> 8] == 0 {
        pages[scalar >> 8] = UInt8(values.count >> 8)
        values += [UInt32](repeating: 0, count: 256)
      }
      let parts = word.first == UInt8(ascii: "-") ? [] : word.split(separator: UInt8(ascii: "+")).map(Self.number)
      let value: UInt32
      switch parts.count {
      case 0: value = Self.dropped
      case 1: value = parts[0]
      default:
        value = Self.several | UInt32(letters.count << 3 | parts.count)
        letters += parts
      }
      values[Int(pages[scalar >> 8]) << 8 | (scalar & 0xFF)] = value
    }
  }
}
