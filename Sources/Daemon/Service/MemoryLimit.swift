import Glibc
import Synchronization

/// What the daemon and its workers may take together. Above it intake waits until what is in flight is through, so that
/// articles come one after the other; it never stands still for want of memory.
public final class MemoryLimit: Sendable {
  let bytes: Int
  private let used = Atomic(0)

  /// - Parameter bytes: memory that lies in no file.
  public init(bytes: Int) { self.bytes = bytes }

  /// Measures; call it about once a second.
  ///
  /// - Parameter children: processes beside this one.
  func look(at children: [pid_t]) {
    let all = [getpid()] + children
    used.store(all.reduce(0) { $0 + ProcessMemory.anonymousBytes(of: $1) }, ordering: .relaxed)
  }

  /// Why intake is to wait, as a sentence without a full stop; `nil` where it is not.
  var excess: String? {
    let used = used.load(ordering: .relaxed)
    guard used > bytes else { return nil }
    return "intake waits for what is in flight: the daemon and its workers have \(used >> 20) MiB, more than "
      + "--max-memory (\(bytes >> 20) MiB)"
  }
}
