import ArticleIO
import StageKit
import Terminal

/// What each stage did with an article, for a person.
struct SimulationView {
  let useColor: Bool

  /// Code points of a value that are shown.
  private static let longest = 76
  /// Members of a list that are shown.
  private static let mostShown = 5

  func render(_ simulation: JSONValue) -> String {
    var lines: [String] = []
    for stage in simulation["stages"]?.array ?? [] { lines += render(stage: stage) }
    lines += rules("discard", simulation, \.reason)
    lines += rules("route", simulation, \.to)
    lines.append(outcome(simulation))
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: - Stages

  private func render(stage: JSONValue) -> [String] {
    let name = stage["stage"]?.string ?? ""
    let ran = stage["ran"] == .bool(true)
    var head = bold(name.padded(to: 10)) + (ran ? time(stage["microseconds"]?.int ?? 0) : dim("left out"))
    if let when = stage["when"]?.string {
      head += dim("  when \(visible(when.unicodeScalars)): \(ran ? "held" : "did not hold")")
    }
    var lines = [head]
    if case .object(let added)? = stage["added"] {
      for member in added { lines += render(member.key, member.value) }
      if ran, added.isEmpty { lines.append(dim("  nothing")) }
    }
    for error in stage["errors"]?.array ?? [] { lines.append(red("  \(visible((error.string ?? "").unicodeScalars))")) }
    return lines
  }

  private func time(_ microseconds: Int) -> String {
    let tenths = (microseconds + 50) / 100
    return "\(tenths / 10).\(tenths % 10) ms"
  }

  private func render(_ key: String, _ value: JSONValue) -> [String] {
    let start = "  " + key.padded(to: 12)
    guard let items = value.array else { return [start + short(value)] }
    var lines = [start + "\(items.count)"]
    // Sentences and tokens are many, and their places say little.
    if ["sentences", "tokens", "paragraphs"].contains(key) { return lines }
    for item in items.prefix(Self.mostShown) { lines.append("    " + line(of: item, key)) }
    if items.count > Self.mostShown { lines.append(dim("    and \(items.count - Self.mostShown) more")) }
    return lines
  }

  private func line(of item: JSONValue, _ key: String) -> String {
    switch key {
    case "entities":
      let roles = (item["roles"]?.array ?? []).compactMap(\.string).joined(separator: ", ")
      let count = item["mentions"]?.array?.count ?? 0
      return cut(
        (item["type"]?.string ?? "").padded(to: 9) + (item["name"]?.string ?? "") + (roles.isEmpty ? "" : ", \(roles)")
          + (count > 1 ? " (\(count) mentions)" : ""))
    case "quotes":
      let speaker = item["speaker"]?["name"]?.string ?? item["speaker"]?["text"]?.string ?? "nobody"
      return cut("\(speaker): \(item["text"]?.string ?? "")")
    default: return short(item)
    }
  }

  private func short(_ value: JSONValue) -> String {
    cut(value.string ?? String(decoding: value.encoded, as: UTF8.self))
  }

  private func cut(_ text: String) -> String {
    let shown = visible(text.unicodeScalars)
    return shown.unicodeScalars.count <= Self.longest
      ? shown : String(shown.unicodeScalars.prefix(Self.longest)) + "…"
  }

  // MARK: - Rules

  private func rules(_ key: String, _ simulation: JSONValue, _ consequence: KeyPath<Rule, String>) -> [String] {
    (simulation[key]?.array ?? []).map { rule in
      let rule = Rule(rule)
      return bold(key.padded(to: 10))
        + "\(rule.state)  when \(visible(rule.when.unicodeScalars)): \(rule[keyPath: consequence])"
    }
  }

  private struct Rule {
    let when: String
    let reason: String
    let to: String
    let state: String

    init(_ value: JSONValue) {
      when = value["when"]?.string ?? ""
      reason = value["reason"]?.string ?? ""
      to = value["to"]?.string ?? ""
      switch value["held"] {
      case .bool(true)?: state = "held        "
      case .bool(false)?: state = "did not hold"
      default: state = "decided late"
      }
    }
  }

  private func outcome(_ simulation: JSONValue) -> String {
    switch simulation["outcome"]?.string {
    case "record":
      let size = simulation["record"]?.encoded.count ?? 0
      return bold("record".padded(to: 10)) + "\(size) bytes, to "
        + (simulation["outlet"]?.string.map { "outbox/\($0)/" } ?? "the outbox")
    case "discarded":
      return bold("discarded".padded(to: 10)) + visible((simulation["reason"]?.string ?? "").unicodeScalars)
    default:
      let stage = simulation["stage"]?.string.map { " in \($0)" } ?? ""
      return red("failed\(stage): \(visible((simulation["error"]?.string ?? "").unicodeScalars))")
    }
  }

  // MARK: - Form

  private func bold(_ text: String) -> String { useColor ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
  private func dim(_ text: String) -> String { useColor ? "\u{1B}[2m\(text)\u{1B}[0m" : text }
  private func red(_ text: String) -> String { useColor ? "\u{1B}[31m\(text)\u{1B}[0m" : text }
}
