import Bytes
import StageKit

extension InputFormat {
  /// The archive of a crawl. Only the pages in it are articles.
  public static let warc = InputFormat(
    name: "warc", endings: [".warc"],
    help: "a crawl: the HTML pages that servers answered with; other records are counted and passed over",
    idHelp: "`WARC-Record-ID`", sourceName: "warc", part: "record", cut: .records { WARCCutter() },
    decode: { (raw, name) throws(InputError) in
      guard let record = try? WARCRecord(raw.bytes), record.isResponse,
        let response = HTTPResponse(raw.bytes, from: record.blockStart)
      else { throw InputError(.badWARC, "it is no WARC record of a server’s answer") }
      let end = min(raw.bytes.count, record.blockStart + record.blockLength)
      var page = Array(raw.bytes[min(response.body, end)..<end])
      try page.undo(response.fields)
      let declaration: DecodedText.Declaration =
        response.characterSet.flatMap { CharacterSetLabels.name($0) == nil ? nil : .label($0) } ?? .html
      let decoded = try DecodedText(page, declaration)
      if decoded.isBlank { throw InputError(.empty, "the page holds no text") }
      var metadata = Article.Metadata()
      metadata.url = record.fields["warc-target-uri"].flatMap(bare)
      metadata.extra = extra(of: record)
      return raw.article(
        name: name, encoding: decoded.encoding, id: record.fields["warc-record-id"].flatMap(bare), text: decoded.text,
        markup: .html, metadata: metadata)
    })

  /// Without the marks around it: `urn:uuid:…`.
  private static func bare(_ id: [UInt8]) -> [UInt8]? {
    // A header that is no text says nothing.
    id.firstInvalidUTF8 == nil ? id.filter { $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">") } : nil
  }

  /// When it was fetched is not when it was published, and stands beside it.
  private static func extra(of record: WARCRecord) -> [UInt8]? {
    guard let date = record.fields["warc-date"], date.firstInvalidUTF8 == nil else { return nil }
    var json = JSONWriter()
    json.raw("{\"warc_date\":")
    json.string(date)
    json.raw("}")
    return json.take()
  }
}

extension [UInt8] {
  /// Bytes that a page may have once it is expanded.
  private static let mostExpanded = 64 << 20

  /// Undoes how the server packed the page for its way.
  fileprivate mutating func undo(_ fields: HeaderFields) throws(InputError) {
    if fields["transfer-encoding"]?.map(\.lowered) == Array("chunked".utf8), let whole = dechunked { self = whole }
    let packing = (fields["content-encoding"] ?? []).map(\.lowered)
    switch String(decoding: packing, as: UTF8.self) {
    case "", "identity": return
    case "gzip", "x-gzip":
      // Crawlers expand it and leave the header as it was.
      guard starts(with: [0x1F, 0x8B]) else { return }
      var source = GzipSource(BytesInMemory(self))
      var page: [UInt8] = []
      while try source.read(into: &page, upTo: 1 << 17) > 0 {
        if page.count > Self.mostExpanded {
          throw InputError(.tooLarge, "the page is larger than 64 MiB once it is expanded")
        }
      }
      self = page
    default:
      // Brotli and others cannot be told by their bytes: what is text was expanded by the crawler.
      if firstInvalidUTF8 != nil, prefix(4096).contains(0) || !prefix(4096).contains(UInt8(ascii: "<")) {
        throw InputError(
          .binary,
          "the page is compressed with ‘\(String(decoding: packing, as: UTF8.self))’, which is not read; let the crawler expand it"
        )
      }
    }
  }

  /// What was sent in chunks; `nil` where it was not, whatever the header says.
  private var dechunked: [UInt8]? {
    var whole: [UInt8] = []
    var at = 0
    while at < count {
      let end = span.firstOffset(of: 0x0A, in: Range(from: at, upTo: count))
      guard end < count else { return nil }
      let size = self[at..<end].prefix { $0 != UInt8(ascii: ";") && $0 != 0x0D && $0 != 0x20 }
      guard size.count <= 8, let length = Int(String(decoding: size, as: UTF8.self), radix: 16), length >= 0 else {
        return nil
      }
      if length == 0 { return whole }
      guard length <= count - end - 1 else { return nil }
      whole += self[Range(from: end + 1, upTo: end + 1 + length)]
      at = end + 1 + length
      while at < count, self[at] == 0x0D || self[at] == 0x0A { at += 1 }
    }
    return nil
  }
}
