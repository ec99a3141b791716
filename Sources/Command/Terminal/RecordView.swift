import ArticleIO
import Bytes
import StageKit
import Terminal

/// One record for a person's eyes: headline, body with names and quotations marked, then who said what.
///
/// Expects offsets in code points, the default.
struct RecordView {
  let color: Bool
  let width: Int

  private enum Style: String {
    case bold = "1"
    case dim = "2"
    case person = "1;33"
    case organization = "1;35"
    case location = "1;32"
    case miscellaneous = "36"
    case value = "34"

    init(entity type: String) {
      switch type {
      case "PERSON": self = .person
      case "ORG": self = .organization
      case "LOC": self = .location
      case "MISC": self = .miscellaneous
      default: self = .value
      }
    }
  }

  private func paint(_ text: String, _ style: Style) -> String {
    let text = visible(text.unicodeScalars)
    return color ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }

  func render(_ record: JSONValue) -> String {
    var lines = [head(record)]
    let text = Array((record["text"]?.string ?? "").unicodeScalars)
    let marks = Marks(record, count: text.count)
    for paragraph in paragraphs(record, text) {
      lines.append("")
      lines.append(body(text, paragraph.range, marks, isHeading: paragraph.isHeading))
    }
    let people = entities(record)
    if !people.isEmpty { lines += ["", paint("  Names", .dim)] + people }
    let said = quotes(record)
    if !said.isEmpty { lines += ["", paint("  Who said what", .dim)] + said }
    lines += ownLayers(record, text)
    if let note = duplicate(record) { lines += ["", note] }
    return lines.joined(separator: "\n") + "\n\n"
  }

  private func head(_ record: JSONValue) -> String {
    let title = record["title"]?.string ?? "(no headline)"
    var facts = [record["source"]?["name"]?.string ?? "-"]
    if let authors = record["byline"]?.array, !authors.isEmpty {
      facts.append("by " + authors.compactMap(\.string).joined(separator: ", "))
    }
    if let dateline = record["dateline"], dateline != .null {
      facts.append([dateline["place"]?.string, dateline["agency"]?.string].compactMap { $0 }.joined(separator: ", "))
    }
    if let day = record["published"]?.string { facts.append(day) }
    let rule = String(repeating: "─", count: min(width, 72))
    return [paint(rule, .dim), paint(title, .bold), paint(facts.joined(separator: " · "), .dim)].joined(separator: "\n")
  }

  private func paragraphs(_ record: JSONValue, _ text: [Unicode.Scalar]) -> [(range: Range<Int>, isHeading: Bool)] {
    guard let listed = record["paragraphs"]?.array else { return [(0..<text.count, false)] }
    return listed.compactMap { paragraph in
      paragraph.span(in: text.count).map { ($0, paragraph["kind"]?.string == "heading") }
    }
  }

  /// The paragraph wrapped at words, indented, each stretch in its style.
  private func body(_ text: [Unicode.Scalar], _ range: Range<Int>, _ marks: Marks, isHeading: Bool) -> String {
    var result = "  "
    var column = 2
    var at = range.lowerBound
    while at < range.upperBound {
      var end = at
      while end < range.upperBound, text[end] != " ", text[end] != "\n" { end += 1 }
      if end > at {
        if column > 2 {
          if column + 1 + end - at > width {
            result += "\n  "
            column = 2
          } else {
            result += " "
            column += 1
          }
        }
        result += word(text, at..<end, marks, isHeading: isHeading)
        column += end - at
      }
      at = end + 1
    }
    return result
  }

  private func word(_ text: [Unicode.Scalar], _ range: Range<Int>, _ marks: Marks, isHeading: Bool) -> String {
    var result = ""
    var at = range.lowerBound
    while at < range.upperBound {
      var end = at + 1
      while end < range.upperBound, marks.sameStyle(end, at) { end += 1 }
      let piece = visible(text[at..<end])
      guard color else {
        result += piece
        at = end
        continue
      }
      var codes = marks.entity[at].map { [Style(entity: $0).rawValue] } ?? (isHeading ? [Style.bold.rawValue] : [])
      if marks.isQuoted[at] { codes.append("4") }
      result += codes.isEmpty ? piece : "\u{1B}[\(codes.joined(separator: ";"))m\(piece)\u{1B}[0m"
      at = end
    }
    return result
  }

