import Bytes
import StageKit

/// Points for each type of name, gathered from the lists, the name's own words and what stands beside it.
struct Evidence: Sendable {
  var person = 0
  var organization = 0
  var location = 0
  var miscellaneous = 0
  /// That it is no name.
  var nothing = 0

  static func + (a: Evidence, b: Evidence) -> Evidence {
    Evidence(
      person: a.person + b.person, organization: a.organization + b.organization, location: a.location + b.location,
      miscellaneous: a.miscellaneous + b.miscellaneous, nothing: a.nothing + b.nothing)
  }

  /// The type with most points, where they are enough.
  var decision: Entity.Kind? {
    let best = max(person, organization, location, miscellaneous)
    guard best >= 2, best > nothing else { return nil }
    if person == best { return .person }
    if location == best { return .location }
    if organization == best { return .organization }
    return .miscellaneous
  }
}

/// A stretch of tokens that may be a name.
package struct Candidate: Sendable {
  package var tokens: Range<Int>
  var evidence: Evidence
  /// Of the lowered tokens.
  var key: WordHash
  package var kind: Entity.Kind?
  /// Whether its evidence counts for other places with the same words.
  var isShared = true
  /// One word that no list knows: reports give a person's full name before the surname alone.
  var isBare = false
}
