import StageKit

/// Reads the people out of a byline: “By Jane Doe and John Roe in Moscow”, “Jane Doe / John Roe”.
enum Byline {
  /// The people of a line that opens with “By”; `nil` where it does not, or names nobody.
  static func people(_ bytes: Span<UInt8>, _ span: ByteSpan) -> [[UInt8]]? {
    guard let start = opening(bytes, span) else { return nil }
    let found = names(bytes, ByteSpan(start, span.end))
    return found.isEmpty ? nil : found
  }

  /// The people of a line that is nothing but names: two to five capitalised words each, no more than four people.
  static func signature(_ bytes: Span<UInt8>, _ span: ByteSpan) -> [[UInt8]]? {
    guard span.count <= 90 else { return nil }
    var people: [[UInt8]] = []
    for part in parts(bytes, span) {
      guard let name = name(bytes, part, words: 2...5) else { return nil }
      people.append(name)
    }
    return people.isEmpty || people.count > 4 ? nil : people
  }

  /// The people of a line that has a name and then a date: “Jane Doe | May 4, 2017”.
  static func dated(_ bytes: Span<UInt8>, _ span: ByteSpan) -> [[UInt8]]? {
    var people: [[UInt8]] = []
    for part in parts(bytes, span) {
      guard let name = name(bytes, part, words: 2...4) else { break }
      people.append(name)
    }
    return people.isEmpty ? nil : people
  }

  /// The people of a text that may have “By” before it, as meta tags have.
  static func people(in text: [UInt8]) -> [[UInt8]] {
    let bytes = text.span
    let whole = ByteSpan(0, text.count)
    return names(bytes, ByteSpan(opening(bytes, whole) ?? 0, text.count))
  }

  /// Just past “By” or “Written by”; `nil` where the line opens otherwise.
  static func opening(_ bytes: Span<UInt8>, _ span: ByteSpan) -> Int? {
    var builder = WordHash.Builder()
    var at = span.start
    for word in 0..<2 {
      if word > 0 { builder.add(0x20) }
      while at < span.end, bytes[at] != 0x20, bytes[at] != 0x0A, bytes[at] != UInt8(ascii: ":"), bytes[at] < 0x80 {
        builder.add(bytes[at] >= 0x41 && bytes[at] <= 0x5A ? bytes[at] | 0x20 : bytes[at])
        at += 1
      }
      let isOpening = openings.contains(builder.hash)
      while at < span.end, let length = spaceLength(bytes, at) ?? (bytes[at] == UInt8(ascii: ":") ? 1 : nil) {
        at += length
      }
      if isOpening { return at }
    }
    return nil
  }

  private static let openings = WordSet([
    "by", "written by", "reported by", "posted by", "published by", "story by", "words by", "author", "reporting by",
  ])

  /// People up to the place or the first part that is no name.
  private static func names(_ bytes: Span<UInt8>, _ span: ByteSpan) -> [[UInt8]] {
    var people: [[UInt8]] = []
    var end = min(span.end, span.start + 200)
    while end < span.end, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    for part in parts(bytes, ByteSpan(span.start, end)) {
      guard let name = name(bytes, part, words: people.isEmpty ? 1...5 : 2...5) else { break }
      if !people.contains(name) { people.append(name) }
    }
    return people
  }

