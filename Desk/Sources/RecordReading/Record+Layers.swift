import Bytes
import StageKit

extension Record {
  mutating func readEntities(_ line: Span<UInt8>, _ scanner: inout LineScanner) throws(LineFault) {
    if try scanner.takeNull(line) { return }
    var all: [Entity] = []
    try scanner.enter(line, UInt8(ascii: "["))
    var isFirst = true
    while try scanner.nextElement(line, &isFirst) {
      let none = ByteSpan(0, 0)
      var entity = Entity(type: none, name: none, mentions: mentions.count..<mentions.count, names: 0)
      try scanner.enter(line, UInt8(ascii: "{"))
      var isFirst = true
      while let key = try scanner.nextKey(line, &isFirst) {
        switch key {
        case Keys.type: entity.type = try text(line, &scanner)
        case Keys.name: entity.name = try text(line, &scanner)
        case Keys.link: entity.link = try optionalText(line, &scanner)
        case Keys.roles: entity.roles = try filledList(line, &scanner)
        case Keys.value: entity.value = try optionalText(line, &scanner)
        case Keys.amount: entity.amount = try scanner.takeNull(line) ? nil : try scanner.number(line)
        case Keys.unit: entity.unit = try optionalText(line, &scanner)
        case Keys.mentions:
          let count = mentions.count
          try readMentions(line, &scanner)
          entity.names += mentions.count - count
        case Keys.references: try readMentions(line, &scanner)
        default: try scanner.skip(line)
        }
      }
      entity.mentions = Range(from: entity.mentions.lowerBound, upTo: mentions.count)
      all.append(entity)
    }
    entities = all
  }

  /// Mentions have no kind, references have one.
  private mutating func readMentions(_ line: Span<UInt8>, _ scanner: inout LineScanner) throws(LineFault) {
    try scanner.enter(line, UInt8(ascii: "["))
    var isFirst = true
    while try scanner.nextElement(line, &isFirst) {
      var kind = Mention.Kind.name
      let span = try readSpan(line, &scanner) { key, scanner throws(LineFault) in
        if key == Keys.kind {
          // “pronoun” or “description”
          let range = try scanner.skip(line)
          kind = range.count == 9 ? .pronoun : .description
          return true
        }
        return false
      }
      mentions.append(Mention(span: span, kind: kind))
    }
  }

  mutating func readQuotes(_ line: Span<UInt8>, _ scanner: inout LineScanner) throws(LineFault) {
    if try scanner.takeNull(line) { return }
    var all: [Quote] = []
    try scanner.enter(line, UInt8(ascii: "["))
    var isFirst = true
    while try scanner.nextElement(line, &isFirst) {
      let (none, nowhere) = (ByteSpan(0, 0), spans.count..<spans.count)
      var quote = Quote(kind: none, text: none, hull: none, spans: nowhere, quoted: nowhere, heading: false)
      var (start, end) = (0, 0)
      try scanner.enter(line, UInt8(ascii: "{"))
      var isFirst = true
      while let key = try scanner.nextKey(line, &isFirst) {
        switch key {
        case Keys.kind: quote.kind = try text(line, &scanner)
        case Keys.text: quote.text = try text(line, &scanner)
        case Keys.start: start = try scanner.integer(line)
        case Keys.end: end = try scanner.integer(line)
        case Keys.spans: quote.spans = try readSpanList(line, &scanner)
        case Keys.quoted: quote.quoted = try readSpanList(line, &scanner)
        case Keys.heading: quote.heading = try scanner.bool(line)
        case Keys.within: quote.within = try optionalInteger(line, &scanner)
        case Keys.speaker: try readSpeaker(line, &scanner, &quote)
        case Keys.cue:
          quote.cue =
            try scanner.takeNull(line) ? nil : try readSpan(line, &scanner) { _, _ throws(LineFault) in false }
        case Keys.confidence: quote.confidence = try scanner.takeNull(line) ? nil : try scanner.number(line)
        default: try scanner.skip(line)
        }
      }
      quote.hull = try span(start, end, scanner)
      all.append(quote)
    }
    quotes = all
  }

  private mutating func readSpeaker(
    _ line: Span<UInt8>, _ scanner: inout LineScanner, _ quote: inout Quote
  ) throws(LineFault) {
    if try scanner.takeNull(line) { return }
    var (entity, name, written): (Int?, ByteSpan?, ByteSpan?)
    var bytes = bytes
    self.bytes = []
    defer { self.bytes = bytes }
    quote.speaker = try readSpan(line, &scanner) { key, scanner throws(LineFault) in
      switch key {
      case Keys.text: written = try Self.text(line, &scanner, &bytes)
      case Keys.entity: entity = try scanner.takeNull(line) ? nil : try scanner.integer(line)
      case Keys.name: name = try scanner.takeNull(line) ? nil : try Self.text(line, &scanner, &bytes)
      default: return false
      }
      return true
    }
    (quote.entity, quote.speakerName, quote.speakerText) = (entity, name, written)
  }

  private static func text(
    _ line: Span<UInt8>, _ scanner: inout LineScanner, _ bytes: inout [UInt8]
  ) throws(LineFault) -> ByteSpan {
    let start = bytes.count
    try scanner.string(line, into: &bytes)
    return ByteSpan(start, bytes.count)
  }

  private mutating func readSpanList(_ line: Span<UInt8>, _ scanner: inout LineScanner) throws(LineFault) -> Range<Int>
  {
    let first = spans.count
    try readSpans(line, &scanner, into: &spans)
    return Range(from: first, upTo: spans.count)
  }

  func readSpans(
    _ line: Span<UInt8>, _ scanner: inout LineScanner, into spans: inout [ByteSpan]
  ) throws(LineFault) {
    try scanner.enter(line, UInt8(ascii: "["))
    var isFirst = true
    while try scanner.nextElement(line, &isFirst) {
      spans.append(try readSpan(line, &scanner) { _, _ throws(LineFault) in false })
    }
  }

  /// An object with `start` and `end`.
  ///
  /// - Parameter other: takes the value of another key, and says whether it did.
  @inline(__always)
  private func readSpan(
    _ line: Span<UInt8>, _ scanner: inout LineScanner,
    _ other: (MemberKey, inout LineScanner) throws(LineFault) -> Bool
  ) throws(LineFault) -> ByteSpan {
    var (start, end) = (0, 0)
    try scanner.enter(line, UInt8(ascii: "{"))
    var isFirst = true
    while let key = try scanner.nextKey(line, &isFirst) {
      switch key {
      case Keys.start: start = try scanner.integer(line)
      case Keys.end: end = try scanner.integer(line)
      default: if try !other(key, &scanner) { try scanner.skip(line) }
      }
    }
    return try span(start, end, scanner)
  }

  private func span(_ start: Int, _ end: Int, _ scanner: LineScanner) throws(LineFault) -> ByteSpan {
    guard start <= end, end <= UInt32.max else { throw scanner.fault("\(start) to \(end) is no stretch of the text") }
    return ByteSpan(start, end)
  }
}
