import CZlib

/// A gzip stream (RFC 1952, also several members in a row) expanded on the way.
public struct GzipSource<Base: ByteSource>: ByteSource {
  private var base: Base
  private let inflater: Inflater
  private var isDone = false
  private var memberEnded = true

  public init(_ base: Base) {
    self.base = base
    inflater = Inflater()
  }

  public mutating func read(into buffer: inout [UInt8], upTo count: Int) throws(InputError) -> Int {
    while !isDone {
      if inflater.input.isEmpty {
        var piece = [UInt8]()
        if try base.read(into: &piece, upTo: 1 << 16) == 0 {
          isDone = true
          if !memberEnded { throw InputError(.badGzip, "the gzip file is cut short") }
          return 0
        }
        inflater.input = piece[...]
      }
      if memberEnded {
        guard inflater.reset() else { throw InputError(.badGzip, "zlib could not start") }
        memberEnded = false
      }
      let before = buffer.count
      switch inflater.step(into: &buffer, upTo: count) {
      case .more: break
      case .memberEnd: memberEnded = true
      case .damaged: throw InputError(.badGzip, "the gzip file is damaged")
      }
      if buffer.count > before { return buffer.count - before }
    }
    return 0
  }
}

/// Owns a z_stream, which must not move while zlib knows its address.
private final class Inflater {
  enum Step { case more, memberEnd, damaged }

  var input: ArraySlice<UInt8> = []
  private let stream: UnsafeMutablePointer<z_stream>
  private var isOpen = false

  init() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
  }

  deinit {
    if isOpen { inflateEnd(stream) }
    stream.deinitialize(count: 1)
    stream.deallocate()
  }

  func reset() -> Bool {
    if isOpen { return inflateReset(stream) == Z_OK }
    // 16 asks for the gzip wrapper, 15 for the largest window.
    isOpen = inflateInit2_(stream, 16 + 15, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size)) == Z_OK
    return isOpen
  }

  func step(into buffer: inout [UInt8], upTo count: Int) -> Step {
    var status: CInt = Z_OK
    var taken = 0
    let piece = [UInt8](unsafeUninitializedCapacity: count) { storage, filled in
      input.withUnsafeBufferPointer { bytes in
        // zlib reads avail_in bytes and writes avail_out bytes at most; both pointers live through this call.
        stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
        stream.pointee.avail_in = UInt32(bytes.count)
        stream.pointee.next_out = storage.baseAddress
        stream.pointee.avail_out = UInt32(count)
        status = inflate(stream, Z_NO_FLUSH)
        taken = bytes.count - Int(stream.pointee.avail_in)
        filled = count - Int(stream.pointee.avail_out)
      }
    }
    input = input.dropFirst(taken)
    buffer.append(contentsOf: piece)
    switch status {
    case Z_STREAM_END: return .memberEnd
    case Z_OK: return .more
    case Z_BUF_ERROR: return taken > 0 || !piece.isEmpty || input.isEmpty ? .more : .damaged
    default: return .damaged
    }
  }
}
