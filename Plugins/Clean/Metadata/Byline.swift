import Bytes
import Lexicon
import StageKit

/// Reads the people out of a byline: “By Jane Doe and John Roe in Moscow”, “Jane Doe / John Roe”.
///
/// Agencies, desks and sites are no people. All spans are of the names alone.
enum Byline {
  /// The people of a line that opens with “By”; `nil` where it does not, or names nobody.
  static func people(_ bytes: Span<UInt8>, _ span: ByteSpan) -> [ByteSpan]? {
    guard let start = opening(bytes, span) else { return nil }
    let found = names(bytes, ByteSpan(start, span.end), single: false)
    return found.isEmpty ? nil : found
  }

  /// The people of a line that is nothing but names: two to five capitalised words each, no more than four people.
  static func signature(_ bytes: Span<UInt8>, _ span: ByteSpan) -> [ByteSpan]? {
    guard span.count <= 90 else { return nil }
    var people: [ByteSpan] = []
    for part in parts(bytes, withoutBullet(bytes, span)) {
      guard let name = name(bytes, part, words: 2...5, isBare: true) else {
        // “Jane Doe, Health Correspondent”, “Jane Doe MS, RDN”
        if people.isEmpty || !holdsJob(bytes, part) && !degrees.contains(bytes, part) { return nil }
        break
      }
      people.append(name)
    }
    return people.isEmpty || people.count > 4 ? nil : people
  }

  /// Without the bullet of a list.
  private static func withoutBullet(_ bytes: Span<UInt8>, _ span: ByteSpan) -> ByteSpan {
    guard !span.isEmpty, LineStart(bytes, span.start, span.end) == .bullet else { return span }
    return ByteSpan(min(span.end, span.start + UTF8Scalar.length(first: bytes[span.start])), span.end)
  }

  /// The people of a line that has a name and then a date: “Jane Doe | May 4, 2017”, “Jane Doe 2 hours ago”.
  static func dated(_ bytes: Span<UInt8>, _ span: ByteSpan) -> [ByteSpan]? {
    var people: [ByteSpan] = []
    for part in parts(bytes, span) {
      guard let name = name(bytes, part, words: 2...4, isBare: true) else { break }
      people.append(name)
    }
    return people.isEmpty ? nil : people
  }

  /// The people after a “by” inside a line: “Posted on May 4, 2017 by Jane Doe”.
  static func inside(_ bytes: Span<UInt8>, _ span: ByteSpan) -> [ByteSpan]? {
    var at = span.start + 1
    while at + 3 < span.end {
      if bytes[at - 1] <= 0x20, bytes[at] | 0x20 == UInt8(ascii: "b"), bytes[at + 1] | 0x20 == UInt8(ascii: "y"),
        bytes[at + 2] <= 0x20 || bytes[at + 2] == UInt8(ascii: ":")
      {
        var start = at + 2
        while start < span.end, bytes[start] <= 0x20 || bytes[start] == UInt8(ascii: ":") { start += 1 }
        let found = names(bytes, ByteSpan(start, span.end), single: false)
        return found.isEmpty ? nil : found
      }
      at += 1
    }
    return nil
  }

  /// The people of a text that may have “By” before it, as meta tags have.
  static func people(in text: [UInt8]) -> [ByteSpan] {
    let bytes = text.span
    let whole = ByteSpan(0, text.count)
    return names(bytes, ByteSpan(opening(bytes, whole) ?? 0, text.count), single: true)
  }

