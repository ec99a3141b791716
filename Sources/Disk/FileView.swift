import Glibc

/// The bytes of a file to look things up in, without a copy of them in the process where the system can map them.
///
/// Unchecked: nobody writes to the bytes through it, and they stay where they are until `deinit`. A file that is mapped
/// must not be cut by somebody else: the kernel ends the process that reads behind its end.
public final class FileView: @unchecked Sendable {
  @usableFromInline let bytes: UnsafeRawBufferPointer
  private let isMapped: Bool

  /// Of bytes that lie in memory.
  public init(_ content: [UInt8]) {
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: content.count, alignment: 64)
    memory.copyBytes(from: content)
    bytes = UnsafeRawBufferPointer(memory)
    isMapped = false
  }

  /// Of bytes that are made now: zeros that `fill` writes over. They lie outside of malloc's heap, to which blocks of
  /// many megabytes leave holes that nothing fills.
  public init(count: Int, _ fill: (inout MutableSpan<UInt8>) -> Void) {
    let start = mmap(nil, max(1, count), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let start, start != MAP_FAILED else { fatalError("no memory for \(count) bytes") }
    let memory = UnsafeMutableBufferPointer(start: start.bindMemory(to: UInt8.self, capacity: count), count: count)
    // Nobody else has the pointer yet.
    var span = MutableSpan(_unsafeElements: memory)
    fill(&span)
    bytes = UnsafeRawBufferPointer(memory)
    isMapped = true
  }

  init(mapped: UnsafeRawBufferPointer) {
    bytes = mapped
    isMapped = true
  }

  deinit {
    if isMapped {
      munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
    } else {
      UnsafeMutableRawBufferPointer(mutating: bytes).deallocate()
    }
  }

  public var count: Int { bytes.count }

  /// The little-endian number at `offset`; 0 beyond the end, because what tells the offset may be damaged.
  @inlinable @inline(__always)
  public func uint32(at offset: Int) -> UInt32 {
    guard offset >= 0, offset <= bytes.count - 4 else { return 0 }
    return UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }

  /// Calls `body` with the little-endian numbers from `offset` on, a multiple of four; `nil` where they are not inside.
  @inlinable @inline(__always)
  public func withUInt32s<R>(at offset: Int, count: Int, _ body: (Span<UInt32>) -> R) -> R? {
    guard offset >= 0, offset % 4 == 0, offset + 4 * count <= bytes.count else { return nil }
    // As above. All machines that Linux runs Swift on are little-endian.
    return withExtendedLifetime(self) {
      body(Span(_unsafeElements: bytes[offset..<offset + 4 * count].assumingMemoryBound(to: UInt32.self)))
    }
  }

  /// Calls `body` with a range of the bytes; `nil` where the range is not inside.
  @inlinable
  public func withSpan<R>(_ range: Range<Int>, _ body: (Span<UInt8>) -> R) -> R? {
    guard range.lowerBound >= 0, range.upperBound <= bytes.count else { return nil }
    // The pointer is good for as long as `self` is, which outlives the call.
    return withExtendedLifetime(self) {
      body(Span(_unsafeElements: bytes[range].assumingMemoryBound(to: UInt8.self)))
    }
  }
}
