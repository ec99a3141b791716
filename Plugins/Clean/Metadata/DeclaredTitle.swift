import Bytes
import StageKit

/// A title as the head of a page declares it, with the site's name and its sections: “Bridge opens | News | Orla Times”.
struct DeclaredTitle {
  /// Hashes of the words, lower case.
  let words: [UInt64]
  /// Places in `words` where a piece may begin or end: both ends, and every separator.
  private let bounds: Set<Int>

  init(_ text: [UInt8]) {
    var words: [UInt64] = []
    var bounds: Set<Int> = [0]
    let bytes = text.span
    for piece in Self.pieces(text, at: .any) {
      bounds.insert(words.count)
      words += Words.hashes(bytes, piece, lowered: true)
      bounds.insert(words.count)
    }
    self.words = words
    self.bounds = bounds
  }

  /// Whether the words are the whole title, or some of its pieces that stand side by side.
  func holds(pieces: [UInt64]) -> Bool {
    guard let first = pieces.first, pieces.count <= words.count else { return false }
    for start in 0...words.count - pieces.count
    where words[start] == first && bounds.contains(start) && bounds.contains(start + pieces.count) {
      if words[Range(from: start, upTo: start + pieces.count)].elementsEqual(pieces) { return true }
    }
    return false
  }

  // MARK: Without the site's name

  /// Takes the site's name and the names of sections off: “ - Site Name”, “ | News | Site”, “Site: ”, “SITE | Health | ”.
  ///
  /// - Parameter sites: what the site calls itself, and its host name.
  static func withoutSite(_ title: [UInt8], sites: [[UInt8]] = []) -> [UInt8] {
    let names = SiteNames(sites)
    let bytes = title.span
    var span = longest(bytes, pieces(title, at: .bar), names) ?? ByteSpan(0, title.count)
    // A name behind a dash, or before one.
    while true {
      let parts = pieces(bytes, span, at: .dash)
      guard parts.count > 1, let first = parts.first, let last = parts.last else { break }
      let (head, tail) = (ByteSpan(span.start, parts[parts.count - 2].end), ByteSpan(parts[1].start, span.end))
      let (lead, rest) = (count(bytes, head), count(bytes, last))
      if names.contain(bytes, last) || lead >= 3 && rest <= 5 && lead >= rest && startsLikeName(bytes, last) {
        span = head
        // One name, where nothing says that there are more.
        if !names.contain(bytes, last) { break }
      } else if names.contain(bytes, first) || looksLikeHost(bytes, first) && parts.count > 1 {
        span = tail
      } else {
        break
      }
    }
    // “Orla Times: Bridge opens”, where that is the site's name.
    if let colon = span.range.first(where: { bytes[$0] == UInt8(ascii: ":") }), colon > span.start,
      colon + 1 < span.end, names.contain(bytes, ByteSpan(span.start, colon))
    {
      span = ByteSpan(colon + 1, span.end)
    }
    return trimmed(bytes, span)
  }

  /// What stands behind the last bar or dash: most often the site's name.
  static func lastPiece(_ title: [UInt8]) -> [UInt8]? {
    let bytes = title.span
    var pieces = pieces(title, at: .bar)
    if pieces.count < 2 { pieces = Self.pieces(title, at: .dash) }
    guard pieces.count > 1, let last = pieces.last, count(bytes, last) <= 5 else { return nil }
    return last.range.map { bytes[$0] }
  }

  /// The piece between bars with the most words that is no name of the site; `nil` where there is nothing to choose.
  private static func longest(_ bytes: Span<UInt8>, _ pieces: [ByteSpan], _ names: SiteNames) -> ByteSpan? {
    guard pieces.count > 1 else { return nil }
    var best: (words: Int, piece: ByteSpan)?
    for piece in pieces where !names.contain(bytes, piece) {
      let words = count(bytes, piece)
      if best.map({ words > $0.words }) ?? true { best = (words, piece) }
    }
    guard let best, best.words >= 2 else { return nil }
    return best.piece
  }

  private static func startsLikeName(_ bytes: Span<UInt8>, _ piece: ByteSpan) -> Bool {
    piece.isEmpty ? false : LineStart(bytes, piece.start, piece.end) != .lower || looksLikeHost(bytes, piece)
  }

  /// “CNN.com”
  private static func looksLikeHost(_ bytes: Span<UInt8>, _ piece: ByteSpan) -> Bool {
    guard count(bytes, piece) == 1 else { return false }
    return piece.range.dropFirst().contains {
      bytes[$0] == UInt8(ascii: ".") && $0 + 2 < piece.end && ByteClass(bytes[$0 + 1]).isAny(of: .letter)
    }
  }

  private static func count(_ bytes: Span<UInt8>, _ piece: ByteSpan) -> Int {
    var (words, isOpen) = (0, false)
    for at in piece.range {
      let isSpace = bytes[at] <= 0x20
      if !isSpace, !isOpen { words += 1 }
      isOpen = !isSpace
    }
    return words
  }

