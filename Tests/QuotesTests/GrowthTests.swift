import Bytes
import Segment
import StageKit
import Testing

@testable import Quotes

/// Texts of a size at which work that is the square of it would not end.
@Suite("Work grows with the length of the text")
struct GrowthTests {
  /// An article written piece by piece, with the places of its names.
  private struct Writer {
    var text: [UInt8] = []
    var entities: [Entity] = []

    mutating func write(_ words: String) { text += Array(words.utf8) }

    /// Somebody new.
    mutating func name(_ name: String, role: String? = nil) {
      let start = text.count
      write(name)
      var entity = Entity(
        kind: .person, name: Array(name.utf8), mentions: [ByteSpan(start, text.count)])
      entity.roles = role.map { [Array($0.utf8)] } ?? []
      entities.append(entity)
    }

    func read() throws -> Article {
      var article = Article(
        source: Article.Source(
          name: Array("a.txt".utf8), line: nil, format: "text", encoding: "utf-8", byteCount: text.count, sha256: []),
        id: Array("1".utf8), text: text)
      try SegmentStage(options: SegmentStage.Options(), context: StageContext()).process(&article, deadline: .none)
      article.entities = entities
      try quotesStage().process(&article, deadline: .none)
      return article
    }
  }

  private func surname(_ number: Int) -> String {
    let letters = Array("abcdefghijklmnopqrstuvwxyz").map(String.init)
    return "K" + letters[number / 676 % 26] + letters[number / 26 % 26] + letters[number % 26]
      + letters[number / 17_576]
  }

  private static let people = 6_000

  @Test func withThePeopleSpokenOf() throws {
    var writer = Writer()
    writer.write("Mayor ")
    writer.name("Mary Lund", role: "Mayor")
    for number in 0..<Self.people {
      writer.write(" left. Minister ")
      writer.name("Ada \(surname(number))", role: "Minister")
      writer.write(" came. The minister and the sailor left.")
    }
    writer.write(" The mayor said that it snowed.")
    #expect(names(try writer.read()) == ["Mary Lund"])
  }

  @Test func withThePeopleNamedInAQuotation() throws {
    var writer = Writer()
    writer.write("“")
    for number in 0..<Self.people {
      writer.write("Minister ")
      writer.name("Ada \(surname(number))", role: "Minister")
      writer.write(" left. ")
    }
    writer.write("We sail,” the minister said.")
    #expect(try writer.read().quotes?.count == 1)
  }

  @Test func withTheLabelsOfATranscript() throws {
    var writer = Writer()
    for number in 0..<Self.people {
      writer.write("\(surname(number).uppercased()): It snowed on ")
      writer.name("Ada \(surname(number))")
      writer.write(".\n\n")
    }
    let article = try writer.read()
    #expect(names(article).first == "Ada \(surname(0))")
    #expect(names(article).last == "Ada \(surname(Self.people - 1))")
  }

  @Test(
    "with the quotations",
    arguments: ["“It snows here now.” ", "“a ‘b ’ ” ", "“a” ", "“It snows here now.\n\n", "“He said that it snowed.” "])
  func quotations(unit: String) throws {
    let text = String(repeating: unit, count: 10_000) + "“We sail,” Corr said."
    #expect(try quoted(text).quotes?.last != nil)
  }
}
