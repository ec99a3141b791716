import ArticleIO
import StageKit
import YAML

/// Reads nodes into settings and options, and notes everything that is wrong with them on the way.
struct SettingsReader {
  /// What marks say that they are of: the file itself, then those that it extends.
  private let sources: [SourceFile]
  var file: String { sources[0].path }

  /// Where a node stands.
  func file(of node: Node) -> String { sources[node.start.file].path }
  private(set) var diagnostics: [Diagnostic] = []
  /// Where values begin of which all is said.
  private var reported: Set<Place> = []

  private struct Place: Hashable {
    var file: Int
    var offset: Int
    init(_ mark: Mark) { (file, offset) = (mark.file, mark.offset) }
  }
  /// Every value with its default filled in, one a line, in an order of its own: what the digest covers.
  private(set) var canonical: [UInt8] = []

  /// More is no help: who edits a file fixes a few mistakes at a time.
  private static let mostDiagnostics = 1000

  init(file: String, source: [UInt8] = []) {
    sources = [SourceFile(path: file, bytes: source)]
  }

  /// - Parameter sources: the file itself first.
  init(_ sources: [SourceFile]) { self.sources = sources }

  /// Values as they were read, and the nodes they were read from.
  struct Read<Values> {
    var values: Values
    var nodes: [String: Node] = [:]
  }

  /// Other files that were read on the way, to show the lines that diagnostics point at.
  private(set) var files: [SourceFile] = []

  /// Takes in what was found in another file.
  mutating func add(_ found: [Diagnostic], from file: SourceFile) {
    diagnostics += found
    files.append(file)
  }

  /// Those that are errors.
  var errorCount: Int { diagnostics.count { $0.severity == .error } }

  mutating func report(_ node: Node, _ message: String) { report(node.start, node.end, message) }

  /// Of what is right and says nothing.
  private mutating func note(_ node: Node, _ message: String) { report(node.start, node.end, message, .note) }

  /// Of what can stand and is hardly meant.
  mutating func warn(_ node: Node, _ message: String) { report(node.start, node.end, message, .warning) }

  mutating func report(_ start: Mark, _ end: Mark, _ message: String, _ severity: Diagnostic.Severity = .error) {
    if diagnostics.count > Self.mostDiagnostics { return }
    let isOneTooMany = diagnostics.count == Self.mostDiagnostics
    diagnostics.append(
      Diagnostic(
        severity, file: sources[start.file].path, start: start.position, end: end.position,
        isOneTooMany ? "more than \(Self.mostDiagnostics) faults in the file: the rest is not told" : message))
  }

  /// Reads one mapping into settings.
  mutating func read<Root: StageOptions>(
    _ node: Node?, as table: OptionTable<Root>, owner: String?, prefix: String?, sections: [String] = []
  ) -> Read<Root> {
    let read = read(node, as: table.specs, owner: owner, prefix: prefix, sections: sections)
    return Read(values: table.decode(read.values), nodes: read.nodes)
  }

  /// Reads one mapping.
  ///
  /// - Parameters:
  ///   - node: `nil`, or nothing written, leaves every option at its default.
  ///   - owner: as messages name it: `inbox`, `quotes`; `nil` for the file itself.
  ///   - prefix: of its lines in `canonical`; `nil` where the digest has no part in it.
  ///   - sections: keys of the mapping that are read elsewhere.
  mutating func read(
    _ node: Node?, as specs: [OptionSpec], owner: String?, prefix: String?, sections: [String] = []
  ) -> Read<OptionValues> {
    var read = Read<OptionValues>(values: [:])
    for pair in pairs(of: node, specs, owner: owner) {
      let name = pair.key.scalar?.text ?? ""
      if let spec = specs.first(where: { $0.name == name }) {
        read.nodes[name] = pair.value
        if let value = value(pair.value, of: spec) {
          read.values[name] = value
          if value == spec.default { note(pair.key, "‘\(name)’ is so without being written: it can go") }
        }
      } else if sections.contains(name) {
        read.nodes[name] = pair.value
      } else if owner == nil, name.hasPrefix("x-") {
        // For what anchors name and the rest of the file repeats.
        continue
      } else {
        report(
          pair.key,
          OddCharacters.problem(with: name) ?? Self.unknown(name, owner: owner, names: specs.map(\.name) + sections))
      }
    }
    guard let prefix else { return read }
    for spec in specs.sorted(by: { $0.name < $1.name }) {
      if let value = read.values[spec.name] ?? spec.default { note("\(prefix).\(spec.name)", value) }
    }
    return read
  }