  /// Splits at commas, slashes, bars, ampersands, “and”; ends before “in”, “for”, “at” and the like.
  private static func parts(_ bytes: Span<UInt8>, _ span: ByteSpan) -> [ByteSpan] {
    var parts: [ByteSpan] = []
    var (start, at) = (span.start, span.start)
    func close(_ end: Int) {
      var (low, high) = (start, end)
      while low < high, let length = spaceLength(bytes, low) { low += length }
      while high > low, bytes[high - 1] <= 0x20 { high -= 1 }
      if low < high { parts.append(ByteSpan(low, high)) }
    }
    while at < span.end {
      let byte = bytes[at]
      if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ";")
        || byte == UInt8(ascii: "&")
        || byte == UInt8(ascii: "|") || byte == 0x0A
      {
        close(at)
        if byte == UInt8(ascii: "|") || byte == 0x0A && !parts.isEmpty { return parts }
        at += 1
        start = at
      } else if byte <= 0x20 {
        var end = at + 1
        while end < span.end, bytes[end] > 0x20, bytes[end] != UInt8(ascii: ",") { end += 1 }
        let word = ByteSpan(at + 1, end)
        if joiners.contains(bytes, word) {
          close(at)
          (start, at) = (end, end)
        } else if stops.contains(bytes, word) {
          close(at)
          return parts
        } else {
          at += 1
        }
      } else {
        at += 1
      }
    }
    close(span.end)
    return parts
  }

  private static let joiners = WordSet(["and", "AND", "with", "And"])
  private static let stops = WordSet([
    "in", "for", "at", "on", "from", "-", "–", "—", "·", "•", "of", "is", "IN", "FOR",
  ])

  /// The name, where the part is one; what a job or a date adds to it is cut off.
  private static func name(_ bytes: Span<UInt8>, _ span: ByteSpan, words range: ClosedRange<Int>) -> [UInt8]? {
    var words: [ByteSpan] = []
    var at = span.start
    while at < span.end {
      var end = at
      while end < span.end, bytes[end] > 0x20 { end += 1 }
      let word = ByteSpan(at, end)
      let (first, _) = UTF8Scalar.decode(bytes, at: at)
      let isNumber = word.range.contains {
        bytes[$0] == UInt8(ascii: "@") || bytes[$0] == UInt8(ascii: "(") || bytes[$0] >= 0x30 && bytes[$0] <= 0x3A
      }
      var coreEnd = end
      while coreEnd > at, bytes[coreEnd - 1] == UInt8(ascii: ".") { coreEnd -= 1 }
      let core = ByteSpan(at, coreEnd)
      if isNumber || notNames.contains(lowered: bytes, core) || DateReader.months[WordHash(lowered: bytes, core)] != nil
      {
        if words.count < 2 { return nil }
        // “Jane Doe Science Writer”: the word before the job belongs to it.
        if jobs.contains(lowered: bytes, core), words.count == 3, !words[1].range.contains(where: { bytes[$0] == 0x2E })
        {
          words.removeLast()
        }
        break
      }
      guard UTF8Scalar.isUpper(first) || particles.contains(bytes, word) || isPrefixed(bytes, at, end) else {
        return nil
      }
      words.append(word)
      at = end
      while at < span.end, bytes[at] <= 0x20 { at += 1 }
    }
    guard range.contains(words.count), let last = words.last else { return nil }
    return (span.start..<last.end).map { bytes[$0] }
  }

  /// “al-Freih”.
  private static func isPrefixed(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    for at in start..<min(end, start + 4) where bytes[at] == UInt8(ascii: "-") || bytes[at] == UInt8(ascii: "'") {
      return at + 1 < end && bytes[at + 1] >= 0x41 && bytes[at + 1] <= 0x5A
    }
    return false
  }

  private static let particles = WordSet([
    "de", "da", "del", "della", "der", "den", "di", "du", "dos", "van", "von", "ter", "ten", "la", "le", "al", "el",
    "bin",
    "ibn", "bint", "y", "e",
  ])

  private static let jobs = WordSet([
    "writer", "reporter", "correspondent", "editor", "columnist", "contributor", "producer", "analyst",
  ])

  private static let notNames = WordSet([
    "staff", "tags", "updated", "shares", "views", "writer", "writers", "reporter", "reporters", "correspondent",
    "correspondents", "editor", "editors",
    "press", "news", "agency", "agencies", "associated", "reuters", "afp", "ap", "bureau", "chief", "senior", "times",
    "post", "daily", "online", "special", "contributor", "columnist", "producer", "team", "desk", "the", "our", "your",
    "deputy", "director", "published", "posted", "comments", "share", "more", "read", "check", "also", "all",
    "admin", "email", "follow", "subscribe", "university", "inc", "ltd", "group", "report", "reports", "video", "photo",
    "photos", "advertisement", "analyst", "professor", "international", "service", "services", "network", "media",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
    "april", "june", "july", "august", "september", "october", "november", "december", "world", "politics", "business",
    "related", "latest", "breaking", "middle", "home", "contact", "about", "privacy", "terms", "sign", "log", "leave",
    "united", "north", "south", "new", "wire", "wires", "minister", "president", "this", "to", "how", "what", "why",
  ])
}
