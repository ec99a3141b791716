/// A line of a list: a word or a name, and what is said of it.
public struct ListLine: Sendable, Equatable {
  /// Bytes, as written; of a verb of speech all its forms.
  public var word: [UInt8]
  /// Names of traits, those of the head first.
  public var traits: [String]
  /// “month=3”, “speech=tell,ask”, in order.
  public var values: [(key: String, items: [String])]
  /// Counted from 1.
  public var line: Int

  public static func == (a: ListLine, b: ListLine) -> Bool {
    a.word == b.word && a.traits == b.traits
      && a.values.elementsEqual(b.values) { $0.key == $1.key && $0.items == $1.items }
  }
}

/// A list as it lies in `lists/LANGUAGE`: a head of comment lines, then a word a line, a tab, its traits and values.
///
///     # Given names.
///     # source: general knowledge
///     # licence: Apache-2.0
///     # every word: given
///
///     ada<TAB>feminineName
///     grant<TAB>surname masculineName
///
/// Lines are sorted by their bytes, and no word stands twice.
public struct ListFile: Sendable {
  public var name: String
  public var source: String
  public var licence: String
  /// Whether words are names as they are written (`# every name:`), rather than lower-case words.
  public var holdsNames = false
  public var lines: [ListLine] = []

  /// Throws what is wrong, and in which line.
  public init(name: String, _ bytes: [UInt8]) throws(ListError) {
    self.name = name
    var every: [String] = []
    var head: [String: String] = [:]
    for (index, row) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      if row.isEmpty { continue }
      if row.first == UInt8(ascii: "#"), row.dropFirst().first == 0x20 {
        let (key, value) = Self.headEntry(row)
        head[key] = value
        if key == "every name" { holdsNames = true }
        if key.hasPrefix("every ") { every = value.split(separator: " ").map(String.init) }
        continue
      }
      lines.append(try Self.line(row, every, ListPlace(file: name, line: index + 1)))
    }
    guard let source = head["source"], let licence = head["licence"] else {
      throw ListError(ListPlace(file: name, line: 1), "has no “# source:” or no “# licence:” in its head")
    }
    (self.source, self.licence) = (source, licence)
    try checkOrder()
  }

  private static func headEntry(_ row: ArraySlice<UInt8>) -> (String, String) {
    let text = String(decoding: row.dropFirst(2), as: UTF8.self)
    guard let colon = text.firstIndex(of: ":") else { return (text, "") }
    return (String(text[..<colon]), String(text[text.index(after: colon)...].drop(while: { $0 == " " })))
  }

  private static func line(
    _ row: ArraySlice<UInt8>, _ every: [String], _ place: ListPlace
  ) throws(ListError) -> ListLine {
    let columns = row.split(separator: 0x09, omittingEmptySubsequences: false)
    guard columns.count <= 2, let word = columns.first, !word.isEmpty, word.first != 0x20, word.last != 0x20 else {
      throw ListError(place, "is no word with one tab behind it")
    }
    var line = ListLine(word: Array(word), traits: every, values: [], line: place.line)
    for field in String(decoding: columns.dropFirst().joined(), as: UTF8.self).split(separator: " ") {
      let parts = field.split(separator: "=", maxSplits: 1)
      if parts.count == 2 {
        line.values.append((String(parts[0]), parts[1].split(separator: ",").map(String.init)))
      } else {
        guard !line.traits.contains(String(field)) else { throw ListError(place, "says ‘\(field)’ twice") }
        line.traits.append(String(field))
      }
    }
    return line
  }

  private func checkOrder() throws(ListError) {
    for (one, next) in zip(lines, lines.dropFirst()) where !one.word.lexicographicallyPrecedes(next.word) {
      throw ListError(
        ListPlace(file: name, line: next.line),
        "‘\(String(decoding: next.word, as: UTF8.self))’ does not come after the word before: sort by bytes, each once")
    }
  }
}

public struct ListPlace: Sendable, Equatable {
  public var file: String
  /// Counted from 1.
  public var line: Int

  public init(file: String, line: Int) {
    self.file = file
    self.line = line
  }
}

/// What is wrong in a list.
public struct ListError: Error, CustomStringConvertible, Equatable {
  public var place: ListPlace
  public var problem: String

  init(_ place: ListPlace, _ problem: String) {
    self.place = place
    self.problem = problem
  }

  public var description: String { "\(place.file):\(place.line): \(problem)" }
}
