import Bytes
import StageKit

/// The people of an article by what a transcript may call them.
struct LabelIndex {
  /// The first of each surname.
  private var surnames: [WordHash: Int] = [:]
  /// The first of each two or more initials.
  private var initials: [WordHash: Int] = [:]

  /// - Throws: where the deadline has passed.
  init(_ entities: [Entity], _ watch: inout DeadlineWatch) throws(StageError) {
    for person in entities.indices where entities[person].kind == .person {
      try watch.step()
      let name = entities[person].name
      add(name.span, of: person)
    }
  }

  private mutating func add(_ name: Span<UInt8>, of person: Int) {
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

  /// The first whose surname, or initials, a label is.
  subscript(label: ByteSpan, in text: Span<UInt8>) -> Int? {
    let surname = surnames[WordHash(lowered: text, label)]
    let initials = initials[WordHash(text, label)]
    guard let surname, let initials else { return surname ?? initials }
    return min(surname, initials)
  }
}
