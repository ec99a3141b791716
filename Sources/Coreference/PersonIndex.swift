import Bytes
import Lexicon
import StageKit

/// The people of an article by their offices and names, so that who is meant is looked up and not searched for.
package struct PersonIndex {
  /// Somebody with an office that a word is part of.
  package struct Holder {
    /// The hash of the word, or the number of a group of words (`Described.people`) that it is in.
    var key: UInt64
    /// Index of the entity.
    var person: Int
    var isFormer: Bool
  }

  /// Sorted by key, then by person: in the order in which they come up.
  private var holders: [Holder] = []
  /// For each entity whether it has an office that no other description fits: a president is no senator.
  private var withOffice: [Bool]
  /// The first of each surname.
  private var surnames: [WordHash: Int] = [:]
  /// The first of each two or more initials.
  private var initials: [WordHash: Int] = [:]

  /// - Parameter names: whether surnames and initials are looked up.
  /// - Throws: where the deadline has passed.
  package init(_ entities: [Entity], names: Bool, _ watch: inout DeadlineWatch) throws(StageError) {
    withOffice = Array(repeating: false, count: entities.count)
    for person in entities.indices where entities[person].kind == .person {
      try watch.step()
      for role in entities[person].roles { add(role.span, of: person) }
      if names {
        let name = entities[person].name
        add(name: name.span, of: person)
      }
    }
    holders.sort { ($0.key, $0.person) < ($1.key, $1.person) }
  }

  private mutating func add(_ role: Span<UInt8>, of person: Int) {
    let first = holders.count
    var isFormer = false
    forEachWord(of: role) { word in
      if word == Self.former { isFormer = true }
      let entry = Lexicon.english[word]
      if entry.traits.has(.office) { withOffice[person] = true }
      for key in [word.value] + Self.groups(entry.fits) {
        holders.append(Holder(key: key, person: person, isFormer: false))
      }
    }
    if isFormer { for at in holders.indices[first...] { holders[at].isFormer = true } }
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

  package func hasOffice(_ person: Int) -> Bool { withOffice[person] }

  /// The numbers of the groups of people in `all`.
  private static func groups(_ all: UInt64) -> [UInt64] {
    let all = all & Described.people
    return all == 0 ? [] : (0..<64).filter { all >> $0 & 1 == 1 }
  }

  /// Those with a word in their office, or one that a description may stand for.
  ///
  /// - Parameters:
  ///   - groups: what the description stands for (`WordEntry.describes`).
  ///   - former: whether those count who only had the office.
  package func holders(of word: WordHash, or groups: UInt64, former: Bool) -> Holders {
    let slices = ([word.value] + Self.groups(groups)).map { key in
      let start = holders.partitioningIndex { $0.key >= key }
      return holders[Range(from: start, upTo: holders.partitioningIndex { $0.key > key })]
    }
    return Holders(slices: slices.filter { !$0.isEmpty }, countsFormer: former)
  }

  /// The first whose surname, or initials, a label is.
  package func labelled(_ label: ByteSpan, in text: Span<UInt8>) -> Int? {
    let surname = surnames[WordHash(lowered: text, label)]
    let initials = initials[WordHash(text, label)]
    guard let surname, let initials else { return surname ?? initials }
    return min(surname, initials)
  }
}

/// Those who hold an office that one of some words is part of.
package struct Holders {
  /// One for each word.
  fileprivate let slices: [ArraySlice<PersonIndex.Holder>]
  fileprivate let countsFormer: Bool

  package func contains(_ person: Int) -> Bool {
    slices.contains { slice in
      let at = slice.partitioningIndex { $0.person >= person }
      return slice[at...].prefix { $0.person == person }.contains { countsFormer || !$0.isFormer }
    }
  }

  /// The latest of those whose index is below a limit, the last first, each once. Of each word `most` are looked at.
  package func latest(_ most: Int, before limit: Int) -> [Int] {
    var found: Set<Int> = []
    for slice in slices {
      for holder in slice[..<slice.partitioningIndex { $0.person >= limit }].suffix(most)
      where countsFormer || !holder.isFormer {
        found.insert(holder.person)
      }
    }
    return found.sorted(by: >)
  }
}

/// The words of a phrase, lowered; “EgyptAir” has “air”.
package func forEachWord(of phrase: Span<UInt8>, _ body: (WordHash) -> Void) {
  var start = 0
  for at in 0...phrase.count {
    let isInner = at > start && at < phrase.count && phrase[at].isUpper && !phrase[at - 1].isUpper
    guard at == phrase.count || phrase[at] == 0x20 || phrase[at] == 0x2D || isInner else { continue }
    body(WordHash(lowered: phrase, ByteSpan(start, at)))
    start = isInner ? at : min(at + 1, phrase.count)
  }
}