  private func entities(_ record: JSONValue) -> [String] {
    let names: Set = ["PERSON", "ORG", "LOC", "MISC"]
    return (record["entities"]?.array ?? []).compactMap { entity in
      guard let type = entity["type"]?.string, names.contains(type), let name = entity["name"]?.string else {
        return nil
      }
      let count = entity["mentions"]?.array?.count ?? 0
      let roles = (entity["roles"]?.array ?? []).compactMap(\.string)
      let label = type.padded(to: 7)
      return "    \(paint(label, Style(entity: type)))\(visible(name.unicodeScalars))" + (count > 1 ? " ×\(count)" : "")
        + (roles.isEmpty ? "" : paint(", \(roles.joined(separator: "; "))", .dim))
    }
  }

  private func quotes(_ record: JSONValue) -> [String] {
    (record["quotes"]?.array ?? []).compactMap { quote in
      guard let kind = quote["kind"]?.string, let text = quote["text"]?.string else { return nil }
      let speaker = quote["speaker"]
      let name = speaker?["name"]?.string ?? speaker?["text"]?.string ?? "?"
      // A colon or dash that serves as cue is not repeated.
      let word = quote["cue"]?["text"]?.string.flatMap { $0.contains(where: \.isLetter) ? $0 : nil }
      let cue = word.map { " \($0)" } ?? ""
      let shown = kind == "direct" ? "“\(text)”" : text
      let label = kind.padded(to: 9)
      return "    \(paint(label, .dim))\(paint(name, .person))\(paint(cue, .dim)): \(shorten(shown))"
    }
  }

  /// Layers that are not of the built-in set: a line for each value, with the words that it stands on.
  private func ownLayers(_ record: JSONValue, _ text: [Unicode.Scalar]) -> [String] {
    guard case .object(let layers)? = record["layers"] else { return [] }
    return layers.filter { $0.value != .null }.flatMap { layer in
      ["", paint("  \(layer.key)", .dim)]
        + (layer.value.array ?? [layer.value]).map { "    " + shorten(describe($0, text)) }
    }
  }

  private func describe(_ value: JSONValue, _ text: [Unicode.Scalar]) -> String {
    guard case .object(let members) = value, let start = value["start"]?.int, let end = value["end"]?.int,
      0 <= start, start <= end, end <= text.count
    else { return value.string ?? String(decoding: value.encoded, as: UTF8.self) }
    let rest = members.filter { $0.key != "start" && $0.key != "end" }
    let words = String(String.UnicodeScalarView(text[start..<end]))
    return rest.isEmpty ? words : "\(words)  \(String(decoding: JSONValue.object(rest).encoded, as: UTF8.self))"
  }

  private func shorten(_ text: String) -> String {
    let scalars = text.unicodeScalars
    let room = max(30, width - 36)
    return scalars.count <= room ? visible(scalars) : visible(scalars.prefix(room - 1)) + "…"
  }

  private func duplicate(_ record: JSONValue) -> String? {
    guard let duplicates = record["duplicates"], let status = duplicates["status"]?.string, status != "unique",
      let best = duplicates["matches"]?.array?.first, let id = best["id"]?.string
    else { return nil }
    let ratio = best["share_of_this"]?.double ?? 0
    let share = ratio >= 0 && ratio <= 1 ? Int((ratio * 100).rounded()) : 0
    let number = best["seq"]?.int.map { "article \($0), " } ?? ""
    return "  " + paint("\(status) duplicate", .miscellaneous)
      + " of \(number)id \(visible(id.unicodeScalars)): \(share) % of this text is there"
  }
}

/// What each code point of the text belongs to.
private struct Marks {
  var entity: [String?]
  var isQuoted: [Bool]

  init(_ record: JSONValue, count: Int) {
    entity = Array(repeating: nil, count: count)
    isQuoted = Array(repeating: false, count: count)
    func each(_ span: JSONValue, _ body: (Int) -> Void) {
      for at in span.span(in: count) ?? 0..<0 { body(at) }
    }
    for found in record["entities"]?.array ?? [] {
      for mention in found["mentions"]?.array ?? [] { each(mention) { entity[$0] = found["type"]?.string } }
    }
    for quote in record["quotes"]?.array ?? [] {
      for span in quote["quoted"]?.array ?? [] { each(span) { isQuoted[$0] = true } }
    }
  }

  func sameStyle(_ a: Int, _ b: Int) -> Bool { entity[a] == entity[b] && isQuoted[a] == isQuoted[b] }
}

extension JSONValue {
  /// From `start` to `end`, half-open; `nil` where that is no span of a text of so many code points. Records come from
  /// anywhere.
  fileprivate func span(in count: Int) -> Range<Int>? {
    guard let start = self["start"]?.int, let end = self["end"]?.int, start >= 0, start <= end, end <= count else {
      return nil
    }
    return Range(from: start, upTo: end)
  }
}
