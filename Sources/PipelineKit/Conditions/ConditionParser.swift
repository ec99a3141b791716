import Bytes
import StageKit

extension Condition {
  /// Reads `language == "en" and words > 50`, and checks that each literal fits its field.
  public init(_ text: String) throws(ConditionProblem) {
    var parser = try ConditionParser(text)
    root = try parser.parse()
    self.text = text
  }
}

/// Recursive descent, `not` before `and` before `or`:
///
///     expression := conjunction ("or" conjunction)*
///     conjunction := negation ("and" negation)*
///     negation := "not" negation | "(" expression ")" | test
///     test := FIELD comparison literal | FIELD "in" "[" literal ("," literal)* "]" | FIELD "matches" TEXT
private struct ConditionParser {
  private typealias Token = ConditionLexer.Token

  private var lexer: ConditionLexer
  private var token = Token.end
  private var place = 0..<0
  private var depth = 0

  private static let mostDepth = 32
  private static let joiners = ["and", "or", "not"]
  private static let relations = ["==", "!=", "<", ">", "<=", ">=", "in", "matches"]

  init(_ text: String) throws(ConditionProblem) {
    lexer = ConditionLexer(text)
    guard text.utf8.count <= ConditionLexer.mostBytes else {
      throw ConditionProblem(
        place: 0..<text.utf8.count,
        message: "the condition has more than \(ConditionLexer.mostBytes) bytes: make it shorter")
    }
    try advance()
  }

  mutating func parse() throws(ConditionProblem) -> Condition.Node {
    let node = try expression()
    if token == .end { return node }
    if case .word(let word) = token, let meant = nearest(to: word, among: ["and", "or"]) {
      throw problem("‘\(word)’ is not known here: write ‘\(meant)’")
    }
    let isChain = if case .mark(let mark) = token { Self.relations.contains(mark) } else { false }
    throw problem(
      isChain
        ? "a comparison has one field and one value: join two by ‘and’"
        : token == .mark(")")
          ? "a bracket is closed that was not opened" : "‘and’ or ‘or’ is wanted before \(shown)")
  }

  // MARK: - Grammar

  private mutating func expression() throws(ConditionProblem) -> Condition.Node {
    var nodes = [try conjunction()]
    while try take(.word("or")) { nodes.append(try conjunction()) }
    return nodes.count == 1 ? nodes[0] : .any(nodes)
  }

  private mutating func conjunction() throws(ConditionProblem) -> Condition.Node {
    var nodes = [try negation()]
    while try take(.word("and")) { nodes.append(try negation()) }
    return nodes.count == 1 ? nodes[0] : .all(nodes)
  }

  private mutating func negation() throws(ConditionProblem) -> Condition.Node {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.mostDepth { throw problem("brackets and ‘not’ go deeper than \(Self.mostDepth)") }
    if try take(.word("not")) { return .not(try negation()) }
    let open = place
    guard try take(.mark("(")) else { return try test() }
    let node = try expression()
    guard try take(.mark(")")) else {
      if token != .end { throw problem("‘and’, ‘or’ or ‘)’ is wanted before \(shown)") }
      throw ConditionProblem(place: open, message: "the bracket is not closed")
    }
    return node
  }

  private mutating func test() throws(ConditionProblem) -> Condition.Node {
    let (field, start) = (try self.field(), place)
    try advance()
    let relation = try self.relation(of: field)
    try advance()
    let wanted = try self.wanted(of: field, relation)
    // That there is none is that there is not anything.
    let isNegated = if case .anything = wanted { relation == "==" } else { relation == "!=" }
    return .test(Condition.Test(field: field, wanted: wanted, isNegated: isNegated, place: start))
  }

  private func field() throws(ConditionProblem) -> ConditionField {
    guard case .word(let word) = token else {
      switch token {
      case .text, .number: throw problem("the field stands first, as in ‘words > 50’")
      default: throw problem("a field is wanted here, as in ‘words > 50’")
      }
    }
    if let field = ConditionField.named(word) { return field }
    if Self.joiners.contains(word) { throw problem("a field is wanted before ‘\(word)’, as in ‘words > 50’") }
    if Self.joiners.contains(word.lowercased()) { throw problem("write ‘\(word.lowercased())’ in small letters") }
    let names = ConditionField.all.map(\.name)
    let parts = names.filter { $0.hasPrefix(word + ".") || $0.hasSuffix("." + word) }
    let near = parts.isEmpty ? nearest(to: word, among: names).map { [$0] } ?? [] : parts
    throw problem(
      near.isEmpty
        ? "unknown field ‘\(word)’: linecaster list conditions names all that there are"
        : "unknown field ‘\(word)’; did you mean \(near.map { "‘\($0)’" }.joined(separator: " or "))?")
  }

  private func relation(of field: ConditionField) throws(ConditionProblem) -> String {
    let word: String
    switch token {
    case .word(let text), .mark(let text): word = text
    default: word = ""
    }
    let known = field.kind.relations
    if known.contains(word) { return word }
    let list = known.map { "‘\($0)’" }.joined(separator: ", ")
    if Self.relations.contains(word) {
      throw problem("‘\(field.name)’ is \(field.kind.description), which takes \(list)")
    }
    if word == "not" { throw problem("‘not’ stands before the field, as in ‘not \(field.name) in […]’") }
    let near = word.isEmpty ? nil : nearest(to: word, among: known)
    throw problem(
      "a comparison is wanted behind ‘\(field.name)’: \(near.map { "did you mean ‘\($0)’?" } ?? "one of \(list)")")
  }

