import Bytes
import StageKit

/// Names or numbers of a text in the order in which they first stand there, each once: what they are, and a hash of each.
struct SideList: Sendable, Equatable {
  private(set) var hashes: [UInt16] = []
  /// Where the next one begins in `text`.
  private(set) var ends: [UInt16] = []
  private(set) var text: [UInt8] = []

  var count: Int { hashes.count }

  init() {}

  /// - Returns: `nil` where the parts do not fit each other.
  init?(hashes: [UInt16], ends: [UInt16], text: [UInt8]) {
    guard hashes.count == ends.count, Int(ends.last ?? 0) == text.count, zip(ends, ends.dropFirst()).allSatisfy(<=),
      ends.allSatisfy({ $0 >= text.count || text[Int($0)] & 0xC0 != 0x80 })
    else { return nil }
    (self.hashes, self.ends, self.text) = (hashes, ends, text)
  }

  subscript(place: Int) -> [UInt8] {
    Array(text[Range(from: place == 0 ? 0 : Int(ends[place - 1]), upTo: Int(ends[place]))])
  }

  mutating func add(_ hash: UInt16, _ bytes: Span<UInt8>, _ range: Range<Int>) {
    if hashes.contains(hash) { return }
    hashes.append(hash)
    for at in range { text.append(bytes[at]) }
    // Names and numbers of a list have 960 bytes at most.
    ends.append(UInt16(clamping: text.count))
  }

  mutating func removeLast(_ count: Int) {
    hashes.removeLast(count)
    ends.removeLast(count)
    text.removeLast(text.count - Int(ends.last ?? 0))
  }
}

/// What tells two texts of one form apart: words with a capital inside sentences, and numbers.
struct SideLists: Sendable, Equatable {
  var names = SideList()
  var numbers = SideList()
  /// How many of the names stand among the text's first words: those that it is about.
  var leadNames = 0

  static let (mostNames, mostNumbers) = (24, 16)
  /// Words that a report needs to say what it is about.
  private static let leadWords = 40
  /// So many bytes of a text are read: who and what it is about stands there.
  private static let longestText = 6000
  /// Bytes of a longer word are no name.
  private static let longestWord = 40

  init() {}

  init(names: SideList, numbers: SideList, leadNames: Int) {
    (self.names, self.numbers, self.leadNames) = (names, numbers, leadNames)
  }

  /// - Parameter datelines: that are left out.
  init(of bytes: Span<UInt8>, from start: Int, without datelines: [Article.Dateline]) {
    var reader = Reader()
    var at = start
    var end = min(bytes.count, start + Self.longestText)
    while end < bytes.count, end < start + Self.longestText + Self.longestWord, !bytes[end].isBlank { end += 1 }
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    for dateline in datelines where dateline.span.start >= at && dateline.span.end <= end {
      reader.read(bytes, from: at, to: dateline.span.start)
      at = dateline.span.end
    }
    reader.read(bytes, from: at, to: end)
    reader.endLine()
    self = reader.lists
  }

  private struct Reader {
    var lists = SideLists()
    private var words = 0
    /// A capital says nothing there.
    private var isSentenceStart = true
    /// Of the line: words, those with a capital, and the names that were new.
    private var line = (words: 0, capitals: 0, names: 0, leadNames: 0)

    private var isFull: Bool { lists.names.count >= mostNames && lists.numbers.count >= mostNumbers }

    mutating func read(_ bytes: Span<UInt8>, from start: Int, to end: Int) {
      var at = start
      while at < end {
        let byte = bytes[at]
        if byte == UInt8(ascii: " ") {
          at += 1
        } else if byte.isLower {
          at = smallWord(bytes, at, end)
        } else if byte.isDigit {
          if isFull { return }
          at = number(bytes, at, end)
        } else if byte.isLetter || byte >= 0x80 {
          if isFull { return }
          at = word(bytes, at, end)
        } else {
          switch byte {
          case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ":"), UInt8(ascii: "\""):
            isSentenceStart = true
          case 0x0A: endLine()
          default: break
          }
          at += 1
        }
      }
    }

    /// A line most of whose words have capitals is a headline or shouts: its capitals say nothing.
    mutating func endLine() {
      if line.words > 2, line.capitals * 2 > line.words {
        lists.names.removeLast(line.names)
        lists.leadNames -= line.leadNames
      }
      line = (0, 0, 0, 0)
      isSentenceStart = true
    }

