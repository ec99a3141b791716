import StageKit

/// Phrases compared without their case, the kind of their spaces, and a colon or full stop at their end.
package struct PhraseSet: Sendable {
  private let phrases: Set<String>
  /// Bytes of the longest, with room for what the comparison leaves out.
  private let longest: Int

  init(_ phrases: [String]) {
    self.phrases = Set(phrases.map(Self.bare))
    longest = (phrases.map(\.utf8.count).max() ?? 0) + 32
  }

  func contains(_ text: [UInt8]) -> Bool {
    text.count <= longest && phrases.contains(Self.bare(String(decoding: text, as: UTF8.self)))
  }

  private static func bare(_ phrase: String) -> String {
    var words = phrase.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")[...]
    while let last = words.last, last == ":" || last == "." || last == " " { words.removeLast() }
    return String(words)
  }
}
