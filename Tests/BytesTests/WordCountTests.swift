import Bytes
import Testing

@Suite struct WordCountTests {
  @Test(arguments: [
    ("", 0), (" ", 0), ("a", 1), ("a b", 2), ("  a\t\nb  ", 2), ("abcdefg h", 2), ("abcdefgh i", 2), ("abcdefgh", 1),
    ("eight by eight and more", 5), ("“Ä ö”", 2), ("1 2 3 4 5 6 7 8 9 10 11 12", 12),
  ])
  func countsWhatWhiteSpaceParts(text: String, words: Int) { #expect(Array(text.utf8).span.wordCount == words) }

  @Test func agreesWithACountByteByByte() {
    let seed = UInt64.random(in: 0 ... .max)
    print("word count seed \(seed)")
    var random = SeededGenerator(state: seed)
    for _ in 0..<2000 {
      let bytes = (0..<Int.random(in: 0..<40, using: &random)).map { _ in
        Bool.random(using: &random) ? 0x20 : UInt8.random(in: 0...255, using: &random)
      }
      #expect(bytes.span.wordCount == bytes.split { $0 <= 0x20 }.count, "\(bytes), seed \(seed)")
      let (words, most) = (bytes.span.wordCount, Int.random(in: 0...12, using: &random))
      let counted = bytes.span.wordCount(upTo: most)
      #expect(counted > most ? words > most : counted == words, "\(bytes), up to \(most), seed \(seed)")
    }
  }
}
