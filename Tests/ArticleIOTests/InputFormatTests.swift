import Bytes
import Glibc
import StageKit
import Testing

@testable import ArticleIO

@Suite struct InputFormatTests {
  @Test func everyFormatIsToldApartByItsNameAndItsEndings() {
    let all = InputFormat.all
    #expect(Set(all.map(\.name)).count == all.count)
    #expect(all.allSatisfy { InputFormat(name: $0.name)?.endings == $0.endings } && InputFormat(name: "pdf") == nil)
    let endings = all.flatMap(\.endings)
    #expect(Set(endings).count == endings.count)
    for format in all {
      #expect(!format.endings.isEmpty, "\(format.name)")
      #expect(!format.help.isEmpty && !format.help.contains("|"), "\(format.name)")
      // It becomes part of a file's name.
      #expect(format.part.utf8.allSatisfy { ByteClass($0) == .lower }, "\(format.name)")
      #expect(!format.part.isEmpty, "\(format.name)")
      for ending in format.endings {
        #expect(ending.utf8.first == UInt8(ascii: ".") && ending.utf8.count > 1, "\(ending)")
        #expect(ending.utf8.dropFirst().allSatisfy { ByteClass($0).isAny(of: [.lower, .digit]) }, "\(ending)")
      }
    }
  }

  @Test(arguments: InputFormat.all.flatMap(\.endings), ["", ".gz", ".zst"])
  func aNameTellsTheFormat(ending: String, packed: String) throws {
    for name in ["Story\(ending)\(packed)", "Story\(ending)\(packed)".uppercased(), ending + packed] {
      let kind = try InputKind(fileName: Array(name.utf8))
      #expect(kind.format.endings.contains(ending) && (kind.packing?.ending ?? "") == packed, "\(name)")
    }
  }

