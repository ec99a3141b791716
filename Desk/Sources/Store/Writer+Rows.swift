import Bytes
import OutboxReading
import RecordReading
import StageKit

extension Statement {
  /// Binds a text of a record, whose bytes stay in place while `all` is lent.
  func bind(_ place: Int32, _ all: UnsafeBufferPointer<UInt8>, _ span: ByteSpan?) {
    guard let span else { return bindNull(place) }
    // Spans of a record lie inside of its bytes.
    bind(place, unmoved: UnsafeBufferPointer(rebasing: all[span.range]))
  }

  func bind(_ place: Int32, _ value: Int?) { bind(place, value.map { Int64($0) }) }
}

extension Writer {
  func writeDiscarded(_ record: Record, _ origin: Origin) throws(SQLiteError) {
    let statement = rows.discarded
    try record.bytes.lend { bytes throws(SQLiteError) in
      statement.bind(1, bytes, record.id)
      statement.bind(2, record.seq)
      statement.bind(3, bytes, record.pipeline)
      statement.bind(4, bytes, record.received)
      statement.bind(5, bytes, record.sourcePath ?? record.sourceName)
      statement.bind(6, bytes, record.reason ?? ByteSpan(0, 0))
      statement.bind(7, origin.file.number)
      statement.bind(8, origin.line)
      try statement.finish()
    }
  }

  func writeArticle(
    _ record: Record, article: Int64, day: Int, arrival: Int64, _ origin: Origin
  ) throws(SQLiteError) {
    let firstEntity = try record.entities.map { entities throws(SQLiteError) in
      try numbers.take(entities: entities.count, of: day)
    }
    let firstQuote = try record.quotes.map { quotes throws(SQLiteError) in
      try numbers.take(quotes: quotes.count, of: day)
    }
    try record.bytes.lend { bytes throws(SQLiteError) in
      let statement = rows.article
      statement.bind(1, article)
      statement.bind(2, bytes, record.id)
      statement.bind(3, record.seq)
      statement.bind(4, bytes, record.pipeline)
      statement.bind(5, origin.outlet)
      statement.bind(6, arrival)
      statement.bind(7, bytes, record.received)
      statement.bind(8, bytes, record.published)
      statement.bind(9, bytes, record.publishedAt)
      statement.bind(10, bytes, record.sourcePath ?? record.sourceName)
      let site = record.site
      if let site { counts.sites[record.string(site), default: 0] += 1 }
      statement.bind(11, bytes, site)
      statement.bind(12, bytes, record.url)
      statement.bind(13, bytes, record.title)
      statement.bind(14, record.byline.isEmpty ? nil : record.byline.map { record.string($0) }.joined(separator: ", "))
      statement.bind(15, bytes, record.place)
      statement.bind(16, bytes, record.agency)
      statement.bind(17, bytes, record.language)
      statement.bind(18, record.tagList)
      statement.bind(19, bytes, record.status)
      statement.bind(20, bytes, record.copyOf)
      statement.bind(21, record.similarity)
      statement.bind(22, record.containment)
      statement.bind(23, bytes, record.cluster)
      statement.bind(24, record.revisionOf)
      statement.bind(25, bytes, record.errors)
      statement.bind(26, firstEntity)
      statement.bind(27, record.entities?.count)
      statement.bind(28, firstQuote)
      statement.bind(29, record.quotes?.count)
      statement.bind(30, bytes, record.text)
      statement.bind(31, origin.file.number)
      statement.bind(32, origin.line)
      statement.bind(33, origin.offset)
      statement.bind(34, origin.bytes)
      try statement.finish()
      rows.articleText.bind(1, article)
      rows.articleText.bind(2, bytes, record.title)
      rows.articleText.bind(3, bytes, record.text)
      try rows.articleText.finish()
      if let firstEntity { try writeEntities(record, bytes, from: firstEntity, article: article) }
      if let firstQuote { try writeQuotes(record, bytes, from: firstQuote, firstEntity: firstEntity, article: article) }
    }
  }

