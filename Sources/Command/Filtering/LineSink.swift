import StageKit
import Terminal
import Workers

/// Where the lines of a filter go.
protocol LineSink {
  mutating func write(_ lines: [UInt8]) throws
}

struct StandardLines: LineSink {
  func write(_ lines: [UInt8]) { StandardOutput.write(lines) }
}

/// What a filter made of its inputs.
struct FilterCounts {
  /// Lines that were written: records, and with rows what stands in their place.
  var lines = 0
  /// Inputs without a record.
  var failed = 0
  /// Copies and discarded articles whose records were left out.
  var setAside = 0
  var discarded = 0
  /// Those of the failed that could not be read, which may go well another time.
  var unread = 0

  mutating func count(_ failure: WorkFailure) {
    failed += 1
    if failure.class == FailureClass.read.rawValue { unread += 1 }
  }
}
