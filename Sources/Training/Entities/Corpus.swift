import Bytes
import Entities
import StageKit

/// The stretches and features of all articles that a model learns from.
struct Corpus {
  private(set) var stretches: [LabelledStretch] = []
  /// Indices into `keys`, token after token.
  private(set) var features: [UInt32] = []
  /// By index.
  private(set) var keys: [UInt64] = []
  /// Of each, how often it is seen where a base is rehearsed, and whether elsewhere.
  private(set) var rehearsals: [Int] = []
  private(set) var isNew: [Bool] = []
  private var indices: [UInt64: UInt32] = [:]

  /// Whether the words around a token count.
  private let readsContext: Bool

  init(readsContext: Bool) { self.readsContext = readsContext }

  private static let miscellaneous: UInt16 =
    1 << UInt16(NameLabel(.miscellaneous, isBeginning: true).code)
    | 1 << UInt16(NameLabel(.miscellaneous, isBeginning: false).code)

  mutating func add(_ text: LabelledText, _ model: NameModel, weight: Float) throws(StageError) {
    defer { model.keepAlive() }
    guard let segmentation = text.article.segmentation else { return }
    let span = text.article.text.span
    var watch = DeadlineWatch(.none)
    let words = try EntitiesStage.words(segmentation.tokens, span, &watch)
    var article = try EntitiesStage.features(
      words, segmentation, text.article.paragraphs ?? [], model.lists, span, &watch
    ).features
    article.readsContext = readsContext
    let allowed = Self.allowed(text, segmentation.tokens)
    var keys = FeatureKeys()
    for stretch in article.stretches {
      var labelled = LabelledStretch(bounds: [features.count], tokenKinds: [], allowed: [], weight: weight)
      labelled.isRehearsal = text.isRehearsal
      for at in stretch.tokens {
        article.readKeys(at, stretch, span, into: &keys)
        for key in 0..<keys.count {
          features.append(index(of: keys[key]))
          let feature = Int(features[features.count - 1])
          if text.isRehearsal { rehearsals[feature] += 1 } else { isNew[feature] = true }
        }
        labelled.bounds.append(features.count)
        labelled.tokenKinds.append(UInt8(Transitions.tokenKind(words[at])))
        var labels = allowed[at]
        // A name that began before the stretch begins with it.
        if at == stretch.tokens.lowerBound { labels |= labels >> 1 & 0b010101010 }
        labelled.allowed.append(labels)
      }
      stretches.append(labelled)
    }
  }

  private mutating func index(of key: UInt64) -> UInt32 {
    if let index = indices[key] { return index }
    let index = UInt32(keys.count)
    indices[key] = index
    keys.append(key)
    rehearsals.append(0)
    isNew.append(false)
    return index
  }

  /// For each token, the labels it may have.
  private static func allowed(_ text: LabelledText, _ tokens: [Token]) -> [UInt16] {
    let none: UInt16 = text.trust == .partial ? 1 | miscellaneous : 1
    var allowed = Array(repeating: none, count: tokens.count)
    var at = 0
    for name in text.names {
      while at < tokens.count, tokens[at].span.end <= name.span.start { at += 1 }
      var isFirst = true
      var token = at
      while token < tokens.count, tokens[token].span.start < name.span.end {
        switch name.label {
        case .other: allowed[token] = 1 | miscellaneous
        case .name(.miscellaneous) where text.trust == .partial: allowed[token] = 1 | miscellaneous
        case .name(let kind): allowed[token] = 1 << UInt16(NameLabel(kind, isBeginning: isFirst).code)
        }
        isFirst = false
        token += 1
      }
    }
    return allowed
  }

  /// Takes out the features that were seen fewer than `least` times, and those that are seen in rehearsals only, but for those that
  /// a model knows.
  mutating func leaveOutRare(_ least: Int, besides base: BaseModel? = nil) {
    indices = [:]
    var counts = Array(repeating: 0, count: keys.count)
    for feature in features { counts[Int(feature)] += 1 }
    var renamed = Array(repeating: UInt32.max, count: keys.count)
    var kept: [UInt64] = []
    var (keptRehearsals, keptNew): ([Int], [Bool]) = ([], [])
    for (index, count) in counts.enumerated()
    where count >= least && isNew[index] || base?.knows(keys[index]) == true {
      renamed[index] = UInt32(kept.count)
      kept.append(keys[index])
      keptRehearsals.append(rehearsals[index])
      keptNew.append(isNew[index])
    }
    (keys, rehearsals, isNew) = (kept, keptRehearsals, keptNew)
    var left: [UInt32] = []
    left.reserveCapacity(features.count)
    for index in stretches.indices {
      var bounds = [left.count]
      for at in 0..<stretches[index].count {
        let own = Range(from: stretches[index].bounds[at], upTo: stretches[index].bounds[at + 1])
        for feature in features[own] where renamed[Int(feature)] != .max { left.append(renamed[Int(feature)]) }
        bounds.append(left.count)
      }
      stretches[index].bounds = bounds
    }
    features = left
  }

  func file(
    _ fit: NameFit, _ lists: ListFiles, _ options: NameTraining.Options, base: BaseModel?
  ) throws(StageError) -> [UInt8] {
    if let base { return try base.file(with: keys, fit, least: Float(options.leastWeight)) }
    return NameModel.file(
      lists: lists, keys: keys, weights: fit.weights, transitions: fit.transitions, least: Float(options.leastWeight))
  }
}
