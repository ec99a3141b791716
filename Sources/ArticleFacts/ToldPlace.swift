import Bytes
import StageKit

/// Whether a text that opens with a name says further on that it is a place: “in Velmora”, “the city of Velmora”.
struct ToldPlace {
  private(set) var isTold = false

  /// Bytes in which the name is looked for.
  private static let reach = 6_000

  /// - Parameter start: where the text goes on behind the name.
  init(_ place: ByteSpan, in text: [UInt8], behind start: Int) {
    let bytes = text.span
    let end = min(text.count, start + Self.reach)
    var (before, last) = (WordHash("".utf8), WordHash("".utf8))
    var at = place.end
    while at < end {
      guard text[at].isLetter || text[at] >= 0x80 else {
        at += 1
        continue
      }
      if Self.holds(bytes, place, at, end),
        Self.prepositions.contains(last) || last == Self.of && Self.bodies.contains(before)
      {
        isTold = true
        return
      }
      let first = at
      while at < end, text[at].isLetter || text[at] >= 0x80 { at += 1 }
      (before, last) = (last, WordHash(lowered: bytes, ByteSpan(first, at)))
    }
  }

  /// Whether the words of the place stand at an offset, whatever their case.
  private static func holds(_ text: Span<UInt8>, _ place: ByteSpan, _ at: Int, _ end: Int) -> Bool {
    guard at + place.count <= end, text[at].lowered == text[place.start].lowered else { return false }
    if at + place.count < end, text[at + place.count].isLetter { return false }
    return Range(from: 0, upTo: place.count).allSatisfy { text[at + $0].lowered == text[place.start + $0].lowered }
  }

  private static let of = WordHash("of".utf8)
  private static let prepositions = WordSet([
    "in", "near", "at", "outside", "around", "into", "across", "from", "to", "between", "off", "through",
  ])
  /// What a place is that “of” stands before.
  private static let bodies = WordSet([
    "city", "town", "village", "port", "capital", "district", "province", "state", "county", "island", "region",
    "people",
    "mayor", "streets", "outskirts", "suburb", "suburbs", "north", "south", "east", "west", "area", "municipality",
    "centre", "center", "residents", "university", "kilometres", "kilometers", "km", "miles",
  ])
}
