import Bytes
import Lexicon
import StageKit

/// Which words are of a role that stands beside a name: “Foreign Minister Ada Corr”, “Jonas Holm, the mayor of Bergen”.
struct ToldRoles {
  /// For each token.
  private(set) var tokens: [Bool]

  private let passage: Passage

  /// - Throws: where the deadline has passed.
  init(
    _ named: NamedText, _ entities: [Entity], in text: Span<UInt8>, _ watch: inout DeadlineWatch
  ) throws(StageError) {
    passage = named.passage
    tokens = Array(repeating: false, count: passage.words.count)
    for mention in named.mentions where named.isPerson(mention) && !mention.tokens.isEmpty {
      for role in entities[mention.entity].roles {
        try watch.step()
        mark(role, beside: mention, text)
      }
    }
  }

  private mutating func mark(_ role: [UInt8], beside mention: NamedText.Mention, _ text: Span<UInt8>) {
    let first = mention.tokens.lowerBound
    if let start = start(of: role, before: first, text) { mark(Range(from: start, upTo: first)) }
    if first > 0, passage.words[first - 1].traits.has(.comma), let start = start(of: role, before: first - 1, text) {
      mark(Range(from: start, upTo: first - 1))
    }
    var at = mention.tokens.upperBound
    guard at + 1 < passage.words.count, passage.words[at].traits.has(.comma) else { return }
    at += 1
    if passage.words[at].traits.has(.determinerOfName) { at += 1 }
    if let end = end(of: role, from: at, text) { mark(Range(from: at, upTo: end)) }
  }

  private mutating func mark(_ role: Range<Int>) {
    for at in role { tokens[at] = true }
  }

  /// The first token of a role that ends before a token. Single spaces of the role are any white space of the text.
  private func start(of role: [UInt8], before end: Int, _ text: Span<UInt8>) -> Int? {
    var (left, at) = (role.count, end)
    while left > 0 {
      at -= 1
      guard at >= 0, case let span = passage.words[at].span, span.count <= left else { return nil }
      left -= span.count
      for offset in 0..<span.count where text[span.start + offset] != role[left + offset] { return nil }
      if left > 0, role[left - 1] == 0x20 { left -= 1 }
    }
    return at
  }

  /// The token behind a role that begins with a token.
  private func end(of role: [UInt8], from start: Int, _ text: Span<UInt8>) -> Int? {
    var (read, at) = (0, start)
    while read < role.count {
      guard at < passage.words.count, case let span = passage.words[at].span, read + span.count <= role.count else {
        return nil
      }
      for offset in 0..<span.count where text[span.start + offset] != role[read + offset] { return nil }
      read += span.count
      if read < role.count, role[read] == 0x20 { read += 1 }
      at += 1
    }
    return at
  }
}