  private func writeEntities(
    _ record: Record, _ bytes: UnsafeBufferPointer<UInt8>, from first: Int64, article: Int64
  ) throws(SQLiteError) {
    let (statement, mention) = (rows.entity, rows.mention)
    var number = first
    for entity in record.entities ?? [] {
      statement.bind(1, number)
      statement.bind(2, article)
      statement.bind(3, bytes, entity.type)
      statement.bind(4, bytes, entity.name)
      statement.bind(5, bytes, entity.link)
      statement.bind(6, bytes, entity.roles)
      statement.bind(7, bytes, entity.value)
      statement.bind(8, entity.amount)
      statement.bind(9, bytes, entity.unit)
      statement.bind(10, entity.names)
      try statement.finish()
      for place in entity.mentions {
        let found = record.mentions[place]
        mention.bind(1, number)
        mention.bind(2, found.span.start)
        mention.bind(3, found.span.end)
        mention.bind(4, unmoved: found.kind.name)
        try mention.finish()
      }
      number += 1
    }
  }

  private func writeQuotes(
    _ record: Record, _ bytes: UnsafeBufferPointer<UInt8>, from first: Int64, firstEntity: Int64?, article: Int64
  ) throws(SQLiteError) {
    let (statement, texts) = (rows.quote, rows.quoteText)
    var number = first
    for quote in record.quotes ?? [] {
      statement.bind(1, number)
      statement.bind(2, article)
      statement.bind(3, bytes, quote.kind)
      statement.bind(4, bytes, quote.speakerName)
      statement.bind(5, bytes, quote.text)
      statement.bind(6, quote.entity.flatMap { entity in firstEntity.map { $0 + Int64(entity) } })
      statement.bind(7, quote.hull.start)
      statement.bind(8, quote.hull.end)
      let spans = record.spans[quote.spans]
      bind(spans, isUsual: spans.count == 1 && spans.first == quote.hull, statement, 9)
      let quoted = record.spans[quote.quoted]
      bind(quoted, isUsual: quoted == spans, statement, 10)
      statement.bind(11, quote.speaker?.start)
      statement.bind(12, quote.speaker?.end)
      statement.bind(13, quote.cue?.start)
      statement.bind(14, quote.cue?.end)
      let sentences = record.sentences(around: quote.hull)
      statement.bind(15, sentences?.start)
      statement.bind(16, sentences?.end)
      statement.bind(17, quote.heading ? 1 : 0)
      statement.bind(18, quote.within.map { first + Int64($0) })
      statement.bind(19, quote.confidence)
      try statement.finish()
      texts.bind(1, number)
      texts.bind(2, bytes, quote.text)
      texts.bind(3, bytes, quote.speakerName)
      try texts.finish()
      if let name = quote.speakerName { counts.addSpeaker(bytes, name, quote: number) }
      number += 1
    }
    counts.quotes += Int(number - first)
  }

  private func bind(_ spans: ArraySlice<ByteSpan>, isUsual: Bool, _ statement: Statement, _ place: Int32) {
    if isUsual { return statement.bindNull(place) }
    var json = JSONWriter(reserving: spans.count * 12 + 2)
    json.byte(UInt8(ascii: "["))
    for (at, span) in spans.enumerated() {
      if at > 0 { json.byte(UInt8(ascii: ",")) }
      json.byte(UInt8(ascii: "["))
      json.integer(span.start)
      json.byte(UInt8(ascii: ","))
      json.integer(span.end)
      json.byte(UInt8(ascii: "]"))
    }
    json.byte(UInt8(ascii: "]"))
    statement.bind(place, copied: json.take())
  }
}

extension Record.Mention.Kind {
  /// As the tables have it; static, and so where it is for good.
  fileprivate var name: UnsafeBufferPointer<UInt8> {
    let name: StaticString =
      switch self {
      case .name: "name"
      case .pronoun: "pronoun"
      case .description: "description"
      }
    return UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
  }
}

extension [UInt8] {
  /// Lends the bytes in place.
  func lend(_ body: (UnsafeBufferPointer<UInt8>) throws(SQLiteError) -> Void) throws(SQLiteError) {
    try withUnsafeBufferPointer { bytes throws(SQLiteError) in try body(bytes) }
  }
}