  // MARK: - Literals

  private mutating func wanted(
    of field: ConditionField, _ relation: String
  ) throws(ConditionProblem) -> Condition.Test.Wanted {
    if token == .word("null") {
      guard ["==", "!="].contains(relation) else { throw problem("‘null’ takes ‘==’ and ‘!=’ alone") }
      try advance()
      return .anything
    }
    if relation == "in" { return .init(members: try list(of: field)) }
    let at = place
    let literal = try self.literal(of: field)
    if relation == "matches", case .text(let bytes) = literal {
      guard let glob = Glob(String(decoding: bytes, as: UTF8.self)) else {
        throw ConditionProblem(
          place: at,
          message: "a ‘[’ of the pattern is not closed, or names a range backwards: write \\[ for the bracket itself")
      }
      return .pattern(glob)
    }
    if let order = Condition.Test.Order(relation) {
      switch literal {
      case .number(let number): return .number(order, number)
      case .text(let text): return .text(order, text)
      case .choice: break
      }
    }
    return .init(members: [literal])
  }

  private mutating func list(of field: ConditionField) throws(ConditionProblem) -> [ConditionField.Atom] {
    guard try take(.mark("[")) else { throw problem("a list is wanted behind ‘in’, as in [\(field.kind.example)]") }
    var members: [ConditionField.Atom] = []
    repeat { members.append(try literal(of: field)) } while try take(.mark(","))
    guard try take(.mark("]")) else { throw problem("‘,’ or ‘]’ is wanted in the list before \(shown)") }
    return members
  }

  private mutating func literal(of field: ConditionField) throws(ConditionProblem) -> ConditionField.Atom {
    let atom: ConditionField.Atom
    switch (token, field.kind) {
    case (.number(let number), .number): atom = .number(number)
    case (.text(let text), .text): atom = .text(Array(text.utf8))
    case (.text(let text), .day):
      guard let day = Day(iso: Array(text.utf8)), day.iso.elementsEqual(text.utf8) else {
        throw problem("‘\(text)’ is no day: write it as \(field.kind.example)")
      }
      atom = .text(Array(text.utf8))
    case (.text(let text), .language):
      guard LanguageTag.isCode(text) else {
        let near =
          LanguageTag.code(meantBy: text).map { "; did you mean ‘\($0)’?" }
          ?? ", which has two small letters, as in \"en\""
        throw problem("‘\(text)’ is no language code\(near)")
      }
      atom = .text(Array(text.utf8))
    case (.text(let text), .choice(let names)):
      guard let place = names.firstIndex(of: text) else {
        let near = nearest(to: text, among: names).map { "; did you mean ‘\($0)’?" } ?? ""
        throw problem("‘\(text)’ is not one of \(names.joined(separator: ", "))\(near)")
      }
      atom = .choice(place)
    case (.text(let text), .number):
      throw problem("‘\(field.name)’ is a number: write \(Int(text).map { "\($0)" } ?? "50") without quotation marks")
    case (.end, _), (.mark, _): throw problem("a value is wanted here, as in \(field.kind.example)")
    case (.word(let word), .number): throw problem("‘\(field.name)’ is a number: ‘\(word)’ is none")
    case (_, _):
      throw problem(
        "‘\(field.name)’ is \(field.kind.description), which stands in quotation marks, as in \(field.kind.example)")
    }
    try advance()
    return atom
  }

  // MARK: - Tokens

  private mutating func advance() throws(ConditionProblem) { (token, place) = try lexer.next() }

  private mutating func take(_ wanted: Token) throws(ConditionProblem) -> Bool {
    guard token == wanted else { return false }
    try advance()
    return true
  }

  private func problem(_ message: String) -> ConditionProblem { ConditionProblem(place: place, message: message) }

  private var shown: String {
    switch token {
    case .word(let text), .mark(let text): "‘\(text)’"
    case .text(let text): text.contains("\"") ? "'\(text)'" : "\"\(text)\""
    case .number(let number): "\(number)"
    case .end: "the end"
    }
  }
}

extension Condition.Test.Order {
  fileprivate init?(_ relation: String) {
    switch relation {
    case "<": self = .less
    case "<=": self = .atMost
    case ">": self = .greater
    case ">=": self = .atLeast
    default: return nil
    }
  }
}

extension Condition.Test.Wanted {
  /// All are of the kind of one field.
  fileprivate init(members: [ConditionField.Atom]) {
    switch members[0] {
    case .number: self = .numbers(members.compactMap { if case .number(let number) = $0 { number } else { nil } })
    case .text: self = .texts(members.compactMap { if case .text(let text) = $0 { text } else { nil } })
    case .choice:
      self = .choices(members.reduce(0) { if case .choice(let place) = $1 { $0 | 1 << UInt64(place) } else { $0 } })
    }
  }
}
