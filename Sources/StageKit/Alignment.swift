import Bytes

/// Where each byte of an article's text stood in its source.
///
/// The source is the input as UTF-8: for a UTF-8 file its own bytes after the byte order mark, for a JSON input the
/// bytes of the `text` or `html` value.
public struct Alignment: Sendable, Equatable {
  /// A stretch of the text and the stretch of source it came from. Equal lengths mean that each byte of the text came
  /// from the byte at the same distance into the source: a copy, but that white space may be of another kind (a tab or
  /// a line end that became a space). Other lengths mean a replacement (a character reference, a fold of white space),
  /// which maps as a whole.
  public struct Run: Sendable, Equatable {
    public var text: ByteSpan
    public var source: ByteSpan
    public init(text: ByteSpan, source: ByteSpan) {
      self.text = text
      self.source = source
    }
  }

  /// Sorted by text; they cover it without a gap.
  public private(set) var runs: [Run] = []

  public init() {}

  /// The alignment of a text that is its source.
  public init(identityOf count: Int) {
    if count > 0 { runs = [Run(text: ByteSpan(0, count), source: ByteSpan(0, count))] }
  }

  /// Appends `length` bytes of text that came from `source`; where lengths are equal and it continues such a run, it is joined to it.
  @inlinable
  public mutating func append(length: Int, from source: ByteSpan) {
    if length == 0 { return }
    let start = textEnd
    if length == source.count, extendLast(length: length, from: source) { return }
    add(Run(text: ByteSpan(start, start + length), source: source))
  }

  /// Appends `length` bytes of text to the last run, which from then on maps as a whole to all up to the end of `source`:
  /// for texts of more pieces than are worth their memory.
  public mutating func widenLast(length: Int, through source: ByteSpan) {
    guard let last = runs.last else { return append(length: length, from: source) }
    runs[runs.count - 1] = Run(
      text: ByteSpan(last.text.start, last.text.end + length),
      source: ByteSpan(last.source.start, max(last.source.end, source.end)))
  }

  /// The end of the text that the runs cover so far, in bytes.
  public var textEnd: Int { runs.last?.text.end ?? 0 }

  @usableFromInline
  mutating func add(_ run: Run) { runs.append(run) }

  @usableFromInline
  mutating func extendLast(length: Int, from source: ByteSpan) -> Bool {
    guard let last = runs.last, last.source.end == source.start, last.source.count == last.text.count else {
      return false
    }
    runs[runs.count - 1] = Run(
      text: ByteSpan(last.text.start, last.text.end + length), source: ByteSpan(last.source.start, source.end))
    return true
  }

  /// The smallest source span that holds everything `span` came from.
  public func source(of span: ByteSpan) -> ByteSpan? {
    guard let first = index(of: span.start), let last = index(of: max(span.start, span.end - 1)) else { return nil }
    let (a, b) = (runs[first], runs[last])
    let start = a.text.count == a.source.count ? a.source.start + span.start - a.text.start : a.source.start
    let end = b.text.count == b.source.count ? b.source.start + span.end - b.text.start : b.source.end
    return start <= end ? ByteSpan(start, end) : ByteSpan(end, start)
  }

  /// The stretches of source that the bytes of `span` came from, in their order; those that touch are joined.
  public func sources(of span: ByteSpan) -> [ByteSpan] {
    guard !span.isEmpty, var at = index(of: span.start) else { return [] }
    var found: [ByteSpan] = []
    while at < runs.count, runs[at].text.start < span.end {
      let run = runs[at]
      var place = run.source
      if run.text.count == run.source.count {
        place = ByteSpan(
          run.source.start + max(0, span.start - run.text.start),
          run.source.end - max(0, run.text.end - span.end))
      }
      if let last = found.last, last.end == place.start {
        found[found.count - 1] = ByteSpan(last.start, place.end)
      } else if !place.isEmpty {
        found.append(place)
      }
      at += 1
    }
    return found
  }

  private func index(of offset: Int) -> Int? {
    let low = runs.partitioningIndex { $0.text.end > offset }
    return low < runs.count && runs[low].text.start <= offset ? low : nil
  }
}
