import Bytes
import Entities
import Lexicon
import StageKit

/// The lists that a model is packed with, as they stand in its file.
package struct ListFiles: Sendable {
  let words: [UInt8]
  let phrases: [UInt8]
  let paths: [UInt8]

  /// No lists.
  package init() {
    words = HashedTable.packed([:])
    phrases = HashedTable.packed([:])
    paths = Array(repeating: 0, count: NameLists.clusterCount * 4)
  }

  /// Those of a model.
  package init(model: Resource) throws(StageError) {
    let sections = try NameModel.sections(of: model)
    (paths, words, phrases) = withExtendedLifetime(model) {
      (Array(sections.paths), Array(sections.words), Array(sections.phrases))
    }
  }

  /// - Parameters:
  ///   - words: lines of word, cluster with capital, cluster without, use of capitals, frequency, given name,
  ///     surname, place; the fields are separated by tabs.
  ///   - phrases: lines of name and kind.
  /// - Throws: naming the line that is wrong.
  package init(words: [UInt8], phrases: [UInt8]) throws(StageError) {
    var (facts, paths) = try Self.facts(words)
    var names: [UInt64: UInt32] = [:]
    let kinds = ["place": UInt32(1), "person": 2, "organization": 4]
    for (number, line) in phrases.split(separator: 0x0A).enumerated() {
      let fields = line.split(separator: 0x09)
      guard fields.count == 2, let kind = kinds[String(decoding: fields[1], as: UTF8.self)] else {
        throw StageError(.failsArticle, class: .lists, "line \(number + 1) of the phrases is not a name and a kind")
      }
      let tokens = NameTokens.of(fields[0]).map { WordHash($0.map(\.lowered)) }
      guard tokens.count > 1, tokens.count <= NameLists.longestPhrase else { continue }
      var hash = PhraseHash()
      for token in tokens { hash.add(token) }
      names[hash.value.value, default: 0] |= kind
      facts[tokens[0].value, default: 0] |= WordFacts.opener
    }
    paths += Array(repeating: 0, count: NameLists.clusterCount - paths.count)
    self.words = HashedTable.packed(facts)
    self.phrases = HashedTable.packed(names)
    self.paths = paths.withUnsafeBytes { Array($0) }
  }

  /// By the hash of the word; and the paths of the clusters by index.
  private static func facts(_ words: [UInt8]) throws(StageError) -> ([UInt64: UInt32], [UInt32]) {
    func fail(_ message: String) -> StageError { StageError(.failsArticle, class: .lists, message) }
    var facts: [UInt64: UInt32] = [:]
    var paths: [UInt32] = [0]
    var indices: [UInt32: UInt32] = [0: 0]
    for (number, line) in words.split(separator: 0x0A).enumerated() {
      let fields = line.split(separator: 0x09, omittingEmptySubsequences: false)
      let numbers = fields.dropFirst().compactMap { UInt32(String(decoding: $0, as: UTF8.self)) }
      guard fields.count == 8, numbers.count == 7, numbers[2] < 8, numbers[3...].allSatisfy({ $0 < 4 }) else {
        throw fail("line \(number + 1) of the words has not the eight fields it should have")
      }
      for path in numbers[..<2] where indices[path] == nil {
        indices[path] = UInt32(paths.count)
        paths.append(path)
      }
      guard paths.count <= NameLists.clusterCount else {
        throw fail("the words have more than \(NameLists.clusterCount - 1) clusters")
      }
      facts[WordHash(fields[0]).value] =
        (indices[numbers[0]] ?? 0) | (indices[numbers[1]] ?? 0) << 10 | numbers[2] << 20 | numbers[3] << 23
        | numbers[4] << 25 | numbers[5] << 27 | numbers[6] << 29
    }
    return (facts, paths)
  }
}
