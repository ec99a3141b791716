import Bytes

/// The tokens of a listed name, cut as `segment` cuts the text: “al-Nusra” is three, “People's Daily” too.
public enum NameTokens {
  public static func of(_ name: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    name.split(separator: 0x20).flatMap { tokens(ofWord: $0) }
  }

  private static func tokens(ofWord word: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var tokens: [ArraySlice<UInt8>] = []
    var start = word.startIndex
    for at in word.indices {
      let before = word[Range(from: start, upTo: at)]
      if word[at] == UInt8(ascii: "-"), at > start, at + 1 < word.endIndex, !keptPrefixes.contains(Array(before)) {
        tokens += [before, word[at..<at + 1]]
        start = at + 1
      } else if word[at] == UInt8(ascii: "'"), at + 2 == word.endIndex, word[at + 1] == UInt8(ascii: "s") {
        tokens.append(before)
        start = at
      }
    }
    if word.last == UInt8(ascii: "!") {
      tokens.append(word[start...].dropLast())
      start = word.endIndex - 1
    }
    return tokens + [word[start...]]
  }

  private static let keptPrefixes = Set(["sub", "Sub", "Non", "Pan", "Trans", "Anti"].map { Array($0.utf8) })
}
