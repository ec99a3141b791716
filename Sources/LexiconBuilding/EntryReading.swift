import Lexicon

extension WordEntry {
  /// Adds what a line says.
  mutating func read(_ line: ListLine, _ groups: DescribedGroups, _ place: ListPlace) throws(ListError) {
    for name in line.traits {
      if let trait = WordTraits.byName[name] { traits.formUnion(trait) } else { try readName(name, place) }
    }
    for (key, items) in line.values {
      for item in items { try read(key, item, groups, place) }
    }
  }

  private mutating func readName(_ name: String, _ place: ListPlace) throws(ListError) {
    guard let kind = KnownName.allCases.first(where: { "\($0)" == name && $0 != .nothing }) else {
      throw ListError(place, "‘\(name)’ is no trait: Sources/Lexicon/WordTraits.swift names them")
    }
    self.name = kind
  }

  private mutating func read(
    _ key: String, _ item: String, _ groups: DescribedGroups, _ place: ListPlace
  ) throws(ListError) {
    switch key {
    case "speech": speech.formUnion(try Self.named(item, Speech.byName, place))
    case "opens": lineOpening.formUnion(try Self.named(item, LineOpening.byName, place))
    case "abbreviation":
      guard let known = Abbreviation.allCases.first(where: { "\($0)" == item && $0 != .nothing }) else {
        throw ListError(place, "‘\(item)’ is no kind of abbreviation")
      }
      abbreviation = known
    case "describes", "refers", "names": describes |= try groups.bit(key, item, place)
    case "role", "holds", "body": fits |= try groups.bit(key, item, place)
    default: try readValue(key, item, place)
    }
  }

  private mutating func readValue(_ key: String, _ item: String, _ place: ListPlace) throws(ListError) {
    guard kind == .nothing else { throw ListError(place, "has two values") }
    guard let known = ValueKind.allCases.first(where: { "\($0)" == key && $0 != .nothing }) else {
      throw ListError(place, "‘\(key)=’ is no key of a list")
    }
    guard let number = known.number(of: item) else { throw ListError(place, "‘\(item)’ is no value of ‘\(key)=’") }
    (kind, value) = (known, number)
  }

  private static func named<Value>(
    _ item: String, _ values: [String: Value], _ place: ListPlace
  ) throws(ListError) -> Value {
    guard let value = values[item] else { throw ListError(place, "‘\(item)’ is not known here") }
    return value
  }
}

extension ValueKind {
  /// As `WordEntry.value` holds it; `nil` where the text is no such value.
  func number(of text: String) -> UInt32? {
    switch self {
    case .nothing: return nil
    case .month: return UInt32(text).flatMap { (1...12).contains($0) ? $0 : nil }
    case .weekday: return UInt32(text).flatMap { (1...7).contains($0) ? $0 : nil }
    case .number: return UInt32(text)
    case .scale:
      let parts = text.split(separator: "e")
      guard let factor = parts.first.flatMap({ UInt32($0) }), factor < 1 << 24, parts.count <= 2 else { return nil }
      guard let power = parts.count == 2 ? UInt32(parts[1]) : 0, power <= 18 else { return nil }
      return factor << 8 | power
    case .currency:
      guard text.utf8.count == 3, text.utf8.allSatisfy({ 0x41...0x5A ~= $0 }) else { return nil }
      return text.utf8.reduce(0) { $0 << 8 | UInt32($1) }
    }
  }
}

extension Speech {
  static let byName: [String: Speech] = [
    "say": .say, "sayThat": .sayThat, "quote": .quote, "tell": .tell, "promise": .promise, "ask": .ask, "judge": .judge,
    "deny": .deny, "out": .out, "callFor": .callFor, "referTo": .referTo, "talkAbout": .talkAbout, "call": .call,
    "react": .react,
  ]
}

extension LineOpening {
  static let byName: [String: LineOpening] = [
    "end": .end, "furniture": .furniture, "pointer": .pointer, "legal": .legal, "byline": .byline, "tags": .tags,
    "caption": .caption, "whole": .whole,
  ]
}

/// Gives each group of words that may stand for one another its bit, in the order of their names.
struct DescribedGroups {
  private var bits: [String: UInt64] = [:]

  private static let kinds: [(keys: Set<String>, bits: Range<Int>)] = [
    (["describes", "role"], 0..<24), (["refers", "holds"], 24..<32), (["names", "body"], 32..<64),
  ]

  /// Throws where there are more groups of a kind than bits.
  init(_ files: [ListFile]) throws(ListError) {
    for kind in Self.kinds {
      var groups: Set<String> = []
      for value in files.flatMap({ $0.lines.flatMap(\.values) }) where kind.keys.contains(value.key) {
        groups.formUnion(value.items)
      }
      guard groups.count <= kind.bits.count else {
        throw ListError(
          ListPlace(file: "lists", line: 0), "\(groups.count) groups of \(kind.keys), at most \(kind.bits.count)")
      }
      for (group, bit) in zip(groups.sorted(), kind.bits) {
        for key in kind.keys { bits[key + "=" + group] = 1 << UInt64(bit) }
      }
    }
  }

  func bit(_ key: String, _ group: String, _ place: ListPlace) throws(ListError) -> UInt64 {
    guard let bit = bits[key + "=" + group] else { throw ListError(place, "‘\(key)=\(group)’ is no group") }
    return bit
  }
}
