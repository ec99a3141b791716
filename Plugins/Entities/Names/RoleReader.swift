import Bytes
import Lexicon
import StageKit

/// Reads what a person is: titles before the name and appositions after it.
struct RoleReader {
  let words: [Word]
  /// Of each token, what begins there.
  private var beginnings: [Beginning]
  /// Of each token, the first one of the name that ends before it, people left out; -1 where none does.
  private var starts: [Int32]

  private enum Beginning { case nothing, person, name }

  init(words: [Word], mentions: [Mention], _ watch: inout DeadlineWatch) throws(StageError) {
    self.words = words
    beginnings = Array(repeating: .nothing, count: words.count)
    starts = Array(repeating: -1, count: words.count + 1)
    for mention in mentions {
      try watch.step()
      beginnings[mention.tokens.lowerBound] = mention.kind == .person ? .person : .name
      if mention.kind != .person { starts[mention.tokens.upperBound] = Int32(clamping: mention.tokens.lowerBound) }
    }
  }

  /// The first token of the name that ends before a token, people left out.
  private func nameStart(endingAt at: Int) -> Int? { starts[at] < 0 ? nil : Int(starts[at]) }

  /// The token ranges of the roles beside a person's name.
  func roles(_ name: Range<Int>, _ sentence: Range<Int>) -> [Range<Int>] {
    var roles: [Range<Int>] = []
    if let before = before(name.lowerBound, sentence) { roles.append(before) }
    let isFollowedByMark = name.upperBound >= sentence.upperBound || words[name.upperBound].mark != 0
    if isFollowedByMark, name.lowerBound > sentence.lowerBound, words[name.lowerBound - 1].mark == UInt8(ascii: ","),
      let before = before(name.lowerBound - 1, sentence)
    {
      roles.append(before)
    }
    if let after = after(name.upperBound, sentence) { roles.append(after) }
    return roles
  }

  private enum Element { case none, title, part, name }

  /// “Russian Foreign Minister”, “UN Special Envoy for Syria”, “Russia's foreign minister” right before `end`.
  private func before(_ end: Int, _ sentence: Range<Int>) -> Range<Int>? {
    var at = end
    var start: Int?
    var hasRole = false
    var hasTitle = false
    var last = Element.none
    while at > sentence.lowerBound, end - at < 16 {
      let word = words[at - 1]
      if word.traits.has(.title), word.mark == 0 {
        if last == .title, word.shape.has(.lower), words[at].shape.has(.lower), !words[at].traits.has(.titlePart),
          !word.traits.has(.titlePart)
        {
          break
        }
        hasTitle = true
        if !Self.courtesies.contains(word.lowered) { hasRole = true }
        at -= 1
        start = at
        last = .title
      } else if word.traits.has(.titlePart), word.mark == 0, nameStart(endingAt: at) ?? at - 1 == at - 1 {
        at -= 1
        if hasTitle { start = at }
        last = .part
      } else if let first = nameStart(endingAt: at) {
        at = first
        if hasTitle { start = at }
        last = .name
      } else if word.shape.has(.possessive), hasTitle, let first = nameStart(endingAt: at - 1) {
        at = first
        start = at
        last = .name
      } else if word.shape.has(.hyphen), last != .none {
        at -= 1
      } else if word.traits.has(.joiner) || word.lowered == Self.to, word.shape.has(.lower), isInside(word, last) {
        at -= 1
      } else {
        break
      }
    }
    guard hasRole, let start else { return nil }
    return Range(from: start, upTo: end)
  }

  /// Whether a small word between a title and what comes after it belongs to the role.
  private func isInside(_ word: Word, _ last: Element) -> Bool {
    if word.lowered == Chunker.and { return false }
    return last == .name || last == .part && (word.lowered == Chunker.of || word.lowered == Chunker.the)
  }

  /// “, the mayor of Lund,” after a name.
  private func after(_ end: Int, _ sentence: Range<Int>) -> Range<Int>? {
    guard end + 2 < sentence.upperBound, words[end].mark == UInt8(ascii: ",") else { return nil }
    var start = end + 1
    let hasDeterminer = words[start].traits.has(.determinerOfName)
    if hasDeterminer { start += 1 }
    guard
      hasDeterminer || words[start].traits.has([.title, .titlePart]) && words[start].shape.has(.lower)
        || beginnings[start] == .name
    else { return nil }
    var at = start
    var title: Int?
    while at < sentence.upperBound, at - start < 14 {
      let word = words[at]
      if word.mark != 0, !word.shape.has(.hyphen), word.mark != UInt8(ascii: "&") { break }
      if beginnings[at] == .person || Self.relatives.contains(word.lowered) { break }
      if title == nil {
        if at - start > 6 { return nil }
        if word.traits.has(.personVerb), !word.traits.has(.title) { return nil }
        if word.traits.has(.title), word.shape.has(.lower) || word.isCapital { title = at }
      }
      at += 1
    }
    guard let title, at < sentence.upperBound else { return nil }
    guard words[at].mark != 0 || Self.relatives.contains(words[at].lowered) else { return nil }
    while at > title + 1, words[at - 1].traits.has([.joiner, .placePreposition, .determinerOfName]) { at -= 1 }
    return Range(from: start, upTo: at)
  }

  private static let courtesies = WordSet(
    ["mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss", "mx.", "monsieur", "madame", "herr", "frau", "jr."])
  private static let relatives = WordSet(["who", "whose", "whom", "which"])
  private static let to = WordHash("to".utf8)
}
