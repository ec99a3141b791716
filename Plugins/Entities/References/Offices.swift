import Bytes
import Lexicon
import StageKit

/// Who of an article has which office, by the words of roles that descriptions may ask for.
struct Offices {
  private var holders: [WordHash: [Int]] = [:]
  /// By the groups of `Described.references`, from its lowest bit on.
  private var members = Array(repeating: [Int](), count: 8)

  /// An office that several people hold does not tell who is meant.
  static let mostHolders = 64

  /// - Parameter roles: of a person that comes for the first time.
  mutating func add(_ person: Int, _ roles: [Range<Int>], _ words: [Word]) {
    for at in roles.joined() where words[at].traits.has(.title) {
      Self.add(person, to: &holders[words[at].lowered, default: []])
    }
    for at in roles.joined() {
      let groups = Self.groups(Lexicon.english[words[at].lowered].fits)
      for group in members.indices where groups >> UInt64(group) & 1 == 1 { Self.add(person, to: &members[group]) }
    }
  }

  private static func add(_ person: Int, to holders: inout [Int]) {
    // One more than is looked at tells that there are too many.
    if holders.last != person, holders.count <= mostHolders { holders.append(person) }
  }

  private static func groups(_ all: UInt64) -> UInt64 {
    (all & Described.references) >> UInt64(Described.references.trailingZeroBitCount)
  }

  /// Who may be meant by an office, some of them twice; `nil` where too many have it.
  func holders(of head: WordHash) -> [Int]? {
    var all = holders[head] ?? []
    let groups = Self.groups(Lexicon.english[head].describes)
    for group in members.indices where groups >> UInt64(group) & 1 == 1 { all += members[group] }
    return all.count <= Self.mostHolders ? all : nil
  }
}