  @Test func aLineMayBeAsLongAsAnArticleUsually() {
    guard case .lines(let limit) = InputFormat.jsonLines.cut else { return #expect(Bool(false), "it is cut by lines") }
    #expect(limit == 64 << 20)
  }

  @Test func aNameThatTellsNothingIsToldTheEndings() {
    let error = #expect(throws: InputError.self) { try InputKind(fileName: Array("story.doc".utf8)) }
    for format in InputFormat.all { #expect(error?.message.contains(format.endings[0]) == true) }
  }

  @Test func theSchemaKnowsWhatFormatsAreCalled() throws {
    let schema = String(decoding: RecordSchema().jsonSchema, as: UTF8.self)
    #expect(schema.contains(#"["text","html","json","xml","mail","warc","document"]"#))
  }

  // MARK: The docs

  private static func file(_ path: String) throws -> String {
    let root = #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined()
    let descriptor = open("\(root)/\(path)", O_RDONLY)
    defer { close(descriptor) }
    var source = DescriptorSource(descriptor)
    var bytes: [UInt8] = []
    while try source.read(into: &bytes, upTo: 1 << 16) > 0 {}
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func theReadmeListsEveryFormat() throws {
    var table = "| name | what it holds | articles |\n|---|---|---|\n"
    for format in InputFormat.all {
      let articles =
        switch format.cut {
        case .one: "one"
        case .lines, .records: "one a \(format.part)"
        case .items: "one, or one an \(format.part)"
        }
      table += "| \(format.endings.map { "`\($0)`" }.joined(separator: " ")) | \(format.help) | \(articles) |\n"
    }
    #expect(try Self.file("README.md").contains(table), "README.md should have this table:\n\(table)")
  }

  @Test func thePageOfInputsListsEveryFormat() throws {
    var table = "| | `source.format` | `source.line` | `id`, where the input has one |\n|---|---|---|---|\n"
    for format in InputFormat.all {
      let line =
        switch format.cut {
        case .one: "`null`"
        case .lines: "the \(format.part), from 1, blank ones counted"
        case .records: "the number of the \(format.part), from 1"
        case .items: "`null`; of many, the number of the \(format.part), from 1"
        }
      let id = format.idHelp.map { " \($0) " } ?? " "
      let endings = format.endings.map { "`\($0)`" }.joined(separator: ", ")
      table += "| \(endings) | `\(format.sourceName)` | \(line) |\(id)|\n"
    }
    #expect(try Self.file("docs/inputs.md").contains(table), "docs/inputs.md should have this table:\n\(table)")
  }

  @Test(arguments: [
    (InputFormat.json, #"{"id":"","text":"Rain."}"#), (.json, #"{"uri":"","headline":"Rain","body_text":"Rain."}"#),
    (.json, #"{"id":"","content_text":"Rain."}"#), (.xml, #"<newsItem guid=""><p>Rain.</p></newsItem>"#),
    (.mail, "Message-ID: <>\n\nRain.\n"),
  ])
  func anEmptyIDIsNone(format: InputFormat, text: String) throws {
    let article = try RawArticle(bytes: Array(text.utf8), line: nil, format: format).decode(name: [0x61])
    #expect(article.id.count == 24)
  }

  // MARK: Cutting

  private static let feeds: [(InputFormat, String)] = [
    (
      .xml,
      """
      <?xml version="1.0"?><rss><channel><title>Orla</title><item><guid>1</guid><description>The mill ground.</description>
      </item><item><guid>2</guid><title>Rain</title></item></channel></rss>
      """
    ),
    (
      .json,
      #"""
      {"version": "https:\/\/jsonfeed.org\/version\/1.1", "title": "Orla", "language": "en-GB", "items": [
        {"id": 1, "content_text": "The mill ground.", "tags": ["grain"]},
        {"id": "2", "content_html": "<p>Rain.</p>", "language": "de", "authors": [{"name": "Ada Corr"}]}, {"id": "3",
        "summary": "Hail."}], "authors": [{"name": "Jonas Lind"}, {"url": "https://orla.example"}]}
      """#
    ),
  ]

  /// The daemon asks it before it lets a worker look.
  @Test(arguments: feeds) func aFileOfManyIsKnownUnread(format: InputFormat, text: String) throws {
    let wide = text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
    for bytes in [Array(text.utf8), [0xFF, 0xFE] + wide, wide] {
      var feed = ArticleFeed(BytesInMemory(bytes), kind: InputKind(format), limit: 1 << 20)
      #expect(try feed.hasItems() && InputKind(format).mayHoldMany(bytes))
    }
    #expect(InputKind(format, packing: .gzip).mayHoldMany([0x1F, 0x8B]))
  }

  @Test func aFileOfOneNeedsNoLook() {
    #expect(!InputKind(.json).mayHoldMany(Array(#"{"id":"1","text":"The lock at Orla opened."}"#.utf8)))
    #expect(!InputKind(.mail, packing: .gzip).mayHoldMany([0x1F, 0x8B]))
    #expect(!InputKind(.json).mayHoldMany([]))
  }

  @Test(arguments: feeds) func anItemThatIsPutBackAloneIsTheSameArticle(format: InputFormat, text: String) throws {
    var feed = ArticleFeed(BytesInMemory(Array(text.utf8)), kind: InputKind(format), limit: 1 << 20)
    #expect(try feed.hasItems())
    var count = 0
    while case .article(let raw)? = try feed.next() {
      count += 1
      #expect(raw.line == count && raw.place == "\(format.part) \(count)")
      let article = try raw.decode(name: [])
      var alone = ArticleFeed(BytesInMemory(raw.bytes), kind: InputKind(format), limit: 1 << 20)
      #expect(try !alone.hasItems())
      guard case .article(let again)? = try alone.next() else {
        Issue.record("it is no article")
        return
      }
      let rest = try alone.next()
      #expect(rest == nil && again.line == nil)
      let copy = try again.decode(name: [])
      #expect(copy.id == article.id && copy.text == article.text && copy.markup == article.markup)
      #expect(copy.metadata.language == article.metadata.language && copy.metadata.byline == article.metadata.byline)
      #expect(copy.metadata.extra == article.metadata.extra && copy.source.sha256 == article.source.sha256)
    }
    #expect(count > 1)
    let rest = try feed.next()
    #expect(rest == nil)
  }
}
