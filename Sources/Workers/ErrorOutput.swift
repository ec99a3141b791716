import CLinux
import Glibc

/// The standard error of a child: a file in memory, which outlives it and which its parent reads.
public final class ErrorOutput {
  public let descriptor: CInt

  public init() throws(ChildError) {
    descriptor = linux_memory_file("standard error")
    guard descriptor >= 0 else { throw .call("memfd_create") }
    // Parent and child share one offset otherwise, which `clear` would not move.
    guard fcntl(descriptor, F_SETFL, O_APPEND) == 0 else {
      close(descriptor)
      throw .call("fcntl")
    }
  }

  deinit { close(descriptor) }

  /// For the next child.
  public func clear() { _ = ftruncate(descriptor, 0) }

  /// In the child: standard error leads here from now on.
  public func redirect() throws(ChildError) {
    guard dup2(descriptor, STDERR_FILENO) >= 0 else { throw .call("dup2") }
  }

  /// The last line that is not empty, without control characters; `nil` where nothing was said. A stack trace that Swift's
  /// runtime writes behind its message is passed over.
  ///
  /// - Parameter bytes: the longest line that comes back whole; of a longer one its end does.
  public func lastLine(atMost bytes: Int = 500) -> String? {
    let size = max(0, lseek(descriptor, 0, SEEK_END))
    let count = min(size, 1 << 16)
    let tail = [UInt8](unsafeUninitializedCapacity: count) { storage, filled in
      // pread fills at most `count` bytes of the storage it is given.
      filled = max(0, pread(descriptor, storage.baseAddress, count, size - count))
    }
    let lines = tail.split(separator: 0x0A).filter { !$0.allSatisfy { $0 <= 0x20 } }
    let trace = lines.lastIndex { $0.elementsEqual("Current stack trace:".utf8) }
    guard let line = lines[..<(trace ?? lines.endIndex)].last else { return nil }
    return String(decoding: line.suffix(bytes).map { $0 < 0x20 || $0 == 0x7F ? 0x20 : $0 }, as: UTF8.self)
  }
}
