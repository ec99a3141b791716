import Bytes
import RecordReading
import StageKit

/// A record as an item of ninjs 3.1, the IPTC's News in JSON. It has no place for quotations.
public enum NinjsItem {
  private static let schema = "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#"

  public static func json(_ record: Record) -> [UInt8] {
    let bytes = record.bytes
    func text(_ span: ByteSpan) -> [UInt8] { Array(bytes[span.range]) }
    var json = JSONWriter(reserving: record.text.count + 2048)
    func key(_ key: StaticString, _ value: [UInt8]?) {
      guard let value, !value.isEmpty else { return }
      json.raw(key)
      json.string(value)
    }
    json.raw("{\"uri\":")
    json.string(uri(record))
    json.raw(",\"type\":\"text\",\"representationType\":\"full\",\"pubStatus\":\"usable\"")
    key(",\"version\":", record.seq.map { Array("\($0)".utf8) })
    key(",\"firstCreated\":", published(record))
    key(",\"versionCreated\":", record.received.flatMap { instant(text($0)) })
    key(",\"language\":", record.language.map(text))
    if let title = record.title, !title.isEmpty {
      json.raw(",\"title\":")
      json.string(bytes, title.range)
      json.raw(",\"headlines\":[{\"role\":\"main\",\"contentType\":\"text/plain\",\"value\":")
      json.string(bytes, title.range)
      json.raw("}]")
    }
    key(",\"by\":", Array(record.byline.map { record.string($0) }.joined(separator: ", ").utf8))
    key(",\"located\":", record.place.map(text))
    json.raw(",\"bodies\":[{\"role\":\"main\",\"contentType\":\"text/plain\",\"charCount\":")
    json.integer(bytes[record.text.range].count { $0 & 0xC0 != 0x80 })
    json.raw(",\"wordCount\":")
    json.integer(bytes.span.extracting(record.text.range).wordCount(upTo: .max))
    json.raw(",\"value\":")
    json.string(bytes, record.text.range)
    json.raw("}]")
    for (type, list) in [
      ("PERSON", ",\"people\":["), ("ORG", ",\"organisations\":["), ("LOC", ",\"places\":["),
    ] as [(String, StaticString)] {
      add(type, list, record, &json)
    }
    if !record.tags.isEmpty {
      json.raw(",\"subjects\":[")
      for (at, tag) in record.tags.enumerated() {
        json.raw(at > 0 ? ",{\"name\":" : "{\"name\":")
        json.string(bytes, tag.range)
        json.byte(UInt8(ascii: "}"))
      }
      json.byte(UInt8(ascii: "]"))
    }
    if let agency = record.agency, !agency.isEmpty {
      json.raw(",\"infoSources\":[{\"role\":\"agency\",\"name\":")
      json.string(bytes, agency.range)
      json.raw("}]")
    }
    json.raw(",\"altIds\":[{\"role\":\"linecaster\",\"value\":")
    json.string(bytes, record.id.range)
    for (role, value) in [
      ("},{\"role\":\"cluster\",\"value\":", record.cluster), ("},{\"role\":\"copy-of\",\"value\":", record.copyOf),
    ] as [(StaticString, ByteSpan?)] {
      guard let value else { continue }
      json.raw(role)
      json.string(bytes, value.range)
    }
    json.raw("}],\"standard\":{\"name\":\"ninjs\",\"version\":\"3.1\",\"schema\":")
    json.string(schema)
    json.raw("}}")
    return json.take()
  }

  /// Names of one type, with their ids in the user's own lists.
  private static func add(_ type: String, _ list: StaticString, _ record: Record, _ json: inout JSONWriter) {
    let found = (record.entities ?? []).enumerated().filter { record.string($0.element.type) == type }
    if found.isEmpty { return }
    let speakers = Set((record.quotes ?? []).compactMap(\.entity))
    json.raw(list)
    for (at, (place, entity)) in found.enumerated() {
      json.raw(at > 0 ? ",{\"name\":" : "{\"name\":")
      json.string(record.bytes, entity.name.range)
      json.raw(speakers.contains(place) ? ",\"rel\":\"quoted\"" : ",\"rel\":\"mentioned\"")
      if let link = entity.link, !link.isEmpty {
        let text = Array(record.bytes[link.range])
        json.raw(scheme(text) ? ",\"uri\":" : ",\"literal\":")
        json.string(scheme(text) ? escaped(text) : text)
      }
      json.byte(UInt8(ascii: "}"))
    }
    json.byte(UInt8(ascii: "]"))
  }

