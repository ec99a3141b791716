import Glibc

/// Waits for changes in folders, through inotify.
public struct FileChanges: ~Copyable {
  private let descriptor: CInt
  private var watches: [CInt: String] = [:]
  private var watched: Set<String> = []

  /// Also without news the disk is looked at so often, in milliseconds: network file systems tell nothing.
  public static let patience: Int32 = 2000

  public init() { descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC)) }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Watches folders that are not watched yet.
  public mutating func watch(_ folders: [String]) {
    guard descriptor >= 0 else { return }
    for folder in folders where !watched.contains(folder) {
      let events = IN_MODIFY | IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF
      let number = inotify_add_watch(descriptor, folder, UInt32(events))
      if number < 0 { continue }
      watched.insert(folder)
      watches[number] = folder
    }
  }

  /// Waits until something happens, or `patience` is over.
  ///
  /// - Returns: the paths of files that grew; `nil` where folders have to be listed again.
  public mutating func wait(_ patience: Int32 = Self.patience) -> Set<String>? {
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&waiting, descriptor >= 0 ? 1 : 0, patience) > 0 else { return nil }
    var grown: Set<String>? = []
    let size = 1 << 16
    withUnsafeTemporaryAllocation(byteCount: size, alignment: 8) { room in
      while true {
        let count = read(descriptor, room.baseAddress, size)
        if count <= 0 { return }
        var at = 0
        let header = MemoryLayout<inotify_event>.size
        // The kernel writes whole events: a header, and as many bytes of a name as it says.
        while at + header <= count {
          let event = room.loadUnaligned(fromByteOffset: at, as: inotify_event.self)
          let name = room[at + header..<min(at + header + Int(event.len), count)].prefix { $0 != 0 }
          at += header + Int(event.len)
          if event.mask & UInt32(IN_IGNORED | IN_DELETE_SELF | IN_MOVE_SELF) != 0,
            let gone = watches.removeValue(forKey: event.wd)
          {
            watched.remove(gone)
          }
          if event.mask == UInt32(IN_MODIFY), let folder = watches[event.wd] {
            grown?.insert("\(folder)/\(String(decoding: name, as: UTF8.self))")
          } else {
            grown = nil
          }
        }
      }
    }
    return grown
  }
}
