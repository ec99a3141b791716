import StageKit

/// What one pass over a block's bytes tells.
struct BlockFacts {
  var words: Int32 = 0
  var functionWords: Int32 = 0
  var capitalised: Int32 = 0
  var digits: Int32 = 0
  var chromeWords: Int32 = 0
  var legalWords: Int32 = 0
  var readerWords: Int32 = 0
  var creditWords: Int32 = 0
  var speechWords: Int32 = 0
  var months: Int32 = 0
  var start: LineStart
  var end: LineEnd
  var marker: Lexicon.Marker = []
  /// Of the words, lower case.
  var hash = WordHash.Builder().hash

  /// Looks like a sentence of prose.
  var isGood: Bool {
    (words >= 10 && end == .terminal && functionWords * 6 >= words) || (words >= 25 && functionWords * 5 >= words)
  }

  init(_ bytes: Span<UInt8>, _ span: ByteSpan) {
    let table = ByteClass.table
    let lexicon = Lexicon.words
    start = LineStart(bytes, span.start, span.end)
    end = LineEnd(bytes, span)
    var line = WordHash.Builder()
    var phrase = WordHash.Builder()
    var found: Lexicon.Marker = []
    var at = span.start
    while at < span.end {
      while at < span.end {
        let byte = bytes[at]
        if byte < 0x80 ? byte > 0x20 : byte != 0xC2 || at + 1 >= span.end || bytes[at + 1] != 0xA0 { break }
        at += byte == 0xC2 ? 2 : 1
      }
      if at >= span.end { break }
      let wordStart = at
      var word = WordHash.Builder()
      var (letters, numerals, coreEnd) = (0, 0, at)
      var core = word
      let first = bytes[at]
      while at < span.end {
        var byte = bytes[at]
        let kind = table[Int(byte)]
        if kind.isAny(of: .space) || byte == 0xC2 && at + 1 < span.end && bytes[at + 1] == 0xA0 { break }
        if kind.isAny(of: .upper) { byte |= 0x20 }
        if kind.isAny(of: [.upper, .lower, .multibyte]) { letters += 1 }
        if kind.isAny(of: .digit) { numerals += 1 }
        // Opening marks are no part of the word.
        if letters + numerals > 0 { word.add(byte) }
        if kind.isAny(of: [.upper, .lower, .multibyte, .digit]) {
          core = word
          coreEnd = at + 1
        }
        line.add(byte)
        at += 1
      }
      line.add(0x20)
      if words < Lexicon.longestMarker {
        if words > 0 { phrase.add(0x20) }
        for offset in wordStart..<at {
          // “Related:” and “Related” are one marker, “Read more:” is kept apart by the list.
          let byte = bytes[offset]
          phrase.add(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
          if offset == coreEnd - 1, at - coreEnd == 1, let marker = Lexicon.markers[phrase.hash] {
            Self.note(marker, isLast: at >= span.end, &found)
          }
        }
        if let marker = Lexicon.markers[phrase.hash] { Self.note(marker, isLast: at >= span.end, &found) }
      }
      digits += Int32(numerals)
      if letters == 0 && numerals == 0 { continue }
      words += 1
      if first >= 0x41 && first <= 0x5A { capitalised += 1 }
      if coreEnd - wordStart <= 14, let kind = lexicon[core.hash] {
        if kind.contains(.function) { functionWords += 1 }
        if kind.contains(.chrome) { chromeWords += 1 }
        if kind.contains(.legal) { legalWords += 1 }
        if kind.contains(.reader) { readerWords += 1 }
        if kind.contains(.credit) { creditWords += 1 }
        if kind.contains(.speech) { speechWords += 1 }
        if kind.contains(.month) { months += 1 }
      }
    }
    hash = line.hash
    marker = found
  }

  private static func note(_ marker: Lexicon.Marker, isLast: Bool, _ found: inout Lexicon.Marker) {
    if marker.contains(.whole), !isLast { return }
    found.formUnion(marker.subtracting(.whole))
  }

  /// Calls back with the hash of each word of ASCII letters, lower case, and its length.
  static func words(_ bytes: Span<UInt8>, _ span: ByteSpan, _ take: (WordHash, Int) -> Void) {
    var (word, length) = (WordHash.Builder(), 0)
    for at in span.range {
      if bytes[at] | 0x20 >= 0x61, bytes[at] | 0x20 <= 0x7A {
        word.add(bytes[at] | 0x20)
        length += 1
      } else if length > 0 {
        take(word.hash, length)
        (word, length) = (WordHash.Builder(), 0)
      }
    }
    if length > 0 { take(word.hash, length) }
  }
}