  /// The pairs of a mapping; none where there is none.
  private mutating func pairs(of node: Node?, _ specs: [OptionSpec], owner: String?) -> [Node.Pair] {
    guard let node, !node.isNull else { return [] }
    if let pairs = node.mapping { return pairs }
    if let text = node.scalar?.text, let (key, place) = MissingBlank.find(in: text) {
      report(
        node, place..<place + 1, OddCharacters.problem(behind: key, in: text) ?? "a blank is missing behind ‘\(key):’")
      return []
    }
    let mend = MappingMend(specs).mend(node, owner: owner)
    report(
      node,
      "\(owner.map { "‘\($0)’ wants" } ?? "a pipeline is") a mapping, ‘key: value’" + (mend.map { ": \($0)" } ?? ""))
    return []
  }

  private static func unknown(_ name: String, owner: String?, names: [String]) -> String {
    let place = owner.map { " in ‘\($0)’" } ?? ""
    if let near = nearest(to: name, among: names) { return "unknown key ‘\(name)’\(place); did you mean ‘\(near)’?" }
    return "unknown key ‘\(name)’\(place): the keys are \(names.joined(separator: ", "))"
  }

  /// Reads the value of one option; `nil` where it is none.
  mutating func value(_ node: Node, of spec: OptionSpec) -> OptionValue? {
    if isReported(node) { return nil }
    if node.isNull, node.scalar?.text == "~" {
      report(
        node,
        "‘~’ means no value in YAML, and no home directory: write out what is meant; ‘\(spec.name)’ takes \(spec.type.description)"
      )
      return nil
    }
    if node.isNull {
      report(node, "‘\(spec.name)’ has no value; it takes \(spec.type.description)")
      return nil
    }
    if let former = node.scalar?.text, let word = spec.former[former] {
      warn(node, "‘\(former)’ is called ‘\(word)’ now: write that")
      return .text(word)
    }
    guard let element = spec.type.element else { return scalar(node, as: spec.type) }
    guard let items = node.sequence else {
      if node.scalar != nil { return scalar(node, as: spec.type) }
      report(node, "a list is wanted here: \(spec.type.description)")
      return nil
    }
    let values = items.map { scalar($0, as: element) }
    if values.contains(nil) { return nil }
    return .list(values.compactMap { if case .text(let text) = $0 { text } else { nil } })
  }

  private mutating func scalar(_ node: Node, as type: OptionType) -> OptionValue? {
    guard let scalar = node.scalar else {
      report(node, "a single value is wanted here: \(type.description)")
      return nil
    }
    if scalar.isPlain, let problem = OddCharacters.problem(with: scalar.text) {
      reportOnce(node, node.scalar.map { 0..<$0.text.utf8.count } ?? 0..<0, problem)
      return nil
    }
    do throws(OptionProblem) {
      return try type.read(scalar.text, plain: scalar.isPlain)
    } catch {
      report(node, error.message + (error.suggestion.map { "; did you mean ‘\($0)’?" } ?? ""))
      return nil
    }
  }
}

extension SettingsReader {
  /// Reads a condition; what is wrong is said at its place inside the text.
  mutating func condition(_ node: Node) -> Condition? {
    // Anything but a text has been reported.
    guard let scalar = node.scalar, !node.isNull else { return nil }
    do throws(ConditionProblem) {
      return try Condition(scalar.text)
    } catch {
      report(node, error.place, error.message)
      return nil
    }
  }

  /// What is wrong with a value so that nothing else is to be said of it.
  mutating func reportOnce(_ node: Node, _ place: Range<Int>, _ message: String) {
    reported.insert(Place(node.start))
    report(node, place, message)
  }

  func isReported(_ node: Node) -> Bool { reported.contains(Place(node.start)) }

  /// - Parameter place: in a text, in bytes of its value.
  mutating func report(_ node: Node, _ place: Range<Int>, _ message: String) {
    let marks = ScalarPlaces(of: node, in: sources[node.start.file].bytes)?.marks(of: place)
    report(marks?.start ?? node.start, marks?.end ?? node.end, message)
  }
}

extension SettingsReader {
  /// Adds something else the digest depends on.
  mutating func note(_ name: String, _ value: OptionValue) {
    var writer = JSONWriter()
    writer.string(name)
    writer.byte(UInt8(ascii: " "))
    switch value {
    case .bool(let value): writer.raw(value ? "true" : "false")
    case .integer(let value): writer.integer(value)
    case .number(let value): writer.number(value)
    case .text(let text): writer.string(text)
    case .list(let texts):
      for text in texts {
        writer.string(text)
        writer.byte(UInt8(ascii: ","))
      }
    }
    writer.byte(0x0A)
    canonical += writer.bytes
  }
}
