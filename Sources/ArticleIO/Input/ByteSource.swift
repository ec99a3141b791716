import Glibc

/// Where raw bytes come from, a piece at a time.
public protocol ByteSource {
  /// Appends up to `count` bytes to `buffer`; returns how many, 0 at the end.
  mutating func read(into buffer: inout [UInt8], upTo count: Int) throws(InputError) -> Int
}

/// Bytes that are in memory already.
public struct BytesInMemory: ByteSource {
  private let bytes: [UInt8]
  private var offset = 0

  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  public mutating func read(into buffer: inout [UInt8], upTo count: Int) throws(InputError) -> Int {
    let end = min(bytes.count, offset + count)
    buffer.append(contentsOf: bytes[offset..<end])
    defer { offset = end }
    return end - offset
  }
}

/// An open file descriptor; not closed by this.
public struct DescriptorSource: ByteSource {
  private let descriptor: CInt

  public init(_ descriptor: CInt) { self.descriptor = descriptor }

  public mutating func read(into buffer: inout [UInt8], upTo count: Int) throws(InputError) -> Int {
    var failure: CInt = 0
    let piece = [UInt8](unsafeUninitializedCapacity: count) { storage, filled in
      // Glibc.read fills at most `count` bytes of the storage it is given.
      var got = Glibc.read(descriptor, storage.baseAddress, count)
      while got < 0, errno == EINTR { got = Glibc.read(descriptor, storage.baseAddress, count) }
      if got < 0 { failure = errno }
      filled = max(got, 0)
    }
    if failure != 0 { throw InputError(.read, "reading failed: \(String(cString: strerror(failure)))") }
    buffer.append(contentsOf: piece)
    return piece.count
  }
}