    /// “3.4”, “212,000”, “4:10” as one.
    private mutating func number(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
      var at = start
      var hash = FNV1a()
      while at < end {
        if bytes[at].isDigit {
          hash.add(bytes[at])
        } else if bytes[at] != UInt8(ascii: "."), bytes[at] != UInt8(ascii: ","), bytes[at] != UInt8(ascii: ":") {
          break
        } else if at + 1 >= end || !bytes[at + 1].isDigit {
          break
        } else if bytes[at] == UInt8(ascii: ":") {
          hash.add(bytes[at])
        }
        at += 1
      }
      if lists.numbers.count < mostNumbers, at - start <= longestWord {
        lists.numbers.add(UInt16(truncatingIfNeeded: mixed(hash.value)), bytes, Range(from: start, upTo: at))
      }
      words += 1
      line.words += 1
      isSentenceStart = false
      return at
    }

    /// Most words begin with no capital: their letters are only passed over.
    @inline(__always)
    private mutating func smallWord(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
      var at = start + 1
      while at < end, bytes[at].isLetter || bytes[at].isDigit { at += 1 }
      if at < end, bytes[at] >= 0x80 || bytes[at] == UInt8(ascii: "'") { return word(bytes, start, end) }
      words += 1
      line.words += 1
      isSentenceStart = false
      return at
    }

    private mutating func word(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
      var at = start
      var hash = FNV1a()
      var isCapital = false
      if bytes[at].isLower {
        while at < end, bytes[at].isLetter || bytes[at].isDigit { at += 1 }
      }
      while at < end {
        let byte = bytes[at]
        if byte.isLetter || byte.isDigit {
          if at == start { isCapital = byte.isUpper }
          hash.add(byte | 0x20)
          at += 1
        } else if byte >= 0x80 {
          let (scalar, length) = UTF8Scalar.decode(bytes, at: at)
          if !Self.isLetter(scalar) {
            if at == start {
              if Self.endsSentence(scalar) { isSentenceStart = true }
              return at + length
            }
            break
          }
          if at == start { isCapital = Self.isCapital(scalar) }
          LetterFold.forEach(scalar) { hash.add(UInt64($0)) }
          at += length
        } else {
          break
        }
      }
      words += 1
      line.words += 1
      if isCapital {
        line.capitals += 1
        if !isSentenceStart, at - start > 1, at - start <= longestWord, lists.names.count < mostNames {
          let before = lists.names.count
          lists.names.add(UInt16(truncatingIfNeeded: mixed(hash.value)), bytes, Range(from: start, upTo: at))
          let isNew = lists.names.count > before ? 1 : 0
          line.names += isNew
          if words <= leadWords {
            lists.leadNames += isNew
            line.leadNames += isNew
          }
        }
      }
      isSentenceStart = false
      // “Ellery's” is “Ellery”: what is behind the apostrophe is no word.
      if at + 1 < end, bytes[at] == UInt8(ascii: "'"), bytes[at + 1].isLetter { return skipLetters(bytes, at + 1, end) }
      return at
    }

    private func skipLetters(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
      var at = start
      while at < end, bytes[at].isLetter { at += 1 }
      return at
    }

    private static func isLetter(_ scalar: UInt32) -> Bool {
      switch scalar {
      case 0x80...0xBF, 0xD7, 0xF7, 0x2000...0x2BFF, 0x3000...0x3020, 0xFE10...0xFE6F, 0xFF00...0xFF0F, 0x1F000...:
        false
      default: true
      }
    }

    private static func isCapital(_ scalar: UInt32) -> Bool {
      switch scalar {
      case 0xC0...0xDE, 0x386...0x38F, 0x391...0x3AB, 0x400...0x42F, 0x531...0x556: true
      case 0x100...0x17F, 0x1E00...0x1EFF, 0x460...0x52F: UTF8Scalar.isUpper(scalar)
      default: false
      }
    }

    /// Quotation marks, dashes and dots: the next word may be the first of its sentence.
    private static func endsSentence(_ scalar: UInt32) -> Bool {
      switch scalar {
      case 0xAB, 0x2013, 0x2014, 0x201C...0x201F, 0x2026, 0x2018, 0x3002, 0xA1, 0xBF: true
      default: false
      }
    }
  }
}
