import Bytes
import Disk
import Synchronization

/// Which stages, and which state of each, the chains had that ran on a spool: so that of an old record can be told what of it a
/// new chain would make in the same way.
///
/// The file `state/chains`: a line for each chain, its digest and then `NAME=DIGEST` of each stage, the newest last. Nothing
/// rests on it: a chain that it does not tell of counts as another one throughout.
public final class KnownChains: Sendable {
  /// Chains that are remembered.
  static let most = 1000

  private let fs: any FileSystem
  private let root: Path
  private let lines: Mutex<[String]>

  public init(_ fs: any FileSystem, root: Path) {
    (self.fs, self.root) = (fs, root)
    lines = Mutex(Self.read(fs, root: root))
  }

  private static func path(_ root: Path) -> Path { root / "state" / "chains" }

  private static func read(_ fs: any FileSystem, root: Path) -> [String] {
    guard let file = try? fs.open(path(root), for: .reading) else { return [] }
    defer { fs.close(file) }
    guard let bytes = try? fs.readAll(file, limit: 1 << 24) else { return [] }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// Remembers a chain.
  ///
  /// - Parameter stages: `NAME=DIGEST` of each, in order.
  public func note(_ digest: String, _ stages: [String]) {
    if digest.isEmpty || stages.isEmpty { return }
    let line = ([digest] + stages).joined(separator: " ")
    lines.withLock { lines in
      if lines.contains(line) { return }
      lines = lines.suffix(Self.most - 1) + [line]
      try? fs.replace(Self.path(root), with: Array((lines.joined(separator: "\n") + "\n").utf8))
    }
  }

  /// The stages of each chain, by its digest.
  public static func all(_ fs: any FileSystem, root: Path) -> [String: [String]] {
    var chains: [String: [String]] = [:]
    for line in read(fs, root: root) {
      let words = line.split(separator: " ").map(String.init)
      if let digest = words.first { chains[digest] = Array(words.dropFirst()) }
    }
    return chains
  }
}
