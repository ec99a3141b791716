import Bytes
import StageKit

/// Finds the acronyms that an article introduces in brackets: “Lund Harbour Authority (LHA)” and “LHA (Lund Harbour
/// Authority)”.
struct Acronyms {
  let words: [Word]
  let tokens: [Token]
  let sentences: [Sentence]

  /// The token of the acronym that stands with a full name in its sentence.
  func acronym(of name: Range<Int>, _ cursor: inout SentenceCursor, _ text: Span<UInt8>) -> Int? {
    guard name.count > 1 else { return nil }
    let sentence = cursor.tokens(around: name.lowerBound)
    guard let at = acronym(after: name, sentence) ?? acronym(before: name, sentence),
      isAcronym(tokens[at].span, of: name, text)
    else { return nil }
    return at
  }

  /// Gives every such acronym, wherever it stands, the type of its full name.
  ///
  /// - Parameter names: sorted, without overlaps.
  func add(
    to names: inout [Candidate], _ text: Span<UInt8>, _ watch: inout DeadlineWatch
  ) throws(StageError) {
    var kinds = WordTable<Entity.Kind>()
    var cursor = SentenceCursor(sentences)
    for name in names where name.kind != .person {
      try watch.step()
      if let kind = name.kind, let at = acronym(of: name.tokens, &cursor, text) { kinds.insert(words[at].form, kind) }
    }
    if kinds.count == 0 { return }
    var all: [Candidate] = []
    var next = 0
    for at in words.indices {
      try watch.step()
      while next < names.count, names[next].tokens.upperBound <= at {
        all.append(names[next])
        next += 1
      }
      guard words[at].shape.has(.allCaps), let kind = kinds[words[at].form] else { continue }
      if next < names.count, names[next].tokens.contains(at) {
        if names[next].tokens.count == 1 { names[next].kind = kind }
      } else {
        all.append(Candidate(tokens: at..<at + 1, evidence: Evidence(), key: words[at].lowered, kind: kind))
      }
    }
    names = all + names[next...]
    try watch.look()
  }

  /// The token of capitals in the bracket after a name.
  private func acronym(after name: Range<Int>, _ sentence: Range<Int>) -> Int? {
    let at = name.upperBound + 1
    guard at + 1 < sentence.upperBound, words[at - 1].mark == UInt8(ascii: "("), words[at].shape.has(.allCaps),
      words[at + 1].mark == UInt8(ascii: ")")
    else { return nil }
    return at
  }

  /// The token of capitals before the bracket that a name fills.
  private func acronym(before name: Range<Int>, _ sentence: Range<Int>) -> Int? {
    var bracket = name.lowerBound - 1
    if bracket > sentence.lowerBound, words[bracket].lowered == Chunker.the { bracket -= 1 }
    guard bracket > sentence.lowerBound, words[bracket].mark == UInt8(ascii: "("),
      words[bracket - 1].shape.has(.allCaps),
      name.upperBound < sentence.upperBound, words[name.upperBound].mark == UInt8(ascii: ")")
    else { return nil }
    return bracket - 1
  }

  /// Whether the letters are the first ones of the name's capitals, in order, give or take one.
  private func isAcronym(_ span: ByteSpan, of range: Range<Int>, _ text: Span<UInt8>) -> Bool {
    var at = span.start
    var missed = 0
    for token in range where words[token].isCapital {
      if at < span.end, text[tokens[token].span.start] == text[at] { at += 1 } else { missed += 1 }
    }
    return at == span.end && missed <= 1
  }
}
