import Bytes
import Entities
import Lexicon
import StageKit

/// Tells which articles repeat others, by runs of five words.
package struct Repeats: Sendable {
  private var runs = Set<UInt64>()

  package init() {}

  package mutating func add(_ article: Article) { runs.formUnion(Self.runs(of: article)) }

  /// Whether a fifth or more of the article's runs stand in those that were added.
  package func hold(_ article: Article) -> Bool {
    let own = Self.runs(of: article)
    return !own.isEmpty && own.count { runs.contains($0) } * 5 >= own.count
  }

  private static func runs(of article: Article) -> Set<UInt64> {
    guard let tokens = article.segmentation?.tokens.filter({ $0.kind == .word || $0.kind == .number }) else {
      return []
    }
    let words = tokens.map { WordHash(lowered: article.text.span, $0.span) }
    var runs = Set<UInt64>()
    for start in words.indices.dropLast(4) {
      var hash = PhraseHash()
      for word in words[start..<start + 5] { hash.add(word) }
      runs.insert(hash.value.value)
    }
    return runs
  }
}
