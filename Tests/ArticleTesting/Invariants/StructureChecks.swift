import ArticleIO
import Bytes

// Paragraphs, sentences and tokens: each level lies in the one above it, and covers it.
extension RecordCheck {
  mutating func checkStructure() {
    let whole = [TextSpan(0, text.count)]
    guard let paragraphs = spans("paragraphs") else { return }
    check(paragraphs, .paragraphs, in: whole)
    checkEdges(paragraphs, .paragraphs)
    guard let sentences = spans("sentences") else { return }
    check(sentences, .sentences, in: paragraphs)
    checkEdges(sentences, .sentences)
    guard let tokens = spans("tokens") else { return }
    check(tokens, .tokens, in: sentences)
  }

  private func spans(_ layer: String) -> [TextSpan]? { record[layer]?.array.map { $0.map(TextSpan.init) } }

  /// Sorted, apart, not empty; each inside one of the spans around, which they cover but for what is not seen.
  private mutating func check(_ spans: [TextSpan], _ invariant: Invariant, in outer: [TextSpan]) {
    var place = 0
    // Up to here all is covered.
    var end = outer.first?.start ?? 0
    for (index, span) in spans.enumerated() {
      if span.isEmpty { report(invariant, "number \(index) is empty, at \(span.start)") }
      if index > 0, span.start < spans[index - 1].end {
        report(invariant, "number \(index) at \(span.start) begins before the one before it ends")
        return
      }
      while place < outer.count, outer[place].end <= span.start, !outer[place].holds(span) {
        expectUnseen(end, outer[place].end, invariant)
        place += 1
        if place < outer.count { end = outer[place].start }
      }
      guard place < outer.count, outer[place].holds(span) else {
        report(invariant, "number \(index), \(span.start)..<\(span.end), lies in nothing that may hold it")
        return
      }
      expectUnseen(end, span.start, invariant)
      end = span.end
    }
    while place < outer.count {
      expectUnseen(end, outer[place].end, invariant)
      place += 1
      if place < outer.count { end = outer[place].start }
    }
  }

  private mutating func expectUnseen(_ start: Int, _ end: Int, _ invariant: Invariant) {
    guard start < end, let seen = text[start..<end].first(where: { !$0.isUnseen }) else { return }
    report(invariant, "‘\(seen)’ between \(start) and \(end) lies in none")
  }

  private mutating func checkEdges(_ spans: [TextSpan], _ invariant: Invariant) {
    for span in spans where !span.isEmpty && (text[span.start].isSpace || text[span.end - 1].isSpace) {
      report(invariant, "white space at an edge of \(span.start)..<\(span.end)")
    }
  }
}
