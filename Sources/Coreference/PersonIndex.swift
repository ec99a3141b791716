import Bytes
import Lexicon
import StageKit

/// The people of an article by their offices, so that who is meant is looked up and not searched for.
struct PersonIndex {
  /// Somebody with an office that a word is part of.
  struct Holder {
    /// The hash of the word, or the number of a group of words (`Described.people`) that it is in.
    var key: UInt64
    /// Index of the entity.
    var person: Int
    var isFormer: Bool
  }

  /// A word of a role.
  struct RoleWord: Sendable {
    var word: WordHash
    /// The groups of words that may stand for it inside an article's own words (`Described.references`).
    var fits: UInt64
    /// “former”, “late”
    var isFormer: Bool
    /// Its first four bytes as written; 0 where it has fewer.
    var opening: UInt32
  }

  private var roleWords: [RoleWord] = []
  /// Where the words of each role begin, and where they all end.
  private var roleStarts = [0]
  /// Of each entity, its roles.
  private var rolesOf: [Range<Int>] = []

  /// Sorted by key, then by person: in the order in which they come up.
  private var holders: [Holder] = []
  /// For each entity whether it has an office that no other description fits: a president is no senator.
  private var withOffice: [Bool]

  /// - Throws: where the deadline has passed.
  init(_ entities: [Entity], _ watch: inout DeadlineWatch) throws(StageError) {
    withOffice = Array(repeating: false, count: entities.count)
    rolesOf.reserveCapacity(entities.count)
    for person in entities.indices {
      try watch.step()
      let first = roleStarts.count - 1
      if entities[person].kind == .person {
        for role in entities[person].roles { add(role.span, of: person) }
      }
      rolesOf.append(Range(from: first, upTo: roleStarts.count - 1))
    }
    holders.sort { ($0.key, $0.person) < ($1.key, $1.person) }
  }

  private mutating func add(_ role: Span<UInt8>, of person: Int) {
    let first = holders.count
    var isFormer = false
    forEachWord(of: role) { span in
      let word = WordHash(lowered: role, span)
      if word == Self.former { isFormer = true }
      let entry = Lexicon.english[word]
      roleWords.append(
        RoleWord(
          word: word, fits: entry.fits & Described.references, isFormer: entry.traits.has(.formerly),
          opening: Self.opening(role, span)))
      if entry.traits.has(.office) { withOffice[person] = true }
      for key in [word.value] + Self.groups(entry.fits) {
        holders.append(Holder(key: key, person: person, isFormer: false))
      }
    }
    roleStarts.append(roleWords.count)
    if isFormer { for at in holders.indices[first...] { holders[at].isFormer = true } }
  }

  private static let former = WordHash("former".utf8)

  func roles(of person: Int) -> Range<Int> { rolesOf[person] }

  func words(of role: Int) -> ArraySlice<RoleWord> {
    roleWords[Range(from: roleStarts[role], upTo: roleStarts[role + 1])]
  }

  static func opening(_ bytes: Span<UInt8>, _ word: ByteSpan) -> UInt32 {
    guard word.count >= 4 else { return 0 }
    var opening: UInt32 = 0
    for at in 0..<4 { opening = opening << 8 | UInt32(bytes[word.start + at]) }
    return opening
  }

  func hasOffice(_ person: Int) -> Bool { withOffice[person] }

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
  func holders(of word: WordHash, or groups: UInt64, former: Bool) -> Holders {
    let slices = ([word.value] + Self.groups(groups)).map { key in
      let start = holders.partitioningIndex { $0.key >= key }
      return holders[Range(from: start, upTo: holders.partitioningIndex { $0.key > key })]
    }
    return Holders(slices: slices.filter { !$0.isEmpty }, countsFormer: former)
  }
}

/// Those who hold an office that one of some words is part of.
struct Holders {
  /// One for each word.
  fileprivate let slices: [ArraySlice<PersonIndex.Holder>]
  fileprivate let countsFormer: Bool

  func contains(_ person: Int) -> Bool {
    slices.contains { slice in
      let at = slice.partitioningIndex { $0.person >= person }
      return slice[at...].prefix { $0.person == person }.contains { countsFormer || !$0.isFormer }
    }
  }

  /// An office that several people hold does not tell who is meant.
  private static let most = 64

  /// Those whose index is below a limit, some of them twice; `nil` where there are too many.
  func all(before limit: Int) -> [Int]? {
    var all: [Int] = []
    for slice in slices {
      let before = slice[..<slice.partitioningIndex { $0.person >= limit }]
      guard all.count + before.count <= Self.most else { return nil }
      all += before.lazy.map(\.person)
    }
    return all
  }

  /// The latest of those whose index is below a limit, the last first, each once. Of each word `most` are looked at.
  func latest(_ most: Int, before limit: Int) -> [Int] {
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

/// The words of a phrase; “EgyptAir” has “Air”.
func forEachWord(of phrase: Span<UInt8>, _ body: (ByteSpan) -> Void) {
  var start = 0
  for at in 0...phrase.count {
    let isInner = at > start && at < phrase.count && phrase[at].isUpper && !phrase[at - 1].isUpper
    guard at == phrase.count || phrase[at] == 0x20 || phrase[at] == 0x2D || isInner else { continue }
    body(ByteSpan(start, at))
    start = isInner ? at : min(at + 1, phrase.count)
  }
}
