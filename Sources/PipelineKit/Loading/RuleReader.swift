import Bytes
import StageKit
import YAML

/// Reads the rules that say where lines go, and checks that what they read is known there.
struct RuleReader {
  let registry: StageRegistry
  /// `nil` where something is wrong with it: then it cannot be said what is known.
  let chain: [StageKind]?

  private static let most = 64

  func discards(_ node: Node?, into reader: inout SettingsReader) -> [Routing.Discard] {
    rules(node, "discard", DiscardSettings.table.specs, &reader).compactMap { rule in
      let settings = DiscardSettings.table.decode(rule.values)
      if let node = rule.nodes["reason"], settings.reason.isEmpty { reader.report(node, "the reason is empty") }
      guard let when = condition(rule, &reader) else { return nil }
      return Routing.Discard(when: when, reason: settings.reason, place: chain.map(when.stages) ?? 0)
    }
  }

  func routes(_ node: Node?, into reader: inout SettingsReader) -> [Routing.Route] {
    rules(node, "route", RouteSettings.table.specs, &reader).compactMap { rule in
      let settings = RouteSettings.table.decode(rule.values)
      if let node = rule.nodes["to"], let problem = Self.problem(withFolder: settings.to) {
        reader.report(node, problem)
      }
      return condition(rule, isRoute: true, &reader).map { Routing.Route(when: $0, folder: settings.to) }
    }
  }

  private typealias Rule = SettingsReader.Read<OptionValues>

  /// A list of mappings in which nothing may be left out.
  private func rules(_ node: Node?, _ key: String, _ specs: [OptionSpec], _ reader: inout SettingsReader) -> [Rule] {
    guard let node, !node.isNull else { return [] }
    let names = specs.map(\.name)
    guard let items = node.sequence else {
      reader.report(
        node, "‘\(key)’ wants a list of rules, each with \(names.map { "‘\($0)’" }.joined(separator: " and "))")
      return []
    }
    if items.count > Self.most { reader.report(node, "more than \(Self.most) rules: join some by ‘or’") }
    return items.enumerated().compactMap { number, item in
      let rule = reader.read(item, as: specs, owner: key, prefix: "\(key).\(number)")
      guard item.mapping != nil else {
        if item.isNull { reader.report(item, "a rule has ‘when’ and ‘\(names.last ?? "")’") }
        return nil
      }
      for name in names where rule.nodes[name] == nil {
        reader.report(item.start, item.start, "the rule has no ‘\(name)’")
      }
      return rule
    }
  }

  private func condition(_ rule: Rule, isRoute: Bool = false, _ reader: inout SettingsReader) -> Condition? {
    guard let node = rule.nodes["when"], let condition = reader.condition(node) else { return nil }
    guard let chain else { return condition }
    for test in condition.tests {
      if let problem = problem(with: test.field, isRoute, chain) { reader.report(node, test.place, problem) }
    }
    return condition
  }

  private func problem(with field: ConditionField, _ isRoute: Bool, _ chain: [StageKind]) -> String? {
    if field.standing == .decision, !isRoute {
      return
        "‘\(field.name)’ is decided of articles that are not discarded: ask for it in a ‘route’, or let ‘dedupe’ set "
        + "copies aside (action: set_aside)"
    }
    let needed = field.standing == .decision ? ConditionField.Standing.layer(.duplicates) : field.standing
    return needed.stages(of: chain) == nil ? registry.missing(field, "into it") : nil
  }

  private static func problem(withFolder name: String) -> String? {
    let isGood =
      (1...64).contains(name.utf8.count) && name.utf8.first.map { ByteClass($0).isAny(of: .alphanumeric) } == true
      && name.utf8.allSatisfy { ByteClass($0).isAny(of: .alphanumeric) || "-_".utf8.contains($0) }
    if !isGood {
      return
        "the name becomes a folder of the outbox: use 1 to 64 of a-z, A-Z, 0-9, ‘-’ and ‘_’, and start with a letter or "
        + "digit"
    }
    return ["duplicates", "discarded"].contains(name)
      ? "‘\(name)’ takes other lines: give the folder another name" : nil
  }
}

extension StageRegistry {
  /// Of a field that no stage of a chain gives.
  ///
  /// - Parameter place: where to put a stage that does.
  func missing(_ field: ConditionField, _ place: String) -> String {
    let provider =
      switch field.standing {
      case .layer(let layer): provider(of: layer)?.name
      case .decision: provider(of: .duplicates)?.name
      case .input, .chain: String?.none
      }
    return "no stage of the chain gives ‘\(field.name)’" + (provider.map { ": put ‘\($0)’ \(place)" } ?? "")
  }
}
