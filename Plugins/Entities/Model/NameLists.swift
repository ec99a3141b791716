import Bytes
import Lexicon
import StageKit

/// The word lists of a model: clusters, use of capitals, names of people and places.
package struct NameLists: Sendable {
  /// By the hash of the lowered word.
  let words: HashedTable
  /// Names of several words, by `PhraseHash` of the lowered words; the value is a set of bits, one a kind of list.
  let phrases: HashedTable
  /// The path of each cluster in the tree of clusters: bits from the root on, the lowest first.
  ///
  /// Unsafe: as in `HashedTable`, and it has `clusterCount` elements.
  private nonisolated(unsafe) let paths: UnsafePointer<UInt32>
  package static let clusterCount = 1024

  init(words: UnsafeRawBufferPointer, phrases: UnsafeRawBufferPointer, paths: UnsafePointer<UInt32>) {
    self.words = HashedTable(words)
    self.phrases = HashedTable(phrases)
    self.paths = paths
  }

  subscript(word: WordHash) -> WordFacts { WordFacts(bits: words[word.value] ?? 0) }

  /// The path of a cluster, 0 where there is none.
  func path(_ cluster: Int) -> UInt64 { UInt64(paths[cluster]) }

  /// The most words that a listed name has.
  package static let longestPhrase = 4
}
