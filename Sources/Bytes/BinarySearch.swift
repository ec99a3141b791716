extension RandomAccessCollection where Index == Int {
  /// The index of the first element that belongs to the rear part of a collection in which all that do stand behind all
  /// that do not; its end where none does.
  @inlinable
  public func partitioningIndex(where belongs: (Element) -> Bool) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = low + (high - low) / 2
      if belongs(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension [ByteSpan] {
  /// The one that holds all of a span, of spans that are sorted and apart.
  public func span(around other: ByteSpan) -> ByteSpan? {
    let at = partitioningIndex { $0.end >= other.end }
    return at < count && self[at].contains(other) ? self[at] : nil
  }
}
