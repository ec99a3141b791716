import Bytes
import StageKit

/// The standoff format of brat: the text in one file, a line for each label and relation in another. Offsets count code points.
public enum Brat {
  /// What stands in the file beside the text.
  public static func annotations(_ annotations: Annotations) -> [UInt8] {
    var lines: [UInt8] = []
    // A label that is nothing but line ends is none for brat; then its number is left out.
    var written: Set<Int> = []
    for (place, label) in annotations.labels.enumerated() {
      let pieces = label.spans.flatMap { withoutLineEnds($0, annotations) }
      if pieces.isEmpty { continue }
      written.insert(place)
      let bounds = pieces.map { "\($0.start) \($0.end)" }.joined(separator: ";")
      lines += "T\(place + 1)\t\(label.type) \(bounds)\t".utf8
      for (at, piece) in pieces.enumerated() {
        if at > 0 { lines.append(0x20) }
        lines += annotations.words(piece)
      }
      lines.append(0x0A)
    }
    var number = 0
    for relation in annotations.relations where written.contains(relation.from) && written.contains(relation.to) {
      number += 1
      lines += "R\(number)\t\(relation.type) Arg1:T\(relation.from + 1) Arg2:T\(relation.to + 1)\n".utf8
    }
    return lines
  }

  /// The pieces of a stretch that lie on one line each.
  private static func withoutLineEnds(_ span: ByteSpan, _ annotations: Annotations) -> [ByteSpan] {
    var (pieces, start): ([ByteSpan], Int) = ([], span.start)
    for at in span.range {
      let byte = annotations.text[annotations.offsets[at]]
      guard byte == 0x0A || byte == 0x0D else { continue }
      if at > start { pieces.append(ByteSpan(start, at)) }
      start = at + 1
    }
    if span.end > start { pieces.append(ByteSpan(start, span.end)) }
    return pieces
  }

  /// The file `annotation.conf`, by which brat knows the labels.
  public static let configuration = """
    [entities]
    PERSON
    ORG
    LOC
    MISC
    DATE
    TIME
    MONEY
    PERCENT
    QUANTITY
    Reference
    Direct
    Mixed
    Indirect
    Speaker
    Cue

    [relations]
    SaidBy\tArg1:Direct|Mixed|Indirect, Arg2:Speaker
    CuedBy\tArg1:Direct|Mixed|Indirect, Arg2:Cue
    Is\tArg1:Speaker, Arg2:PERSON|ORG|LOC|MISC|Reference
    Same\tArg1:PERSON|ORG|LOC|MISC|DATE|TIME|MONEY|PERCENT|QUANTITY|Reference, Arg2:<ENTITY>
    <OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>

    [events]

    [attributes]

    """

  /// A name for the files of a record, which sorts as the records came and bears what of the id a file's name may.
  public static func name(_ number: Int, id: String) -> String {
    let digits = String(number)
    let padded = String(repeating: "0", count: max(6 - digits.count, 0)) + digits
    let safe = id.unicodeScalars.filter {
      $0.isASCII && ($0.properties.isAlphabetic || "0123456789_-".unicodeScalars.contains($0))
    }
    return safe.isEmpty ? padded : "\(padded)-\(String(String.UnicodeScalarView(safe.prefix(60))))"
  }
}
