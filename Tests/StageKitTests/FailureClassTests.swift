import Glibc
import StageKit
import Testing

@Suite struct FailureClassTests {
  @Test func thePageListsEveryClass() throws {
    var table = "| class | costs | what happened, and what to do |\n|---|---|---|\n"
    for each in FailureClass.allCases { table += "| `\(each.rawValue)` | \(each.cost.rawValue) | \(each.help) |\n" }
    let root = #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined()
    let file = try #require(fopen("\(root)/docs/failures.md", "r"))
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let page = String(decoding: bytes[..<fread(&bytes, 1, bytes.count, file)], as: UTF8.self)
    #expect(page.contains(table), "docs/failures.md should have this table:\n\(table)")
  }

  @Test func classesAreWordsOfSmallLetters() {
    for each in FailureClass.allCases {
      #expect(each.rawValue.utf8.allSatisfy { 0x61...0x7A ~= $0 || 0x30...0x39 ~= $0 || $0 == UInt8(ascii: "_") })
      #expect(each.help.hasSuffix("."))
    }
  }
}
