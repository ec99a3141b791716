import Bytes

/// Characters that look as if they belonged to YAML and do not: they come with copied text and from word processors.
enum OddCharacters {
  /// A sentence that says how to fix it; `nil` for a key or value without them.
  ///
  /// - Parameter text: as it was written without quotes.
  static func problem(with text: String) -> String? {
    let scalars = text.unicodeScalars
    if let space = [scalars.first, scalars.last].compactMap(\.self).first(where: isSpace) {
      return
        "‘\(text)’ has the character U+\(code(space)) at its \(scalars.first == space ? "beginning" : "end"), which "
        + "looks like a space and is none in YAML: write plain spaces"
    }
    guard scalars.count > 1, let first = scalars.first, let last = scalars.last, quotes.contains(first),
      quotes.contains(last)
    else { return nil }
    let inside = String(String.UnicodeScalarView(scalars.dropFirst().dropLast()))
    return
      "‘\(first)’ (U+\(code(first))) is no quotation mark in YAML and becomes part of the text: write \"\(inside)\""
  }

  /// The same of the character behind a key and its colon.
  static func problem(behind key: String, in text: String) -> String? {
    let rest = text.unicodeScalars.drop { $0 != ":" }.dropFirst()
    guard let space = rest.first, isSpace(space) else { return nil }
    return
      "behind ‘\(key):’ stands the character U+\(code(space)), which looks like a space and is none in YAML: write a plain "
      + "space"
  }

  private static let quotes: Set<Unicode.Scalar> = ["“", "”", "„", "‟", "‘", "’", "‚", "«", "»", "＂"]

  /// Spaces other than that of ASCII, and marks without width.
  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xA0, 0x1680, 0x2000...0x200D, 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF: true
    default: false
    }
  }

  private static func code(_ scalar: Unicode.Scalar) -> String {
    String(UInt(scalar.value), radix: 16, uppercase: true, width: 4)
  }
}
