import Bytes
import StageKit

extension Article {
  /// The datelines that open the text, which the first stage that asks has read.
  public mutating func readDatelines() -> [Dateline] {
    if let datelines { return datelines }
    let read = Self.datelines(of: text)
    datelines = read
    return read
  }

  /// The datelines that open a text: of its first two long lines, and of what stands above those. A copy may put its
  /// own before the one that it took over.
  public static func datelines(of text: [UInt8]) -> [Dateline] {
    var found: [Dateline] = []
    var (at, lines, prose) = (0, 0, 0)
    while lines < mostLines, prose < mostProse {
      while at < text.count, text[at].isBlank { at += 1 }
      let start = at
      for _ in 0..<mostOnLine {
        guard let dateline = DatelineReader.read(text, from: at) else { break }
        found.append(dateline)
        at = dateline.span.end
        while at < text.count, text[at] == 0x20 { at += 1 }
      }
      let end = text.span.firstOffset(of: 0x0A, in: Range(from: at, upTo: text.count))
      if end - start >= longLine { prose += 1 }
      lines += 1
      at = end
    }
    return found
  }

  /// Headlines, bylines and the like that may stand above a report.
  private static let mostLines = 8
  private static let mostProse = 2
  private static let mostOnLine = 3
  /// Bytes of a line of prose; headlines are shorter, and may end with a full stop too.
  private static let longLine = 100
}
