import Disk
import Glibc
import TestSupport
import Testing

@testable import Daemon

@Suite struct ServiceNotifierTests {
  /// A socket like the service manager's; the name begins with a zero byte for one without a file.
  private func listen(_ name: [UInt8]) -> Int32 {
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count + (name.first == 0 ? 0 : 1))
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
    }
    #expect(bound == 0)
    return descriptor
  }

  private func receive(_ descriptor: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 512)
    let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
    return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : ""
  }

  @Test func speaksToAFileSocketAndToAnAbstractOne() throws {
    let directory = TemporaryDirectory()
    let file = (directory.path / "notify").description
    for (socket, name) in [
      (file, Array(file.utf8)), ("@linecaster-\(getpid())", [0] + Array("linecaster-\(getpid())".utf8)),
    ] {
      let descriptor = listen(name)
      defer { close(descriptor) }
      let notifier = ServiceNotifier(socket: socket, watchdogMicroseconds: nil, watchdogProcess: nil)
      notifier.ready("running")
      notifier.alive()
      notifier.stopping()
      #expect(receive(descriptor) == "READY=1\nSTATUS=running\n")
      #expect(receive(descriptor) == "WATCHDOG=1\n")
      #expect(receive(descriptor).hasPrefix("STOPPING=1\n"))
    }
  }

  @Test func givesSignsOfLifeTwiceAsOftenAsAskedFor() {
    func interval(_ microseconds: Int64?, _ process: Int32?) -> Duration? {
      ServiceNotifier(socket: nil, watchdogMicroseconds: microseconds, watchdogProcess: process).watchdogInterval
    }
    #expect(interval(30_000_000, nil) == .seconds(15))
    #expect(interval(30_000_000, getpid()) == .seconds(15))
    #expect(interval(30_000_000, 1) == nil)
    #expect(interval(nil, nil) == nil)
  }
}
