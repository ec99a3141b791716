import Bytes
import StageKit

extension Record {
  /// Reads a line, without its end, in place of what was here.
  ///
  /// - Throws: where it is no record of `linecaster/1` and no line of `linecaster-discarded/1`.
  public mutating func read(_ line: Span<UInt8>) throws(LineFault) {
    clear()
    do { _ = try UTF8Span(validating: line) } catch {
      throw LineFault(offset: error.byteOffsets.lowerBound, message: "the line is not UTF-8")
    }
    var scanner = LineScanner()
    var found: RecordKeys = []
    var (hasSchema, hasID) = (false, false)
    try scanner.enter(line, UInt8(ascii: "{"))
    var isFirst = true
    while let key = try scanner.nextKey(line, &isFirst) {
      switch key {
      case Keys.schema:
        schema = try readSchema(line, &scanner)
        hasSchema = true
      case Keys.id:
        id = try text(line, &scanner)
        hasID = true
      case Keys.seq: seq = try optionalInteger(line, &scanner)
      case Keys.received: received = try optionalText(line, &scanner)
      case Keys.source: try readSource(line, &scanner)
      case Keys.pipeline: try readPipeline(line, &scanner)
      case Keys.revisionOf: revisionOf = try optionalInteger(line, &scanner)
      case Keys.url:
        url = try optionalText(line, &scanner)
        found.insert(.url)
      case Keys.title:
        title = try optionalText(line, &scanner)
        found.insert(.title)
      case Keys.byline: byline = try texts(line, &scanner)
      case Keys.dateline: try readDateline(line, &scanner)
      case Keys.published:
        published = try optionalText(line, &scanner)
        found.insert(.published)
      case Keys.publishedAt: publishedAt = try optionalText(line, &scanner)
      case Keys.language: language = try optionalText(line, &scanner)
      case Keys.tags: tags = try texts(line, &scanner)
      case Keys.text:
        text = try text(line, &scanner)
        found.insert(.text)
      case Keys.sentences:
        if try !scanner.takeNull(line) { try readSpans(line, &scanner, into: &sentences) }
        found.insert(.sentences)
      case Keys.entities:
        try readEntities(line, &scanner)
        found.insert(.entities)
      case Keys.quotes:
        try readQuotes(line, &scanner)
        found.insert(.quotes)
      case Keys.duplicates:
        try readDuplicates(line, &scanner)
        found.insert(.duplicates)
      case Keys.errors:
        errors = try filledList(line, &scanner)
      case Keys.reason: reason = try optionalText(line, &scanner)
      default: try scanner.skip(line)
      }
    }
    try scanner.checkEnd(line)
    guard hasSchema, hasID else { throw LineFault(offset: 0, message: "the line has no ‘schema’ or no ‘id’") }
    missing = schema == .record ? .all.subtracting(found) : []
    countCodePoints()
    try checkSpans()
  }

  private func readSchema(_ line: Span<UInt8>, _ scanner: inout LineScanner) throws(LineFault) -> Schema {
    let offset = scanner.at
    var name: [UInt8] = []
    try scanner.string(line, into: &name)
    if name.elementsEqual("linecaster/1".utf8) { return .record }
    if name.elementsEqual("linecaster-discarded/1".utf8) { return .discarded }
    throw LineFault(
      offset: offset, message: "its schema is ‘\(String(decoding: name, as: UTF8.self))’, not linecaster/1")
  }

  private mutating func readSource(_ line: Span<UInt8>, _ scanner: inout LineScanner) throws(LineFault) {
    try scanner.enter(line, UInt8(ascii: "{"))
    var isFirst = true
    while let key = try scanner.nextKey(line, &isFirst) {
      switch key {
      case Keys.name: sourceName = try optionalText(line, &scanner)
      case Keys.path: sourcePath = try optionalText(line, &scanner)
      default: try scanner.skip(line)
      }
    }
  }

  private mutating func readPipeline(_ line: Span<UInt8>, _ scanner: inout LineScanner) throws(LineFault) {
    try scanner.enter(line, UInt8(ascii: "{"))
    var isFirst = true
    while let key = try scanner.nextKey(line, &isFirst) {
      switch key {
      case Keys.name: pipeline = try text(line, &scanner)
      case Keys.offsets:
        let unit = try text(line, &scanner)
        guard let unit = OffsetUnit(rawValue: string(unit)) else {
          throw scanner.fault("expected codepoints, utf8 or utf16")
        }
        offsets = unit
      default: try scanner.skip(line)
      }
    }
  }

  private mutating func readDateline(_ line: Span<UInt8>, _ scanner: inout LineScanner) throws(LineFault) {
    if try scanner.takeNull(line) { return }
    try scanner.enter(line, UInt8(ascii: "{"))
    var isFirst = true
    while let key = try scanner.nextKey(line, &isFirst) {
      switch key {
      case Keys.place: place = try optionalText(line, &scanner)
      case Keys.agency: agency = try optionalText(line, &scanner)
      default: try scanner.skip(line)
      }
    }
  }

