import Bytes
import Testing

@Suite struct WordTableTests {
  @Test func holdsEveryWordWhileItGrows() {
    var table = WordTable<Int>(capacity: 1)
    for number in 0..<5000 { table.insert(WordHash("word \(number)".utf8), number) }
    #expect(table.count == 5000)
    for number in 0..<5000 { #expect(table[WordHash("word \(number)".utf8)] == number) }
    #expect(table[WordHash("word".utf8)] == nil && WordTable<Int>()[WordHash("word".utf8)] == nil)
  }

  @Test func theLastValueOfAWordCounts() {
    var table = WordTable([("quay", 1), ("pier", 2), ("quay", 3)])
    #expect(table.count == 2 && table[WordHash("quay".utf8)] == 3)
    table.insert(WordHash("pier".utf8), 4)
    #expect(table.count == 2 && table[WordHash("pier".utf8)] == 4)
  }

  @Test func linesThatStartWithASharpAreComments() {
    let words = WordSet(lines: "# harbour\nquay\n\nlanding stage\n#pier")
    for word in ["quay", "landing stage"] { #expect(words.contains(WordHash(word.utf8))) }
    for word in ["pier", "#pier", "# harbour", "landing", ""] { #expect(!words.contains(WordHash(word.utf8))) }
    let text = Array("The QUAY".utf8)
    #expect(words.contains(lowered: text.span, ByteSpan(4, 8)) && !words.contains(text.span, ByteSpan(4, 8)))
  }
}
