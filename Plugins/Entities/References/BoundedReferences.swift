/// References found, of each sentence up to a number.
struct BoundedReferences<Found> {
  private(set) var found: [Found] = []
  /// Whether a sentence had more.
  private(set) var isCutShort = false
  private var count = 0

  /// A sentence of prose has a few. One of more is a text without stops, and each of its words may be a reference.
  static var mostPerSentence: Int { 64 }

  mutating func enterSentence() { count = 0 }

  mutating func append(_ one: Found) {
    count += 1
    if count <= Self.mostPerSentence { found.append(one) } else { isCutShort = true }
  }
}
