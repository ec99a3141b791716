import Bytes
import StageKit
import YAML

/// Where the bytes of a scalar's value stand in its file, whichever way it is quoted and folded there.
struct ScalarPlaces {
  /// The offset in the file of each byte of the value, and of its end.
  private var offsets: [Int] = []
  private let file: [UInt8]
  private let start: Mark

  /// `nil` where the value cannot be followed: behind an alias, or with escapes such as `\u00E9`.
  init?(of node: Node, in file: [UInt8]) {
    guard let scalar = node.scalar, node.end.offset <= file.count else { return nil }
    (self.file, start) = (file, node.start)
    let quote = scalar.isPlain || node.start.offset == node.end.offset ? 0 : file[node.start.offset]
    var at = node.start.offset
    if quote == UInt8(ascii: "|") || quote == UInt8(ascii: ">") {
      while at < node.end.offset, file[at] != 0x0A { at += 1 }
    } else if quote != 0 {
      at += 1
    }
    for byte in scalar.text.utf8 {
      while at < node.end.offset, file[at] != byte {
        // Line ends and indents are folded into one space or none.
        let isEscape =
          quote == UInt8(ascii: "\"") && file[at] == UInt8(ascii: "\\") && at + 1 < file.count && file[at + 1] == byte
        guard file[at].isSpace || isEscape else { break }
        at += 1
      }
      if at < node.end.offset, file[at] == byte {
        offsets.append(at)
        at += quote == UInt8(ascii: "'") && byte == quote ? 2 : 1
      } else if byte.isSpace, !offsets.isEmpty {
        // The space that a line end became.
        offsets.append(at)
      } else {
        return nil
      }
    }
    offsets.append(at)
  }

  /// The place in the file of a stretch of the value, in bytes.
  func marks(of place: Range<Int>) -> (start: Mark, end: Mark) {
    let first = offsets[min(place.lowerBound, offsets.count - 1)]
    let last = place.isEmpty ? first : offsets[min(place.upperBound, offsets.count) - 1] + 1
    return (mark(first), mark(last))
  }

  private func mark(_ offset: Int) -> Mark {
    var position = start.position
    for at in Range(from: start.offset, clampedTo: min(offset, file.count)) {
      if file[at] == 0x0A {
        position = Diagnostic.Position(line: position.line + 1, column: 1)
      } else if file[at] & 0xC0 != 0x80 {
        position.column += 1
      }
    }
    return Mark(position: position, offset: offset, file: start.file)
  }
}
