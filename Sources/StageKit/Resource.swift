import Bytes

/// A model or list: bytes that stay in place, unchanged, for as long as the resource lives.
public final class Resource: Sendable {
  /// Where it was found.
  public let path: String
  /// Aligned to eight bytes. Valid until `deinit`, which may come right after the last use of the resource: whoever
  /// reads through it keeps the resource with `withExtendedLifetime`.
  ///
  /// Unsafe: nobody writes the bytes after `init`, so any number of threads may read them.
  public nonisolated(unsafe) let bytes: UnsafeRawBufferPointer
  private let release: @Sendable (UnsafeRawBufferPointer) -> Void

  /// - Parameter release: gives the bytes back, such as by unmapping them; runs once.
  public init(
    path: String, bytes: UnsafeRawBufferPointer, release: @escaping @Sendable (UnsafeRawBufferPointer) -> Void
  ) {
    self.path = path
    self.bytes = bytes
    self.release = release
  }

  /// A copy of the bytes.
  public convenience init(path: String, copying bytes: [UInt8]) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 64)
    copy.copyBytes(from: bytes)
    self.init(path: path, bytes: UnsafeRawBufferPointer(copy)) { $0.deallocate() }
  }

  deinit { release(bytes) }

  /// A copy of the bytes.
  public var copy: [UInt8] { withExtendedLifetime(self) { Array(bytes) } }

  /// FNV-1a over words of eight bytes, from `offset` on, a multiple of eight: it tells whether a file is damaged or
  /// another, not whether somebody forged it.
  public func checksum(from offset: Int = 0) -> UInt64 {
    withExtendedLifetime(self) { FNV1a.ofWords(bytes.bytes.extracting(offset..<bytes.count)) }
  }

  /// What tells the content from another: its length and its checksum.
  public var identity: [UInt8] { Array("\(bytes.count) \(checksum())".utf8) }
}
