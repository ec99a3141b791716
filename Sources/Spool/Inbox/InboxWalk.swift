import Disk

/// Goes through the folders below an inbox, where a pipeline reads them.
///
/// Paths are from the inbox: `desk/north/a.txt`; that of the inbox itself is empty.
public struct InboxWalk: Sendable {
  /// Why a folder is not read.
  public enum LeftOut: Sendable, Equatable {
    case symbolicLink
    /// A rename cannot reach from there to `claimed/`.
    case otherFileSystem
    /// Deeper than `deepest`, or with a path longer than `longest`.
    case tooDeep
    case unreadable(DiskError)
  }

  /// Folders in each other.
  public static let deepest = 16
  /// Bytes of a folder's path from the inbox: what is moved keeps it, and paths have 4,096 bytes.
  public static let longest = 1024

  private let inbox: Path
  private let fs: any FileSystem
  /// Directories below the inbox that are not its folders: other inboxes, and what the spool itself needs.
  private let foreign: [Path]

  public init(_ inbox: Path, foreign: [Path] = [], _ fs: any FileSystem) {
    self.inbox = inbox
    self.foreign = foreign
    self.fs = fs
  }

  /// - Parameters:
  ///   - start: the folder to begin with; nothing is visited where it is none, or none that is read.
  ///   - folder: called before the names in a folder are looked at, also for the first.
  ///   - entry: called with everything that is no folder.
  ///   - leftOut: called with folders that are not read, but not with those whose names say so.
  /// - Throws: where the inbox itself cannot be read.
  public func visit(
    from start: [UInt8] = [], folder: ([UInt8]) -> Void = { _ in }, entry: ([UInt8], FileStatus) -> Void,
    leftOut: ([UInt8], LeftOut) -> Void = { _, _ in }
  ) throws(DiskError) {
    let device = try fs.status(at: inbox / ".")?.device
    let foreign = foreign.compactMap { try? fs.status(at: $0 / ".") }
    /// Whether a directory is a folder that is read.
    func isRead(_ path: [UInt8], _ status: FileStatus) -> Bool {
      if !NameRules.isReadFolder(Path(path).name) || foreign.contains(where: status.isSameFile) { return false }
      if status.device != device {
        leftOut(path, .otherFileSystem)
      } else if path.count > Self.longest || path.count(where: { $0 == UInt8(ascii: "/") }) >= Self.deepest {
        leftOut(path, .tooDeep)
      } else {
        return true
      }
      return false
    }
    if !start.isEmpty {
      guard let status = (try? fs.status(at: inbox / start)) ?? nil, status.kind == .directory, isRead(start, status)
      else { return }
    }
    var open = [start]
    while let path = open.popLast() {
      folder(path)
      var below: [[UInt8]] = []
      do throws(DiskError) {
        try fs.visit(path.isEmpty ? inbox : inbox / path) { name in
          let inner = path.isEmpty ? name : path + [UInt8(ascii: "/")] + name
          guard let status = (try? fs.status(at: inbox / inner)) ?? nil else { return }
          if status.kind == .symbolicLink, (try? fs.status(at: inbox / inner / "."))??.kind == .directory {
            leftOut(inner, .symbolicLink)
          } else if status.kind != .directory {
            entry(inner, status)
          } else if isRead(inner, status) {
            below.append(inner)
          }
        }
      } catch {
        if path.isEmpty { throw error }
        // One that went away meanwhile needs no word.
        if error.kind != .missing { leftOut(path, .unreadable(error)) }
      }
      // The first by name comes off first.
      open += below.sorted { $1.lexicographicallyPrecedes($0) }
    }
  }
}

extension NameRules {
  /// Whether a folder below an inbox is read, by its name: what a producer still fills may have the name of an
  /// unfinished file.
  public static func isReadFolder(_ name: [UInt8]) -> Bool { NameRules(accept: []).verdict(on: name) == .accepted }
}
