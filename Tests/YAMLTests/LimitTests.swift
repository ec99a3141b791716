import Testing
import YAML

@Suite struct LimitTests {
  private func message(_ text: String, _ limits: Document.Limits = .init()) -> String? {
    let document = Document(Array(text.utf8), file: "a.yaml", limits: limits)
    return document.root == nil ? document.diagnostics.first?.message : nil
  }

  @Test func depthIsExact() {
    func nested(_ levels: Int) -> String {
      String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
    }
    #expect(message(nested(64)) == nil)
    #expect(message(nested(65)) == "nested more than 64 levels deep")
    #expect(message("a: &x " + nested(40) + "\nb: " + nested(20).replacing("[]", with: "[*x]")) == nil)
    #expect(
      message("a: &x " + nested(40) + "\nb: " + nested(30).replacing("[]", with: "[*x]"))
        == "nested more than 64 levels deep")
  }

  @Test func aBillionLaughsAreNotLaughed() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      text += "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ") + "]\n"
    }
    #expect(message(text)?.hasPrefix("the file has more than 100000 values") == true)
  }

  @Test func sizeIsLimited() {
    var limits = Document.Limits()
    limits.bytes = 10
    #expect(message("a: 3456789", limits) == nil)
    #expect(message("a: 34567890", limits) == "the file is larger than 10, the most that is read")
  }

  /// A mebibyte of each must end soon: the suite would hang where one were quadratic.
  @Test(arguments: [
    "[", "{", "{a: ", "- ", "? ", "[a, ", "\"a\": {", "- - a\n", "*a ", "&a ", "!a ", "a: ", "\t", "'", "\"", "|\n",
    "%",
    "#\n", "a\n", "---\n", "- |\n ", "a: 1\n", ": ", ",", "[],", "é", "\r", "- a\n",
  ])
  func bombsEnd(unit: String) {
    let text = String(repeating: unit, count: (1 << 20) / unit.utf8.count)
    let document = Document(Array(text.utf8), file: "a.yaml")
    #expect(document.diagnostics.count <= 101)
  }

  @Test func manyKeysAreReadInTime() {
    let text = (0..<49_000).map { "key\($0): \($0)\n" }.joined()
    #expect(Document(Array(text.utf8), file: "a.yaml").root?.mapping?.count == 49_000)
  }
}
