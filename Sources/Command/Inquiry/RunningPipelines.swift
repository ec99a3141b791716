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
    return Pipeline.load(paths: paths, registry: StageRegistry.present, context: nil).pipelines
  }
}

extension SpoolOptions {
  /// Those that are named, else those of the running daemon.
  func pipelines(_ paths: [String], _ daemon: RunningDaemon?) throws -> [Pipeline] {
    if !paths.isEmpty { return try loadPipelines(paths) }
    return daemon?.pipelines(PosixFileSystem()) ?? []
  }
}
