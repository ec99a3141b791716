import ArticleFacts
import Bytes
import StageKit
import Testing

@Suite("Gender")
struct GenderTests {
  private func gender(_ name: String, in text: String, roles: [String] = []) throws -> Gender {
    let (text, last) = (Array(text.utf8), Array(name.utf8))
    let start = try #require(text.indices.first { text[$0...].starts(with: last) })
    var entity = Entity(kind: .person, name: last, mentions: [ByteSpan(start, start + last.count)])
    entity.roles = roles.map { Array($0.utf8) }
    return Gender(of: entity, in: text.span)
  }

  @Test(
    "A title counts before a given name, and that before a role",
    arguments: [
      ("Ada Corr", "Ada Corr left.", [], .feminine), ("Peter Corr", "Peter Corr left.", [], .masculine),
      ("Zorv Quill", "Mrs Zorv Quill left.", [], .feminine), ("Peter", "Peter left.", [], .unknown),
      ("Ada Corr", "Mr. Ada Corr left.", [], .masculine),
      ("Zorv Quill", "Zorv Quill left.", ["harbour chairman"], .masculine),
      ("Zorv Quill", "Zorv Quill left.", ["minister"], .unknown), ("Corr", "Congresswoman Corr left.", [], .feminine),
    ] as [(String, String, [String], Gender)])
  func told(name: String, text: String, roles: [String], expected: Gender) throws {
    #expect(try gender(name, in: text, roles: roles) == expected)
  }
}
