import ArticleIO
import StageKit

extension RecordCheck {
  mutating func checkQuotations() {
    guard let quotes = record["quotes"]?.array else { return }
    var seen: [[TextSpan]: Int] = [:]
    var last: TextSpan?
    for (index, quote) in quotes.enumerated() {
      let spans = quote["spans"]?.spans ?? []
      let hull = TextSpan(quote)
      checkSpans(quote, spans, hull, index)
      if let last, hull.start < last.start || hull.start == last.start && hull.end > last.end {
        report(.quotations, "quotes[\(index)] stands out of order")
      }
      last = hull
      if let other = seen.updateValue(index, forKey: spans) {
        report(.repeatedQuotations, "quotes[\(index)] is quotes[\(other)] again: ‘\(quote["text"]?.string ?? "")’")
      }
      checkVerbatim(quote, spans, index)
      checkWithin(quote, hull, quotes, index)
      checkSpeaker(quote, spans, index)
    }
  }

  private mutating func checkSpans(_ quote: JSONValue, _ spans: [TextSpan], _ hull: TextSpan, _ index: Int) {
    func report(_ message: String) { self.report(.quotations, "quotes[\(index)] \(message)") }
    if quote["id"]?.int != index { report("has another number for its identifier") }
    guard let first = spans.first, let last = spans.last else { return report("has no spans") }
    if !areApart(spans) { report("has spans that are empty or not in order") }
    if hull != TextSpan(first.start, last.end) { report("has a hull that is not that of its spans") }
    if quote["text"]?.string != spans.map(words).joined(separator: " … ") { report("has another text than its spans") }
    if quote["heading"] == .bool(true), !isInHeading(hull) { report("is said to stand in a heading, and does not") }
  }

  private func areApart(_ spans: [TextSpan]) -> Bool {
    spans.allSatisfy { !$0.isEmpty } && zip(spans, spans.dropFirst()).allSatisfy { $0.end <= $1.start }
  }

  private func isInHeading(_ span: TextSpan) -> Bool {
    (record["paragraphs"]?.array ?? []).contains {
      $0["kind"]?.string == "heading" && TextSpan($0).overlaps(span)
    }
  }

  private mutating func checkVerbatim(_ quote: JSONValue, _ spans: [TextSpan], _ index: Int) {
    func report(_ message: String) { self.report(.quoted, "quotes[\(index)] \(message)") }
    let quoted = quote["quoted"]?.spans ?? []
    if !areApart(quoted) { report("has verbatim stretches that are empty or not in order") }
    for stretch in quoted where !spans.contains(where: { $0.holds(stretch) }) {
      report("has the verbatim stretch \(stretch.start)..<\(stretch.end) outside of its spans")
    }
    switch quote["kind"]?.string {
    case "direct": if !covers(quoted, spans) { report("is direct, and not all verbatim") }
    case "indirect": if !quoted.isEmpty { report("is indirect, and has a verbatim stretch") }
    default: if quoted.isEmpty { report("is mixed, and has no verbatim stretch") }
    }
  }

  /// Whether the stretches leave nothing of the spans but white space and the marks that open each paragraph of a long
  /// quotation.
  private func covers(_ stretches: [TextSpan], _ spans: [TextSpan]) -> Bool {
    var next = 0
    for span in spans {
      var at = span.start
      while at < span.end {
        if next < stretches.count, stretches[next].start == at {
          at = max(at + 1, stretches[next].end)
          next += 1
        } else if text[at].isUnseen || Self.marks.contains(text[at]) {
          at += 1
        } else {
          return false
        }
      }
    }
    return next == stretches.count
  }

  private static let marks = Set("“”„‟‘’‚‛«»‹›\"'`".unicodeScalars)

  private mutating func checkWithin(_ quote: JSONValue, _ hull: TextSpan, _ quotes: [JSONValue], _ index: Int) {
    guard let outer = quote["within"]?.int else { return }
    guard outer < index else {
      return report(.within, "quotes[\(index)] stands within number \(outer), which comes later")
    }
    if !(quotes[outer]["spans"]?.spans ?? []).contains(where: { $0 != hull && $0.holds(hull) }) {
      report(.within, "quotes[\(index)] does not stand in a span of number \(outer)")
    }
  }

  private mutating func checkSpeaker(_ quote: JSONValue, _ spans: [TextSpan], _ index: Int) {
    func report(_ message: String) { self.report(.speakers, "quotes[\(index)] \(message)") }
    for key in ["speaker", "cue"] {
      guard let part = quote[key], part != .null else { continue }
      let span = TextSpan(part)
      if span.isEmpty { report("has an empty \(key)") }
      if spans.contains(where: { $0.overlaps(span) }) {
        report("has its \(key) ‘\(words(span))’ inside of what is said")
      }
    }
    guard let speaker = quote["speaker"], speaker != .null else { return }
    guard let number = speaker["entity"]?.int else {
      if speaker["name"] != .null { report("has a name for its speaker, and no entity") }
      return
    }
    let entities = record["entities"]?.array ?? []
    guard number < entities.count else { return report("is given to entity \(number) of \(entities.count)") }
    if entities[number]["name"] != speaker["name"] { report("is given to another name than that of its entity") }
    if !isName(entities[number]) {
      report("is given to a \(entities[number]["type"]?.string ?? "")")
    }
    // Who the same words stand for is settled once.
    let span = TextSpan(speaker)
    for (other, entity) in entities.enumerated() where other != number {
      if entity["references"]?.spans.contains(span) ?? false {
        report("is given to entity \(number), and its speaker ‘\(words(span))’ refers to entity \(other)")
      }
    }
  }
}
