import Bytes

/// A model of a stage as its file holds it: tables of whole numbers, in sections that are fitted each by itself.
///
/// The file is text, so that two states of it can be compared line by line:
///
///     linecaster-model 1 clean 5d8a2c9b1e04f733
///     = lines: fitted to naeb, fundus; 739 pages, 20 epochs, seed 1
///     - words 9 4
///     13 -37 12 13
///     …
///
/// The first line has the version of the form, the stage's name, and the checksum of all that follows the line, FNV-1a
/// over words of eight bytes in 16 hex digits. `=` begins a section: its name, and what it was fitted to. `-` begins a
/// table: its name, rows and columns; then come its numbers, row by row.
public struct ModelFile: Sendable {
  /// What a table is called, and how large it is.
  public struct Shape: Sendable, Equatable {
    /// Without spaces.
    public var name: String
    public var rows: Int
    public var columns: Int

    public init(_ name: String, rows: Int, columns: Int = 1) {
      (self.name, self.rows, self.columns) = (name, rows, columns)
    }

    public var count: Int { rows * columns }
  }

  public struct Section: Sendable, Equatable {
    /// Without spaces and colons.
    public var name: String
    /// What it was fitted to and how, in one line.
    public var note: String
    /// Of its tables, in their order.
    public var shapes: [Shape]
    /// Of all its tables, one after another.
    public var numbers: [Int16]

    /// - Precondition: there are as many numbers as the tables have room for.
    public init(name: String, note: String, shapes: [Shape], numbers: [Int16]) {
      precondition(shapes.reduce(0) { $0 + $1.count } == numbers.count, "the tables of ‘\(name)’ have other sizes")
      (self.name, self.note, self.shapes, self.numbers) = (name, note, shapes, numbers)
    }
  }

  static let magic = "linecaster-model"
  static let version = 1

  public let stage: String
  public private(set) var sections: [Section] = []
  /// Where it was read from, for messages.
  public let path: String

  /// One without sections.
  public init(of stage: String, path: String) { (self.stage, self.path) = (stage, path) }

  /// - Throws: where the bytes are no model of the stage, or one of another version, or damaged.
  public init(_ resource: Resource, of stage: String) throws(StageError) {
    self.init(of: stage, path: resource.path)
    var reader = ModelFileReader(resource.copy, path: resource.path, stage: stage)
    sections = try reader.read()
  }

  public subscript(section: String) -> Section? { sections.first { $0.name == section } }

  /// Puts a section in place of that of the same name, or behind the last.
  public mutating func put(_ section: Section) {
    if let at = sections.firstIndex(where: { $0.name == section.name }) {
      sections[at] = section
    } else {
      sections.append(section)
    }
  }

  /// The numbers of a section, table after table.
  ///
  /// - Parameter shapes: of the tables that the program reads.
  /// - Throws: where the file has no such section, or one with other tables, as another state of the program fitted it.
  public func numbers(of section: String, _ shapes: [Shape]) throws(StageError) -> [Int16] {
    guard let found = self[section] else { throw refusal("has no section ‘\(section)’") }
    for (index, shape) in shapes.enumerated() where index >= found.shapes.count || found.shapes[index] != shape {
      let wanted = "‘\(shape.name)’ of \(shape.rows) × \(shape.columns)"
      guard index < found.shapes.count else { throw refusal("lacks the table \(wanted) in section ‘\(section)’") }
      let other = found.shapes[index]
      throw refusal(
        "has the table ‘\(other.name)’ of \(other.rows) × \(other.columns) in section ‘\(section)’ where this program "
          + "reads \(wanted)")
    }
    guard found.shapes.count == shapes.count else {
      throw refusal("has tables in section ‘\(section)’ that this program does not know")
    }
    return found.numbers
  }

  private func refusal(_ problem: String) -> StageError { .model(path, problem, of: stage) }
}

extension StageError {
  /// A model that cannot be used, and what to do about it.
  ///
  /// - Parameter problem: the end of a sentence that begins with the path.
  public static func model(_ path: String, _ problem: String, of stage: String) -> StageError {
    StageError(
      .failsArticle, class: .model,
      "\(path) \(problem); take the model that came with this program, or make one with ‘linecaster train \(stage)’")
  }
}

extension ModelFile {
  /// The bytes of its file.
  public var bytes: [UInt8] {
    var body: [UInt8] = []
    for section in sections {
      body += "= \(section.name): \(Self.oneLine(section.note))\n".utf8
      var at = 0
      for shape in section.shapes {
        body += "- \(shape.name) \(shape.rows) \(shape.columns)\n".utf8
        Self.write(section.numbers[Range(from: at, count: shape.count)], columns: shape.columns, to: &body)
        at += shape.count
      }
    }
    let digits = String(FNV1a.ofWords(body.span.bytes), radix: 16)
    let checksum = String(repeating: "0", count: 16 - digits.count) + digits
    return Array("\(Self.magic) \(Self.version) \(stage) \(checksum)\n".utf8) + body
  }

  /// Bytes.
  private static let longestLine = 120

  /// A row a line; rows of one number stand beside one another.
  private static func write(_ numbers: ArraySlice<Int16>, columns: Int, to body: inout [UInt8]) {
    var length = 0
    for (index, number) in numbers.enumerated() {
      let text = "\(number)"
      let opensRow = columns > 1 && index % columns == 0
      if index > 0 {
        let isFull = columns == 1 && length + 1 + text.utf8.count > longestLine
        body.append(opensRow || isFull ? 0x0A : 0x20)
        length = opensRow || isFull ? 0 : length + 1
      }
      body += text.utf8
      length += text.utf8.count
    }
    if !numbers.isEmpty { body.append(0x0A) }
  }

  private static func oneLine(_ note: String) -> String {
    note.split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}
