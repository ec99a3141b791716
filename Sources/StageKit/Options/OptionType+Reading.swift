extension OptionType {
  /// Reads one scalar.
  ///
  /// - Parameter plain: written without quotes, so that `true` may be a truth value and `3` a number.
  /// - Throws: what is wrong and what to write; never for `.text`.
  public func read(_ scalar: String, plain: Bool) throws(OptionProblem) -> OptionValue {
    switch self {
    case .text, .condition:
      return .text(scalar)
    case .bool:
      return .bool(try truth(scalar, plain: plain))
    case .integer(let range):
      guard plain, let value = Int(scalar) else {
        throw notA("whole number", scalar, Int(scalar) != nil, Self.number(meantBy: scalar).flatMap(Self.whole))
      }
      guard range.contains(value) else { throw OptionProblem("\(value) is out of range: \(description)") }
      return .integer(value)
    case .number(let range):
      guard plain, let value = Double(scalar), value.isFinite else {
        throw notA("number", scalar, Double(scalar) != nil, Self.number(meantBy: scalar))
      }
      guard range.contains(value) else { throw OptionProblem("\(scalar) is out of range: \(description)") }
      return .number(value)
    case .duration(let range):
      return .integer(try quantity(scalar, .durations, "duration", range))
    case .size(let range):
      return .integer(try quantity(scalar, .sizes, "size", range))
    case .choice(let names):
      if names.contains(scalar) { return .text(scalar) }
      throw OptionProblem(
        "‘\(scalar)’ is not one of \(names.joined(separator: ", "))", suggestion: nearest(to: scalar, among: names))
    case .language:
      if LanguageTag.isCode(scalar) { return .text(scalar) }
      throw OptionProblem(
        "‘\(scalar)’ is no language code: write one of ISO 639-1, two small letters as in en",
        suggestion: LanguageTag.code(meantBy: scalar))
    case .choices, .texts, .languages:
      throw OptionProblem("a list is wanted here: write [\(scalar.asYAML)]")
    }
  }

  /// As the core schema of YAML 1.2 has it.
  private func truth(_ scalar: String, plain: Bool) throws(OptionProblem) -> Bool {
    let (yes, no) = (["true", "True", "TRUE"], ["false", "False", "FALSE"])
    if yes.contains(scalar) || no.contains(scalar) {
      if plain { return yes.contains(scalar) }
      throw OptionProblem("‘\(scalar)’ is a text in quotes, and \(description) is wanted: remove the quotes")
    }
    let mend: String? =
      switch scalar.lowercased() {
      case "yes", "y", "on", "1", "true": "true"
      case "no", "n", "off", "0", "false": "false"
      default: nil
      }
    throw OptionProblem("‘\(scalar)’ is not \(description)" + (mend.map { ": write \($0)" } ?? ""))
  }

  private func notA(_ what: String, _ scalar: String, _ isQuoted: Bool, _ meant: String?) -> OptionProblem {
    if isQuoted { return OptionProblem("‘\(scalar)’ is a text in quotes, and a \(what) is wanted: remove the quotes") }
    return OptionProblem("‘\(scalar)’ is not a \(what)" + (meant.map { ": write \($0)" } ?? ""))
  }

  /// `0.4` for `40%` and for `0,4`, `1000` for `1,000` and `1_000`; `nil` where nothing can be told.
  private static func number(meantBy scalar: String) -> String? {
    if scalar.hasSuffix("%"), let percent = Int(scalar.dropLast()), (0...100).contains(percent) {
      return percent == 100
        ? "1" : "0." + (percent % 10 == 0 ? "\(percent / 10)" : percent < 10 ? "0\(percent)" : "\(percent)")
    }
    let groups = scalar.split(whereSeparator: { ",_’' ".contains($0) })
    if groups.count > 1, groups.dropFirst().allSatisfy({ $0.count == 3 }), groups[0] != "0",
      groups.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } })
    {
      return groups.joined()
    }
    let point = String(scalar.map { $0 == "," ? "." : $0 })
    return Double(point) != nil && point != scalar ? point : nil
  }

  private static func whole(_ text: String) -> String? { Int(text).map { "\($0)" } }
}

// MARK: - Quantities

