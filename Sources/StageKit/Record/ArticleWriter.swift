import Bytes

/// Writes what is known of one article as JSON; what layers and the record have in common.
public struct ArticleWriter {
  public let article: Article
  public var json: JSONWriter
  private let map: OffsetMap

  /// - Parameter unit: what offsets into the text count.
  public init(_ article: Article, offsets unit: OffsetUnit) {
    self.article = article
    map = OffsetMap(article.text.span, unit: unit)
    json = JSONWriter(reserving: article.text.count * 3 + 4096)
  }

  /// A comma and the key.
  public mutating func key(_ name: StaticString) { json.key(name) }

  public mutating func optional(_ text: [UInt8]?) {
    if let text { json.string(text) } else { json.raw("null") }
  }

  public mutating func optional(_ number: Int?) {
    if let number { json.integer(number) } else { json.raw("null") }
  }

  /// An array; `null` where there are no elements at all.
  public mutating func list<Elements: Collection>(
    _ elements: Elements?, _ write: (inout Self, Elements.Element) -> Void
  ) {
    guard let elements else { return json.raw("null") }
    json.byte(UInt8(ascii: "["))
    var isFirst = true
    for element in elements {
      if !isFirst { json.byte(UInt8(ascii: ",")) }
      isFirst = false
      write(&self, element)
    }
    json.byte(UInt8(ascii: "]"))
  }

  public mutating func texts(_ texts: [[UInt8]]) { list(texts) { $0.json.string($1) } }

  /// Of a byte offset, in the record's unit.
  public mutating func offset(_ bytes: Int) { json.integer(map(bytes, in: article.text.span)) }

  /// `"start":…,"end":…` without braces.
  public mutating func bounds(_ span: ByteSpan) {
    let (start, end) = (map(span.start, in: article.text.span), map(span.end, in: article.text.span))
    json.bounds(from: start, to: end)
  }

  /// `{"start":…,"end":…}`
  public mutating func span(_ span: ByteSpan) {
    json.byte(UInt8(ascii: "{"))
    bounds(span)
    json.byte(UInt8(ascii: "}"))
  }

  /// `,"text":` and what stands there.
  public mutating func words(_ span: ByteSpan) {
    key("text")
    json.string(article.text, span.range)
  }

  /// `{"start":…,"end":…,"text":…}`
  public mutating func quotation(_ span: ByteSpan) {
    json.byte(UInt8(ascii: "{"))
    bounds(span)
    words(span)
    json.byte(UInt8(ascii: "}"))
  }
}
