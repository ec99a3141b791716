/// Where an article lies in an index: the serial of its slice, and its place in it. Grows with arrival.
struct ArticleReference: Hashable, Comparable {
  let rawValue: UInt64
  init(slice: Int, place: Int) { rawValue = UInt64(slice) << 16 | UInt64(place) }
  init(rawValue: UInt64) { self.rawValue = rawValue }
  static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
  var slice: Int { Int(rawValue >> 16) }
  var place: Int { Int(rawValue & 0xFFFF) }
}
