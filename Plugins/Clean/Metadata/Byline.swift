import Bytes
import Lexicon
import StageKit

/// Reads the people out of a byline: “By Jane Doe and John Roe in Moscow”, “Jane Doe / John Roe”.
///
/// Agencies, desks and sites are no people. All spans are of the names alone.
enum Byline {
  /// The people of a line that opens with “By”; `nil` where it does not, or names nobody.
  static func people(_ bytes: Span<UInt8>, _ span: ByteSpan, _ borders: ArraySlice<Int> = []) -> [ByteSpan]? {
    guard let start = openings(bytes, span) else { return nil }
    let found = names(bytes, ByteSpan(start, span.end), borders, single: false)
    return found.isEmpty ? nil : found
  }

  /// The people of a line that is nothing but names: two to five capitalised words each, no more than four people.
  static func signature(_ bytes: Span<UInt8>, _ span: ByteSpan, _ borders: ArraySlice<Int> = []) -> [ByteSpan]? {
    guard span.count <= 90 else { return nil }
    var people: [ByteSpan] = []
    for part in parts(bytes, withoutBullet(bytes, span), borders) {
      guard let name = name(bytes, part, words: 2...5, isBare: true) else {
        // “Jane Doe, Health Correspondent”, “Jane Doe MS, RDN”
        if people.isEmpty || !holdsJob(bytes, part) && !degrees.contains(bytes, part) { return nil }
        break
      }
      people.append(name)
    }
    return people.isEmpty || people.count > 4 ? nil : people
  }

  /// The person of a line that is a name, a comma and a place.
  static func placed(_ bytes: Span<UInt8>, _ span: ByteSpan) -> [ByteSpan]? {
    let parts = parts(bytes, span)
    guard parts.count == 2, words(bytes, parts[1]).count <= 2,
      UTF8Scalar.isUpper(UTF8Scalar.decode(bytes, at: parts[1].start).value),
      let name = name(bytes, parts[0], words: 2...4, isBare: false)
    else { return nil }
    return [name]
  }

  /// Without the bullet of a list.
  private static func withoutBullet(_ bytes: Span<UInt8>, _ span: ByteSpan) -> ByteSpan {
    guard !span.isEmpty, LineStart(bytes, span.start, span.end) == .bullet else { return span }
    return ByteSpan(min(span.end, span.start + UTF8Scalar.length(first: bytes[span.start])), span.end)
  }

  /// The people of a line that has a name and then a date: “Jane Doe | May 4, 2017”, “Jane Doe 2 hours ago”.
  static func dated(_ bytes: Span<UInt8>, _ span: ByteSpan, _ borders: ArraySlice<Int> = []) -> [ByteSpan]? {
    var people: [ByteSpan] = []
    for part in parts(bytes, span, borders) {
      guard let name = name(bytes, part, words: 2...4, isBare: true) else { break }
      people.append(name)
    }
    return people.isEmpty ? nil : people
  }

