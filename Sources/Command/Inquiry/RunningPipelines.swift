import Disk
import Glibc
import PipelineKit
import StageKit

extension RunningDaemon {
  /// The pipelines that the process was started with, as their files are now; none where that cannot be told.
  func pipelines(_ fs: PosixFileSystem) -> [Pipeline] {
    guard let line = Self.read(Path("/proc/\(pid)/cmdline"), fs) else { return [] }
    let words = line.split(separator: 0).dropFirst().map { String(decoding: $0, as: UTF8.self) }
    guard let command = try? Linecaster.parseAsRoot(words) as? RunCommand else { return [] }
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/\(pid)/cwd", &buffer, buffer.count)
    guard count > 0 else { return [] }
    let folder = Path(buffer[..<count].map { UInt8(bitPattern: $0) })
    let paths = command.pipelines.map { String(decoding: (folder / $0).bytes, as: UTF8.self) }
    PluginFolders.named = command.plugins.folders.map { String(decoding: (folder / $0).bytes, as: UTF8.self) }
    return Pipeline.loadWithPlugins(paths: paths, context: nil, environment: environment(fs)).pipelines
  }

  /// Its own, where this user may read it.
  private func environment(_ fs: PosixFileSystem) -> Environment {
    guard let bytes = Self.read(Path("/proc/\(pid)/environ"), fs) else { return .process }
    var values: [String: String] = [:]
    for entry in bytes.split(separator: 0) {
      let parts = entry.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 {
        values[String(decoding: parts[0], as: UTF8.self)] = String(decoding: parts[1], as: UTF8.self)
      }
    }
    return .only(values)
  }
}

extension SpoolOptions {
  /// Those that are named, else those of the running daemon.
  func pipelines(_ paths: [String], _ daemon: RunningDaemon?) throws -> [Pipeline] {
    if !paths.isEmpty { return try loadPipelines(paths) }
    return daemon?.pipelines(PosixFileSystem()) ?? []
  }
}
