import StageKit

/// The people of an article by their offices and names, so that who is meant is looked up and not searched for.
struct PersonIndex {
  /// Those with an office that a word is part of, by their index, which is the order in which they come up.
  private var holders: [WordHash: [Int]] = [:]
  /// The same without former ones.
  private var presentHolders: [WordHash: [Int]] = [:]
  /// Entities that have an office which no other description fits: a president is no senator.
  private var withOffice: Set<Int> = []
  /// The first of each surname.
  private var surnames: [WordHash: Int] = [:]
  /// The first of each two or more initials.
  private var initials: [WordHash: Int] = [:]

  /// - Parameter names: whether surnames and initials are looked up.
  init(_ entities: [Entity], names: Bool) {
    for (person, entity) in entities.enumerated() where entity.kind == .person {
      for role in entity.roles { add(role.span, of: person) }
      if names { add(name: entity.name.span, of: person) }
    }
  }

  private mutating func add(_ role: Span<UInt8>, of person: Int) {
    var words: [WordHash] = []
    forEachWord(of: role) { words.append($0) }
    let isFormer = words.contains(Self.former)
    for word in words {
      if RoleWords.officeWords.contains(word) { withOffice.insert(person) }
      if holders[word]?.last != person { holders[word, default: []].append(person) }
      if !isFormer, presentHolders[word]?.last != person { presentHolders[word, default: []].append(person) }
    }
  }

  private mutating func add(name: Span<UInt8>, of person: Int) {
    var first = WordHash.Builder()
    var (count, start) = (0, 0)
    for at in name.indices where at == 0 || name[at - 1] == 0x20 {
      first.add(name[at])
      count += 1
      start = at
    }
    let surname = WordHash(lowered: name, ByteSpan(start, name.count))
    if surnames[surname] == nil { surnames[surname] = person }
    if count > 1, initials[first.hash] == nil { initials[first.hash] = person }
  }

  private static let former = WordHash("former".utf8)

  func hasOffice(_ person: Int) -> Bool { withOffice.contains(person) }

  /// Those who have an office that one of the words is part of; each list is sorted.
  func holders(of words: [WordHash], former: Bool) -> [[Int]] {
    words.compactMap { former ? holders[$0] : presentHolders[$0] }
  }

  /// The first whose surname, or initials, a label is.
  func labelled(_ label: ByteSpan, in text: Span<UInt8>) -> Int? {
    let surname = surnames[WordHash(lowered: text, label)]
    let initials = initials[WordHash(text, label)]
    guard let surname, let initials else { return surname ?? initials }
    return min(surname, initials)
  }
}

/// The words of a phrase, lowered; “EgyptAir” has “air”.
func forEachWord(of phrase: Span<UInt8>, _ body: (WordHash) -> Void) {
  func isUpper(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }
  var start = 0
  for at in 0...phrase.count {
    let isInner = at > start && at < phrase.count && isUpper(phrase[at]) && !isUpper(phrase[at - 1])
    guard at == phrase.count || phrase[at] == 0x20 || phrase[at] == 0x2D || isInner else { continue }
    body(WordHash(lowered: phrase, ByteSpan(start, at)))
    start = isInner ? at : min(at + 1, phrase.count)
  }
}