  // MARK: Pieces

  private enum Separator { case bar, dash, any }

  private static func pieces(_ text: [UInt8], at separator: Separator) -> [ByteSpan] {
    pieces(text.span, ByteSpan(0, text.count), at: separator)
  }

  /// The stretches between separators, white space at their ends aside.
  private static func pieces(_ bytes: Span<UInt8>, _ span: ByteSpan, at separator: Separator) -> [ByteSpan] {
    var pieces: [ByteSpan] = []
    var (start, at) = (span.start, span.start)
    func close(_ end: Int) {
      let piece = ByteSpan(start, end).trimmed(in: bytes)
      if !piece.isEmpty { pieces.append(piece) }
    }
    while at < span.end {
      let bar = barLength(bytes, at, span.end)
      let length = separator == .bar ? bar : separator == .dash ? dashLength(bytes, at, span.end) : 0
      let found = separator == .any ? max(bar, dashLength(bytes, at, span.end), colonLength(bytes, at)) : length
      if found > 0 {
        close(at)
        at += found
        start = at
      } else {
        at += UTF8Scalar.length(first: bytes[at])
      }
    }
    close(span.end)
    return pieces
  }

  /// `|`, `::`, `»`, `›`, `·`, `•`, `~`; all but the first between spaces.
  private static func barLength(_ bytes: Span<UInt8>, _ at: Int, _ end: Int) -> Int {
    if bytes[at] == UInt8(ascii: "|") { return 1 }
    guard at > 0, bytes[at - 1] == 0x20 else { return 0 }
    let (value, length) = UTF8Scalar.decode(bytes, at: at)
    switch value {
    case 0xBB, 0xAB, 0x203A, 0x2039, 0xB7, 0x2022, 0x7E:
      return at + length >= end || bytes[at + length] == 0x20 ? length : 0
    case 0x3A: return at + 1 < end && bytes[at + 1] == 0x3A ? 2 : 0
    default: return 0
    }
  }

  /// A dash of any length, or ` : `, between spaces.
  private static func dashLength(_ bytes: Span<UInt8>, _ at: Int, _ end: Int) -> Int {
    guard at > 0, bytes[at - 1] == 0x20 else { return 0 }
    let length: Int
    switch UTF8Scalar.decode(bytes, at: at).value {
    case 0x2D: length = at + 1 < end && bytes[at + 1] == 0x2D ? 2 : 1
    case 0x3A: length = 1
    case 0x2013, 0x2014, 0x2015: length = 3
    default: return 0
    }
    return at + length < end && bytes[at + length] == 0x20 ? length : 0
  }

  /// A colon before a space.
  private static func colonLength(_ bytes: Span<UInt8>, _ at: Int) -> Int {
    bytes[at] == UInt8(ascii: ":") && at + 1 < bytes.count && bytes[at + 1] == 0x20 ? 1 : 0
  }

  private static func trimmed(_ bytes: Span<UInt8>, _ span: ByteSpan) -> [UInt8] {
    span.trimmed(in: bytes).range.map { bytes[$0] }
  }
}

/// What a site calls itself, compared by letters and digits alone.
struct SiteNames {
  private var names: [[UInt8]] = []

  init(_ sites: [[UInt8]]) {
    names = sites.map { Self.letters($0.span, ByteSpan(0, $0.count)) }.filter { $0.count >= 2 }
  }

  /// Whether the piece is one of the names, or the beginning or end of one: “BBC” of “BBC News”.
  func contain(_ bytes: Span<UInt8>, _ piece: ByteSpan) -> Bool {
    if piece.count > 80 { return false }
    let own = Self.letters(bytes, piece)
    guard own.count >= 2 else { return false }
    return names.contains { name in
      name == own || own.count >= 3 && (name.starts(with: own) || name.reversed().starts(with: own.reversed()))
        || name.count >= 4 && own.starts(with: name) && own.count <= name.count + 8
    }
  }

  /// `www.orla-times.com` gives `orlatimes`.
  static func host(_ address: [UInt8]) -> [UInt8]? {
    guard let slashes = address.firstIndex(of: UInt8(ascii: "/")), slashes + 2 < address.count else { return nil }
    let host = address[(slashes + 2)...].prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: ":") }
    let labels = host.split(separator: UInt8(ascii: "."))
    // The longest label but the last is the name: `news`, `bbc`, `co`, `uk` are shorter or last.
    return labels.dropLast().max { $0.count < $1.count }.map(Array.init)
  }

  private static func letters(_ bytes: Span<UInt8>, _ span: ByteSpan) -> [UInt8] {
    span.range.compactMap { at in
      let byte = bytes[at]
      if ByteClass(byte).isAny(of: .upper) { return byte | 0x20 }
      return ByteClass(byte).isAny(of: [.lower, .digit, .multibyte]) ? byte : nil
    }
  }
}