  // MARK: Forms that the schema asks for

  /// The article's address where it is one, else a name made of its id.
  private static func uri(_ record: Record) -> [UInt8] {
    if let url = record.url {
      let text = Array(record.bytes[url.range])
      if scheme(text) { return escaped(text) }
    }
    let id = record.bytes[record.id.range].flatMap { byte -> [UInt8] in
      byte.isLetter || byte.isDigit || byte == UInt8(ascii: "-") ? [byte] : percent(byte)
    }
    return Array("urn:linecaster:".utf8) + id
  }

  /// Whether a text begins as a URI does, and says more than that.
  private static func scheme(_ text: [UInt8]) -> Bool {
    guard let colon = text.firstIndex(of: UInt8(ascii: ":")), colon > 0, colon < text.count - 1, text[0].isLetter else {
      return false
    }
    return text[..<colon].allSatisfy { $0.isLetter || $0.isDigit || [0x2B, 0x2D, 0x2E].contains($0) }
  }

  /// RFC 3986: what a URI cannot have is written with percent signs.
  private static func escaped(_ text: [UInt8]) -> [UInt8] {
    var (result, hasFragment): ([UInt8], Bool) = ([], false)
    for (at, byte) in text.enumerated() {
      switch byte {
      case UInt8(ascii: "%"):
        let isCode = at + 2 < text.count && text[at + 1].hexValue != nil && text[at + 2].hexValue != nil
        result += isCode ? [byte] : percent(byte)
      case UInt8(ascii: "#"):
        result += hasFragment ? percent(byte) : [byte]
        hasFragment = true
      case _ where byte.isLetter || byte.isDigit || allowed.contains(byte): result.append(byte)
      default: result += percent(byte)
      }
    }
    return result
  }

  private static let allowed = Set("-._~:/?@!$&'()*+,;=".utf8)

  private static func percent(_ byte: UInt8) -> [UInt8] {
    let digits = Array("0123456789ABCDEF".utf8)
    return [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
  }

  /// The instant of publication, or the day at midnight.
  private static func published(_ record: Record) -> [UInt8]? {
    if let at = record.publishedAt, let instant = instant(Array(record.bytes[at.range])) { return instant }
    guard let day = record.published, day.count == 10 else { return nil }
    return instant(Array(record.bytes[day.range]) + Array("T00:00:00Z".utf8))
  }

  /// RFC 3339, as the schema's date-time; `nil` for what is none. Seconds that are left out are zero.
  private static func instant(_ text: [UInt8]) -> [UInt8]? {
    guard text.count >= 17, Day(iso: text) != nil, text[10] == UInt8(ascii: "T") || text[10] == UInt8(ascii: " "),
      let hour = Int(digits: text[11..<13]), hour < 24, text[13] == UInt8(ascii: ":"),
      let minute = Int(digits: text[14..<16]), minute < 60
    else { return nil }
    var (at, seconds) = (16, Array(":00".utf8))
    if text[16] == UInt8(ascii: ":") {
      guard text.count >= 20, let second = Int(digits: text[17..<19]), second < 60 else { return nil }
      (at, seconds) = (19, Array(text[16..<19]))
      if text[at] == UInt8(ascii: ".") {
        let end = text[(at + 1)...].firstIndex { !$0.isDigit } ?? text.count
        if end == at + 1 { return nil }
        seconds += text[at..<end]
        at = end
      }
    }
    let zone = Array(text[at...])
    guard let zone = Self.zone(zone) else { return nil }
    return Array(text[..<10]) + [UInt8(ascii: "T")] + Array(text[11..<16]) + seconds + zone
  }

  private static func zone(_ text: [UInt8]) -> [UInt8]? {
    if text == [UInt8(ascii: "Z")] { return text }
    guard let sign = text.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return nil }
    let digits = text.dropFirst().filter { $0 != UInt8(ascii: ":") }
    guard digits.count == 4, let hours = Int(digits: digits[0..<2]), hours < 24,
      let minutes = Int(digits: digits[2..<4]),
      minutes < 60
    else { return nil }
    return [sign] + digits[0..<2] + [UInt8(ascii: ":")] + digits[2..<4]
  }
}
