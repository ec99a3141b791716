import StageKit

extension ConditionField.Standing {
  /// How many stages of a chain must have run before it is known; `nil` where no stage of the chain gives it.
  func stages(of chain: [StageKind]) -> Int? {
    switch self {
    case .input(let layers):
      (chain.firstIndex { stage in layers.contains(where: stage.provides.contains) } ?? -1) + 1
    case .layer(let layer): chain.firstIndex { $0.provides.contains(layer) }.map { $0 + 1 }
    case .chain, .decision: chain.count
    }
  }
}

extension Condition {
  /// How many stages of a chain must have run before all that it reads is known. Ask it of a chain that gives all of it.
  func stages(of chain: [StageKind]) -> Int { tests.compactMap { $0.field.standing.stages(of: chain) }.max() ?? 0 }
}
