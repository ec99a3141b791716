import Bytes
import Testing

@Suite struct HashTests {
  /// From the page of its authors.
  @Test(arguments: [("", 0xCBF2_9CE4_8422_2325), ("a", 0xAF63_DC4C_8601_EC8C), ("foobar", 0x8594_4171_F739_67E8)])
  func isFNV1a(text: String, expected: UInt64) {
    var hash = FNV1a()
    for byte in text.utf8 { hash.add(byte) }
    #expect(hash.value == expected)
  }

  @Test func takesWordsOfEightBytesAndThenTheRest() {
    let bytes = (UInt8(0)..<21).map { $0 &* 37 }
    var expected = FNV1a()
    for at in [0, 8] { expected.add(bytes[at..<at + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) } as UInt64) }
    for byte in bytes[16...] { expected.add(byte) }
    #expect(FNV1a.ofWords(bytes.span.bytes) == expected.value)
    #expect(FNV1a.ofWords(bytes.span.bytes.extracting(0..<0)) == FNV1a().value)
    #expect(FNV1a.ofWords(bytes.span.bytes.extracting(0..<8)) != FNV1a.ofWords(bytes.span.bytes.extracting(0..<7)))
  }

  @Test func aWordHasOneHashHoweverItIsRead() {
    let text = Array("The KÖLN harbour".utf8)
    let word = ByteSpan(4, 9)
    var builder = WordHash.Builder()
    for at in word.range { builder.add(text[at]) }
    #expect(WordHash(text.span, word) == builder.hash && WordHash("KÖLN".utf8) == builder.hash)
    // Only ASCII letters are lowered.
    #expect(WordHash(lowered: text.span, word) == WordHash("kÖln".utf8))
    #expect(WordHash("".utf8) != WordHash("\0".utf8))
    // Nought would be an empty slot of a table.
    #expect(WordHash("".utf8).value != 0)
  }

  @Test func phrasesKeepTheirOrder() {
    func hash(_ words: String...) -> WordHash {
      var phrase = PhraseHash()
      for word in words { phrase.add(WordHash(word.utf8)) }
      return phrase.value
    }
    #expect(hash("port", "authority") == hash("port", "authority"))
    #expect(hash("port", "authority") != hash("authority", "port"))
    #expect(hash("port") != hash("port", "port") && hash() == WordHash("".utf8))
  }

  @Test func checksumsAreCRC32C() {
    var whole = CRC32C()
    whole.update(Array("123456789".utf8).span)
    #expect(whole.value == 0xE306_9283)
    #expect(CRC32C().value == 0)
    // In pieces of any length.
    let bytes = (0..<100).map { UInt8(truncatingIfNeeded: $0 * 7) }
    var once = CRC32C()
    once.update(bytes.span)
    for cut in bytes.indices {
      var twice = CRC32C()
      twice.update(bytes.span.extracting(0..<cut))
      twice.update(bytes.span.extracting(cut..<bytes.count))
      #expect(twice.value == once.value)
    }
  }

  /// From the reference implementation of SplitMix64, seed 1234567.
  @Test func seedsMeanTheSameEverywhere() {
    var random = SeededGenerator(state: 1_234_567)
    #expect(
      (0..<3).map { _ in random.next() } == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
      ])
    #expect((0..<100).allSatisfy { _ in 0..<7 ~= random.below(7) })
    #expect(random.below(1) == 0 && random.below(0) == 0)
  }
}
