import Bytes
import StageKit

/// Takes the number into the name of a body that has one: “Fisheries Council Committee 1208”, “Coastal Defence Brigade
/// 47”. A year, and the number of an amount, stay outside.
struct NumberedBodies {
  let words: [Word]
  let tokens: [Token]

  /// - Parameters:
  ///   - names: sorted, without overlaps.
  ///   - values: sorted.
  func extend(
    _ names: inout [Candidate], _ sentences: [Sentence], besides values: [Value], _ text: Span<UInt8>,
    _ watch: inout DeadlineWatch
  ) throws(StageError) {
    var value = 0
    var cursor = SentenceCursor(sentences)
    for at in names.indices {
      try watch.step()
      guard names[at].kind == .organization, names[at].tokens.count > 1 else { continue }
      let number = names[at].tokens.upperBound
      guard number < cursor.tokens(around: number - 1).upperBound, words[number].shape.has(.number),
        Self.heads.contains(words[number - 1].lowered),
        isNumber(tokens[number].span, text), at + 1 == names.count || names[at + 1].tokens.lowerBound > number
      else { continue }
      while value < values.count, values[value].tokens.upperBound <= number { value += 1 }
      if value < values.count, values[value].tokens.contains(number) { continue }
      names[at].tokens = Range(from: names[at].tokens.lowerBound, upTo: number + 1)
    }
  }

  /// Up to four digits, and no year of our time.
  private func isNumber(_ span: ByteSpan, _ text: Span<UInt8>) -> Bool {
    guard span.count <= 4 else { return false }
    var number = 0
    for at in span.range {
      guard text[at].isDigit else { return false }
      number = number * 10 + Int(text[at] & 0x0F)
    }
    return !(1900..<2100).contains(number)
  }

  private static let heads = WordSet([
    "committee", "subcommittee", "unit", "brigade", "battalion", "squadron", "division", "regiment",
  ])
}
