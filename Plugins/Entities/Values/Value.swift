import StageKit

/// A date or an amount at one place.
struct Value {
  var kind: Entity.Kind
  var tokens: Range<Int>
  /// ISO 8601 or TIMEX3; for amounts the plain number.
  var text: [UInt8]?
  var amount: Double?
  var unit: [UInt8]?
}

/// Number words and scales.
enum Numbers {
  static let words: WordTable<Double> = {
    let list = [
      "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
      "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
    ]
    var table = WordTable<Double>()
    for (index, word) in list.enumerated() { table.insert(WordHash(word.utf8), Double(index + 1)) }
    for (index, word) in ["thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"].enumerated() {
      table.insert(WordHash(word.utf8), Double((index + 3) * 10))
    }
    return table
  }()

  static let scales = WordTable<Double>(
    [
      ("hundred", 100), ("thousand", 1_000), ("million", 1_000_000), ("billion", 1_000_000_000),
      ("trillion", 1_000_000_000_000), ("k", 1_000), ("m", 1_000_000), ("mn", 1_000_000), ("mln", 1_000_000),
      ("bn", 1_000_000_000), ("bln", 1_000_000_000), ("b", 1_000_000_000), ("tn", 1_000_000_000_000),
      ("trn", 1_000_000_000_000),
    ])

  /// The number written in digits at `span`: “1,250.75”.
  static func decimal(_ text: Span<UInt8>, _ span: ByteSpan) -> Double? {
    guard span.count <= 20 else { return nil }
    var whole = 0.0
    var fraction = 0.0
    var factor = 0.1
    var isFraction = false
    for at in span.range {
      switch text[at] {
      case 0x30...0x39:
        let digit = Double(text[at] & 0x0F)
        if isFraction {
          fraction += digit * factor
          factor /= 10
        } else {
          whole = whole * 10 + digit
        }
      case UInt8(ascii: ","):
        if isFraction { return nil }
      case UInt8(ascii: "."):
        if isFraction { return nil }
        isFraction = true
      default: return nil
      }
    }
    // Rounded to what the digits said, because tenths do not add up in binary.
    return isFraction ? ((whole + fraction) * 1e6).rounded() / 1e6 : whole
  }

  /// `5300000000`, `3.5`.
  static func plain(_ amount: Double) -> [UInt8] {
    if amount == amount.rounded(), abs(amount) < 1e15 { return Array(String(Int(amount)).utf8) }
    return Array(String(amount).utf8)
  }
}
