import StageKit

/// What must hold of an article: a field compared with a literal, or several of these joined by `and`, `or`, `not`.
public struct Condition: Sendable {
  indirect enum Node: Sendable {
    case test(Test)
    case not(Node)
    case all([Node])
    case any([Node])
  }

  /// A field and what one of its values must be. Where the article has none, no test holds but that there is none.
  struct Test: Sendable {
    enum Wanted: Sendable {
      case anything
      case number(Order, Int)
      case numbers([Int])
      case text(Order, [UInt8])
      case texts([[UInt8]])
      /// A bit for each choice.
      case choices(UInt64)
      case pattern(Glob)
    }

    enum Order: Sendable { case less, atMost, greater, atLeast }

    let field: ConditionField
    let wanted: Wanted
    /// `!=`: whether no value may be so.
    let isNegated: Bool
    /// Where the field's name stands, in bytes of the expression.
    let place: Range<Int>
  }

  let root: Node
  /// As it was written.
  public let text: String

  /// Every test in it, in the order of the expression.
  var tests: [Test] { root.tests }

  /// Whether it reads what is only decided when the article is committed.
  var readsDecision: Bool { tests.contains { $0.field.standing == .decision } }

  /// - Parameter status: the one that is supposed, for conditions that read it.
  public func holds(of article: Article, status: Duplicates.Status? = nil) -> Bool { root.holds(of: article, status) }
}

extension Condition.Node {
  func holds(of article: Article, _ status: Duplicates.Status?) -> Bool {
    switch self {
    case .test(let test):
      test.field.contains(article, status, test.wanted.mostThatMatters) { test.wanted.fits($0) } != test.isNegated
    case .not(let node): !node.holds(of: article, status)
    case .all(let nodes): nodes.allSatisfy { $0.holds(of: article, status) }
    case .any(let nodes): nodes.contains { $0.holds(of: article, status) }
    }
  }

  var tests: [Condition.Test] {
    switch self {
    case .test(let test): [test]
    case .not(let node): node.tests
    case .all(let nodes), .any(let nodes): nodes.flatMap(\.tests)
    }
  }
}

extension Condition.Test.Wanted {
  /// All numbers beyond it are the same to the test.
  var mostThatMatters: Int {
    switch self {
    case .number(_, let limit): limit
    case .numbers(let numbers): numbers.max() ?? 0
    default: .max
    }
  }

  func fits(_ atom: ConditionField.Atom) -> Bool {
    switch (self, atom) {
    case (.anything, _): true
    case (.number(let order, let limit), .number(let value)): order.holds(value, limit)
    case (.numbers(let numbers), .number(let value)): numbers.contains(value)
    case (.text(let order, let limit), .text(let value)):
      value == limit
        ? order == .atMost || order == .atLeast
        : value.lexicographicallyPrecedes(limit) == (order == .less || order == .atMost)
    case (.texts(let texts), .text(let value)): texts.contains(value)
    case (.choices(let bits), .choice(let place)): bits & 1 << UInt64(place) != 0
    case (.pattern(let glob), .text(let value)): glob.matches(value.span)
    default: false
    }
  }
}

extension Condition.Test.Order {
  func holds(_ value: Int, _ limit: Int) -> Bool {
    switch self {
    case .less: value < limit
    case .atMost: value <= limit
    case .greater: value > limit
    case .atLeast: value >= limit
    }
  }
}
