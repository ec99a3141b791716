import ArticleIO
import Bytes
import Glibc

/// Gives the whole lines of a file, one by one.
public struct LineFile {
  private var source: any ByteSource
  public private(set) var buffer: [UInt8] = []
  /// Of the buffer, what was given.
  private var given = 0
  /// Of the buffer, where no line end was found.
  private var searched = 0
  /// Where the next line begins, in bytes of the plain file.
  public private(set) var offset = 0
  private let descriptor: Descriptor

  /// Closes the file.
  private final class Descriptor {
    let number: CInt
    init(_ number: CInt) { self.number = number }
    deinit { close(number) }
  }

  private static let chunk = 1 << 20
  /// A longer one is none that linecaster writes.
  public static let longestLine = 1 << 30

  /// Opens a file at its beginning.
  ///
  /// - Parameter file: takes on what the file is now.
  /// - Returns: `nil` where it is gone or is no regular file any more.
  public init?(_ file: inout OutboxFile) throws(InputError) {
    let number = open(file.path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
    guard number >= 0 else {
      if errno == ENOENT { return nil }
      throw InputError(.read, "\(file.path) cannot be opened: \(String(cString: strerror(errno)))")
    }
    descriptor = Descriptor(number)
    var status = stat()
    guard fstat(number, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    file.take(status)
    switch file.compression {
    case .none: source = DescriptorSource(number)
    case .gzip: source = GzipSource(DescriptorSource(number))
    case .zstandard: source = ZstdSource(DescriptorSource(number))
    }
  }

  /// Reads standard input, as it is.
  public init(standardInput: Void) {
    descriptor = Descriptor(dup(STDIN_FILENO))
    source = DescriptorSource(descriptor.number)
  }

  /// - Returns: where in `buffer` the next whole line stands, without its end; `nil` where there is none yet.
  public mutating func next() throws(InputError) -> Range<Int>? {
    while true {
      if let end = lineEnd() {
        let line = Range(from: given, upTo: end)
        given = end + 1
        searched = given
        offset += line.count + 1
        return line
      }
      if given > 0 {
        buffer.removeFirst(given)
        searched -= given
        given = 0
      }
      if buffer.count > Self.longestLine { throw InputError(.read, "a line has more than 1 GiB") }
      if try source.read(into: &buffer, upTo: Self.chunk) == 0 { return nil }
    }
  }

  private mutating func lineEnd() -> Int? {
    let (from, count) = (searched, buffer.count)
    let found = buffer.withUnsafeBytes { bytes -> Int? in
      // Inside of the buffer: `from` is at most its length.
      guard let base = bytes.baseAddress, let end = memchr(base + from, 0x0A, count - from) else { return nil }
      return base.distance(to: UnsafeRawPointer(end))
    }
    if found == nil { searched = count }
    return found
  }

  /// Goes to where a line begins, and checks that the line before it is the one that is known.
  ///
  /// - Parameters:
  ///   - offset: in bytes of the plain file.
  ///   - hash: of the line before it, which has so many bytes with its end.
  /// - Returns: whether it is; else the file is another one.
  mutating func seek(
    to offset: Int, behind hash: UInt64, of bytes: Int, _ compression: OutboxFile.Compression
  ) throws(InputError) -> Bool {
    guard bytes > 0, offset >= bytes else { return offset == 0 }
    buffer.removeAll(keepingCapacity: true)
    (given, searched) = (0, 0)
    self.offset = offset - bytes
    if compression == .none {
      guard lseek(descriptor.number, off_t(self.offset), SEEK_SET) == off_t(self.offset) else { return false }
    } else {
      // The caller has opened it anew: what was read to look at the first line is gone.
      var left = self.offset
      while left > 0 {
        let read = try source.read(into: &buffer, upTo: min(left, Self.chunk))
        if read == 0 { return false }
        left -= read
        buffer.removeAll(keepingCapacity: true)
      }
    }
    guard let line = try next() else { return false }
    return line.count + 1 == bytes && lineHash(line) == hash
  }

  /// - Parameter line: a range of `buffer`.
  public func lineHash(_ line: Range<Int>) -> UInt64 { FNV1a.ofWords(buffer.span.extracting(line).bytes) }
}
