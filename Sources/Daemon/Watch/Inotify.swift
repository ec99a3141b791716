import CLinux
import Disk
import Glibc

/// Events of directories.
struct Inotify {
  struct Event {
    var watch: Int32
    var mask: UInt32
    var name: [UInt8]

    func has(_ flag: Int) -> Bool { mask & UInt32(truncatingIfNeeded: flag) != 0 }
    var isOverflow: Bool { has(Int(IN_Q_OVERFLOW)) }
    var isRenamedIn: Bool { has(Int(IN_MOVED_TO)) }
    var isMade: Bool { has(Int(IN_CREATE)) }
    var isClosed: Bool { has(Int(IN_CLOSE_WRITE)) }
    /// It is about a directory.
    var isFolder: Bool { has(Int(IN_ISDIR)) }
    /// The kernel removed the watch.
    var isForgotten: Bool { has(Int(IN_IGNORED)) }
    /// The watched directory itself went away.
    var isGone: Bool { has(Int(IN_IGNORED)) || has(Int(IN_MOVE_SELF)) }
  }

  let descriptor: Int32

  /// What is told of a directory.
  enum Interest {
    /// What comes in, and is written there.
    case arrivals
    /// Only files that were open for writing and are closed.
    case closes
    /// Whatever may make a path lead to another content.
    case changes

    fileprivate var events: [Int32] {
      switch self {
      case .arrivals:
        [IN_CLOSE_WRITE, IN_MOVED_TO, IN_CREATE, IN_ATTRIB, IN_MOVE_SELF, IN_DELETE_SELF].map { Int32($0) }
      case .closes: [Int32(IN_CLOSE_WRITE)]
      case .changes:
        [IN_CLOSE_WRITE, IN_MOVED_TO, IN_MOVED_FROM, IN_CREATE, IN_DELETE, IN_MOVE_SELF, IN_DELETE_SELF].map {
          Int32($0)
        }
      }
    }
  }

  /// Why there are no events: a part of a sentence that says how to fix it.
  struct Refusal: Error, Equatable {
    var reason: String
  }

  init() throws(Refusal) {
    descriptor = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
    if descriptor < 0 { throw Self.refusal(toOpen: errno) }
  }

  func close() { _ = Glibc.close(descriptor) }

  /// The kernel gives one answer for the descriptors of this process and for the instances of its user.
  private static func refusal(toOpen code: Int32) -> Refusal {
    let spare = code == EMFILE ? eventfd(0, Int32(EFD_CLOEXEC)) : -1
    guard spare >= 0 else { return Refusal(reason: DiskError(.open, "inotify", code: code).description) }
    _ = Glibc.close(spare)
    return Refusal(
      reason: "uid \(geteuid()) has no inotify instance left; raise fs.inotify.max_user_instances (sysctl -w)")
  }

  /// Watches a directory.
  ///
  func add(_ path: Path, _ interest: Interest = .arrivals) throws(Refusal) -> Int32 {
    let mask = interest.events.reduce(0) { $0 | UInt32(truncatingIfNeeded: Int($1)) }
    let flags = mask | UInt32(IN_ONLYDIR) | UInt32(IN_EXCL_UNLINK)
    let name = path.bytes.map { CChar(bitPattern: $0) } + [0]
    let watch = inotify_add_watch(descriptor, name, flags)
    if watch >= 0 { return watch }
    if errno == ENOSPC {
      throw Refusal(reason: "uid \(geteuid()) has no inotify watch left; raise fs.inotify.max_user_watches (sysctl -w)")
    }
    throw Refusal(reason: DiskError(.look, path, code: errno).description)
  }

  func remove(_ watch: Int32) { inotify_rm_watch(descriptor, watch) }

  /// What happened since the last call.
  func read() -> [Event] {
    var events: [Event] = []
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count <= 0 { return events }
      var at = 0
      while at + 16 <= count {
        // struct inotify_event: watch, mask, cookie and length of four bytes each, then the name, padded with zeros.
        let (watch, mask, length) = buffer.withUnsafeBytes { raw in
          (
            raw.loadUnaligned(fromByteOffset: at, as: Int32.self),
            raw.loadUnaligned(fromByteOffset: at + 4, as: UInt32.self),
            Int(raw.loadUnaligned(fromByteOffset: at + 12, as: UInt32.self))
          )
        }
        let name = buffer[(at + 16)..<min(count, at + 16 + length)].prefix { $0 != 0 }
        events.append(Event(watch: watch, mask: mask, name: Array(name)))
        at += 16 + length
      }
    }
  }
}

/// Which directory a path leads to, links followed.
struct DirectoryIdentity: Equatable {
  private let device: UInt64
  private let inode: UInt64
  private let mount: UInt64

  /// `nil` where the path leads to nothing.
  init?(_ path: Path) {
    var (device, inode, mount) = (UInt64(0), UInt64(0), UInt64(0))
    let name = path.bytes.map { CChar(bitPattern: $0) } + [0]
    guard linux_directory(name, &device, &inode, &mount) == 0 else { return nil }
    (self.device, self.inode, self.mount) = (device, inode, mount)
  }

  /// Whether a rename reaches from one to the other.
  func isInReach(of other: DirectoryIdentity) -> Bool { device == other.device && mount == other.mount }
}