/// The units that an option's quantity can have.
private struct Units {
  /// Names as they are written, with what one of them is; the first of each size is the one that is suggested.
  var names: [(name: String, factor: Int)]
  /// What people write for them, in small letters.
  var aliases: [String: String]
  /// For messages.
  var example: String

  static let durations = Units(
    names: [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)],
    aliases: [
      "msec": "ms", "millisecond": "ms", "milliseconds": "ms", "sec": "s", "secs": "s", "second": "s", "seconds": "s",
      "min": "m", "mins": "m", "minute": "m", "minutes": "m", "hr": "h", "hrs": "h", "hour": "h", "hours": "h",
      "day": "d", "days": "d",
    ], example: "write a number and ms, s, m, h or d, as in 500ms or 30d")
  static let sizes = Units(
    names: [
      ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("kB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000),
      ("B", 1), ("", 1),
    ],
    aliases: [
      "k": "KiB", "ki": "KiB", "m": "MiB", "mi": "MiB", "g": "GiB", "gi": "GiB", "byte": "B", "bytes": "B",
      "kilobytes": "kB", "megabyte": "MB", "megabytes": "MB", "gigabyte": "GB", "gigabytes": "GB",
    ], example: "write a number of bytes, or one with B, kB, MB, GB, KiB, MiB or GiB, as in 64MiB")

  func value(of scalar: String) -> Int? {
    let digits = scalar.prefix(while: { $0.isASCII && $0.isNumber })
    guard let value = Int(digits) else { return nil }
    let rest = scalar.dropFirst(digits.count)
    guard let unit = names.first(where: { $0.name == rest }) else { return nil }
    let (product, overflow) = value.multipliedReportingOverflow(by: unit.factor)
    return overflow ? nil : product
  }

  /// What was most likely meant: `64MB` for `64 MB`, `90m` for `1.5 hours`; `nil` where nothing can be told.
  func meant(by scalar: String) -> String? {
    let text = scalar.filter { !$0.isWhitespace }.lowercased()
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == ",") }
    let word = String(text.dropFirst(digits.count))
    let named = names.first { $0.name.lowercased() == word && !word.isEmpty }
    guard let unit = named ?? names.first(where: { $0.name == aliases[word] }) else { return nil }
    if let whole = Int(digits) { return "\(whole)\(unit.name)" }
    guard let part = Double(String(digits.map { $0 == "," ? "." : $0 })) else { return nil }
    guard let value = Int(exactly: (part * Double(unit.factor)).rounded()) else { return nil }
    let smaller = names.filter { $0.factor < unit.factor && $0.factor > 0 && value % $0.factor == 0 }
    return smaller.max { $0.factor < $1.factor }.map { "\(value / $0.factor)\($0.name)" }
  }
}

extension OptionType {
  private func quantity(
    _ scalar: String, _ units: Units, _ what: String, _ range: ClosedRange<Int>
  ) throws(OptionProblem) -> Int {
    guard let value = units.value(of: scalar) else {
      if Int(scalar) != nil {
        let forms = units.names.map { "\(scalar)\($0.name)" }
        throw OptionProblem(
          "‘\(scalar)’ has no unit: write \(forms.dropLast().joined(separator: ", ")) or \(forms.last ?? "")")
      }
      throw OptionProblem("‘\(scalar)’ is not a \(what): \(units.example)", suggestion: units.meant(by: scalar))
    }
    guard range.contains(value) else { throw OptionProblem("\(scalar) is out of range: \(description)") }
    return value
  }

  /// Bytes of a size as it is written in a pipeline, such as `512MiB`; `nil` where it is none.
  public static func bytes(in text: String) -> Int? { Units.sizes.value(of: text) }

  /// The value with the largest unit that divides it.
  public static func describe(milliseconds: Int) -> String {
    for (name, factor) in Units.durations.names.reversed() where milliseconds % factor == 0 && milliseconds >= factor {
      return "\(milliseconds / factor)\(name)"
    }
    return "0s"
  }

  public static func describe(bytes: Int) -> String {
    for (name, factor) in [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)]
    where bytes % factor == 0 && bytes >= factor {
      return "\(bytes / factor)\(name)"
    }
    return "\(bytes)"
  }
}
