import Bytes
import StageKit

/// Finds the pages of a WARC file, a record at a time. What is between two pages is never held.
struct WARCCutter: RecordCutter {
  private var buffer: [UInt8] = []
  private var at = 0
  private var isAtEnd = false
  private var number = 0
  private(set) var passedOver = 0
  private static let piece = 1 << 18

  mutating func next(of source: inout any ByteSource, limit: Int) throws(InputError) -> ArticleFeed.Item? {
    while try skipLineEnds(&source) {
      number += 1
      guard let record = try header(&source) else {
        // What follows may be whole.
        try skipToRecord(&source)
        return .badLine(number, InputError(.badWARC, "it does not begin as a WARC record does"))
      }
      if !record.isResponse {
        try pass(record, &source)
        continue
      }
      // The header of HTTP says what it is.
      let look = min(record.blockLength, WARCRecord.longestHeader)
      guard try fill(record.blockStart + look, &source) else { throw cutShort }
      guard let response = HTTPResponse(Array(buffer[at..<(at + record.blockStart + look)]), from: record.blockStart),
        response.isPage
      else {
        try pass(record, &source)
        continue
      }
      let length = record.blockStart + record.blockLength
      if length > limit {
        try skip(length, &source)
        return .badLine(number, InputError(.tooLarge, "the record is larger than max_input, \(limit) bytes"))
      }
      guard try fill(length, &source) else { throw cutShort }
      let bytes = Array(buffer[at..<(at + length)])
      at += length
      return .article(RawArticle(bytes: bytes, line: number, format: .warc))
    }
    return nil
  }

  private var cutShort: InputError { InputError(.badWARC, "the WARC file is cut short in record \(number)") }

  private mutating func pass(_ record: WARCRecord, _ source: inout any ByteSource) throws(InputError) {
    passedOver += 1
    try skip(record.blockStart + record.blockLength, &source)
  }

  private mutating func header(_ source: inout any ByteSource) throws(InputError) -> WARCRecord? {
    var wanted = 1 << 11
    while true {
      let isFull = try fill(wanted, &source)
      let part = Array(buffer[at..<min(buffer.count, at + wanted)])
      if let record = try? WARCRecord(part) { return record }
      if !isFull || wanted >= WARCRecord.longestHeader || !part.starts(with: WARCRecord.start) { return nil }
      wanted *= 2
    }
  }

  /// - Returns: whether something follows.
  private mutating func skipLineEnds(_ source: inout any ByteSource) throws(InputError) -> Bool {
    while try fill(1, &source) {
      if buffer[at] != 0x0D, buffer[at] != 0x0A { return true }
      at += 1
    }
    return false
  }

  private mutating func skipToRecord(_ source: inout any ByteSource) throws(InputError) {
    at += 1
    while try fill(WARCRecord.start.count + 1, &source) {
      // A line that begins so.
      let end = buffer.span.firstOffset(of: 0x0A, in: at..<buffer.count)
      if end + WARCRecord.start.count < buffer.count {
        at = end + 1
        if buffer[at...].starts(with: WARCRecord.start) { return }
      } else {
        // The rest of it comes with the next piece, or not at all.
        at = min(end, buffer.count - WARCRecord.start.count)
        let before = buffer.count - at
        if try !fill(before + 1, &source) { break }
      }
    }
    at = buffer.count
  }

  private mutating func skip(_ count: Int, _ source: inout any ByteSource) throws(InputError) {
    var left = count
    while left > 0 {
      guard try fill(1, &source) else { throw cutShort }
      let step = min(left, buffer.count - at)
      at += step
      left -= step
    }
  }

  /// - Returns: whether so many bytes are there.
  private mutating func fill(_ count: Int, _ source: inout any ByteSource) throws(InputError) -> Bool {
    if buffer.count - at >= count { return true }
    if at > 0 {
      buffer.removeFirst(at)
      at = 0
    }
    while buffer.count < count, !isAtEnd {
      if try source.read(into: &buffer, upTo: Self.piece) == 0 { isAtEnd = true }
    }
    return buffer.count >= count
  }
}
