import ArticleFacts
import Bytes
import StageKit

/// All that is kept of an article's text: what `process` hands to the decider.
public struct Fingerprint: Sendable, Equatable {
  /// Over all words in their order; equal for texts of equal words.
  let textHash: UInt64
  /// The same without a headline above the text; 0 where there is none.
  let bodyHash: UInt64
  let wordCount: Int
  private(set) var sketch: Sketch
  /// Where in the text each hash of the sketch stands first, from 0 at its head to 255 at its foot.
  private(set) var places: [UInt8]
  let sides: SideLists

  /// Words that a first line may have and be one.
  private static let longestHeadline = 20

  init(
    textHash: UInt64, bodyHash: UInt64, wordCount: Int, sketch: Sketch, places: [UInt8]? = nil,
    sides: SideLists = SideLists()
  ) {
    self.textHash = textHash
    self.bodyHash = bodyHash
    self.wordCount = wordCount
    self.sketch = sketch
    self.places = places ?? sketch.hashes.map { _ in 0 }
    self.sides = sides
  }

  /// - Parameter datelines: of the text; `nil` where nobody has read them. Two agencies put different ones before one
  ///   report, so they do not count.
  init(
    of text: [UInt8], datelines: [Article.Dateline]? = nil, deadline: Deadline = .none
  ) throws(StageError) {
    var shingles = Shingles(byteCount: text.count)
    let datelines = datelines ?? Article.datelines(of: text)
    let body = try Self.read(text, without: datelines, into: &shingles, deadline)
    self.init(shingles, of: text, without: datelines, body: body)
  }

  /// Reads the words of a text.
  ///
  /// - Returns: where the text begins below a headline; 0 where it may have none.
  static func read(
    _ text: [UInt8], without datelines: [Article.Dateline], into shingles: inout some ShingleSink, _ deadline: Deadline
  ) throws(StageError) -> Int {
    let bytes = text.span
    var at = 0
    var body = 0
    while at < bytes.count, bytes[at].isBlank { at += 1 }
    let endOfLine = bytes.firstOffset(of: 0x0A, in: Range(from: at, upTo: bytes.count))
    if datelines.first?.span.start ?? .max > endOfLine {
      try WordScanner.scan(bytes, from: at, to: endOfLine, into: &shingles, deadline: deadline)
      at = endOfLine
      if shingles.wordCount <= Self.longestHeadline {
        shingles.beginBody()
        body = at
      }
    }
    for dateline in datelines {
      try WordScanner.scan(bytes, from: at, to: dateline.span.start, into: &shingles, deadline: deadline)
      at = dateline.span.end
    }
    try WordScanner.scan(bytes, from: at, to: bytes.count, into: &shingles, deadline: deadline)
    shingles.endLine()
    return body
  }

  /// - Parameters:
  ///   - shingles: of all of the text.
  ///   - body: where it begins below a headline.
  init(_ shingles: Shingles, of text: [UInt8], without datelines: [Article.Dateline], body: Int) {
    textHash = shingles.textHash
    let headline = shingles.headlineWordCount
    let hasHeadline = headline > 0 && shingles.wordCount >= 4 * headline
    bodyHash = hasHeadline ? shingles.bodyHash : 0
    wordCount = shingles.wordCount
    (sketch, places) = Sketch.make(of: shingles.hashes)
    sides = SideLists(of: text.span, from: hasHeadline ? body : 0, without: datelines)
  }

  /// Takes hashes out of the sketch.
  ///
  /// - Parameter hashes: sorted.
  mutating func leaveOut(_ hashes: [UInt32]) {
    let rest = sketch.without(hashes)
    var next = 0
    var places: [UInt8] = []
    for (at, hash) in sketch.hashes.enumerated() where next < rest.hashes.count && rest.hashes[next] == hash {
      places.append(self.places[at])
      next += 1
    }
    (sketch, self.places) = (rest, places)
  }
}
