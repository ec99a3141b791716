import Lexicon

extension WordTraits {
  static var anyHead: Self { [.organizationHead, .placeHead, .eventHead] }
  static var calendar: Self { [.month, .weekday] }
  /// What the model sees: the rules behind it ask for more.
  static var ofModel: Self { Self(rawValue: 1 << 22 - 1) }
}

extension Word {
  /// “in”, “when”: a phrase or a clause begins, rather than the main clause.
  var isPreposition: Bool { traits.has([.preposition, .subordinator, .to]) }
}

extension Word {
  /// January is 1.
  var month: Int? { valueKind == .month ? Int(value) : nil }
  /// Monday is 0.
  var weekday: Int? { valueKind == .weekday ? Int(value) - 1 : nil }
  /// “seven”
  var number: Double? { valueKind == .number ? Double(value) : nil }
  /// “dozen”, “million”: what the number before it is multiplied by.
  var scale: Double? { valueKind == .scale ? WordEntry.scale(value) : nil }
}

extension WordEntry {
  /// `nil` for what names nothing.
  var listedName: KnownName? { name == .nothing ? nil : name }
  /// Tokens of the longest listed name of several that begins with the word; `nil` for none.
  var longestListedName: Int? { longestName == 0 ? nil : Int(longestName) }
}
