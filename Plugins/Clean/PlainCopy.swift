import Bytes
import StageKit

/// A text without some of its pieces, and where each of those that are left stood.
struct PlainCopy {
  private(set) var bytes: [UInt8] = []
  private(set) var alignment = Alignment()
  /// What is copied next begins here, in the source.
  private var start = 0

  /// Copies what stands before `place` and goes on at `end`.
  mutating func leaveOut(_ text: Span<UInt8>, from place: Int, to end: Int) {
    if place > start {
      bytes.append(text, ByteSpan(start, place))
      alignment.append(length: place - start, from: ByteSpan(start, place))
    }
    start = end
  }

  /// The same, with a character in the place of what is left out.
  mutating func replace(_ text: Span<UInt8>, from place: Int, to end: Int, with scalar: UInt32) {
    leaveOut(text, from: place, to: end)
    let before = bytes.count
    UTF8Scalar.append(scalar, to: &bytes)
    alignment.append(length: bytes.count - before, from: ByteSpan(place, end))
  }

  /// Copies the rest.
  mutating func finish(_ text: Span<UInt8>) { leaveOut(text, from: text.count, to: text.count) }
}
