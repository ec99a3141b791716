import Bytes
import StageKit

/// Finds the sentences of tokens that are asked for more or less in order.
struct SentenceCursor {
  private let sentences: [Sentence]
  private var index = 0

  init(_ sentences: [Sentence]) { self.sentences = sentences }

  /// The tokens of the sentence that holds a token; of one between two sentences, of the later one.
  mutating func tokens(around token: Int) -> Range<Int> {
    while index > 0, index >= sentences.count || sentences[index].tokens.lowerBound > token { index -= 1 }
    while index + 1 < sentences.count, sentences[index].tokens.upperBound <= token { index += 1 }
    return index < sentences.count ? sentences[index].tokens : Range(from: token, upTo: token)
  }
}
