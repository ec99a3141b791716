import StageKit
import Terminal

/// What `linecaster status` shows a person: the daemon’s answer, a paragraph for each pipeline.
struct StatusView {
  private var lines: [String] = []

  /// - Parameter reply: to the verb `status`.
  init(_ reply: JSONValue) {
    lines.append(
      "linecaster \(text(reply["version"])), since \(text(reply["started"])): \(text(reply["records"])) records, "
        + "\(text(reply["failures"])) failures; last commit \(text(reply["last_commit"]))")
    for pipeline in reply["pipelines"]?.array ?? [] { show(pipeline) }
    if let reload = reply["reload"], let problem = reload["problem"]?.string {
      lines.append(
        "the pipelines were read again at \(text(reload["time"])), and those that ran before go on: \(problem)")
    }
    let problems = (reply["problems"]?.array ?? []).compactMap(\.string)
    lines += problems.isEmpty ? ["well"] : problems.map { "problem: \($0)" }
    lines += (reply["sandbox_gaps"]?.array ?? []).compactMap(\.string).map { "sandbox: \($0)" }
  }

  /// Safe for a terminal: names come from files.
  var text: String { lines.map { visible($0.unicodeScalars) + "\n" }.joined() }

  private mutating func show(_ pipeline: JSONValue) {
    lines.append("")
    lines.append(text(pipeline["name"]))
    add(
      "inbox",
      "\(text(pipeline["queued"])) ready\(oldest(pipeline)); "
        + "\(text(pipeline["in_flight"])) in flight; \(text(pipeline["set_aside"])) cannot be taken")
    if let file = pipeline["file"]?.string { add("", "reading \(file)") }
    add(
      "outbox",
      "\(text(pipeline["records"])) records\(counted(pipeline["duplicates"])), \(text(pipeline["copies_set_aside"])) set aside; "
        + "\(bytes(pipeline["disk_free"])) free")
    add("failed", total(pipeline["failed"]))
    add("discarded", total(pipeline["discarded"]))
    let drops = pipeline["latency"]?["drop_to_line"]
    add("rate", "\(text(pipeline["articles_per_second"])) articles a second in the last minutes")
    if drops?["count"]?.int ?? 0 > 0 { add("to line", percentiles(drops)) }
    if case .object(let stages)? = pipeline["latency"]?["stages"] {
      for stage in stages { add("  \(stage.key)", percentiles(stage.value)) }
    }
    add(
      "workers",
      "\(pipeline["workers"]?.array?.count ?? 0) with \(bytes(pipeline["worker_bytes"])); "
        + "\(text(pipeline["workers_ended"])) ended by accident")
    for plugin in pipeline["plugins"]?.array ?? [] {
      add(
        "plugin",
        "\(text(plugin["name"])): \(text(plugin["processes"])) processes, \(text(plugin["ended"])) ended; "
          + "\(text(plugin["articles"])) articles, \(text(plugin["microseconds_per_article"])) µs each")
      if let problem = plugin["problem"]?.string { add("", "it does not run: \(problem)") }
    }
    if let next = pipeline["next_digest"]?.string {
      add("reload", "the chain \(next) takes over after the file in hand")
    }
    if pipeline["paused_by_operator"] == .bool(true) {
      add("paused", "by an operator; linecaster resume takes it up again")
    }
    if let pause = pipeline["pause"]?.string { add("paused", pause) }
  }

  private mutating func add(_ name: String, _ text: String) {
    lines.append("  " + name.padded(to: 11) + text)
  }

  private func text(_ value: JSONValue?) -> String {
    switch value {
    case .string(let text)?, .number(let text)?: text
    default: "–"
    }
  }

  private func oldest(_ pipeline: JSONValue) -> String {
    pipeline["oldest_ready_seconds"].flatMap(number) == nil
      ? "" : ", the oldest for \(text(pipeline["oldest_ready_seconds"])) s"
  }

  /// “, of them 12 exact, 3 near”
  private func counted(_ counts: JSONValue?) -> String {
    guard case .object(let members)? = counts, !members.isEmpty else { return "" }
    return ", of them \(members.map { "\(text($0.value)) \($0.key)" }.joined(separator: ", "))"
  }

  /// “5: 3 not_json, 2 deadline”
  private func total(_ counts: JSONValue?) -> String {
    guard case .object(let members)? = counts, !members.isEmpty else { return "0" }
    let sum = members.reduce(0) { $0 + ($1.value.int ?? 0) }
    return "\(sum): \(members.map { "\(text($0.value)) \($0.key)" }.joined(separator: ", "))"
  }

  private func percentiles(_ value: JSONValue?) -> String {
    ["p50", "p90", "p99"].map { key in
      let milliseconds = value?[key].flatMap(number).map { "\(Self.rounded($0 * 1000)) ms" } ?? "–"
      return "\(key) \(milliseconds)"
    }.joined(separator: "   ")
  }

  private func number(_ value: JSONValue) -> Double? { if case .number(let text) = value { Double(text) } else { nil } }

  private static func rounded(_ number: Double) -> String {
    if number >= 100 { return "\(Int(number.rounded()))" }
    let tenths = Int((number * 10).rounded())
    return number >= 10 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }

  private func bytes(_ value: JSONValue?) -> String {
    guard let count = value?.int else { return "–" }
    if count >= 10 << 30 { return "\(count >> 30) GiB" }
    return count >= 1 << 20 ? "\(count >> 20) MiB" : "\(count >> 10) KiB"
  }
}
