import Bytes
import StageKit

extension Record {
  /// Has all spans into the text count code points, whatever the line counts.
  mutating func countCodePoints() {
    guard offsets != .codepoints, !text.isEmpty else { return }
    // Code points before each unit of the text, and all of them.
    var counts: [UInt32] = []
    var total: UInt32 = 0
    for byte in bytes[text.range] {
      let begins = byte & 0xC0 != 0x80
      if begins { total += 1 }
      let units = offsets == .utf8 ? 1 : !begins ? 0 : byte >= 0xF0 ? 2 : 1
      for _ in 0..<units { counts.append(total - 1) }
    }
    counts.append(total)
    // What lies behind the text stays behind it, and is refused by what looks at spans next.
    func moved(_ span: ByteSpan) -> ByteSpan {
      guard span.end < counts.count else { return ByteSpan(Int(UInt32.max), Int(UInt32.max)) }
      return ByteSpan(Int(counts[span.start]), Int(counts[span.end]))
    }
    for at in sentences.indices { sentences[at] = moved(sentences[at]) }
    for at in mentions.indices { mentions[at].span = moved(mentions[at].span) }
    for at in spans.indices { spans[at] = moved(spans[at]) }
    guard var quotes else { return }
    for at in quotes.indices {
      quotes[at].hull = moved(quotes[at].hull)
      quotes[at].speaker = quotes[at].speaker.map(moved)
      quotes[at].cue = quotes[at].cue.map(moved)
    }
    self.quotes = quotes
  }

  /// Whether places of other lists are there. Where a pipeline leaves the text out, spans point into what nobody has.
  func checkSpans() throws(LineFault) {
    let quotes = quotes ?? []
    for quote in quotes {
      if let within = quote.within, !quotes.indices.contains(within) {
        throw LineFault(offset: 0, message: "a quotation stands within one that is not there")
      }
      if let entity = quote.entity, let entities, !entities.indices.contains(entity) {
        throw LineFault(offset: 0, message: "a quotation has a speaker that is not among the entities")
      }
    }
    let length = missing.contains(.text) ? Int(UInt32.max) : codePoints
    let isInside =
      mentions.allSatisfy { $0.span.end <= length } && spans.allSatisfy { $0.end <= length }
      && quotes.allSatisfy { $0.hull.end <= length }
    if !isInside { throw LineFault(offset: 0, message: "a stretch of the text lies behind its end") }
  }

  private var codePoints: Int {
    let bytes = bytes.span
    var count = 0
    for at in text.range where bytes[at] & 0xC0 != 0x80 { count += 1 }
    return count
  }
}
