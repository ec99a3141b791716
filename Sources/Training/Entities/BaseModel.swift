import Bytes
import Entities
import StageKit

/// The model that a fit goes on from: what it knows stays, and what is learned is written into it.
package struct BaseModel: Sendable {
  package let model: NameModel
  private let path: String
  private let steps: [UInt8]
  private let rows: [UInt8]
  private let lists: ListFiles

  /// - Throws: where the file is no model.
  package init(_ resource: Resource) throws(StageError) {
    model = try NameModel(resource)
    path = resource.path
    let sections = try NameModel.sections(of: resource)
    steps = Array(sections.steps)
    rows = Array(sections.rows)
    lists = try ListFiles(model: resource)
  }

  /// Numbers of the file to a weight: all large models have the same scale.
  private static let scale = 127 / NameModel.largestWeight
  /// Rows of a hundred that may be taken: beyond that a look-up would go on and on.
  private static let fullest = 90

  func knows(_ key: UInt64) -> Bool { model.weights(of: key) != nil }

  func weights(of keys: [UInt64]) -> (rows: [[Float]?], transitions: [Float]) {
    (
      keys.map { model.weights(of: $0)?.map { Float($0) / Self.scale } },
      model.transitions.map { Float($0) / Self.scale }
    )
  }

  /// The model's file with what a fit changed and added.
  ///
  /// - Throws: where there is no room for so much.
  func file(with keys: [UInt64], _ fit: NameFit, least: Float) throws(StageError) -> [UInt8] {
    let labels = NameLabel.count
    let rowSize = NameModel.rowSize
    var rows = self.rows
    let rowCount = rows.count / rowSize
    let zeros = [Float](repeating: 0, count: labels)
    var taken = 0
    rows.withUnsafeBytes { rows in
      for row in 0..<rowCount where rows.load(fromByteOffset: row * rowSize, as: UInt32.self) != 0 { taken += 1 }
    }
    rows.withUnsafeMutableBytes { rows in
      for (feature, key) in (keys + [FeatureKeys.contextMark]).enumerated() {
        let isMark = feature == keys.count
        let weights = isMark ? zeros[...] : fit.weights[(feature * labels)..<((feature + 1) * labels)]
        let fingerprint = HashedTable.fingerprint(key)
        var at = HashedTable.place(key, of: rowCount)
        var found = rows.load(fromByteOffset: at * rowSize, as: UInt32.self)
        while found != 0, found != fingerprint {
          at = (at + 1) % rowCount
          found = rows.load(fromByteOffset: at * rowSize, as: UInt32.self)
        }
        if found == 0 {
          guard isMark || weights.contains(where: { abs($0) >= least }) else { continue }
          taken += 1
          if taken * 100 > rowCount * Self.fullest { return }
          rows.storeBytes(of: fingerprint, toByteOffset: at * rowSize, as: UInt32.self)
        }
        for (label, weight) in weights.enumerated() {
          let number = Int8(max(-127, min(127, (weight * Self.scale).rounded())))
          rows.storeBytes(of: number, toByteOffset: at * rowSize + 4 + label, as: Int8.self)
        }
      }
    }
    if taken * 100 > rowCount * Self.fullest {
      throw StageError(
        .failsArticle, class: .training,
        "\(path) has no room for so much that is new: fit a model of its own, without --base")
    }
    let steps = fit.transitions.map { Int16(max(-30_000, min(30_000, ($0 * Self.scale).rounded()))) }
    return NameModel.file(
      sections: [steps.withUnsafeBytes { Array($0) }, lists.paths, lists.words, lists.phrases, rows])
  }

  /// Of each label, whether articles have it where the model has another one.
  func labelsTaught(by texts: [LabelledText]) throws(StageError) -> [Bool] {
    var isTaught = Array(repeating: false, count: NameLabel.count)
    for text in texts where !text.isRehearsal && !text.isVariant {
      for name in try unknownNames(of: text) {
        guard case .name(let kind) = text.names[name].label else { continue }
        for isBeginning in [true, false] { isTaught[NameLabel(kind, isBeginning: isBeginning).code] = true }
      }
      let found = try labelled(text.article, group: text.group).names
      // What the articles have no name for is to be none.
      if found.contains(where: { name in
        !text.names.contains { $0.span.start < name.span.end && name.span.start < $0.span.end }
      }) {
        isTaught[0] = true
      }
    }
    return isTaught
  }

  /// Places of the names of an article that the model does not find, or takes for something else.
  package func unknownNames(of text: LabelledText) throws(StageError) -> [Int] {
    let found = try labelled(text.article, group: text.group).names
    return text.names.indices.filter { place in
      let name = text.names[place]
      return !found.contains { $0.span == name.span && $0.label == name.label }
    }
  }

  /// An article with the names that the model finds, so that a fit keeps them.
  package func labelled(_ article: Article, group: String) throws(StageError) -> LabelledText {
    guard let segmentation = article.segmentation else {
      return LabelledText(article: article, names: [], trust: .full, group: group)
    }
    var watch = DeadlineWatch(.none)
    let span = article.text.span
    let words = try EntitiesStage.words(segmentation.tokens, span, &watch)
    let found = try EntitiesStage.names(words, segmentation, article.paragraphs ?? [], model, span, &watch)
    let names: [(span: ByteSpan, label: LabelledText.Label)] = found.compactMap { name in
      name.kind.map { kind in
        let span = ByteSpan(
          segmentation.tokens[name.tokens.lowerBound].span.start,
          segmentation.tokens[name.tokens.upperBound - 1].span.end)
        return (span, .name(kind))
      }
    }
    var text = LabelledText(article: article, names: names, trust: .full, group: group)
    text.isRehearsal = true
    return text
  }
}
