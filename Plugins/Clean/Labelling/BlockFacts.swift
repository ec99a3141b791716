import Bytes
import Lexicon
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
  var personWords: Int32 = 0
  var pictureWords: Int32 = 0
  /// Words of capitals alone.
  var shouted: Int32 = 0
  /// Marks between clauses and behind sentences, of any script.
  var pauses: Int32 = 0
  /// In Thai, Lao, Burmese or Khmer, which have no mark that ends a sentence or seldom use it.
  private var isUnstopped = false
  /// Looks like a sentence of prose.
  private(set) var isGood = false
  var signs: Signs = []
  var start: LineStart
  var end: LineEnd
  var marker: LineOpening = []
  /// Of the words, lower case.
  var hash = WordHash.Builder().hash

  /// Characters that tell something.
  struct Signs: OptionSet {
    let rawValue: UInt8
    static let at = Signs(rawValue: 1)
    static let hash = Signs(rawValue: 2)
    static let exclamation = Signs(rawValue: 4)
    static let question = Signs(rawValue: 8)
    static let quotation = Signs(rawValue: 16)
    static let bracket = Signs(rawValue: 32)
    static let slash = Signs(rawValue: 64)
    static let bar = Signs(rawValue: 128)

    static let table: [Signs] = (0...255).map { (byte: UInt8) in
      switch byte {
      case UInt8(ascii: "@"): .at
      case UInt8(ascii: "#"): .hash
      case UInt8(ascii: "!"): .exclamation
      case UInt8(ascii: "?"): .question
      case UInt8(ascii: "\""): .quotation
      case UInt8(ascii: "("), UInt8(ascii: "["): .bracket
      case UInt8(ascii: "/"): .slash
      case UInt8(ascii: "|"): .bar
      default: []
      }
    }
  }

  /// Looks like a sentence of prose.
  private func isGood(_ language: PageLanguage.Words) -> Bool {
    let (words, functionWords) = (Int(words), Int(functionWords))
    if language == .english {
      return (words >= 10 && end == .terminal && functionWords * 6 >= words)
        || (words >= 25 && functionWords * 5 >= words)
    }
    // Headlines have no sentence's end, lists of names have a capital at each word.
    let isFlowing = share(capitalised) <= Self.mostCapitals
    return isFlowing
      && (words >= 10 && end == .terminal || words >= 25 && pauses >= 1 || isUnstopped && words >= Self.unstopped)
  }

  /// Words of a sentence that no mark ends; headlines are shorter.
  private static let unstopped = 15
  /// Per cent of the words of a sentence in languages other than English; German has the most.
  private static let mostCapitals = 60

  /// How many of the words, in per cent.
  func share(_ count: Int32) -> Int { Int(count) * 100 / max(1, Int(words)) }

  /// What bytes and words are looked up in, at hand for a whole page.
  struct Tables {
    let classes = ByteClass.table
    let signs = Signs.table
    let lexicon = Lexicon.english
    let languages = Lexicon.languages
    let openings = Tables.openings
    let listed = Tables.listed
    let language: PageLanguage

    private static let openings = LexiconFilter(of: .english) { !$0.lineOpening.isEmpty }
    private static let listed = LexiconFilter(of: .english) { $0.traits.has([.ofPages, .running]) }

    init(_ language: PageLanguage = PageLanguage()) { self.language = language }

    /// Notes what the first words of a line tell.
    @inline(__always)
    func note(_ opening: WordHash, isLast: Bool, _ found: inout LineOpening) {
      guard openings.mayHold(opening) else { return }
      let marker = lexicon[opening].lineOpening
      if marker.contains(.whole), !isLast { return }
      found.formUnion(marker.subtracting(.whole))
    }
  }

  package init(_ bytes: Span<UInt8>, _ span: ByteSpan) {
    self.init(bytes, span, Tables(), take: { _ in }, look: {})
  }

  /// - Parameters:
  ///   - take: gets the hash of each longer word, up to a number of them.
  ///   - look: is called once in some thousand words.
  /// - Throws: what `look` does.
  init<E: Error>(
    _ bytes: Span<UInt8>, _ span: ByteSpan, _ tables: borrowing Tables, take: (WordHash) -> Void,
    look: () throws(E) -> Void
  ) throws(E) {
    var taken = 0
    // The character before, in scripts without spaces.
    var last = 0
    let isEnglish = tables.language.words == .english
    let running = tables.language.trait
    start = LineStart(bytes, span.start, span.end)
    end = LineEnd(bytes, span)
    var line = WordHash.Builder()
    var phrase = WordHash.Builder()
    var found: LineOpening = []
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
      var (letters, numerals, coreEnd, lower, quarters) = (0, 0, at, 0, 0)
      var core = word
      let first = bytes[at]
      while at < span.end {
        // Most bytes are letters of ASCII: these go round a loop of their own.
        let run = at
        while at < span.end {
          let byte = bytes[at]
          let small = byte | 0x20
          guard small >= 0x61, small <= 0x7A else { break }
          word.add(small)
          lower += Int(byte >> 5 & 1)
          at += 1
        }
        if at > run {
          letters += at - run
          (core, coreEnd) = (word, at)
          if at == span.end { break }
        }
        let byte = bytes[at]
        if byte == 0x20 { break }
        let kind = tables.classes[Int(byte)]
        if kind.isAny(of: .space) || byte == 0xC2 && at + 1 < span.end && bytes[at + 1] == 0xA0 { break }
        if kind.isAny(of: .multibyte) {
          letters += 1
          lower += 1
          if byte >= 0xD8 {
            let part = Script.quarters(bytes, at)
            if part == 2, taken < Self.mostTaken {
              // Two characters are what a word is elsewhere.
              if last == at - 3 {
                take(WordHash(bytes, ByteSpan(last, at + 3)))
                taken += 1
              }
              last = at
            }
            quarters += part
            if part == 1 { isUnstopped = true }
            if Script.isPause(bytes, at) { pauses += 1 }
          }
        } else if kind.isAny(of: .digit) {
          numerals += 1
        } else {
          signs.formUnion(tables.signs[Int(byte)])
          if byte == UInt8(ascii: ",") || byte == UInt8(ascii: ".") && (at + 1 == span.end || bytes[at + 1] <= 0x20) {
            pauses += 1
          }
          // Opening marks are no part of the word.
          if letters + numerals > 0 { word.add(byte) }
          at += 1
          continue
        }
        word.add(byte)
        at += 1
        (core, coreEnd) = (word, at)
      }
      line.add(word.hash)
      if words < Self.longestOpening {
        if words > 0 { phrase.add(0x20) }
        var offset = wordStart
        while offset < at {
          // “Related:” and “Related” are one marker, “Read more:” is kept apart by the list.
          let byte = bytes[offset]
          phrase.add(byte.lowered)
          if offset == coreEnd - 1, at - coreEnd == 1 {
            tables.note(phrase.hash, isLast: at >= span.end, &found)
          }
          offset += 1
        }
        tables.note(phrase.hash, isLast: at >= span.end, &found)
      }
      digits += Int32(clamping: numerals)
      if letters == 0 && numerals == 0 { continue }
      if quarters >= 8 {
        words += Int32(clamping: quarters / 4)
        try look()
      } else {
        words += 1
        if words & 0xFFF == 0 { try look() }
      }
      if first.isUpper { capitalised += 1 }
      if lower == 0, letters > 1 { shouted += 1 }
      if letters >= 5, quarters < 8, taken < Self.mostTaken {
        take(core.hash)
        taken += 1
      }
      if coreEnd - wordStart <= Self.longestListed {
        let traits = tables.listed.mayHold(core.hash) ? tables.lexicon[core.hash].traits : []
        if isEnglish ? traits.has(.running) : tables.languages.has(running, core.hash) { functionWords += 1 }
        // Most are nothing else.
        if !traits.has(.ofPages) { continue }
        if traits.has(.furniture) { chromeWords += 1 }
        if traits.has(.legal) { legalWords += 1 }
        if traits.has(.reader) { readerWords += 1 }
        if traits.has(.credit) { creditWords += 1 }
        if traits.has(.reportVerb) { speechWords += 1 }
        if traits.has(.anyMonth) { months += 1 }
        if traits.has(.ownVoice) { personWords += 1 }
        if traits.has(.captionWord) { pictureWords += 1 }
      }
    }
    hash = line.hash
    marker = found
    isGood = isGood(tables.language.words)
  }

  /// Longer words of a block that are looked at.
  private static let mostTaken = 64
  /// Words of the longest listed opening of a line.
  private static let longestOpening = 4
  /// Bytes of the longest listed word of pages, “advertisements”.
  private static let longestListed = 14

  /// Calls back with the hash of each word of ASCII letters, lower case, and its length.
  static func words(_ bytes: Span<UInt8>, _ span: ByteSpan, _ take: (WordHash, Int) -> Void) {
    var (word, length) = (WordHash.Builder(), 0)
    for at in span.range {
      if bytes[at].isLetter {
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
