/// Whom a sentence speaks of.
struct SentencePeople {
  /// In order, each once; as many as the bound allows.
  private(set) var persons: [Int] = []
  /// The first one, where it is the subject, or else who speaks: “It was late, Corr said.”
  private(set) var subject: Int?
  /// Whether somebody without a name is among them.
  private(set) var hasUnnamed = false
  /// Whether “he” or “she” stood in it for nobody knows whom, and no subject has come since: the next “he” may be the same.
  private(set) var hasOpenPronoun = false
  /// Whether there are more than the bound allows: nobody can say who is meant among them.
  private(set) var isCrowded = false

  /// A sentence of more people is a list.
  static let mostPersons = 32

  var isEmpty: Bool { persons.isEmpty && !hasUnnamed }

  /// - Parameter isKnown: whether the sentence has spoken of the person already.
  mutating func add(_ person: Int, isSubject: Bool, isKnown: Bool) {
    if isSubject, isEmpty { subject = person }
    if isKnown { return }
    if persons.count < Self.mostPersons { persons.append(person) } else { isCrowded = true }
  }

  mutating func addUnnamed() { hasUnnamed = true }

  mutating func addOpenPronoun() { hasOpenPronoun = true }

  /// Notes that a verb of what people do follows the name.
  mutating func noteActor(_ person: Int, speaks: Bool) {
    hasOpenPronoun = false
    if speaks { subject = person }
  }
}
