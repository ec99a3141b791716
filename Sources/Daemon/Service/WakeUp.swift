import CLinux
import Glibc
import Spool

/// Wakes a thread that waits in poll(2).
final class WakeUp: Sendable {
  let descriptor: Int32

  init() throws(SpoolError) {
    descriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    if descriptor < 0 { throw .resources("no event descriptor could be had: \(String(cString: strerror(errno)))") }
  }

  deinit { close(descriptor) }

  func signal() {
    var one: UInt64 = 1
    _ = write(descriptor, &one, 8)
  }

  /// Takes all signals so far.
  func drain() {
    var count: UInt64 = 0
    _ = read(descriptor, &count, 8)
  }
}

/// Waits for one of the descriptors or for the time to pass; returns those that have something.
func waitForInput(_ descriptors: [Int32], until deadline: ContinuousClock.Instant?) -> Set<Int32> {
  var polled = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
  var timeout: Int32 = -1
  if let deadline {
    let left = (deadline - .now).components
    // Rounded up: waking early would only go round once more.
    let milliseconds = max(0, left.seconds * 1000 + (left.attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    timeout = Int32(clamping: milliseconds)
  }
  if poll(&polled, nfds_t(polled.count), timeout) <= 0 { return [] }
  return Set(polled.filter { $0.revents != 0 }.map(\.fd))
}
