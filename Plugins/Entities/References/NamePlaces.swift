/// Where the names of an article stand, for look-up by token.
struct NamePlaces {
  struct Name {
    /// The token after it.
    var end: Int
    /// `nil` for names of others than persons.
    var person: Int?
  }

  private var names: [Name] = []
  /// Of each token, the number of the name that begins there, from 1; 0 where none does.
  private var numbers: [UInt32]
  private var told: [Bool]

  init(tokenCount: Int) {
    numbers = Array(repeating: 0, count: tokenCount)
    told = Array(repeating: false, count: tokenCount)
  }

  mutating func add(_ tokens: Range<Int>, person: Int?) {
    names.append(Name(end: tokens.upperBound, person: person))
    numbers[tokens.lowerBound] = UInt32(clamping: names.count)
  }

  /// Notes a role that stands beside a name.
  mutating func add(role: Range<Int>) {
    for at in role { told[at] = true }
  }

  /// The name that begins at a token, which may be past the last one.
  subscript(at: Int) -> Name? {
    guard at < numbers.count, numbers[at] > 0 else { return nil }
    return names[Int(numbers[at]) - 1]
  }

  /// Whether the token is of a role that stands beside a name.
  func isTold(_ at: Int) -> Bool { told[at] }
}
