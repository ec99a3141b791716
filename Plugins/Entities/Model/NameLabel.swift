import StageKit

/// What a token is to a name, in the scheme BIO: outside, or the beginning or the inside of a name of some type.
package struct NameLabel: Hashable, Sendable {
  /// 0 outside; 1 and 2 the beginning and inside of a person, 3 and 4 of an organisation, and so on.
  package let code: Int

  package static let count = 1 + 2 * kinds.count
  static let outside = NameLabel(code: 0)
  static let kinds: [Entity.Kind] = [.person, .organization, .location, .miscellaneous]

  package init(code: Int) { self.code = code }

  /// - Precondition: `kind` is one of `kinds`.
  package init(_ kind: Entity.Kind, isBeginning: Bool) {
    code = 1 + 2 * (Self.kinds.firstIndex(of: kind) ?? 0) + (isBeginning ? 0 : 1)
  }

  var isOutside: Bool { code == 0 }
  var isBeginning: Bool { code & 1 == 1 }
  var isInside: Bool { code != 0 && code & 1 == 0 }
  /// `nil` outside.
  var kind: Entity.Kind? { code == 0 ? nil : Self.kinds[(code - 1) / 2] }

  /// Whether `next` may follow: the inside of a name only follows its own.
  package func mayPrecede(_ next: NameLabel) -> Bool {
    !next.isInside || code == next.code || code == next.code - 1
  }
}
