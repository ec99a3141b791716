import CLinux
import Disk
import Glibc
import Spool

/// Follows a file by its descriptor, wherever it is renamed to.
struct Arrival {
  enum Standing: Equatable {
    case waiting
    case inFlight
    case failed(Path)
    case done(Path)
    case removed
    case elsewhere(Path)
  }

  let file: OpenFile

  func standing(_ view: SpoolView, _ fs: PosixFileSystem) throws(DiskError) -> Standing {
    if try fs.status(of: file).links == 0 { return .removed }
    let path = place
    // First what may lie inside an inbox.
    for places in view.lanes.map(\.places) {
      if let entry = path.below(places.failed.resolved) { return .failed(places.failed / entry) }
      if path.below(places.claimed.resolved) != nil { return .inFlight }
      if let entry = path.below(places.done.resolved) { return .done(places.done / entry) }
    }
    return view.lanes.contains { path.below($0.places.inbox.resolved) != nil } ? .waiting : .elsewhere(path)
  }

  /// Where the kernel says that it lies.
  var place: Path {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/fd/\(file.descriptor)", &buffer, buffer.count)
    return Path(buffer[..<max(0, count)].map { UInt8(bitPattern: $0) })
  }
}

/// Tells when any of some files was renamed or removed.
struct FileMoves {
  private let descriptor: Int32

  init() throws(DiskError) {
    descriptor = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
    if descriptor < 0 { throw DiskError(.open, "inotify", code: errno) }
  }

  func close() { _ = Glibc.close(descriptor) }

  func watch(_ file: OpenFile) throws(DiskError) {
    let mask = [IN_MOVE_SELF, IN_ATTRIB, IN_DELETE_SELF].reduce(0) { $0 | UInt32(truncatingIfNeeded: Int($1)) }
    let path = "/proc/self/fd/\(file.descriptor)"
    if inotify_add_watch(descriptor, path, mask) < 0 { throw DiskError(.look, Path(path), code: errno) }
  }

  /// Waits for the next move, at most until the deadline. Network file systems tell nothing of what is done
  /// elsewhere: a second is the longest wait.
  func wait(until deadline: ContinuousClock.Instant?) {
    var milliseconds = 1000
    if let deadline {
      let left = (deadline - .now).components
      milliseconds = min(
        milliseconds, max(0, Int(left.seconds) * 1000 + Int(left.attoseconds / 1_000_000_000_000_000) + 1))
    }
    var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&polled, 1, Int32(milliseconds)) > 0 else { return }
    var buffer = [UInt8](repeating: 0, count: 4096)
    while read(descriptor, &buffer, buffer.count) > 0 {}
  }
}
