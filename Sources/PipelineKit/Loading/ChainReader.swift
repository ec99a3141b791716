import ArticleIO
import StageKit
import YAML

/// One entry of `stages`.
private struct Entry {
  /// The stage's name as it was written.
  var key: Node
  var name: String
  var options: Node?
  /// `nil` where no stage has the name.
  var stage: StageKind?
  /// The stage that was most likely meant where none has the name.
  var meant: StageKind?
  /// The condition of its `when`, and where that stands.
  var when: (condition: Condition, node: Node)?
}

/// Reads `stages`, checks that their order can work, and makes them.
struct ChainReader {
  let registry: StageRegistry
  /// `nil` where the stages are not to be made.
  let context: StageContext?

  /// - Returns: `nil` where something is wrong.
  func read(_ node: Node, into reader: inout SettingsReader) -> Chain? {
    let before = reader.errorCount
    guard let items = node.sequence, !items.isEmpty else {
      reader.report(
        node,
        node.isNull || node.sequence != nil
          ? "the chain is empty: name at least one of \(registry.names.joined(separator: ", "))"
          : "‘stages’ wants a list: \(listMend(node))")
      return nil
    }
    var entries = items.compactMap { entry($0, &reader) }
    checkRepeats(entries, &reader)
    checkOrder(entries, &reader)
    let links = entries.indices.compactMap { index in
      entries[index].stage.map { make($0, &entries[index], isLast: index == entries.count - 1, &reader) }
    }
    checkConditions(entries, &reader)
    guard reader.errorCount == before else { return nil }
    return Chain(links.compactMap(\.self))
  }

  private func listMend(_ node: Node) -> String {
    if let pairs = node.mapping, let first = pairs.first?.key.scalar?.text, registry[first] != nil {
      return "put ‘- ’ before each stage, as in ‘- \(first)’"
    }
    let text = node.scalar?.text ?? ""
    let names = text.split(whereSeparator: { ", ;|>".contains($0) }).map(String.init)
    if !names.isEmpty, names.allSatisfy({ registry[$0] != nil }) { return "write [\(names.joined(separator: ", "))]" }
    if text.hasPrefix("-"), let first = names.first?.dropFirst(), registry[String(first)] != nil {
      return "a blank is missing behind ‘-’: write ‘- \(first)’"
    }
    return "a line ‘- NAME’ for each stage"
  }

  /// `- name: clean`, which calls a stage by a key: what it calls.
  private func stageCalled(by pairs: [Node.Pair]) -> StageKind? {
    guard let first = pairs.first, registry[first.key.scalar?.text ?? ""] == nil else { return nil }
    return first.value.scalar.flatMap { registry[$0.text] }
  }

  /// `- name` or `- name: {options}`.
  private func entry(_ node: Node, _ reader: inout SettingsReader) -> Entry? {
    var (key, options) = (node, Node?.none)
    if let pairs = node.mapping, let first = pairs.first {
      if let stage = stageCalled(by: pairs) {
        let options = pairs.dropFirst().compactMap(\.key.scalar?.text)
        let mend =
          options.isEmpty ? stage.name : "\(stage.name): {\(options.map { "\($0): …" }.joined(separator: ", "))}"
        reader.report(first.key, "a stage is written by its name itself: write ‘- \(mend)’")
        return Entry(key: first.value, name: stage.name, stage: stage)
      }
      (key, options) = (first.key, first.value)
      for extra in pairs.dropFirst() {
        let name = extra.key.scalar?.text ?? ""
        let belongsInside = registry[first.key.scalar?.text ?? ""]?.options.contains { $0.name == name } == true
        reader.report(
          extra.key,
          belongsInside
            ? "‘\(name)’ is an option of ‘\(first.key.scalar?.text ?? "")’: indent it further than the stage’s name"
            : "a second stage in one list item: start a line with ‘- \(name)’")
      }
    }
    guard let name = key.scalar?.text, !key.isNull else {
      reader.report(node, "a stage is written ‘- NAME’ or ‘- NAME: {OPTION: VALUE}’")
      return nil
    }
    if let stage = registry[name] { return Entry(key: key, name: name, options: options, stage: stage) }
    if let problem = registry.broken[name] {
      reader.report(key, "the plugin ‘\(name)’ cannot be used: \(problem)")
      return Entry(key: key, name: name, options: options)
    }
    let near = nearest(to: name, among: registry.names)
    if let problem = OddCharacters.problem(with: name) {
      reader.report(key, problem)
      return Entry(key: key, name: name, options: options)
    }
    let words = name.split(separator: " ").map(String.init)
    if words.count > 1, words.allSatisfy({ registry[$0] != nil }) {
      reader.report(
        key, "each stage stands in a line of its own: \(words.map { "‘- \($0)’" }.joined(separator: " and "))")
      return Entry(key: key, name: name, options: options)
    }
    let hint = near.map { "; did you mean ‘\($0)’?" } ?? ": the stages are \(registry.names.joined(separator: ", "))"
    reader.report(key, "unknown stage ‘\(name)’" + hint)
    return Entry(key: key, name: name, options: options, meant: near.flatMap { registry[$0] })
  }

  private func checkRepeats(_ entries: [Entry], _ reader: inout SettingsReader) {
    var seen: [String: Node] = [:]
    for entry in entries where entry.stage != nil {
      if let first = seen[entry.name] {
        reader.report(
          entry.key, "‘\(entry.name)’ stands in the chain twice: first at line \(first.start.position.line)")
      } else {
        seen[entry.name] = entry.key
      }
    }
  }

