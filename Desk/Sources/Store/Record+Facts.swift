import Bytes
import RecordReading
import StageKit

extension Record {
  /// The day that the article's rows are numbered by, since 1970-01-01: that of publication, else that of arrival. A day of
  /// publication that is yet to come is not believed: it would be the newest for years.
  ///
  /// - Parameter today: for articles that tell neither.
  func day(today: Int) -> Int {
    let arrival = ordinal(received) ?? today
    guard let published = ordinal(published), published <= arrival + Self.daysAhead else { return arrival }
    return published
  }

  /// A paper may bear the day after tomorrow.
  private static let daysAhead = 2

  private func ordinal(_ span: ByteSpan?) -> Int? {
    guard let span, span.count >= 10 else { return nil }
    return Day(iso: Array(bytes[span.range].prefix(10)))?.ordinal
  }

  /// The host of the url without `www.`, else the first folder of the source's path.
  var site: ByteSpan? {
    if let url, let host = host(of: url) { return host }
    guard let path = sourcePath, let slash = bytes[path.range].firstIndex(of: UInt8(ascii: "/")), slash > path.start
    else { return nil }
    return ByteSpan(path.start, slash)
  }

  private func host(of url: ByteSpan) -> ByteSpan? {
    let rest = bytes[url.range]
    guard let colon = rest.firstIndex(of: UInt8(ascii: ":")), rest[colon...].starts(with: "://".utf8) else {
      return nil
    }
    var start = colon + 3
    let end =
      rest[start...].firstIndex { [UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#")].contains($0) } ?? url.end
    if let at = rest[start..<end].lastIndex(of: UInt8(ascii: "@")) { start = at + 1 }
    if rest[start..<end].starts(with: "www.".utf8) { start += 4 }
    return start < end ? ByteSpan(start, end) : nil
  }

  /// A JSON list; `nil` where there are none.
  var tagList: String? {
    if tags.isEmpty { return nil }
    var json = JSONWriter()
    json.byte(UInt8(ascii: "["))
    for (at, tag) in tags.enumerated() {
      if at > 0 { json.byte(UInt8(ascii: ",")) }
      json.string(bytes, tag.range)
    }
    json.byte(UInt8(ascii: "]"))
    return String(decoding: json.take(), as: UTF8.self)
  }

  /// From the start of the sentence in which a stretch begins to the end of the one in which it ends; `nil` without sentences.
  func sentences(around span: ByteSpan) -> ByteSpan? {
    let after = sentences.partitioningIndex { $0.start > span.start }
    guard after > 0 else { return nil }
    var last = after - 1
    while last + 1 < sentences.count, sentences[last].end < span.end { last += 1 }
    return ByteSpan(min(sentences[after - 1].start, span.start), max(sentences[last].end, span.end))
  }

  /// A JSON list of [kind, speaker, text].
  var quoteList: [UInt8] {
    var json = JSONWriter()
    json.byte(UInt8(ascii: "["))
    for (at, quote) in (quotes ?? []).enumerated() {
      if at > 0 { json.byte(UInt8(ascii: ",")) }
      json.byte(UInt8(ascii: "["))
      json.string(bytes, quote.kind.range)
      json.byte(UInt8(ascii: ","))
      if let name = quote.speakerName { json.string(bytes, name.range) } else { json.raw("null") }
      json.byte(UInt8(ascii: ","))
      json.string(bytes, quote.text.range)
      json.byte(UInt8(ascii: "]"))
    }
    json.byte(UInt8(ascii: "]"))
    return json.take()
  }
}
