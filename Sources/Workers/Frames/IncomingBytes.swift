import Glibc

/// Bytes that have come in and were not taken yet.
struct IncomingBytes {
  private var bytes: [UInt8] = []
  private var start = 0

  /// Bytes that are read at a time.
  static let piece = 1 << 16
  /// Bytes behind which the memory of what was taken is used again or given back.
  private static let large = 1 << 20

  var count: Int { bytes.count - start }

  mutating func append(_ more: some Sequence<UInt8>) {
    makeRoom()
    bytes.append(contentsOf: more)
  }

  /// Reads once, straight behind what is there.
  ///
  /// - Returns: how many bytes, 0 at the end; or the errno of a read that failed.
  mutating func read(from descriptor: CInt) -> Result<Int, ReadFailure> {
    makeRoom()
    var count = 0
    bytes.append(addingCapacity: Self.piece) { span in
      span.withUnsafeMutableBufferPointer { storage, filled in
        // read(2) fills at most the storage that it is given.
        count = Glibc.read(descriptor, storage.baseAddress.map { $0 + filled }, storage.count - filled)
        filled += max(0, count)
      }
    }
    return count < 0 ? .failure(ReadFailure(code: errno)) : .success(count)
  }

  private mutating func makeRoom() {
    if start == bytes.count {
      bytes.removeAll(keepingCapacity: bytes.capacity < Self.large)
      start = 0
    } else if start >= Self.piece {
      bytes.removeFirst(start)
      start = 0
    }
  }

  /// Four bytes, little-endian.
  ///
  /// - Precondition: they are there.
  func number(at offset: Int) -> UInt32 {
    (0..<4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32(bytes[start + offset + $1]) }
  }

  /// The first ones, which share the memory: be done with them before more comes in.
  ///
  /// - Precondition: so many are there.
  mutating func take(_ count: Int) -> ArraySlice<UInt8> {
    defer { start += count }
    return bytes[start..<start + count]
  }
}

struct ReadFailure: Error {
  /// errno.
  var code: CInt
}