  /// Every stage must find what it needs, and the text must not change under a layer.
  private func checkOrder(_ entries: [Entry], _ reader: inout SettingsReader) {
    var provided: Set<Layer> = []
    /// The first stage that provides each, by its key.
    var providers: [String: (stage: String, layer: Layer)] = [:]
    var firstLayer: Entry?
    for (index, entry) in entries.enumerated() {
      guard let stage = entry.stage ?? entry.meant else {
        // An unknown stage may provide anything: what comes after it cannot be judged.
        return
      }
      if index > 0, let reads = stage.plugin?.reads, !reads.isEmpty,
        entries[..<index].contains(where: { $0.stage?.plugin?.reads.isEmpty != false })
      {
        reader.report(entry.key, "‘\(entry.name)’ reads files, before any stage runs: move it to the beginning")
      }
      if entry.stage != nil {
        let missing = stage.requires.filter { !provided.contains($0) }
        reportMissing(missing, entry, later: entries[(index + 1)...], &reader)
        // Told once: the mend helps every later stage that needs the same.
        provided.formUnion(missing)
        if stage.provides.contains(.body), let firstLayer {
          reader.report(
            entry.key,
            "‘\(entry.name)’ replaces the text that ‘\(firstLayer.name)’ has worked on: put ‘\(entry.name)’ before "
              + "‘\(firstLayer.name)’")
        }
      }
      for layer in stage.provides where entry.stage != nil {
        let first = providers[layer.key] ?? (entry.name, layer)
        providers[layer.key] = first
        guard first.layer == layer, first.layer.shape != layer.shape else { continue }
        reader.report(
          entry.key,
          "‘\(entry.name)’ provides ‘\(layer.key)’ in another shape than ‘\(first.stage)’ before it: one of them needs another name for it"
        )
      }
      provided.formUnion(stage.provides)
      if firstLayer == nil, stage.provides.contains(where: \.standsOnText) { firstLayer = entry }
    }
  }

  private func reportMissing(
    _ missing: [Layer], _ entry: Entry, later: ArraySlice<Entry>, _ reader: inout SettingsReader
  ) {
    var hints: [(words: String, layers: [String])] = []
    for layer in missing {
      let words: String
      if let behind = later.first(where: { $0.stage?.provides.contains(layer) == true }) {
        words = "move ‘\(behind.name)’ before it"
      } else if let provider = registry.provider(of: layer) {
        words = "put ‘\(provider.name)’ before it"
      } else {
        words = "no stage provides them"
      }
      if let same = hints.firstIndex(where: { $0.words == words }) {
        hints[same].layers.append(layer.key)
      } else {
        hints.append((words, [layer.key]))
      }
    }
    for hint in hints {
      reader.report(entry.key, "‘\(entry.name)’ needs \(hint.layers.joined(separator: " and ")): \(hint.words)")
    }
  }

  /// What a stage's condition reads must be known before it runs.
  private func checkConditions(_ entries: [Entry], _ reader: inout SettingsReader) {
    let chain = entries.compactMap(\.stage)
    // An unknown stage may provide anything.
    guard chain.count == entries.count else { return }
    for (index, entry) in entries.enumerated() {
      guard let (condition, node) = entry.when else { continue }
      for test in condition.tests {
        if let problem = problem(with: test.field, before: index, chain) { reader.report(node, test.place, problem) }
      }
    }
  }

  private func problem(with field: ConditionField, before index: Int, _ chain: [StageKind]) -> String? {
    let name = chain[index].name
    switch field.standing {
    case .decision:
      return "‘\(field.name)’ is decided when an article is committed, behind all stages: only ‘route’ can ask for it"
    case .chain: return "‘\(field.name)’ is known behind the last stage: a stage cannot ask for it"
    case .input, .layer: break
    }
    guard let count = field.standing.stages(of: chain) else { return registry.missing(field, "before it") }
    if count <= index { return nil }
    return count == index + 1
      ? "‘\(field.name)’ is what ‘\(name)’ itself finds: a stage can only ask for what is known before it"
      : "‘\(field.name)’ is known behind ‘\(chain[count - 1].name)’: move ‘\(chain[count - 1].name)’ before ‘\(name)’"
  }

  private func make(
    _ kind: StageKind, _ entry: inout Entry, isLast: Bool, _ reader: inout SettingsReader
  ) -> ChainLink? {
    let before = reader.errorCount
    let settings = reader.canonical.count
    var options = reader.read(
      entry.options, as: kind.options + StageRules.table.specs, owner: entry.name, prefix: "stages.\(entry.name)")
    reader.note("stage", .text(entry.name))
    var rules = StageRules.table.decode(options.values)
    for rule in StageRules.table.specs { options.values[rule.name] = nil }
    if let node = options.nodes["when"] {
      rules.when = reader.condition(node)
      entry.when = rules.when.map { ($0, node) }
    }
    if !isLast, kind.memory != nil {
      reader.report(
        entry.key,
        "‘\(entry.name)’ decides in the order of arrival, which only the last stage can: move it to the end")
    }
    guard reader.errorCount == before else { return nil }
    guard let context else { return .declared(kind, options: options.values, rules: rules) }
    do throws(StageError) {
      let resources = ResourceLog(context, besides: reader.file)
      var link = try ChainLink(kind, options: options.values, rules: rules, context: resources.context)
      for warning in resources.warnings { reader.warn(entry.key, "‘\(entry.name)’: \(warning)") }
      link.digest = Digest.ofStage(reader.canonical[settings...], resources: resources.canonical)
      return link
    } catch {
      reader.report(entry.key, "‘\(entry.name)’ cannot start: \(error.message)")
      return nil
    }
  }
}
