import Bytes
import Testing

@Suite struct ByteSpanTests {
  @Test func itsEndsAreHalfOpen() {
    let span = ByteSpan(3, 7)
    #expect(span.count == 4 && span.range == 3..<7 && !span.isEmpty)
    #expect(span.contains(3) && span.contains(6) && !span.contains(7) && !span.contains(2))
    #expect(span.contains(span) && span.contains(ByteSpan(7, 7)) && !span.contains(ByteSpan(6, 8)))
    #expect(!span.contains(ByteSpan(2, 4)))
    let empty = ByteSpan(5, 5)
    #expect(empty.isEmpty && empty.count == 0 && !empty.contains(5))
  }

  @Test func itReachesToTheLastOffsetOf32Bits() {
    let last = Int(UInt32.max)
    #expect(ByteSpan(last, last).isEmpty && ByteSpan(0, last).count == last && ByteSpan(0..<last).end == last)
  }

  @Test func theOrderIsByStartThenTheShorter() {
    let sorted = [ByteSpan(0, 9), ByteSpan(2, 2), ByteSpan(2, 5), ByteSpan(3, 3)]
    #expect(sorted.reversed().sorted() == sorted)
  }

  /// Wrong ends are a mistake: a debug build stops there.
  @Test func aDebugBuildStopsAtWrongEnds() async {
    await #expect(processExitsWith: .failure) { _ = ByteSpan(4, 3) }
    await #expect(processExitsWith: .failure) { _ = ByteSpan(-1, 3) }
  }

  @Test func trimsBothEnds() {
    let text = Array(" \t quay \u{A0}\n".utf8)
    #expect(ByteSpan(0, 8).trimmed(in: text.span) == ByteSpan(3, 7))
    #expect(ByteSpan(0, 3).trimmed(in: text.span).isEmpty && ByteSpan(0, 0).trimmed(in: text.span).isEmpty)
    #expect(ByteSpan(3, 7).trimmed(in: text.span) == ByteSpan(3, 7))
    // The no-break space is two bytes long.
    let all = ByteSpan(0, text.count)
    #expect(all.trimmed(in: text.span).end == 10)
    let word = all.trimmedCharacters(in: text.span) { at in
      let (value, length) = UTF8Scalar.decode(text.span, at: at)
      return UTF8Scalar.isSpace(value) ? length : nil
    }
    #expect(word == ByteSpan(3, 7))
    #expect(Array(text[..<8].trimmed()) == Array("quay".utf8) && text[..<2].trimmed().isEmpty)
    #expect(Array("xxquayx".utf8.trimmed { $0 == 0x78 }) == Array("quay".utf8))
  }
}
