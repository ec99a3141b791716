import StageKit

extension Antecedents {
  /// With a runner-up of more than this share of the best one's weight a description stands for nobody.
  private static let doubtfulDescription = 0.8

  /// The candidate with the most weight, where that is somebody with a name and nobody else may be meant.
  ///
  /// - Parameter share: what the place where the pronoun or description stands leaves of a candidate's weight.
  package func best(_ anaphor: Anaphor, share: (Int) -> Double) -> Int? {
    var ranking = Ranking(least: Resolver.leastWeight)
    var unshared = 0.0
    for candidate in candidates[anaphor.candidates] {
      guard candidate.weight > ranking.second else { continue }
      let weight = candidate.weight * (candidate.entity.map(share) ?? 1)
      if weight > ranking.weight { unshared = candidate.weight }
      ranking.add(candidate.entity, weight)
    }
    guard let entity = ranking.entity, unshared > anaphor.least, ranking.weight >= anaphor.leastLeft else { return nil }
    if anaphor.kind == .description, ranking.second > Self.doubtfulDescription * ranking.weight { return nil }
    return entity
  }
}
