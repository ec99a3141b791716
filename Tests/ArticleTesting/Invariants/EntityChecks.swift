import ArticleIO
import StageKit

extension RecordCheck {
  mutating func checkEntities() {
    guard let entities = record["entities"]?.array else { return }
    var mentions: [TextSpan] = []
    var values: Set<[String]> = []
    for (index, entity) in entities.enumerated() {
      let kind = entity["type"]?.string ?? ""
      checkEntity(entity, index)
      mentions += entity["mentions"]?.spans ?? []
      if isName(entity) {
        if [entity["value"], entity["amount"], entity["unit"]].contains(where: { $0 != .null }) {
          report(.values, "entities[\(index)] is \(kind) and has a value")
        }
        continue
      }
      checkValue(entity, kind, index)
      let key = [kind, entity["value"]?.string ?? "", entity["unit"]?.string ?? ""]
      if entity["value"]?.string != nil, !values.insert(key).inserted {
        report(.values, "entities[\(index)] has the value of an earlier one, \(key)")
      }
    }
    checkOrder(entities)
    checkApart(&mentions)
    checkReferences(entities, besides: mentions)
  }

  func isName(_ entity: JSONValue) -> Bool { ["PERSON", "ORG", "LOC", "MISC"].contains(entity["type"]?.string) }

  private mutating func checkEntity(_ entity: JSONValue, _ index: Int) {
    func report(_ message: String) { self.report(.entities, "entities[\(index)] \(message)") }
    if entity["id"]?.int != index { report("has another number for its identifier") }
    let mentions = entity["mentions"]?.spans ?? []
    if mentions.isEmpty { report("has no mention") }
    if mentions != mentions.sorted() { self.report(.mentions, "entities[\(index)] has its mentions out of order") }
    if mentions.contains(where: \.isEmpty) { self.report(.mentions, "entities[\(index)] has an empty mention") }
    let name = visible(entity["name"]?.string ?? "")
    if name.isEmpty { report("has no name") }
    // A name that stands in capitals only is written as the dictionary writes it; a listed one has the list's own name.
    let texts = (entity["mentions"]?.array ?? []).compactMap { $0["text"]?.string }
    let capitals = visible((entity["name"]?.string ?? "").uppercased())
    let isShouted = texts.contains { $0.uppercased() == $0 && visible($0) == capitals }
    if !texts.contains(where: { visible($0) == name }), !isShouted, entity["link"]?.string == nil {
      report("is called ‘\(entity["name"]?.string ?? "")’, and no mention is")
    }
    let roles = (entity["roles"]?.array ?? []).map { $0.string ?? "" }
    if Set(roles).count != roles.count { report("has a role twice") }
    if roles.contains(where: { visible($0).isEmpty }) { report("has an empty role") }
    if !roles.isEmpty, entity["type"]?.string != "PERSON" { report("has a role and is no person") }
  }

  /// Names have single spaces, mentions what the text has.
  private func visible(_ text: String) -> [Unicode.Scalar] { text.unicodeScalars.filter { !$0.isUnseen } }

  private mutating func checkOrder(_ entities: [JSONValue]) {
    let starts = entities.map { $0["mentions"]?.spans.first?.start ?? 0 }
    if starts != starts.sorted() { report(.entities, "entities are not sorted by their first mention") }
  }

  private mutating func checkApart(_ mentions: inout [TextSpan]) {
    mentions.sort()
    for (one, next) in zip(mentions, mentions.dropFirst()) where one.overlaps(next) {
      report(.mentions, "‘\(words(one))’ at \(one.start) and ‘\(words(next))’ at \(next.start) overlap")
    }
  }

  func words(_ span: TextSpan) -> String {
    var words = String.UnicodeScalarView()
    words.append(contentsOf: text[span.start..<span.end])
    return String(words)
  }

  // MARK: References

  private mutating func checkReferences(_ entities: [JSONValue], besides mentions: [TextSpan]) {
    var seen: Set<TextSpan> = []
    for (index, entity) in entities.enumerated() {
      let references = entity["references"]?.array ?? []
      let spans = references.map(TextSpan.init)
      if spans != spans.sorted() { report(.references, "those of entities[\(index)] are out of order") }
      if !spans.isEmpty, !isName(entity) { report(.references, "entities[\(index)] is a value and has some") }
      for (span, reference) in zip(spans, references) {
        if span.isEmpty { report(.references, "an empty one at \(span.start)") }
        if !seen.insert(span).inserted { report(.references, "‘\(words(span))’ at \(span.start) stands there twice") }
        for mention in overlapping(span, mentions) {
          if span != mention, span.holds(mention), reference["kind"]?.string == "description" { continue }
          report(.references, "‘\(words(span))’ at \(span.start) and the mention ‘\(words(mention))’ overlap")
        }
      }
    }
  }

  /// - Parameter sorted: by start.
  private func overlapping(_ span: TextSpan, _ sorted: [TextSpan]) -> ArraySlice<TextSpan> {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle].end <= span.start { low = middle + 1 } else { high = middle }
    }
    return sorted[low...].prefix { $0.start < span.end }
  }
}
