import Bytes
import StageKit
import Testing

@Suite("Model files")
struct ModelFileTests {
  private static let shapes = [ModelFile.Shape("words", rows: 2, columns: 3), ModelFile.Shape("end", rows: 4)]

  private var file: ModelFile {
    var file = ModelFile(of: "cut", path: "a.model")
    file.put(
      .init(name: "lines", note: "fitted: by hand", shapes: Self.shapes, numbers: [1, -2, 3, 4, 5, 6, 7, 8, 9, -10]))
    file.put(.init(name: "days", note: "", shapes: [.init("none", rows: 1)], numbers: [-32_768]))
    return file
  }

  private func read(_ bytes: [UInt8]) throws(StageError) -> ModelFile {
    try ModelFile(Resource(path: "a.model", copying: bytes), of: "cut")
  }

  private func error(_ bytes: [UInt8]) -> String? {
    do throws(StageError) {
      _ = try read(bytes)
      return nil
    } catch {
      return error.message
    }
  }

  /// The text with the checksum that it should have.
  private func sealed(_ body: String) -> [UInt8] {
    let digits = String(FNV1a.ofWords(Array(body.utf8).span.bytes), radix: 16)
    return Array("linecaster-model 1 cut \(digits)\n\(body)".utf8)
  }

  @Test func aRowIsALineAndWhatIsWrittenIsReadBack() throws {
    let text = String(decoding: file.bytes, as: UTF8.self).split(separator: "\n").dropFirst()
    #expect(
      text.joined(separator: "\n") == """
        = lines: fitted: by hand
        - words 2 3
        1 -2 3
        4 5 6
        - end 4 1
        7 8 9 -10
        = days: 
        - none 1 1
        -32768
        """)
    #expect(try read(file.bytes).sections == file.sections)
  }

  @Test func anyNumbersComeBack() throws {
    for seed in 1...20 {
      var random = SeededGenerator(state: UInt64(seed))
      var written = ModelFile(of: "cut", path: "a.model")
      for section in 0..<Int.random(in: 0...4, using: &random) {
        let shapes = (0..<Int.random(in: 0...5, using: &random)).map {
          ModelFile.Shape(
            "t\($0)", rows: Int.random(in: 0...90, using: &random), columns: Int.random(in: 0...20, using: &random))
        }
        let numbers = (0..<shapes.reduce(0) { $0 + $1.count }).map { _ in
          Int16(truncatingIfNeeded: random.next() >> UInt64.random(in: 0...48, using: &random))
        }
        written.put(.init(name: "s\(section)", note: "of seed \(seed)", shapes: shapes, numbers: numbers))
      }
      let bytes = written.bytes
      #expect(try read(bytes).sections == written.sections, "seed \(seed)")
      #expect(bytes.split(separator: 0x0A).allSatisfy { $0.count <= 160 }, "seed \(seed)")
    }
  }

  @Test func aSectionTakesThePlaceOfTheFormer() {
    var changed = file
    changed.put(.init(name: "lines", note: "anew\nand anew", shapes: [], numbers: []))
    #expect(changed.sections.map(\.name) == ["lines", "days"])
    #expect(changed["days"] == file["days"] && changed["lines"]?.shapes.isEmpty == true)
    #expect(String(decoding: changed.bytes, as: UTF8.self).contains("= lines: anew and anew\n"))
  }

  @Test func whatIsDamagedIsRefusedWithItsPlaceAndTheMend() throws {
    var other = String(decoding: file.bytes, as: UTF8.self)
    other.replace("linecaster-model 1", with: "linecaster-model 2")
    for (bytes, problem) in [
      ([], "is no model file"), (Array("no model at all\n".utf8), "is no model file"),
      (Array(other.utf8), "is a model file of version 2, and this program reads version 1"),
      (ModelFile(of: "seen", path: "").bytes, "is a model of ‘seen’, not of ‘cut’"),
      (file.bytes.dropLast(), "is damaged or cut short"), (file.bytes + [0x0A], "is damaged or cut short"),
    ] as [([UInt8], String)] {
      let message = try #require(error(bytes))
      #expect(message.hasPrefix("a.model \(problem)"), "\(message)")
      #expect(message.hasSuffix("‘linecaster train cut’"), "\(message)")
    }
  }

  @Test func anyCutAndAnyFlippedByteIsSeen() {
    let bytes = file.bytes
    for count in bytes.indices { #expect(error(Array(bytes.prefix(count))) != nil, "cut at \(count)") }
    for at in bytes.indices {
      var flipped = bytes
      flipped[at] ^= 0x10
      #expect(error(flipped) != nil, "byte \(at)")
    }
  }

  @Test(
    "what only another program writes is told with its line",
    arguments: [
      ("1 2\n", "2: numbers stand before the first section"),
      ("- t 1 1\n", "2: a table stands before the first section"),
      ("= lines\n", "2: a section is written ‘= NAME: NOTE’"), ("= a: b\n- t 1\n", "3: a table is written"),
      ("= a: b\n- t 1 99999999\n", "3: a table is written"), ("= a: b\n- t 1 -1\n", "3: a table is written"),
      ("= a: b\n- t 1 1\n40000\n", "4: a number is not a whole one"),
      ("= a: b\n- t 1 1\n99999999999999999999\n", "4: a number is not a whole one"),
      ("= a: b\n- t 1 1\n-\n", "4: a number is not a whole one"), ("= a: b\n- t 1 1\n7x\n", "4: a number is not"),
      ("= a: b\n- t 1 2\n7\n", "4: the tables of section ‘a’ have room for 2 numbers, and 1 stand there"),
      ("= a: b\n7\n= c: d\n", "4: the tables of section ‘a’ have room for 0 numbers, and 1 stand there"),
    ])
  func whatIsNoModelInside(body: String, problem: String) throws {
    let message = try #require(error(sealed(body)))
    #expect(message.hasPrefix("a.model:\(problem)"), "\(message)")
  }

  @Test func aSectionOfAnotherStateOfTheProgramIsRefused() throws {
    #expect(try file.numbers(of: "lines", Self.shapes) == [1, -2, 3, 4, 5, 6, 7, 8, 9, -10])
    for (section, shapes, problem) in [
      ("titles", Self.shapes, "has no section ‘titles’"),
      ("lines", [Self.shapes[0]], "has tables in section ‘lines’ that this program does not know"),
      ("lines", Self.shapes + [.init("more", rows: 1)], "lacks the table ‘more’ of 1 × 1 in section ‘lines’"),
      (
        "lines", [Self.shapes[0], .init("end", rows: 5)],
        "has the table ‘end’ of 4 × 1 in section ‘lines’ where this program reads ‘end’ of 5 × 1"
      ),
      ("lines", Self.shapes.reversed(), "has the table ‘words’ of 2 × 3 in section ‘lines’ where this program reads"),
    ] as [(String, [ModelFile.Shape], String)] {
      let error = #expect(throws: StageError.self) { try file.numbers(of: section, shapes) }
      #expect(error?.message.hasPrefix("a.model \(problem)") == true, "\(error?.message ?? "")")
      #expect(error?.class == "model")
    }
  }
}
