import Bytes

/// Reads the bytes of a model's file.
struct ModelFileReader {
  private let bytes: [UInt8]
  private let path: String
  private let stage: String
  private var at = 0
  /// Of the line that is read, from 1.
  private var line = 0

  init(_ bytes: [UInt8], path: String, stage: String) {
    (self.bytes, self.path, self.stage) = (bytes, path, stage)
  }

  mutating func read() throws(StageError) -> [ModelFile.Section] {
    try readHead()
    var sections: [Draft] = []
    while at < bytes.count {
      let start = at
      let end = endOfLine()
      let isMarked = end - start > 2 && bytes[start + 1] == 0x20
      switch bytes[start] {
      case UInt8(ascii: "=") where isMarked:
        if let problem = sections.last?.problem { throw wrong(problem) }
        sections.append(try section(Range(from: start + 2, upTo: end)))
      case UInt8(ascii: "-") where isMarked:
        guard !sections.isEmpty else { throw wrong("a table stands before the first section") }
        if let problem = sections[sections.count - 1].problem { throw wrong(problem) }
        sections[sections.count - 1].shapes.append(try shape(Range(from: start + 2, upTo: end)))
      default:
        guard !sections.isEmpty else { throw wrong("numbers stand before the first section") }
        try readNumbers(Range(from: start, upTo: end), into: &sections[sections.count - 1].numbers)
      }
    }
    if let problem = sections.last?.problem { throw wrong(problem) }
    return sections.map { ModelFile.Section(name: $0.name, note: $0.note, shapes: $0.shapes, numbers: $0.numbers) }
  }

  private struct Draft {
    var name: String
    var note: String
    var shapes: [ModelFile.Shape] = []
    var numbers: [Int16] = []

    /// `nil` where the tables are full, and no number is left over.
    var problem: String? {
      let room = shapes.reduce(0) { $0 + $1.count }
      return numbers.count == room
        ? nil : "the tables of section ‘\(name)’ have room for \(room) numbers, and \(numbers.count) stand there"
    }
  }

  // MARK: The first line

  private mutating func readHead() throws(StageError) {
    let end = endOfLine()
    let words = words(0..<end)
    guard words.count == 4, words[0] == ModelFile.magic else { throw refusal("is no model file") }
    guard words[1] == "\(ModelFile.version)" else {
      throw refusal("is a model file of version \(words[1]), and this program reads version \(ModelFile.version)")
    }
    guard words[2] == stage else { throw refusal("is a model of ‘\(words[2])’, not of ‘\(stage)’") }
    guard UInt64(words[3], radix: 16) == FNV1a.ofWords(bytes.span.bytes.extracting(Range(from: at, upTo: bytes.count)))
    else { throw refusal("is damaged or cut short: its checksum is another") }
  }

  // MARK: Lines

  /// Goes to the next line and returns the end of this one.
  private mutating func endOfLine() -> Int {
    line += 1
    var end = at
    while end < bytes.count, bytes[end] != 0x0A { end += 1 }
    at = min(bytes.count, end + 1)
    return end
  }

  private func words(_ range: Range<Int>) -> [String] {
    bytes[range].split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
  }

  /// `NAME: NOTE`.
  private func section(_ range: Range<Int>) throws(StageError) -> Draft {
    guard let colon = bytes[range].firstIndex(of: UInt8(ascii: ":")), colon > range.lowerBound else {
      throw wrong("a section is written ‘= NAME: NOTE’")
    }
    let note = bytes[Range(from: colon + 1, upTo: range.upperBound)].trimmed { $0 == 0x20 }
    return Draft(
      name: String(decoding: bytes[Range(from: range.lowerBound, upTo: colon)], as: UTF8.self),
      note: String(decoding: note, as: UTF8.self))
  }

  /// `NAME ROWS COLUMNS`.
  private func shape(_ range: Range<Int>) throws(StageError) -> ModelFile.Shape {
    let words = words(range)
    guard words.count == 3, let rows = UInt16(words[1]), let columns = UInt16(words[2]) else {
      throw wrong("a table is written ‘- NAME ROWS COLUMNS’")
    }
    return ModelFile.Shape(words[0], rows: Int(rows), columns: Int(columns))
  }

  private func readNumbers(_ range: Range<Int>, into numbers: inout [Int16]) throws(StageError) {
    var at = range.lowerBound
    while at < range.upperBound {
      let isNegative = bytes[at] == UInt8(ascii: "-")
      if isNegative { at += 1 }
      let first = at
      var value = 0
      while at < range.upperBound, at - first < 6, case let digit = bytes[at] &- UInt8(ascii: "0"), digit < 10 {
        value = value * 10 + Int(digit)
        at += 1
      }
      guard at > first, let number = Int16(exactly: isNegative ? -value : value),
        at == range.upperBound || bytes[at] == 0x20
      else { throw wrong("a number is not a whole one from -32768 to 32767") }
      numbers.append(number)
      at += 1
    }
  }

  private func refusal(_ problem: String) -> StageError { .model(path, problem, of: stage) }
  private func wrong(_ problem: String) -> StageError { .model("\(path):\(line):", problem, of: stage) }
}
