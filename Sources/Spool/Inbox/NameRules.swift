import Bytes

/// Which names in an inbox are articles.
public struct NameRules: Sendable, Equatable {
  public enum Verdict: Sendable, Equatable {
    case accepted
    /// Still being written by somebody, by its name: `.x`, `x.tmp`, `x~`.
    case unfinished
    /// No pattern of `accept` fits.
    case notAccepted
  }

  private let patterns: [NamePattern]
  private static let unfinishedEndings = [".tmp", ".part", ".partial", ".crdownload", "~"].map { Array($0.utf8) }

  /// - Parameter accept: shell patterns; with none, every name is accepted.
  public init(accept: [String]) { patterns = accept.map { NamePattern($0) } }

  public func verdict(on name: [UInt8]) -> Verdict {
    if name.first == UInt8(ascii: ".") { return .unfinished }
    for ending in Self.unfinishedEndings where name.ends(inAnyCase: ending) { return .unfinished }
    return patterns.isEmpty || patterns.contains { $0.matches(name) } ? .accepted : .notAccepted
  }
}

/// A shell pattern over bytes: `*`, `?` and `[a-z]`, `[!a-z]`; a backslash takes the next byte as it is. The ending,
/// which is what stands from the last dot on (`.gz` or `.zst` and the one before it are one), fits in capitals too: many feeds
/// write `STORY.TXT`.
struct NamePattern: Sendable, Equatable {
  private enum Piece: Equatable {
    case any
    case one
    case byte(UInt8)
    case set([ClosedRange<UInt8>], negated: Bool)
  }

  private let pieces: [Piece]
  /// The place of the first piece of the ending.
  private let ending: Int

  init(_ pattern: String) {
    let bytes = Array(pattern.utf8)
    var pieces: [Piece] = []
    var at = 0
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "*"): pieces.append(.any)
      case UInt8(ascii: "?"): pieces.append(.one)
      case UInt8(ascii: "\\") where at + 1 < bytes.count:
        at += 1
        pieces.append(.byte(bytes[at]))
      case UInt8(ascii: "["):
        if let (piece, end) = Self.set(bytes, from: at + 1) {
          pieces.append(piece)
          at = end
        } else {
          pieces.append(.byte(bytes[at]))
        }
      default: pieces.append(.byte(bytes[at]))
      }
      at += 1
    }
    self.pieces = pieces
    let dots = pieces.indices.filter { if case .byte(UInt8(ascii: ".")) = pieces[$0] { true } else { false } }
    let isPacked = bytes.packedEnding > 0
    ending = dots.dropLast(isPacked ? 1 : 0).last ?? dots.last ?? pieces.count
  }

  /// The set that begins at `start`, and where its bracket closes.
  private static func set(_ bytes: [UInt8], from start: Int) -> (Piece, Int)? {
    var at = start
    var ranges: [ClosedRange<UInt8>] = []
    let negated = at < bytes.count && (bytes[at] == UInt8(ascii: "!") || bytes[at] == UInt8(ascii: "^"))
    if negated { at += 1 }
    let first = at
    while at < bytes.count, at == first || bytes[at] != UInt8(ascii: "]") {
      if at + 2 < bytes.count, bytes[at + 1] == UInt8(ascii: "-"), bytes[at + 2] != UInt8(ascii: "]") {
        if bytes[at] <= bytes[at + 2] { ranges.append(bytes[at]...bytes[at + 2]) }
        at += 3
      } else {
        ranges.append(bytes[at]...bytes[at])
        at += 1
      }
    }
    return at < bytes.count ? (.set(ranges, negated: negated), at) : nil
  }

  func matches(_ name: [UInt8]) -> Bool {
    var (piece, at) = (0, 0)
    var (starPiece, starAt) = (-1, 0)
    while at < name.count {
      if piece < pieces.count, case .any = pieces[piece] {
        (starPiece, starAt) = (piece, at)
        piece += 1
      } else if piece < pieces.count, fits(piece, name[at]) {
        piece += 1
        at += 1
      } else if starPiece >= 0 {
        starAt += 1
        (piece, at) = (starPiece + 1, starAt)
      } else {
        return false
      }
    }
    while piece < pieces.count, case .any = pieces[piece] { piece += 1 }
    return piece == pieces.count
  }

  private func fits(_ place: Int, _ byte: UInt8) -> Bool {
    let cases = place < ending ? [byte] : [byte.lowered, byte.raised]
    return switch pieces[place] {
    case .any: false
    case .one: true
    case .byte(let wanted): cases.contains(wanted)
    case .set(let ranges, let negated): ranges.contains { cases.contains(where: $0.contains) } != negated
    }
  }
}

extension [UInt8] {
  /// Bytes of a name's end that says how the file is compressed; 0 where it does not.
  var packedEnding: Int { [".gz", ".zst"].first { ends(inAnyCase: Array($0.utf8)) }?.utf8.count ?? 0 }

  /// - Parameter ending: in small letters.
  func ends(inAnyCase ending: [UInt8]) -> Bool {
    count >= ending.count && suffix(ending.count).elementsEqual(ending) { $0.lowered == $1 }
  }
}
