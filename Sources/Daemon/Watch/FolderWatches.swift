/// Which folder below an inbox each watch is about, by its path from there.
struct FolderWatches {
  private var folders: [Int32: [UInt8]] = [:]
  private var watches: [[UInt8]: Int32] = [:]
  /// Folders that cannot be watched.
  private var unwatched: Set<[UInt8]> = []

  /// Whether some have to be looked at without events.
  var isIncomplete: Bool { !unwatched.isEmpty }

  func folder(of watch: Int32) -> [UInt8]? { folders[watch] }

  /// The same directory keeps its watch wherever it is renamed to.
  mutating func set(_ watch: Int32?, of folder: [UInt8]) {
    if let old = watches.removeValue(forKey: folder), old != watch { folders[old] = nil }
    guard let watch else {
      unwatched.insert(folder)
      return
    }
    unwatched.remove(folder)
    if let before = folders[watch] { watches[before] = nil }
    folders[watch] = folder
    watches[folder] = watch
  }

  /// After the kernel removed a watch.
  mutating func forget(_ watch: Int32) {
    if let folder = folders.removeValue(forKey: watch) { watches[folder] = nil }
  }

  /// Forgets a folder and those below it.
  ///
  /// - Returns: the watches they had.
  mutating func drop(_ folder: [UInt8]) -> [Int32] {
    let start = folder + [UInt8(ascii: "/")]
    return dropAll { $0 == folder || $0.starts(with: start) }
  }

  /// Forgets folders that are not among these.
  ///
  /// - Returns: the watches they had.
  mutating func keep(_ seen: Set<[UInt8]>) -> [Int32] { dropAll { !seen.contains($0) } }

  private mutating func dropAll(where isGone: ([UInt8]) -> Bool) -> [Int32] {
    unwatched = unwatched.filter { !isGone($0) }
    let gone = watches.filter { isGone($0.key) }
    for (folder, watch) in gone {
      watches[folder] = nil
      folders[watch] = nil
    }
    return gone.values.sorted()
  }
}
