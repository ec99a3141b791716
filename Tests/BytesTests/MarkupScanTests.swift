import Bytes
import Testing

@Suite struct MarkupScanTests {
  @Test(arguments: [
    (#""a b">"#, "a b", 5), ("'a\"b'/", "a\"b", 5), ("a=b c", "a=b", 3), ("a>", "a", 1), (">", "", 0),
    ("abc", "abc", 3),
    ("''", "", 2),
  ])
  func readsTheValueOfAnAttribute(text: String, value: String, end: Int) {
    let bytes = Array(text.utf8)
    let found = bytes.span.attributeValue(from: 0, isSpace: \.isSpace)
    #expect(found.map { String(decoding: bytes[$0.value.range], as: UTF8.self) } == value && found?.end == end)
  }

  @Test(arguments: ["\"open", "'", ""])
  func aValueThatDoesNotEndIsNone(text: String) {
    #expect(Array(text.utf8).span.attributeValue(from: 0, isSpace: \.isSpace) == nil)
  }

  @Test(arguments: [
    ("233;", 233, 3), ("xE9;", 0xE9, 3), ("Xe9", 0xE9, 3), ("12ab", 12, 2), ("0;", 0, 1), ("x1G", 1, 2),
  ])
  func readsTheNumberOfAReference(text: String, value: UInt32, end: Int) {
    let bytes = Array(text.utf8)
    let found = bytes.span.referenceNumber(from: 0, upTo: bytes.count)
    #expect(found?.value == value && found?.end == end)
  }

  @Test func longNumbersStopGrowing() {
    for (prefix, digit) in [("", "9"), ("x", "F")] {
      let bytes = Array((prefix + String(repeating: digit, count: 100)).utf8)
      let found = bytes.span.referenceNumber(from: 0, upTo: bytes.count)
      #expect(found?.end == bytes.count && found.map { $0.value > 0x10FFFF } == true)
    }
    for text in ["", "x", ";", "xg"] {
      let bytes = Array(text.utf8)
      #expect(bytes.span.referenceNumber(from: 0, upTo: bytes.count) == nil)
    }
  }

  @Test func textGoesUpToTheNextMark() {
    let bytes = Array("<a&b<".utf8)
    #expect(bytes.span.textEnd(from: 0) == 2 && bytes.span.textEnd(from: 2) == 4 && bytes.span.textEnd(from: 4) == 5)
    #expect(bytes.span.firstOffset(from: 0) { $0 == 0x62 } == 3 && bytes.span.firstOffset(from: 4) { $0 == 0x62 } == 5)
  }
}
