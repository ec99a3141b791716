import StageKit

/// A typed name at one place.
struct Mention: Sendable {
  var tokens: Range<Int>
  var kind: Entity.Kind
  /// Index of its entity.
  var entity = 0
}