  private mutating func readDuplicates(_ line: Span<UInt8>, _ scanner: inout LineScanner) throws(LineFault) {
    if try scanner.takeNull(line) { return }
    try scanner.enter(line, UInt8(ascii: "{"))
    var isFirst = true
    while let key = try scanner.nextKey(line, &isFirst) {
      switch key {
      case Keys.status: status = try text(line, &scanner)
      case Keys.of: copyOf = try optionalText(line, &scanner)
      case Keys.cluster: cluster = try optionalText(line, &scanner)
      case Keys.matches: try readMatches(line, &scanner)
      default: try scanner.skip(line)
      }
    }
  }

  /// The first one is the best.
  private mutating func readMatches(_ line: Span<UInt8>, _ scanner: inout LineScanner) throws(LineFault) {
    try scanner.enter(line, UInt8(ascii: "["))
    var isFirst = true
    while try scanner.nextElement(line, &isFirst) {
      if similarity != nil {
        try scanner.skip(line)
        continue
      }
      try scanner.enter(line, UInt8(ascii: "{"))
      var isFirst = true
      while let key = try scanner.nextKey(line, &isFirst) {
        switch key {
        case Keys.similarity: similarity = try scanner.number(line)
        case Keys.containment: containment = try scanner.number(line)
        default: try scanner.skip(line)
        }
      }
    }
  }

  // MARK: Values

  mutating func text(_ line: Span<UInt8>, _ scanner: inout LineScanner) throws(LineFault) -> ByteSpan {
    let start = bytes.count
    try scanner.string(line, into: &bytes)
    return ByteSpan(start, bytes.count)
  }

  mutating func optionalText(_ line: Span<UInt8>, _ scanner: inout LineScanner) throws(LineFault) -> ByteSpan? {
    try scanner.takeNull(line) ? nil : try text(line, &scanner)
  }

  func optionalInteger(_ line: Span<UInt8>, _ scanner: inout LineScanner) throws(LineFault) -> Int? {
    try scanner.takeNull(line) ? nil : try scanner.integer(line)
  }

  private mutating func texts(_ line: Span<UInt8>, _ scanner: inout LineScanner) throws(LineFault) -> [ByteSpan] {
    if try scanner.takeNull(line) { return [] }
    try scanner.enter(line, UInt8(ascii: "["))
    var (isFirst, all) = (true, [ByteSpan]())
    while try scanner.nextElement(line, &isFirst) { all.append(try text(line, &scanner)) }
    return all
  }

  /// A list as it is written; `nil` where it is empty or `null`.
  mutating func filledList(_ line: Span<UInt8>, _ scanner: inout LineScanner) throws(LineFault) -> ByteSpan? {
    if try scanner.takeNull(line) { return nil }
    let range = try scanner.skip(line)
    guard range.count > 2 else { return nil }
    let start = bytes.count
    bytes.append(line, ByteSpan(range))
    return ByteSpan(start, bytes.count)
  }
}

/// Keys of a record and of what is in it.
enum Keys {
  static let schema = MemberKey("schema")
  static let id = MemberKey("id")
  static let seq = MemberKey("seq")
  static let received = MemberKey("received")
  static let source = MemberKey("source")
  static let pipeline = MemberKey("pipeline")
  static let revisionOf = MemberKey("revision_of")
  static let url = MemberKey("url")
  static let title = MemberKey("title")
  static let byline = MemberKey("byline")
  static let dateline = MemberKey("dateline")
  static let published = MemberKey("published")
  static let publishedAt = MemberKey("published_at")
  static let language = MemberKey("language")
  static let tags = MemberKey("tags")
  static let text = MemberKey("text")
  static let sentences = MemberKey("sentences")
  static let entities = MemberKey("entities")
  static let quotes = MemberKey("quotes")
  static let duplicates = MemberKey("duplicates")
  static let errors = MemberKey("errors")
  static let reason = MemberKey("reason")
  static let name = MemberKey("name")
  static let path = MemberKey("path")
  static let offsets = MemberKey("offsets")
  static let place = MemberKey("place")
  static let agency = MemberKey("agency")
  static let status = MemberKey("status")
  static let of = MemberKey("of")
  static let cluster = MemberKey("cluster")
  static let matches = MemberKey("matches")
  static let similarity = MemberKey("similarity")
  static let containment = MemberKey("containment")
  static let start = MemberKey("start")
  static let end = MemberKey("end")
  static let kind = MemberKey("kind")
  static let type = MemberKey("type")
  static let link = MemberKey("link")
  static let roles = MemberKey("roles")
  static let value = MemberKey("value")
  static let amount = MemberKey("amount")
  static let unit = MemberKey("unit")
  static let mentions = MemberKey("mentions")
  static let references = MemberKey("references")
  static let spans = MemberKey("spans")
  static let quoted = MemberKey("quoted")
  static let heading = MemberKey("heading")
  static let within = MemberKey("within")
  static let speaker = MemberKey("speaker")
  static let entity = MemberKey("entity")
  static let cue = MemberKey("cue")
  static let confidence = MemberKey("confidence")
}
