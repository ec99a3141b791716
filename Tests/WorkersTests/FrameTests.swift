import ArticleIO
import Testing

@testable import Workers

/// What crosses between the daemon and its workers.
@Suite struct FrameTests {
  /// As it comes out on the other side.
  private func crossed(_ frame: [UInt8]) throws -> Frame {
    var buffer = FrameBuffer()
    buffer.append(frame)
    return try #require(try buffer.next())
  }

  @Test(arguments: InputFormat.all, [nil, .gzip, .zstd] as [Packing?])
  func everyFormatCrosses(format: InputFormat, packing: Packing?) throws {
    let split = try Request(try crossed(Request.split(InputKind(format, packing: packing), limit: 7).frame))
    guard case .split(let kind, limit: 7) = split else {
      Issue.record("\(split)")
      return
    }
    #expect(kind.format.name == format.name && kind.packing == packing)
    let raw = RawArticle(bytes: [0x61], line: 3, format: format, encoding: "utf-8")
    guard case .part(.article(let part)) = try Answer(try crossed(Answer.part(.article(raw)).frame)) else {
      Issue.record("\(format.name): it is no part")
      return
    }
    #expect(part.format.name == format.name && part.place == raw.place && part.bytes == raw.bytes)
    #expect(part.encoding == "utf-8")
  }

  @Test func anUnknownFormatIsAProblem() throws {
    let named = Request.split(InputKind(.mail), limit: 7).frame
    let place = try #require(named.firstRange(of: Array("mail".utf8)))
    let other = named.replacing(named[place], with: Array("fax!".utf8))
    let error = #expect(throws: FrameProblem.self) { try Request(try crossed(other)) }
    #expect(error?.message == "an unknown format ‘fax!’")
  }
}
