import Bytes
import Testing

@Suite struct LittleEndianTests {
  @Test func fixedNumbersHaveTheLowestByteFirst() {
    var bytes: [UInt8] = []
    bytes.appendFixed(UInt32(0x0102_0304))
    bytes.appendFixed(UInt64(0x1122_3344_5566_7788))
    #expect(bytes == [4, 3, 2, 1, 0x88, 0x77, 0x66, 0x55, 0x44, 0x33, 0x22, 0x11])
    #expect(bytes.span.fixed32(at: 0) == 0x0102_0304 && bytes.span.fixed64(at: 4) == 0x1122_3344_5566_7788)
    var span = bytes.mutableSpan
    span.setFixed32(0xA0B0_C0D0, at: 1)
    let changed = span.fixed32(at: 1)
    #expect(changed == 0xA0B0_C0D0 && bytes[0] == 4 && bytes[5] == 0x77)
  }

  @Test(arguments: [0, 1, 0x7F, 0x80, 0x3FFF, 0x4000, UInt64(UInt32.max), .max])
  func numbersOfAnyLengthComeBack(number: UInt64) {
    var bytes: [UInt8] = [0xEE]
    bytes.appendVarint(number)
    #expect(bytes.count - 1 == max(1, (UInt64.bitWidth - number.leadingZeroBitCount + 6) / 7))
    var at = 1
    let read = bytes.span.varint(&at)
    #expect(read == number && at == bytes.count)
    // Cut short it is none.
    at = 1
    let cut = bytes.span.extracting(0..<bytes.count - 1).varint(&at)
    #expect(cut == nil)
  }

  @Test func stringsStandBehindTheirLength() {
    var bytes: [UInt8] = []
    bytes.appendString(Array("quay".utf8))
    bytes.appendString([])
    var at = 0
    let first = bytes.span.string(&at)
    #expect(first == 1..<5 && bytes.span.array(1..<5) == Array("quay".utf8))
    let second = bytes.span.string(&at)
    #expect(second == 6..<6)
    let third = bytes.span.string(&at)
    #expect(third == nil)
    // A length beyond the end.
    at = 0
    let cut = bytes.span.extracting(0..<4).string(&at)
    #expect(cut == nil)
  }
}
