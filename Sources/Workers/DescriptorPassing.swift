import CLinux
import Glibc

/// Open descriptors handed over a Unix socket, with the bytes that say what they are.
public enum DescriptorPassing {
  /// Descriptors that one message can carry.
  public static let most = Int(LINUX_MOST_DESCRIPTORS)

  /// Two connected stream sockets, closed on exec.
  public static func pair() throws(ChildError) -> (CInt, CInt) {
    var pair: [CInt] = [-1, -1]
    guard socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &pair) == 0 else {
      throw .call("socketpair")
    }
    return (pair[0], pair[1])
  }

  /// Sends all of `bytes`, and with the first of them the descriptors, which stay open here.
  ///
  /// - Parameters:
  ///   - bytes: at least one.
  ///   - descriptors: `most` at most.
  public static func send(_ bytes: [UInt8], descriptors: [CInt] = [], over socket: CInt) throws(ChildError) {
    var sent = 0
    while sent < bytes.count || bytes.isEmpty {
      // The descriptors have gone with the first byte.
      let passed = sent == 0 ? descriptors : []
      let count = bytes[sent...].withUnsafeBytes { rest in
        passed.withUnsafeBufferPointer {
          linux_send_descriptors(socket, rest.baseAddress, rest.count, $0.baseAddress, CInt(clamping: $0.count))
        }
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .call("sendmsg") }
      sent += count
    }
  }

  /// What comes next, up to `count` bytes; no bytes at the end. The descriptors are closed on exec, and the caller's to close.
  public static func receive(
    over socket: CInt, upTo count: Int
  ) throws(ChildError) -> (bytes: [UInt8], descriptors: [CInt]) {
    var received = 0
    var descriptorCount: CInt = 0
    var descriptors = [CInt](repeating: -1, count: most)
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { storage, filled in
      // Both are filled up to their size at most.
      repeat {
        received = linux_receive(socket, storage.baseAddress, storage.count, &descriptors, &descriptorCount)
      } while received < 0 && errno == EINTR
      filled = max(0, received)
    }
    guard received >= 0 else { throw .call("recvmsg") }
    return (bytes, Array(descriptors.prefix(Int(descriptorCount))))
  }
}
