import Glibc

/// What a commit must cost on this disk: a 4 KiB append and its fdatasync.
struct SyncFloor: Encodable {
  var directory: String
  var medianMilliseconds: Double
  var p99Milliseconds: Double

  init(directory: String, rounds: Int) throws {
    let path = "\(directory)/linecaster-bench-\(getpid()).tmp"
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw BenchError("cannot write to \(path): \(String(cString: strerror(errno)))") }
    defer {
      close(file)
      unlink(path)
    }
    let block = [UInt8](repeating: 0x2E, count: 4096)
    var times: [Double] = []
    for _ in 0..<rounds {
      times.append(
        try seconds {
          guard write(file, block, block.count) == block.count, fdatasync(file) == 0 else {
            throw BenchError("cannot write to \(path): \(String(cString: strerror(errno)))")
          }
        })
    }
    self.directory = directory
    medianMilliseconds = times.median * 1000
    p99Milliseconds = times.quantile(0.99) * 1000
  }
}

/// Why nothing could be measured: one sentence.
struct BenchError: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}
