import ArticleIO
import Disk
import PipelineKit
import StageKit

/// The files of a plugin's folder, which the digest of a pipeline covers.
struct PluginFiles {
  private let manifest: PluginManifest
  private let fs = PosixFileSystem()

  init(_ manifest: PluginManifest) { self.manifest = manifest }

  /// Files, and bytes of one, that are looked at: what is larger counts by its length alone.
  private static let (mostFiles, mostBytes) = (10_000, 64 << 20)
  /// What programs write beside their source.
  private static let ignored: Set<String> = ["__pycache__", "node_modules"]

  /// A hash over names and contents.
  ///
  /// - Throws: where something cannot be read, or others may write what runs.
  func identity() throws(StageError) -> [UInt8] {
    var content: [UInt8] = Array(manifest.version.utf8) + [0]
    var count = 0
    var open: [Path] = []
    do throws(DiskError) {
      try add(Path(manifest.folder), "", &content, &count, &open)
    } catch {
      throw StageError(
        .failsArticle, class: .noResource, "the plugin’s folder \(manifest.folder) cannot be read: \(error)")
    }
    if let path = open.first {
      throw StageError(
        .failsArticle, class: .noResource,
        "\(path) can be written by everybody, and would run as this program’s user: take that away with ‘chmod o-w’")
    }
    return SHA256.digest(content)
  }

  /// - Parameter open: takes what everybody may write.
  private func add(
    _ folder: Path, _ name: String, _ content: inout [UInt8], _ count: inout Int, _ open: inout [Path]
  ) throws(DiskError) {
    for entry in try fs.list(folder).sorted(by: { $0.lexicographicallyPrecedes($1) })
    where entry.first != UInt8(ascii: ".") {
      let text = String(decoding: entry, as: UTF8.self)
      let (path, below) = (folder / entry, name.isEmpty ? text : "\(name)/\(text)")
      if Self.ignored.contains(text) || count >= Self.mostFiles { continue }
      guard let status = try fs.status(at: path) else { continue }
      count += 1
      if status.kind == .directory { try add(path, below, &content, &count, &open) }
      if status.kind != .symbolicLink, status.mode & 0o002 != 0 { open.append(path) }
      // What a link leads to runs as well; folders behind links are not followed, since they may lead back.
      let file = (try? fs.resolved(path)) ?? path
      guard let status = try fs.status(at: file), status.kind == .regular else { continue }
      content += Array("\(below) \(status.size) ".utf8)
      if status.size <= Self.mostBytes {
        let opened = try fs.open(file, for: .reading)
        defer { fs.close(opened) }
        content += SHA256.digest(try fs.readAll(opened, limit: Self.mostBytes))
      }
      content.append(0)
    }
  }
}
