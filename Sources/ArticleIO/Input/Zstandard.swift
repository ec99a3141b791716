import CZstd

/// A Zstandard stream (RFC 8878, also several frames in a row) expanded on the way.
public struct ZstdSource<Base: ByteSource>: ByteSource {
  private var base: Base
  private let expander = Expander()
  private var isDone = false

  public init(_ base: Base) { self.base = base }

  public mutating func read(into buffer: inout [UInt8], upTo count: Int) throws(InputError) -> Int {
    while !isDone {
      if expander.input.isEmpty {
        var piece = [UInt8]()
        if try base.read(into: &piece, upTo: 1 << 16) == 0 {
          isDone = true
          // What is left in the frame may still come out.
          let before = buffer.count
          if !expander.isAtEnd, !expander.step(into: &buffer, upTo: count) || buffer.count == before {
            throw InputError(.badZstd, "the zstd file is cut short")
          }
          isDone = buffer.count == before
          return buffer.count - before
        }
        expander.input = piece[...]
      }
      let before = buffer.count
      guard expander.step(into: &buffer, upTo: count) else {
        throw InputError(.badZstd, "the zstd file is damaged")
      }
      if buffer.count > before { return buffer.count - before }
    }
    return 0
  }
}

/// Owns the library's state of one stream.
private final class Expander {
  var input: ArraySlice<UInt8> = []
  /// Whether a frame is whole, or none began.
  private(set) var isAtEnd = true
  private let stream: OpaquePointer?
  /// A frame that wants a larger window is refused: 128 MiB, as the zstd program does.
  private static let largestWindow: CInt = 27

  init() {
    stream = ZSTD_createDStream()
    if let stream { ZSTD_DCtx_setParameter(stream, ZSTD_d_windowLogMax, Self.largestWindow) }
  }

  deinit { ZSTD_freeDStream(stream) }

  /// - Returns: `false` where the input is damaged.
  func step(into buffer: inout [UInt8], upTo count: Int) -> Bool {
    guard let stream else { return false }
    var result = 0
    var taken = 0
    let piece = [UInt8](unsafeUninitializedCapacity: count) { storage, filled in
      input.withUnsafeBytes { bytes in
        // Both buffers live through the call, which reads and writes no more than their sizes.
        var source = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
        var target = ZSTD_outBuffer(dst: storage.baseAddress, size: count, pos: 0)
        result = ZSTD_decompressStream(stream, &target, &source)
        taken = source.pos
        filled = target.pos
      }
    }
    if ZSTD_isError(result) != 0 { return false }
    // A call that had nothing to read and nothing to give says nothing of the frame.
    if taken > 0 || !piece.isEmpty { isAtEnd = result == 0 }
    input = input.dropFirst(taken)
    buffer.append(contentsOf: piece)
    return true
  }
}

/// Compresses bytes into one Zstandard frame with a checksum.
public final class ZstdWriter {
  private let stream: OpaquePointer?
  private static let level: CInt = 3

  public init() {
    stream = ZSTD_createCStream()
    if let stream {
      ZSTD_CCtx_setParameter(stream, ZSTD_c_compressionLevel, Self.level)
      ZSTD_CCtx_setParameter(stream, ZSTD_c_checksumFlag, 1)
    }
  }

  deinit { ZSTD_freeCStream(stream) }

  /// What of the frame is ready after these bytes; `nil` where the library has no memory.
  public func add(_ bytes: [UInt8]) -> [UInt8]? { run(bytes, ZSTD_e_continue) }

  /// The rest of the frame.
  public func finish() -> [UInt8]? { run([], ZSTD_e_end) }

  private func run(_ bytes: [UInt8], _ end: ZSTD_EndDirective) -> [UInt8]? {
    guard let stream else { return nil }
    var output: [UInt8] = []
    var isGood = true
    bytes.withUnsafeBytes { bytes in
      var source = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
      while true {
        var left = 0
        output += [UInt8](unsafeUninitializedCapacity: 1 << 17) { storage, filled in
          // Both buffers live through the call, which reads and writes no more than their sizes.
          var target = ZSTD_outBuffer(dst: storage.baseAddress, size: storage.count, pos: 0)
          left = ZSTD_compressStream2(stream, &target, &source, end)
          filled = target.pos
        }
        isGood = ZSTD_isError(left) == 0
        if !isGood || (end == ZSTD_e_end ? left == 0 : source.pos == source.size) { return }
      }
    }
    return isGood ? output : nil
  }
}
