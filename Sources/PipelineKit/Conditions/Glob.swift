import Bytes

/// A shell pattern over text: `*`, `?`, `[a-z]`, `[!a-z]`; a backslash takes the next character as it is. One character
/// is one code point.
struct Glob: Sendable {
  private enum Piece {
    case any
    case one
    case scalar(UInt32)
    case set([ClosedRange<UInt32>], negated: Bool)
  }

  private let pieces: [Piece]

  /// `nil` where a bracket is not closed, or a range in one is upside down.
  init?(_ pattern: String) {
    let scalars = Array(pattern.unicodeScalars.map(\.value))
    var (pieces, at) = ([Piece](), 0)
    while at < scalars.count {
      defer { at += 1 }
      switch Unicode.Scalar(scalars[at]) {
      case "*": pieces.append(.any)
      case "?": pieces.append(.one)
      case "\\" where at + 1 < scalars.count:
        at += 1
        pieces.append(.scalar(scalars[at]))
      case "[":
        guard let set = Self.set(scalars, &at) else { return nil }
        pieces.append(set)
      default: pieces.append(.scalar(scalars[at]))
      }
    }
    self.pieces = pieces
  }

  /// - Parameter at: of the opening bracket, then of the closing one.
  private static func set(_ scalars: [UInt32], _ at: inout Int) -> Piece? {
    let (close, dash) = (UInt32(UInt8(ascii: "]")), UInt32(UInt8(ascii: "-")))
    at += 1
    let isNegated =
      at < scalars.count && (scalars[at] == UInt32(UInt8(ascii: "!")) || scalars[at] == UInt32(UInt8(ascii: "^")))
    if isNegated { at += 1 }
    var ranges: [ClosedRange<UInt32>] = []
    while at < scalars.count, ranges.isEmpty || scalars[at] != close {
      let isRange = at + 2 < scalars.count && scalars[at + 1] == dash && scalars[at + 2] != close
      let last = scalars[isRange ? at + 2 : at]
      guard scalars[at] <= last else { return nil }
      ranges.append(scalars[at]...last)
      at += isRange ? 3 : 1
    }
    return at < scalars.count ? .set(ranges, negated: isNegated) : nil
  }

  /// - Parameter text: valid UTF-8; a byte that is not is a character of its own.
  func matches(_ text: Span<UInt8>) -> Bool {
    var (piece, at) = (0, 0)
    // Where the last star stands and from where on it takes.
    var (star, resume) = (-1, 0)
    while at < text.count {
      let (scalar, length) = UTF8Scalar.decode(text, at: at)
      if piece < pieces.count, case .any = pieces[piece] {
        (star, resume) = (piece, at)
        piece += 1
      } else if piece < pieces.count, fits(pieces[piece], scalar) {
        piece += 1
        at += length
      } else if star >= 0 {
        resume += UTF8Scalar.decode(text, at: resume).length
        (piece, at) = (star + 1, resume)
      } else {
        return false
      }
    }
    return pieces[piece...].allSatisfy { if case .any = $0 { true } else { false } }
  }

  private func fits(_ piece: Piece, _ scalar: UInt32) -> Bool {
    switch piece {
    case .any: false
    case .one: true
    case .scalar(let wanted): wanted == scalar
    case .set(let ranges, let isNegated): ranges.contains { $0.contains(scalar) } != isNegated
    }
  }
}
