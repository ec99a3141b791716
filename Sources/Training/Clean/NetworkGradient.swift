import Clean

/// The gradient of a page's loss by the numbers of the network, by the chain rule (back-propagation).
struct NetworkGradient {
  /// What the pass forward found, of each block: the first vector, the means before and after it, the second vector.
  private var vectors: [Network.Vector] = []
  private var before: [Network.Vector] = []
  private var after: [Network.Vector] = []
  private var mixed: [Network.Vector] = []

  /// The scores of a page's blocks, four for each.
  mutating func scores(_ page: LabelledPage, _ network: Network) -> [Network.Scores] {
    let count = page.count
    vectors = Array(repeating: .zero, count: count)
    (before, after, mixed) = (vectors, vectors, vectors)
    var scores = [Network.Scores](repeating: .zero, count: count)
    for index in 0..<count {
      for row in page.rows(of: index) {
        scores[index] += network.rows[Int(row)]
        vectors[index] += network.embedding[Int(row)]
      }
      vectors[index] = Network.cut(vectors[index])
      if index > 0 { before[index] = Network.fade(before[index - 1], vectors[index - 1]) }
    }
    for index in stride(from: count - 1, through: 0, by: -1) {
      if index + 1 < count { after[index] = Network.fade(after[index + 1], vectors[index + 1]) }
      mixed[index] = Network.cut(
        network.bias + Network.mix(network.own, vectors[index]) + Network.mix(network.before, before[index])
          + Network.mix(network.after, after[index]))
      for lane in 0..<Network.lanes { scores[index] += network.output[lane] * mixed[index][lane] }
    }
    return scores
  }

  /// Adds the gradient of the page that `scores` saw last.
  ///
  /// - Parameter slopes: of the loss by each score.
  func add(_ page: LabelledPage, _ network: Network, slopes: [Network.Scores], to gradient: inout Network) {
    let count = page.count
    // Of the loss by each block's first vector, and by the means.
    var first = [Network.Vector](repeating: .zero, count: count)
    var (beforeSlopes, afterSlopes) = (first, first)
    for index in 0..<count {
      var second = Network.Vector.zero
      for lane in 0..<Network.lanes {
        gradient.output[lane] += slopes[index] * mixed[index][lane]
        second[lane] = mixed[index][lane] > 0 ? (network.output[lane] * slopes[index]).sum() : 0
      }
      gradient.bias += second
      for lane in 0..<Network.lanes {
        gradient.own[lane] += second * vectors[index][lane]
        gradient.before[lane] += second * before[index][lane]
        gradient.after[lane] += second * after[index][lane]
        first[index][lane] = (network.own[lane] * second).sum()
        beforeSlopes[index][lane] = (network.before[lane] * second).sum()
        afterSlopes[index][lane] = (network.after[lane] * second).sum()
      }
    }
    // A mean passes its slope on to the block beside it and to the mean there.
    for index in stride(from: count - 1, to: 0, by: -1) {
      first[index - 1] += (1 - Network.fading) * beforeSlopes[index]
      beforeSlopes[index - 1] += Network.fading * beforeSlopes[index]
    }
    for index in 0..<max(0, count - 1) {
      first[index + 1] += (1 - Network.fading) * afterSlopes[index]
      afterSlopes[index + 1] += Network.fading * afterSlopes[index]
    }
    for index in 0..<count {
      let slope = first[index].replacing(with: 0, where: vectors[index] .<= 0)
      for row in page.rows(of: index) {
        gradient.rows[Int(row)] += slopes[index]
        gradient.embedding[Int(row)] += slope
      }
    }
  }
}