  /// Just past “By” or “Written by”; `nil` where the line opens otherwise.
  static func opening(_ bytes: Span<UInt8>, _ span: ByteSpan) -> Int? {
    var builder = WordHash.Builder()
    var at = span.start
    for word in 0..<2 {
      if word > 0 { builder.add(0x20) }
      while at < span.end, bytes[at] != 0x20, bytes[at] != 0x0A, bytes[at] != UInt8(ascii: ":"), bytes[at] < 0x80 {
        builder.add(bytes[at].lowered)
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
    "author by", "from by",
  ])

  /// People up to the place or the first part that is no name.
  ///
  /// - Parameter single: whether the first may be one word.
  private static func names(_ bytes: Span<UInt8>, _ span: ByteSpan, single: Bool) -> [ByteSpan] {
    var people: [ByteSpan] = []
    var end = min(span.end, span.start + 200)
    while end < span.end, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    for part in parts(bytes, ByteSpan(min(span.start, end), end)) {
      guard let name = name(bytes, part, words: people.isEmpty && single ? 1...5 : 2...5) else { break }
      people.append(name)
    }
    return people
  }

  // MARK: Parts

  /// Splits at commas, slashes, bars, ampersands, “and”; ends before “in”, “for”, “at” and the like.
  private static func parts(_ bytes: Span<UInt8>, _ span: ByteSpan) -> [ByteSpan] {
    var parts: [ByteSpan] = []
    var (start, at) = (span.start, span.start)
    func close(_ end: Int) {
      var (low, high) = (start, end)
      while low < high, let length = spaceLength(bytes, low) { low += length }
      while high > low, let length = spaceLength(bytes, UTF8Scalar.start(before: high, in: bytes)) { high -= length }
      if low < high { parts.append(ByteSpan(low, high)) }
    }
    while at < span.end {
      let byte = bytes[at]
      if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ";")
        || byte == UInt8(ascii: "&") || byte == UInt8(ascii: "|") || byte == 0x0A
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

  /// The stretches between white space.
  static func words(_ bytes: Span<UInt8>, _ span: ByteSpan) -> [ByteSpan] {
    var words: [ByteSpan] = []
    var (start, at) = (span.start, span.start)
    while at < span.end {
      let gap = spaceLength(bytes, at)
      if gap != nil, at > start { words.append(ByteSpan(start, at)) }
      at += gap ?? UTF8Scalar.length(first: bytes[at])
      if gap != nil { start = at }
    }
    if start < span.end { words.append(ByteSpan(start, span.end)) }
    return words
  }

  // MARK: Names

  /// The name, where the part is one; what a job, a degree, an employer or a date adds to it is cut off.
  ///
  /// - Parameter isBare: whether nothing but its own look says that it is a name.
  private static func name(
    _ bytes: Span<UInt8>, _ span: ByteSpan, words range: ClosedRange<Int>, isBare: Bool = false
  ) -> ByteSpan? {
    var words: [ByteSpan] = []
    var at = span.start
    scan: while at < span.end {
      var end = at
      while end < span.end, spaceLength(bytes, end) == nil { end += UTF8Scalar.length(first: bytes[end]) }
      let (word, isLast) = cut(bytes, ByteSpan(at, min(end, span.end)))
      var coreEnd = word.end
      while coreEnd > at, bytes[coreEnd - 1] == UInt8(ascii: ".") { coreEnd -= 1 }
      let core = ByteSpan(at, coreEnd)
      if word.isEmpty || bytes[at] == UInt8(ascii: "(") || ByteClass(bytes[at]).isAny(of: .digit) {
        // “Jane Doe August 25”: the month is no part of the name.
        if let last = words.last, Lexicon.english.has(.anyMonth, lowered: bytes, last) { words.removeLast() }
        if words.count < 2 { return nil }
        break
      }
      switch kind(bytes, core) {
      case .degree:
        if words.count >= 2 { break scan }
      case .job:
        // “Jane Doe Science Writer”: the word before the job belongs to it.
        if words.count == 3, !isInitial(bytes, words[1]) { words.removeLast() }
        if words.count < 2 { return nil }
        break scan
      case .employer:
        // “Jane Doe Orla News” has an employer; “Field Level News” is one.
        if words.count == 2, !Lexicon.english.has(.givenName, lowered: bytes, words[0]) { return nil }
        if words.count == 3 { words.removeLast() }
        if words.count < 2 { return nil }
        break scan
      case .noName:
        if words.count < 2 { return nil }
        break scan
      case .seldomName:
        if isBare, words.first.map({ !Lexicon.english.has(.givenName, lowered: bytes, $0) }) ?? true { return nil }
      case .name: break
      }
      let (first, _) = UTF8Scalar.decode(bytes, at: at)
      guard UTF8Scalar.isUpper(first) || isParticle(bytes, word) || isPrefixed(bytes, at, word.end) else {
        return nil
      }
      // “FOXBusiness”
      if words.count >= 2, isBrand(bytes, word) { break }
      words.append(word)
      if isLast { break }
      at = end
      while at < span.end, let length = spaceLength(bytes, at) { at += length }
    }
    guard range.contains(words.count), let first = words.first, var last = words.last else { return nil }
    // Particles do not end a name.
    if words.count > 1, isParticle(bytes, last) { return nil }
    // A full stop belongs to “Jr.” and to initials.
    if bytes[last.end - 1] == UInt8(ascii: "."), last.count > 4 { last = ByteSpan(last.start, last.end - 1) }
    return ByteSpan(first.start, last.end)
  }

  private enum Kind { case name, degree, job, employer, seldomName, noName }

  private static func kind(_ bytes: Span<UInt8>, _ word: ByteSpan) -> Kind {
    if degrees.contains(bytes, word) { return .degree }
    let hash = WordHash(lowered: bytes, word)
    let traits = Lexicon.english[hash].traits
    if traits.has(.job) { return .job }
    if traits.has(.employer) { return .employer }
    if traits.has(.seldomName) { return .seldomName }
    return traits.has(.notName) || traits.has(.anyMonth) && !traits.has(.given) ? .noName : .name
  }

  /// The word up to an address or up to what the page glued to it: “Roe@jroe”, “RoePublished:”, “Roe2”.
  private static func cut(_ bytes: Span<UInt8>, _ word: ByteSpan) -> (word: ByteSpan, isLast: Bool) {
    var at = word.start + 1
    while at < word.end {
      let byte = bytes[at]
      if byte == UInt8(ascii: "@") || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "(")
        || ByteClass(byte).isAny(of: .digit)
      {
        return (ByteSpan(word.start, at), true)
      }
      if ByteClass(byte).isAny(of: .upper), ByteClass(bytes[at - 1]).isAny(of: .lower), at - word.start >= 2 {
        var end = at
        while end < word.end, ByteClass(bytes[end]).isAny(of: .letter) { end += 1 }
        let hash = WordHash(lowered: bytes, ByteSpan(at, end))
        if Lexicon.english.has([.gluedToName, .anyMonth], hash) { return (ByteSpan(word.start, at), true) }
      }
      at += 1
    }
    return (word, false)
  }

  private static func holdsJob(_ bytes: Span<UInt8>, _ part: ByteSpan) -> Bool {
    var found = false
    BlockFacts.words(bytes, part) { word, _ in found = found || Lexicon.english.has([.job, .employer], word) }
    return found
  }

  private static func isInitial(_ bytes: Span<UInt8>, _ word: ByteSpan) -> Bool {
    word.range.contains { bytes[$0] == UInt8(ascii: ".") }
  }

  /// Three capitals and more inside a word that has small letters.
  private static func isBrand(_ bytes: Span<UInt8>, _ word: ByteSpan) -> Bool {
    let capitals = word.range.prefix { ByteClass(bytes[$0]).isAny(of: .upper) }.count
    return capitals >= 3 && capitals < word.count
  }

  /// “al-Freih”, “d'Amico”.
  private static func isPrefixed(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    for at in Range(from: start, upTo: min(end, start + 4)) {
      guard bytes[at] == UInt8(ascii: "-") || bytes[at] == UInt8(ascii: "'") else { continue }
      return at + 1 < end && bytes[at + 1].isUpper
    }
    return false
  }

  /// “van”, “bin”, but not “at” or “of”.
  private static func isParticle(_ bytes: Span<UInt8>, _ word: ByteSpan) -> Bool {
    let traits = Lexicon.english[WordHash(bytes, word)].traits
    return traits.has(.particle) && !traits.has([.running, .functionWord, .title, .organizationHead])
  }

  private static let degrees = WordSet([
    "MD", "M.D", "MS", "MSc", "BSc", "BA", "MA", "MBA", "MPH", "PhD", "Ph.D", "RD", "RDN", "LD", "RN", "DO", "JD",
    "CPA",
    "Esq", "DDS", "DVM", "PharmD", "CFP", "CSCS", "MFA", "OBE", "MBE", "CBE", "MP",
  ])

}