  /// The people after a “by” inside a line: “Posted on May 4, 2017 by Jane Doe”.
  static func inside(_ bytes: Span<UInt8>, _ span: ByteSpan, _ borders: ArraySlice<Int> = []) -> [ByteSpan]? {
    var at = span.start + 1
    while at + 3 < span.end {
      if bytes[at - 1] <= 0x20, bytes[at] | 0x20 == UInt8(ascii: "b"), bytes[at + 1] | 0x20 == UInt8(ascii: "y"),
        bytes[at + 2] <= 0x20 || bytes[at + 2] == UInt8(ascii: ":")
      {
        var start = at + 2
        while start < span.end, bytes[start] <= 0x20 || bytes[start] == UInt8(ascii: ":") { start += 1 }
        let found = names(bytes, ByteSpan(start, span.end), borders, single: false)
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
    return names(bytes, ByteSpan(openings(bytes, whole) ?? 0, text.count), [], single: true)
  }

  /// The people of a stretch that an element calls the author: what says so, days and numbers may stand before them.
  ///
  /// - Returns: also whether something else follows them.
  static func labelled(
    _ bytes: Span<UInt8>, _ span: ByteSpan, _ borders: ArraySlice<Int>, single: Bool
  ) -> (people: [ByteSpan], isOver: Bool) {
    var people: [ByteSpan] = []
    for part in parts(bytes, span, borders) {
      let name = ByteSpan(openings(bytes, part) ?? part.start, part.end)
      if name.isEmpty { continue }
      if let name = Self.name(bytes, name, words: single && people.isEmpty ? 1...5 : 2...5) {
        people.append(name)
      } else if !people.isEmpty || !isPadding(bytes, name) {
        return (people, true)
      }
    }
    return (people, false)
  }

  /// “May 4, 2017”, “5 min read”, “Updated”: what stands before names and is none.
  private static func isPadding(_ bytes: Span<UInt8>, _ part: ByteSpan) -> Bool {
    if part.range.contains(where: { ByteClass(bytes[$0]).isAny(of: .digit) }) { return part.count <= 60 }
    return words(bytes, part).allSatisfy { word in
      paddings.contains(lowered: bytes, word) || Lexicon.english.has([.anyMonth, .anyWeekday], lowered: bytes, word)
        || !word.range.contains { bytes[$0].isLetter || bytes[$0] >= 0x80 }
    }
  }

  private static let paddings = WordSet([
    "author", "authors", "author:", "authors:", "writer", "writers", "written", "published", "posted", "updated",
    "story",
    "words", "autor", "autor:", "autoren", "auteur", "auteurs", "autore", "text", "texte", "texto", "tekst", "testo",
  ])

  /// Just past all openings: “By”, “By: by”, “Written by”.
  static func openings(_ bytes: Span<UInt8>, _ span: ByteSpan) -> Int? {
    var found = opening(bytes, span)
    for _ in 0..<2 {
      guard let start = found, start < span.end, let next = opening(bytes, ByteSpan(start, span.end)) else { break }
      found = next
    }
    return found
  }

  /// Just past “By” or “Written by”; `nil` where the line opens otherwise.
  static func opening(_ bytes: Span<UInt8>, _ span: ByteSpan) -> Int? {
    var builder = WordHash.Builder()
    var at = span.start
    for word in 0..<2 {
      if word > 0 { builder.add(0x20) }
      let start = at
      while at < span.end, bytes[at] != 0x20, bytes[at] != 0x0A, bytes[at] != UInt8(ascii: ":"), bytes[at] < 0x80 {
        // “ByJane Doe”, as pages glue it.
        if word == 0, at == start + 2, bytes[at].isUpper, isBy(bytes, start) { return at }
        builder.add(bytes[at].lowered)
        at += 1
      }
      let (isOpening, isForeign) = (openings.contains(builder.hash), foreignOpenings.contains(builder.hash))
      var hasColon = false
      while at < span.end, let length = spaceLength(bytes, at) ?? (bytes[at] == UInt8(ascii: ":") ? 1 : nil) {
        if bytes[at] == UInt8(ascii: ":") { hasColon = true }
        at += length
      }
      // “Von Miller” is a name, “Von Ada Miller” is not.
      if isOpening || isForeign && (hasColon || hasSurname(bytes, ByteSpan(at, max(at, span.end)))) { return at }
    }
    return nil
  }

  /// Whether more than one word follows, or an acronym.
  private static func hasSurname(_ bytes: Span<UInt8>, _ span: ByteSpan) -> Bool {
    let words = words(bytes, span)
    guard words.count == 1, let word = words.first else { return words.count > 1 }
    return word.range.allSatisfy { bytes[$0].isUpper }
  }

  private static func isBy(_ bytes: Span<UInt8>, _ at: Int) -> Bool {
    bytes[at] == UInt8(ascii: "B") && bytes[at + 1] | 0x20 == UInt8(ascii: "y")
  }

  private static let openings = WordSet([
    "by", "written by", "reported by", "posted by", "published by", "story by", "words by", "author", "reporting by",
    "author by", "from by", "authors", "edited by", "compiled by",
  ])
  private static let foreignOpenings = WordSet([
    "von", "par", "por", "door", "av", "af", "di", "texte", "text", "tekst", "testo", "texto", "autor", "autorin",
    "auteur",
    "autore", "autoren", "auteurs", "texte par", "text von", "ein beitrag", "scritto da", "escrito por",
    "geschreven door",
    "skrevet av", "skrevet af", "yazan", "oleh", "propos recueillis", "redactie",
  ])

  /// People up to the place or the first part that is no name.
  ///
  /// - Parameter single: whether the first may be one word.
  private static func names(
    _ bytes: Span<UInt8>, _ span: ByteSpan, _ borders: ArraySlice<Int>, single: Bool
  ) -> [ByteSpan] {
    var people: [ByteSpan] = []
    var end = min(span.end, span.start + 200)
    while end < span.end, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    let parts = parts(bytes, ByteSpan(min(span.start, end), end), borders)
    for part in parts {
      // “Jobs & Hire” is an outlet, whose first word is no name.
      guard let name = name(bytes, part, words: parts.count == 1 && single ? 1...5 : 2...5) else { break }
      people.append(name)
    }
    return people
  }

  // MARK: Parts

  /// Splits at commas, slashes, bars, ampersands, “and”, and where an element ends that held a name or a role; ends
  /// before “in”, “for”, “at” and the like.
  private static func parts(
    _ bytes: Span<UInt8>, _ span: ByteSpan, _ borders: ArraySlice<Int> = []
  ) -> [ByteSpan] {
    var parts: [ByteSpan] = []
    var (start, at) = (span.start, span.start)
    var next = borders.startIndex
    func close(_ end: Int) {
      var (low, high) = (start, end)
      while low < high, let length = spaceLength(bytes, low) { low += length }
      while high > low, let length = spaceLength(bytes, UTF8Scalar.start(before: high, in: bytes)) { high -= length }
      if low < high { parts.append(ByteSpan(low, high)) }
    }
    while at < span.end {
      while next < borders.endIndex, borders[next] < at { next += 1 }
      if next < borders.endIndex, borders[next] == at, at > start, partsNames(bytes, start, at, span.end) {
        close(at)
        start = at
      }
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
        } else if !word.isEmpty, bytes[word.start] == UInt8(ascii: "("),
          joiners.contains(bytes, ByteSpan(word.start + 1, word.end))
        {
          // “Jane Doe (with John Roe)”
          close(at)
          (start, at) = (end, end)
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

  /// Whether what an element held up to `at` is one piece, and what follows another: “By|Jane Doe”, “Jane Doe|CEO”,
  /// “Jane Doe |Washington”; not “J|ane Doe”, nor “Jane |Doe”.
  private static func partsNames(_ bytes: Span<UInt8>, _ start: Int, _ at: Int, _ end: Int) -> Bool {
    let first = UTF8Scalar.decode(bytes, at: at).value
    guard UTF8Scalar.isUpper(first) || bytes[at].isDigit else { return false }
    let last = UTF8Scalar.start(before: at, in: bytes)
    if spaceLength(bytes, last) != nil {
      return words(bytes, ByteSpan(start, at)).count >= 2 || Range(from: start, upTo: at).contains { bytes[$0].isDigit }
    }
    return at - start > 1 && (UTF8Scalar.isLower(UTF8Scalar.decode(bytes, at: last).value) || bytes[last] == 0x2E)
  }

  private static let joiners = WordSet([
    "and", "AND", "with", "And", "With", "und", "et", "y", "e", "en", "och", "og", "ja", "i", "ve", "és", "avec", "mit",
    "con", "и",
  ])
  private static let stops = WordSet([
    "in", "for", "at", "on", "from", "-", "–", "—", "·", "•", "of", "is", "IN", "FOR", "For", "In", "At", "aus",
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
      if word.isEmpty || bytes[at] == UInt8(ascii: "(") || bytes[at] == UInt8(ascii: "@") && !words.isEmpty
        || ByteClass(bytes[at]).isAny(of: .digit)
      {
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
      guard
        UTF8Scalar.isUpper(first) || isParticle(bytes, word) || isPrefixed(bytes, at, word.end)
          || !isBare && UTF8Scalar.isLetter(first) && first >= 0x80 && !UTF8Scalar.isLower(first)
      else { return nil }
      // “FOXBusiness”
      if words.count >= 2, isBrand(bytes, word) { break }
      words.append(word)
      // “Jane Doe. Photographs by …”
      if isLast || words.count >= 2 && endsSentence(bytes, word) { break }
      at = end
      while at < span.end, let length = spaceLength(bytes, at) { at += length }
    }
    guard range.contains(words.count), let first = words.first, var last = words.last else { return nil }
    // A login is no name, nor is an abbreviation.
    if words.count == 1, isLogin(bytes, first, span) { return nil }
    // Particles do not end a name.
    if words.count > 1, isParticle(bytes, last) { return nil }
    // A full stop belongs to “Jr.” and to initials.
    if bytes[last.end - 1] == UInt8(ascii: "."), last.count > 4 { last = ByteSpan(last.start, last.end - 1) }
    return ByteSpan(first.start, last.end)
  }

  /// Whether a full stop behind the word is none of an initial or of “Jr.”.
  private static func endsSentence(_ bytes: Span<UInt8>, _ word: ByteSpan) -> Bool {
    word.count > 4 && bytes[word.end - 1] == UInt8(ascii: ".")
      && !word.range.dropLast().contains { bytes[$0] == UInt8(ascii: ".") }
  }

  private enum Kind { case name, degree, job, employer, seldomName, noName }

  /// “CC7567”, “jdoe”, “AP”: one word that is not written as a name is.
  private static func isLogin(_ bytes: Span<UInt8>, _ word: ByteSpan, _ span: ByteSpan) -> Bool {
    if span.range.contains(where: { bytes[$0].isDigit || bytes[$0] == UInt8(ascii: "_") }) { return true }
    if word.range.contains(where: { bytes[$0] >= 0x80 }) { return word.count < 4 }
    let capitals = word.range.count { bytes[$0].isUpper }
    return word.count < 3 || capitals == word.count || capitals > 1
  }

  private static func kind(_ bytes: Span<UInt8>, _ word: ByteSpan) -> Kind {
    if degrees.contains(bytes, word) { return .degree }
    let hash = WordHash(lowered: bytes, word)
    if nobody.contains(hash) { return .noName }
    if outlets.contains(hash) { return .employer }
    let traits = Lexicon.english[hash].traits
    if traits.has(.job) || jobs.contains(hash) { return .job }
    if traits.has(.employer) { return .employer }
    if traits.has(.seldomName) { return .seldomName }
    return traits.has(.notName) || traits.has(.anyMonth) && !traits.has(.given) ? .noName : .name
  }

  /// The word up to an address or up to what the page glued to it: “Roe@jroe”, “RoePublished:”, “Roe2”.
  private static func cut(_ bytes: Span<UInt8>, _ word: ByteSpan) -> (word: ByteSpan, isLast: Bool) {
    var at = word.start + 1
    while at < word.end {
      let byte = bytes[at]
      // “Artikel•”
      if byte == 0xE2, UTF8Scalar.decode(bytes, at: at).value != 0x2019 { return (ByteSpan(word.start, at), true) }
      if byte == UInt8(ascii: "@") || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "(")
        || byte == UInt8(ascii: ")")
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

  /// What stands where no author is named, and words of buttons.
  private static let nobody = WordSet([
    "no", "not", "none", "unknown", "anonymous", "user", "username", "undefined", "null", "nobody", "author",
    "authors", "text", "size", "font", "print", "webmaster", "web", "administrator", "moderator", "default",
    "sponsored",
    "source", "tiktok", "youtube", "threads", "telegram", "bluesky", "website", "articles",
    "redaktion", "redaktionen", "rédaction", "redacción", "redazione", "redactie", "redakcja", "toimitus", "redação",
    "image", "images", "photo", "photos", "picture", "pictures", "zum", "zur", "artikel", "our", "your", "recent",
    "related", "trending", "popular", "welcome", "click", "key", "keywords", "tags", "topics",
  ])
  /// Words of the names of papers and sites.
  private static let outlets = WordSet([
    "courier", "chronicle", "mail", "express", "mirror", "examiner", "dispatch", "sentinel", "bulletin", "observer",
    "reporters", "publishing", "productions", "blog", "newsroom", "publications", "journalists", "gmbh", "verlag",
    "zeitung", "nachrichten", "agencia", "agencias", "agence", "agenzia", "agentur", "editorial", "com", "org", "labs",
    "content", "board", "partner", "advertiser",
  ])
  private static let jobs = WordSet([
    "ceo", "cto", "cfo", "coo", "blogger", "freelancer", "stringer", "anchor", "host", "co-founder", "founder",
    "redakteur", "redakteurin", "journaliste", "periodista", "giornalista", "redactor", "redactora", "기자", "특파원", "記者",
    "记者",
  ])
  private static let degrees = WordSet([
    "MD", "M.D", "MS", "MSc", "BSc", "BA", "MA", "MBA", "MPH", "PhD", "Ph.D", "RD", "RDN", "LD", "RN", "DO", "JD",
    "CPA",
    "Esq", "DDS", "DVM", "PharmD", "CFP", "CSCS", "MFA", "OBE", "MBE", "CBE", "MP",
  ])

}
