import ArticleFacts
import Bytes
import StageKit

/// What the elements around the body of a wire article say of it.
struct WireMetadata {
  /// The people, each with the place of the whole element.
  private(set) var byline: [Snippet] = []
  private(set) var tags: [[UInt8]] = []
  private(set) var captions: [Snippet] = []
  private(set) var credits: [Snippet] = []
  private(set) var dateline: Article.Dateline?
  private(set) var language: [UInt8]?
  private(set) var title: Snippet?
  private(set) var url: [UInt8]?
  private(set) var date: WireDate?
  private var titleRank = Int.max
  private var linkRank = Int.max
  private var dateRank = Int.max
  private var bylineRank = Int.max

  private static let mostOfAKind = 100

  /// - Parameters:
  ///   - text: decoded, white space as it was.
  ///   - source: where it stands in the XML.
  mutating func note(_ field: WireField, _ text: [UInt8], from source: ByteSpan) {
    let value = PageHead.decode(text.span, ByteSpan(0, text.count))
    if value.isEmpty { return }
    switch field {
    case .title(let rank):
      if rank < titleRank { (title, titleRank) = (Snippet(text: Self.withoutTags(value), source: source), rank) }
    case .link(let rank):
      if rank < linkRank, value.starts(with: "http".utf8) { (url, linkRank) = (value, rank) }
    case .date(let rank):
      if rank < dateRank, let read = WireDate(value, from: source) { (date, dateRank) = (read, rank) }
    case .byline(let rank): note(people: value, rank, source)
    case .author:
      // `ada@example.org (Ada Corr)`
      let name =
        value.contains(UInt8(ascii: "@"))
        ? value.drop { $0 != UInt8(ascii: "(") }.dropFirst().prefix { $0 != UInt8(ascii: ")") } : value[...]
      note(people: Array(name), 1, source)
    case .tag:
      let tag = Self.withoutTags(value)
      if tags.count < Self.mostOfAKind, !tags.contains(tag) { tags.append(tag) }
    case .caption: add(caption: Snippet(text: Self.withoutTags(value), source: source))
    case .credit: add(credit: Snippet(text: value, source: source))
    case .language: if language == nil { language = Self.language(value) }
    case .place:
      if dateline == nil {
        dateline = Article.Dateline(place: value, agency: nil, date: nil, span: ByteSpan(0, 0))
      }
    case .dateline:
      if dateline != nil { return }
      // It is written without the dash that ends it in print.
      let line = value + Array(" —".utf8)
      let read = DatelineReader.read(line, from: 0, isAlone: true)
      dateline = Article.Dateline(
        place: read?.place ?? value, agency: read?.agency, date: read?.date, span: ByteSpan(0, 0))
    }
  }

  private mutating func note(people text: [UInt8], _ rank: Int, _ source: ByteSpan) {
    let people = Byline.people(in: text)
    if people.isEmpty || rank > bylineRank { return }
    if rank < bylineRank { byline = [] }
    bylineRank = rank
    for name in people { Self.add(Snippet(text: Array(text[name.range]), source: source), to: &byline) }
  }

  mutating func add(caption: Snippet) { Self.add(caption, to: &captions) }
  mutating func add(credit: Snippet) { Self.add(credit, to: &credits) }

  private static func add(_ value: Snippet, to list: inout [Snippet]) {
    if list.count < mostOfAKind, !value.text.isEmpty, !list.contains(where: { $0.text == value.text }) {
      list.append(value)
    }
  }

  /// `en` of “en-US”.
  private static func language(_ value: [UInt8]) -> [UInt8]? {
    let code = value.prefix { ByteClass($0).isAny(of: .letter) }.map { $0 | 0x20 }
    return code.count == 2 ? code : nil
  }

  /// A title may have marked-up words in it.
  private static func withoutTags(_ text: [UInt8]) -> [UInt8] {
    guard text.contains(UInt8(ascii: "<")) else { return text }
    var out: [UInt8] = []
    var at = 0
    while at < text.count {
      let next = at + 1 < text.count ? text[at + 1] | 0x20 : 0
      if text[at] == UInt8(ascii: "<"), next.isLower || next == UInt8(ascii: "/"),
        let end = text[at...].firstIndex(of: UInt8(ascii: ">"))
      {
        at = end + 1
      } else if text[at] == UInt8(ascii: "<"), next.isLower {
        // No tag ends from here on.
        out += text[at...]
        break
      } else {
        out.append(text[at])
        at += 1
      }
    }
    return PageHead.decode(out.span, ByteSpan(0, out.count))
  }
}

/// A day, and the instant where it is known: `2019-10-14T17:48:00Z`, `20191014T174800-0500` (NITF),
/// `Mon, 14 Oct 2019 17:48:00 GMT` (RSS).
struct WireDate: Equatable {
  var day: [UInt8]
  var instant: [UInt8]?
  var source: ByteSpan

  init?(_ text: [UInt8], from source: ByteSpan) {
    let text = Self.extended(text)
    let whole = ByteSpan(0, text.count)
    guard let day = DateReader.day(text.span, whole) else { return nil }
    self.day = day.iso
    self.source = source
    instant = Instant(text.span, whole)?.iso
  }

  /// ISO 8601's basic form, which NITF uses, with the marks of the extended one.
  private static func extended(_ text: [UInt8]) -> [UInt8] {
    let isDigit = { (byte: UInt8) in ByteClass(byte) == .digit }
    guard text.count >= 15, text[8] == UInt8(ascii: "T"), text[..<8].allSatisfy(isDigit),
      text[9..<15].allSatisfy(isDigit)
    else { return text }
    var out: [UInt8] = []
    for (index, byte) in text.enumerated() {
      if index == 4 || index == 6 { out.append(UInt8(ascii: "-")) }
      if index == 11 || index == 13 { out.append(UInt8(ascii: ":")) }
      out.append(byte)
    }
    return out
  }
}
