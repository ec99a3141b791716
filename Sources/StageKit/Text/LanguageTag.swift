import Bytes

/// Tags of languages by the grammar of BCP 47, by and large: `en`, `en-GB`, `zh-Hant-TW`.
public enum LanguageTag {
  /// The tag with `-` between its parts, where it is one; `_`, as systems write it, counts as `-`.
  public static func read(_ text: [UInt8]) -> [UInt8]? {
    let tag = text.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "-") : $0 }
    let parts = tag.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard let first = parts.first, 2...3 ~= first.count, first.allSatisfy({ ByteClass($0).isAny(of: .letter) }),
      parts.dropFirst().allSatisfy({ part in
        1...8 ~= part.count && part.allSatisfy { ByteClass($0).isAny(of: .alphanumeric) }
      })
    else { return nil }
    return tag
  }

  /// `en` of `en-GB`: the letters before the region, in lower case.
  public static func language(of tag: some Sequence<UInt8>) -> [UInt8] {
    tag.prefix { ByteClass($0).isAny(of: .letter) }.map(\.lowered)
  }
}
