/// Where a path leads, whatever links, mounts and `..` are on the way, whether anything is there yet or not. Two paths
/// to one place are equal.
public struct RealPlace: Sendable, Hashable {
  public struct Directory: Sendable, Hashable {
    public var device: UInt64
    public var inode: UInt64

    public init(device: UInt64, inode: UInt64) {
      self.device = device
      self.inode = inode
    }
  }

  /// What is there of the path: its last part that exists, or the place itself.
  private let nearest: Directory
  /// `nearest` and all directories that it lies in; several ways up where it is mounted at several places.
  private let above: Set<Directory>
  /// Names below `nearest` that nothing has yet.
  private let rest: [[UInt8]]

  public init(nearest: Directory, above: Set<Directory>, rest: [[UInt8]]) {
    self.nearest = nearest
    self.above = above.union([nearest])
    self.rest = rest
  }

  public static func == (a: RealPlace, b: RealPlace) -> Bool { a.nearest == b.nearest && a.rest == b.rest }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(nearest)
    hasher.combine(rest)
  }

  /// Whether it is `other`, or lies anywhere below it.
  public func isWithin(_ other: RealPlace) -> Bool {
    other.rest.isEmpty ? above.contains(other.nearest) : nearest == other.nearest && rest.starts(with: other.rest)
  }
}

/// The mounts of this process, as `/proc/self/mountinfo` lists them.
struct MountTable {
  private struct Mount {
    var device: [UInt8]
    /// The directory of the file system that is mounted.
    var root: Path
    var point: Path
  }

  private let mounts: [Mount]

  /// - Parameter text: lines like `36 35 98:0 /mnt1 /mnt2 rw,noatime - ext3 /dev/root rw`.
  init(_ text: [UInt8]) {
    mounts = text.split(separator: 0x0A).compactMap { line in
      let fields = line.split(separator: 0x20, maxSplits: 5)
      guard fields.count == 6 else { return nil }
      return Mount(
        device: Array(fields[2]), root: Path(Self.unescaped(fields[3])), point: Path(Self.unescaped(fields[4])))
    }
  }

  /// Other paths to what lies at a path without links, by mounts that show more of its file system: of a folder that is
  /// mounted elsewhere too, the path to the folder itself.
  func otherPaths(to path: Path) -> [Path] {
    // The last of several on one point hides the others.
    guard
      let mount = mounts.enumerated().filter({ path.isWithin($0.element.point) })
        .max(by: { ($0.element.point.bytes.count, $0.offset) < ($1.element.point.bytes.count, $1.offset) })?.element
    else { return [] }
    let inside = mount.root.joined(path.rest(behind: mount.point))
    return mounts.compactMap { other in
      guard other.device == mount.device, other.point != mount.point, inside.isWithin(other.root) else { return nil }
      return other.point.joined(inside.rest(behind: other.root))
    }
  }

  /// `\040` and the like to the byte.
  private static func unescaped(_ field: ArraySlice<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    var at = field.startIndex
    while at < field.endIndex {
      if field[at] == UInt8(ascii: "\\"), at + 3 < field.endIndex,
        let byte = UInt8(String(decoding: field[(at + 1)...(at + 3)], as: UTF8.self), radix: 8)
      {
        bytes.append(byte)
        at += 4
      } else {
        bytes.append(field[at])
        at += 1
      }
    }
    return bytes
  }
}

extension Path {
  /// Whether it is `directory` or begins with it; both without links.
  fileprivate func isWithin(_ directory: Path) -> Bool {
    directory == "/" || self == directory
      || bytes.count > directory.bytes.count && bytes.starts(with: directory.bytes)
        && bytes[directory.bytes.count] == UInt8(ascii: "/")
  }

  /// What follows `directory`, which holds it.
  fileprivate func rest(behind directory: Path) -> [UInt8] {
    Array(bytes.dropFirst(directory == "/" ? 1 : directory.bytes.count + 1))
  }

  fileprivate func joined(_ rest: [UInt8]) -> Path { rest.isEmpty ? self : self / rest }
}
